"""The AIVDM decoder, field by field, against others. usage: gpsdecode.py AIVDM_FIELDS CORPUS/nmea

Expectations: gpsdecode -u (unscaled JSON) on every message of every log; the kept output of gpsd's own
test (sample.aivdm.ju.chk); consensus_payloads.tsv, on which two or more of gpsdecode, libais and pyais
agree. Multi-part messages are put together here, in the plain way (same number of parts, sequence id
and channel, in order), and handed to both as whole messages: only the decoder is compared. Whatever
differs must be in REASONS. What the decoder makes of the raw fields (degrees, knots, what is "not
available") is checked against the tables of ITU-R M.1371-5, restated here in report_of.
"""
import collections
import datetime
import glob
import json
import os
import re
import struct
import subprocess
import sys

FIELDS, CORPUS = sys.argv[1:3]
TYPES = {1, 2, 3, 4, 5, 9, 11, 18, 19, 24, 27}
SENTENCE = re.compile(r"!..VD[MO],(\d),(\d),(\d?),([^,]*),([^,*]*),(\d)")
ARMOR = "0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVW`abcdefghijklmnopqrstuvw"
MARK = 0x15555555  # a source of messages of type 10, which tell gpsdecode's answers apart

# Differences that are right, by name; each line of the summary counts one of them.
REASONS = {
    "short": "message 1, 2 or 3 of 163 to 167 bits: gpsd fills up what is missing, we refuse it as "
             "libais does (facts/aivdm.md)",
    "vendor": "24B vendor: gpsd reads seven letters (edition 3), we three, a model and a serial number "
              "(edition 4 and later); the three are compared",
    "joined": "24B behind an A of the same ship: gpsd shows them as one, without part; the name is "
              "compared with that A's",
    "blank": "text that begins with a blank: we keep it, as gpsd does, consensus_payloads.tsv does not",
}
# Fields that gpsd does not print: of these types and no others.
UNPRINTED = {("assigned", 9), ("assigned", 18), ("long_range", 4), ("long_range", 11), ("epfd", 24)}
# What gpsd prints besides: its envelope, and words for numbers.
EXTRA = {"class", "device", "scaled", "status_text", "epfd_text", "shiptype_text"}

counts = collections.Counter()
differences = collections.Counter()
failures = []


def fail(what, got, want):
    failures.append("%s: %s, not %s" % (what, str(got)[:300], str(want)[:300]))


def number_of_bits(payload, fill):
    return len(payload) * 6 - fill


def armored(bits):
    """(payload, fill) of a string of 0 and 1"""
    fill = -len(bits) % 6
    bits += "0" * fill
    return "".join(ARMOR[int(bits[i:i + 6], 2)] for i in range(0, len(bits), 6)), fill


def whole_messages(lines):
    """(payload, fill) of each message, as whole as the log has it"""
    parts = {}
    for line in lines:
        for total, part, sequence, channel, payload, fill in SENTENCE.findall(line):
            key = total, sequence, channel
            if total == "1":
                yield payload, int(fill)
            elif part == "1":
                parts[key] = [payload]
            elif len(parts.get(key, [])) == int(part) - 1:
                parts[key].append(payload)
                if part == total:
                    yield "".join(parts.pop(key)), int(fill)


def lines_of(path):
    return open(path, encoding="latin-1", newline="\n").read().splitlines()


def logs():
    """(name, messages) of every log"""
    for folder, _, files in sorted(os.walk(CORPUS)):
        for name in sorted(files):
            path = os.path.join(folder, name)
            if name.endswith((".chk", ".json", ".tsv")):
                continue
            if name.endswith(".msg"):
                yield path, [armored(line.strip()) for line in lines_of(path) if line.strip()]
            else:
                yield path, list(whole_messages(lines_of(path)))


def checked(body):
    total = 0
    for c in body:
        total ^= ord(c)
    return "!%s*%02X\n" % (body, total)


def sentences(payload, fill, sequence):
    """lines of at most 60 characters of payload"""
    cuts = [payload[i:i + 60] for i in range(0, len(payload), 60)] or [""]
    if len(cuts) == 1:
        return checked("AIVDM,1,1,,A,%s,%d" % (payload, fill))
    return "".join(checked("AIVDM,%d,%d,%d,A,%s,%d" % (len(cuts), i + 1, sequence, cut,
                                                       fill if i + 1 == len(cuts) else 0))
                   for i, cut in enumerate(cuts))


def mark(number):
    bits = "%06d" % int(bin(10)[2:]) + "00" + format(MARK, "030b") + "00" + format(number, "030b") + "00"
    return sentences(*armored(bits), 0)


