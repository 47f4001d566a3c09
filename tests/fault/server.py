#!/usr/bin/env python3
"""A hostile HTTP server for tests, on 127.0.0.1 only.

    server.py [--tls CERT KEY] [DIRECTORY]

Prints three lines: its port, the port of its second self (another origin), its TLS port (0 without
--tls); then serves until it is killed.

A path is /WHAT-BEHAVIOUR-BEHAVIOUR.../NAME?ANYTHING. WHAT is `body` (NAME is its length; byte i is
body_byte(i)) or `files` (NAME is a file of DIRECTORY). What has a memory (counters) has it for each
path with its query, so that tests do not disturb each other. Behaviours of a body:

    drop         the connection is reset after 64 KiB of body, in each answer
    dropgz       as drop, in answers to requests with Range a plain part of a packed body (never right)
    dropclose    as drop, but the connection is closed in good order
    etag weak modified fresh    validators: a strong ETag, a weak one, Last-Modified a day ago or
                 too new to be strong
    newtag newdate      from the second answer on another ETag, another Last-Modified
    norange      Range is not known (it is otherwise, with If-Range)
    blind        If-Range is not heeded
    nopart       each Range is answered 416, as if the body ended where it begins
    once         only the first answer is dropped
    grow         each answer is dropped 64 KiB later than the one before
    chunked nolength            framings other than Content-Length
    cut          chunked: without the last chunk; the connection is closed in good order
    forgets rechunks    from the second answer on no length, or chunked
    identity tegzip     Transfer-Encoding: identity or gzip, beside Content-Length
    both         Transfer-Encoding: chunked, which is so, beside Content-Length
    blank tab    a blank or a tab before the colon of Content-Length
    short long   Content-Length tells 1000 bytes less or more than there are
    twolengths badlength        Content-Length twice, or no number
    changes      from the second answer on another body with another ETag
    changeslen   from the second answer on a longer body; the same ETag
    tail         from the second answer on another body behind 100,000 bytes; the same ETag
    most         from the second answer on the first 3/4 of the body; the same ETag
    liar         from the second answer on another body; the same ETag
    wrongpart wronglist         206 from another byte; 206 without Content-Range
    smallpart startotal         206 of 10,000 bytes at most; Content-Range with * for the total
    unasked      206 to a request without Range
    gzip         packed, Content-Encoding: gzip
    br           Content-Encoding: br
    slow         first 1 KiB, then 50 bytes each 0.1 s for 1 KiB, then the rest
    stall        after 64 KiB nothing more comes, though the connection stays open
    keep         Connection: close is not heeded
    noise        ten 100 Continue before the answer
    lastbyte     the connection is reset after all bytes but one
    sees         403 unless the request has the header X-Key: the-key (never logged)

and paths without a body:

    /busy/503/2/N       503 twice, then body N; any status, any count
    /wait/429/1/1/N     likewise with Retry-After: 1
    /status/404         that status; a body of its name
    /to?URL             302 to URL (%XX is taken apart once)
    /chain/7/N          seven redirects, then body N
    /loop               redirects to itself
    /nolocation /raw/KIND       KIND: see RAW
    /endless /headers   a body, a head without end
    /seen?WORD          the heads of all requests whose path begins with WORD, as text

/post/BEHAVIOUR.../ANYTHING takes bodies (POST with Content-Length). Each that arrived whole is
noted, whatever comes of it then. Behaviours:

    flaky        503 to every other request, beginning with the first
    lost         every other request is taken, and the connection reset instead of an answer
    halfhead     likewise, but in the middle of the answer's head
    resets       every other connection is reset before anything of it is read
    cutbody      200 with Content-Length: 1000, then 10 bytes and a reset
    late/S       waits S seconds before the answer
    latefirst/S  likewise, but only the first time
    drip         the head comes byte by byte, each 0.1 s, and never ends
    status/N     that status
    busy/N/K     that status to the first K requests
    wait/N/K/T   likewise, with Retry-After: T
    to/URL       307 to URL (%XX is taken apart once)
    moved        301 without a Location
    early        the head of a 200 comes before the body is read, with half a second between
    deaf         a 200 comes at once, and nothing of the body is ever read
    unread       nothing of the body is ever read, and nothing comes
    endless      200, and a body that never ends
    open         200 without length, and the connection stays open for 30 s
    noise        ten 103 Early Hints with a Location before the 200

    /got?WORD           what arrived at paths that begin with WORD, in order: a line "METHOD KEY
                        TYPE LENGTH" (- for what is missing), the body, a line end
"""
import email.utils
import gzip
import os
import socket
import ssl
import struct
import sys
import threading
import time
import urllib.parse

