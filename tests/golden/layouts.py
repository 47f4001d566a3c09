"""Every export layout of the simulator. usage: layouts.py BUILD SCRATCH

Expectations: the headers of the exports (which column means what) written down below by hand, and the
gaps of the NOAA layout of the same traffic. Positions differ by rounding: NOAA has five decimals, most
others six. A column that a layout does not have is empty.
"""
import csv
import io
import json
import os
import subprocess
import sys

BUILD, SCRATCH = sys.argv[1:3]
TRAFFIC = ("--vessels 60 --days 2 --thin 600 --seed 5 --switch-offs 12 --switch-offs-in inside "
           "--fixtures 6 --duplicates 5 --disorder 5").split()
failures = []

NOAA = {"mmsi": "MMSI", "time": "BaseDateTime", "lat": "LAT", "lon": "LON", "sog": "SOG", "cog": "COG",
        "heading": "Heading", "nav_status": "Status", "name": "VesselName", "callsign": "CallSign",
        "imo": "IMO", "type": "VesselType", "class": "TransceiverClass"}
# layout: profile, {field: column or (column, divisor)}, columns of a report that it cannot fill
LAYOUTS = {
    "noaa2018": ("noaa-2018", NOAA, ""),
    "noaa2015": ("noaa-2015", {k: v for k, v in NOAA.items() if k != "class"}, "ais_class ship_type"),
    "noaa2025": ("noaa-2025", {
        "mmsi": "mmsi", "time": "base_date_time", "lat": "latitude", "lon": "longitude", "sog": "sog",
        "cog": "cog", "heading": "heading", "nav_status": "status", "name": "vessel_name",
        "callsign": "call_sign", "imo": "imo", "type": "vessel_type", "class": "transceiver"}, ""),
    "danish": ("denmark", {
        "mmsi": "MMSI", "time": "# Timestamp", "lat": "Latitude", "lon": "Longitude", "sog": "SOG",
        "cog": "COG", "heading": "Heading", "nav_status": "Navigational status", "name": "Name",
        "callsign": "Callsign", "imo": "IMO", "type": "Ship type", "class": "Type of mobile",
        "station": "Type of mobile"}, "ship_type"),
    "norway": ("kystverket", {
        "mmsi": "mmsi", "time": "date_time_utc", "lat": "lat", "lon": "lon", "sog": "sog", "cog": "cog",
        "heading": "true_heading", "nav_status": "nav_status", "source": "source",
        "msg_type": "message_nr"}, "name callsign imo ship_type"),
    "marinetraffic": ("marinetraffic", {
        "mmsi": "MMSI", "time": "TIMESTAMP", "lat": "LAT", "lon": "LON", "sog": ("SPEED", 10),
        "cog": "COURSE", "heading": "HEADING", "nav_status": "STATUS", "imo": "IMO", "source": "DSRC"},
        "name callsign ship_type ais_class cog"),
    "aisdaily": ("exactearth-positions", {
        "mmsi": "mmsi", "time": "dt_pos_utc", "lat": "latitude", "lon": "longitude", "sog": "sog",
        "cog": "cog", "heading": "heading", "nav_status": "nav_status_code", "name": "vessel_name",
        "callsign": "callsign", "imo": "imo", "type": "vessel_type_code", "class": "vessel_class",
        "source": "source", "msg_type": "message_type"}, ""),
    "vesselfinder": ("vesselfinder", {
        "mmsi": "MMSI", "time": "TIMESTAMP", "lat": "LATITUDE", "lon": "LONGITUDE", "sog": "SPEED",
        "cog": "COURSE", "heading": "HEADING", "nav_status": "NAVSTAT", "name": "NAME",
        "callsign": "CALLSIGN", "imo": "IMO", "type": "TYPE", "source": "SRC"}, "ais_class"),
    "gfw": ("gfw-messages", {
        "mmsi": "ssvid", "time": "timestamp", "lat": "lat", "lon": "lon", "sog": "speed",
        "cog": "course", "heading": "heading", "class": "type", "msg_type": "type",
        "source": "receiver_type"}, "name callsign imo ship_type nav_status"),
    "helcom": ("helcom", {
        "mmsi": "mmsi", "time": "timestamp", "lat": "lat", "lon": "long", "sog": "sog", "cog": "cog",
        "name": "name", "callsign": "callsign", "imo": "imo", "type": "shipType",
        "class": "targetType", "station": "targetType", "msg_type": "msgid"}, "nav_status"),
    "amsa": ("amsa", {
        "mmsi": "CRAFT_ID", "time": "TIMESTAMP", "lat": "LAT", "lon": "LON", "sog": "SPEED",
        "cog": "COURSE", "type": "TYPE"}, "name callsign imo ship_type nav_status ais_class flag"),
    "korea": ("korea", {
        "mmsi": "MMSI", "time": "일시", "lat": "위도", "lon": "경도", "sog": "SOG", "cog": "COG",
        "heading": "Heading"}, "name callsign imo ship_type nav_status ais_class"),
    "piraeus": ("piraeus", {
        "mmsi": "oid", "time": "t", "lat": "lat", "lon": "lon", "sog": "speed", "cog": "course",
        "heading": "heading", "nav_status": "status"}, "name callsign imo ship_type ais_class"),
    "piraeus-zenodo": ("aliases", {
        "mmsi": "vessel_id", "time": "t", "lat": "lat", "lon": "lon", "sog": "speed", "cog": "course",
        "heading": "heading"}, "name callsign imo ship_type nav_status ais_class"),
    "brest": ("brest", {
        "mmsi": "sourcemmsi", "time": "t", "lat": "lat", "lon": "lon", "sog": "speedoverground",
        "cog": "courseoverground", "heading": "trueheading", "nav_status": "navigationalstatus"},
        "name callsign imo ship_type ais_class"),
}


