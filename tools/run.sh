#!/bin/sh
# Prepare this machine and start wxadmin: no words open the window, a verb does one act without it.
#   sh tools/run.sh [verb…]
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/tools/python.sh"
"$PYTHON" "$root/tools/prepare.py" run

has_screen() {
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]
}

has_screen || export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}"
if [ $# -gt 0 ] || has_screen; then
    exec "$root/.venv/bin/python" "$root/main.py" "$@"
fi
echo "There is no screen here, so a whole month is played without a window." >&2
folder="$root/demo"
number=1
while [ -e "$folder" ]; do
    number=$((number + 1))
    folder="$root/demo-$number"
done
"$root/.venv/bin/python" "$root/main.py" demo "$folder"
echo "Its forms, lists and pictures are in $folder" >&2
