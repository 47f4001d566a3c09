"""--post against a server that fails (server.py). usage: post.py [SECONDS OF A LATE ANSWER]

Expectations, from issue 4 and DESIGN section 3: each change arrives at least once and in order,
under a key that stands for its bytes; what could not be delivered stays due and goes first in the
next run. So who takes the bodies as they arrive, each key once, has the report.
"""
import atexit
import json
import os
import re
import stat
import subprocess
import sys
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "law"))
import runs
from runs import expect, fail, run, table

LATE = sys.argv[1] if len(sys.argv) > 1 else "2"
HERE = os.path.dirname(os.path.abspath(__file__))
TMP = runs.scratch()
STATE = os.path.join(TMP, "state")
DUE = STATE + ".due"
SECRET = "the-secret-of-the-test"
TYPES = {"ndjson": "application/x-ndjson", "json": "application/json"}
HEADER, ROWS = runs.simulate(
    "--seed", 53, "--days", 8, "--vessels", 40, "--inside", 0.9, "--thin", 3600, "--satellites", 2,
    "--switch-offs", 30, "--switch-offs-in", "inside", "--switch-off-hours", "7:60")
DAYS = runs.by_day(ROWS)


def serve():
    server = subprocess.Popen([sys.executable, "-B", os.path.join(HERE, "server.py")],
                              stdout=subprocess.PIPE)
    atexit.register(server.kill)
    return "http://127.0.0.1:%d" % int(server.stdout.readline())


BASE = serve()


def fetch(path):
    with urllib.request.urlopen(BASE + path, timeout=30) as answer:
        return answer.read()


def arrived(where):
    """[(key, type, body)] in order of arrival"""
    data = fetch("/got?" + where)
    found = []
    while data:
        head, data = data.split(b"\n", 1)
        method, key, kind, length = head.decode().split(" ")
        expect(where + ": method", method, "POST")
        expect(where + ": a key", re.fullmatch(r'"?[0-9a-f]{32}"?', key) is not None, True)
        found.append((key, kind, data[:int(length)]))
        data = data[int(length) + 1:]
    return found


def forget():
    for name in os.listdir(TMP):
        os.remove(os.path.join(TMP, name))


def post(day, where, form="ndjson", status=0, base=BASE, more=(), env=None):
    return run("--state", STATE, "--changes", "--post", base + where, "-f", form, *more, "-",
               text=table(HEADER, DAYS[day]), status=status, what="day %d to %s" % (day, where), env=env)


def bodies(what, posts, form="ndjson"):
    """what a reader keeps: the first of each key; the others must be the same bytes"""
    by_key = {}
    for key, kind, body in posts:
        expect(what + ": type", kind.split(";")[0], TYPES[form])
        if by_key.setdefault(key, body) != body:
            fail("%s: two bodies have the key %s" % (what, key))
    return list(by_key.values())


