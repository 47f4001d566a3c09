"""How right the verdicts of reports are, against what the simulator says the silences really were.

usage: score.py [OPTION...] REPORT.csv TRUTH.csv [REPORT.csv TRUTH.csv ...]

REPORT is aisgap's CSV, TRUTH what aissim --truth wrote (tests/sim/truth.c). A gap is a switch-off when
switch-offs of its MMSI cover more than half of the time from off to on, or to as-of while it is open
(--as-of, else the latest time of the two files). Gaps of MMSIs that two ships send (--cast) are counted
apart: the truth does not tell which of the two was silent.

Switch-offs are made to be --prior of all gaps of each feed (label) by weights: each switch-off counts
prior / share, each other gap (1 - prior) / (1 - share), where share is that of switch-offs in the feed.
Measures are weighted so unless they are called raw; counts are never weighted. F0.5 as in Welch et al.
2022 (Sci. Adv. 8, eabq2109); the Brier score is the mean of (confidence - truth)^2. "-" stands where
fewer than 20 gaps bear a number out.
"""
import argparse
import bisect
import calendar
import csv
import json
import re
import sys

LEAST = 20
VERDICTS = ("off", "unclear", "unheard", "feed", "gnss", "identity")
DURATIONS = (("6-12 h", 12), ("12-24 h", 24), ("1-3 d", 72), ("3-20 d", 480), ("over 20 d", 1e99))
SHORES = (("0-5 nm", 5), ("5-20 nm", 20), ("20-50 nm", 50), ("50+ nm", 1e99))
THRESHOLDS = (0.3, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99)
TIME = re.compile(r"(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)(\.\d+)?Z$")
FOREVER = float("inf")


def seconds(text):
    """RFC 3339 UTC to seconds since 1970; None when empty"""
    if not text:
        return None
    match = TIME.match(text)
    if not match:
        raise ValueError("no time: %r" % text)
    return calendar.timegm(tuple(int(g) for g in match.groups()[:6])) + float(match.group(7) or 0)


def number(text, unknown=None):
    return float(text) if text else unknown


def read_csv(path):
    with open(path, newline="", encoding="utf-8") as f:
        yield from csv.DictReader(f)


class Truth:
    """the silences of each MMSI: (from, to, kind, at) in order of from; the whole of the feed's apart"""

    def __init__(self, path):
        self.silences = {}
        self.latest = 0.0
        for row in read_csv(path):
            start = seconds(row["off_time"])
            end = seconds(row["on_time"])
            self.latest = max(self.latest, end or start)
            self.silences.setdefault(row["mmsi"], []).append(
                (start, FOREVER if end is None else end, row["kind"], row["at"]))

    def meeting(self, mmsi, off, on):
        """the silences of the MMSI that share time with [off, on], each with how long"""
        for start, end, kind, at in self.silences.get(mmsi, ()):
            shared = min(end, on) - max(start, off)
            if shared > 0:
                yield shared, kind, at


def band(bands, value):
    if value is None:
        return "unknown"
    return bands[bisect.bisect_right([top for _, top in bands], value)][0]


class Gap:
    """one row of a report and what it really was"""

    def __init__(self, row, truth, as_of, label):
        self.row = row
        self.label = label
        self.off = seconds(row["off_time"])
        self.on = seconds(row["on_time"])
        end = max(as_of, self.off + 1) if self.on is None else self.on
        self.hours = (end - self.off) / 3600
        meeting = sorted(truth.meeting(row["mmsi"], self.off, end), reverse=True)
        dark = sum(shared for shared, kind, _ in meeting if kind == "switch_off")
        self.is_off = dark > (end - self.off) / 2
        best = next((m for m in meeting if (m[1] == "switch_off") == self.is_off), None)
        self.cause = "switch_off" if self.is_off else best[1] if best else "not in truth"
        self.where = best[2] if best else "unknown"
        self.verdict = row["verdict"]
        self.confidence = float(row["confidence"])
        self.reasons = [r for r in row["reasons"].split(";") if r]
        self.codes = [r.split(":")[0] for r in self.reasons]
        self.heard = number(row.get("others_heard"), -1)
        self.shore = number(row["off_shore_nm"])
        self.weight = 1.0

    def duration_band(self):
        return band(DURATIONS, self.hours)

    def shore_band(self):
        return band(SHORES, self.shore)


def ratio(part, whole, count):
    return part / whole if whole and count >= LEAST else None