def expect(what, got, want):
    if got != want:
        failures.append("%s: %s, not %s" % (what, str(got)[:300], str(want)[:300]))


def detect(layout):
    export = os.path.join(SCRATCH, layout + ".csv")
    ledger = os.path.join(SCRATCH, "ledger.json")
    with open(export, "wb") as out:
        subprocess.run([BUILD + "/aissim", "--layout", layout] + TRAFFIC, stdout=out, check=True)
    done = subprocess.run([BUILD + "/aisgap", "--everywhere", "-g", "1h", "--ledger", ledger, export] +
                          ["--any-id"] * (layout == "amsa"), capture_output=True)
    expect(layout + ": exit status", done.returncode, 0)
    expect(layout + ": messages", done.stderr, b"")
    os.remove(export)
    return list(csv.DictReader(io.StringIO(done.stdout.decode()))), json.load(open(ledger))


def check_ledger(layout, ledger):
    profile, columns, _ = LAYOUTS[layout]
    entry = ledger["inputs"][0]
    want = {field: c if isinstance(c, tuple) else (c, 1) for field, c in columns.items()}
    got = {field: (c["name"], c["divisor"]) for field, c in entry["columns"].items()}
    expect(layout + ": profile", entry["profile"], profile)
    expect(layout + ": columns", got, want)
    expect(layout + ": rows accounted for", entry["used"] + sum(entry["left_out"].values()),
           entry["rows"])
    allowed = {"static", "no_position", "base_station", "aid_to_navigation", "sar_aircraft"}
    expect(layout + ": left out", set(entry["left_out"]) - allowed, set())


def near(a, b, by):
    return a == b or (a and b and abs(float(a) - float(b)) <= by)


def same(layout, row, noaa):
    """what differs between a gap and the same gap of the NOAA layout"""
    lacks = LAYOUTS[layout][2].split()
    wrong = []
    for name in ("status", "flag", "imo", "name", "callsign", "ship_type", "ais_class",
                 "off_nav_status", "on_nav_status", "area", "off_port", "on_port",
                 "heard_min_12h_before", "heard_min_12h_after", "duration_h"):
        short = name.split("_", 1)[1] if name[:3] in ("off", "on_") else name
        if short not in lacks and row[name] != noaa[name]:
            wrong.append((name, row[name], noaa[name]))
    for end in "off", "on":
        for name, by in ("lat", 6e-6), ("lon", 6e-6), ("sog_kn", 0.051), ("cog_deg", 0.051):
            if name[:3] not in lacks and not near(row[end + "_" + name], noaa[end + "_" + name], by):
                wrong.append((end + "_" + name, row[end + "_" + name], noaa[end + "_" + name]))
    return wrong


def key(layout, row):
    return str(abs(int(row["mmsi"]))) if layout == "amsa" else row["mmsi"], row["off_time"], row["on_time"]


noaa_rows, noaa_ledger = detect("noaa2018")
for layout in LAYOUTS:
    rows, ledger = (noaa_rows, noaa_ledger) if layout == "noaa2018" else detect(layout)
    check_ledger(layout, ledger)
    for total in "vessels", "gaps", "open", "as_of":
        expect(layout + ": " + total, ledger[total], noaa_ledger[total])
    expect(layout + ": used", ledger["inputs"][0]["used"], noaa_ledger["inputs"][0]["used"])
    got = {key(layout, row): row for row in rows}
    want = {key("noaa2018", row): row for row in noaa_rows}
    expect(layout + ": gaps", sorted(set(got) ^ set(want)), [])
    differing = [(k, same(layout, got[k], want[k])) for k in got if k in want]
    differing = [(k, wrong) for k, wrong in differing if wrong]
    if differing:
        failures.append("%s: %d of %d gaps differ, first %s" % (layout, len(differing), len(got),
                                                                differing[0]))
print("%d layouts, %d gaps each" % (len(LAYOUTS), len(noaa_rows)))
for failure in failures:
    print(failure)
sys.exit(1 if failures or len(noaa_rows) < 20 else 0)
