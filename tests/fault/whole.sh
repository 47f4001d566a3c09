#!/bin/sh
# Output appears whole or not at all: a disk that fills up, a run that is killed.
# Expectations: the help text of -o ("written whole or not at all") and exit status 1.
set -u
build=$(cd "${BUILD:-build}" && pwd)
aisgap=$build/aisgap
tmp=$(mktemp -d)
trap 'umount "$tmp/small" 2>/dev/null; rm -rf "$tmp"' EXIT
failed=0
fail()
{
	failed=1
	echo "$*"
}

# 20,000 gaps, 5 MB of report
awk 'BEGIN { print "MMSI,BaseDateTime,LAT,LON"; for (i = 0; i < 20000; i++) {
	printf "%d,2025-03-01T00:00:00,43.1,131.9\n%d,2025-03-01T12:00:00,43.1,131.9\n",
	273100001 + i, 273100001 + i } }' >"$tmp/in.csv"
began=$(date +%s%N)
"$aisgap" -o "$tmp/whole.csv" "$tmp/in.csv" || fail 'the run itself fails'
took=$((($(date +%s%N) - began) / 1000000)) # ms
old='an older report'

# ---------- killed: the old file or the whole new one, never less

runs=50
case $build in *san*) runs=20 ;; esac
survived=0
i=0
while [ $i -lt $runs ]; do
	rm -rf "$tmp/out"
	mkdir "$tmp/out"
	echo "$old" >"$tmp/out/gaps.csv"
	"$aisgap" -o "$tmp/out/gaps.csv" "$tmp/in.csv" 2>/dev/null &
	pid=$!
	# from the start to one and a half times what a run takes, spread by a linear congruence
	sleep "$(awk -v i=$i -v ms=$took 'BEGIN { printf "%.3f", i * 7919 % 1000 / 1000 * ms * 1.5 / 1000 }')"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	if [ "$(cat "$tmp/out/gaps.csv")" = "$old" ]; then
		survived=$((survived + 1))
	elif ! cmp -s "$tmp/out/gaps.csv" "$tmp/whole.csv"; then
		fail "killed: half a file ($(wc -c <"$tmp/out/gaps.csv") bytes)"
	fi
	i=$((i + 1))
done
[ $survived -gt 0 ] || fail 'no run was killed early enough to tell anything'
echo "killed: $survived of $runs runs left the old file, the others a whole new one"

# ---------- nobody sees a file grow

rm -f "$tmp/out/gaps.csv"
"$aisgap" -o "$tmp/out/gaps.csv" "$tmp/in.csv" &
pid=$!
while kill -0 $pid 2>/dev/null; do
	if [ -e "$tmp/out/gaps.csv" ] && ! cmp -s "$tmp/out/gaps.csv" "$tmp/whole.csv"; then
		fail 'a file that is not whole was seen'
		break
	fi
done
wait $pid

# ---------- a full disk

mkdir "$tmp/small"
if [ "$(id -u)" != 0 ] || ! mount -t tmpfs -o size=256k tmpfs "$tmp/small" 2>/dev/null; then
	echo 'skipped: full disk (needs root and a tmpfs)'
	exit $failed
fi
echo "$old" >"$tmp/small/gaps.csv"
for format in csv json ndjson geojson table; do
	"$aisgap" -f $format -o "$tmp/small/gaps.csv" "$tmp/in.csv" >"$tmp/stdout" 2>"$tmp/err"
	status=$?
	[ $status = 1 ] || fail "full disk, $format: exit status $status, not 1"
	grep -q 'small/gaps.csv: No space' "$tmp/err" || fail "full disk, $format: $(cat "$tmp/err")"
	[ ! -s "$tmp/stdout" ] || fail "full disk, $format: printed something"
	[ "$(cat "$tmp/small/gaps.csv")" = "$old" ] || fail "full disk, $format: the old file is gone"
	[ "$(ls -A "$tmp/small")" = gaps.csv ] || fail "full disk, $format: left $(ls -A "$tmp/small")"
done
"$aisgap" -o "$tmp/report.csv" --ledger "$tmp/small/gaps.csv" "$tmp/in.csv" 2>"$tmp/err" ||
	fail "a ledger that fits does not: $(cat "$tmp/err")"
head -c 1000000 /dev/zero >"$tmp/small/fill" 2>/dev/null
"$aisgap" -o "$tmp/report.csv" --ledger "$tmp/small/ledger.json" "$tmp/in.csv" 2>"$tmp/err"
status=$?
[ $status = 1 ] || fail "full disk, ledger: exit status $status, not 1"
grep -q 'small/ledger.json: No space' "$tmp/err" || fail "full disk, ledger: $(cat "$tmp/err")"
[ ! -e "$tmp/small/ledger.json" ] || fail 'full disk: half a ledger'
exit $failed
