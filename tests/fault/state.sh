#!/bin/sh
# A saved state survives kill -9, a full disk, failing calls, other runs and damage; see state.py.
# BUILD is the build directory; an argument asks for so many random kills, another is their seed.
set -eu
here=$(dirname "$0")
preload=$(mktemp -d)
trap 'rm -rf "$preload"' EXIT
${CC:-cc} -std=c11 -D_GNU_SOURCE -O1 -shared -fPIC -o "$preload/fail_io.so" "$here/fail_io.c" -ldl
python3 -B "$here/state.py" "$preload/fail_io.so" "$@"
