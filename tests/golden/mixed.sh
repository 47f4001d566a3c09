#!/bin/bash
# Formats side by side: one fleet whose ships come in different dialects, what `decode` prints read
# again, inputs that are still being written, servers that want a key, proxies, and real NMEA logs.
# Expectations: the report of all ships in the NOAA layout, which reference.py holds; the report of the
# same input read plainly; for the logs, gpsdecode (nmea_counts.py).
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
build=${BUILD:-build}
[[ $build = /* ]] || build=$top/$build
aisgap=$build/aisgap
samples=$top/data/samples
tmp=$(mktemp -d)
server=
trap 'kill $server 2>/dev/null; rm -rf "$tmp"' EXIT
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

# hides TEXT FILE...: it stands in none of the files
hides() {
	grep -F -- "$1" "${@:2}" && fail "shown: $1"
}

# ---- one fleet in three dialects: a sixth of its ships each, once plain and once in an archive
traffic=(--seed 41 --vessels 60 --days 2 --thin 900 --class-b 30 --fixtures 4 --switch-offs 20
	--switch-offs-in inside --switch-off-hours 4:24 --sentinels 1 --duplicates 5 --disorder 5)
for dialect in noaa2018 aiscatcher nmea; do
	"$build/aissim" "${traffic[@]}" --layout $dialect >all.$dialect || exit 1
done

# AIS-catcher's records hold the sentences that the NMEA log holds, in its order: so who sent each
awk 'match($0, /"mmsi":[0-9]+/) {
	mmsi = substr($0, RSTART + 7, RLENGTH - 7)
	for (n = gsub(/!AIVDM/, ""); n; n--)
		print mmsi
}' all.aiscatcher >senders
grep -o '!AIVDM[^"]*' all.aiscatcher >theirs
tr -d '\r' <all.nmea | grep -o '!AIVDM.*' >ours
cmp -s theirs ours || fail 'the dialects of aissim hold other sentences'
paste senders all.nmea >all.sent

# part N: three files with the ships whose MMSI is N, N + 1, N + 2 modulo 6
part() {
	{
		head -n 1 all.noaa2018
		tail -n +2 all.noaa2018 | awk -F, -v n="$1" '$1 % 6 == n'
	} >"part$1.csv"
	awk -v n=$(($1 + 1)) 'match($0, /"mmsi":[0-9]+/) &&
		substr($0, RSTART + 7, RLENGTH - 7) % 6 == n' all.aiscatcher >"part$1.jsonl"
	awk -v n=$(($1 + 2)) '$1 % 6 == n' all.sent | cut -f2 >"part$1.nmea"
}

part 0
part 3
tar czf part3.tar.gz part3.nmea part3.csv part3.jsonl
for file in part0.csv part0.jsonl part0.nmea part3.csv part3.jsonl part3.nmea; do
	[ "$(wc -l <$file)" -gt 100 ] || fail "$file: too few rows to tell anything"
done
# what each dialect says alike: not the last digits of a position, nor all of an identity
gaps=(-q --everywhere -g 2h -f csv --columns mmsi,off_time,on_time)
"$aisgap" "${gaps[@]}" all.noaa2018 >all.gaps
[ "$(wc -l <all.gaps)" -gt 50 ] || fail "too few gaps to tell anything: $(wc -l <all.gaps)"
same all.gaps "$aisgap" "${gaps[@]}" part0.nmea part0.jsonl part0.csv part3.tar.gz
same all.gaps "$aisgap" "${gaps[@]}" part3.tar.gz part0.csv part0.nmea part0.jsonl
same all.gaps "$aisgap" "${gaps[@]}" part0.jsonl - part3.tar.gz part0.csv <part0.nmea
same all.gaps "$aisgap" "${gaps[@]}" -j 1 --block-size 64 part3.tar.gz part0.jsonl part0.nmea part0.csv
same all.gaps "$aisgap" "${gaps[@]}" part3.nmea part3.tar.gz all.aiscatcher part0.csv
# without one of them it is another report
expect 0 "$aisgap" "${gaps[@]}" part0.nmea part0.jsonl part3.tar.gz
cmp -s all.gaps out && fail 'a sixth of the ships makes no difference'
# and so it is by way of decode
"$aisgap" decode part0.nmea part0.jsonl part0.csv part3.tar.gz >decoded || fail 'decode of all: fails'
same all.gaps "$aisgap" "${gaps[@]}" decoded

# ---- decode: what it prints gives the same report, identity and all
again() {
	"$aisgap" --everywhere -g 2h -f json "$1" >plain.json
	grep -q '"gap_id"' plain.json || fail "$1: no gap"
	for format in csv ndjson; do
		expect 0 "$aisgap" decode -f $format "$1"
		mv out decoded
		same plain.json "$aisgap" --everywhere -g 2h -f json decoded
		same plain.json bash -c "'$aisgap' decode -f $format '$1' | '$aisgap' --everywhere -g 2h -f json"
	done
}

again "$samples/simulated-nmea.txt"
again "$samples/simulated-aisstream.jsonl"
for dialect in nmea aiscatcher noaa2018; do
	again all.$dialect
	for field in name imo callsign ship_type; do
		grep -qE "\"$field\":(\"|[0-9])" plain.json || fail "all.$dialect: no gap has a $field"
	done
done

# what is left out for its message type never takes over the row before: not its place, not its time
cat >aircraft.csv <<'CSV'
ssvid,timestamp,lat,lon,speed,course,heading,type,receiver_type
273998997,2025-03-01 00:01:00 UTC,40.25,49.75,1,,,AIS.1,terrestrial
273998987,2025-03-01 00:02:00 UTC,42.25,130.25,1,,,AIS.9,terrestrial
CSV
expect 0 "$aisgap" decode aircraft.csv
grep -q '273998997,40.25,' out || fail 'aircraft.csv: not its ship'
grep -E '273998987,40.25|00:01:00Z,273998987' out && fail 'aircraft.csv: the place or the time of another'

# ---- inputs that are still being written
python3 -B "$top/tests/golden/streaming.py" "$aisgap" "$tmp" || failed=$((failed + 1))
cases=$((cases + 1))

# ---- a server that wants a key, and proxies
unset http_proxy https_proxy all_proxy no_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY
mkdir files
cp "$samples/simulated-noaa.csv" files/a.csv
"$aisgap" -f json files/a.csv >plain.json
python3 "$top/tests/fault/server.py" files >port 2>server.log &
server=$!
for _ in $(seq 100); do
	[ "$(wc -l <port)" = 3 ] && break
	sleep 0.05
done
at=http://127.0.0.1:$(sed -n 1p port)
elsewhere=http://127.0.0.1:$(sed -n 2p port)

# heads PATH: those of all requests for it, in `heads`
heads() {
	python3 -c 'import sys, urllib.request as u
print(u.urlopen(sys.argv[1]).read().decode())' "$at/seen?$1" >heads
}

printf '# of the test\nX-Key: the-key\r\n' >key.txt
expect 1 "$aisgap" "$at/files-sees/a.csv"
says '403'
same plain.json "$aisgap" -v -f json --ledger ledger --http-header-file key.txt "$at/files-sees/a.csv"
says "$at/files-sees/a.csv"
[ -s ledger ] || fail 'no ledger'
hides the-key err ledger out
heads /files-sees/a.csv
grep -qx 'X-Key: the-key' heads || fail 'the key did not reach the server'
# not to another server, and not in what is said of a failure
same plain.json "$aisgap" -v -f json --http-header-file key.txt "$at/to?$elsewhere/files/a.csv"
hides the-key err
heads /to
grep -qx 'X-Key: the-key' heads || fail 'the key did not reach the server that was named'
heads /files/a.csv
grep -q '^GET /files/a.csv ' heads || fail 'the second server was not asked'
grep -i x-key heads && fail 'the key went to another server'
expect 1 "$aisgap" -v --ledger ledger --http-header-file key.txt "$at/files-sees/none.csv"
hides the-key err ledger

# a proxy that is not there
expect 1 env http_proxy=http://user:the-key@127.0.0.1:1 "$aisgap" -v --ledger ledger "$at/files/a.csv"
says "$at/files/a.csv: Couldn't connect"
hides the-key err ledger
same plain.json env http_proxy=http://127.0.0.1:1 no_proxy=127.0.0.1 "$aisgap" -f json "$at/files/a.csv"
# the second server is no proxy, but it was asked as one
expect 1 env http_proxy="$elsewhere" "$aisgap" "$at/files/a.csv"
says '404'
heads "$at/files/a.csv"
grep -qF "GET $at/files/a.csv HTTP" heads || fail 'the proxy was not asked'

# ---- real logs
logs=${AISGAP_CORPUS:-none}/nmea
if [ ! -d "$logs" ]; then
	echo 'skipped: the NMEA logs, as AISGAP_CORPUS is not set, or has none'
elif ! command -v gpsdecode >/dev/null; then
	echo 'skipped: the NMEA logs, as there is no gpsdecode (gpsd-clients)'
else
	python3 -B "$top/tests/golden/nmea_counts.py" "$aisgap" "$logs" || failed=$((failed + 1))
	cases=$((cases + 1))
fi

echo "$cases cases, $failed failed"
[ $failed = 0 ]
