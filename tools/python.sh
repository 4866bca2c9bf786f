# Find a Python that is new enough: sets PYTHON, or says what is missing and ends the script.
# Read by run.sh and test.sh; a Python of one's own is named with PYTHON=… before the command.

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

if [ -z "${PYTHON:-}" ]; then
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if new_enough "$candidate"; then PYTHON=$candidate; break; fi
    done
fi
if [ -z "${PYTHON:-}" ] || ! new_enough "$PYTHON"; then
    echo "Python 3.11 or newer is needed (Debian, Ubuntu: apt-get install python3 python3-pip)." >&2
    exit 1
fi
