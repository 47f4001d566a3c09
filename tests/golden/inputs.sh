#!/bin/bash
# Whole command lines over every kind of input: packed, in archives, cut off, mixed, from URLs, and what
# `decode` prints of them. Expectations: the report of the same rows read plainly, which the other golden
# tests hold against a reference detector; times and positions worked out by hand where a case has its own.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
build=${BUILD:-build}
[[ $build = /* ]] || build=$top/$build
aisgap=$build/aisgap
samples=$top/data/samples
tmp=$(mktemp -d)
trap 'kill $server 2>/dev/null; rm -rf "$tmp"' EXIT
server=
cd "$tmp" || exit 1
failed=0
cases=0

fail() {
	failed=$((failed + 1))
	echo "$*"
}

# expect STATUS COMMAND...: runs it, output in out and err
expect() {
	local wanted=$1 status

	shift
	cases=$((cases + 1))
	"$@" >out 2>err
	status=$?
	[ $status = "$wanted" ] || {
		fail "$*: status $status, not $wanted"
		head -n 5 err
	}
}

# same FILE COMMAND...: succeeds and prints what is in FILE
same() {
	local file=$1

	shift
	expect 0 "$@"
	cmp -s "$file" out || {
		fail "$*: another report than $file"
		diff "$file" out | head -n 6
	}
}

# says TEXT: the last command's messages hold it
says() {
	grep -qF -- "$1" err || {
		fail "no message says: $1"
		head -n 5 err
	}
}

# have PROGRAM: whether it is there; without it its cases are left out, and that is said
have() {
	command -v "$1" >/dev/null && return
	echo "left out: no $1 on this machine"
	return 1
}

noaa=$samples/simulated-noaa.csv
danish=$samples/simulated-danish.csv
"$aisgap" -f json "$noaa" >noaa.json
"$aisgap" -f json "$danish" >danish.json
"$aisgap" -f json "$noaa" "$danish" >both.json
[ "$(grep -c '"gap_id"' noaa.json)" -ge 5 ] || fail "the sample has too few gaps to tell anything"

# ---- packed
pack() {
	local ending=$1

	shift
	have "$1" || return 0
	"$@" <"$noaa" >"noaa.csv.$ending"
	same noaa.json "$aisgap" -f json "noaa.csv.$ending"
	mv "noaa.csv.$ending" any.name
	same noaa.json "$aisgap" -f json any.name
	same noaa.json bash -c "cat any.name | '$aisgap' -f json"
	mv any.name "noaa.csv.$ending"
	# packed twice over
	gzip -c "noaa.csv.$ending" >twice
	same noaa.json "$aisgap" -f json twice
}
pack gz gzip
pack zst zstd -q
pack xz xz
pack bz2 bzip2
pack lz4 lz4 -q -
cat noaa.csv.gz <(tail -n 20 "$noaa" | gzip) >members.gz
same noaa.json "$aisgap" -f json members.gz

# ---- archives
mkdir files
cp "$noaa" files/b.csv
cp "$danish" files/a.csv
gzip -kf files/b.csv
echo 'how to read this' >files/README.txt
tar cf both.tar -C files a.csv b.csv README.txt
tar czf both.tar.gz -C files a.csv b.csv.gz
same both.json "$aisgap" -q -f json both.tar
same both.json "$aisgap" -q -f json both.tar.gz
same both.json bash -c "cat both.tar.gz | '$aisgap' -q -f json"
expect 0 "$aisgap" -v both.tar
says 'both.tar:b.csv'
says 'README.txt'
if have zip; then
	(cd files && zip -q ../both.zip a.csv b.csv README.txt)
	same both.json "$aisgap" -q -f json both.zip
	same both.json bash -c "cat both.zip | '$aisgap' -q -f json"
	# the directory at the end lists a member that the stream does not show, or there are two zips
	python3 -c '
data = bytearray(open("both.zip", "rb").read())
second = data.index(b"PK\x03\x04", 4)
data[second] = 0
open("lost.zip", "wb").write(data)'
	expect 4 "$aisgap" -q lost.zip
	says 'not all members'
	(cd files && zip -q ../one.zip a.csv)
	cat both.zip one.zip >two.zip
	expect 4 "$aisgap" -q two.zip
	says 'two.zip'
fi
tar cf empty.tar -T /dev/null
expect 3 "$aisgap" empty.tar
echo 'neither rows nor columns' >files/note.txt
tar cf odd.tar -C files b.csv note.txt
expect 4 "$aisgap" -f json odd.tar
cmp -s out noaa.json || fail 'odd.tar: its good member is not reported'
says 'odd.tar:note.txt'

# ---- cut off, damaged, bombs: what is readable is used, and status 4 says that it is not all
rows=$(wc -l <"$noaa")
for part in 2 3 5; do
	head -c $(($(stat -c %s noaa.csv.gz) / part)) noaa.csv.gz >cut.gz
	zcat cut.gz 2>/dev/null >cut.csv
	# the last line is cut off with the file
	head -n -1 cut.csv >whole.csv
	"$aisgap" -f json whole.csv >whole.json 2>/dev/null
	expect 4 "$aisgap" --max-bad 100 -f json cut.gz
	cmp -s out whole.json || fail "cut.gz at 1/$part of $rows rows: not what zcat's rows give"
	says 'cut.gz'
done
head -c 10 noaa.csv.gz >head.gz
expect 1 "$aisgap" head.gz
says 'head.gz'
{
	head -n 2 "$noaa"
	head -c 60000000 /dev/zero | tr '\0' '\n'
} | gzip >bomb.gz
expect 4 "$aisgap" bomb.gz
says '--max-ratio'
expect 0 "$aisgap" --max-ratio 2000 bomb.gz
cp noaa.csv.gz deep
for i in 1 2 3 4 5; do
	gzip -c deep >deeper
	mv deeper deep
done
expect 1 "$aisgap" deep
says 'packed more than 4 times'

# ---- formats by first bytes and by name
same noaa.json "$aisgap" --input-format csv -f json "$noaa"
expect 3 "$aisgap" --input-format json "$noaa"
expect 3 "$aisgap" --input-format nmea "$noaa"
expect 2 "$aisgap" --input-format xml "$noaa"
says 'csv, json, nmea'

# ---- decode: the reports come back as they were
for sample in "$samples"/*.csv; do
	"$aisgap" --everywhere -g 3h -f json "$sample" >plain.json
	for format in csv ndjson; do
		expect 0 "$aisgap" decode -f $format "$sample"
		mv out decoded
		same plain.json "$aisgap" --everywhere -g 3h -f json decoded
		same plain.json bash -c "'$aisgap' decode -f $format '$sample' | '$aisgap' --everywhere -g 3h -f json"
	done
done
expect 0 "$aisgap" decode -o decoded.ndjson "$noaa"
head -n 1 decoded.ndjson | grep -q '^{"time":"2025-03-01T00:00:10Z","mmsi":273998992,' ||
	fail 'decode -o decoded.ndjson: not NDJSON'

# names that would be formulas, and ones that begin with an apostrophe, come back too
cat >names.csv <<'END'
mmsi,time,lat,lon,name,callsign
273998987,2025-03-01T00:00:00Z,43,132,=SIM(1),'SIM2
273998987,2025-03-02T00:00:00Z,43,132,=SIM(1),'SIM2
END
"$aisgap" -f json names.csv >names.json
grep -q '"name":"=SIM(1)","callsign":"'"'"'SIM2"' names.json || fail 'names.csv: not its names'
for format in csv ndjson; do
	"$aisgap" decode -f $format names.csv >decoded
	same names.json "$aisgap" -f json decoded
done

# dates that a later row decides: 13/03 can only be day first
cat >dates.csv <<'END'
mmsi,timestamp,lat,lon
273998987,01/03/2025 00:00:00,43,132
273998987,02/03/2025 00:00:00,43,132
273998987,13/03/2025 00:00:00,43,132
END
expect 0 "$aisgap" decode dates.csv
[ "$(cut -d, -f1 out | tr '\n' ' ')" = 'time 2025-03-01T00:00:00Z 2025-03-02T00:00:00Z 2025-03-13T00:00:00Z ' ] ||
	fail "decode dates.csv: $(cut -d, -f1 out | tr '\n' ' ')"
head -n 3 dates.csv >open.csv
expect 2 "$aisgap" decode open.csv
says 'day first or month first'

# ---- NMEA without any time: no feed, but decode prints its fields. The sentence is ours: type 1,
# MMSI 273998987, 43.1 N 131.9 E, 12.3 kn, 100 degrees, heading 101, second 5 (packed by hand)
"$build/aissim" --seed 5 --vessels 5 --days 1 --layout nmea | sed 's/^\\[^\\]*\\//' |
	grep -v '^!AIVDM,1,1,[0-9]*,[AB],4' >bare.nmea
expect 3 "$aisgap" bare.nmea
says 'tag block'
expect 0 "$aisgap" decode bare.nmea
sed -n 2p out | grep -qE '^,[0-9]{9},-?[0-9.]+,-?[0-9.]+,' || fail "decode bare.nmea: $(sed -n 2p out)"

# ---- what only looks like the whole, or like something else
# a JSON array that is cut off between two records lacks the rest of them
{
	echo '['
	sed 's/$/,/' "$samples/simulated-aisstream.jsonl" | head -n -1
} >cut.json
expect 4 "$aisgap" cut.json
says 'the JSON ends too early'
# a piece of a byte order mark behind a document ends like everything else
printf '[{"mmsi":273998987,"time":"2025-03-01T00:00:00Z","lat":43,"lon":132}]\n\357' >mark.json
expect 0 timeout 20 "$aisgap" --max-bad 100 mark.json
# records longer than the block, behind short ones: nothing is lost at any block size
python3 -c '
for i in range(6):
    print("%s{\"mmsi\":273998987,\"time\":\"2025-03-01T%02d:00:00Z\",\"lat\":43,\"lon\":132,\"x\":\"%s\"}" %
          ("," if i else "[", i, "y" * (300_000 if i % 3 == 1 else 3)))
print("]")' >long.json
for size in 64 97 5000 131072 1048576; do
	expect 0 "$aisgap" --block-size $size --ledger long.ledger long.json
	grep -q '"rows":6,"used":6,' long.ledger || fail "long.json in blocks of $size: not 6 of 6 rows"
done
# a sentence for a ship's name makes no log of a table
awk -F, -v OFS=, 'NR > 1 { $8 = "!AIVDM;1;1" } 1' "$noaa" >name.csv
same <("$aisgap" --columns mmsi,off_time,on_time "$noaa") \
	"$aisgap" --columns mmsi,off_time,on_time name.csv
{
	head -n 1 "$noaa"
	tail -n +2 "$noaa" | awk -F, -v OFS=, 'NR == 3 { $8 = "\"!AIVDM,1,1,,A,,0\"" } 1'
} >cell.csv
expect 0 "$aisgap" --columns mmsi,off_time,on_time cell.csv
cmp -s out <("$aisgap" --columns mmsi,off_time,on_time "$noaa") || fail 'cell.csv: a cell made it a log'
# an archive of documents alone is no feed
mkdir documents
echo 'nothing' >documents/README.txt
tar cf documents.tar -C documents README.txt
expect 3 "$aisgap" --if-any documents.tar
# one input that cannot be read does not hide that another's dates are open
expect 2 "$aisgap" decode none.csv open.csv
says 'day first or month first'
# untimed rows behind an open date stay untimed
printf '%s\n' '{"mmsi":273998987,"time":"03/04/2021 10:00:00","lat":43,"lon":132}' \
	'{"mmsi":273998987,"lat":43,"lon":132}' \
	'{"mmsi":273998987,"time":"13/04/2021 10:00:00","lat":43,"lon":132}' >untimed.jsonl
expect 0 "$aisgap" decode untimed.jsonl
[ "$(cut -d, -f1 out | tr '\n' ' ')" = 'time 2021-04-03T10:00:00Z  2021-04-13T10:00:00Z ' ] ||
	fail "decode untimed.jsonl: $(cut -d, -f1 out | tr '\n' ' ')"
# each text decides its dates by itself; one that cannot follows those that can
sed '1!s#^\([0-9]*\),\(..\)/\(..\)#\1,\3/\2#' dates.csv >month.csv
expect 0 "$aisgap" decode dates.csv month.csv
expect 2 "$aisgap" decode open.csv month.csv dates.csv
expect 0 "$aisgap" decode open.csv dates.csv
[ "$(sed -n 2p out | cut -d, -f1)" = 2025-03-01T00:00:00Z ] || fail 'open.csv does not follow dates.csv'
# identity is told once, though parts A and B tell of different things
expect 0 "$aisgap" decode --static "$samples/simulated-nmea.txt"
[ "$(sed 1d out | cut -d, -f2,5- | sort | uniq -d | wc -l)" = 0 ] || fail 'decode --static repeats itself'
[ "$(wc -l <out)" -ge 8 ] || fail "decode --static: $(wc -l <out) lines"
# a reader that goes away ends an endless input
expect 0 timeout 20 bash -c "yes '\s:SIMTER,c:1740787214*25\!AIVDM,1,1,,A,143IP5h00sPfoJRP8AETfCbL0L;C,0*51' |
	'$aisgap' decode | head -n 2"
expect 2 "$aisgap" decode -o report.xml "$noaa"
says 'report.xml'
expect 2 "$aisgap" -o "$tmp/files/b.csv" "file://$tmp/files/b.csv"
says 'different files'
expect 1 "$aisgap" 'ftp://user:secret@host/x?key=secret'
says 'http'
grep -q secret err && fail 'a message shows a secret'

# ---- URLs, from a server of our own
if [ -f "$top/tests/fault/server.py" ]; then
	cp "$noaa" noaa.csv.gz files/
	unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
	python3 "$top/tests/fault/server.py" files >port 2>server.log &
	server=$!
	for _ in $(seq 100); do
		[ -s port ] && break
		sleep 0.05
	done
	at=http://127.0.0.1:$(head -n 1 port)
	same noaa.json "$aisgap" -f json "$at/files/b.csv"
	same noaa.json "$aisgap" -f json "$at/files/noaa.csv.gz"
	same noaa.json "$aisgap" -f json "$at/files-drop-etag/b.csv"
	same both.json "$aisgap" -f json "$at/files/a.csv" - <"$noaa"
	same noaa.json "$aisgap" -f json "file://$noaa"
	expect 1 "$aisgap" "$at/files/none.csv"
	says '404'
	expect 1 "$aisgap" --max-bytes 1000 "$at/files/b.csv"
	says '--max-bytes'
	expect 4 "$aisgap" -f json "$noaa" "$at/files/none.csv"
	cmp -s out noaa.json || fail 'a URL that is not there takes a good file with it'
	expect 1 "$aisgap" "http://user:secret@127.0.0.1:1/x?key=secret"
	grep -q secret err && fail 'a message shows a secret'
	expect 2 "$aisgap" --http-header-file none.txt "$at/files/b.csv"
	says 'none.txt'
fi

echo "$cases cases, $failed failed"
[ $failed = 0 ]
