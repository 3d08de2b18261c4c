#!/usr/bin/env python3
"""Adds up the ledger's own table of movements with DuckDB.

    movements.py MOVEMENTS.csv > totals.json
"""
import json
import sys

import duckdb

rows = duckdb.sql(
    f"""
    SELECT cause, sum(amount_minor)::BIGINT, count(DISTINCT sequence) FROM read_csv('{sys.argv[1]}', header = true, types = {{'lot': 'VARCHAR'}})
    GROUP BY cause
    """).fetchall()
sums = {cause: amount for cause, amount, _ in rows}
members = duckdb.sql(
    f"""
    SELECT external, sum(amount_minor)::BIGINT FROM read_csv('{sys.argv[1]}', header = true, types = {{'lot': 'VARCHAR'}}) GROUP BY external
    """).fetchall()
# A lot that is used up or has ended must come to nothing, and none may ever be below it.
wrong = duckdb.sql(
    f"""
    SELECT count(*) FROM (
        SELECT lot, sum(amount_minor) OVER (PARTITION BY lot ORDER BY sequence, part ROWS UNBOUNDED PRECEDING) AS rest
        FROM read_csv('{sys.argv[1]}', header = true, types = {{'lot': 'VARCHAR'}}) WHERE lot <> '') WHERE rest < 0
    """).fetchall()[0][0]
json.dump({
    "totals": {
        "accrued": sums.get("accrued", 0), "burnt": -sums.get("redeemed", 0), "expired": -sums.get("expired", 0),
        "outstanding": sum(sums.values()),
    },
    "members": {str(member): amount for member, amount in members},
    "below_zero": wrong,
}, sys.stdout)
