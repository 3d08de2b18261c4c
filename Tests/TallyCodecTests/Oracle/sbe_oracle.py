"""Reads and writes Tallystick's messages with the committed schema and somebody else's SBE library.

    sbe_oracle.py SCHEMA < messages.json > answers.json

Input: a list of {"decode": hex} and {"encode": name, "fields": {...}}. Output: for a decode {"name", "header", "fields"},
for an encode {"bytes"}. Numbers and enum names are strings, groups are lists, so no number is rounded on the way. A text
that is not UTF-8, because lots or messages stand in it, is 0x and its bytes in hexadecimal digits.

The library (PyPI: sbe) has no variable data: it reads and writes only the length of the last field. The bytes of the text
are the end of the message, so they are cut off and put on here.
"""
import json
import sys

import sbe

# The library asks every field's type whether it is constant and forgets that a plain number can be a type.
sbe.PrimitiveType.presence = sbe.Presence.REQUIRED


def shown(value):
    if isinstance(value, list):
        return [{name: shown(field) for name, field in entry.items()} for entry in value]
    return str(value)


def shown_text(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return "0x" + data.hex()


def bytes_of_text(text):
    return bytes.fromhex(text[2:]) if text.startswith("0x") else text.encode("utf-8")


def decode(schema, data):
    header = schema.decode_header(data)
    message = schema.decode(data)
    fields = dict(message.value)
    if "text" in fields:
        length = fields["text"]["length"]
        fields["text"] = shown_text(data[len(data) - length:])
    return {
        "name": message.message_name,
        "header": {name: str(value) for name, value in header.items()},
        "fields": {name: shown(value) for name, value in fields.items()},
    }


def typed(field, value):
    """The value as the library wants it: a number for a number, the text for a name."""
    if isinstance(field, sbe.Group):
        return [{f.name: typed(f, entry[f.name]) for f in field.fields} for entry in value]
    if isinstance(field.type, sbe.PrimitiveType):
        return int(value)
    return value


def block_length(message):
    """The library leaves it to the schema, ours leaves it to the fields."""
    return sum(size(f.type) for f in message.fields if isinstance(f, sbe.Field) and f.name != "text")


def size(field_type):
    if isinstance(field_type, sbe.PrimitiveType):
        return sbe.FORMAT_SIZES[field_type]
    if isinstance(field_type, sbe.Enum):
        return sbe.FORMAT_SIZES[sbe.PrimitiveType(field_type.encodingType.value)]
    return sbe.FORMAT_SIZES[field_type.primitiveType] * field_type.length


def encode(schema, name, fields):
    message = next(m for m in schema.messages.values() if m.name == name)
    message.blockLength = block_length(message)
    text = bytes_of_text(fields.get("text", ""))
    values = {f.name: typed(f, fields[f.name]) for f in message.fields if f.name != "text"}
    values["text"] = {"length": len(text), "varData": ""}
    return {"bytes": (schema.encode(message, values) + text).hex()}


def main():
    with open(sys.argv[1], "rb") as file:
        schema = sbe.Schema.parse(file)
    answers = []
    for task in json.load(sys.stdin):
        if "decode" in task:
            answers.append(decode(schema, bytes.fromhex(task["decode"])))
        else:
            answers.append(encode(schema, task["encode"], task["fields"]))
    json.dump(answers, sys.stdout, ensure_ascii=False)


main()
