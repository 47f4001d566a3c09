#!/bin/sh
# --post against servers that fail: each change arrives, in order; see post.py.
# BUILD is the build directory; an argument is the seconds that a late answer takes.
set -eu
exec python3 -B "$(dirname "$0")/post.py" "$@"
