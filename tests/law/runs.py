"""What the tests of saved states share: runs of aisgap, the replay of changes, simulated feeds.

A report replays as a map by gap_id (DESIGN 3, "Changes"): opened, closed, revised and included put
the row and drop former_gap_id; retracted, expired and excluded drop gap_id. Rows are compared byte
for byte, without the two columns that only changes have.
"""
import atexit
import collections
import os
import re
import shutil
import subprocess
import sys
import tempfile

PUT = ("opened", "closed", "revised", "included")
DROP = ("retracted", "expired", "excluded")

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.path.abspath(os.environ.get("BUILD", "build"))
AISGAP = os.path.join(BUILD, "aisgap")
failures = []


def scratch():
    """a directory that is gone when the test ends"""
    path = tempfile.mkdtemp(prefix="aisgap-test-")
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def fail(text):
    failures.append(text)
    print("FAILED: " + text[:2000], flush=True)


def expect(what, got, want):
    if got != want:
        fail("%s: %s, not %s" % (what, str(got)[:400], str(want)[:400]))
    return got == want


def finish():
    sys.exit(1 if failures else 0)


def read(path):
    """the bytes of a file, None where there is none"""
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def run(*arguments, text=None, status=0, what=None, env=None):
    """one run, whose exit status must be `status` (None: any); with .out and .err as bytes"""
    command = [AISGAP] + list(arguments)
    done = subprocess.run(command, input=text, capture_output=True, timeout=100,
                          stdin=subprocess.DEVNULL if text is None else None,
                          env=dict(os.environ, **env) if env else None)
    done.out, done.err = done.stdout, done.stderr.decode(errors="replace")
    if status is not None and done.returncode != status:
        fail("%s: exit status %d, not %d: %s" % (what or " ".join(command[1:]), done.returncode,
                                                 status, done.err.strip()))
    return done


# ---------- reports and changes

JSON_HEAD = re.compile(rb'^\{"change":"([a-z]+)",(?:"former_gap_id":(?:null|"([0-9a-f]*)"),)?')
JSON_ID = re.compile(rb'"gap_id":"([0-9a-f]{32})"')


def lines(data, form):
    """the whole records of a report or of changes; what a killed run began and did not end is none"""
    got = data.split(b"\n")[:-1]
    return got[1:] if form == "csv" else got


def gap_id(row, form):
    return row[:32] if form == "csv" else JSON_ID.search(row).group(1)


def rows_of(report, form):
    """{gap_id: row}"""
    rows = lines(report, form)
    found = {gap_id(row, form): row for row in rows}
    if len(found) != len(rows):
        fail("a report with %d rows has %d ids" % (len(rows), len(found)))
    return found


def changes_of(data, form):
    """[(kind, former gap_id or empty, row)]"""
    found = []
    if form == "csv" and data and not data.startswith(b"change,former_gap_id,gap_id,"):
        fail("changes begin with %s" % data[:100])
    for line in lines(data, form):
        if form == "csv":
            kind, former, row = line.split(b",", 2)
        else:
            match = JSON_HEAD.match(line)
            if not match:
                fail("no change: %s" % line[:200])
                continue
            kind, former, row = match.group(1), match.group(2) or b"", b"{" + line[match.end():]
        found.append((kind.decode(), former, row))
    return found


class Replay:
    """who reads the changes"""

    def __init__(self, form="csv"):
        self.form = form
        self.rows = {}
        self.kinds = collections.Counter()

    def take(self, data):
        changes = changes_of(data, self.form)
        for kind, former, row in changes:
            self.kinds[kind] += 1
            if kind in PUT:
                self.rows.pop(former, None)
                self.rows[gap_id(row, self.form)] = row
            elif kind in DROP:
                self.rows.pop(gap_id(row, self.form), None)
            else:
                fail("a change '%s'" % kind)
        return changes

    def compare(self, what, report):
        """with a report of the same format"""
        want = rows_of(report, self.form)
        if self.rows == want:
            return True
        wrong = [i for i in sorted(set(want) | set(self.rows))
                 if want.get(i) != self.rows.get(i)]
        fail("%s: the replay has %d rows, the report %d; %d differ, the first is\n  %s\nnot\n  %s" %
             (what, len(self.rows), len(want), len(wrong), self.rows.get(wrong[0]),
              want.get(wrong[0])))
        return False


# ---------- feeds

def simulate(*options):
    """(header, rows) of simulated reports, NOAA's layout, in the order of arrival"""
    done = subprocess.run([os.path.join(BUILD, "aissim")] + [str(o) for o in options],
                          stdout=subprocess.PIPE, check=True)
    rows = done.stdout.split(b"\n")
    return rows[0], rows[1:-1]


def day_of(row):
    return row.split(b",", 2)[1][:10]


def arrivals(rows):
    """(day, row) of each: a row comes with its neighbours, whatever its clock says"""
    day = b""
    for row in rows:
        if day <= day_of(row) < b"2030":
            day = day_of(row)
        yield day, row


def by_day(rows):
    """the rows in lists by day of arrival"""
    days = collections.OrderedDict()
    for day, row in arrivals(rows):
        days.setdefault(day, []).append(row)
    return list(days.values())


def table(header, rows):
    return b"\n".join([header] + rows) + b"\n"