def total(gaps):
    return sum(g.weight for g in gaps)


def measures(gaps):
    """of one cell of a table; None where too few gaps bear a number out"""
    said = [g for g in gaps if g.verdict == "off"]
    true = [g for g in gaps if g.is_off]
    true5 = [g for g in true if g.heard >= 5]
    free = [g for g in true5 if "berth" not in g.codes]
    hits = [g for g in said if g.is_off]
    unclear = [g for g in gaps if g.verdict == "unclear"]
    m = {
        "gaps": len(gaps), "switch_offs": len(true), "off": len(said), "hits": len(hits),
        "false": len(said) - len(hits),
        "precision": ratio(total(hits), total(said), len(said)),
        "precision_raw": ratio(len(hits), len(said), len(said)),
        "recall": ratio(len(hits), len(true), len(true)),
        "recall_5": ratio(sum(g.verdict == "off" for g in true5), len(true5), len(true5)),
        "recall_5_free": ratio(sum(g.verdict == "off" for g in free), len(free), len(free)),
        "switch_offs_5": len(true5), "switch_offs_5_free": len(free),
        "brier": ratio(sum(g.weight * (g.confidence - g.is_off) ** 2 for g in gaps), total(gaps),
                       len(gaps)),
        "brier_raw": ratio(sum((g.confidence - g.is_off) ** 2 for g in gaps), len(gaps), len(gaps)),
        "unclear": ratio(total(unclear), total(gaps), len(gaps)),
    }
    p, r = m["precision"], m["recall"]
    m["f05"] = None if p is None or r is None else 1.25 * p * r / (0.25 * p + r) if p or r else 0.0
    return m


def reliability(gaps):
    rows = []
    for tenth in range(10):
        some = [g for g in gaps if min(int(g.confidence * 10), 9) == tenth]
        mean = ratio(sum(g.weight * g.confidence for g in some), total(some), len(some))
        frequency = ratio(total([g for g in some if g.is_off]), total(some), len(some))
        rows.append({"from": tenth / 10, "gaps": len(some), "switch_offs": sum(g.is_off for g in some),
                     "mean_confidence": mean, "frequency": frequency,
                     "difference": None if mean is None else mean - frequency})
    return rows


def thresholds(gaps):
    """what `off` would be worth if confidence alone made it"""
    rows = []
    true = sum(g.is_off for g in gaps)
    for least in THRESHOLDS:
        some = [g for g in gaps if g.confidence >= least]
        hits = [g for g in some if g.is_off]
        rows.append({"confidence": least, "gaps": len(some),
                     "precision": ratio(total(hits), total(some), len(some)),
                     "recall": ratio(len(hits), true, true)})
    return rows


def shares(gaps):
    rows = []
    others = sorted({g.verdict for g in gaps} - set(VERDICTS))
    for verdict in list(VERDICTS) + others:
        some = [g for g in gaps if g.verdict == verdict]
        rows.append({"verdict": verdict, "gaps": len(some), "switch_offs": sum(g.is_off for g in some),
                     "share": ratio(total(some), total(gaps), len(gaps)),
                     "share_raw": ratio(len(some), len(gaps), len(gaps))})
    return rows


def reasons(gaps):
    rows = []
    for code in sorted({c for g in gaps for c in g.codes}):
        some = [g for g in gaps if code in g.codes]
        rows.append({"reason": code, "gaps": len(some), "switch_offs": sum(g.is_off for g in some),
                     "off": sum(g.verdict == "off" for g in some),
                     "false": sum(g.verdict == "off" and not g.is_off for g in some),
                     "mean_confidence": ratio(sum(g.confidence for g in some), len(some), len(some)),
                     "frequency_raw": ratio(sum(g.is_off for g in some), len(some), len(some))})
    return rows


def by(gaps, key, order):
    """a cell for each value in the order given, then others as they are spelled"""
    found = {key(g) for g in gaps}
    names = [n for n in order if n in found] + sorted(found - set(order))
    return [dict(measures([g for g in gaps if key(g) == n]), cell=n) for n in names]


def weigh(gaps, prior):
    """each feed by itself"""
    for label in {g.label for g in gaps}:
        some = [g for g in gaps if g.label == label]
        share = sum(g.is_off for g in some) / len(some)
        if 0 < share < 1:
            for g in some:
                g.weight = prior / share if g.is_off else (1 - prior) / (1 - share)


