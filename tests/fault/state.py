"""A saved state through kills, faults and damage. usage: state.py FAIL_IO.SO [KILLS [SEED]]

Expectations, from DESIGN sections 3 and 6 and issue 4: what stands on the disk is the old state or
the new one, whole; the run after it ends with the state and report that it would have had; who
takes the changes of all runs, each at least once, has the report. A state that is damaged is
refused and not touched.
"""
import fcntl
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "law"))
import runs
from runs import AISGAP, expect, fail, run, table

FAIL_IO = sys.argv[1]
KILLS = int(sys.argv[2]) if len(sys.argv) > 2 else 40
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 1
TMP = runs.scratch()
DIR = os.path.join(TMP, "kept")  # all that a run writes
STATE = os.path.join(DIR, "state")
OUT = os.path.join(DIR, "out.csv")
INPUT = os.path.join(TMP, "in.csv")
MARK = os.path.join(TMP, "mark")

# a state of 300 KB: more than one buffer
HEADER, ROWS = runs.simulate(
    "--seed", 47, "--days", 6, "--vessels", 170, "--inside", 0.9, "--thin", 600,
    "--stations", "dense", "--satellites", 6, "--switch-offs", 60, "--switch-offs-in", "inside",
    "--switch-off-hours", "7:40")
DAYS = runs.by_day(ROWS)
COMMAND = ["--state", STATE, "--changes", "-f", "csv"]


class Step:
    """one run of a chain: what was there before it, and what it must leave"""

    def __init__(self, before, rows):
        self.old = before
        self.input = table(HEADER, rows)
        self.begin()
        self.replay_before = dict(before.replay_after) if before else {}
        replay = self.replay()
        replay.take(run(*COMMAND, "-o", OUT, INPUT).out or runs.read(OUT))
        os.remove(OUT)
        self.replay_after = replay.rows
        self.files = {name: runs.read(os.path.join(DIR, name)) for name in os.listdir(DIR)}
        self.state = self.files["state"]
        self.report = run("report", "-f", "csv", STATE).out
        replay.compare("a run without fault", self.report)

    def begin(self):
        """the files before the run"""
        shutil.rmtree(DIR, ignore_errors=True)
        os.mkdir(DIR)
        runs.write(INPUT, self.input)
        if self.old:
            for name, data in self.old.files.items():
                runs.write(os.path.join(DIR, name), data)

    def replay(self):
        replay = runs.Replay()
        replay.rows = dict(self.replay_before)
        return replay

    def check_state(self, what, report=False):
        """the old one or the new one; True for the new one"""
        data = runs.read(STATE)
        old = self.old.state if self.old else None
        if data not in (old, self.state):
            fail("%s: the state is neither the old one nor the new one" % what)
        elif data is not None and report:
            report = run("report", "-f", "csv", STATE, what=what + ", report").out
            expect(what + ": its report", report == (self.report if data == self.state
                                                     else self.old.report), True)
        return data == self.state

    def check_next(self, what, replay):
        """the next run gets there"""
        done = run(*COMMAND, INPUT, what=what + ", the next run")
        replay.take(done.out)
        if runs.read(STATE) != self.state:
            fail(what + ": the next run leaves another state")
        replay.compare(what, self.report)
        left = sorted(n for n in os.listdir(DIR) if n.endswith(".tmp"))
        expect(what + ": files left by the next run", left, [])


def steps():
    first = Step(None, sum(DAYS[:3], []))
    second = Step(first, sum(DAYS[3:5], []))
    return first, second, Step(second, DAYS[5])


# ---------- kill -9

def seconds(step):
    step.begin()
    began = time.monotonic()
    run(*COMMAND, "-o", OUT, INPUT)
    return time.monotonic() - began


