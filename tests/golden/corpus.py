"""Real exports, and what others found in them. usage: corpus.py AISGAP CORPUS SCRATCH

Expectations: an independent count of boat-positions.csv (256 ids; 589, 141 and 53 gaps over 1, 6 and
12 h); Global Fishing Watch's own detector (pipe-gaps, commit 9d9426e) on its sample messages and test
cases; reference.py for all other files; the gap of gfw-477293900 in the Sea of Japan as the corpus
describes it.
"""
import csv
import datetime
import glob
import gzip
import io
import json
import os
import subprocess
import sys

import reference

AISGAP, CORPUS, SCRATCH = sys.argv[1:4]
failures = []


def expect(what, got, want):
    if got != want:
        failures.append("%s: %s, not %s" % (what, str(got)[:300], str(want)[:300]))


def run(options, path=None, text=None):
    """(rows, ledger); the input is a path or what goes to standard input"""
    ledger = os.path.join(SCRATCH, "ledger.json")
    command = [AISGAP, "--any-id", "--everywhere", "--ledger", ledger] + options + [path or "-"]
    done = subprocess.run(command, input=text, capture_output=True)
    if done.returncode:
        failures.append("%s: exit status %d: %s" % (" ".join(command), done.returncode,
                                                    done.stderr.decode()))
        sys.exit("\n".join(failures))
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    return rows, json.load(open(ledger))


def seconds(text):
    """since 1970, of RFC 3339 UTC"""
    return reference.parse_iso(text) / 1000


def account(name, ledger):
    for entry in ledger["inputs"]:
        expect(name + ": rows accounted for", entry["used"] + sum(entry["left_out"].values()),
               entry["rows"])
        if not entry["used"]:
            failures.append(name + ": no row used")


# ---------- boat-positions.csv

def closed(rows):
    return [row for row in rows if row["status"] == "closed"]


def check_boats():
    path = os.path.join(CORPUS, "csv", "boat-positions.csv")
    text = open(path, "rb").read()
    first = text.splitlines()[1].split(b",")
    future = b",".join([b"01/01/2037 00:00"] + first[2:]) + b"\n"
    text += b"" if text.endswith(b"\n") else b"\n"
    for hours, count in (1, 589), (6, 141), (12, 53):
        gap = ["-g", "%dh" % hours]
        name = "boat-positions over %d h" % hours
        rows, ledger = run(gap, path)
        account(name, ledger)
        expect(name, len(closed(rows)), count)
        expect(name + ": vessels", ledger["vessels"], 256)
        rows_new, ledger_new = run(gap, text=text + b"999999," + future)
        expect(name + ", a new id in 2037", rows_new, rows)
        expect(name + ", a new id in 2037: vessels after", ledger_new["vessels_after_as_of"], 1)
        expect(name + ", a new id in 2037: as of", ledger_new["as_of"], ledger["as_of"])
        check_known_id(name, rows, run(gap, text=text + first[0] + b"," + future)[0], first[0])


def check_known_id(name, rows, rows_known, mmsi):
    """an id that is there: one gap more, closed in 2037, or what was open is closed then"""
    late = [row for row in rows_known if "after_as_of" in row["reasons"].split(";")]
    expect(name + ", a known id in 2037: late gaps", [(row["mmsi"], row["on_time"]) for row in late],
           [(mmsi.decode(), "2037-01-01T00:00:00Z")])
    before = [row for row in rows if row["mmsi"] != mmsi.decode() or row["status"] == "closed"]
    rest = [row for row in rows_known if row not in late]
    expect(name + ", a known id in 2037: all others", rest, before)


# ---------- every other export

def dated(text):
    return int((datetime.datetime.strptime(text, "%d/%m/%Y %H:%M") - reference.EPOCH)
               .total_seconds()) * 1000


# file: columns of id, time, latitude, longitude; delimiter; reading of times; the profile
EXPORTS = {
    "boat-positions.csv": (("ID", "ais_pos_timestamp", "latitude", "longitude"), ",", dated, "aliases"),
    "kystverket-1PBBR.csv": (("mmsi", "date_time_utc", "lat", "lon"), ";", reference.parse_iso, None),
    "kystverket-70YMX.csv": (("mmsi", "date_time_utc", "lat", "lon"), ";", reference.parse_iso, None),
    "kystverket-LFFWO.csv": (("mmsi", "date_time_utc", "lat", "lon"), ";", reference.parse_iso, None),
    "aisanalyze-dma-like.csv.gz": (("mmsi", "datetime", "lat", "lon"), ",", reference.parse_iso, None),
    "noaa-clickhouse-2020.csv": (("mmsi", "basedatetime", "lat", "lon"), ",", reference.parse_iso,
                                 "noaa-2018"),
    "vortexa-ais.csv.gz": (("mmsi", "timestamp", "lat", "lon"), ",", reference.parse_iso, "aliases"),
}


