"""Small feeds made by hand, each with the verdict that must, or must not, come out.

usage: scenarios.py [--show] [NAME...]

Expectations: issue 5's "Must show", and DESIGN section 4; each scenario says its own. All is made up:
ships that do not exist (273998xxx), sailing where ships sail. Times are hours since the feed begins.
Then the laws: whatever the order of the rows, the duplicates, files, threads and days, the same report.
"""
import csv
import io
import os
import random
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "law"))
import runs  # noqa: E402
from feeds import GULF, Feed, by_days, nm, still, text_of, wander, way  # noqa: E402
from runs import fail, run  # noqa: E402

ROADS = (43.07, 131.98)  # data/ports.csv: Vladivostok roads
OLYA = (45.79, 47.53)
AIRPORT = (43.399, 132.148)  # Vladivostok's, on land; false positions are often an airport's


# ---------- what comes out

class Report:
    def __init__(self, name, text, show):
        self.name = name
        self.gaps = list(csv.DictReader(io.StringIO(text.decode())))
        for gap in self.gaps if show else ():
            print("  %-16s %s" % (name, brief(gap)))

    def wrong(self, gap, what):
        fail("%s: %s: %s" % (self.name, what, brief(gap) if gap else "%d gaps" % len(self.gaps)))

    def of(self, *ships):
        numbers = {str(s.mmsi) for s in ships}
        return [g for g in self.gaps if g["mmsi"] in numbers]

    def one(self, ship):
        """the only gap of a ship"""
        found = self.of(ship)
        if len(found) != 1:
            fail("%s: %d has %d gaps, not one" % (self.name, ship.mmsi, len(found)))
        return found[0] if found else None

    def count(self, gaps, least, most):
        if not least <= len(gaps) <= most:
            fail("%s: %d gaps, not %d to %d" % (self.name, len(gaps), least, most))

    def verdict(self, gap, *allowed):
        if gap and gap.get("verdict") not in allowed:
            self.wrong(gap, "the verdict is not " + " or ".join(allowed))

    def none_off(self, gaps):
        for gap in gaps:
            if gap and gap.get("verdict") == "off":
                self.wrong(gap, "is no switch-off")

    def confidence(self, gap, least, most=1.0):
        if gap and not least <= float(gap.get("confidence") or "nan") <= most:
            self.wrong(gap, "the confidence is not %g to %g" % (least, most))

    def reason(self, gap, code, there=True):
        """a code with any detail, or CODE:DETAIL"""
        codes = [r for r in gap["reasons"].split(";")] if gap else []
        if gap and any(r == code or r.startswith(code + ":") for r in codes) != there:
            self.wrong(gap, "reason %s is %s" % (code, "missing" if there else "there"))


def brief(gap):
    keys = ("mmsi", "status", "verdict", "confidence", "reasons", "off_time", "on_time", "duration_h",
            "likelihood_ratio", "p_silent_if_on", "others_heard", "others_silent")
    return " ".join("%s=%s" % (k, gap.get(k, "?")) for k in keys if k != "mmsi") + " of " + gap["mmsi"]


SCENARIOS = {}


def scenario(function):
    SCENARIOS[function.__name__] = function
    return function


# Each makes a feed and yields it, with options for aisgap; then it is given the report.

@scenario
def hole():
    """the whole feed is down for 8 h: all fifty are silent, none is off"""
    feed = Feed("hole")
    feed.crowd(50)
    feed.hole(30, 38)
    report = yield feed
    report.count(report.gaps, 50, 50)
    for gap in report.gaps:
        report.verdict(gap, "feed")
        report.confidence(gap, 0, 0.2)
        report.reason(gap, "feed_hole")


@scenario
def hole_not():
    """one ship alone is silent in the hours in which the hole was: no hole of the feed"""
    feed = Feed("hole_not")
    feed.crowd(50)
    ship = feed.ships[7].dark(30, 38)
    report = yield feed
    gap = report.one(ship)
    report.verdict(gap, "off")
    report.reason(gap, "feed_hole", False)