def check_kills(chain):
    rng = random.Random(SEED)
    took = min(seconds(chain[1]) for _ in range(3))
    ends = {"old": 0, "new": 0, "delivered": 0, "done": 0}
    for i in range(KILLS):
        step = chain[i % len(chain)]
        what = "kill %d of seed %d" % (i, SEED)
        to_file = ["-o", OUT] if rng.random() < 0.5 else []
        step.begin()
        child = subprocess.Popen([AISGAP] + COMMAND + to_file + [INPUT], stdout=subprocess.PIPE,
                                 stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0, 1.3 * took))
        child.send_signal(signal.SIGKILL)
        out = child.communicate()[0]
        if to_file:
            out = runs.read(OUT) or b""
            expect(what + ": the file is whole", out[-1:] in (b"", b"\n"), True)
        ends["new" if step.check_state(what, True) else "old"] += 1
        ends["delivered"] += bool(out)
        ends["done"] += child.returncode == 0
        replay = step.replay()
        replay.take(out)
        step.check_next(what, replay)
    print("%d runs killed: %s" % (KILLS, ends), flush=True)
    if KILLS >= 20:
        expect("runs killed before they saved, and after", ends["old"] > 0 and ends["new"] > 0, True)


# ---------- each call in turn

def faulty(how, calls, at, command):
    if os.path.exists(MARK):
        os.remove(MARK)
    env = {"LD_PRELOAD": FAIL_IO, "FAIL_IO_DIR": DIR, "FAIL_IO_AT": str(at), "FAIL_IO_HOW": how,
           "FAIL_IO_CALLS": calls, "FAIL_IO_MARK": MARK,
           "ASAN_OPTIONS": "verify_asan_link_order=0:" + os.environ.get("ASAN_OPTIONS", "")}
    done = run(*command, status=None, env=env)
    done.called = (runs.read(MARK) or b"").decode()
    return done


WRITING = "open write fsync rename close unlink flock fchmod fstat faccessat"


def check_fault(step, how, calls, at):
    """False when the run came to its end before"""
    step.begin()
    done = faulty(how, calls, at, COMMAND + ["-o", OUT, "--ledger", os.path.join(DIR, "ledger"),
                                             INPUT])
    what = "%s of call %d, %s" % (how, at, done.called)
    if not done.called:
        expect(what + ": " + done.err, done.returncode, 0)
        return False
    status = {"kill": (-9,), "part": (0,), "intr": (0,), "short": (1,)}.get(how, (0, 1))
    expect(what + ": its exit status, with '%s'" % done.err, done.returncode in status, True)
    is_new = step.check_state(what)
    out = runs.read(OUT) or b""
    if done.returncode == 0:
        expect(what + ": a run that succeeds has saved and delivered", (is_new, bool(out)),
               (True, True))
    elif done.returncode == 1:
        expect(what + ": says why", done.err.startswith("aisgap: "), True)
    left = [n for n in os.listdir(DIR) if n.endswith(".tmp") or n.startswith(".aisgap")]
    if how != "kill" and done.called != "unlink":
        expect(what + ": files left", left, [])
    replay = step.replay()
    replay.take(out)
    step.check_next(what, replay)
    seen = outcomes.setdefault((how, done.called), {})
    seen[done.returncode] = seen.get(done.returncode, 0) + 1
    return True


outcomes = {}


def check_each(step, how, calls, stride=1):
    at = 1
    while check_fault(step, how, calls, at):
        at += stride
        if at > 400:
            fail("%s: no end of calls" % how)
            break


def check_faults(chain):
    first, second, _ = chain
    check_each(second, "fail", WRITING)
    check_each(second, "kill", WRITING)
    check_each(first, "fail", WRITING)
    for how in "short", "part", "intr":
        check_each(second, how, "write")
    for how in "fail", "part", "intr":
        check_each(second, how, "read", 17)
    for key, seen in sorted(outcomes.items()):
        print("  %-5s %-10s exit status (-9: killed): times  %s" % (key + (seen,)))
    for call in "write", "fsync", "rename", "open":
        expect("%s that fails: runs that failed" % call, 1 in outcomes.get(("fail", call), {}), True)


# ---------- a disk that is full, a directory that may not be written to

