"""Partial states in random trees against one run on everything. usage: merge.py [TREES [SEED]]

Expectations: DESIGN section 3. States join as a set does: in any order, any grouping, any number of
times. Of states with different minimum gaps the join is the one of a run at the larger: exact, as long
as the areas' margins do not change with the gap (300 nm holds up to 300 / 35 = 8.57 h).
"""
import os
import random
import sys

import runs
from runs import expect, fail, run, table

TREES = int(sys.argv[1]) if len(sys.argv) > 1 else 2
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 1
TMP = runs.scratch()
HEADER, ROWS = runs.simulate(
    "--seed", 43, "--days", 9, "--vessels", 60, "--inside", 0.8, "--thin", 1800, "--class-b", 20,
    "--satellites", 2, "--switch-offs", 30, "--switch-offs-in", "inside", "--duplicates", 3,
    "--disorder", 5, "--future", 2)


def path(name):
    return os.path.join(TMP, name)


def state_of(name, rows, *options):
    for ending in "", ".lock":
        if os.path.exists(path(name) + ending):
            os.remove(path(name) + ending)
    run("--state", path(name), "-o", "/dev/null", "-f", "csv", *options, "-",
        text=table(HEADER, rows), what="the state " + name)
    return path(name)


def split(rng, count):
    """
    Each row in one part, one in ten in another too. All have the last rows, so that all know the same
    feed time: the horizon of a merged state is the latest of its parts (see check_horizons), and no
    state is told --keep when it is merged.
    """
    parts = [ROWS[-400:] for _ in range(count)]
    for row in ROWS:
        parts[rng.randrange(count)].append(row)
        if rng.random() < 0.1:
            parts[rng.randrange(count)].append(row)
    for part in parts:
        rng.shuffle(part)
    return parts


def tree(rng, states):
    """joins some at a time until one is left; a state now and then twice, or into itself"""
    left = list(states)
    count = 0
    while len(left) > 1 or not count:
        rng.shuffle(left)
        some = [left.pop() for _ in range(min(len(left), rng.choice([2, 2, 3, 7, 30])))]
        out = path("join%d" % count)
        count += 1
        if rng.random() < 0.2:
            some.append(some[0])
        if rng.random() < 0.2 and some[0].startswith(path("join")):
            out = some[0]
        run("merge", "-o", out, *some, what="merge of %d" % len(some))
        left.append(out)
    data = runs.read(left[0])
    for i in range(count):
        for ending in "", ".lock":
            if os.path.exists(path("join%d" % i) + ending):
                os.remove(path("join%d" % i) + ending)
    return data


def check_trees():
    one = runs.read(state_of("one", ROWS))
    for count in 1, 2, 10, 100:
        rng = random.Random(SEED * 1000 + count)
        states = [state_of("part%d" % i, part) for i, part in enumerate(split(rng, count))]
        before = [runs.read(state) for state in states]
        for i in range(TREES):
            if tree(rng, states) != one:
                fail("%d states, tree %d: not the state of one run" % (count, i))
        run("merge", "-o", path("flat"), *reversed(states))
        if runs.read(path("flat")) != one:
            fail("%d states at once: not the state of one run" % count)
        expect("%d states after it" % count, [runs.read(state) for state in states] == before, True)
    print("trees of 1, 2, 10 and 100 states: %d bytes each" % len(one), flush=True)
    expect("the report of a merged state", run("report", path("flat")).out ==
           run("-", text=table(HEADER, ROWS)).out, True)


def check_gaps():
    """6, 7 and 8 h: the one of a run at 8 h"""
    one = runs.read(state_of("one", ROWS, "-g", "8h"))
    rng = random.Random(SEED)
    parts = split(rng, 6)
    states = [state_of("part%d" % i, part, "-g", "%dh" % (6 + i % 3)) for i, part in enumerate(parts)]
    for i in range(max(TREES, 3)):
        if tree(rng, states) != one:
            fail("states of 6, 7 and 8 h, tree %d: not the state of a run at 8 h" % i)
    run("merge", "-o", path("flat"), *states)
    expect("the report of states of 6, 7 and 8 h", run("report", path("flat")).out ==
           run("-g", "8h", "-", text=table(HEADER, ROWS)).out, True)


def check_horizons():
    """each part forgot by its own time: any tree is the same, and a run on known rows ends the work"""
    keep = ["--keep", "2d"]
    one = runs.read(state_of("one", ROWS, *keep))
    rng = random.Random(SEED)
    parts = [runs.by_day(ROWS)[i::3] for i in range(3)]
    parts = [[row for day in part for row in day] for part in parts]
    states = [state_of("part%d" % i, part, *keep) for i, part in enumerate(parts)]
    joined = {tree(rng, states) for _ in range(4)}
    expect("states that forgot, in 4 trees: different ones", len(joined), 1)
    runs.write(path("flat"), joined.pop())
    run("--state", path("flat"), *keep, "-", text=table(HEADER, parts[0]))
    expect("and with a run on it the state of one run", runs.read(path("flat")) == one, True)


def check_refusals():
    base = state_of("base", ROWS[:4000])
    others = [("areas", ["-a", "43,132,60"]), ("--everywhere", ["--everywhere"]),
              ("--any-id", ["--any-id"]), ("areas", ["-a", "caspian"])]
    for word, options in others:
        other = state_of("other", ROWS[:4000], *options)
        for pair in (base, other), (other, base):
            done = run("merge", "-o", path("never"), *pair, status=None)
            expect("merge with %s" % options, done.returncode in (1, 2), True)
            expect("its message names %s (%s)" % (word, done.err), word in done.err, True)
            expect("its output", os.path.exists(path("never")), False)
    # margins that follow the gap: 35 kn x 10 h is more than 300 nm
    other = state_of("other", ROWS[:4000], "-g", "10h")
    done = run("merge", "-o", path("never"), base, other, status=None)
    expect("merge with other margins", done.returncode in (1, 2), True)
    expect("its output", os.path.exists(path("never")), False)
    run("merge", "-o", path("never"), base, path("missing"), status=1)
    run("merge", "-o", path("never"), base, __file__, status=1)
    run("merge", "-o", path("never"), status=2)
    run("merge", base, status=2)
    expect("outputs of merges that failed", os.path.exists(path("never")), False)
    before = runs.read(base)
    run("merge", "-o", base, base, path("missing"), status=1)
    expect("a state that a failed merge was to replace", runs.read(base), before)


check_trees()
check_gaps()
check_horizons()
check_refusals()
runs.finish()
