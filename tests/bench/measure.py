"""Measures and prints the table: measure.py BUILD. Called by run.sh, which makes the files.

Every case is a process of its own, run in turn, round after round, so that a slower minute of the
machine hits all alike. Wall time is measured here; user and system time and peak memory are those
of GNU time, which starts the process (a process started from here would inherit our own peak).
Ratios are taken within each round; the table shows medians.
"""
import csv
import os
import platform
import shlex
import statistics
import subprocess
import sys
import time

BUILD = sys.argv[1]
DIR = os.environ["BENCH_DIR"]
ROWS = int(os.environ["BENCH_ROWS"])
VESSELS = int(os.environ["BENCH_VESSELS"])
ROUNDS = int(os.environ["BENCH_ROUNDS"])
THREADS = os.environ["BENCH_THREADS"]
LONG = os.environ["BENCH_LONG"] == "1"

TWO_DAYS = f"{DIR}/two-days.csv"
AISGAP = f"{BUILD}/aisgap -q -j {THREADS}"
PYTHON = f"{DIR}/venv/bin/python"
FEED_LONG = (
    f"{BUILD}/aissim bench --rows {10 * ROWS} --vessels {VESSELS} --hours 48 --inside 0.5 --seed 1"
)

# name: (title, what feeds it, command, output file)
CASES = {
    "duckdb": ("DuckDB, window query", None,
               f"{PYTHON} tests/bench/duck.py {TWO_DAYS} 6 {THREADS} {DIR}/duckdb.csv", "duckdb.out"),
    "everywhere": ("aisgap --everywhere", None, f"{AISGAP} --everywhere {TWO_DAYS}", "everywhere.csv"),
    "areas": ("aisgap, default areas", None, f"{AISGAP} {TWO_DAYS}", "areas.csv"),
    "pipe": ("cat file \\| aisgap --everywhere", f"cat {TWO_DAYS}", f"{AISGAP} --everywhere", "pipe.csv"),
    "wc": ("wc -l", None, f"wc -l {TWO_DAYS}", "wc.out"),
    "libcsv": ("libcsv, splitting only", None, f"{BUILD}/tests/bench_libcsv {TWO_DAYS}", "libcsv.out"),
    "sorted": ("30 days by time, -g 30m --everywhere", None,
               f"{AISGAP} -g 30m --everywhere {DIR}/month-time.csv", "sorted.csv"),
    "shuffled": ("30 days shuffled, -g 30m --everywhere", None,
                 f"{AISGAP} -g 30m --everywhere {DIR}/month-random.csv", "shuffled.csv"),
}
GROUPS = (
    ((TWO_DAYS,), ("duckdb", "everywhere", "areas", "pipe", "wc", "libcsv")),
    ((f"{DIR}/month-time.csv", f"{DIR}/month-random.csv"), ("sorted", "shuffled")),
)
LONG_CASE = ("ten times the rows, piped from the generator", FEED_LONG, f"{AISGAP} --everywhere", "long.csv")


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def measure(case):
    """runs the case once: wall and CPU seconds, peak MB"""
    title, feed, command, output = case
    usage = f"{DIR}/usage"
    line = f"/usr/bin/time -f '%U %S %M' -o {shlex.quote(usage)} {command} > {DIR}/{output}"
    if feed:
        line = f"set -o pipefail; {feed} | {line}"
    begin = time.perf_counter()
    subprocess.run(["bash", "-c", line], check=True)
    wall = time.perf_counter() - begin
    user, system, peak_kib = open(usage).read().split()
    return {"wall": wall, "cpu": float(user) + float(system), "peak": float(peak_kib) * 1024 / 1e6}


def middle(runs, key):
    return statistics.median(run[key] for run in runs)


def ratios(runs, a, b, key):
    """a's figure by b's, round by round: median, least, greatest"""
    each = [x[key] / y[key] for x, y in zip(runs[a], runs[b])]
    return statistics.median(each), min(each), max(each)


def machine():
    model = "unknown processor"
    memory = 0
    for line in open("/proc/cpuinfo"):
        if line.startswith(("model name", "Model")):
            model = line.split(":", 1)[1].strip()
            break
    for line in open("/proc/meminfo"):
        if line.startswith("MemTotal"):
            memory = int(line.split()[1]) * 1024 / 2**30
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.machine()} Linux"


