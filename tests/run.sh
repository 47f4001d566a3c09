#!/bin/sh
# Runs the tests named as arguments (programs or scripts): exit 0 passes, 77 skips, all else fails.
# Prints one line each, the output of those that fail or skip, and how many passed.
set -u
passed=0 failed=0 skipped=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for test in "$@"; do
	begin=$(date +%s)
	"$test" >"$log" 2>&1
	status=$?
	took=$(($(date +%s) - begin))
	name=${test#"${BUILD:-build}"/}
	case $status in
	0) passed=$((passed + 1)) word=ok ;;
	77) skipped=$((skipped + 1)) word=skipped ;;
	*) failed=$((failed + 1)) word="FAILED (exit $status)" ;;
	esac
	printf '%-44s %s  %ss\n' "$name" "$word" "$took"
	[ $status = 0 ] && grep -i '^skipped:' "$log"
	[ $status = 0 ] || tail -n 40 "$log" | sed 's/^/    /'
done
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
