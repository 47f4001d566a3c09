#!/bin/sh
# Whole command lines with their expected output, each in a folder of cases/: cmd is run by sh, in a copy
# of the folder, with aisgap and aissim in the path and data/samples as samples/.
#   expected         what goes to standard output
#   expected.err     to standard error (missing: nothing)
#   expected.status  the exit status (missing: 0)
# Expectations: said in each cmd where they come from; where nothing is said, they were written by
# UPDATE=1 and read against the input, the help text and data/schema by a person.
# UPDATE=1 writes them anew, to be read as a diff. Arguments: only these cases.
set -u
build=$(cd "${BUILD:-build}" && pwd)
top=$(pwd)
cases=$top/tests/golden/cases
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
mkdir "$tmp/bin"
ln -s "$build/aisgap" "$build/aissim" "$tmp/bin"
PATH=$tmp/bin:$PATH
export PATH
LC_ALL=C
export LC_ALL
failed=0
count=0

# write FILE IN DEFAULT: an expectation; none where it is the default
write()
{
	if [ "$(cat "$2")" = "$3" ] && [ "$1" != expected ]; then
		rm -f "$case/$1"
	else
		cp "$2" "$case/$1"
	fi
}

# compare FILE IN DEFAULT
compare()
{
	if [ -e "$case/$1" ]; then
		cmp -s "$case/$1" "$2" && return
		diff -u "$case/$1" "$2" | cut -c 1-400 | head -n 20
	else
		[ "$(cat "$2")" = "$3" ] && return
		head -n 5 "$2"
	fi
	failed=1
	echo "^ $name: $1"
}

for name in ${*:-$(ls "$cases")}; do
	case=$cases/$name
	count=$((count + 1))
	cp -r "$case" "$tmp/$name"
	ln -s "$top/data/samples" "$tmp/$name/samples"
	(cd "$tmp/$name" && sh ./cmd >"$tmp/out" 2>"$tmp/err" </dev/null)
	echo $? >"$tmp/status"
	for what in 'expected out' 'expected.err err' 'expected.status status'; do
		default=
		[ "${what#* }" = status ] && default=0
		if [ "${UPDATE:-}" ]; then
			write "${what% *}" "$tmp/${what#* }" "$default"
		else
			compare "${what% *}" "$tmp/${what#* }" "$default"
		fi
	done
	rm -rf "${tmp:?}/$name"
done
[ $failed = 0 ] && echo "$count cases"
exit $failed
