#!/bin/sh
# Many runs on parts of a feed leave what one run on all of it leaves: state, report and changes.
# BUILD is the build directory; an argument asks for so many random splits, another is their seed.
set -eu
exec python3 -B "$(dirname "$0")/daily.py" "$@"
