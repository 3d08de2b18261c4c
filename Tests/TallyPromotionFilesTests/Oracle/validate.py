"""Validates documents with the jsonschema package.

usage: validate.py SCHEMA FILE...

Prints for every file "ok" or the first error and ends with the number of files that are wrong. YAML is read by the core schema
of YAML 1.2, in which `yes` is a word and `08:00` is no number.
"""

import json
import re
import sys

import yaml
from jsonschema import Draft202012Validator


class CoreLoader(yaml.SafeLoader):
    """PyYAML with the scalars of YAML 1.2 only."""

    yaml_implicit_resolvers = {}


for tag, pattern, first in [
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?[0-9]+\.[0-9]+", list("-+0123456789")),
]:
    CoreLoader.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(f"^(?:{pattern})$"), first)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    wrong = 0
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as file:
            document = yaml.load(file, CoreLoader)
        error = next(iter(validator.iter_errors(document)), None)
        wrong += error is not None
        print("ok" if error is None else f"{path}: {error.json_path}: {error.message}")
    sys.exit(min(wrong, 100))


main()