def score(gaps, shared, prior, labels, apart=()):
    """everything that is printed, as plain data; feeds apart are cells of their own and in nothing else"""
    weigh(gaps, prior)
    feeds = by(gaps, lambda g: g.label, labels)
    gaps = [g for g in gaps if g.label not in apart]
    share = sum(g.is_off for g in gaps) / len(gaps) if gaps else 0.0
    return {
        "prior": prior, "share_raw": share, "all": measures(gaps), "shared": shares(shared),
        "capped": measures([g for g in gaps if "berth" in g.codes]),
        "reliability": reliability(gaps), "thresholds": thresholds(gaps), "verdicts": shares(gaps),
        "reasons": reasons(gaps),
        "tables": {
            "feed": feeds,
            "duration": by(gaps, Gap.duration_band, [n for n, _ in DURATIONS]),
            "shore": by(gaps, Gap.shore_band, [n for n, _ in SHORES]),
            "where": by(gaps, lambda g: g.where, ("sea", "anchor", "port")),
            "cause": by(gaps, lambda g: g.cause, ("switch_off",)),
            "status": by(gaps, lambda g: g.row["status"], ("closed", "open")),
        },
    }


def text(value, form="%.3f"):
    return "-" if value is None else form % value if isinstance(value, float) else str(value)


def print_table(title, rows, columns):
    print("\n" + title)
    cells = [list(columns)] + [[text(r[c]) for c in columns] for r in rows]
    widths = [max(len(line[i]) for line in cells) for i in range(len(columns))]
    for line in cells:
        print("  " + "  ".join(c.ljust(w) if i == 0 else c.rjust(w)
                               for i, (c, w) in enumerate(zip(line, widths))))


CELL = ("cell", "gaps", "switch_offs", "off", "false", "precision", "recall", "recall_5",
        "recall_5_free", "f05", "brier", "unclear")


def print_text(result):
    m = result["all"]
    print("%d gaps, %d of them switch-offs (raw share %.4f; weighted to %g)" %
          (m["gaps"], m["switch_offs"], result["share_raw"], result["prior"]))
    for name in ("precision", "precision_raw", "recall", "recall_5", "recall_5_free", "f05", "brier",
                 "brier_raw", "unclear"):
        print("  %-14s %s" % (name, text(m[name], "%.4f")))
    print("  recall_5: of %d with others_heard >= 5; recall_5_free: of %d without `berth`" %
          (m["switch_offs_5"], m["switch_offs_5_free"]))
    print("  capped by `berth`: %d gaps, %d of them switch-offs" %
          (result["capped"]["gaps"], result["capped"]["switch_offs"]))
    print_table("reliability", result["reliability"],
                ("from", "gaps", "switch_offs", "mean_confidence", "frequency", "difference"))
    print_table("if confidence alone made it `off`", result["thresholds"],
                ("confidence", "gaps", "precision", "recall"))
    print_table("verdicts", result["verdicts"],
                ("verdict", "gaps", "switch_offs", "share", "share_raw"))
    print_table("reasons", result["reasons"],
                ("reason", "gaps", "switch_offs", "off", "false", "mean_confidence", "frequency_raw"))
    for name, rows in result["tables"].items():
        print_table("by " + name, rows, CELL)
    if any(r["gaps"] for r in result["shared"]):
        print_table("of MMSIs that two ships send (counted nowhere else)", result["shared"],
                    ("verdict", "gaps", "switch_offs"))


MARKDOWN = (("gaps", "gaps", "%d"), ("switch-offs", "switch_offs", "%d"),
            ("`off`", "off", "%d"), ("precision", "precision", "%.3f"),
            ("recall, 5 or more others", "recall_5", "%.3f"), ("recall", "recall", "%.3f"),
            ("Brier score", "brier", "%.4f"), ("`unclear`", "unclear", "%.3f"))


def print_markdown(result, apart):
    whole = dict(result["all"], cell="all")
    print("%d gaps longer than 6 h, %.3f of them switch-offs (weighted to %g).\n" %
          (whole["gaps"], result["share_raw"], result["prior"]))
    for name in ("feed", "duration", "shore", "where"):
        print("| %s | %s |" % (name, " | ".join(title for title, _, _ in MARKDOWN)))
        print("|---|" + "--:|" * len(MARKDOWN))
        cells = result["tables"][name]
        for row in ([c for c in cells if c["cell"] not in apart] + [whole]
                    + [c for c in cells if c["cell"] in apart]):
            print("| %s | %s |" % (row["cell"], " | ".join(
                text(row[key], form) for _, key, form in MARKDOWN)))
        print()
    print("| confidence | gaps | mean confidence | share really off | difference |\n|---|--:|--:|--:|--:|")
    for row in result["reliability"]:
        print("| %.1f-%.1f | %d | %s | %s | %s |" % (
            row["from"], row["from"] + 0.1, row["gaps"], text(row["mean_confidence"]),
            text(row["frequency"]), text(row["difference"], "%+.3f")))