@scenario
def station():
    """the station of a port fails: the twenty round it are silent, thirty 60 nm away are heard"""
    feed = Feed("station")
    lost = feed.crowd(20, (42.70, 42.76, 132.95, 133.05))
    feed.crowd(30, (42.4, 42.7, 131.4, 131.8), 550)
    feed.hole(30, 38, lambda ship: ship in lost)
    report = yield feed
    report.count(report.gaps, 20, 20)
    report.none_off(report.gaps)
    for gap in report.gaps:
        report.verdict(gap, "unheard", "unclear")


@scenario
def station_not():
    """of the twenty, one alone is silent while nineteen are heard"""
    feed = Feed("station_not")
    near = feed.crowd(20, (42.70, 42.76, 132.95, 133.05))
    feed.crowd(30, (42.4, 42.7, 131.4, 131.8), 550)
    near[3].dark(30, 39)
    report = yield feed
    report.verdict(report.one(near[3]), "off")


def covered_circle(feed, centre, radius_nm):
    feed.deaf.append(lambda ship, hour, at: nm(at, centre) > radius_nm)


@scenario
def convoy():
    """six sail out of the circle that a station covers, and back: none is off"""
    feed = Feed("convoy", days=4)
    feed.crowd(44, (42.0, 42.6, 131.6, 132.8), 550)
    ships = [feed.ship(100 + i, way([(42.2 + i / 60, 132.0 + i / 40), (40.6 + i / 60, 132.0 + i / 40),
                                     (42.2 + i / 60, 132.0 + i / 40)], 12, 30)) for i in range(6)]
    covered_circle(feed, (42.4, 132.2), 50)
    report = yield feed
    report.count(report.of(*ships), 6, 6)
    report.none_off(report.gaps)


@scenario
def outsider():
    """one alone leaves the circle, away from all, and comes back"""
    feed = Feed("outsider", days=4)
    feed.crowd(49, (42.0, 42.6, 131.6, 132.8), 550)
    ship = feed.ship(100, way([(42.2, 132.0), (40.6, 132.0), (42.2, 132.0)], 12, 30))
    covered_circle(feed, (42.4, 132.2), 50)
    report = yield feed
    report.none_off([report.one(ship)])


@scenario
def lone():
    """one of fifty goes dark for 9 h under way in covered water"""
    feed = Feed("lone")
    ship = feed.crowd(50)[20].dark(30, 39)
    report = yield feed
    report.count(report.gaps, 1, 1)
    gap = report.one(ship)
    report.verdict(gap, "off")
    report.confidence(gap, 0.95)


@scenario
def lone_open():
    """the same, and it is still silent at the end: the longer, the surer"""
    feed = Feed("lone_open")
    ship = feed.crowd(50)[20].dark(30, 100)
    report = yield feed
    gap = report.one(ship)
    report.verdict(gap, "off")
    report.confidence(gap, 0.95)


@scenario
def lone_anchor():
    """the same at anchor in the open, heard again in place, and far from any port"""
    feed = Feed("lone_anchor")
    feed.crowd(50)
    ship = feed.ship(100, still((42.2, 132.2), 1)).dark(30, 39)
    report = yield feed
    gap = report.one(ship)
    report.verdict(gap, "off", "unclear")
    report.confidence(gap, 0.4)


def harbour(feed, place=ROADS, count=30):
    """ships at anchor and moored round a place"""
    for i in range(count):
        feed.ship(300 + i, still((place[0] + feed.rng.uniform(-0.02, 0.02),
                                  place[1] + feed.rng.uniform(-0.02, 0.02)), 5 if i % 2 else 1))


@scenario
def berth():
    """moored at Vladivostok's roads, 8 h, heard again in place: some ports allow it"""
    feed = Feed("berth")
    harbour(feed)
    ship = feed.ship(100, still(ROADS)).dark(30, 38)
    report = yield feed
    gap = report.one(ship)
    report.verdict(gap, "unclear")
    report.reason(gap, "berth")
    report.reason(gap, "berth_roundtrip", False)


@scenario
def berth_not():
    """moored at the roads, but heard again under way 25 nm off"""
    feed = Feed("berth_not")
    harbour(feed)
    feed.crowd(20)
    ship = feed.ship(100, way([ROADS, (42.65, 132.0), (42.2, 132.2)], 10, 34)).dark(30, 39)
    report = yield feed
    gap = report.one(ship)
    report.reason(gap, "berth", False)
    report.reason(gap, "berth_roundtrip", False)
    report.verdict(gap, "off")


