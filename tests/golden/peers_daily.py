"""Daily runs as others' detectors do them. usage: peers_daily.py CORPUS

Expectations: the test cases of Global Fishing Watch's pipe-gaps (commit 9d9426e) in which gaps begin or
end over days, and the out-of-order case of Skylight's help page, as the corpus restates them. Each
day's messages are one run, judged at the midnight that ends the day, as theirs are.

Where we differ on purpose:
- they take a message without longitude; to us it has no position. It is fed with 0.0, which is what
  their ids hold in its place.
- a day without messages is a run of theirs; ours is exit 3, for an export without a row is more
  often a broken export than an empty sea. So another vessel is heard all the time, as in any feed.
- their open and closed rows of one gap are two records with one id; ours are two changes of one record.
- Skylight calls 6 h and longer a gap, we (and pipe-gaps) what is longer than 6 h: the open gap
  shows one second later.
"""
import csv
import datetime
import hashlib
import io
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "law"))
import runs
from runs import expect, run

CORPUS = sys.argv[1]
TMP = runs.scratch()
DAY = 86400
EPOCH = datetime.datetime(1970, 1, 1)
COMPANION = "273998987"  # simulated; never silent
GROUPS = ("CLOSING_GAPS", "DAILY_MODE", "GAP_BETWEEN_ARBITRARY_PERIODS", "GAP_BETWEEN_DAYS",
          "OPEN_GAPS")


def stamp(t):
    return (EPOCH + datetime.timedelta(seconds=t)).isoformat() + "Z"


def seconds(text):
    return (datetime.datetime.fromisoformat(text.rstrip("Z")) - EPOCH).total_seconds()


def gfw_id(mmsi, t, lat, lon):
    return hashlib.md5("|".join([mmsi, str(t), str(lat), str(lon)]).encode()).hexdigest()


def messages_of(case):
    """all of them, and what stands for an open gap that was known before"""
    days = case["messages"]
    messages = sum(days.values(), []) if isinstance(days, dict) else list(days)
    messages += [{"ssvid": gap["ssvid"], "timestamp": gap["start_timestamp"],
                  "lat": gap["start_lat"], "lon": gap["start_lon"],
                  "receiver_type": gap["start_receiver_type"], "ais_class": gap["start_ais_class"]}
                 for gap in case.get("open_gaps") or []]
    return sorted(messages, key=lambda m: m["timestamp"])


def feed(messages, companion=None):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["ssvid", "timestamp", "lat", "lon", "ais_class", "receiver_type"])
    for m in messages:
        writer.writerow([m["ssvid"], m["timestamp"], m["lat"], m["lon"] or 0.0, m["ais_class"],
                         m["receiver_type"]])
    if companion:
        for t in range(int(companion[0]), int(companion[1]), 3600):
            writer.writerow([COMPANION, t, 65.4, 1.0, "A", "terrestrial"])
    return out.getvalue().encode()


def bounds(case, messages):
    """the days [first, last) whose changes the case counts"""
    if case.get("dates"):
        first, last = case["dates"][0], case["dates"][-1]
        return seconds(first), seconds(last) + DAY
    if case.get("date_range"):
        return tuple(seconds(day) for day in case["date_range"])
    return -1, messages[-1]["timestamp"] // DAY * DAY + DAY  # one run at the last midnight


