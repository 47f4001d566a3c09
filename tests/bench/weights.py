#!/usr/bin/env python3
"""Finds the weights of src/judge/verdict.c: a logistic regression of switched off or only unheard.

usage: weights.py [--share LABEL=WEIGHT ...] EVIDENCE.csv=TRUTH.csv[=LABEL] ...

EVIDENCE is what bench_evidence prints of a state, TRUTH what aissim --truth wrote of the same feed. A gap
counts as a switch-off when one covers more than half of it; gaps that one covers in part are left out.
Within each feed switch-offs get a tenth of the weight; feeds with a LABEL get the --share of that label.
Newton's method (Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 4.4.1); standard
library only.
"""
import csv
import math
import sys
from datetime import datetime

NAMES = ("base", "silence", "expected", "coverage", "past", "together", "class_b", "satellite", "moved")
PRIOR = math.log(0.1 / 0.9)
HALF_KNOWN_H, PAST_MOST, SILENCE_MOST, MOVED_KN = 10, 20000, 8, 2
FOREVER = 1 << 60


def milliseconds(text):
    return int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1000) if text else FOREVER


def switch_offs(path):
    """by MMSI: [off, on) in ms"""
    offs = {}
    with open(path, newline="", encoding="utf-8") as f:
        for row in csv.DictReader(f):
            if row["kind"] == "switch_off":
                span = milliseconds(row["off_time"]), milliseconds(row["on_time"])
                offs.setdefault(row["mmsi"], []).append(span)
    return offs


def truth_of(row, offs):
    """1 switched off, 0 only unheard, None mixed"""
    off, on = int(row["off_ms"]), int(row["on_ms"])
    best = 0.0
    for begin, end in offs.get(row["mmsi"], ()):
        covered = min(on or FOREVER, end) - max(off, begin)
        if covered > 0:
            # of an open gap: it fell silent within six hours before
            share = covered / (on - off) if on else float(begin - off < 6 * 3600000)
            best = max(best, share)
    return 1 if best > 0.5 else None if best > 0 else 0


def features(row):
    """as verdict.c's log_ratio takes them, times how much is known"""
    past, others = float(row["past"]), float(row["others"])
    heard, silent = int(row["heard"]), int(row["silent"])
    known = (past + others) / (past + others + HALF_KNOWN_H)
    x = (1.0,
         min(SILENCE_MOST, -math.log10(max(float(row["p"]), 1e-12))),
         math.log(float(row["expected_h"]) + 0.1),
         float(row["coverage"]),
         math.log(min(past, PAST_MOST) + 0.3),
         silent / (heard + silent + 1) if heard >= 0 else 0.0,
         float(row["class_b"]),
         float(row["satellite"]),
         float(float(row["moved_kn"]) > MOVED_KN))
    return [known * v for v in x]


def read(evidence, truth):
    """(features, switched off) of each gap of which something is known"""
    offs = switch_offs(truth)
    with open(evidence, newline="", encoding="utf-8") as f:
        for row in csv.DictReader(f):
            off = truth_of(row, offs)
            if off is not None and int(row["looked_h"]) and float(row["past"]) + float(row["others"]) >= 1:
                yield features(row), off


def weigh(gaps, share):
    """adds weights: a tenth of the feed's to its switch-offs"""
    offs = sum(off for _, off in gaps)
    each = {1: share * 0.1 * len(gaps) / max(1, offs), 0: share * 0.9 * len(gaps) / max(1, len(gaps) - offs)}
    return [(x, off, each[off]) for x, off in gaps]


def solve(a, b):
    """Gauss, with pivots"""
    n = len(b)
    m = [row[:] + [v] for row, v in zip(a, b)]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(m[r][i]))
        m[i], m[p] = m[p], m[i]
        for r in range(n):
            if r != i and m[r][i]:
                f = m[r][i] / m[i][i]
                m[r] = [u - f * v for u, v in zip(m[r], m[i])]
    return [m[i][n] / m[i][i] for i in range(n)]


def chance(x, beta):
    z = PRIOR + sum(u * v for u, v in zip(x, beta))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


def fit(gaps):
    n = len(NAMES)
    beta = [0.0] * n
    for _ in range(50):
        slope = [1e-3 * b for b in beta]
        curve = [[1e-3 * (i == k) for k in range(n)] for i in range(n)]
        for x, off, w in gaps:
            p = chance(x, beta)
            for i in range(n):
                slope[i] += w * (p - off) * x[i]
                for k in range(i + 1):
                    curve[i][k] += w * p * (1 - p) * x[i] * x[k]
        for i in range(n):
            for k in range(i):
                curve[k][i] = curve[i][k]
        step = solve(curve, slope)
        beta = [b - s for b, s in zip(beta, step)]
        if max(map(abs, step)) < 1e-8:
            return beta
    return beta


def main(args):
    shares = {}
    gaps = []
    while args and args[0] == "--share":
        label, value = args[1].split("=")
        shares[label] = float(value)
        args = args[2:]
    for arg in args:
        evidence, truth, *label = arg.split("=")
        gaps += weigh(list(read(evidence, truth)), shares.get(label[0] if label else "", 1.0))
    if not gaps:
        sys.exit(__doc__)
    beta = fit(gaps)
    brier = sum(w * (chance(x, beta) - off) ** 2 for x, off, w in gaps) / sum(w for _, _, w in gaps)
    print(f"{len(gaps)} gaps, {sum(off for _, off, _ in gaps)} of them switch-offs; Brier score {brier:.4f}")
    for name, b in zip(NAMES, beta):
        print(f"    .{name} = {b:.2f},")


if __name__ == "__main__":
    main(sys.argv[1:])
