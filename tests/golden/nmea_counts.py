"""Whole NMEA logs end to end: how many position reports `aisgap decode` prints of each type, against
gpsdecode. usage: nmea_counts.py AISGAP CORPUS/nmea

gpsdecode gets every sentence of the log in the log's order, without what stands around it (tag blocks,
times, prefixes), and puts the parts together itself. A report counts when its position can be one: not
"not available" (181, 91), not 0 N 0 E, not beyond a pole; and at any id. Whatever differs must be in
REASONS.
"""
import collections
import json
import os
import re
import subprocess
import sys

AISGAP, CORPUS = sys.argv[1:]
TYPES = (1, 2, 3, 18, 19, 27)
SENTENCE = re.compile(r"[!$][A-Z]{2}VD[MO],\d,\d,\d?,[^,]*,[^,*]*,\d(?:\*[0-9A-Fa-f]{2})?")
failures = []

# log: by how many of each type decode prints more, and why
REASONS = {
    "aislib/stream_example.txt": ({1: 3, 3: 1}, "talkers BY and SS, which gpsd does not know"),
    "gpsd/sample.aivdm": ({1: -1}, "a message 1 of 163 to 167 bits, which gpsd fills up and we refuse, "
                          "as libais does (gpsdecode.py)"),
}


def logs():
    for folder, _, files in sorted(os.walk(CORPUS)):
        for name in sorted(files):
            if not name.endswith((".chk", ".json", ".tsv", ".msg", ".md")):
                yield os.path.join(folder, name)


def is_position(record):
    lat, lon = record["lat"], record["lon"]
    unit = 600 if record["type"] == 27 else 600000
    return abs(lat) <= 90 * unit and abs(lon) <= 180 * unit and (lat, lon) != (0, 0)


def theirs(sentences):
    text = "".join(s + "\r\n" for s in sentences).encode("latin-1")
    done = subprocess.run(["gpsdecode", "-u", "-j"], input=text, capture_output=True, check=True)
    records = [json.loads(line) for line in done.stdout.decode("latin-1").splitlines()]
    return collections.Counter(r["type"] for r in records
                               if r.get("type") in TYPES and "lat" in r and is_position(r))


def ours(path):
    command = [AISGAP, "decode", "-q", "--any-id", "--max-bad", "100", "--input-format", "nmea",
               "-f", "ndjson", path]
    done = subprocess.run(command, capture_output=True)
    if done.returncode not in (0, 3):
        failures.append("%s: exit status %d: %s" % (path, done.returncode, done.stderr.decode()))
    records = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return collections.Counter(r["msg_type"] for r in records
                               if r["msg_type"] in TYPES and r["lat"] is not None)


total = collections.Counter()
for path in logs():
    name = os.path.relpath(path, CORPUS)
    sentences = SENTENCE.findall(open(path, encoding="latin-1", newline="\n").read())
    want, got = theirs(sentences), ours(path)
    more, why = REASONS.get(name, ({}, ""))
    for t in TYPES:
        if got[t] != want[t] + more.get(t, 0):
            failures.append("%s: %d reports of type %d, not %d" % (name, got[t], t,
                                                                   want[t] + more.get(t, 0)))
    if why:
        print("%s: %s: %s" % (name, ", ".join("%+d of type %d" % (n, t) for t, n in more.items()), why))
    total += got
for t in TYPES:
    if not total[t]:
        failures.append("no report of type %d in any log" % t)
for failure in failures:
    print(failure)
print("nmea logs: %d position reports as gpsdecode counts them" % total.total())
sys.exit(1 if failures else 0)
