"""Feeds made by hand: where ships are, who sends, who is heard, and the rows that come of it."""
import calendar
import math
import random
import time

HEADER = ("MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,"
          "Width,Draft,Cargo,TransceiverClass")
# profiles/exactearth-positions.json; the source column tells satellites from stations
SATELLITE_HEADER = ("mmsi,vessel_name,callsign,imo,vessel_type_code,vessel_class,longitude,latitude,sog,"
                    "cog,heading,nav_status,nav_status_code,source,dt_pos_utc")
GULF = (41.95, 42.55, 131.3, 133.0)  # open water south of Peter the Great Gulf
HOUR = 3600


def day_number(iso):
    """seconds since 1970 at the beginning of a UTC day"""
    return calendar.timegm(time.strptime(iso, "%Y-%m-%d"))


def nm(a, b):
    """of short ways, within a hundredth"""
    north = (a[0] - b[0]) * 60
    east = (a[1] - b[1]) * 60 * math.cos(math.radians((a[0] + b[0]) / 2))
    return math.hypot(north, east)


# ---------- where ships are: functions of the hour that give (lat, lon, sog, cog, status)

def still(place, status=5):
    return lambda hour: (place[0], place[1], 0.0, 90.0, status)


def course(a, b):
    east = (b[1] - a[1]) * math.cos(math.radians(a[0]))
    return math.degrees(math.atan2(east, b[0] - a[0])) % 360


def way(points, knots, begin=0.0):
    """from point to point, from the hour `begin` on; then it lies at the last one"""
    legs = []
    hour = begin
    for a, b in zip(points, points[1:]):
        hours = nm(a, b) / knots
        legs.append((hour, hours, a, b, course(a, b)))
        hour += hours

    def at(now):
        if now < begin:
            return points[0] + (0.0, 90.0, 1)
        for leg_begin, hours, a, b, cog in legs:
            if now < leg_begin + hours:
                part = (now - leg_begin) / hours
                return (a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1]), knots, cog, 0)
        return points[-1] + (0.0, 90.0, 1)
    return at


def wander(rng, box, hours, knots):
    """to and fro between points of the box"""
    south, north, west, east = box
    points = [(rng.uniform(south, north), rng.uniform(west, east))]
    left = hours * knots
    while left > 0:
        points.append((rng.uniform(south, north), rng.uniform(west, east)))
        left -= nm(*points[-2:])
    return way(points, knots)


# ---------- who sends, and who is heard

class Ship:
    def __init__(self, feed, number, path, **statics):
        self.mmsi = 273998000 + number
        self.path = path
        self.statics = [dict({"name": "SIM %03d" % number, "imo": "", "call": "SIM%d" % number,
                              "type": 70, "class": "A"}, **statics)]
        self.renamed_at = 1e9
        self.silences = []
        self.falsities = []
        self.feed = feed

    def dark(self, begin, end):
        """the transponder is off"""
        self.silences.append((begin, end))
        return self

    def false(self, begin, end, place):
        """its receiver is told that it is there"""
        self.falsities.append((begin, end, place))
        return self

    def renamed(self, hour, **statics):
        self.renamed_at = hour
        self.statics.append(dict(self.statics[0], **statics))
        return self

    def at(self, hour):
        for begin, end, place in self.falsities:
            if begin <= hour < end:
                return place + (0.1, 0.0, 0)
        return self.path(hour)


class Feed:
    """all ships send every five minutes or so; one report in twenty is lost"""

    def __init__(self, name, days=3, start="2025-04-10", satellite=False):
        self.rng = random.Random(name)
        self.hours = days * 24
        self.start = day_number(start)
        self.ships = []
        self.deaf = []  # functions of (ship, hour, position): true when not received
        self.satellite = satellite

    def ship(self, number, path, **statics):
        self.ships.append(Ship(self, number, path, **statics))
        return self.ships[-1]

    def crowd(self, count, box=GULF, first=500):
        for number in range(first, first + count):
            self.ship(number, wander(self.rng, box, self.hours, self.rng.uniform(9, 14)),
                      type=self.rng.choice((70, 79, 80, 52)))
        return self.ships[-count:]

    def hole(self, begin, end, whom=lambda ship: True):
        self.deaf.append(lambda ship, hour, at: begin <= hour < end and whom(ship))

    def times(self, ship):
        """of the reports sent: every five minutes, or in satellites' passes"""
        if not self.satellite:
            hour = self.rng.uniform(0, 0.1)
            while hour < self.hours:
                yield hour
                hour += self.rng.uniform(4, 6) / 60
            return
        for begin in range(0, self.hours, 3):
            for minute in range(3):
                yield begin + (self.passes[begin // 3] + 3 * minute + self.rng.uniform(0, 2)) / 60

    def rows(self):
        rows = []
        self.passes = [self.rng.uniform(0, 40) for _ in range(self.hours // 3 + 1)]
        for ship in self.ships:
            for hour in self.times(ship):
                at = ship.at(hour)
                if (self.rng.random() < 0.05 or any(b <= hour < e for b, e in ship.silences)
                        or any(deaf(ship, hour, at) for deaf in self.deaf)):
                    continue
                rows.append((hour, self.row(ship, hour, at)))
        return [row for _, row in sorted(rows)]

    def row(self, ship, hour, at):
        lat, lon, sog, cog, status = at
        lat += self.rng.uniform(-2e-5, 2e-5)
        lon += self.rng.uniform(-2e-5, 2e-5)
        statics = ship.statics[hour >= ship.renamed_at]
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(self.start + hour * HOUR))
        if self.satellite:
            return "%d,%s,%s,%s,%s,%s,%.5f,%.5f,%.1f,%.1f,511,,%s,S-AIS,%s" % (
                ship.mmsi, statics["name"], statics["call"], statics["imo"], statics["type"],
                statics["class"], lon, lat, sog, cog, status, stamp.replace("T", " "))
        return "%d,%s,%.5f,%.5f,%.1f,%.1f,511,%s,%s,%s,%s,%s,,,,,%s" % (
            ship.mmsi, stamp, lat, lon, sog, cog, statics["name"],
            statics["imo"] and "IMO" + statics["imo"], statics["call"], statics["type"],
            status if statics["class"] == "A" else "", statics["class"])

    def header(self):
        return SATELLITE_HEADER if self.satellite else HEADER


def text_of(header, rows):
    return "\n".join([header] + rows + [""]).encode()


def by_days(feed, rows):
    """the rows in lists by UTC day of their time"""
    column = 14 if feed.satellite else 1
    days = {}
    for row in rows:
        days.setdefault(row.split(",")[column][:10], []).append(row)
    return [days[d] for d in sorted(days)]