@scenario
def berth_roundtrip():
    """the same for 30 h: time for Rajin and back (DESIGN: Vostochny to Rajin and back is 23 h at 12 kn)"""
    feed = Feed("berth_roundtrip", days=4)
    harbour(feed)
    ship = feed.ship(100, still(ROADS)).dark(30, 60)
    report = yield feed
    gap = report.one(ship)
    report.reason(gap, "berth_roundtrip")
    report.verdict(gap, "off")
    if gap and not any(r.startswith("berth_roundtrip:") and len(r) > 16
                       for r in gap["reasons"].split(";")):
        report.wrong(gap, "names no port")


@scenario
def gnss():
    """four jump to one spot on land within the hour, three come back, one falls silent there"""
    feed = Feed("gnss")
    ships = feed.crowd(50)[:4]
    for i, ship in enumerate(ships):
        ship.false(30 + i * 0.1, 30.9, AIRPORT)
    ships[3].dark(30.9, 39)
    report = yield feed
    gap = report.one(ships[3])
    report.verdict(gap, "gnss")
    report.reason(gap, "gnss")


@scenario
def gnss_not():
    """four lie at one spot, as ships do in a port, and one falls silent: nothing jumped"""
    feed = Feed("gnss_not")
    feed.crowd(40)
    ships = [feed.ship(100 + i, still((42.3 + i / 2000, 132.2), 1)) for i in range(4)]
    ships[3].dark(30.9, 39)
    report = yield feed
    gap = report.one(ships[3])
    report.reason(gap, "gnss", False)
    report.verdict(gap, "off", "unclear")


@scenario
def gnss_elsewhere():
    """the same four jump, but who falls silent is another, 60 nm away and three hours later"""
    feed = Feed("gnss_elsewhere")
    ships = feed.crowd(50)[:5]
    for i, ship in enumerate(ships[:4]):
        ship.false(30 + i * 0.1, 30.9, AIRPORT)
    ships[4].dark(34, 43)
    report = yield feed
    gap = report.one(ships[4])
    report.reason(gap, "gnss", False)
    report.verdict(gap, "off")


@scenario
def sat_only():
    """satellites alone hear this sea, each ship about once in 3 h: 8 h are two or three revisits"""
    feed = Feed("sat_only", days=6, satellite=True)
    ship = feed.crowd(50, (41.3, 42.3, 132.5, 135.0))[10].dark(61, 67.5)
    report = yield feed
    report.none_off(report.gaps)
    for gap in report.of(ship):
        report.reason(gap, "sat_only")
    report.count(report.of(ship), 1, 3)


@scenario
def sat_only_long():
    """the same, but 40 h, in which fifty others are heard at each revisit"""
    feed = Feed("sat_only_long", days=6, satellite=True)
    ship = feed.crowd(50, (41.3, 42.3, 132.5, 135.0))[10].dark(61, 101)
    report = yield feed
    long = [g for g in report.of(ship) if g["duration_h"] and float(g["duration_h"]) > 35]
    report.count(long, 1, 1)
    for gap in long:
        report.verdict(gap, "off", "unclear")
        report.confidence(gap, 0.3)


@scenario
def sat_only_not():
    """stations hear this sea"""
    feed = Feed("sat_only_not")
    ship = feed.crowd(50)[10].dark(30, 38)
    report = yield feed
    report.reason(report.one(ship), "sat_only", False)


def olya(name, start):
    feed = Feed(name, days=6, start=start)
    harbour(feed, (45.79, 47.55), 15)
    return feed, feed.ship(100, still(OLYA)).dark(30, 110)


@scenario
def ice_layup():
    """moored at Olya, which freezes, in January"""
    feed, ship = olya("ice_layup", "2025-01-10")
    report = yield feed
    gap = report.one(ship)
    report.reason(gap, "ice_layup")
    report.verdict(gap, "unclear", "unheard")


@scenario
def ice_layup_not():
    """the same in July"""
    feed, ship = olya("ice_layup_not", "2025-07-10")
    report = yield feed
    report.reason(report.one(ship), "ice_layup", False)


