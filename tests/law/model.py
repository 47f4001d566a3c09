#!/usr/bin/env python3
"""Compares fleets with the reference model of the one law.

usage: model.py MODEL.PY DUMP_MODEL [CASES [SEED]]

Segments, ordinary tracks, presence, feed clock, horizons, forgetting and gaps are the model's own: a
case is a random tree of joins in which some fleets forget and some take in further reports. Identity is the model's
id_two, which DESIGN chose over its hashes. Feed time is stated here anew from the comment in
track/clock.h, and is compared with the model's only on dense feeds, where both rules say the same.
"""
import importlib.util
import random
import subprocess
import sys

HOUR = 3600_000
WINDOW = 6 * HOUR
TURN = 360 * 180
KEEP, KEEP_IMO = 8, 32


def load(path):
    spec = importlib.util.spec_from_file_location("reference", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def zone(lat, lon):
    """traffic_zones, in tenths of a degree"""
    if lon >= 1000:
        return 3
    return 1 if 0 <= lat < 200 else 2 if 200 <= lat < 400 else 0


def imo(i):
    stem = 910000 + 7 * i
    return stem * 10 + sum(int(d) * w for d, w in zip(str(stem), range(7, 1, -1))) % 10


def draw(rng):
    """one case: (G, min gap, reports); a report is (mmsi, t, lat, lon, name, imo)"""
    gap = rng.choice([1, 1000, 600_000, HOUR, 6 * HOUR])
    start = 1709249400_000  # half an hour before the end of a leap day
    kind = rng.random()
    if kind < 0.2:  # dense: twelve ships in every hour, of which the last counts
        ships, names, hours = 12, 3, rng.randint(1, 3)
        times = [(m, start + h * HOUR + rng.randrange(HOUR // 2))
                 for h in range(hours) for m in range(ships) for _ in range(rng.randint(1, 2))]
    else:
        ships = rng.choice([1, 2, 3, 14])
        names = rng.choice([2, 14])
        count = rng.randint(1, 12) if kind < 0.7 else rng.randint(20, 90)
        times = []
        for _ in range(count):
            t = start + rng.randrange(9) * gap + rng.choice([0, 0, 1, -1, rng.randrange(gap)])
            if rng.random() < 0.03:  # a clock years ahead
                t = 2114380800_000 + rng.randrange(3) * HOUR
            if rng.random() < 0.05:
                t += rng.randrange(4 * 86400_000)
            times.append((rng.randrange(ships), t))
    reports = []
    for m, t in times:
        lat = rng.choice([100, 100, 101, 199, 200, 300, 500, -3, 0, 1, -1])
        lon = rng.choice([50, 50, 51, -1800, 1799, 0, -1, 999, 1000])
        number = imo(rng.randrange(45 if names > 3 else 2))
        reports.append((273000001 + m, t, lat, lon, "N%02d" % rng.randrange(names), number))
    return gap, rng.choice([gap, gap, 2 * gap + 1]), reports, kind < 0.2


def horizon(rng, gap, reports):
    """at a report, beside it, at the hour, or before or after all"""
    t = rng.choice(reports)[1]
    return rng.choice([t, t, t + 1, t // HOUR * HOUR, (t // HOUR + 1) * HOUR, t + gap, t + gap + 1,
                       t - rng.randrange(2 * 86400_000), 1, 4102444800_000])


def spread(rng, gap, reports):
    """the reports shuffled over fleets, some of them in two, and a random tree of steps that leaves
    all in one fleet; half of the cases forget"""
    fleets = rng.randint(1, 6)
    placed = [(r, rng.randrange(fleets)) for r in reports]
    placed += [(r, rng.randrange(fleets)) for r in reports if rng.random() < 0.1]
    rng.shuffle(placed)
    forgets = 0.5 if rng.random() < 0.5 else 0
    left, steps, touched = list(range(fleets)), [], set()

    def forget(f):
        while rng.random() < forgets:
            touched.add(f)
            steps.append(("forget", f, horizon(rng, gap, reports)))

    while len(left) > 1:
        into, source = rng.sample(left, 2)
        forget(into)
        forget(source)
        left.remove(source)
        by_reports = source not in touched and rng.random() < 0.5
        steps.append(("fold" if by_reports else "join", into, source))
        touched.add(into)
    forget(left[0])
    return placed, fleets, steps


def text_of(gap, min_gap, placed, fleets, steps):
    lines = ["case %d %d %d %d %d" % (gap, min_gap, len(placed), fleets, len(steps))]
    lines += ["%d %d %d %d %s %d %d" % (r + (f,)) for r, f in placed]
    lines += ["%s %d %d" % s for s in steps]
    return "\n".join(lines) + "\n"


def rows_of(reports):
    return [(m, zone(lat, lon), (t, lat, lon), name) for m, t, lat, lon, name, _ in reports]


def united(model, gap, placed, fleets, steps):
    """the model's state after the steps, which must be what forgetting at the last horizon leaves of
    one fold of all reports"""
    states = {f: model.fold_oracle(rows_of(r for r, g in placed if g == f), gap)
              for f in range(fleets)}
    last = max([s[2] for s in steps if s[0] == "forget"], default=None)
    for word, f, other in steps:
        if word == "forget":
            states[f] = model.with_horizon(states[f], other)
        else:
            states[f] = model.join(states[f], states.pop(other))
    (state,) = states.values()
    whole = model.fold_oracle(rows_of(r for r, _ in placed), gap)
    if last is not None:
        whole = model.with_horizon(whole, last)
    assert (state.segs, state.pres, state.clk, state.hor) == (
        whole.segs, whole.pres, whole.clk, whole.hor), "the model's join and forgetting disagree"
    return state, last


def lat_step(lat):
    return int((lat / 10 + 90.0) * 180)


def lon_step(lon):
    return int((lon / 10 + 180.0) * 180)


def east_step(lon360):
    """a step from Greenwich, of a longitude in [0, 360)"""
    lon = lon360 if lon360 < 1800 else lon360 - 3600
    return (lon_step(lon) + TURN // 2) % TURN


def identity(model, word, mmsi, seen, keep_first):
    """the values first seen earliest and last seen latest, of (value, t)"""
    first, last = {}, {}
    for value, t in seen:
        first[value] = min(t, first.get(value, t))
        last[value] = max(t, last.get(value, t))
    earliest = model.id_two((first, last), ({}, {}), keep_first)[0]
    latest = model.id_two((first, last), ({}, {}), KEEP)[1]
    out = ["%s-first %d %s %d" % (word, mmsi, v, t) for v, t in earliest.items()]
    out += ["%s-last %d %s %d" % (word, mmsi, v, t) for v, t in latest.items()]
    if len(first) > keep_first:
        out.append("%s-overflow %d" % (word, mmsi))
    return out


def witnessed(clock):
    """track/clock.h: the greatest kept time t with times of three MMSIs in [t, t + 6 h], or None"""
    kept = [entry for cell in clock.values() for entry in cell]
    return max((t for t, _ in kept
                if len({m for u, m in kept if t <= u <= t + WINDOW}) >= 3), default=None)


def feed_time(clock, vessels):
    """track/clock.h: None when the clock is empty, which it may be after forgetting"""
    kept = [entry for cell in clock.values() for entry in cell]
    if not kept:
        return None
    good = witnessed(clock)
    if vessels >= 10 and good is not None:
        return good
    near = [t for t, _ in kept
            if any(h != t // HOUR and abs(h - t // HOUR) <= 24 for h in clock)]
    return max(near) if near else max(t for t, _ in kept)


def evidence(model, state, as_of):
    """track/forget.h: the beginning of the last hour of presence or the end of the last closed gap, of
    those that begin by feed time"""
    until = as_of if as_of is not None else float("inf")
    ends = [hour * HOUR for _, _, hour in state.pres if hour * HOUR <= until]
    ends += [on[0] for _, _, on in model.gaps(state, None) if on[0] <= until]
    return max(ends, default=None)


def fix_text(fix):
    return "%d %d %d" % (fix if fix[1:] else fix + (0, 0))


def segment_text(word, m, z, ends):
    return "%s %d %d %s %s" % (word, m, z, fix_text(ends[0]), fix_text(ends[1]))


def expected(model, gap, min_gap, reports, dense, *tree):
    state, horizon_ms = united(model, gap, *tree)
    out = []
    for (m, z), segs in state.segs.items():
        out += [segment_text("segment", m, z, s) for s in segs]
    for m, segs in model.ordinary(state).items():
        out += [segment_text("ordinary", m, 0, s) for s in segs]
    for (m, z, hour), p in state.pres.items():
        mask, first, lat0, lat1, lon0, lon1, east0, east1 = p
        out.append("presence %d %d %d %d %d %d %d %d %d %d %d %d %d" % (
            m, z, hour, mask, first[0], first[1] * 10**6, first[2] * 10**6,
            lat_step(lat0), lat_step(lat1), lon_step(lon0), lon_step(lon1),
            east_step(east0), east_step(east1)))
    for m in {r[0] for r in reports}:
        mine = [r for r in reports if r[0] == m]
        out += identity(model, "name", m, [(r[4], r[1]) for r in mine], KEEP)
        out += identity(model, "imo", m, [(str(r[5]), r[1]) for r in mine], KEEP_IMO)
    for hour, cell in state.clk.items():
        out += ["clock %d %d %d %d" % ((hour, i) + entry) for i, entry in enumerate(cell)]
    as_of = feed_time(state.clk, len({r[0] for r in reports}))
    if dense and horizon_ms is None:
        assert as_of == model.as_of(state), "the two rules of feed time differ on a dense feed"
    times = [("horizon", horizon_ms), ("feed-time", as_of), ("witnessed", witnessed(state.clk)),
             ("evidence", evidence(model, state, as_of))]
    out += ["%s %d" % (word, t) for word, t in times if t is not None]
    ends = {m: segs[-1][1][0] for m, segs in model.ordinary(state).items()}
    out.append("since %d" % sum(t >= (as_of or 0) - HOUR for t in ends.values()))
    for m, off, on in model.gaps(state, as_of, min_gap):
        end = "open" if on is None else fix_text(on)
        out.append("gap %d %s %s" % (m, fix_text(off), end))
    return sorted(out)


def main():
    model = load(sys.argv[1])
    cases = int(sys.argv[3]) if len(sys.argv) > 3 else 4000
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    texts, wanted = [], []
    for i in range(cases):
        rng = random.Random(seed * 1_000_000 + i)
        gap, min_gap, reports, dense = draw(rng)
        tree = spread(rng, gap, reports)
        texts.append(text_of(gap, min_gap, *tree))
        wanted.append(expected(model, gap, min_gap, reports, dense, *tree))
    run = subprocess.run([sys.argv[2]], input="".join(texts), capture_output=True, text=True)
    if run.returncode:
        print(run.stderr)
        sys.exit("%s: exit status %d" % (sys.argv[2], run.returncode))
    got = [block.split("\n")[:-1] for block in run.stdout.split("end\n")[:-1]]
    if len(got) != cases:
        sys.exit("%d answers to %d cases" % (len(got), cases))
    lines = 0
    for i, (a, b) in enumerate(zip(got, wanted)):
        lines += len(b)
        if sorted(a) == b:
            continue
        print(texts[i])
        for line in sorted(set(a) ^ set(b)):
            print("fleet:" if line in a else "model:", line)
        sys.exit("case %d of seed %d differs" % (i, seed))
    print("%d cases, %d lines alike" % (cases, lines))


if __name__ == "__main__":
    main()
