"""A live feed against batch runs on the same rows. usage: follow.py [RESTARTS [SEED]]

Expectations: a change shows once the feed's own clock has passed a minute, so at any moment the replay
of all changes is the report of a batch run on the rows up to some row of the last minutes; at the
end it is the report on all rows, and the state is that of one run. A feed that is silent opens nothing:
no wall clock is asked.
"""
import datetime
import fcntl
import os
import random
import signal
import struct
import subprocess
import sys
import termios
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "law"))
import runs
from runs import AISGAP, expect, fail, run, table

RESTARTS = int(sys.argv[1]) if len(sys.argv) > 1 else 10
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 1
TMP = runs.scratch()
HEADER, ROWS = runs.simulate(
    "--seed", 59, "--days", 10, "--vessels", 60, "--inside", 0.9, "--thin", 900, "--class-b", 20,
    "--satellites", 3, "--switch-offs", 40, "--switch-offs-in", "inside", "--switch-off-hours", "7:60",
    "--duplicates", 3, "--disorder", 5, "--future", 2)


def path(name):
    return os.path.join(TMP, name)


class Feed:
    """a run with --follow, fed through a pipe"""
    count = 0

    def __init__(self, *options, form="ndjson"):
        Feed.count += 1
        self.form = form
        self.name = path("out%d" % Feed.count)
        with open(self.name, "wb") as out:
            # a sanitizer would keep what was freed, 256 MB of it
            kept = dict(os.environ, ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1")
            self.child = subprocess.Popen([AISGAP, "--follow", "-f", form, *options], bufsize=0, env=kept,
                                          stdin=subprocess.PIPE, stdout=out, stderr=subprocess.PIPE)
        self.pid = self.child.pid
        self.head = False
        self.settled = False

    def send(self, rows):
        if not self.head:
            self.child.stdin.write(HEADER + b"\n")
        self.head = True
        data = b"".join(row + b"\n" for row in rows)
        while data:
            data = data[self.child.stdin.write(data):]

    def used(self):
        """processor time, in ticks, and whether it waits"""
        fields = open("/proc/%d/stat" % self.pid).read().rsplit(")", 1)[1].split()
        return fields[0], int(fields[11]) + int(fields[12])

    def drain(self, seconds=120):
        """
        Until it has read and done all that was sent: it waits, and goes on waiting. The first time
        for longer than a second, which it gives the head of a feed to come.
        """
        long = 8 if self.settled else 28
        self.settled = True
        end = time.monotonic() + seconds
        still = 0
        before = None
        while still < long:
            waiting = struct.unpack("i", fcntl.ioctl(self.child.stdin, termios.FIONREAD, b"\0" * 4))[0]
            now = self.used()
            still = still + 1 if not waiting and now == before and now[0] == "S" else 0
            before = now
            if time.monotonic() > end:
                fail("a feed is not read to its end within %d s" % seconds)
                return
            time.sleep(0.05)

    def memory_kib(self):
        for line in open("/proc/%d/status" % self.pid):
            if line.startswith("VmHWM"):
                return int(line.split()[1])

    def out(self):
        return runs.read(self.name)

    def end(self, how=None, status=0):
        """the feed ends, or a signal ends the run; all that it wrote"""
        if how:
            self.child.send_signal(how)
        err = self.child.communicate(timeout=120)[1].decode()
        expect("exit status after %s: %s" % (how or "the feed's end", err), self.child.returncode,
               status)
        return self.out()


def forget(name):
    for ending in "", ".lock", ".sent":
        if os.path.exists(path(name) + ending):
            os.remove(path(name) + ending)


def batch(rows, form, keep):
    """(report, state) of one run"""
    forget("batch")
    report = run("--state", path("batch"), "--keep", keep, "-f", form, "-", text=table(HEADER, rows)).out
    return report, runs.read(path("batch"))


def check_midway(what, feed, end, form, keep):
    """the changes so far, against batch runs on the rows up to one of the last"""
    replay = runs.Replay(form)
    replay.take(feed.out())
    for last in range(end, end - 60, -1):
        if replay.rows == runs.rows_of(batch(ROWS[:last], form, keep)[0], form):
            return
    replay.compare("%s, after %d rows" % (what, end), batch(ROWS[:end], form, keep)[0])


def check_whole(keep, form):
    """ten days through a pipe; memory after a third and at the end"""
    what = "ten days, --keep %s, %s" % (keep, form)
    forget("live")
    feed = Feed("--state", path("live"), "--keep", keep, "-", form=form)
    began = time.monotonic()
    third = len(ROWS) // 3
    feed.send(ROWS[:third])
    feed.drain()
    early = feed.memory_kib()
    check_midway(what, feed, third, form, keep)
    feed.send(ROWS[third:2 * third])
    feed.drain()
    check_midway(what, feed, 2 * third, form, keep)
    feed.send(ROWS[2 * third:])
    feed.drain()
    late = feed.memory_kib()
    if keep == "2d" and late > early * 1.1 + 1024:
        fail("%s: %d KiB after a third, %d at the end" % (what, early, late))
    seen = len(feed.out())
    time.sleep(1.5)
    expect(what + ": what a silent feed adds", len(feed.out()) - seen, 0)
    replay = runs.Replay(form)
    replay.take(feed.end())
    report, state = batch(ROWS, form, keep)
    replay.compare(what, report)
    expect(what + ": the state is that of a batch run", runs.read(path("live")) == state, True)
    print("%s: %d rows, %s, %d and %d KiB, %.1f s" % (what, len(replay.rows), dict(replay.kinds), early,
                                                      late, time.monotonic() - began), flush=True)


def check_restarts():
    """
    Ended ten times, every other time by kill -9 at any moment; what comes then overlaps. After a kill
    the feed begins again where the state was saved, and no row is lost.
    """
    rng = random.Random(SEED)
    replay = runs.Replay()
    forget("live")
    cuts = sorted(rng.sample(range(2000, len(ROWS)), RESTARTS)) + [len(ROWS)]
    saved = 0
    for i, cut in enumerate(cuts):
        feed = Feed("--state", path("live"), "--keep", "5d", form="csv")
        feed.send(ROWS[max(0, saved - 300):cut])
        if i == RESTARTS:
            replay.take(feed.end())
        elif i % 2:
            feed.drain()
            replay.take(feed.end(signal.SIGTERM if i % 4 == 1 else signal.SIGINT))
            saved = cut
        else:
            time.sleep(rng.uniform(0, 0.2))
            replay.take(feed.end(signal.SIGKILL, -9))
    report, state = batch(ROWS, "csv", "5d")
    replay.compare("%d restarts" % RESTARTS, report)
    expect("%d restarts: the state is that of a batch run" % RESTARTS, runs.read(path("live")) == state,
           True)
    again = run("--state", path("live"), "--keep", "5d", "--changes", "-f", "csv", "-",
                text=table(HEADER, ROWS[-100:])).out
    expect("a batch run that goes on: changes", runs.changes_of(again, "csv"), [])
    print("%d restarts: %s" % (RESTARTS, dict(replay.kinds)), flush=True)


# ---------- a small feed at a pace

START = datetime.datetime(2025, 3, 1)
SHIP = b"273998987"


def small(first, last, ships=range(12), lat=42.8):
    """rows of ships that report every ten minutes, in [first, last) minutes"""
    return [b"%d,%s,%.2f,131.90" % (273998976 + ship, (START + datetime.timedelta(
        minutes=minute, seconds=ship)).isoformat().encode(), lat)
            for minute in range(first, last, 10) for ship in ships]


def pieces(feed, rows):
    for i in range(0, len(rows), 3):
        feed.send(rows[i:i + 3])
        time.sleep(0.004)


def wait_for(what, feed, rows, seconds=4):
    end = time.monotonic() + seconds
    while len(runs.changes_of(feed.out(), feed.form)) < rows:
        if time.monotonic() > end:
            fail("%s: not within %d s" % (what, seconds))
            return
        time.sleep(0.05)


JUDGED = (b"verdict", b"confidence", b"reasons", b"likelihood_ratio", b"p_silent_if_on", b"others_heard",
          b"others_silent")


def facts(feed, row):
    """a row without the columns that judge it"""
    names = feed.out().split(b"\n", 1)[0].split(b",")[2:]
    values = row.split(b",")
    expect("columns of a row", len(values), len(names))
    return [value for name, value in zip(names, values) if name not in JUDGED]


def check_pace():
    """
    Ship 11 is silent from 01:00 to 09:00; the changes come while the feed goes on. An open gap is
    judged anew some hours after off (judge/evidence.c, STEPS_H): that revises what is thought of it
    and no fact.
    """
    global HEADER
    HEADER = b"MMSI,BaseDateTime,LAT,LON"
    others = range(11)
    form = "csv"
    feed = Feed("-", form=form)
    pieces(feed, small(0, 60) + small(60, 7 * 60 - 10, others))
    feed.drain()
    expect("before 6 h have passed", runs.lines(feed.out(), form), [])
    pieces(feed, small(7 * 60 - 10, 7 * 60 + 20, others))
    wait_for("opened", feed, 1)
    time.sleep(1.5)
    got = runs.changes_of(feed.out(), form)
    expect("after 6 h", [(kind, SHIP in row) for kind, _, row in got], [("opened", True)])
    opened = facts(feed, got[0][2])
    pieces(feed, small(7 * 60 + 20, 9 * 60, others))
    feed.drain()
    got = runs.changes_of(feed.out(), form)[1:]
    expect("while it is silent", [(kind, facts(feed, row)) for kind, _, row in got],
           [("revised", opened)] * min(len(got), 1))
    pieces(feed, small(9 * 60, 9 * 60 + 30))
    wait_for("closed", feed, 2 + len(got))
    feed.drain()
    got = runs.changes_of(feed.out(), form)[1 + len(got):]
    expect("after it came back", [(kind, SHIP in row) for kind, _, row in got], [("closed", True)])
    feed.end()


def check_signals():
    for how in signal.SIGTERM, signal.SIGINT:
        forget("live")
        feed = Feed("--state", path("live"), "-", form="csv")
        feed.send(small(0, 120))
        feed.drain()
        began = time.monotonic()
        feed.end(how)
        expect("seconds until a signal is heard: few", time.monotonic() - began < 2.5, True)
        before = runs.read(path("live"))
        expect("saved at a signal", run("report", path("live"), status=0).out.count(b"\n"), 1)
        feed = Feed("--state", path("live"), "-", form="csv")  # nothing comes at all
        time.sleep(1)
        expect("nothing came: output", feed.end(how), b"")
        expect("nothing came: the state", runs.read(path("live")) == before, True)
    forget("live")
    text = table(HEADER, small(0, 60))
    run("--follow", "--state", path("live"), "--as-of", "2025-03-01", "-", text=text, status=2)
    run("--follow", "--state", path("live"), "-", "-", text=text, status=2)
    run("--follow", "--state", path("live"), "-f", "json", "-", text=text, status=2)
    expect("an empty feed", run("--follow", "-", text=b"", status=3).out, b"")
    expect("no feed", run("--follow", "-", text=b"hello\n" * 100, status=3).out, b"")


def check_lost():
    """
    A late report takes a gap back, and the run is killed before it saves; the late report never comes
    again. The gap is there again, and so it must come again to who took it out.
    """
    replay = runs.Replay()
    others = range(11)
    forget("live")
    feed = Feed("--state", path("live"), "-", form="csv")
    feed.send(small(0, 60) + small(60, 8 * 60, others))
    feed.drain()
    replay.take(feed.end(signal.SIGTERM))
    expect("lost: a gap", len(replay.rows), 1)
    feed = Feed("--state", path("live"), "-", form="csv")
    feed.send(small(4 * 60, 4 * 60 + 10, [11]) + small(8 * 60, 8 * 60 + 30, others))
    feed.drain()
    replay.take(feed.end(signal.SIGKILL, -9))
    expect("lost: taken back", len(replay.rows), 0)
    feed = Feed("--state", path("live"), "-", form="csv")
    feed.send(small(8 * 60 + 30, 9 * 60, others))
    replay.take(feed.end())
    replay.compare("what was lost with a kill", run("report", path("live")).out)


check_whole("400d", "csv")
check_whole("2d", "ndjson")
check_restarts()
check_pace()
check_signals()
check_lost()
runs.finish()