@scenario
def voluntary():
    """class B, and a naval ship of class A, need not send; a cargo ship must (SOLAS V/19.2.4)"""
    feed = Feed("voluntary")
    feed.crowd(40)
    ships = [feed.ship(200 + i, wander(feed.rng, GULF, 72, 10), **statics).dark(30, 39)
             for i, statics in enumerate(({"class": "B", "type": 37}, {"type": 35}, {"type": 30},
                                          {"type": 55}, {"type": 70}))]
    report = yield feed
    for ship in ships[:4]:
        report.reason(report.one(ship), "voluntary")
    report.reason(report.one(ships[4]), "voluntary", False)
    report.verdict(report.one(ships[4]), "off")


NORTH_SEA = (54.5, 55.5, 3.0, 5.0)


@scenario
def identity():
    """two ships send one MMSI, one of them in the North Sea: the other's silence is found all the same"""
    feed = Feed("identity")
    ship = feed.crowd(50)[5].dark(30, 50)
    feed.ship(505, wander(feed.rng, NORTH_SEA, 72, 10))
    feed.crowd(10, NORTH_SEA, 400)
    report = yield feed
    gap = report.one(ship)
    report.verdict(gap, "identity")
    report.reason(gap, "two_ships")
    if gap and not 19.8 < float(gap["duration_h"]) < 20.5:
        report.wrong(gap, "not the silence off Vladivostok")


@scenario
def identity_not():
    """one ship that goes to the south of the Sea of Japan and comes back, heard all the way"""
    feed = Feed("identity_not", days=4)
    feed.crowd(40)
    ship = feed.ship(100, way([(42.2, 132.4), (35.6, 131.5), (42.2, 132.4)], 20, 10))
    report = yield feed
    report.count(report.of(ship), 0, 0)


WATCHED = ('{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"box",'
           '"margin_nm":35},"geometry":{"type":"Polygon","coordinates":[[[132,41.5],[134,41.5],[134,42.5],'
           '[132,42.5],[132,41.5]]]}}]}')


@scenario
def weaving():
    """
    honest ships that weave over the rim of a zone (35 nm round a box) at 33 kn, out of the box or just
    over the rim, with four reports of five lost: none has a gap in the zone alone
    """
    feed = Feed("weaving")
    for i in range(60):
        north = feed.rng.uniform(41.6, 42.4)
        inside = 133.8 if i % 2 else 134.7
        outside = feed.rng.uniform(134.85, 135.6)
        feed.ship(100 + i, way([(north, inside), (north, outside)] * 60, 33))
    feed.deaf.append(lambda ship, hour, at: feed.rng.random() < 0.8)
    area = os.path.join(TMP, "box.geojson")
    runs.write(area, WATCHED.encode())
    report = yield feed, "-a", area, "-g", "1h"
    for gap in report.gaps:
        report.verdict(gap, "off", "unclear", "unheard", "feed")
        report.reason(gap, "two_ships", False)


@scenario
def jump():
    """heard again 1,000 nm away after 8 h: no ship can; after 20 nm: any can"""
    feed = Feed("jump")
    ship = feed.crowd(50)[5].dark(30, 38)
    near = feed.ships[6].dark(30, 38)
    home = ship.path
    ship.path = lambda hour: home(hour) if hour < 34 else (31.0, 124.5, 10.0, 90.0, 0)
    report = yield feed
    report.verdict(report.one(ship), "identity")
    report.reason(report.one(ship), "jump")
    report.reason(report.one(near), "jump", False)
    report.verdict(report.one(near), "off")


@scenario
def renamed():
    """another name, another IMO number, or neither after the silence"""
    feed = Feed("renamed")
    ships = feed.crowd(50)[5:8]
    for ship in ships:
        ship.statics[0]["imo"] = "9074729"
        ship.dark(30, 39)
    ships[0].renamed(35, name="SIM OTHER")
    ships[1].renamed(35, imo="9000003")
    report = yield feed
    for ship, name, imo in zip(ships, (True, False, False), (False, True, False)):
        report.reason(report.one(ship), "name_changed", name)
        report.reason(report.one(ship), "imo_changed", imo)


@scenario
def forgotten():
    """silent since before what the state keeps: the evidence is gone"""
    feed = Feed("forgotten", days=8)
    ship = feed.crowd(20)[5].dark(20, 1000)
    report = yield feed, "--state", "--keep", "2d"
    gap = report.one(ship)
    report.reason(gap, "forgotten")
    report.none_off([gap])