def gpsd(messages):
    """gpsdecode's record of each message, or None; a mark behind each tells which is whose"""
    text = "".join(sentences(payload, fill, i % 10) + mark(i)
                   for i, (payload, fill) in enumerate(messages))
    done = subprocess.run(["gpsdecode", "-u", "-j", "-s"], input=text.encode(), capture_output=True,
                          check=True)
    answers = [None] * len(messages)
    record = None
    marks = 0
    for line in done.stdout.decode("latin-1").splitlines():
        answer = json.loads(line)
        if answer["type"] == 10 and answer["mmsi"] == MARK:
            answers[answer["dest_mmsi"]] = record
            record = None
            marks += 1
        else:
            record = answer
    if marks != len(messages):
        fail("gpsdecode: messages seen", marks, len(messages))
    return answers


def ours(messages):
    text = "".join("%d\t%s\n" % (fill, payload) for payload, fill in messages)
    done = subprocess.run([FIELDS], input=text.encode("latin-1"), capture_output=True, check=True)
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    if len(answers) != len(messages):
        fail("aivdm_fields: messages seen", len(answers), len(messages))
    return answers


def single(x):
    """in single precision, as a fix holds speed and course"""
    return struct.unpack("f", struct.pack("f", x))[0]


def report_of(f):
    """(outcome, fix) by M.1371-5 of a message's raw fields"""
    if "lat" not in f:
        return "static", None
    minute, tenths = (600, 1) if f["type"] == 27 else (600000, 10)
    outcome = {4: "base_station", 9: "sar_aircraft"}.get(f["type"])
    named = f["type"] == 19 and (f["shipname"] or f["shiptype"])
    if f["lat"] == 91 * minute or f["lon"] == 181 * minute:
        return outcome or ("static" if named else "no_position"), None
    if abs(f["lat"]) > 90 * minute or abs(f["lon"]) > 180 * minute:
        return outcome or "out_of_range", None
    if not f["lat"] and not f["lon"]:
        return outcome or "null_position", None
    fix = {"class": {1: 1, 2: 1, 3: 1, 18: 2, 19: 2}.get(f["type"], 0), "lat": f["lat"] / minute,
           "lon": f["lon"] / minute if f["lon"] != 180 * minute else -180.0}
    knots = 1 if f["type"] in (9, 27) else 10
    if "speed" in f and f["speed"] != (63 if f["type"] == 27 else 1023):
        fix["sog"] = single(f["speed"] / knots)
    if "course" in f and f["course"] < 360 * tenths:
        fix["cog"] = single(f["course"] / tenths)
    if f.get("heading", 511) < 360:
        fix["heading"] = f["heading"]
    if "second" in f and "year" not in f:
        fix["second"] = f["second"]
    if f.get("status", 15) != 15:
        fix["status"] = f["status"]
    return outcome or "used", fix


def check_report(where, f):
    """the outcome, the fix and the identity that follow from the raw fields"""
    outcome, fix = report_of(f)
    if (f["outcome"], f.get("fix")) != (outcome, fix):
        fail(where + ": report", (f["outcome"], f.get("fix")), (outcome, fix))
    imo = f.get("imo", 0)
    statics = {"name": f.get("shipname", ""), "callsign": f.get("callsign", ""),
               "imo": str(imo) if 0 < imo <= 9999999 else "",
               "type": str(f["shiptype"]) if f.get("shiptype") else ""}
    if f["statics"] != statics:
        fail(where + ": identity", f["statics"], statics)
    if f["type"] in (4, 11):
        check_time(where, f)
    counts["reports"] += 1


def check_time(where, f):
    try:
        t = datetime.datetime(f["year"], f["month"], f["day"], f["hour"], f["minute"], f["second"],
                              tzinfo=datetime.timezone.utc)
        t_ms = int(t.timestamp()) * 1000 if 1990 <= t.year < 2100 else None
    except ValueError:
        t_ms = None
    if f.get("utc_ms") != t_ms:
        fail(where + ": time", f.get("utc_ms"), t_ms)


def as_gpsd(f):
    """our fields under gpsd's names and forms"""
    f = {k: v for k, v in f.items() if k not in ("outcome", "fix", "statics", "utc_ms")}
    if f["type"] in (4, 11):
        f["timestamp"] = "%04d-%02d-%02dT%02d:%02d:%02dZ" % tuple(
            f.pop(k) for k in ("year", "month", "day", "hour", "minute", "second"))
    if f["type"] == 5:
        f["eta"] = "%02d-%02dT%02d:%02dZ" % tuple(f.pop(k) for k in ("month", "day", "hour", "minute"))
    if "part" in f:
        f["part"] = "AB"[f["part"]]
    return f


