#!/bin/sh
# Saved states on the command line: what is refused, with which exit status and words, and that nothing is
# touched then; what is reported from run to run. Expectations: the exit statuses of --help (0 done, 1
# failed, 2 usage, 3 no feed, 4 partial, 5 -e) and the man page's STATES and CHANGES.
set -u
build=$(cd "${BUILD:-build}" && pwd)
top=$(pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
ln -s "$top/data" data
sample=data/samples/simulated-noaa.csv
cases=0
failed=0

fail()
{
	failed=$((failed + 1))
	echo "$*"
	[ ! -s err ] || sed 's/^/    stderr: /' err
}

# check NAME STATUS PATTERN ARGUMENT...: the exit status, and what standard error says; output in out
check()
{
	name=$1 want=$2 pattern=$3
	shift 3
	cases=$((cases + 1))
	"$build/aisgap" "$@" >out 2>err </dev/null
	got=$?
	[ $got = "$want" ] || fail "$name: exit status $got, not $want"
	[ -z "$pattern" ] || grep -qE -- "$pattern" err || fail "$name: the message does not say /$pattern/"
	[ "$want" = 0 ] || [ "$want" = 5 ] || [ ! -s out ] || fail "$name: something is on standard output"
}

# is NAME TEXT: what is in out
is()
{
	cases=$((cases + 1))
	printf '%s' "$2" | cmp -s - out || fail "$1: printed $(cat out)"
}

# untouched NAME: the state and what stands beside it are as they were
untouched()
{
	cases=$((cases + 1))
	for file in state state.sent; do
		cmp -s $file kept/$file || fail "$1: $file was touched"
	done
}

day()
{
	grep -e ^MMSI -e "2025-03-$1" $sample
}

for d in 01 02 03 04; do
	day $d >$d.csv
done

# a state is made, gone on with, and reported
check 'first day' 0 '' --state state --changes --columns change,mmsi,status 01.csv
is 'first day' "change,mmsi,status
"
check 'second day' 0 '' --state state --changes --columns change,mmsi,status 02.csv
is 'second day' "change,mmsi,status
opened,273998987,closed
opened,423998984,open
opened,434998991,open
opened,422998993,open
"
check 'the same day again' 0 '' --state state --changes --if-any 02.csv
is 'the same day again' ''
check 'exit status, no change' 0 '' -e --state state --changes 02.csv
mkdir kept
cp state state.sent kept/
[ "$(stat -c %a state state.sent state.lock | sort -u)" = 600 ] || fail 'the files can be read by others'

# options that contradict the state
check 'smaller gap' 2 'state: it keeps gaps longer than 6 h' --state state -g 1h 03.csv
check 'other area' 2 'state: it was begun with other areas' --state state -a 38,50,60 03.csv
check 'one area of two' 2 'other areas' --state state -a caspian 03.csv
check 'any id' 2 'any-id' --state state --any-id 03.csv
check 'everywhere' 2 'everywhere' --state state --everywhere 03.csv
check 'report: other area' 2 'other areas' report -a caspian state
check 'report: smaller gap' 2 'longer than 6 h' report -g 1h state
untouched 'options that contradict the state'
check 'report: everywhere' 0 '' report --everywhere state
check 'report: its areas by name' 0 '' report -a vladivostok -a caspian state

# options that need others
check 'changes without state' 2 '--changes.*--state' --changes 01.csv
check 'keep without state' 2 '--keep.*--state' --keep 10d 01.csv
check 'short keep' 2 '--keep must lie' --state state --keep 1d 03.csv
check 'no duration' 2 '--keep' --state state --keep soon 03.csv
check 'column of changes' 2 '--changes' --columns change,mmsi 01.csv
check 'report: changes' 2 'unknown option --changes' report --changes state
check 'report: nothing' 2 'expected one state' report
check 'report: two' 2 'expected one state' report state state
check 'merge: no output' 2 '-o FILE' merge state
check 'merge: nothing' 2 'no state' merge -o m
check 'output is the state' 2 'different files' --state state -o state 03.csv
check 'input is the state' 2 'different files' --state 03.csv 03.csv
check 'post as csv' 2 'ndjson, json or geojson' --post http://127.0.0.1:1/ -f csv 03.csv
check 'post to no URL' 2 '' --post nowhere 03.csv
check 'follow as json' 2 'csv or ndjson' --follow -f json 03.csv
check 'follow to a file' 2 '>>' --follow -o changes.csv 03.csv
check 'follow, as of' 2 'own clock' --follow --as-of 2025-03-03 03.csv
check 'follow, two inputs' 2 'one stream' --follow 01.csv 02.csv
check 'follow a URL' 2 'curl' --follow http://127.0.0.1:1/
untouched 'options that do not go together'

# inputs that are none leave the state alone
: >empty.csv
check 'empty feed' 3 'empty.csv' --state state --changes empty.csv
check 'no such file' 1 'none.csv' --state state --changes none.csv
untouched 'inputs that are none'
check 'empty feed, new state' 3 '' --state new --changes empty.csv
[ ! -e new ] || fail 'a feed that is none made a state'
cp state partial
check 'part of the inputs' 4 'none.csv.*the output holds the rest' --state partial -o partial.csv 03.csv none.csv
"$build/aisgap" report partial | cmp -s - partial.csv || fail 'part of the inputs: the state lacks the rest'

# states that are none
mkdir directory
cp $sample csv
head -c 500 state >cut
: >nothing
for bad in directory csv cut nothing; do
	before=$(cat $bad 2>/dev/null | md5sum)
	check "$bad as a state" 1 "$bad: " --state $bad 03.csv
	check "$bad, report" 1 "$bad: " report $bad
	check "$bad, merge" 1 "$bad: " merge -o m state $bad
	[ "$before" = "$(cat $bad 2>/dev/null | md5sum)" ] || fail "$bad was touched"
done
[ ! -e m ] || fail 'a merge that failed left something'
check 'report of none' 1 'none: there is no such file' report none
check 'merge of none' 1 'none: there is no such file' merge -o m state none
cp kept/state kept/state.sent .
head -c 100 state.sent >cut && mv cut state.sent
check 'a damaged list' 1 'state.sent: .*remove it' --state state --changes 03.csv
cmp -s state kept/state || fail 'a damaged list: the state was touched'
rm state.sent
check 'without the list' 0 '' --state state --changes --columns change,mmsi 02.csv
is 'without the list' "change,mmsi
opened,273998987
opened,423998984
opened,434998991
opened,422998993
"

# options that choose gaps are no news
cp kept/state kept/state.sent .
check 'a filter comes' 0 '--flag changed since the last delivery' --state state --changes --flag RU,AZ \
	--columns change,mmsi 02.csv
is 'a filter comes' "change,mmsi
excluded,434998991
excluded,422998993
"
check 'a filter goes' 0 '--flag changed' --state state --changes --columns change,mmsi 03.csv
is 'a filter goes' "change,mmsi
revised,273998987
closed,423998984
included,434998991
included,422998993
included,667998996
opened,273998986
"
check 'exit status' 5 '' -e --state state --changes --columns change,mmsi 04.csv
is 'exit status' "change,mmsi
revised,273998986
opened,273998990
"

# one run over all days is the same, and so are states that are joined
check 'all days' 0 '' --state all $sample
cp out all.csv
cmp -s state all || fail 'four days are another state than one run'
check 'report' 0 '' report state
is 'report' "$(cat all.csv)
"
for d in 01 02 03 04; do
	check "day $d alone" 0 '' --state $d.state -o $d.out.csv $d.csv
done
check 'merge' 0 '' merge -o m 03.state 01.state 04.state 02.state 01.state
cmp -s m all || fail 'joined states are another state than one run'
check 'merge into one of them' 0 '' merge -o 01.state 01.state 02.state 03.state 04.state
cmp -s 01.state all || fail 'a merge into one of its states is another state'
check 'a later report' 0 '' report --as-of 2025-03-05 --columns mmsi,status state
grep -q '273998990,open' out || fail 'report --as-of: the open gap is missing'

# what the state says holds where the options are silent
check 'everywhere, begun' 0 '' --state far --everywhere $sample
cp out far.csv
check 'everywhere, silent' 0 '' --state far $sample
cmp -s out far.csv || fail 'everywhere: another report where the option is left out'
check 'everywhere, report' 0 '' report far
cmp -s out far.csv || fail 'everywhere: another report from the state'
check 'any id, begun' 0 '' --state ids --any-id 01.csv
check 'any id, silent' 0 '' --state ids 02.csv

# a list whose state is gone, and a state that is older than its list
check 'gone, begun' 0 '' --state gone --changes $sample
rm gone
check 'gone' 1 'gone.sent tells of a state that is gone' --state gone --changes 02.csv
[ ! -e gone ] || fail 'a state that is gone was begun anew beside its list'
check 'older, begun' 0 '' --state older --changes 01.csv 02.csv
cp older older.copy
check 'older, gone on' 0 '' --state older --changes 03.csv
cp older.copy older
check 'older' 0 'of an earlier time' --state older --changes --columns change,mmsi 02.csv
grep -q '^excluded,' out || fail 'older: nothing is called excluded'
grep -q '^retracted,' out && fail 'older: what happened is called retracted'
check 'earlier as-of' 0 'of an earlier time' --state older --changes --as-of 2025-03-01T12:00:00Z --columns change,mmsi 02.csv
grep -q '^retracted,' out && fail 'earlier as-of: what happened is called retracted'

# clocks ahead: three of them, in a new state, in one without evidence, and a time that is mistyped
awk -F, 'NR > 1 && !seen[$1]++ && n++ < 3' 01.csv | sed 's/2025-/2037-/' >ahead
cat 04.csv ahead >ahead.csv
check 'ahead, new state' 1 'nobody else was heard' --state ahead.state ahead.csv
[ ! -e ahead.state ] || fail 'ahead: a state was made'
cp all ahead.state
check 'ahead' 1 'nobody else was heard|be forgotten' --state ahead.state ahead.csv
cmp -s all ahead.state || fail 'ahead: the state was touched'
check 'mistyped as-of' 2 'later than the last report' --state ahead.state --as-of 2052-03-04 04.csv
cmp -s all ahead.state || fail 'mistyped as-of: the state was touched'
check 'ahead, with as-of' 0 '' --state ahead.state --as-of 2025-03-05 ahead.csv

# a missing day is told, and taken back when it comes
check 'missing day, begun' 0 '' --state hole --changes 01.csv 02.csv
check 'missing day' 0 'no vessel at all was heard between 2025-03-0' --state hole --changes --columns change 04.csv
check 'late day' 0 '' --state hole --changes --columns change 03.csv
grep -q retracted out || fail 'late day: nothing is taken back'
[ ! -s err ] || fail 'late day: it still warns'
cmp -s hole all || fail 'late day: another state'

# outputs beside the state, merges over what is none
for ending in .sent .due .lock .tmp; do
	check "output is the state$ending" 2 'different files' --state state -f csv -o state$ending 04.csv
	check "ledger is the state$ending" 2 'different files' --state state --ledger state$ending 04.csv
done
check 'merge over a CSV' 1 '01.csv: ' merge -o 01.csv all
grep -q ^MMSI 01.csv || fail 'merge: a CSV was replaced'
check 'state is standard input' 2 'is a file' --state - 04.csv
check 'state is a device' 1 'is no file' --state /dev/null 04.csv
[ ! -e /dev/null.lock ] || fail 'a device has a lock'

# streams: a row that is torn, a line that an earlier run tore, status, no header without a row
head -c -20 02.csv | "$build/aisgap" --follow -v >out 2>err
grep -q '1 row of too many bytes' err || fail 'a torn row is not left out'
printf '{"change":"ope' >appended
"$build/aisgap" --follow -f ndjson >>appended 2>err <$sample
[ "$(head -n 1 appended)" = '{"change":"ope' ] || fail 'what was torn took the next row'
check 'follow, -e' 5 '' --follow -e $sample
check 'follow, nothing' 0 '' --follow --if-any -g 20d $sample
is 'follow, nothing' ''

# links and modes
mkdir real
chmod 640 state
mv state real/
ln -s real/state linked
check 'a link' 0 '' --state linked -o out.csv 04.csv
[ -L linked ] && [ -e real/state.lock ] && [ ! -e linked.lock ] || fail 'a link was replaced'
[ "$(stat -c %a real/state)" = 640 ] || fail 'the mode of the state was changed'
ls -A | grep -E '\.tmp$|^\.aisgap' && fail 'temporary files were left'

echo "$cases cases, $failed failed"
[ $failed = 0 ]
