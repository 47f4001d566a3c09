#!/bin/sh
# A directory of src/ includes only itself and those before it in the list of layers; each third-party
# header stands in exactly one .c.
set -eu
layers=$1
bad=0
before=
for layer in $layers; do
	before="$before $layer"
	[ -d "src/$layer" ] || continue
	for include in $(grep -ho '^#include "[a-z]*/' src/"$layer"/*.[ch] | sed 's/.*"//; s,/,,' | sort -u); do
		case " $before aisgap " in
		*" $include "*) ;;
		*)
			echo "src/$layer includes $include/, which is below it:"
			grep -n "^#include \"$include/" src/"$layer"/*.[ch]
			bad=1
			;;
		esac
	done
done
for header in csv.h cjson/cJSON.h curl/curl.h archive.h geos_c.h geodesic.h md5.h; do
	files=$(grep -l "#include <$header>" -r src include || true)
	[ "$(echo "$files" | grep -c .)" -le 1 ] || {
		echo "<$header> is included by more than one file:" $files
		bad=1
	}
done
exit $bad
