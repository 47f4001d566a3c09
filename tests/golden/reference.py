"""A plain reference detector: all reports of a vessel sorted, neighbours compared.

It shares nothing with the program: its own CSV reading, its own time and area tests, no joins. What it
expects is stated in src/track/clock.h (feed time), src/ais/fix.h (which of two reports at one instant
counts), ITU-R M.585 (which numbers belong to ships) and the help text (strictly longer than --min-gap).

usage: reference.py columns                          the columns that compare reads
       reference.py compare MINUTES,... EXPORT DIR     exit 1 and a list when they differ
DIR/everywhere-MINUTES.csv and DIR/areas-MINUTES.csv are what aisgap found in EXPORT (NOAA layout).
"""
import bisect
import csv
import datetime
import glob
import hashlib
import json
import math
import os
import sys

HOUR = 3_600_000
EPOCH = datetime.datetime(1970, 1, 1)
COLUMNS = ("gap_id,status,reasons,area,mmsi,off_time,off_lat,off_lon,on_time,on_lat,on_lon,"
           "heard_min_12h_before,heard_min_12h_after")


# ---------- reports

def parse_iso(text):
    """2025-03-01T00:00:02 or with a blank, a fraction, a Z: milliseconds since 1970, floored"""
    text = text.strip().rstrip("Z").replace("T", " ")
    base, _, fraction = text.partition(".")
    t = datetime.datetime.strptime(base, "%Y-%m-%d %H:%M:%S")
    return int((t - EPOCH).total_seconds()) * 1000 + int((fraction + "000")[:3])


def day_ms(text, known={}):
    """as parse_iso, remembering days: a million rows share a few"""
    if len(text) != 19:
        return parse_iso(text)
    day = known.get(text[:10])
    if day is None:
        day = known[text[:10]] = parse_iso(text[:10] + " 00:00:00")
    return day + (int(text[11:13]) * 3600 + int(text[14:16]) * 60 + int(text[17:19])) * 1000


def is_ship(mmsi):
    """nine digits MIDxxxxxx with a MID of 201 to 775 (M.585), and no obvious placeholder"""
    return 201 <= mmsi // 1_000_000 <= 775 and mmsi % 1_000_000 != 0 and len(set(str(mmsi))) > 1


def number(text):
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def wrap(lon):
    return lon - 360 if lon >= 180 else lon


def position(lat, lon):
    """(lat, lon), or None for what M.1371 calls not available, 0/0, and what is out of range"""
    lat, lon = number(lat), number(lon)
    if lat is None or lon is None or abs(lat) > 90 or not -180 <= lon <= 360:
        return None
    if abs(lon - 181) < 1e-3 or (lat == 0 and lon == 0):
        return None
    return lat + 0.0, wrap(lon) + 0.0


def read(lines, names, delimiter=",", time=day_ms, any_id=False):
    """position reports by vessel: {mmsi: [(t, lat, lon), ...]}; names: columns mmsi, time, lat, lon"""
    rows = csv.reader(lines, delimiter=delimiter)
    header = next(rows)
    mmsi, when, lat, lon = (header.index(name) for name in names)
    fleet = {}
    for row in rows:
        if len(row) <= max(mmsi, when, lat, lon):
            continue
        place = position(row[lat], row[lon])
        if not place or not row[mmsi].lstrip("-").isdigit():
            continue
        vessel = int(row[mmsi])
        if any_id or is_ship(vessel):
            fleet.setdefault(vessel, []).append((time(row[when]),) + place)
    return fleet


# ---------- gaps