DROP = 64 * 1024
PART = 10000

RAW = {
    "nothing": b"",
    "garbage": b"\x00\x01\x02 this is no HTTP at all\n" * 40,
    "http09": b"t,mmsi,lat,lon\n2024-01-01T00:00:00Z,273998987,42,131\n",
    "half": b"HTTP/1.1 200 OK\r\nContent-Le",
    "halfhead": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n",
    "halfend": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r",
    "hugeline": b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 3000000 + b"\r\nContent-Length: 2\r\n\r\nok",
    "manyheaders": b"HTTP/1.1 200 OK\r\n" + b"X-Many: aaaaaaaaaaaaaaaaaaaa\r\n" * 10000
                   + b"Content-Length: 2\r\n\r\nok",
    "badchunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n",
    "switch": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nabc",
    "control": b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\x01\x1b[31m\r\nContent-Length: 0\r\n\r\n",
    "nullocation": b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/a\x00b\r\nContent-Length: 0\r\n\r\n",
}


def body_bytes(length, seed=0):
    """Byte i is byte i % 4, lowest first, of the word i / 4 mixed."""
    words = (length + 3) // 4
    mixed = []
    for i in range(words):
        v = ((i + seed * 1000003) * 2654435761 + 12345) & 0xFFFFFFFF
        mixed.append(v ^ (v >> 15))
    return struct.pack("<%dI" % words, *mixed)[:length]


class Memory:
    """Counters and request heads, for all threads."""

    def __init__(self):
        self.lock = threading.Lock()
        self.counts = {}
        self.heads = []
        self.bodies = []

    def count(self, path):
        with self.lock:
            self.counts[path] = self.counts.get(path, 0) + 1
            return self.counts[path]

    def note(self, path, head):
        with self.lock:
            self.heads.append((path, head))

    def take(self, path, method, key, kind, body):
        head = "%s %s %s %d\n" % (method, key, kind, len(body))
        with self.lock:
            self.bodies.append((path, head.encode("latin-1") + body + b"\n"))

    def got(self, word):
        with self.lock:
            return b"".join(b for p, b in self.bodies if p.startswith(word))

    def seen(self, word):
        with self.lock:
            return b"".join(h + b"\n" for p, h in self.heads if p.startswith(word))


class Cut(Exception):
    """The connection is to be closed, with a reset or without."""

    def __init__(self, reset):
        super().__init__()
        self.reset = reset


class Talk:
    """One connection: one request, one answer."""

    def __init__(self, sock, memory, directory):
        self.sock = sock
        self.memory = memory
        self.directory = directory
        self.path = ""
        self.fields = {}
        self.method = ""
        self.rest = b""

    def read_head(self):
        data = b""
        while b"\r\n\r\n" not in data:
            more = self.sock.recv(65536)
            if not more:
                raise Cut(False)
            data += more
            if len(data) > 1 << 20:
                raise Cut(True)
        head, _, self.rest = data.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        self.method = lines[0].split(b" ")[0].decode("latin-1")
        self.path = lines[0].split(b" ")[1].decode("latin-1")
        for line in lines[1:]:
            name, _, value = line.partition(b":")
            self.fields[name.strip().lower().decode("latin-1")] = value.strip().decode("latin-1")
        self.memory.note(self.path, b"\n".join(lines) + b"\n")

    def send(self, data):
        self.sock.sendall(data)

    def head(self, status, fields):
        lines = ["HTTP/1.1 %s" % status, "Date: " + email.utils.formatdate(usegmt=True)]
        lines += ["%s: %s" % f for f in fields]
        self.send(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))

    def simple(self, status, text, fields=()):
        data = text.encode("latin-1")
        self.head(status, [("Content-Length", len(data)), ("Connection", "close")] + list(fields))
        self.send(data)

    def serve(self):
        self.read_head()
        path, _, query = self.path.partition("?")
        words = path.strip("/").split("/")
        first = words[0].split("-")
        handler = getattr(self, "do_" + first[0], None)
        if handler:
            handler(words[1:], query)
        elif first[0] in ("body", "files") and len(words) == 2:
            self.body(first[0], words[1], set(first[1:]))
        else:
            self.simple("404 Not Found", "no such thing\n")

    def content(self, what, name, seed):
        if what == "body":
            return body_bytes(int(name), seed)
        if not self.directory or name in ("", ".", ".."):
            return None
        try:
            with open(os.path.join(self.directory, urllib.parse.unquote(name).replace("/", "")), "rb") as f:
                return f.read()
        except OSError:
            return None

    def body(self, what, name, how):
        count = self.memory.count(self.path)
        other = count > 1 and how & {"changes", "liar"}
        data = self.content(what, name, 1 if other else 0)
        if data is None:
            self.simple("404 Not Found", "no such file\n")
            return
        if "sees" in how and self.fields.get("x-key") != "the-key":
            self.simple("403 Forbidden", "no key\n")
            return
        if count > 1 and "changeslen" in how:
            data += b"x"
        if count > 1 and "tail" in how:
            data = data[:100000] + bytes(b ^ 1 for b in data[100000:])
        if count > 1 and "most" in how:
            data = data[:len(data) * 3 // 4]
        if count > 1 and "forgets" in how:
            how.add("nolength")
        if count > 1 and "rechunks" in how:
            how.add("chunked")
        new = count > 1 and how & {"changes", "newtag"}
        tag = '"%s%d"' % (name.replace('"', ""), 1 if new else 0)
        plain = data
        if "gzip" in how or "dropgz" in how:
            data = gzip.compress(data, mtime=0)
        self.answer(data, plain, how, tag, count)

    def validators(self, how, tag, count):
        now = time.time()
        fields = []
        if "etag" in how:
            fields.append(("ETag", tag))
        if "weak" in how:
            fields.append(("ETag", "W/" + tag))
        # of one second of the day, so that it is the same in each answer
        day = int(now) // 86400 * 86400 + (60 if count > 1 and "newdate" in how else 0)
        if "modified" in how:
            fields.append(("Last-Modified", email.utils.formatdate(day - 86400, usegmt=True)))
        if "fresh" in how:
            fields.append(("Last-Modified", email.utils.formatdate(day + 86400, usegmt=True)))
        return fields

    def wanted(self, fields, how):
        """First byte by Range and If-Range, or None."""
        text = self.fields.get("range", "")
        if "norange" in how or not text.startswith("bytes=") or not text.endswith("-"):
            return None
        if_range = self.fields.get("if-range")
        known = [v for k, v in fields if k in ("ETag", "Last-Modified") and not v.startswith("W/")]
        if if_range is not None and if_range not in known and "blind" not in how:
            return None
        return int(text[6:-1])

    def answer(self, data, plain, how, tag, count):
        fields = self.validators(how, tag, count)
        first = self.wanted(fields, how)
        status = "200 OK"
        if first is not None and (first >= len(data) or "nopart" in how):
            end = min(first, len(data))
            self.simple("416 Range Not Satisfiable", "", [("Content-Range", "bytes */%d" % end)])
            return
        if "gzip" in how or ("dropgz" in how and first is None):
            fields.append(("Content-Encoding", "gzip"))
        if "br" in how:
            fields.append(("Content-Encoding", "br"))
        if first is None and "unasked" in how:
            first = 0
        if first is not None:
            if "dropgz" in how:
                data = plain
            status = "206 Partial Content"
            total = len(data)
            end = min(total, first + PART) if "smallpart" in how else total
            told = first + (5 if "wrongpart" in how else 0)
            if "wronglist" not in how:
                fields.append(("Content-Range", "bytes %d-%d/%s" % (
                    told, end - 1, "*" if "startotal" in how else total)))
            data = data[first:end]
        if "noise" in how:
            self.send(b"HTTP/1.1 100 Continue\r\nX-Noise: 1\r\n\r\n" * 10)
        self.framed(status, fields, data, how, count)

    def framed(self, status, fields, data, how, count):
        length = len(data) - (1000 if "short" in how else 0) + (1000 if "long" in how else 0)
        if how & {"chunked", "cut", "both"}:
            fields.append(("Transfer-Encoding", "chunked"))
        if how & {"identity", "tegzip"}:
            fields.append(("Transfer-Encoding", "gzip" if "tegzip" in how else "identity"))
        if how & {"blank", "tab"}:
            fields.append(("Content-Length " if "blank" in how else "Content-Length\t", length))
        elif "both" in how or not how & {"chunked", "cut", "nolength"}:
            fields.append(("Content-Length", "many" if "badlength" in how else length))
        if "twolengths" in how:
            fields.append(("Content-Length", length + 1))
        fields.append(("Connection", "keep-alive" if "keep" in how else "close"))
        self.head(status, fields)
        limit = len(data)
        if how & {"drop", "dropgz", "dropclose"} and not ("once" in how and count > 1):
            limit = DROP * (count if "grow" in how else 1)
        if "lastbyte" in how and count == 1:
            limit = len(data) - 1
        if "stall" in how and count == 1:
            limit = DROP
        self.send_data(data[:limit], how)
        if limit < len(data):
            # what was sent is to arrive before the reset does
            time.sleep(30 if "stall" in how else 0.02)
            raise Cut(not how & {"cut", "dropclose"})
        if how & {"chunked", "both"}:
            self.send(b"0\r\nX-Trailer: 1\r\n\r\n")
        if "keep" in how:
            time.sleep(3)

    def send_data(self, data, how):
        if how & {"chunked", "cut", "both"}:
            for i in range(0, len(data), 5000):
                piece = data[i:i + 5000]
                self.send(b"%x\r\n%s\r\n" % (len(piece), piece))
        elif "slow" in how:
            self.send(data[:1024])
            for i in range(1024, 2048, 50):
                time.sleep(0.1)
                self.send(data[i:min(i + 50, 2048)])
            self.send(data[2048:])
        else:
            self.send(data)

    def do_busy(self, words, _query, fields=()):
        if self.memory.count(self.path) <= int(words[1]):
            self.simple(words[0] + " Whatever", "come back\n", fields)
        else:
            self.simple("200 OK", body_bytes(int(words[2])).decode("latin-1"))

    def do_wait(self, words, query):
        self.do_busy([words[0], words[1], words[3]], query, [("Retry-After", urllib.parse.unquote(words[2]))])

    def do_status(self, words, _query):
        self.simple(words[0] + " Whatever", "status %s\n" % words[0])

    def do_to(self, _words, query):
        self.simple("302 Found", "elsewhere\n", [("Location", urllib.parse.unquote(query))])

    def do_chain(self, words, _query):
        left = int(words[0])
        where = "/chain/%d/%s" % (left - 1, words[1]) if left > 1 else "/body-etag/" + words[1]
        self.simple("301 Moved", "", [("Location", where)])

    def do_loop(self, _words, _query):
        self.simple("307 Temporary Redirect", "", [("Location", "/loop")])

    def do_nolocation(self, _words, _query):
        self.simple("302 Found", "")

    def do_raw(self, words, _query):
        self.send(RAW[words[0]])

    def do_endless(self, _words, _query):
        self.head("200 OK", [("Connection", "close")])
        piece = b"273998987,2024-01-01T00:00:00,42,131\n" * 1000
        while True:
            self.send(piece)

    def do_headers(self, _words, _query):
        self.send(b"HTTP/1.1 200 OK\r\n")
        while True:
            self.send(b"X-Endless: aaaaaaaaaaaaaaaaaaaaaaaa\r\n" * 100)

    def take_body(self):
        length = int(self.fields["content-length"])
        pieces = [self.rest]
        have = len(self.rest)
        while have < length:
            piece = self.sock.recv(1 << 20)
            if not piece:
                raise Cut(False)
            pieces.append(piece)
            have += len(piece)
        self.memory.take(self.path, self.method, self.fields.get("idempotency-key", "-"),
                         self.fields.get("content-type", "-"), b"".join(pieces))

    def do_post(self, words, _query):
        how = words[0]
        count = self.memory.count(self.path)
        first = count % 2 == 1
        if how == "resets" and first:
            raise Cut(True)
        if how in ("early", "deaf"):
            self.head("200 OK", [("Content-Length", 0), ("Connection", "close")])
        if how == "early":
            time.sleep(0.5)
        if how in ("unread", "deaf"):
            time.sleep(0.2 if how == "deaf" else 30)
            raise Cut(True)
        self.take_body()
        if how != "early":
            self.answer_post(how, words[1:], first, count)

    def answer_post(self, how, words, first, count):
        if how in ("lost", "halfhead") and first:
            self.send(b"" if how == "lost" else b"HTTP/1.1 200 OK\r\nContent-Le")
            time.sleep(0.02)
            raise Cut(how == "lost")
        if how == "cutbody":
            self.head("200 OK", [("Content-Length", 1000)])
            self.send(b"0123456789")
            time.sleep(0.02)
            raise Cut(True)
        if how == "late" or (how == "latefirst" and count == 1):
            time.sleep(float(words[0]))
        if how == "drip":
            self.send(b"HTTP/1.1 200 OK\r\nX-Drip: ")
            while True:
                time.sleep(0.1)
                self.send(b"a")
        if how == "endless":
            self.do_endless(words, "")
        if how == "open":
            self.head("200 OK", [])
            time.sleep(30)
        if how == "noise":
            self.send(b"HTTP/1.1 103 Early Hints\r\nLocation: http://127.0.0.1/hint\r\n\r\n" * 10)
        status, fields = "200 OK", []
        if how == "flaky" and first:
            status = "503 Whatever"
        if how == "status" or (how in ("busy", "wait") and count <= int(words[1])):
            status = words[0] + " Whatever"
        if how == "wait":
            fields = [("Retry-After", urllib.parse.unquote(words[2]))]
        if how == "to":
            status, fields = "307 Whatever", [("Location", urllib.parse.unquote(words[0]))]
        if how == "moved":
            status = "301 Whatever"
        self.simple(status, "" if status[:3] in ("204", "304") else "taken\n", fields)

    def do_got(self, _words, query):
        data = self.memory.got(query)
        self.head("200 OK", [("Content-Length", len(data)), ("Connection", "close")])
        self.send(data)

    def do_seen(self, _words, query):
        self.simple("200 OK", self.memory.seen(query).decode("latin-1"))


def talk(sock, memory, directory):
    reset = False
    sock.settimeout(60)
    try:
        Talk(sock, memory, directory).serve()
    except Cut as cut:
        reset = cut.reset
    except (OSError, ValueError, IndexError, KeyError):
        pass
    try:
        if reset:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif isinstance(sock, ssl.SSLSocket):
            sock = sock.unwrap()
        else:
            sock.shutdown(socket.SHUT_WR)
    except (OSError, ValueError):
        pass
    sock.close()


def welcome(sock, context, memory, directory):
    if context:
        try:
            sock = context.wrap_socket(sock, server_side=True)
        except (OSError, ssl.SSLError):
            sock.close()
            return
    talk(sock, memory, directory)


def listen(context, memory, directory):
    server = socket.create_server(("127.0.0.1", 0), backlog=64)

    def accept():
        while True:
            sock, _ = server.accept()
            threading.Thread(target=welcome, args=(sock, context, memory, directory), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return server.getsockname()[1]


def main():
    args = sys.argv[1:]
    context = None
    if args[:1] == ["--tls"]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(args[1], args[2])
        args = args[3:]
    directory = args[0] if args else None
    memory = Memory()
    print(listen(None, memory, directory))
    print(listen(None, memory, directory))
    print(listen(context, memory, directory) if context else 0, flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