def printed(command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def closed_gaps():
    """(mmsi, off, on) of both programs, which must be the same"""
    with open(f"{DIR}/everywhere.csv", newline="") as file:
        ours = sorted((row["mmsi"], row["off_time"].rstrip("Z").replace("T", " "),
                       row["on_time"].rstrip("Z").replace("T", " "))
                      for row in csv.DictReader(file) if row["status"] == "closed")
    with open(f"{DIR}/duckdb.csv", newline="") as file:
        theirs = sorted(tuple(row) for row in list(csv.reader(file))[1:])
    if ours != theirs:
        sys.exit(f"bench: aisgap finds {len(ours)} closed gaps, DuckDB {len(theirs)}: not the same")
    return len(ours)


def same(a, b):
    if open(f"{DIR}/{a}", "rb").read() != open(f"{DIR}/{b}", "rb").read():
        sys.exit(f"bench: {a} and {b} differ")


def warm(files):
    """reads the files once, so that they are in the page cache"""
    for file in files:
        subprocess.run(["wc", "-l", file], check=True, stdout=subprocess.DEVNULL)


def run_all():
    """every case in turn, round after round; one group of files at a time has to fit in memory"""
    runs = {name: [] for name in CASES}
    for files, names in GROUPS:
        warm(files)
        for number in range(1, ROUNDS + 1):
            for name in names:
                runs[name].append(measure(CASES[name]))
                say(f"round {number}: {name}: {runs[name][-1]['wall']:.2f} s")
    return runs


def print_table(runs, long_run):
    rows = dict(CASES)
    if long_run:
        rows["long"] = LONG_CASE
        runs = {**runs, "long": [long_run]}
    print("| | wall s | CPU s | peak MB |")
    print("|---|---:|---:|---:|")
    for name, case in rows.items():
        cells = [f"{middle(runs[name], 'wall'):.2f}", f"{middle(runs[name], 'cpu'):.2f}",
                 f"{middle(runs[name], 'peak'):.0f}"]
        print(f"| {case[0]} | {' | '.join(cells)} |")


def print_ratios(runs, long_run):
    print("\n| ratio | median | range | wanted |")
    print("|---|---:|---:|---|")
    wanted = [
        ("DuckDB by aisgap --everywhere, time", "duckdb", "everywhere", "wall", "at least 10"),
        ("DuckDB by aisgap, default areas, time", "duckdb", "areas", "wall", "at least 10"),
        ("DuckDB by aisgap --everywhere, memory", "duckdb", "everywhere", "peak", "at least 10"),
        ("DuckDB by aisgap, default areas, memory", "duckdb", "areas", "peak", "at least 10"),
        ("libcsv by aisgap --everywhere, CPU", "libcsv", "everywhere", "cpu", ""),
        ("aisgap --everywhere by wc -l, time", "everywhere", "wc", "wall", ""),
        ("from a pipe by from a file, time", "pipe", "everywhere", "wall", "at most 1.3"),
        ("shuffled by sorted, time", "shuffled", "sorted", "wall", "at most 3"),
    ]
    for title, a, b, key, limit in wanted:
        median, least, greatest = ratios(runs, a, b, key)
        print(f"| {title} | {median:.2f} | {least:.2f} to {greatest:.2f} | {limit} |")
    if long_run:
        ratio = long_run["peak"] / middle(runs["pipe"], "peak")
        print(f"| ten times the rows by the file, both piped, memory | {ratio:.2f} | once | at most 1.1 |")


def main():
    runs = run_all()
    count = closed_gaps()
    same("everywhere.csv", "pipe.csv")
    same("sorted.csv", "shuffled.csv")
    long_run = None
    if LONG:
        say(f"{10 * ROWS} rows from the generator")
        long_run = measure(LONG_CASE)
        say(f"that took {long_run['wall']:.0f} s")
    size = os.path.getsize(TWO_DAYS) / 1e9
    duckdb = printed([PYTHON, "-c", "import duckdb; print(duckdb.__version__)"])
    wc = printed(["wc", "--version"]).splitlines()[0].split()[-1]
    print(f"{ROWS} rows, {size:.2f} GB, {VESSELS} vessels in 48 hours, NOAA layout; page cache warm.")
    print(f"Medians of {ROUNDS} rounds, {THREADS} threads, on {machine()}.")
    print(f"{printed([f'{BUILD}/aisgap', '--version'])}, DuckDB {duckdb}, wc of coreutils {wc}, libcsv of the")
    print(f"system. aisgap --everywhere and DuckDB find the same {count} closed gaps longer than 6 h.\n")
    print_table(runs, long_run)
    print_ratios(runs, long_run)


main()
