#!/usr/bin/env python3
"""What a points programme must come to, computed from the receipts alone.

    points_programme.py RECEIPTS.csv > totals.json

The programme: 5 % of what is paid in money, half to the even cent; every third purchase of a member is paid with as many points as
the member has, up to half of the receipt; a point pays a cent's worth; points can be spent for 180 days after the day of the
receipt. A purchase is a receipt of a member with a total above zero; other receipts move no points. Lots that end first are spent
first, of equal ones the older. What a receipt earns cannot pay it. At the end everything has ended whose last day lies before the
day behind the last receipt. Days are the calendar days of the file's own clock; amounts are whole cents.
"""
import collections
import csv
import datetime
import json
import sys

EVERY, DAYS = 3, 180


def half_even(numerator, denominator):
    quotient, rest = divmod(numerator, denominator)
    return quotient + (1 if 2 * rest > denominator or (2 * rest == denominator and quotient % 2) else 0)


def cents(text):
    whole, _, decimals = text.lstrip("-").partition(".")
    value = int(whole or 0) * 100 + int((decimals + "00")[:2])
    return -value if text.startswith("-") else value


def receipts(path):
    """Member, day and total of each receipt, in the order of the file; the lines of a receipt are adjacent."""
    last, member, day, total = None, "", "", 0
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            if row["receipt_id"] != last:
                if last is not None:
                    yield member, day, total
                last, member, day, total = row["receipt_id"], row["member_id"], row["timestamp"][:10], 0
            total += cents(row["line_total"])
    if last is not None:
        yield member, day, total


class Programme:
    def __init__(self):
        self.lots = collections.defaultdict(list)  # member: [last day, points], the one that ends first in front
        self.visits = collections.Counter()
        self.accrued, self.burnt, self.expired = (collections.Counter() for _ in range(3))

    def end(self, member, day):
        """Lets everything end whose last day lies before `day`."""
        while self.lots[member] and self.lots[member][0][0] < day:
            self.expired[member] += self.lots[member].pop(0)[1]

    def spend(self, member, points):
        self.burnt[member] += points
        while points:
            lot = self.lots[member][0]
            part = min(points, lot[1])
            points, lot[1] = points - part, lot[1] - part
            if lot[1] == 0:
                self.lots[member].pop(0)

    def purchase(self, member, day, total):
        self.end(member, day)
        self.visits[member] += 1
        paid = 0
        if self.visits[member] % EVERY == 0:
            paid = min(sum(points for _, points in self.lots[member]), total // 2)
            self.spend(member, paid)
        earned = half_even((total - paid) * 5, 100)
        if earned:
            self.accrued[member] += earned
            self.lots[member].append([day + datetime.timedelta(days=DAYS), earned])


def main():
    programme, last = Programme(), None
    for member, text, total in receipts(sys.argv[1]):
        day = datetime.date.fromisoformat(text)
        last = day if last is None else max(last, day)
        if member and total > 0:
            programme.purchase(member, day, total)
    for member in list(programme.lots):
        programme.end(member, last + datetime.timedelta(days=1))
    members = {m: sum(points for _, points in lots) for m, lots in programme.lots.items()}
    totals = {
        "accrued": sum(programme.accrued.values()), "burnt": sum(programme.burnt.values()),
        "expired": sum(programme.expired.values()), "outstanding": sum(members.values()),
    }
    assert totals["accrued"] == totals["burnt"] + totals["expired"] + totals["outstanding"]
    json.dump({"totals": totals, "members": members}, sys.stdout)


main()
