"""Reads a workbook with openpyxl and a file with Python's csv module, and prints what it found as JSON.

usage: read_sheets.py WORKBOOK CSV
"""
import csv
import datetime
import json
import sys
import zipfile

import openpyxl


def value(cell):
    if isinstance(cell.value, datetime.datetime):
        return "day " + cell.value.date().isoformat()
    if isinstance(cell.value, (int, float)):
        return f"number {cell.value!r} {cell.number_format}"
    return cell.value


book = openpyxl.load_workbook(sys.argv[1])
sheets = [[sheet.title, str(sheet.freeze_panes), [[value(cell) for cell in row] for row in sheet.iter_rows()]] for sheet in book]
with zipfile.ZipFile(sys.argv[1]) as archive:
    damaged = archive.testzip()
    first = archive.read("xl/worksheets/sheet1.xml").decode()
with open(sys.argv[2], encoding="utf-8-sig", newline="") as file:
    rows = list(csv.reader(file, delimiter=";"))
with open(sys.argv[2], "rb") as file:
    begins = file.read(3).hex()
json.dump({"sheets": sheets, "damaged": damaged, "first": first, "rows": rows, "begins": begins}, sys.stdout)
