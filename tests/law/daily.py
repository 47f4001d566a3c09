"""N runs with --state against one run on everything. usage: daily.py [SPLITS [SEED]]

Expectations: DESIGN section 3. A track is a join, feed time and horizon rise by max, so the state of
any runs that together read the same rows has the same bytes; changes replay to the report. For the
random splits besides: the gaps, feed time and horizon, counted anew here from the rows by the words of
that section (and of track/clock.h).
"""
import datetime
import itertools
import os
import random
import sys

import runs
from runs import expect, fail, run, table

SPLITS = int(sys.argv[1]) if len(sys.argv) > 1 else 40
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 1
HOUR = 3600
EPOCH = datetime.datetime(1970, 1, 1)
TMP = runs.scratch()
kinds = {}


def path(name):
    return os.path.join(TMP, name)


def forget(name):
    for ending in "", ".lock", ".sent", ".due":
        if os.path.exists(path(name) + ending):
            os.remove(path(name) + ending)


def count_kinds(replay, group):
    for kind, count in replay.kinds.items():
        kinds[group, kind] = kinds.get((group, kind), 0) + count


# ---------- thirty days

HEADER, ROWS = runs.simulate(
    "--seed", 41, "--days", 30, "--vessels", 70, "--inside", 0.8, "--thin", 3600, "--class-b", 20,
    "--stations", "sparse", "--satellites", 2, "--switch-offs", 60, "--switch-offs-in", "inside",
    "--switch-off-hours", "7:200", "--duplicates", 3, "--disorder", 5, "--future", 2)
DAYS = runs.by_day(ROWS)


def shuffled(keep):
    """with --keep a run that would forget all there was is refused, so one of the last days is first"""
    order = list(DAYS)
    random.Random(7).shuffle(order)
    if keep != "400d":
        first = max(range(len(DAYS)), key=lambda i: len(DAYS[i]) and i)
        order.remove(DAYS[first])
        order.insert(0, DAYS[first])
    return order


def repeated(_keep):
    """each sixth day twice, and each fifth once more after the next"""
    order = []
    for i, day in enumerate(DAYS):
        order += [day] * (2 if i % 6 == 0 else 1)
        if i % 5 == 1:
            order.append(DAYS[i - 1])
    return order