def as_lines(body, form):
    """a JSON document as the lines that it would be"""
    if form == "ndjson":
        return body
    gaps = json.loads(body)
    gaps = gaps if isinstance(gaps, list) else gaps["gaps"]
    return b"".join(json.dumps(gap, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
                    for gap in gaps)


def compare(what, posts, form="ndjson"):
    """in the order of arrival, with the report; duplicates replayed too"""
    report = run("report", "-f", "ndjson", STATE).out
    for name, some in ("each key once", bodies(what, posts, form)), ("all", [p[2] for p in posts]):
        replay = runs.Replay("ndjson")
        for body in some:
            replay.take(as_lines(body, form))
        if form == "ndjson":
            replay.compare("%s, %s" % (what, name), report)
        else:
            got = sorted(json.dumps(json.loads(row), sort_keys=True) for row in replay.rows.values())
            want = sorted(json.dumps(json.loads(row), sort_keys=True)
                          for row in runs.lines(report, "ndjson"))
            expect("%s, %s: records" % (what, name), got == want, True)


def plain():
    """the bodies of a server without fault, one for each day"""
    forget()
    for day in range(len(DAYS)):
        post(day, "/post/fine/plain")
    got = [body for _, _, body in arrived("/post/fine/plain")]
    compare("a server without fault", arrived("/post/fine/plain"))
    expect("a server without fault: bodies", len(got), len(DAYS))
    return got


def check_faults(want):
    """each goes through within one run"""
    for how in "flaky", "lost", "halfhead", "resets", "busy/503/2", "wait/429/1/1", "noise", \
               "late/0.2":
        forget()
        where = "/post/%s/faults" % how
        days = range(2)
        for day in days:
            post(day, where)
        posts = arrived(where)
        expect(how + ": bodies, in order", bodies(how, posts) == want[:2], True)
        if how in ("flaky", "lost", "halfhead", "busy/503/2"):
            expect(how + ": was tried again", len(posts) > 2, True)
        compare(how, posts)
        expect(how + ": what is due", os.path.exists(DUE), False)
    forget()
    where = "/post/latefirst/%s/late" % LATE
    post(0, where)
    expect("an answer after %s s" % LATE, bodies("late", arrived(where)), want[:1])


def check_due(want):
    """days that cannot be delivered go first, oldest first, when the server is back"""
    forget()
    bad, good = "/post/status/404/due", "/post/fine/due"
    report = os.path.join(TMP, "report")
    for day in 0, 1, 2:
        done = post(day, bad, status=1)
        expect("undelivered: says so: " + done.err, "due" in done.err, True)
        expect("undelivered: exit and state", os.path.exists(STATE), True)
    expect("undelivered: kept in a file of mode", oct(stat.S_IMODE(os.stat(DUE).st_mode)), "0o600")
    # a run without --post keeps them; nothing new is added by the same day once more
    run("--state", STATE, "-o", report, "-f", "csv", "-", text=table(HEADER, DAYS[2]))
    post(2, bad, status=1)
    expect("undelivered: what the server saw, oldest first",
           [body == want[0] for _, _, body in arrived(bad)], [True] * 4)
    post(3, good)
    expect("delivered at last: in order", [body for _, _, body in arrived(good)] == want[:4], True)
    expect("delivered at last: what is due", os.path.exists(DUE), False)
    keys = {body: key for key, _, body in arrived("/post/fine/plain")}
    expect("the key is that of the same body elsewhere",
           [keys[body] == key for key, _, body in arrived(good)], [True] * 4)
    post(3, good)
    expect("nothing new: nothing is sent", len(arrived(good)), 4)

    # the second of three fails: the first is not sent again
    forget()
    for day in 0, 1, 2:
        post(day, bad + "2", status=1)
    post(3, "/post/cutbody/due3", status=None)
    seen = len(bodies("cut", arrived("/post/cutbody/due3")))
    post(4, "/post/flaky/due4")
    posts = arrived("/post/cutbody/due3") + arrived("/post/flaky/due4")
    expect("a server that dies in its answers: in order", bodies("cut, then flaky", posts) == want[:5],
           True)
    expect("a server that dies in its answers: bodies it got", seen >= 1, True)
    compare("cut, then flaky", posts)


def check_nobody():
    """no server at all; then one"""
    forget()
    done = post(0, "/post/fine/none", status=1, base="http://127.0.0.1:9")
    expect("nobody there: says due: " + done.err, "due" in done.err, True)
    post(1, "/post/fine/none")
    compare("nobody there, then somebody", arrived("/post/fine/none"))


def check_json():
    forget()
    where = "/post/flaky/json"
    for day in 0, 1, 2:
        post(day, where, form="json")
    compare("json", arrived(where), "json")
    done = run("--post", BASE + "/post/fine/kml", "-f", "csv", "-", text=table(HEADER, DAYS[0]), status=2)
    expect("csv is not posted: " + done.err, "--post" in done.err, True)
    # without a state: the whole report, once
    run("--post", BASE + "/post/fine/whole", "-f", "ndjson", "-", text=table(HEADER, DAYS[0]))
    ((_, _, body),) = arrived("/post/fine/whole")
    expect("without a state", body == run("-f", "ndjson", "-", text=table(HEADER, DAYS[0])).out, True)
    run("--post", BASE + "/post/status/404/x", "-f", "ndjson", "-", text=table(HEADER, DAYS[0]),
        status=1)


def check_secret():
    """header lines from a file or the environment reach the server, and nothing else shows them"""
    forget()
    where = "/post/fine/secret"
    header = os.path.join(TMP, "header")
    runs.write(header, b"X-Key: " + SECRET.encode() + b"\n")
    told = post(0, where, more=["--post-header-file", header, "-v"])
    told.err += post(1, where, env={"AISGAP_POST_HEADERS": "X-Key: " + SECRET}, more=["-v"]).err
    told.err += post(2, "/post/status/403/secret", more=["--post-header-file", header, "-v"],
                     status=1).err
    os.remove(header)
    expect("the secret is in no message", SECRET in told.err, False)
    expect("... nor in a file", [n for n in os.listdir(TMP)
                                 if SECRET.encode() in runs.read(os.path.join(TMP, n))], [])
    expect("... but reached the server", fetch("/seen?/post/").decode("latin-1").count(SECRET), 3)


def check_killed(want):
    """killed while the server makes it wait: the body is due, and goes with the same key"""
    forget()
    where = "/post/unread/killed"
    child = subprocess.Popen([runs.AISGAP, "--state", STATE, "--changes", "--post", BASE + where,
                              "-f", "ndjson", "-"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    child.stdin.write(table(HEADER, DAYS[0]))
    child.stdin.close()
    try:
        child.wait(1.5)
        fail("a run ended whose server does not read")
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    expect("killed while it waits: the body is due", os.path.exists(DUE), True)
    post(1, "/post/fine/killed")
    expect("killed while it waits: in order",
           [body for _, _, body in arrived("/post/fine/killed")] == want[:2], True)


WANT = plain()
check_faults(WANT)
check_due(WANT)
check_nobody()
check_json()
check_secret()
check_killed(WANT)
runs.finish()
