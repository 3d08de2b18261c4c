#!/usr/bin/env python3
"""A promotion workload that is the same everywhere: a catalogue, 20,000 members, 100,000 baskets of 1 to 20 lines and up to 10,000
promotions. The first 100 and 1,000 promotions are workloads of their own.

    workload.py DIRECTORY [PROMOTIONS [BASKETS]]

writes whole numbers of 32 bits, little-endian:
  baskets.i32     a basket: number, facts (FACTS below, the sum last), count of keys and for each key, quantity, amount; count of
                  coupons and each; count of codes and each
  lines.i32       a basket: count of lines and for each quantity, unit price, count of keys and each
  promotions.i32  a promotion: number, count of conditions and for each kind, fact, count of values and each
                  (kind 0 at least, 1 at most, 2 equal, 3 one of, 4 key with quantity and amount, 5 coupon or code)
  rewards.i32     a promotion: kind (0 discount, 1 points, 2 n-th, 3 bind, 4 fixed points, 5 times), value, key, n, qualifying key,
                  priority, group, alone
Keys: category c, 1,000 + brand, 2,000 + product, 8,000 + segment, 10,000 + brand * 200 + category; -1 for all goods.

What a promotion is worth and how promotions go together: the comment of Sources/TallyTesting/PromotionWorkload.swift.
"""
import array
import random
import sys
from bisect import bisect_left
from itertools import accumulate

NSKU, NCAT, NBRAND, NSEG, NSTORE = 5000, 200, 300, 100, 200
CH = ["pos", "web", "app", "call"]
CVM = ["newcomer", "loyal", "prechurn", "churn"]
NCOUPON, NCODE, NMEMBER = 400, 200, 20000
DAY0, DAY1 = 30, 89            # days on which baskets happen
HORIZON = 120                  # promotions' windows lie in 0..HORIZON


class Pick:
    """Draws an index with the given weights, from a random.Random."""
    def __init__(self, w):
        self.c = list(accumulate(w)); self.t = self.c[-1]
    def __call__(self, rng):
        return bisect_left(self.c, rng.random() * self.t)


def zipf(n, s):
    return [1.0 / (i + 1) ** s for i in range(n)]


