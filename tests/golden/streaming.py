"""Inputs that are still being written. usage: streaming.py AISGAP SCRATCH

Half of an export goes into a pipe, and the rest only when the program has taken all of that half: it
would wait for ever if it wanted the end first. The half is many times what pipes and blocks hold (1 MiB
and 128 KiB). What detect holds of it by then must be less than half its bytes, and decode must have
printed most of it; each report is that of the same input as a file. Expectations: what streaming means.
"""
import datetime
import gzip
import os
import select
import subprocess
import sys
import threading
import time

AISGAP, SCRATCH = sys.argv[1:]
ROWS = 450000
PATIENCE_S = 120
failures = []
# sanitizers keep freed memory for a while: its size then says nothing
SANITIZED = b"__asan_init" in open(AISGAP, "rb").read()


def fail(*words):
    failures.append(" ".join(str(word) for word in words))


def reports():
    """20 ships, half a second apart; one of them is silent for a day in the middle"""
    t = datetime.datetime(2025, 3, 1)
    for i in range(ROWS):
        if i == ROWS // 2:
            t += datetime.timedelta(days=1)
        now = t + datetime.timedelta(seconds=i // 2)
        yield 273998980 + i % 20, now.isoformat() + "Z", 43 + i % 1000 / 1e4, i % 20


def as_csv():
    return "mmsi,time,lat,lon,sog\n" + "".join("%d,%s,%.4f,132,%d\n" % r for r in reports())


def as_lines():
    return "".join('{"mmsi":%d,"time":"%s","lat":%.4f,"lon":132,"sog":%d}\n' % r for r in reports())


def as_array():
    return "[" + as_lines().rstrip().replace("\n", ",\n") + "]"


class Reader(threading.Thread):
    """drains a pipe, and knows how much came"""

    def __init__(self, pipe):
        super().__init__(daemon=True)
        self.pipe = pipe
        self.pieces = []
        self.size = 0
        self.start()

    def run(self):
        while piece := os.read(self.pipe.fileno(), 1 << 20):
            self.pieces.append(piece)
            self.size += len(piece)


def open_fifo(path, process):
    """for writing, once the program has opened it; it blocks nowhere"""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and process.poll() is None:
        try:
            return os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.01)
    return -1


def send(fd, data):
    """the number of bytes that were taken"""
    done = 0
    end = time.monotonic() + PATIENCE_S
    while done < len(data) and time.monotonic() < end:
        if not select.select([], [fd], [], 1)[1]:
            continue
        try:
            done += os.write(fd, data[done:done + (1 << 16)])
        except BrokenPipeError:
            break
    return done


def peak_bytes(pid):
    """the most memory that it ever held"""
    for line in open("/proc/%d/status" % pid):
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def check_printed(name, reader, least):
    """waits until so much came out"""
    end = time.monotonic() + PATIENCE_S
    while reader.size < least and time.monotonic() < end:
        time.sleep(0.02)
    if reader.size < least:
        fail(name, "printed", reader.size, "bytes before the end, less than", least)


def check(name, command, data, size):
    """size: of the whole input, unpacked"""
    fifo, plain = (os.path.join(SCRATCH, n) for n in ("stream.fifo", "stream.file"))
    with open(plain, "wb") as file:
        file.write(data)
    want = subprocess.run(command + [plain], capture_output=True, check=True).stdout
    if want.count(b"\n") < 20:
        fail(name, "reports too little to tell anything")
    os.mkfifo(fifo)
    process = subprocess.Popen(command + [fifo], stdout=subprocess.PIPE)
    reader = Reader(process.stdout)
    fd = open_fifo(fifo, process)
    half = len(data) // 2
    before = peak_bytes(process.pid)
    done = send(fd, data[:half]) if fd >= 0 else -1
    if done != half:
        fail(name, "took", done, "of the first", half, "bytes")
    else:
        if "decode" in command:
            check_printed(name, reader, len(want) * 2 // 5)
        elif not SANITIZED and peak_bytes(process.pid) - before > size // 4:
            fail(name, "held", peak_bytes(process.pid) - before, "bytes for half of", size)
        if process.poll() is not None:
            fail(name, "ended before its input")
        send(fd, data[half:])
    if fd >= 0:
        os.close(fd)
    else:
        process.kill()
    if process.wait(PATIENCE_S) != 0:
        fail(name, "exit status", process.returncode)
    reader.join(PATIENCE_S)
    if b"".join(reader.pieces) != want:
        fail(name, "another report than that of the file")
    os.remove(fifo)


DETECT = [AISGAP, "-q", "-j", "2", "--everywhere", "-f", "csv", "-g", "6h"]
DECODE = [AISGAP, "decode", "-q", "-f", "csv"]
CSV = as_csv().encode()
ARRAY = as_array().encode()
# not compressed, so that half of it is many times what buffers hold, too
PACKED = gzip.compress(CSV, 0)
check("detect, csv", DETECT, CSV, len(CSV))
check("decode, csv", DECODE, CSV, len(CSV))
check("detect, gzip", DETECT, PACKED, len(CSV))
check("decode, gzip", DECODE, PACKED, len(CSV))
check("detect, array", DETECT, ARRAY, len(ARRAY))
check("detect, lines", DETECT, as_lines().encode(), len(ARRAY))
for failure in failures:
    print("streaming: " + failure)
sys.exit(1 if failures else 0)