def check_full(step):
    """a real one: a file system with room for the old state and half of the new one"""
    small = os.path.join(TMP, "small")
    os.mkdir(small)
    kib = (len(step.old.state) + len(step.old.files["state.sent"]) + len(step.state) // 2) // 1024
    if os.getuid() or subprocess.call(["mount", "-t", "tmpfs", "-o", "size=%dk" % kib, "tmpfs", small],
                                      stderr=subprocess.DEVNULL):
        print("skipped: a full disk (needs root and a tmpfs); the calls above stand for it")
        return
    try:
        state = os.path.join(small, "state")
        for name, data in step.old.files.items():
            runs.write(os.path.join(small, name), data)
        runs.write(INPUT, step.input)
        done = run("--state", state, "--changes", "-f", "csv", INPUT, status=1)
        expect("a full disk: " + done.err, "No space" in done.err, True)
        expect("a full disk: what is printed", done.out, b"")
        expect("a full disk: the files", {n: runs.read(os.path.join(small, n)) for n in
                                          os.listdir(small)} == step.old.files, True)
    finally:
        subprocess.call(["umount", small])


def check_read_only(step):
    """as a user who may not write there; root may, unless it becomes someone else"""
    step.begin()
    files = sorted(os.listdir(DIR))
    command = COMMAND + [INPUT]
    drop = []
    if os.getuid() == 0:
        drop = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        os.chmod(TMP, 0o755)
        if not shutil.which("setpriv") or subprocess.call(drop + ["test", "-x", AISGAP]):
            print("skipped: a read-only directory (needs setpriv, and a build that anyone can read)")
            return
        for name in files:
            os.chown(os.path.join(DIR, name), 65534, 65534)
    os.chmod(DIR, 0o555)
    try:
        for gone in (), ("state.lock",):
            for name in gone:
                os.chmod(DIR, 0o755)
                os.remove(os.path.join(DIR, name))
                os.chmod(DIR, 0o555)
            done = subprocess.run(drop + [AISGAP] + command, capture_output=True, text=True)
            expect("a read-only directory: exit status", done.returncode, 1)
            expect("a read-only directory: says where and why: " + done.stderr,
                   "state" in done.stderr and "ermission denied" in done.stderr, True)
            expect("a read-only directory: what is printed", done.stdout, "")
            expect("a read-only directory: the state", runs.read(STATE) == step.old.state, True)
            expect("a read-only directory: files", sorted(os.listdir(DIR)),
                   [n for n in files if n not in gone])
            report = subprocess.run(drop + [AISGAP, "report", "-f", "csv", STATE],
                                    capture_output=True)
            expect("a read-only directory: report", report.stdout == step.old.report, True)
    finally:
        os.chmod(DIR, 0o755)


# ---------- two runs at once

def is_locked():
    with open(STATE + ".lock", "rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def wait_until(what, condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            fail("%s: not within %d s" % (what, seconds))
            return
        time.sleep(0.02)


def check_two(step):
    step.begin()
    half = len(step.input) // 2
    held = subprocess.Popen([AISGAP] + COMMAND + ["-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    held.stdin.write(step.input[:half])
    held.stdin.flush()
    wait_until("a run takes the lock", is_locked)
    done = run(*COMMAND, INPUT, status=1)
    expect("a second run names --wait: " + done.err, "--wait" in done.err, True)
    expect("a second run prints", done.out, b"")
    run("merge", "-o", STATE, STATE, status=1)
    expect("a report meanwhile is the old one", run("report", "-f", "csv", STATE).out == step.old.report,
           True)
    waits = subprocess.Popen([AISGAP] + COMMAND + ["--wait", INPUT], stdout=subprocess.PIPE)
    time.sleep(0.5)
    expect("a run with --wait waits", waits.poll(), None)
    replay = step.replay()
    replay.take(held.communicate(step.input[half:])[0])
    replay.take(waits.communicate(timeout=60)[0])
    expect("both runs: exit status", (held.returncode, waits.returncode), (0, 0))
    expect("both runs: the state", runs.read(STATE) == step.state, True)
    replay.compare("both runs", step.report)

    step.begin()
    rows = step.input.split(b"\n")[1:-1]
    parts = [os.path.join(TMP, "part%d.csv" % i) for i in range(6)]
    for i, part in enumerate(parts):
        runs.write(part, table(HEADER, rows[i::6]))
    many = [subprocess.Popen([AISGAP] + COMMAND + ["--wait", "-o", "/dev/null", part])
            for part in parts]
    expect("six runs at once: exit status", [child.wait(60) for child in many], [0] * 6)
    expect("six runs at once: the state", runs.read(STATE) == step.state, True)


# ---------- damage

def refused(what, path, command, word=None):
    before = runs.read(path)
    others = {n: runs.read(os.path.join(DIR, n)) for n in os.listdir(DIR)}
    done = run(*command, status=1, what=what)
    expect(what + ": prints", done.out, b"")
    expect(what + ": says which file: " + done.err, path in done.err, True)
    if word:
        expect(what + ": says: " + done.err, word in done.err, True)
    expect(what + ": the file", runs.read(path) == before, True)
    now = {n: runs.read(os.path.join(DIR, n)) for n in os.listdir(DIR)}
    changed = [n for n in sorted(set(now) | set(others)) if now.get(n) != others.get(n)]
    expect(what + ": files that changed", [n for n in changed if not n.endswith(".lock")], [])


def damage(rng, data):
    kind = rng.random()
    if kind < 0.6:
        at = rng.choice([rng.randrange(len(data)), rng.randrange(64), len(data) - 1 - rng.randrange(64)])
        return data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1:]
    if kind < 0.8:
        return data[:rng.choice([rng.randrange(len(data)), len(data) - 1 - rng.randrange(16)])]
    if kind < 0.9:
        return data + bytes([rng.randrange(256)])
    a, b = sorted(rng.sample(range(len(data)), 2))
    return data[:a] + data[b:]


def check_damage(step):
    rng = random.Random(SEED)
    step.begin()
    sent = STATE + ".sent"
    good = {path: runs.read(path) for path in (STATE, sent)}
    detect, report = COMMAND + [INPUT], ["report", STATE]
    merge = ["merge", "-o", os.path.join(DIR, "merged"), STATE]
    for i in range(36):
        runs.write(STATE, damage(rng, good[STATE]))
        refused("damaged state %d" % i, STATE, [detect, report, merge][i % 3])
    newer = bytearray(good[STATE])
    newer[8] += 1
    for what, data, word in ("empty", b"", None), ("foreign", step.input, None), \
                            ("newer", bytes(newer), "newer"), ("zeros", bytes(5000), None), \
                            ("delivered list", good[sent], None):
        runs.write(STATE, data)
        refused(what + " state", STATE, detect, word)
        refused(what + " state, report", STATE, report, word)
    runs.write(STATE, good[STATE])
    for i in range(12):
        runs.write(sent, damage(rng, good[sent]))
        refused("damaged list %d" % i, sent, detect)
    runs.write(sent, good[sent])
    step.check_next("after all damage", step.replay())


# ---------- names and modes

def check_names(step):
    step.begin()
    link = os.path.join(TMP, "link")
    os.symlink(STATE, link)
    os.chmod(STATE, 0o640)
    os.remove(STATE + ".sent")
    mask = os.umask(0)
    run("--state", link, "--changes", "-o", "/dev/null", "-f", "csv", INPUT)
    os.umask(mask)
    expect("a link stays one", os.readlink(link), STATE)
    expect("a state by a link", runs.read(STATE) == step.state, True)
    expect("files beside the link", [n for n in os.listdir(TMP) if n.startswith("link")], ["link"])
    modes = {n: stat.S_IMODE(os.stat(os.path.join(DIR, n)).st_mode) for n in os.listdir(DIR)}
    expect("modes: the state's is kept", oct(modes["state"]), oct(0o640))
    expect("modes: a new file's", oct(modes["state.sent"]), oct(0o600))
    expect("files", sorted(modes), ["state", "state.lock", "state.sent"])
    run("--state", DIR, INPUT, status=1)
    run("--state", "/dev/null", INPUT, status=1)
    run("--state", os.path.join(TMP, "none", "state"), INPUT, status=1)
    # an input that is no feed changes nothing
    step.begin()
    for text in b"", HEADER + b"\n", b"hello\n" * 100:
        run(*COMMAND, "-", text=text, status=3)
        expect("no feed: the files", {n: runs.read(os.path.join(DIR, n)) for n in os.listdir(DIR)} ==
               step.old.files, True)
    # nor does a report that nobody reads: its changes come again
    child = subprocess.Popen([AISGAP] + COMMAND + [INPUT], stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL)
    child.stdout.close()
    expect("a reader that is gone: exit status", child.wait(60), 1)
    step.check_next("a reader that is gone", step.replay())


CHAIN = steps()
print("states of %s bytes" % [len(step.state) for step in CHAIN], flush=True)
check_kills(CHAIN)
check_faults(CHAIN)
check_full(CHAIN[1])
check_read_only(CHAIN[2])
check_two(CHAIN[1])
check_damage(CHAIN[1])
check_names(CHAIN[1])
runs.finish()