def overlapping(_keep):
    """exports that begin half a day early and end a quarter late"""
    sides = [[]] + DAYS + [[]]
    return [before[len(before) // 2:] + day + after[:len(after) // 4]
            for before, day, after in zip(sides, sides[1:], sides[2:])]


def late(_keep):
    """the fifth day arrives three weeks late"""
    return DAYS[:4] + DAYS[5:26] + [DAYS[4]] + DAYS[26:]


def one_run(keep):
    forget("one")
    run("--state", path("one"), "--keep", keep, "-", text=table(HEADER, ROWS), what="one run")
    reports = {form: run("report", "-f", form, path("one")).out for form in ("csv", "ndjson")}
    return runs.read(path("one")), reports


def many_runs(name, parts, keep, form, state, reports):
    what = "%s, --keep %s, %s" % (name, keep, form)
    replay = runs.Replay(form)
    forget("many")
    for i, part in enumerate(parts):
        done = run("--state", path("many"), "--keep", keep, "--changes", "-f", form, "-",
                   text=table(HEADER, part), what="%s, run %d" % (what, i))
        replay.take(done.out)
    if runs.read(path("many")) != state:
        fail(what + ": not the state of one run")
    report = run("report", "-f", form, path("many")).out
    if report != reports[form]:
        fail(what + ": not the report of one run")
    replay.compare(what, reports[form])
    count_kinds(replay, name if keep == "400d" else "keep")
    print("%-40s %2d runs, %4d rows, changes: %s" % (what, len(parts), len(replay.rows),
                                                     dict(replay.kinds)), flush=True)


def check_days():
    for keep in "400d", "10d":
        state, reports = one_run(keep)
        plans = [("in order", DAYS, "csv"), ("shuffled", shuffled(keep), "ndjson"),
                 ("repeated", repeated(keep), "ndjson"), ("overlapping", overlapping(keep), "csv"),
                 ("late", late(keep), "ndjson")]
        for name, parts, form in plans:
            many_runs(name, parts, keep, form, state, reports)
        if keep == "400d":
            plain = run("-f", "csv", "-", text=table(HEADER, ROWS)).out
            expect("the report of a state is that of a run without", reports["csv"], plain)
            expect("lone clocks in 2037 close gaps", b"after_as_of" in plain, True)
    for seen in ("in order", "opened"), ("in order", "closed"), ("in order", "revised"), \
                ("shuffled", "retracted"), ("late", "retracted"), ("keep", "expired"):
        expect("changes of the kind %s, %s" % seen, seen in kinds, True)


# ---------- options that change

def check_again():
    """a run on what is known changes nothing"""
    before = runs.read(path("many")), runs.read(path("many") + ".sent")
    done = run("--state", path("many"), "--keep", "10d", "--changes", "-f", "ndjson", "-",
               text=table(HEADER, DAYS[-1]))
    expect("a day once more: changes", done.out, b"")
    expect("a day once more: files", (runs.read(path("many")), runs.read(path("many") + ".sent")),
           before)
    done = run("--state", path("many"), "--keep", "10d", "--changes", "-f", "csv", "--if-any", "-",
               text=table(HEADER, DAYS[-1]))
    expect("a day once more, --if-any", done.out, b"")


def check_min_gap():
    one_run("400d")
    before = runs.read(path("one"))
    # not more than 8.5 h: the margin of Vladivostok, 300 nm, then holds for both (35 kn x gap)
    want = run("-g", "8h", "-", text=table(HEADER, ROWS)).out
    if run("report", "-g", "8h", path("one")).out != want:
        fail("report -g 8h is not what a run with -g 8h reports")
    for arguments in ["report", "-g", "3h", path("one")], \
                     ["--state", path("one"), "-g", "3h", "--changes", "-"]:
        done = run(*arguments, text=table(HEADER, DAYS[0]), status=None)
        expect("a smaller --min-gap is refused", done.returncode in (1, 2), True)
        expect("its message names --min-gap (%s)" % done.err, "--min-gap" in done.err, True)
        expect("it prints nothing", done.out, b"")
    expect("a state that was refused", runs.read(path("one")), before)
    expect("... and what was delivered", runs.read(path("one") + ".sent"), None)


def check_options():
    """options that take gaps out and in again are no news about ships"""
    replay = runs.Replay()
    options = ["--state", path("one"), "--changes", "-f", "csv"]
    day = table(HEADER, DAYS[-1])
    narrow = [["-g", "20h"], ["--type", "tanker"], ["--flag", "RU"], ["--from", "2025-03-10"]]
    replay.take(run(*options, "-", text=day).out)
    expect("the first delivery", set(replay.kinds), {"opened"})
    for more in narrow:
        for extra, kind in (more, "excluded"), ([], "included"):
            replay.kinds.clear()
            replay.take(run(*options, *extra, "-", text=day).out)
            expect("kinds of changes with %s after others" % extra, set(replay.kinds), {kind})
            replay.compare("with %s" % extra, run("report", *extra, path("one")).out)


def check_refusal():
    """a run that would forget all there was is refused, unless told the time (DESIGN 3, Forgetting)"""
    forget("few")
    options = ["--state", path("few"), "--keep", "10d"]
    run(*options, "-", text=table(HEADER, DAYS[0]))
    before = runs.read(path("few"))
    done = run(*options, "-", text=table(HEADER, DAYS[29]), status=1)
    expect("its message names --as-of (%s)" % done.err, "--as-of" in done.err, True)
    expect("the state of the refused run", runs.read(path("few")), before)
    run(*options, "--as-of", "2025-03-30T20:00:00Z", "-", text=table(HEADER, DAYS[29]))
    expect("the state, told the time, is a new one", runs.read(path("few")) != before, True)
    run(*options, "--keep", "1d", "-", text=table(HEADER, DAYS[29]), status=2)


# ---------- random splits of few rows

FIELDS = b"MMSI,BaseDateTime,LAT,LON,SOG,VesselName"
START = 1740787200  # 2025-03-01
LATER = 2128464000  # 2037-06-13


def stamp(t):
    return (EPOCH + datetime.timedelta(seconds=t)).isoformat()


def parse(text):
    return int((datetime.datetime.fromisoformat(text.rstrip("Z")) - EPOCH).total_seconds())


def draw(rng):
    """(minimum gap in h, keep, options, rows as tuples (mmsi, t, lat, lon, name))"""
    gap = rng.choice([1, 6])
    ships = rng.choice([1, 2, 3, 5, 12])
    rows = []
    for _ in range(rng.choice([rng.randint(2, 12), rng.randint(30, 120)])):
        ship = rng.randrange(ships)
        t = START + rng.randrange(9 * 24 // gap) * gap * HOUR
        t += rng.choice([0, 0, 1, -1, rng.randrange(gap * HOUR)])
        if ship < 2 and rng.random() < 0.05:
            t = LATER + rng.randrange(4) * 20 * HOUR
        lat = rng.choice([42.8, 42.8, 43.1, 43.15, 39.5, 20.0])
        lon = rng.choice([131.9, 131.9, 132.2, 131.95])
        rows.append((273998001 + ship, t, lat, lon, "SIM %d" % rng.choice([ship, 90, 91])))
    where = rng.choice([["--everywhere"], ["-a", "43,132,60"]])
    keep = rng.choice(["400d", "2d", "3d"])
    return gap, keep, where + ["-g", "%dh" % gap, "--keep", keep], rows


def text_of(rows):
    return table(FIELDS, [b"%d,%s,%s,%s,1.5,%s" % (m, stamp(t).encode(), repr(lat).encode(),
                                                  repr(lon).encode(), name.encode())
                          for m, t, lat, lon, name in rows])


def clock_of(rows):
    """the three MMSIs heard latest in each hour, with that time: [(t, mmsi)]"""
    hours = {}
    for m, t, *_ in rows:
        cell = hours.setdefault(t // HOUR, {})
        cell[m] = max(t, cell.get(m, t))
    return [(t, m) for cell in hours.values()
            for m, t in sorted(cell.items(), key=lambda x: (-x[1], x[0]))[:3]]


def witnessed(rows):
    """the greatest t such that three MMSIs report in [t, t + 6 h]; None: there is none"""
    clock = clock_of(rows)
    good = [t for t, _ in clock if len({m for u, m in clock if t <= u <= t + 6 * HOUR}) >= 3]
    return max(good, default=None)


def feed_time(rows):
    t = witnessed(rows) if len({row[0] for row in rows}) >= 10 else None
    if t is not None:
        return t
    clock = clock_of(rows)
    hours = {t // HOUR for t, _ in clock}
    near = [t for t, _ in clock if any(h != t // HOUR and abs(h - t // HOUR) <= 24 for h in hours)]
    return max(near or [t for t, _ in clock])


def expected(rows, gap, keep):
    """{(mmsi, off, on or None)} of all ordinary gaps"""
    seen = witnessed(rows)
    horizon = -1 if seen is None else seen - int(keep[:-1]) * 24 * HOUR
    as_of = feed_time(rows)
    found = set()
    for m in {row[0] for row in rows}:
        times = sorted({row[1] for row in rows if row[0] == m})
        found |= {(m, a, b) for a, b in zip(times, times[1:]) if b - a > gap * HOUR and b >= horizon}
        if as_of - times[-1] > gap * HOUR:
            found.add((m, times[-1], None))
    return found


def split(rng, rows):
    """the rows in any order in up to 5 parts, some in two"""
    parts = [[] for _ in range(rng.randint(1, 5))]
    for row in rows:
        for part in rng.sample(parts, 2 if len(parts) > 1 and rng.random() < 0.15 else 1):
            part.append(row)
    if len(parts) > 2 and rng.random() < 0.3:
        parts.append(parts[0])
    for part in parts:
        rng.shuffle(part)
    return [part for part in parts if part]


def join_part(options, part, so_far, replay, what):
    """
    A run that would forget all there was is told the time that the feed has without it, so that the
    horizon is the same; and then runs once more without, so that open gaps are judged by feed time.
    """
    command = options + ["--changes", "-f", replay.form, "-"]
    done = run(*command, text=text_of(part), status=None)
    if done.returncode == 1 and "--as-of" in done.err:
        replay.take(run(*command, "--as-of", stamp(witnessed(so_far)) + "Z", text=text_of(part),
                        what=what).out)
        done = run(*command, text=text_of(part), what=what)
    expect(what + ": " + done.err, done.returncode, 0)
    replay.take(done.out)


def check_split(seed):
    rng = random.Random(seed)
    what = "split %d" % seed
    gap, keep, options, rows = draw(rng)
    form = rng.choice(["csv", "ndjson"])
    replay = runs.Replay(form)
    so_far = []
    forget("one")
    forget("many")
    join_part(["--state", path("one")] + options, rows, rows, runs.Replay(form), what + ", one run")
    for i, part in enumerate(split(rng, rows)):
        so_far += part
        join_part(["--state", path("many")] + options, part, so_far, replay,
                  "%s, part %d" % (what, i))
    everywhere = ["--everywhere"] if "--everywhere" in options else []
    report = run("report", "-f", form, *everywhere, path("one")).out
    if runs.read(path("one")) != runs.read(path("many")):
        fail(what + ": not the state of one run")
    replay.compare(what, report)
    if everywhere:
        check_gaps(what, rows, gap, keep)
    count_kinds(replay, "split")
    if runs.failures:
        print("%s: %s\n%s" % (what, " ".join(options), text_of(rows).decode()))
        runs.finish()
    return len(replay.rows)


def check_gaps(what, rows, gap, keep):
    """zone gaps, marked `two_ships`, have a test of their own: test_zone_gaps.c"""
    report = run("report", "--everywhere", "-f", "csv", "--columns",
                 "mmsi,off_time,on_time,reasons", path("many")).out
    found = [line.decode().split(",") for line in report.splitlines()[1:]]
    found = {(int(m), parse(off), parse(on) if on else None) for m, off, on, reasons in found
             if "two_ships" not in reasons.split(";")}
    want = expected(rows, gap, keep)
    if found != want:
        fail("%s: gaps too many %s, too few %s" % (what, found - want, want - found))


def check_splits():
    total = sum(check_split(seed) for seed in itertools.islice(itertools.count(SEED * 1000000),
                                                               SPLITS))
    print("%d random splits from seed %d, %d rows in their reports" % (SPLITS, SEED, total))
    print({kind: count for (group, kind), count in kinds.items() if group == "split"})


check_days()
check_again()
check_min_gap()
check_options()
check_refusal()
check_splits()
runs.finish()
