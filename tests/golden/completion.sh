#!/bin/bash
# The completion and the man page know every option, format and column that the program has, and the man page
# every reason for leaving a row out and for a verdict, and the thresholds.
# Expected is what `aisgap --help` and that of its commands print, what it says of wrong words, and for the
# reasons and thresholds the tables in src/ais/row_outcome.c and src/judge.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${BUILD:-build}
[[ $build = /* ]] || build=$root/$build
man=$root/src/man/aisgap.1
completion=$root/src/completion/aisgap.bash
help=$("$build/aisgap" --help)
decode_help=$("$build/aisgap" decode --help)
selftest_help=$("$build/aisgap" selftest --help)
failures=0

fail() {
	echo "$*"
	failures=$((failures + 1))
}

# complete WORD...: what bash would offer for the last word of `aisgap WORD...`
complete_words() {
	bash -c '
		compopt() { :; }
		source "$1"
		shift
		COMP_WORDS=(aisgap "$@")
		COMP_CWORD=$#
		_aisgap
		printf "%s\n" "${COMPREPLY[@]}"' _ "$completion" "$@"
}

# same WHAT EXPECTED FOUND: the same lines, whatever their order
same() {
	[ "$(sort -u <<<"$2")" = "$(sort -u <<<"$3")" ] || {
		fail "$1: expected <, found >"
		diff <(sort -u <<<"$2") <(sort -u <<<"$3") || true
	}
}

options=$(grep -ohE '^  (-., |    )--[a-z-]+' <<<"$help$decode_help$selftest_help" | sort -u | grep -oE -- '--[a-z-]+')
letters=$(grep -oE '^  -., --' <<<"$help" | cut -c 4)
columns=$(sed -n '/^Columns$/,/^$/s/^  \([a-z_0-9]*\) .*/\1/p' <<<"$help")
commands=$(sed -n '/^Commands$/,/^$/s/^  \([a-z]*\) .*/\1/p' <<<"$help")
formats=$(sed -n '/--format FORMAT/,/--output/p' <<<"$help" | tr ',' '\n' |
	grep -oE '\b(table|csv|json|ndjson|geojson|kml|html)\b' | sort -u)
[ "$(wc -l <<<"$options")" -ge 30 ] || fail "only $(wc -l <<<"$options") options in --help"
[ "$(wc -l <<<"$columns")" -ge 30 ] || fail "only $(wc -l <<<"$columns") columns in --help"

same 'options in the completion' "$options" "$(complete_words --)"
same 'columns in the completion' "$columns" "$(complete_words --columns '')"
same 'formats in the completion' "$formats" "$(complete_words -f '')"
for command in decode selftest; do
	same "formats of $command" "$("$build/aisgap" $command --help | sed -n 's/^  -f, --format FORMAT *//p' |
		grep -oE '\b(text|table|csv|json|ndjson|geojson)\b')" "$(complete_words $command -f '')"
done
for option in verdict rules; do
	same "words of --$option" "$("$build/aisgap" --$option x 2>&1 </dev/null | sed -n 's/.* is none of //p' | tr -d , |
		tr ' ' '\n')" "$(complete_words --$option '')"
done
same '--columns=mmsi,off_po' $'mmsi,off_port\nmmsi,off_port_nm' \
	"$(complete_words --columns = mmsi,off_po)"
for command in $commands; do
	complete_words "$command" | grep -qx "$command" || fail "command $command is not completed"
	grep -qE "^\.Cm $command|^\.Op Cm $command" "$man" || fail "command $command is not in the man page"
done

for option in $options; do
	grep -qE -- "^\.It.* Fl -?${option#-}( |$)|^\.It Fl . , ${option#-}( |$)" "$man" ||
		fail "option $option is not in the man page"
done
for letter in $letters; do
	grep -qE "^\.It Fl $letter , " "$man" || fail "option -$letter is not in the man page"
done
for column in $columns; do
	grep -qE "^\.It Va ([a-z_0-9]+ , )*$column( ,|$)" "$man" || fail "column $column is not in the man page"
done
for reason in $(sed -n 's/^    \[ROW_[A-Z_]*\] = {"\([a-z_]*\)".*/\1/p' "$root/src/ais/row_outcome.c"); do
	[ "$reason" = used ] || grep -qx "\.It Li $reason" "$man" ||
		fail "reason $reason is not in the man page"
done

# the codes of reasons stand in the calls that add them, those of published rules in a table
judge=$root/src/judge
codes=$(grep -hE '\<reasons_(add|code)\(.*"' "$judge"/*.c | grep -oE '"[a-z_]+"' | tr -d '"')
rules=$(sed -n 's/^    \[PUBLISHED_[A-Z]*\] = {"\([a-z]*\)".*/\1/p' "$judge/published.c")
[ "$(wc -l <<<"$codes")" -ge 18 ] || fail "only $(wc -l <<<"$codes") codes of reasons in src/judge"
[ "$(wc -l <<<"$rules")" = 3 ] || fail "$(wc -l <<<"$rules") published rules in src/judge, not 3"
for code in $codes $rules; do
	grep -qE "^\.It Li .*\b$code\b" "$man" || fail "reason $code is not in the man page"
done
for verdict in $(complete_words --verdict ''); do
	grep -qx "\.It Li $verdict" "$man" || fail "verdict $verdict is not in the man page"
done

# thresholds: a list item that begins with the number, and a comment with its name in verdict.c
thresholds=$(awk '/^\.It [0-9]/ {value = $2} /^\.\\" [a-z_]+$/ && value {print $2, value; value = ""}' "$man")
[ "$(wc -l <<<"$thresholds")" = 6 ] || fail "$(wc -l <<<"$thresholds") thresholds in the man page, not 6"
while read -r name value; do
	awk -v name=".$name" -v value="$value" '$1 == name && $2 == "=" {found = $3 + 0 == value + 0}
		END {exit !found}' "$judge/verdict.c" || fail "threshold $name is not $value in verdict.c"
done <<<"$thresholds"

for profile in "$root"/data/profiles/*.json; do
	name=$(basename "$profile" .json)
	[ "$name" = aliases ] || grep -qE "^\.It Li ([a-z0-9-]+ , )*$name( ,|$)" "$man" ||
		fail "profile $name is not in the man page"
done
echo "$failures differences"
[ "$failures" = 0 ]