def print_list(gaps, count):
    """the false alarms that were surest, and the switch-offs most surely missed"""
    false = [g for g in gaps if g.verdict == "off" and not g.is_off]
    missed = [g for g in gaps if g.verdict != "off" and g.is_off]
    for title, some in (("false alarms", sorted(false, key=lambda g: -g.confidence)),
                        ("missed", sorted(missed, key=lambda g: g.confidence))):
        print("\n%s: %d, here %d" % (title, len(some), min(count, len(some))))
        for g in some[:count]:
            row = g.row
            print("  %s %s %s..%s %.1f h %s,%s shore %s %s; %s %.4f lr %s p %s heard %s silent %s [%s] %s"
                  % (g.label, row["mmsi"], row["off_time"], row["on_time"], g.hours, row["off_lat"],
                     row["off_lon"], row["off_shore_nm"], g.where, g.verdict, g.confidence,
                     row.get("likelihood_ratio", ""), row.get("p_silent_if_on", ""),
                     row.get("others_heard", ""), row.get("others_silent", ""), row["reasons"], g.cause))


def write_labelled(gaps, path):
    with open(path, "w", newline="", encoding="utf-8") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["feed", "is_off", "cause", "where", "hours"] + list(gaps[0].row if gaps else ()))
        for g in gaps:
            out.writerow([g.label, int(g.is_off), g.cause, g.where, "%.4f" % g.hours]
                         + list(g.row.values()))


def label_gaps(report, truth_path, label, as_of, least_h):
    truth = Truth(truth_path)
    rows = list(read_csv(report))
    if as_of is None:
        times = [seconds(r[k]) for r in rows for k in ("off_time", "on_time") if r[k]]
        as_of = max(times + [truth.latest])
    gaps = [Gap(row, truth, as_of, label) for row in rows]
    return [g for g in gaps if g.hours > least_h]


def shared_mmsis(casts):
    return {row["mmsi"] for path in casts for row in read_csv(path) if row["shared"] == "1"}


def self_check():
    """on reports made up here; expectations by hand"""
    import os
    import tempfile
    head = ("gap_id,status,verdict,confidence,reasons,mmsi,off_time,on_time,off_lat,off_lon,"
            "off_shore_nm,others_heard\n")
    report, truth = head, "mmsi,kind,off_time,on_time,lat,lon,at\n"
    for i in range(100):  # 40 switch-offs, 30 of them found at 0.9; 60 others, 3 false alarms
        dark = i < 40
        off = i < 30 or 40 <= i < 43
        open_gap = i == 0
        report += "g%d,%s,%s,%s,%s,%d,2025-01-02T00:00:00Z,%s,43,132,%s,%d\n" % (
            i, "open" if open_gap else "closed", "off" if off else "unclear", 0.9 if off else 0.2,
            "berth;in_place" if 30 <= i < 40 else "", i, "" if open_gap else "2025-01-02T10:00:00.500Z",
            "" if i % 2 else 7.5, 6 if i % 4 else 1)
        truth += "%d,%s,2025-01-02T%s:00:00Z,%s,43,132,sea\n" % (
            i, "switch_off" if dark else "left_coverage", "04" if dark else "00",
            "" if open_gap else "2025-01-02T10:00:00Z")
    truth += "99,switch_off,2025-01-02T01:00:00Z,2025-01-02T05:00:00Z,43,132,port\n"  # under a half
    truth += "50,switch_off,2025-01-03T01:00:00Z,2025-01-03T05:00:00Z,43,132,port\n"  # at another time
    with tempfile.TemporaryDirectory() as tmp:
        names = [os.path.join(tmp, n) for n in ("r", "t")]
        for name, content in zip(names, (report, truth)):
            with open(name, "w") as f:
                f.write(content)
        gaps = label_gaps(*names, "x", None, 6)
    assert [g.is_off for g in gaps] == [i < 40 for i in range(100)]
    assert abs(gaps[0].hours - 29) < 1e-9  # as-of is the latest time of both files
    result = score(gaps, [], 0.1, ["x"])
    m = result["all"]
    assert m["precision_raw"] == 30 / 33 and m["recall"] == 0.75
    # weights 0.25 and 1.5: hits 7.5, false alarms 4.5
    assert abs(m["precision"] - 7.5 / 12) < 1e-12
    assert abs(m["f05"] - 1.25 * 0.625 * 0.75 / (0.25 * 0.625 + 0.75)) < 1e-12
    assert m["switch_offs_5"] == 30 and m["recall_5"] == 22 / 30
    assert m["switch_offs_5_free"] == 22 and m["recall_5_free"] == 1.0
    brier = (30 * 0.25 * 0.01 + 10 * 0.25 * 0.64 + 3 * 1.5 * 0.81 + 57 * 1.5 * 0.04) / 100
    assert abs(m["brier"] - brier) < 1e-12
    row = result["reliability"][9]
    assert row["gaps"] == 33 and abs(row["frequency"] - 0.625) < 1e-12
    assert result["reliability"][5]["frequency"] is None
    assert [r["cell"] for r in result["tables"]["shore"]] == ["5-20 nm", "unknown"]
    assert [r["gaps"] for r in result["tables"]["duration"]] == [99, 1]
    assert result["tables"]["duration"][1]["brier"] is None
    assert sum(r["gaps"] for r in result["verdicts"]) == 100
    print("score.py: as it should be")