def day_by_day(name, case, messages):
    """the changes of each day counted: [(day, kind, row)], and the replay"""
    state = os.path.join(TMP, name)
    first, last = bounds(case, messages)
    options = ["--state", state, "--changes", "-f", "csv", "--everywhere",
               "-g", "%dh" % case["threshold"]]
    days = [messages[0]["timestamp"] // DAY * DAY]
    while days[-1] + DAY < last:
        days.append(days[-1] + DAY)
    if first < 0:
        days = days[-1:]
    if len(days) > 60:  # most of a year in which nothing comes
        days = days[:3] + [d for d in days[3:-1] if d == first] + days[-1:]
    replay = runs.Replay()
    found = []
    for before, day in zip([days[0] - DAY] + days, days):
        some = [m for m in messages if m["timestamp"] // DAY * DAY == day or first < 0]
        done = run(*options, "--as-of", stamp(day + DAY), "-", text=feed(some, (before + DAY, day + DAY)),
                   what="%s, %s" % (name, stamp(day)))
        found += [(day, kind, row_of(line)) for kind, _, line in replay.take(done.out)]
    replay.compare(name, run("report", "--everywhere", "--as-of", stamp(days[-1] + DAY), state).out)
    expect(name + ": gaps of the vessel that was never silent",
           [row for _, _, row in found if row["mmsi"] == COMPANION], [])
    return [change for change in found if change[0] >= first], replay


HEAD = []


def row_of(line):
    if not HEAD:
        done = run("--everywhere", "-f", "csv", "-", text=feed([], (20000 * DAY, 20001 * DAY)))
        HEAD.extend(done.out.decode().split("\n")[0].split(","))
    return dict(zip(HEAD, next(csv.reader([line.decode()]))))


def check_id(name, row, messages):
    t = seconds(row["off_time"])
    (m,) = [m for m in messages if (m["ssvid"], m["timestamp"]) == (row["mmsi"], t)][:1]
    expect(name + ": gap_id", row["gap_id"], gfw_id(m["ssvid"], t, m["lat"], m["lon"] or 0.0))


def closed_by_theirs(name):
    """what their own detector prints for all messages of the case at once"""
    oracle = json.load(open(os.path.join(CORPUS, "pipe-gaps", "oracle_test_cases_closed.json")))
    return [gap for case in oracle if case["id"] == name for gap in case["closed_gaps_whole_stream"]]


def span(row):
    return seconds(row["off_time"]), seconds(row["on_time"]) if row["on_time"] else None


def check_case(case):
    name = case["id"]
    messages = messages_of(case)
    found, replay = day_by_day(name, case, messages)
    rows = [row for _, _, row in found]
    for row in rows:
        check_id(name, row, messages)
    ours = {i.decode() for i in replay.rows}
    theirs = {gap["gap_id"] for gap in (case.get("open_gaps") or []) + closed_by_theirs(name)}
    expect(name + ": their ids that we lack", theirs - ours, set())
    # what later hours add to a gap (heard_min_12h_after) is no new gap
    rows = [row for _, kind, row in found if kind in ("opened", "closed")]
    want = case["expected_gaps"]
    if case.get("dates"):
        expect(name + ": records, in order", [span(row) for row in rows],
               [tuple(gap) for gap in want])
    else:
        expect(name + ": gaps", len({row["gap_id"] for row in rows}),
               want if isinstance(want, int) else len(want))
    if case.get("expected_dt"):
        ends = {seconds(row["off_time"]): span(row)[1] for row in map(row_of, replay.rows.values())}
        expect(name + ": ends", ends, {float(a): b for a, b in case["expected_dt"].items()})
    return [(datetime.datetime.strftime(EPOCH + datetime.timedelta(seconds=day), "%m-%d"), kind)
            for day, kind, _ in found if kind != "revised"]


def check_pipe_gaps():
    cases = json.load(open(os.path.join(CORPUS, "pipe-gaps", "test_cases.json")))
    for group in GROUPS:
        for case in cases[group]:
            print("%-48s %s" % (case["id"], check_case(case)), flush=True)


def check_empty_day():
    """the daily case without another vessel: the empty day fails, and the open gap shows in a report"""
    cases = json.load(open(os.path.join(CORPUS, "pipe-gaps", "test_cases.json")))
    (case,) = cases["DAILY_MODE"]
    state = os.path.join(TMP, "alone")
    options = ["--state", state, "--everywhere", "-g", "%dh" % case["threshold"], "-f", "csv"]
    for day in sorted(case["messages"]):
        messages = case["messages"][day]
        as_of = ["--as-of", stamp(seconds(day) + DAY)]
        before = runs.read(state)
        run(*options, *as_of, "-", text=feed(messages), status=0 if messages else 3)
        if messages:
            continue
        expect("a day without messages: the state", runs.read(state), before)
        rows = runs.lines(run("report", "--everywhere", *as_of, state).out, "csv")
        opened = [span(row_of(row)) for row in rows if row_of(row)["status"] == "open"]
        expect("a day without messages: open gaps", opened,
               [tuple(gap) for gap in case["expected_gaps"] if gap[1] is None])


def check_skylight():
    case = json.load(open(os.path.join(CORPUS, "other", "skylight_out_of_order.json")))
    state = os.path.join(TMP, "skylight")
    options = ["--state", state, "--changes", "-f", "csv", "--everywhere",
               "-g", "%dh" % case["threshold_h"]]
    replay = runs.Replay()

    def at(count, clock):
        """what a run at this time reports, on the first `count` messages"""
        text = "mmsi,time,lat,lon\n" + "".join(
            "273998926,2025-03-01T%s,42.8,131.9\n" % m["position_time"]
            for m in case["messages"][:count])
        done = run(*options, "--as-of", "2025-03-01T%sZ" % clock, "-", text=text.encode())
        return [(kind,) + tuple(row_of(line)[c][11:19] for c in ("off_time", "on_time"))
                for kind, _, line in replay.take(done.out)]

    expect("skylight: at 17:14:00 6 h have passed, not more", at(2, "17:14:00"), [])
    expect("skylight: at 17:14:01", at(2, "17:14:01"), [("opened", "11:14:00", "")])
    expect("skylight: after message 3", at(3, case["messages"][2]["received"]),
           [("closed", "11:14:00", "20:30:00")])
    (row,) = map(row_of, replay.rows.values())
    expect("skylight: its length", round(float(row["duration_h"]) * 60), 9 * 60 + 16)
    expect("skylight: after message 4", at(4, case["messages"][3]["received"]),
           [("retracted", "11:14:00", "20:30:00")])
    expect("skylight: gaps that are left", replay.rows, {})


check_pipe_gaps()
check_empty_day()
check_skylight()
runs.finish()
