"""Measures and prints the table: formats.py BUILD. Called by formats.sh, which makes the files.

Every case is a process of its own, run in turn, round after round; ratios are taken within each
round, and the table shows medians.
"""
import os
import statistics
import subprocess
import sys
import time

BUILD = sys.argv[1]
DIR = os.environ["BENCH_DIR"]
ROUNDS = int(os.environ["BENCH_ROUNDS"])
AISGAP = f"{BUILD}/aisgap -q --everywhere"

# name: (title, command)
CASES = {
    "nmea": ("NMEA: aisgap, one thread", f"{AISGAP} -j 1 {DIR}/formats.nmea"),
    "gpsdecode": ("NMEA: gpsdecode", f"gpsdecode -u -j < {DIR}/formats.nmea"),
    "libais": ("NMEA: libais", f"{DIR}/venv/bin/python tests/bench/libais_read.py {DIR}/formats.nmea"),
    "gzip": ("CSV in gzip: aisgap", f"{AISGAP} {DIR}/formats.csv.gz"),
    "zcat": ("CSV in gzip: zcat", f"zcat {DIR}/formats.csv.gz"),
    "zstd": ("CSV in zstd: aisgap", f"{AISGAP} {DIR}/formats.csv.zst"),
    "zstdcat": ("CSV in zstd: zstdcat", f"zstdcat {DIR}/formats.csv.zst"),
    "json": ("JSON lines: aisgap", f"{AISGAP} {DIR}/formats.jsonl"),
    "jq": ("JSON lines: jq -c .", f"jq -c . {DIR}/formats.jsonl"),
}
RATIOS = [
    ("gpsdecode by aisgap", "gpsdecode", "nmea", "at least 10"),
    ("libais by aisgap", "libais", "nmea", "at least 5"),
    ("aisgap by zcat", "gzip", "zcat", "at most 1.2"),
    ("aisgap by zstdcat", "zstd", "zstdcat", "at most 1.2"),
    ("jq by aisgap", "jq", "json", "at least 3"),
]


def measure(command):
    begin = time.perf_counter()
    with open(os.devnull, "wb") as null:
        subprocess.run(["bash", "-c", command], check=True, stdout=null)
    return time.perf_counter() - begin


def main():
    runs = {name: [] for name in CASES}
    for number in range(1, ROUNDS + 1):
        for name, (_, command) in CASES.items():
            runs[name].append(measure(command))
            print(f"bench: round {number}: {name}: {runs[name][-1]:.2f} s", file=sys.stderr, flush=True)
    print("| | s |\n|---|---:|")
    for name, (title, _) in CASES.items():
        print(f"| {title} | {statistics.median(runs[name]):.2f} |")
    print("\n| ratio | median | range | wanted |\n|---|---:|---:|---|")
    for title, a, b, wanted in RATIOS:
        each = [x / y for x, y in zip(runs[a], runs[b])]
        print(f"| {title} | {statistics.median(each):.2f} | {min(each):.2f} to {max(each):.2f} | {wanted} |")


main()