def check_export(path):
    name = os.path.basename(path)
    if name not in EXPORTS:
        failures.append(name + ": no expectation for this export")
        return
    names, delimiter, time, profile = EXPORTS[name]
    packed = path.endswith(".gz")
    text = gzip.open(path).read() if packed else None
    fleet = reference.read(io.StringIO((text or open(path, "rb").read()).decode("utf-8-sig")),
                           names, delimiter, time, any_id=True)
    want = reference.expected(fleet, 30, reference.read_areas())
    rows, ledger = run(["-g", "30m", "--columns", reference.COLUMNS], path)
    account(name, ledger)
    entry = ledger["inputs"][0]
    expect(name + ": columns", tuple(entry["columns"].get(field, {}).get("name") for field in
                                     ("mmsi", "time", "lat", "lon")), names)
    if profile:
        expect(name + ": profile", entry["profile"], profile)
    expect(name + ": used", entry["used"], sum(len(reports) for reports in fleet.values()))
    expect(name + ": vessels", ledger["vessels"], len(fleet))
    report = os.path.join(SCRATCH, "gaps.csv")
    with open(report, "w", newline="") as out:
        writer = csv.DictWriter(out, reference.COLUMNS.split(","))
        writer.writeheader()
        writer.writerows(rows)
    lines = reference.differences(want, reference.found(report, True)[0])
    failures.extend(name + ": " + line for line in lines)
    print("%-28s %7d rows, %6d vessels, %5d gaps over 30 min" %
          (name, entry["rows"], ledger["vessels"], len(rows)))


# ---------- pipe-gaps

def as_csv(messages):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["ssvid", "timestamp", "lat", "lon", "ais_class", "receiver_type"])
    for m in messages:
        writer.writerow([m["ssvid"], repr(m["timestamp"]), m["lat"], m["lon"] or 0.0,
                         m["ais_class"], m["receiver_type"]])
    return out.getvalue().encode()


def key(row):
    return row["gap_id"], row["mmsi"], seconds(row["off_time"]), seconds(row["on_time"])


def oracle_key(gap):
    return gap["gap_id"], gap["ssvid"], gap["start_timestamp"], gap["end_timestamp"]


def compare_closed(what, rows, gaps):
    rows = {key(row): row for row in closed(rows)}
    gaps = {oracle_key(gap): gap for gap in gaps}
    expect(what + ": gaps", sorted(rows), sorted(gaps))
    for k in set(rows) & set(gaps):
        row, gap = rows[k], gaps[k]
        if abs(float(row["duration_h"]) - gap["duration_h"]) > 0.0001:
            failures.append("%s: %s lasts %s h, not %s" % (what, k[0], row["duration_h"],
                                                           gap["duration_h"]))
        if gap["distance_m"] is not None and \
                abs(float(row["distance_nm"]) * 1852 - gap["distance_m"]) > 1:
            failures.append("%s: %s spans %s nm, not %s m" % (what, k[0], row["distance_nm"],
                                                              gap["distance_m"]))
    return len(gaps)


def check_samples():
    folder = os.path.join(CORPUS, "pipe-gaps")
    messages = json.load(open(os.path.join(folder, "sample_data", "sample_messages.json")))
    nowhere = {m["timestamp"] for m in messages if m["lat"] is None}
    there = as_csv([m for m in messages if m["lat"] is not None])
    times = sorted(m["timestamp"] for m in messages if m["lat"] is not None)
    results = json.load(open(os.path.join(folder, "oracle_sample_messages.json")))["results"]
    count = 0
    for threshold, gaps in results.items():
        minutes = round(float(threshold[:-1]) * 60)
        kept = [gap for gap in gaps if not {gap["start_timestamp"], gap["end_timestamp"]} & nowhere]
        # where the row without position ended one gap and began another, there is one longer gap now
        bridged = [(a, b) for a, b in zip(times, times[1:])
                   if b - a > minutes * 60 and any(a < t < b for t in nowhere)]
        rows = run(["-g", "%dm" % minutes], text=there)[0]
        new = [row for row in rows if row["status"] == "closed" and
               (seconds(row["off_time"]), seconds(row["on_time"])) in bridged]
        expect("sample messages, %s: bridged" % threshold, len(new), len(bridged))
        count += compare_closed("sample messages, " + threshold,
                                [row for row in rows if row not in new], kept)
    print("pipe-gaps sample messages: %d gaps" % count)


