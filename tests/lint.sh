#!/bin/bash
# What a compiler does not see: tests/lint.sh "COMPILER FLAGS" FILE...
# clang-tidy (.clang-tidy says which checks), cppcheck, functions that must not be used, notes left
# behind, functions that are too long, the man page. Needed are clang-tidy and cppcheck; the rest is
# passed over where the tool is not installed, and said.
set -euo pipefail
read -ra flags <<<"$1"
shift
files=("$@")
jobs=$(nproc)
longest=60
failed=0
log=$(mktemp)
code_file=$(mktemp)
trap 'rm -f "$log" "$code_file"' EXIT

# check NAME COMMAND...: runs it; its output is shown when it fails
check() {
	local name=$1

	shift
	if "$@" >"$log" 2>&1; then
		echo "lint: $name: ok"
	else
		echo "lint: $name: FAILED"
		cat "$log"
		failed=1
	fi
}

# one clang-tidy for each file, as many at once as there are processors; xargs gives the file as $0
tidy() {
	export LINT_FLAGS="${flags[*]}"
	printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "$jobs" bash -c '
		read -ra flags <<<"$LINT_FLAGS"
		text=$(clang-tidy --quiet --config-file=.clang-tidy "$0" -- "${flags[@]}" 2>/dev/null) || {
			# without the path that leads there, which fills screens
			grep -A 2 -E ": (error|warning):" <<<"$text"
			exit 1
		}'
}

includes() {
	local flag

	for flag in "${flags[@]}"; do
		[[ $flag = -I* || $flag = -D* ]] && printf '%s\n' "$flag"
	done
	return 0
}

cpp_check() {
	local given

	mapfile -t given < <(includes)
	cppcheck -q -j "$jobs" --std=c11 --enable=warning,performance,portability --inline-suppr \
		--suppress=missingIncludeSystem --error-exitcode=1 "${given[@]}" "${files[@]}"
}

# "file:line:code" of all files, without comments and what stands in quotes
code() {
	awk '
		FNR == 1 {comment = 0}
		{
			gsub(/"([^"\\]|\\.)*"/, "\"\"")
			out = ""
			while (length($0)) {
				if (comment) {
					end = index($0, "*/")
					if (!end)
						break
					$0 = substr($0, end + 2)
					comment = 0
					continue
				}
				begin = index($0, "/*")
				if (!begin) {
					out = out $0
					break
				}
				out = out substr($0, 1, begin - 1)
				$0 = substr($0, begin + 2)
				comment = 1
			}
			print FILENAME ":" FNR ":" out
		}' "${files[@]}"
}

# banned WHAT PATTERN FILES THAT MAY: no line of code calls it
banned() {
	local name=$1 pattern=$2 allowed=$3

	! grep -E "(^|[^A-Za-z0-9_])($pattern)[[:space:]]*\(" "$code_file" |
		grep -vE "^($allowed)" || {
		echo "these must not be called here: $name"
		return 1
	}
}

notes() {
	! grep -nE '\b(TODO|FIXME|XXX)\b' "${files[@]}" Makefile src/man/* tests/*/*.[ch] tests/*/*.sh
}

# length of each function, by the lines that ctags gives
lengths() {
	ctags -x --c-kinds=f --_xformat='%{end} %n %N %F' "${files[@]}" |
		awk '{print $1 - $2 + 1, $4 ":" $2 ": " $3}' | sort -n
}

short_functions() {
	local list

	list=$(lengths)
	awk -v longest="$longest" '$1 > longest {print $2, $3, "has", $1, "lines"; bad = 1}
		{length_of[NR] = $1}
		END {print NR " functions, median " length_of[int((NR + 1) / 2)] " lines, longest " length_of[NR]
			exit bad}' <<<"$list"
}

man_page() {
	if command -v mandoc >/dev/null && ! mandoc -Tlint -W warning src/man/aisgap.1; then
		return 1
	fi
	command -v groff >/dev/null || return 0
	[ -z "$(groff -mdoc -ww -Tutf8 src/man/aisgap.1 2>&1 >/dev/null | tee /dev/stderr)" ]
}

code >"$code_file"

check 'clang-tidy' tidy
check 'cppcheck' cpp_check
check 'string functions without bounds' banned 'use span.h and snprintf' \
	'strcpy|strncpy|strcat|strncat|sprintf|vsprintf|gets|strtok|strtok_r|alloca' 'none'
check 'numbers and times of the C library' banned 'use base/num.h and base/utc.h' \
	'atoi|atol|atoll|atof|strtol|strtoul|strtoll|strtoull|scanf|sscanf|fscanf|gmtime|gmtime_r|localtime|localtime_r|mktime|strftime|strptime|setlocale' 'src/base/num\.c:'
check 'strtod' banned 'use base/num.h' 'strtod|strtof' 'src/base/num\.c:'
check 'memory' banned 'use base/mem.h' 'malloc|calloc|realloc|strdup|strndup' 'src/base/mem\.c:'
check 'environment and exit' banned 'only cli/ looks and ends' 'getenv|exit|_exit|abort|printf|puts|perror' \
	'src/cli/|src/base/mem\.c:'
check 'notes left behind' notes
if ctags --version 2>/dev/null | grep -q 'Universal Ctags'; then
	check "functions of at most $longest lines" short_functions
	grep -h median "$log" || true
else
	echo 'lint: functions: no universal-ctags here, passed over'
fi
check 'man page' man_page
exit $failed
