#!/bin/sh
# Broken input, broken options, broken output: each with its exit status, a message on standard error that
# names what is wrong and what was expected, nothing on standard output, nothing left behind.
# Expectations: the exit statuses of --help (0 done, 1 failed, 2 usage, 3 no feed, 4 partial, 5 -e).
# VALGRIND=1 runs every aisgap under valgrind.
set -u
build=$(cd "${BUILD:-build}" && pwd)
top=$(pwd)
tmp=$(mktemp -d)
trap 'chmod -R u+rwx "$tmp"; rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
ln -s "$top/data" data
mkdir work
cd work || exit 1
failed=0
sample=../data/samples/simulated-noaa.csv

aisgap()
{
	if [ "${VALGRIND:-}" ]; then
		valgrind -q --error-exitcode=99 --leak-check=full "$build/aisgap" "$@"
	else
		"$build/aisgap" "$@"
	fi
}

fail()
{
	failed=1
	echo "$*"
	[ -s ../err ] && sed 's/^/    stderr: /' ../err | cut -c 1-300 | head -n 5
}

# no temporary file of ours may be left in the working directory
tidy()
{
	for left in .aisgap* ../.aisgap*; do
		[ -e "$left" ] && fail "$1: left behind: $left" && rm -f "$left"
	done
}

# check WHAT STATUS PATTERN ARGUMENTS...: runs aisgap; nothing may go to standard output
check()
{
	what=$1 status=$2 pattern=$3
	shift 3
	aisgap "$@" >../out 2>../err
	verdict "$what" $? "$status" "$pattern"
	[ ! -s ../out ] || fail "$what: printed something"
	kept "$what" "$status" "$@"
}

# verdict WHAT GOT WANTED PATTERN
verdict()
{
	[ "$2" = "$3" ] || fail "$1: exit status $2, not $3"
	grep -Eq -- "$4" ../err || fail "$1: the message does not say /$4/"
	[ "$(grep -c '^aisgap: ' ../err)" = "$(grep -c '' ../err)" ] || fail "$1: stray lines on stderr"
	tidy "$1"
}

# the same again with -o: an existing file stays as it was
kept()
{
	what=$1
	shift 2
	echo precious >../kept.csv
	aisgap -o ../kept.csv "$@" >../out2 2>/dev/null
	[ "$(cat ../kept.csv)" = precious ] || fail "$what: an existing output file was changed"
	[ ! -s ../out2 ] || fail "$what: printed something in spite of -o"
	rm -f ../kept.csv
	aisgap -o ../new.csv "$@" >/dev/null 2>&1
	[ ! -e ../new.csv ] || fail "$what: made an output file"
	rm -f ../new.csv
	tidy "$what"
}

# works WHAT STATUS ARGUMENTS...: a report comes out; its rows are in ../out
works()
{
	what=$1 status=$2
	shift 2
	aisgap "$@" >../out 2>../err
	got=$?
	[ $got = "$status" ] || fail "$what: exit status $got, not $status"
	tidy "$what"
}