@scenario
def nobody():
    """one ship's feed: nobody else tells whether it could have been heard"""
    feed = Feed("nobody")
    ship = feed.crowd(1)[0].dark(30, 39)
    report = yield feed
    gap = report.one(ship)
    report.verdict(gap, "unclear", "unheard", "feed")
    report.reason(gap, "nobody_there")


@scenario
def far_crowd():
    """forty are heard, but 100 nm away: nobody was where it fell silent"""
    feed = Feed("far_crowd")
    feed.crowd(40)
    ship = feed.ship(100, wander(feed.rng, (42.9, 43.1, 135.4, 135.6), 72, 8)).dark(30, 39)
    report = yield feed
    report.none_off([report.one(ship)])


@scenario
def slow_after():
    """under way at 12 kn, silent for 30 h, heard again 10 nm on: it has been somewhere"""
    feed = Feed("slow_after", days=4)
    feed.crowd(50)
    there = way([(42.0, 131.4), (42.0, 132.4), (42.0, 132.6), (42.5, 133.0)], 12)
    back = way([(42.0, 132.6), (42.0, 131.4)], 12, 34)
    ship = feed.ship(100, lambda hour: there(hour) if hour < 4 else back(hour)).dark(3.8, 34)
    report = yield feed
    report.reason(report.one(ship), "slow_after")


@scenario
def slow_after_not():
    """the whole way at its speed"""
    feed = Feed("slow_after_not")
    feed.crowd(50)
    ship = feed.ship(100, way([(42.1, 131.2), (42.1, 133.4), (42.5, 134.5)], 10)).dark(1, 9)
    report = yield feed
    report.reason(report.one(ship), "slow_after", False)


# ---------- runs

def run_days(feed, rows, *options):
    """one run for each day into a state; the last one's report"""
    state = os.path.join(TMP, "state")
    for ending in "", ".sent", ".lock":
        if os.path.exists(state + ending):
            os.remove(state + ending)
    out = b""
    for day in by_days(feed, rows):
        out = run("-f", "csv", "--state", state, *options, "-", text=text_of(feed.header(), day)).out
    return out


def laws(name, feed, rows, want):
    """the same report from the same fixes, however they come"""
    rng = random.Random(name)
    shuffled = rows * 2
    rng.shuffle(shuffled)
    parts = [os.path.join(TMP, "part%d" % i) for i in range(3)]
    for i, part in enumerate(parts):
        runs.write(part, text_of(feed.header(), rows[i::3]))
    twice = text_of(feed.header(), shuffled)
    reports = {"in another order, twice over": run("-f", "csv", "-", text=twice).out,
               "in three files": run("-f", "csv", *parts).out,
               "day by day": run_days(feed, rows)}
    for threads in "1", "2", "4":
        reports["with %s threads" % threads] = run(
            "-f", "csv", "-j", threads, "--block-size", "65536", "-", text=text_of(feed.header(), rows)).out
    for how, got in reports.items():
        if got != want:
            differ = sorted(set(got.split(b"\n")) ^ set(want.split(b"\n")))
            fail("%s: %s: another report: %s" % (name, how, b"\n".join(differ[:4]).decode()[:600]))


LAWFUL = ("hole", "station", "convoy", "berth_roundtrip", "gnss", "sat_only_long", "voluntary", "identity",
          "jump", "renamed")


def play(name, show):
    steps = SCENARIOS[name]()
    feed = next(steps)
    options = ()
    if isinstance(feed, tuple):
        feed, options = feed[0], feed[1:]
    rows = feed.rows()
    if options[:1] == ("--state",):
        out = run_days(feed, rows, *options[1:])
    else:
        out = run("-f", "csv", *options, "-", text=text_of(feed.header(), rows)).out
    try:
        steps.send(Report(name, out, show))
    except StopIteration:
        pass
    if name in LAWFUL:
        laws(name, feed, rows, out)


TMP = runs.scratch()


def main():
    names = [a for a in sys.argv[1:] if a != "--show"]
    for name in names or SCENARIOS:
        play(name, "--show" in sys.argv)
    print("%d scenarios, %d failures" % (len(names or SCENARIOS), len(runs.failures)))
    runs.finish()


main()