def compare(where, f, theirs, names):
    """names: of each ship as the last part A had it"""
    f = as_gpsd(f)
    theirs = {k: v for k, v in theirs.items() if k not in EXTRA}
    if f.get("part") == "A":
        names[f["mmsi"]] = f["shipname"]
    if f.get("part") == "B" and "part" not in theirs:
        differences["joined"] += 1
        f["shipname"] = names.get(f["mmsi"], "")
        del f["part"]
    if "vendorid" in f and "vendorid" in theirs:
        differences["vendor"] += f["vendorid"] != theirs["vendorid"]
        theirs["vendorid"] = theirs["vendorid"][:3].rstrip()
    for name in sorted(set(f) | set(theirs)):
        if name not in theirs and (name, f["type"]) in UNPRINTED:
            continue
        counts["fields"] += 1
        if f.get(name) != theirs.get(name) or (name in f) != (name in theirs):
            fail("%s: %s" % (where, name), f.get(name), theirs.get(name))


def compare_log(path, messages):
    names = {}
    for i, (message, f, theirs) in enumerate(zip(messages, ours(messages), gpsd(messages))):
        payload, fill = message
        bits = number_of_bits(payload, fill)
        where = "%s: message %d, %s,%d" % (os.path.relpath(path, CORPUS), i + 1, payload, fill)
        if "type" in f:
            check_report(where, f)
        if (theirs or {}).get("type") not in TYPES:
            if "type" in f:
                fail(where, f, "refused")
        elif "type" in f:
            counts["messages"] += 1
            compare(where, f, theirs, names)
        elif theirs["type"] <= 3 and 163 <= bits < 168 and f["outcome"] == "bad_payload":
            differences["short"] += 1
        else:
            fail(where, f, theirs)


def shown_without_split(messages):
    """what gpsd prints of our answers when it joins the parts of message 24: B behind its A only"""
    waiting = {}
    for (payload, fill), f in zip(messages, ours(messages)):
        if payload[:1] in ("1", "2", "3") and 163 <= number_of_bits(payload, fill) < 168:
            yield {"type": int(payload[0])}
        elif f.get("part") == 0:
            waiting[f["mmsi"]] = f["shipname"]
        elif f.get("part") == 1 and f["mmsi"] not in waiting:
            continue
        elif "type" in f:
            yield dict(f, joined=waiting.pop(f["mmsi"])) if "part" in f else f


def compare_kept(log, kept):
    """gpsd's kept output for a log, in order"""
    answers = list(shown_without_split(list(whole_messages(lines_of(log)))))
    theirs = [r for r in map(json.loads, lines_of(kept)) if r["type"] in TYPES]
    if [f["type"] for f in answers] != [r["type"] for r in theirs]:
        fail(kept, [f["type"] for f in answers], [r["type"] for r in theirs])
        return
    for f, r in zip(answers, theirs):
        if "mmsi" not in f:
            differences["short"] += 1
            continue
        counts["kept"] += 1
        names = {f["mmsi"]: f.pop("joined", None)}
        compare("%s: %d" % (os.path.basename(kept), f["mmsi"]), f, r, names)


POSITION = "type mmsi lon lat speed course heading second"
CONSENSUS = {
    1: POSITION + " status", 2: POSITION + " status", 3: POSITION + " status",
    4: "type mmsi lon lat timestamp",
    5: "type mmsi imo callsign shipname shiptype to_bow to_stern to_port to_starboard draught destination",
    9: "type mmsi lon lat speed course alt second",
    18: POSITION, 19: POSITION + " shipname shiptype",
    24: "type mmsi part shipname callsign",
    27: "type mmsi lon lat speed course status",
}


def unindented(values):
    return [v.lstrip(" ") if isinstance(v, str) else v for v in values]


def compare_consensus(path):
    rows = [line.split("\t") for line in lines_of(path)[1:]]
    messages = [(row[0], int(row[1])) for row in rows]
    for row, f in zip(rows, ours(messages)):
        where = "%s: %s" % (os.path.basename(path), row[0])
        want = json.loads(row[3])
        if "type" not in f:
            fail(where, f, want)
            continue
        check_report(where, f)
        f = as_gpsd(f)
        got = [f.get(name, "") for name in CONSENSUS[int(row[2])].split()]
        counts["consensus"] += 1
        if got != want and unindented(got) == want:
            differences["blank"] += 1
            continue
        if got != want:
            fail(where, got, want)


for path, messages in logs():
    compare_log(path, messages)
for kept in sorted(glob.glob(os.path.join(CORPUS, "gpsd", "*.ju.chk"))):
    compare_kept(kept[:-len(".ju.chk")], kept)
compare_consensus(os.path.join(CORPUS, "consensus_payloads.tsv"))

for name in ("messages", "kept", "consensus"):
    if not counts[name]:
        fail("nothing compared", name, "some")
for failure in failures[:40]:
    print(failure)
for name, reason in REASONS.items():
    print("%6d differ: %s" % (differences[name], reason))
print("%d messages (%d fields) as gpsdecode reads them, %d as kept by gpsd, %d as two decoders agree; %d "
      "reports checked; %d differences with a reason, %d without" %
      (counts["messages"], counts["fields"], counts["kept"], counts["consensus"], counts["reports"],
       sum(differences.values()), len(failures)))
sys.exit(1 if failures else 0)
