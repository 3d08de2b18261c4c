#!/usr/bin/env python3
"""Writes ../Layouts.generated.swift from tallystick.xml: template ids, block lengths and field offsets.

Run it after every change of the schema; `generate.py --check` fails when the committed file is not what the schema says.
"""
import pathlib
import sys
import xml.etree.ElementTree as ET

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE.parent / "Layouts.generated.swift"
SIZES = {"char": 1, "uint8": 1, "int8": 1, "uint16": 2, "int16": 2, "uint32": 4, "int32": 4, "uint64": 8, "int64": 8}


def tag(element):
    return element.tag.split("}")[-1]


def sizes_of_types(root):
    sizes = dict(SIZES)
    for element in root.find("types"):
        if tag(element) == "type":
            sizes[element.get("name")] = SIZES[element.get("primitiveType")] * int(element.get("length", 1))
        elif tag(element) == "enum":
            sizes[element.get("name")] = SIZES[element.get("encodingType")]
    return sizes


def block(fields, sizes, indent):
    lines, offset = [], 0
    for field in fields:
        lines.append(f"{indent}public static var {field.get('name')}: Int {{ {offset} }}")
        offset += sizes[field.get("type")]
    return lines, offset


def main():
    root = ET.parse(HERE / "tallystick.xml").getroot()
    sizes = sizes_of_types(root)
    out = [
        "// swift-format-ignore-file",
        "// Written by Schema/generate.py from Schema/tallystick.xml. Change the schema, not this file.",
        "",
        "/// The schema's own numbers.",
        "public enum SchemaNumbers {",
        f"    @inlinable public static var id: UInt16 {{ {root.get('id')} }}",
        f"    @inlinable public static var version: UInt16 {{ {root.get('version')} }}",
        "}",
    ]
    for message in root:
        if tag(message) != "message":
            continue
        fields = [e for e in message if tag(e) == "field"]
        groups = [e for e in message if tag(e) == "group"]
        text = any(tag(e) == "data" for e in message)
        lines, length = block(fields, sizes, "    @inlinable ")
        group_lines, group_lengths = [], []
        for group in groups:
            entry_lines, entry_length = block([e for e in group if tag(e) == "field"], sizes, "        @inlinable ")
            name = group.get("name")[0].upper() + group.get("name")[1:]
            group_lines += ["", f"    public enum {name} {{", *entry_lines,
                            f"        @inlinable public static var entryLength: Int {{ {entry_length} }}", "    }"]
            group_lengths.append(entry_length)
        out += [
            "",
            f"/// Offsets of the message `{message.get('name')}`.",
            f"public enum {message.get('name')}Layout {{",
            f"    @inlinable public static var templateID: UInt16 {{ {message.get('id')} }}",
            f"    @inlinable public static var blockLength: Int {{ {length} }}",
            "    @inlinable public static var shape: MessageShape {",
            f"        MessageShape(templateID: {message.get('id')}, blockLength: {length}, "
            f"entryLengths: ({', '.join(map(str, (group_lengths + [0, 0, 0])[:3]))}), "
            f"groupCount: {len(group_lengths)}, hasText: {str(text).lower()})",
            "    }",
            *lines,
            *group_lines,
            "}",
        ]
    generated = "\n".join(out) + "\n"
    if "--check" in sys.argv:
        if OUT.read_text() != generated:
            sys.exit("Layouts.generated.swift is not what tallystick.xml says: run Sources/TallyCodec/Schema/generate.py")
        return
    OUT.write_text(generated)


main()