def catalog(seed):
    rng = random.Random(f"{seed}/catalog")
    pc, pb = Pick(zipf(NCAT, 0.6)), Pick(zipf(NBRAND, 0.6))
    brand_cats = [[pc(rng) for _ in range(rng.randint(1, 8))] for _ in range(NBRAND)]
    cat, brand, price, segs = [], [], [], []
    for s in range(NSKU):
        b = pb(rng)
        c = rng.choice(brand_cats[b])
        cat.append(c); brand.append(b)
        p = int(min(999_900, max(1_990, rng.lognormvariate(10.3, 0.9))))
        price.append(p // 10 * 10)
        segs.append(sorted(rng.sample(range(NSEG), rng.choice([0, 1, 1, 2, 3]))))
    perm = list(range(NSKU)); rng.shuffle(perm)
    z = zipf(NSKU, 1.05)
    pop = [0.0] * NSKU
    for rank, s in enumerate(perm):
        pop[s] = z[rank]
    return dict(cat=cat, brand=brand, price=price, segs=segs, pop=pop)


def members(seed):
    rng = random.Random(f"{seed}/members")
    out = []
    for i in range(NMEMBER):
        cvm = rng.choices(CVM, [25, 38, 17, 20])[0]
        r = {"newcomer": rng.randint(3, 5), "loyal": rng.randint(4, 5), "prechurn": rng.randint(2, 3), "churn": 1}[cvm]
        f = {"newcomer": rng.randint(1, 2), "loyal": rng.randint(3, 5), "prechurn": rng.randint(2, 5), "churn": rng.randint(1, 4)}[cvm]
        out.append(dict(member=i, g=rng.choices(["F", "M"], [62, 38])[0], age=min(90, max(16, int(rng.gauss(39, 13)))),
                        tier=rng.choices([0, 1, 2, 3], [50, 30, 15, 5])[0], cvm=cvm, r=r, f=f, m=rng.randint(1, 5),
                        p30={"newcomer": rng.randint(0, 2), "loyal": rng.randint(2, 8), "prechurn": rng.randint(0, 1), "churn": 0}[cvm],
                        cu=rng.choices([0, 1, 2, 5], [60, 20, 12, 8])[0],
                        risk=min(100, max(0, int({"newcomer": 40, "loyal": 15, "prechurn": 65, "churn": 85}[cvm] + rng.gauss(0, 12)))),
                        ctl=rng.random() < 0.10, bday=rng.randint(0, 364),
                        coupons=sorted({f"K{int(NCOUPON * rng.random() ** 1.5)}" for _ in range(rng.choice([0, 0, 1, 2, 3, 5]))})))
    return out

ANON = dict(member=-1, g="U", age=-1, tier=0, cvm="none", r=0, f=0, m=0, p30=0, cu=0, risk=-1, ctl=False, bd=999, coupons=[])


def baskets(seed, n):
    cat = catalog(seed); mem = members(seed)
    rng = random.Random(f"{seed}/baskets")
    psku, pmem, pstore = Pick(cat["pop"]), Pick(zipf(NMEMBER, 0.5)), Pick(zipf(NSTORE, 0.5))
    for b in range(n):
        day = rng.randint(DAY0, DAY1)
        store = pstore(rng)
        if rng.random() < 0.15:
            a = dict(ANON, coupons=[])
        else:
            m = mem[pmem(rng)]
            d = abs(m["bday"] - day) % 365
            a = {k: v for k, v in m.items() if k != "bday"}
            a["bd"] = min(d, 365 - d)
        nl = min(20, 1 + int(rng.expovariate(1 / 5.0)))
        seen, lines = set(), []
        for _ in range(nl):
            s = psku(rng)
            if s in seen:
                continue
            seen.add(s)
            lines.append([s, rng.choices([1, 2, 3, 4, 6], [62, 20, 10, 5, 3])[0], cat["price"][s]])
        codes = [f"P{int(NCODE * rng.random() ** 1.5)}"] if rng.random() < 0.12 else []
        yield dict(b=b, day=day, wd=day % 7, store=store, biz=store % 3, ch=rng.choices(CH, [70, 14, 13, 3])[0],
                   codes=codes, lines=lines, **a)


def promos(seed, n):
    cat = catalog(seed)
    rng = random.Random(f"{seed}/promos")
    psku = Pick(cat["pop"])

    def sku():                     # half by popularity, half uniform
        return psku(rng) if rng.random() < 0.5 else rng.randrange(NSKU)

    def scope(kinds="cbsgp", weights=(30, 25, 20, 15, 10)):
        k = rng.choices(kinds, weights[:len(kinds)])[0]
        s = sku()
        while k == "g" and not cat["segs"][s]:
            s = sku()
        return {"c": lambda: f"c{cat['cat'][s]}", "b": lambda: f"b{cat['brand'][s]}", "s": lambda: f"s{s}",
                "g": lambda: f"g{rng.choice(cat['segs'][s])}", "p": lambda: f"p{cat['brand'][s]}_{cat['cat'][s]}"}[k]()

    for i in range(n):
        start = rng.randint(0, HORIZON - 7)
        p = dict(id=i, name="", mech="", **{"from": start}, to=min(HORIZON, start + rng.choice([6, 13, 13, 27, 27, 59])),
                 wd=None, ch=None, stores=None, biz=None, cvm=None, r=None, f=None, m=None, tier=None, age=None, g=None,
                 bd=False, p30=None, cu=None, risk=None, noctl=rng.random() < 0.5, member=False, coupon=None, code=None,
                 total=None, items=[], reward=None, prio=rng.randint(0, 9),
                 group=f"x{rng.randrange(max(4, (i + 1) // 25))}" if rng.random() < 0.35 else None, solo=rng.random() < 0.08)
        mech = rng.choices(["pct", "nth", "b2g1", "bundle", "sum", "personal", "birthday", "coupon"],
                           [46, 8, 8, 8, 7, 6, 2, 15])[0]
        p["mech"] = mech
        bp = rng.choice([300, 500, 700, 1000, 1500, 2000, 3000])
        if mech == "pct":          # "-15 % on all oils in February", points on a segment of goods
            k = scope()
            p["items"] = [[k, rng.choices([1, 2, 3], [80, 15, 5])[0], rng.choice([0, 0, 0, 0, 50_000, 100_000])]]
            p["reward"] = dict(t=rng.choices(["disc", "pts"], [55, 45])[0], bp=bp, key=k)
        elif mech == "nth":        # every 3rd item at half price
            k = scope("cbg", (50, 30, 20)); n3 = rng.choices([3, 2], [80, 20])[0]
            p["items"] = [[k, n3, 0]]
            p["reward"] = dict(t="nth", n=n3, bp=5000, key=k)
        elif mech == "b2g1":       # buy 2, get the 3rd free
            k = scope("cbsg", (40, 20, 20, 20))
            p["items"] = [[k, 3, 0]]
            p["reward"] = dict(t="nth", n=3, bp=10000, key=k)
        elif mech == "bundle":     # buy brand A's bed, -30 % on brand A's mattress
            s = sku(); b = cat["brand"][s]
            cats = sorted({cat["cat"][x] for x in range(NSKU) if cat["brand"][x] == b})
            if len(cats) >= 2:
                c1, c2 = rng.sample(cats, 2)
                ka, kb = f"p{b}_{c1}", f"p{b}_{c2}"
            else:
                ka, kb = f"c{cat['cat'][sku()]}", f"b{b}"
            p["items"] = [[ka, 1, 0], [kb, 1, 0]]
            p["reward"] = dict(t="bundle", bp=rng.choice([1500, 2000, 3000, 5000]), a=ka, key=kb)
        elif mech == "sum":        # buy for 5,000, get +200 points
            p["total"] = rng.choice([100_000, 150_000, 200_000, 300_000, 500_000, 1_000_000])
            p["reward"] = dict(t="fix", pts=p["total"] // 25)
            p["member"] = True
        elif mech == "personal":   # CVM, welcome, win-back, "3 purchases in February"
            p["member"] = True
            p["cvm"] = [rng.choices(CVM, [35, 10, 35, 20])[0]]
            if rng.random() < 0.4:
                p["p30"] = rng.randint(1, 6)
            if rng.random() < 0.3:
                p["risk"] = rng.choice([30, 50, 70])
            p["reward"] = dict(t="fix", pts=rng.choice([5_000, 10_000, 20_000]))
        elif mech == "birthday":   # x5 points in the birthday week
            p["member"] = True; p["bd"] = True
            p["reward"] = dict(t="mult", k=rng.choice([2, 3, 5, 5]))
        else:                      # coupon or promo code held
            if rng.random() < 0.6:
                p["coupon"] = f"K{rng.randrange(NCOUPON)}"; p["member"] = True
            else:
                p["code"] = f"P{rng.randrange(NCODE)}"
            if rng.random() < 0.6:
                k = scope(); p["items"] = [[k, 1, 0]]
            else:
                k = None; p["total"] = rng.choice([None, 50_000, 100_000, 200_000])
            p["reward"] = dict(t=rng.choice(["disc", "pts"]), bp=bp, key=k)
        # who, where, when
        if rng.random() < 0.25:
            p["wd"] = sorted(rng.sample(range(7), rng.choice([1, 2, 2, 3, 5])))
        if rng.random() < 0.30:
            p["ch"] = sorted(rng.sample(CH, rng.choice([1, 1, 2, 3])))
        x = rng.random()
        if x < 0.35:
            p["stores"] = sorted(rng.sample(range(NSTORE), rng.choice([1, 5, 10, 20, 40, 80])))
        elif x < 0.60:
            p["biz"] = rng.randrange(3)
        if p["cvm"] is None and rng.random() < 0.25:
            p["cvm"] = sorted(rng.sample(CVM, rng.choice([1, 1, 2])))
        if rng.random() < 0.18:
            for q in "rfm":
                lo = rng.randint(1, 4); p[q] = [lo, rng.randint(lo, 5)]
        if rng.random() < 0.18:
            p["tier"] = rng.randint(1, 3)
        if rng.random() < 0.18:
            lo = rng.choice([16, 18, 25, 30, 35, 45, 55]); p["age"] = [lo, lo + rng.choice([5, 10, 15, 20, 40])]
        if rng.random() < 0.12:
            p["g"] = rng.choice(["F", "F", "M"])
        if rng.random() < 0.04:
            p["cu"] = rng.randint(1, 3)
        if p["risk"] is None and rng.random() < 0.04:
            p["risk"] = rng.choice([30, 50, 70])
        p["name"] = f"{mech}-{i}"
        yield p


FACTS = ["day", "wd", "store", "biz", "ch", "cvm", "g", "r", "f", "m", "tier", "age", "bd", "p30", "cu", "risk", "ctl", "member"]
SUM = len(FACTS)
REWARDS = ["disc", "pts", "nth", "bundle", "fix", "mult"]
NAMES = {"ch": CH, "cvm": ["none"] + CVM, "g": ["U", "F", "M"]}


def number(fact, value):
    return NAMES[fact].index(value) if fact in NAMES else int(value)


def key(text):
    if text is None:
        return -1
    kind, rest = text[0], text[1:]
    if kind == "p":
        brand, category = rest.split("_")
        return 10_000 + int(brand) * 200 + int(category)
    return {"c": 0, "b": 1_000, "s": 2_000, "g": 8_000}[kind] + int(rest)


def token(text):
    return (0 if text[0] == "K" else 1_000) + int(text[1:])


def keys(sku, goods):
    category, brand = goods["cat"][sku], goods["brand"][sku]
    return [category, 1_000 + brand, 2_000 + sku, 10_000 + brand * 200 + category] + [8_000 + s for s in goods["segs"][sku]]


def write(directory, name, numbers):
    with open(f"{directory}/{name}.i32", "wb") as file:
        values = array.array("i", numbers)
        if sys.byteorder == "big":
            values.byteswap()
        values.tofile(file)


def write_baskets(directory, count, goods):
    out, lines = [], []
    for basket in baskets(SEED, count):
        sums, total = {}, 0
        lines.append(len(basket["lines"]))
        for sku, quantity, price in basket["lines"]:
            total += quantity * price
            of_line = keys(sku, goods)
            lines += [quantity, price, len(of_line)] + of_line
            for k in of_line:
                known = sums.get(k, (0, 0))
                sums[k] = (known[0] + quantity, known[1] + quantity * price)
        out += [basket["b"]] + [number(fact, basket[fact]) for fact in FACTS] + [total, len(sums)]
        for k, (quantity, amount) in sums.items():
            out += [k, quantity, amount]
        for tokens in (basket["coupons"], basket["codes"]):
            out += [len(tokens)] + [token(t) for t in tokens]
    write(directory, "baskets", out)
    write(directory, "lines", lines)


def conditions(p):
    """The conditions of a promotion, those that fewest baskets meet first."""
    order = "spgbc"
    out = [[4, 0, 3, key(k), q, a] for k, q, a in sorted(p["items"], key=lambda e: (order.index(e[0][0]), -e[1], -e[2]))]
    out += [[5, 0, 1, token(p[t])] for t in ("coupon", "code") if p[t]]
    if p["bd"]:
        out.append([1, FACTS.index("bd"), 1, 3])
    stores = [[3, FACTS.index("store"), len(p["stores"])] + p["stores"]] if p["stores"] else []
    if stores and len(p["stores"]) <= 20:
        out += stores
    out += [[0, FACTS.index("day"), 1, p["from"]], [1, FACTS.index("day"), 1, p["to"]]]
    for fact in ("cvm", "wd", "ch"):
        if p[fact]:
            out.append([3, FACTS.index(fact), len(p[fact])] + [number(fact, value) for value in p[fact]])
    for fact in ("biz", "g"):
        if p[fact] is not None:
            out.append([2, FACTS.index(fact), 1, number(fact, p[fact])])
    for fact in ("r", "f", "m", "age"):
        if p[fact]:
            out += [[0, FACTS.index(fact), 1, p[fact][0]], [1, FACTS.index(fact), 1, p[fact][1]]]
    for fact in ("tier", "p30", "cu", "risk"):
        if p[fact] is not None:
            out.append([0, FACTS.index(fact), 1, p[fact]])
    if p["total"] is not None:
        out.append([0, SUM, 1, p["total"]])
    if stores and len(p["stores"]) > 20:
        out += stores
    if p["noctl"]:
        out.append([2, FACTS.index("ctl"), 1, 0])
    if p["member"]:
        out.append([0, FACTS.index("member"), 1, 0])
    return out


def write_promotions(directory, count):
    out, rewards, groups = [], [], {}
    for p in promos(SEED, count):
        all_of = conditions(p)
        out += [p["id"], len(all_of)] + [value for condition in all_of for value in condition]
        r = p["reward"]
        group = -1 if p["group"] is None else groups.setdefault(p["group"], len(groups))
        rewards += [REWARDS.index(r["t"]), r.get("bp", r.get("pts", r.get("k", 0))), key(r.get("key")), r.get("n", 0),
                    key(r.get("a")), p["prio"], group, int(p["solo"])]
    write(directory, "promotions", out)
    write(directory, "rewards", rewards)


def main():
    directory = sys.argv[1]
    promotions, count = (int(sys.argv[i]) if len(sys.argv) > i else n for i, n in ((2, 10_000), (3, 100_000)))
    write_promotions(directory, promotions)
    write_baskets(directory, count, catalog(SEED))


SEED = "20240308"

if __name__ == "__main__":
    main()