ledger() { python3 -c 'import json, sys
d = json.load(open("../ledger.json"))
i = d["inputs"][0]
print(eval(sys.argv[1]))' "$1"; }

# expect WHAT EXPRESSION VALUE: of the ledger
expect()
{
	value=$(ledger "$2")
	[ "$value" = "$3" ] || fail "$1: $2 is $value, not $3"
}

row() { echo "273999999,2025-03-01T$1:00:00,43.1,131.9,$2"; }
header=MMSI,BaseDateTime,LAT,LON,VesselName
{
	echo $header
	row 00 one
	row 12 two
} >good.csv
works 'good file' 0 good.csv
[ "$(grep -c closed ../out)" = 1 ] || fail 'good file: no gap'

# ---------- input that is no feed

: >empty.csv
check 'empty file' 3 'empty.csv: empty; expected' empty.csv
check 'empty standard input' 3 'standard input.*empty; expected' - </dev/null
echo $header >bare.csv
check 'header only' 3 'bare.csv: no rows; expected' bare.csv
printf '\n\n \n' >blank.csv
check 'blank lines' 3 'blank.csv: ' blank.csv
tail -n +2 good.csv >bodies.csv
check 'no header' 3 'bodies.csv: no header.*--map mmsi=1' bodies.csv
works 'no header, columns by number' 0 --map mmsi=1 --map time=2 --map lat=3 --map lon=4 bodies.csv
[ "$(grep -c closed ../out)" = 1 ] || fail 'no header: the first row was taken for one'
for column in 1:MMSI 2:time 3:lat 4:lon; do
	cut -d, --complement -f "${column%:*}" good.csv >missing.csv
	name=$(echo "${column#*:}" | tr A-Z a-z)
	check "no $name" 3 "missing.csv: no column for $name; .*--map $name=COLUMN" missing.csv
done
# bytes without an order, the same ones in every run: what they begin with decides what is said
LC_ALL=C awk 'BEGIN { for (s = 5; n++ < 20000; s = (s * 69069 + 1) % 4294967296) printf "%c", int(s / 65536) % 256 }' \
	>garbage.csv
check garbage 3 'garbage.csv: .*expected' garbage.csv
printf '\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\10\6\0\0\0' >image.png
check PNG 3 'image.png: binary.*expected' image.png
printf '7z\274\257\047\034\0\4' >good.7z
check '7z archive' 3 'good.7z: this is a 7z archive.*7z x' good.7z
printf '\377\376M\0M\0S\0I\0,\0' >utf16.csv
check UTF-16 3 'utf16.csv: this is UTF-16.*iconv' utf16.csv
echo 'name,age' >other.csv
echo 'x,7' >>other.csv
check 'another CSV' 3 'other.csv: .*(MMSI|mmsi)' other.csv
sed 's/2025-03-01T/yesterday /' good.csv >times.csv
check 'every row bad' 3 'times.csv: .*time' times.csv
awk -F, -v OFS=, 'NR > 1 { t = $3; $3 = $4; $4 = t } 1' good.csv >swapped.csv
check 'latitudes in the longitude column' 3 'swapped.csv: .*out of range.*are latitude and longitude swapped.*--map' \
	swapped.csv
awk -F, -v OFS=, 'NR > 1 { $3 *= 600000; $4 *= 600000 } 1' good.csv | sed 's/\.0*,/,/g' >raw.csv
check 'raw AIS units' 3 'raw.csv: .*--map lat=COLUMN/600000' raw.csv
works 'raw AIS units, mapped' 0 --map lat=LAT/600000 --map lon=LON/600000 raw.csv
[ "$(grep -c 43.1,131.9 ../out)" = 1 ] || fail 'raw units: not read'
sed 's/^273999999/7/' good.csv >ids.csv
check 'ids that are no MMSI' 3 'ids.csv: .*--any-id' ids.csv
{
	echo MMSI,Time,LAT,LON
	echo 273999999,03/04/2025 00:00,43.1,131.9
	echo 273999999,04/04/2025 00:00,43.1,131.9
} >dates.csv
check 'ambiguous dates' 2 '--time-format day-first or --time-format month-first' dates.csv
{
	cat dates.csv
	echo 273999999,13/04/2025 00:00,43.1,131.9
	echo 273999999,04/13/2025 00:00,43.1,131.9
} >contradictory.csv
check 'contradictory dates' 2 '1 rows .*day first and 1 only .*--time-format' contradictory.csv

# ---------- input that is broken in places

{
	cat good.csv
	printf '273999999,2025-03-02T12:00:0'
} >cut.csv
works 'cut in the middle of a row' 3 --ledger ../ledger.json cut.csv
expect 'cut in the middle of a row' 'i["rows"], i["used"], i["left_out"]' "(3, 2, {'short_row': 1})"
works 'cut in the middle of a row, allowed' 0 --max-bad 50 cut.csv
[ "$(grep -c closed ../out)" = 1 ] || fail 'cut in the middle: the rows before it are not used'

# many HOURS-LIKE rows around a fault: a fault of one row in 300 stays below --max-bad
many() { awk -v h=$header 'BEGIN { print h; for (i = 0; i < 300; i++)
	printf "273999999,2025-03-%02dT%02d:%02d:00,43.1,131.9,n\n", 1 + i / 24, i % 24, i % 60 }'; }
many >many.csv
works 'whole rows' 0 --ledger ../ledger.json -g 1h many.csv
whole=$(ledger 'i["used"]')
[ "$whole" = 300 ] || fail "whole rows: $whole of 300 used"
many | awk 'NR == 3 { print "273999999,2025-03-01T00:30:00,43.1,131.9,\"open" } 1' >early.csv
many | awk 'NR == 299 { print "273999999,2025-03-01T00:30:00,43.1,131.9,\"open" } 1' >late.csv
for file in early late; do
	works "unclosed quote, $file" 0 --ledger ../ledger.json $file.csv
	expect "unclosed quote, $file" 'i["used"], i["left_out"]' "(300, {'open_quote': 1})"
	works "unclosed quote, $file, small blocks" 0 -j 4 --block-size 64 --ledger ../ledger.json $file.csv
	expect "unclosed quote, $file, small blocks" 'i["used"], i["left_out"]' "(300, {'open_quote': 1})"
done
many | awk 'NR == 100 { sub(/n$/, "a\001b") } 1' | tr '\001' '\000' >nul.csv
works 'NUL in a name' 0 --ledger ../ledger.json nul.csv
expect 'NUL in a name' 'i["used"]' 300
many | awk 'NR == 100 { sub(/2739/, "27\0019") } 1' | tr '\001' '\000' >nul.csv
works 'NUL in an MMSI' 0 --ledger ../ledger.json nul.csv
expect 'NUL in an MMSI' 'i["rows"], i["used"]' '(300, 299)'
head -c 65536 /dev/zero >zeros.csv
check 'NUL bytes alone' 3 'zeros.csv: binary' zeros.csv
if [ -z "${VALGRIND:-}" ]; then
	{
		many
		head -c 100000000 /dev/zero | tr '\0' x
		echo
		many | tail -n +2 | sed 's/2025-03/2025-04/'
	} >long.csv
	works '100 MB line' 0 --ledger ../ledger.json long.csv
	expect '100 MB line' 'i["rows"], i["used"], i["left_out"]' "(601, 600, {'long_row': 1})"
	rm long.csv
	head -c 100000000 /dev/zero | tr '\0' x >long.csv
	check '100 MB line alone' 3 'long.csv: no header line in the first 64 KiB' long.csv
	rm long.csv
fi

# ---------- inputs that cannot be read

check 'no such file' 1 'nowhere.csv: No such file' nowhere.csv
check directory 1 '\.: .*directory' .
if [ "$(id -u)" != 0 ]; then
	cp good.csv secret.csv
	chmod 000 secret.csv
	check 'unreadable file' 1 'secret.csv: Permission denied' secret.csv
fi
works 'one of two inputs missing' 4 good.csv nowhere.csv
[ "$(grep -c closed ../out)" = 1 ] || fail 'one of two missing: the other is not used'
verdict 'one of two inputs missing' 4 4 'nowhere.csv: No such file'
works 'one of two missing, first' 4 nowhere.csv good.csv
[ "$(grep -c closed ../out)" = 1 ] || fail 'first of two missing: the other is not used'
works 'one of two inputs empty' 4 good.csv empty.csv
[ "$(grep -c closed ../out)" = 1 ] || fail 'one of two empty: the other is not used'
works 'partial before gaps' 4 -e good.csv nowhere.csv

# ---------- options

for text in -1 '6 hours' 0 6 h 6hh 1e999h 0s '' 99999999999999d; do
	check "--min-gap '$text'" 2 '--min-gap: .*expected .*90m, 6h, 2d' --min-gap "$text" good.csv
done
check 'missing argument' 2 '--min-gap needs an argument' good.csv --min-gap
check 'missing argument of a letter' 2 '--area needs an argument' good.csv -a
check 'unknown option' 2 'unknown option --gap; see --help' --gap 6h good.csv
check 'unknown letter' 2 'unknown option -z; see --help' -z good.csv
check 'argument for a flag' 2 '--everywhere takes no argument' --everywhere=yes good.csv
check 'unknown format' 2 "--format: 'xml' is none of table, csv" -f xml good.csv
check 'unknown column' 2 'no column "speed"; there are gap_id,status' --columns mmsi,speed good.csv
check 'column twice' 2 'mmsi' --columns mmsi,mmsi good.csv
for format in json ndjson geojson; do
	check "--columns with $format" 2 '--columns' --columns mmsi -f $format good.csv
done
check 'from after to' 2 '--from must be before --to' --from 2025-03-02 --to 2025-03-01 good.csv
check 'from equals to' 2 '--from must be before --to' --from 2025-03-02 --to 2025-03-02 good.csv
check 'ambiguous time' 2 "--from: '03/04/2025' is no time; expected" --from 03/04/2025 good.csv
check 'no time' 2 "--as-of: 'now' is no time; expected" --as-of now good.csv
check 'unknown window' 2 "--by: 'both' is none of off, on, overlap" --by both good.csv
check 'no MMSI' 2 "--mmsi: 'x' is no" --mmsi x good.csv
check 'no IMO number' 2 "--imo: '1234568' is no IMO" --imo 1234568 good.csv
check 'no flag' 2 "--flag: 'RUS' is no" --flag RUS good.csv
check 'no class' 2 "--class: 'C' is neither" --class C good.csv
check 'unknown zone' 2 'Mars/Base' --tz Mars/Base good.csv
check 'bad time format' 2 'time format "%Q".*expected strptime letters' --time-format '%Q' good.csv
check 'unknown field' 2 '--map' --map speeed=SOG good.csv
check 'map without column' 2 '--map' --map lat good.csv
check 'map by zero' 2 '--map' --map lat=LAT/0 good.csv
check 'map to a column that is not there' 2 'nosuch' --map lat=nosuch good.csv
check 'threads' 2 '--threads: .*whole number from 1 to' -j none good.csv
check 'block size' 2 'block.size' --block-size 1 good.csv
check 'max-bad' 2 '--max-bad: .*percentage from 0 to 100' --max-bad lots good.csv
check 'no such profile' 2 'nowhere.json' --profile nowhere.json good.csv
echo '{"name":' >broken.json
check 'broken profile' 2 'broken.json: .*expected JSON' --profile broken.json good.csv

# ---------- areas

check 'unknown area' 2 'atlantis.*expected|atlantis.*vladivostok' -a atlantis good.csv
check 'no such area file' 2 'nowhere.geojson: No such file' -a nowhere.geojson good.csv
check 'directory as area' 2 '\./: .*expected' -a ./ good.csv
for circle in 43,131 43,131,x 91,131,10 43,131,0 43,131,-5 43,131,9999 89,0,100 43,131,10,10 ,,; do
	check "circle $circle" 2 'expected' -a "$circle" good.csv
done

# area NAME PATTERN TEXT
area()
{
	printf '%s' "$3" >area.geojson
	check "GeoJSON: $1" 2 "area.geojson.*$2" -a area.geojson good.csv
}
polygon() { printf '{"type":"Polygon","coordinates":%s}' "$1"; }
square='[[130,42],[133,42],[133,44],[130,44],[130,42]]'
area empty expected ''
area 'not JSON' ':1:' '{"type":'
area 'two documents' ':1:' "$(polygon "[$square]") x"
area 'an array' expected '[]'
area 'no features' 'no features' '{"type":"FeatureCollection","features":[]}'
area 'a point' expected '{"type":"Point","coordinates":[130,42]}'
area 'not closed' 'not closed' "$(polygon '[[[130,42],[133,42],[133,44],[130,44]]]')"
area 'three corners' 'expected 4' "$(polygon '[[[130,42],[133,42],[130,42]]]')"
area 'crossed edges' 'Self-intersection|elf' "$(polygon '[[[130,42],[133,44],[133,42],[130,44],[130,42]]]')"
area 'latitude first' 'latitude 130' "$(polygon '[[[42,130],[42,133],[44,133],[44,130],[42,130]]]')"
area 'text for a number' 'no two numbers' "$(polygon '[[["130",42],[133,42],[133,44],[130,42]]]')"
area 'no coordinates' expected '{"type":"Polygon"}'
area 'negative margin' margin_nm \
	"{\"type\":\"Feature\",\"properties\":{\"margin_nm\":-1},\"geometry\":$(polygon "[$square]")}"
area 'name with a semicolon' expected \
	"{\"type\":\"Feature\",\"properties\":{\"name\":\"a;b\"},\"geometry\":$(polygon "[$square]")}"
area 'projected metres' expected "$(polygon '[[[4000000,5000000],[4100000,5000000],[4100000,5100000],[4000000,5000000]]]')"
python3 -c 'print("[" * 200000)' >deep.geojson
check 'GeoJSON: deep' 2 'deep.geojson' -a deep.geojson good.csv

# ---------- output

aisgap $sample >/dev/full 2>../err
verdict 'full disk as standard output' $? 1 'standard output.*No space'
check 'full disk as output' 1 '/dev/full: No space' -o /dev/full $sample
aisgap --ledger /dev/full $sample >../out 2>../err
verdict 'full disk as ledger' $? 1 '/dev/full: No space'
aisgap --help >/dev/full 2>../err
verdict 'full disk for the help' $? 1 'No space'
check 'no such output directory' 1 'nowhere/gaps.csv: No such file' -o nowhere/gaps.csv $sample
aisgap --ledger nowhere/l.json $sample >../out 2>../err
verdict 'no such ledger directory' $? 1 'nowhere/l.json: No such file'
mkdir full
aisgap -o full $sample >../out 2>../err
verdict 'directory as output' $? 1 'full: .*directory'
if [ "$(id -u)" != 0 ]; then
	mkdir locked
	chmod 555 locked
	aisgap -o locked/gaps.csv $sample >../out 2>../err
	verdict 'directory that may not be written' $? 1 'locked/gaps.csv: Permission denied'
fi
# 20,000 gaps: far more than a pipe holds; one ship is heard all the time, so that the feed is no hole
awk -v h=$header 'BEGIN { print h; for (i = 0; i < 20000; i++) {
	printf "%d,2025-03-01T00:00:00,43.1,131.9,n\n%d,2025-03-01T12:00:00,43.1,131.9,n\n",
	273100001 + i, 273100001 + i }
	for (h = 1; h < 12; h++) printf "273200001,2025-03-01T%02d:00:00,43.1,131.9,n\n", h }' >large.csv
for format in csv ndjson json geojson table; do
	{
		aisgap -f $format large.csv 2>../err
		echo $? >../status
	} | head -n 1 >../out
	[ "$(cat ../status)" = 0 ] || fail "reader gone, $format: exit status $(cat ../status)"
	[ ! -s ../err ] || fail "reader gone, $format: a message"
done
exec 3>&1 >&-
aisgap good.csv 2>../err
status=$?
exec >&3 3>&-
[ $status = 1 ] || fail "closed standard output: exit status $status, not 1"

echo precious >../kept.csv
works 'an output file is replaced by a run that succeeds' 0 -o ../kept.csv good.csv
[ "$(grep -c closed ../kept.csv)" = 1 ] || fail 'the output file was not replaced'
exit $failed