def feed_time(fleet):
    """the greatest t such that reports of three vessels lie in [t, t + 6 h]; small feeds: see clock.h"""
    times = sorted(((t, mmsi) for mmsi, reports in fleet.items()
                    for t in {report[0] for report in reports}), reverse=True)
    if not times:
        return None
    if len(fleet) >= 10:
        latest = {}  # the earliest report so far of each vessel, walking back in time
        for t, mmsi in times:
            latest[mmsi] = t
            if sum(1 for other in latest.values() if other <= t + 6 * HOUR) >= 3:
                return t
            if len(latest) > 50:
                latest = {m: x for m, x in latest.items() if x <= t + 6 * HOUR}
    hours = {t // HOUR for t, _ in times}
    for t, _ in times:
        if any(t // HOUR + d in hours for d in range(-24, 25) if d):
            return t
    return times[0][0]


def one_per_instant(reports):
    """in time order; of several at one instant the one that is smallest by latitude, then longitude"""
    kept = []
    for report in sorted(reports):
        if not kept or kept[-1][0] != report[0]:
            kept.append(report)
    return kept


def gaps(fleet, gap_ms, as_of):
    """[(mmsi, off, on or None)], in the order of the report"""
    found = []
    for mmsi, reports in fleet.items():
        track = one_per_instant(reports)
        found += [(mmsi, a, b) for a, b in zip(track, track[1:]) if b[0] - a[0] > gap_ms]
        if as_of - track[-1][0] > gap_ms:
            found.append((mmsi, track[-1], None))
    return sorted(found, key=lambda gap: (gap[1][0], gap[0], gap[2] is None))


def gap_id(mmsi, off):
    text = "%d|%s|%s|%s" % (mmsi, off[0] / 1000, off[1], off[2])
    return hashlib.md5(text.encode()).hexdigest()


# ---------- areas

def read_areas(folder="data/areas"):
    """[(name, ring of (lon, lat))] in the order in which the program watches them"""
    areas = []
    for path in glob.glob(os.path.join(folder, "*.geojson")):
        for feature in json.load(open(path))["features"]:
            areas.append((feature["properties"]["name"], feature["geometry"]["coordinates"][0]))
    return sorted(areas, key=lambda area: ["vladivostok", "caspian"].index(area[0]))


def on_edge(x, y, ax, ay, bx, by):
    return ((bx - ax) * (y - ay) == (by - ay) * (x - ax) and
            min(ax, bx) <= x <= max(ax, bx) and min(ay, by) <= y <= max(ay, by))


def box_of(ring, known={}):
    if id(ring) not in known:
        lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
        known[id(ring)] = (min(lons), min(lats), max(lons), max(lats), ring)
    return known[id(ring)]


def inside(ring, lat, lon):
    """ray casting; edges and corners belong to the area"""
    box = box_of(ring)
    if not (box[0] <= lon <= box[2] and box[1] <= lat <= box[3]):
        return False
    within = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:]):
        if on_edge(lon, lat, ax, ay, bx, by):
            return True
        if (ay > lat) != (by > lat) and lon < (bx - ax) * (lat - ay) / (by - ay) + ax:
            within = not within
    return within


def areas_of(areas, off, on):
    return [name for name, ring in areas
            if inside(ring, off[1], off[2]) or (on and inside(ring, on[1], on[2]))]


def crosses(ring, off, on, steps=2000):
    """some point of the great circle, or one within a hundredth of a degree of it, lies inside"""
    def vector(fix):
        lat, lon = math.radians(fix[1]), math.radians(fix[2])
        return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)

    a, b = vector(off), vector(on)
    angle = math.acos(max(-1, min(1, sum(p * q for p, q in zip(a, b)))))
    for i in range(steps + 1):
        f = i / steps
        if angle < 1e-9:
            p = a
        else:
            u, v = math.sin((1 - f) * angle), math.sin(f * angle)
            p = [(u * m + v * n) / math.sin(angle) for m, n in zip(a, b)]
        lat = math.degrees(math.atan2(p[2], math.hypot(p[0], p[1])))
        lon = math.degrees(math.atan2(p[1], p[0]))
        if any(inside(ring, lat + y, lon + x) for x in (-.01, 0, .01) for y in (-.01, 0, .01)):
            return True
    return False


# ---------- comparison

