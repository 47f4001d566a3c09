#!/bin/sh
# --follow: the changes of a live feed replay to what a batch run reports; see follow.py.
# BUILD is the build directory; an argument is the number of restarts.
set -eu
exec python3 -B "$(dirname "$0")/follow.py" "$@"
