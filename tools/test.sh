#!/bin/sh
# Prepare this machine and run every check and test; further words go to pytest.
#   sh tools/test.sh [words for pytest…]
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/tools/python.sh"
"$PYTHON" "$root/tools/prepare.py" test
exec "$root/.venv/bin/python" "$root/tools/check.py" "$@"