def keeps_laws(result, least, no_off):
    """says which measures are below what they must be at least, and which causes have an `off`"""
    kept = True
    for law in least:
        name, value = law.split("=")
        got = result["all"][name]
        if got is None or got < float(value):
            print("FAILED: %s is %s, not at least %s" % (name, text(got), value))
            kept = False
    for cell in result["tables"]["cause"]:
        if cell["cell"] in no_off and cell["off"]:
            print("FAILED: %d gaps of %s are `off`" % (cell["off"], cell["cell"]))
            kept = False
    return kept


def options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="*", metavar="REPORT TRUTH")
    parser.add_argument("--labels", default="",
                        help="a name for each pair, joined by commas; equal ones pool")
    parser.add_argument("--cast", action="append", default=[], help="aissim --cast: MMSIs of two ships")
    parser.add_argument("--prior", type=float, default=0.1)
    parser.add_argument("--min-gap-h", type=float, default=6.0)
    parser.add_argument("--as-of", help="RFC 3339 UTC; all reports")
    parser.add_argument("--list", type=int, default=0, metavar="N")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--csv-out", metavar="FILE", help="the reports with the truth before each row")
    parser.add_argument("--apart", action="append", default=[], metavar="LABEL",
                        help="a feed that is not part of the whole")
    parser.add_argument("--least", action="append", default=[], metavar="MEASURE=VALUE",
                        help="exit 1 when this measure of the whole is less")
    parser.add_argument("--no-off", action="append", default=[], metavar="CAUSE",
                        help="exit 1 when a gap of this cause is `off`")
    parser.add_argument("--self-check", action="store_true")
    given = parser.parse_args()
    if not given.self_check and (not given.files or len(given.files) % 2):
        parser.error("REPORT and TRUTH come in pairs")
    return given


def main():
    given = options()
    if given.self_check:
        return self_check()
    pairs = list(zip(given.files[::2], given.files[1::2]))
    labels = given.labels.split(",") if given.labels else ["all"] * len(pairs)
    if len(labels) != len(pairs):
        sys.exit("score.py: %d labels for %d reports" % (len(labels), len(pairs)))
    gaps = [g for (report, truth), label in zip(pairs, labels)
            for g in label_gaps(report, truth, label, seconds(given.as_of), given.min_gap_h)]
    two = shared_mmsis(given.cast)
    shared = [g for g in gaps if g.row["mmsi"] in two]
    gaps = [g for g in gaps if g.row["mmsi"] not in two]
    result = score(gaps, shared, given.prior, list(dict.fromkeys(labels)), given.apart)
    if given.csv_out:
        write_labelled(gaps + shared, given.csv_out)
    if given.json:
        print(json.dumps(result, indent=1))
    elif given.markdown:
        print_markdown(result, given.apart)
    else:
        print_text(result)
    if given.list:
        print_list(gaps, given.list)
    if not keeps_laws(result, given.least, given.no_off):
        sys.exit(1)


if __name__ == "__main__":
    main()
