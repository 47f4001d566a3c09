#!/bin/bash
# The recipes of README.md and the commands of the systemd templates, run as they are printed there but for
# paths, hosts and the date: those of cron, of a live feed and of a service. Expected is what the README's
# own example of daily runs prints, and the report of one run over all days.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${BUILD:-build}
[[ $build = /* ]] || build=$root/$build
tmp=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$tmp"' EXIT
mkdir "$tmp/bin" "$tmp/ais" "$tmp/lib" "$tmp/log" "$tmp/here"
ln -s "$build/aisgap" "$tmp/bin/aisgap"
ln -s "$root/data" "$tmp/here/data"
cd "$tmp/here"
failures=0

fail() {
	echo "$*"
	failures=$((failures + 1))
}

# a date(1) whose yesterday is $DAY, and an nc that is the sample
cat >"$tmp/bin/date" <<'EOF'
#!/bin/sh
[ "$1 $2 $3" = '-u -d yesterday' ] || exit 1
exec /bin/date -u -d "$DAY" "$4"
EOF
printf '#!/bin/sh\ncat data/samples/simulated-noaa.csv\n' >"$tmp/bin/nc"
chmod +x "$tmp/bin/date" "$tmp/bin/nc"
export PATH=$tmp/bin:$PATH HOME=$tmp/here

for day in 01 02 03 04; do
	grep -e ^MMSI -e "2025-03-$day" data/samples/simulated-noaa.csv | gzip >"$tmp/ais/2025-03-$day.csv.gz"
	mkdir -p "$tmp/ais/2025"
	python3 -c 'import sys, zipfile
with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as z:
    z.write(sys.argv[1], "day.csv.gz")' "$tmp/ais/2025-03-$day.csv.gz" "$tmp/ais/2025/ais-2025-03-$day.zip"
done
python3 - "$tmp" <<'EOF' &
import functools, http.server, sys
handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[1] + "/ais")
handler.func.log_message = lambda *a: None
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
open(sys.argv[1] + "/port.new", "w").write(str(server.server_port))
__import__("os").rename(sys.argv[1] + "/port.new", sys.argv[1] + "/port")
server.serve_forever()
EOF
server=$!
for _ in $(seq 100); do
	[ -e "$tmp/port" ] || sleep 0.1
done
url=http://127.0.0.1:$(cat "$tmp/port")
aisgap data/samples/simulated-noaa.csv >"$tmp/whole.csv"

# here WORDS: the recipe with the paths and hosts of this test
here() {
	sed "s|/var/ais|$tmp/ais|g; s|https://example.org|$url|g; s|/var/lib/aisgap|$tmp/lib|g
		s|/var/log/aisgap|$tmp/log|g; s|/usr/local/bin/||g" <<<"$1"
}

# every_day NAME COMMAND: runs it for each of the four days; afterwards the state reports what one run does
every_day() {
	local name=$1 command

	command=$(here "$2")
	rm -f gaps.state*
	for day in 01 02 03 04; do
		DAY=2025-03-$day bash -c "$command" >"$tmp/$name.$day" || fail "$name: day $day failed: $command"
	done
}

# the example of daily runs, from its prompt to the end of its output
example=$(sed -n '/^\$ for day in/,/^```$/p' "$root/README.md" | grep -v '^```')
script=$(sed -n '1,/^  done$/p' <<<"$example" | sed 's/^\$ //')
diff <(sed '1,/^  done$/d' <<<"$example") <(bash -c "$script") || fail 'the daily example prints something else'
aisgap report gaps.state | cmp - "$tmp/whole.csv" || fail 'the daily example: another report'

# the two lines of cron, with its escapes
mapfile -t cron < <(sed -n 's/^    30 4 \* \* \*  \(.*\)/\1/p' "$root/README.md" | sed 's/\\%/%/g')
[ ${#cron[@]} = 2 ] || fail "${#cron[@]} lines for cron in README.md, not 2"
for i in 0 1; do
	every_day "cron$i" "${cron[$i]}"
	aisgap report gaps.state | cmp - "$tmp/whole.csv" || fail "cron $i: another report"
	[ -s "$tmp/cron$i.01" ] && fail "cron $i: the first day mails something"
	grep -q '^opened .*273998990' "$tmp/cron$i.04" || fail "cron $i: the last day does not say what opened"
done

# what is said for a day whose file is not there
DAY=2025-03-05 bash -c "$(here "${cron[0]}")" >"$tmp/none" 2>"$tmp/none.err" && fail 'cron: a missing file is no failure'
[ -s "$tmp/none" ] && fail 'cron: a missing file prints a report'
grep -q '2025-03-05' "$tmp/none.err" || fail 'cron: a missing file is not named'

# the live feed
feed=$(sed -n 's/^    \(nc receiver.*\)/\1/p' "$root/README.md")
bash -c "$feed" || fail "the live feed failed: $feed"
grep -q '"change":"opened"' changes.ndjson || fail 'the live feed tells no change'
aisgap report live.state | cmp - "$tmp/whole.csv" || fail 'the live feed: another report'

# service FILE: the command of a unit as systemd hands it to the shell, for the instance "test"
service() {
	sed -n "s/^ExecStart=\/bin\/b\{0,1\}a\{0,1\}sh -c '\(.*\)'$/\1/p" "$root/src/systemd/$1" | sed 's/\$\$/$/g; s/%i/test/g'
}

for day in 01 02 03 04; do
	DAY=2025-03-$day AISGAP_INPUT=$url/%Y/ais-%F.zip AISGAP_OPTIONS='--area vladivostok --area caspian' \
		sh -c "$(here "$(service aisgap-daily@.service)")" || fail "the daily unit failed on day $day"
done
grep -q '"change":"closed"' "$tmp/log/test.ndjson" || fail 'the daily unit tells no change'
aisgap report "$tmp/lib/test.state" | cmp - "$tmp/whole.csv" || fail 'the daily unit: another report'
rm -f "$tmp"/lib/*
AISGAP_FEED='nc receiver.example.org 5631' AISGAP_OPTIONS='' \
	bash -c "$(here "$(service aisgap-follow@.service)")" || fail 'the follow unit failed'
aisgap report "$tmp/lib/test.state" | cmp - "$tmp/whole.csv" || fail 'the follow unit: another report'
if command -v systemd-analyze >/dev/null; then
	for unit in "$root"/src/systemd/*@.*; do
		cp "$unit" "$tmp/$(basename "${unit/@/@test}")"
	done
	sed -i "s|/bin/[a-z]*sh|/bin/true|; /^Documentation/d" "$tmp"/aisgap-*@test.*
	systemd-analyze verify "$tmp"/aisgap-*@test.* 2>&1 | grep -v '^$' && fail 'systemd-analyze finds fault'
fi
echo "$failures failures"
[ $failures = 0 ]
