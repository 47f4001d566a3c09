#!/bin/sh
# aisgap merge: partial states joined in any tree have the bytes of one run.
# BUILD is the build directory; an argument is the number of trees for each count of parts.
set -eu
exec python3 -B "$(dirname "$0")/merge.py" "$@"