def minutes_heard(fleet):
    return {mmsi: sorted({t // 60_000 for t, _, _ in reports}) for mmsi, reports in fleet.items()}


def heard(minutes, first):
    return bisect.bisect_left(minutes, first + 720) - bisect.bisect_left(minutes, first)


def stamp(t):
    text = (EPOCH + datetime.timedelta(milliseconds=t)).isoformat(timespec="milliseconds")
    return text.replace(".000", "") + "Z"


def end(fix):
    return (stamp(fix[0]), fix[1], fix[2]) if fix else ("", None, None)


def expected(fleet, minutes, areas):
    """rows of --everywhere as the program gives them, but for NAME:path"""
    as_of = feed_time(fleet)
    heard_in = minutes_heard(fleet)
    rows = []
    for mmsi, off, on in gaps(fleet, minutes * 60_000, as_of):
        before = str(heard(heard_in[mmsi], off[0] // 60_000 - 719))
        after = ""
        if on and as_of >= (on[0] // 60_000 + 720) * 60_000:
            after = str(heard(heard_in[mmsi], on[0] // 60_000))
        late = "after_as_of" if on and on[0] > as_of else ""
        names = ";".join(areas_of(areas, off, on))
        rows.append((gap_id(mmsi, off), "closed" if on else "open", late, names, mmsi)
                    + end(off) + end(on) + (before, after))
    return rows


def in_areas(rows):
    """of these what the built-in areas give; heard minutes are kept near them alone, so not compared"""
    return [row[:-2] for row in rows if row[3]]


def found(path, everywhere):
    """
    (rows whose off or on lies in an area or that everywhere gives, rows that only cross one, zone
    gaps); of the reasons, most of which judge, only the one that is a fact
    """
    rows, paths, zone_gaps = [], [], []
    for row in csv.DictReader(open(path, encoding="utf-8")):
        items = [item for item in row["area"].split(";") if item]
        names = [item for item in items if not item.endswith(":path")]
        reasons = row["reasons"].split(";")
        late = "after_as_of" if "after_as_of" in reasons else ""
        fields = (row["gap_id"], row["status"], late, ";".join(names), int(row["mmsi"]),
                  row["off_time"], number(row["off_lat"]), number(row["off_lon"]),
                  row["on_time"], number(row["on_lat"]), number(row["on_lon"]))
        if everywhere:
            fields += (row["heard_min_12h_before"], row["heard_min_12h_after"])
        if "two_ships" in reasons:
            zone_gaps.append(fields)
            continue
        if names or everywhere:
            rows.append(fields)
        if len(names) < len(items):
            paths.append((items, fields))
    return rows, paths, zone_gaps


def check_paths(paths, areas):
    """a gap that is said only to cross an area does, is closed, and the area is no closed sea"""
    wrong = []
    for items, fields in paths:
        off = (0, fields[6], fields[7])
        on = (0, fields[9], fields[10])
        for item in items:
            name, _, path = item.partition(":")
            ring = dict(areas)[name]
            if path and (name == "caspian" or fields[1] != "closed" or not crosses(ring, off, on) or
                         inside(ring, *off[1:]) or inside(ring, *on[1:])):
                wrong.append(fields)
    return wrong


def check_zone_gaps(zone_gaps, want):
    """
    Which there are is test_zone_gaps.c's to say; each has an end in an area proper, and none the off
    fix of an ordinary gap
    """
    known = {(row[4], row[5]) for row in want}
    return [row for row in zone_gaps if not row[3] or (row[4], row[5]) in known]


def differences(want, got):
    """lines to print; empty when both hold the same rows in the same order"""
    if want == got:
        return []
    missing = [row for row in want if row not in set(got)]
    surplus = [row for row in got if row not in set(want)]
    lines = ["reference has %d gaps, aisgap %d" % (len(want), len(got))]
    lines += ["only in the reference: %s" % (row,) for row in missing[:5]]
    lines += ["only in aisgap:        %s" % (row,) for row in surplus[:5]]
    if not missing and not surplus:
        lines.append("the same gaps, but in another order or number")
    return lines


def compare(want, areas, gaps_path, everywhere):
    """lines that say what differs, how many gaps cross an area, and how many are zone gaps"""
    got, paths, zone_gaps = found(gaps_path, everywhere)
    lines = differences(want if everywhere else in_areas(want), got)
    lines += ["no plausible path: %s" % (row,) for row in check_paths(paths, areas)]
    lines += ["no zone gap: %s" % (row,) for row in check_zone_gaps(zone_gaps, want)]
    return lines, len(got), len(paths), len(zone_gaps)


def main():
    export = sys.argv[3]
    areas = read_areas()
    failed = False
    with open(export, encoding="utf-8", newline="") as lines:
        fleet = read(lines, ("MMSI", "BaseDateTime", "LAT", "LON"))
    for minutes in map(int, sys.argv[2].split(",")):
        want = expected(fleet, minutes, areas)
        for where in "everywhere", "areas":
            path = "%s/%s-%d.csv" % (sys.argv[4], where, minutes)
            lines, count, crossing, zoned = compare(want, areas, path, where == "everywhere")
            print("%3d min, %-10s %6d gaps, %d more or of them cross an area, %d zone gaps" %
                  (minutes, where, count, crossing, zoned))
            for line in lines:
                print("    " + line)
            failed = failed or bool(lines) or not count
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    if sys.argv[1:] == ["columns"]:
        print(COLUMNS)
    elif len(sys.argv) == 5 and sys.argv[1] == "compare":
        main()
    else:
        sys.exit(__doc__)