def check_cases():
    folder = os.path.join(CORPUS, "pipe-gaps")
    cases = {case["id"]: case for group in json.load(open(os.path.join(folder, "test_cases.json")))
             .values() for case in group}
    count = 0
    for oracle in json.load(open(os.path.join(folder, "oracle_test_cases_closed.json"))):
        case = cases[oracle["id"]]
        if not case["messages"]:
            continue
        rows = run(["-g", "%dm" % round(oracle["threshold_h"] * 60)], text=as_csv(case["messages"]))[0]
        count += compare_closed("case " + oracle["id"], rows, oracle["closed_gaps_whole_stream"])
    print("pipe-gaps test cases: %d gaps" % count)


# ---------- JSON

def gfw_csv(path):
    """the messages as CSV, for reference.py, by Python's own reader of JSON"""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["ssvid", "timestamp", "lat", "lon"])
    rows = 0
    for line in open(path):
        message = json.loads(line)
        rows += 1
        writer.writerow([message["ssvid"], message["timestamp"].replace("+00:00", ""),
                         message["lat"], message["lon"]])
    out.seek(0)
    return out, rows


def check_gfw(path):
    name = os.path.basename(path)
    lines, count = gfw_csv(path)
    fleet = reference.read(lines, ("ssvid", "timestamp", "lat", "lon"), any_id=True)
    want = reference.expected(fleet, 30, reference.read_areas())
    rows, ledger = run(["-g", "30m", "--columns", reference.COLUMNS], path)
    account(name, ledger)
    entry = ledger["inputs"][0]
    expect(name + ": format and profile", (entry["format"], entry["profile"]), ("json", "gfw-messages"))
    expect(name + ": rows", entry["rows"], count)
    expect(name + ": used", entry["used"], sum(len(reports) for reports in fleet.values()))
    report = os.path.join(SCRATCH, "gaps.csv")
    with open(report, "w", newline="") as out:
        writer = csv.DictWriter(out, reference.COLUMNS.split(","))
        writer.writeheader()
        writer.writerows(rows)
    failures.extend(name + ": " + line
                    for line in reference.differences(want, reference.found(report, True)[0]))
    print("%-28s %7d rows, %6d vessels, %5d gaps over 30 min" %
          (name, entry["rows"], ledger["vessels"], len(rows)))


def check_sea_of_japan():
    """one gap of 13.75 h; without --everywhere, in a circle round 42 N 135 E"""
    path = os.path.join(CORPUS, "json", "gfw-477293900.json")
    done = subprocess.run([AISGAP, "--area", "42,135,400", "-g", "12h", path], capture_output=True,
                          text=True)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    expect("gfw-477293900: exit status", done.returncode, 0)
    expect("gfw-477293900: the gap in the Sea of Japan",
           [(row["mmsi"], row["off_time"], round(float(row["off_lat"]), 3),
             round(float(row["off_lon"]), 3), round(float(row["on_lat"]), 3),
             round(float(row["on_lon"]), 3), round(float(row["duration_h"]), 2)) for row in rows],
           [("477293900", "2021-01-06T12:14:06Z", 40.31, 138.477, 37.369, 133.552, 13.75)])


def check_snapshot():
    """one snapshot of the Finnish service, without a time in its records: no feed"""
    path = os.path.join(CORPUS, "json", "digitraffic-flattened.json.gz")
    done = subprocess.run([AISGAP, path], capture_output=True, text=True)
    expect("digitraffic-flattened: exit status", done.returncode, 3)
    expect("digitraffic-flattened: says what is missing", "time" in done.stderr, True)


check_boats()
tracks = sorted(glob.glob(os.path.join(CORPUS, "json", "gfw-*.json")))
if not tracks:
    failures.append("no gfw-*.json in %s/json" % CORPUS)
for track in tracks:
    check_gfw(track)
check_sea_of_japan()
check_snapshot()
exports = sorted(glob.glob(os.path.join(CORPUS, "csv", "*.csv*")))
if not exports:
    failures.append("no exports in %s/csv" % CORPUS)
for export in exports:
    check_export(export)
check_samples()
check_cases()
for failure in failures:
    print(failure)
sys.exit(1 if failures else 0)
