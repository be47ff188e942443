# Sourced by groups whose tests are scripts that print the lines of their tests: nothing that went wrong goes unsaid, and
# what real time spoils (whole programs, sockets and browsers side by side on a busy machine) may be tried again.

# Runs a command and shows what it prints; that it ended badly, or printed no test, is a failure too. WHAT it is called.
counted() { # what command…
    local out code what=$1
    shift
    out=$(mktemp)
    "$@" >"$out" 2>&1
    code=$?
    cat "$out"
    if ! grep -qE '^(ok|not ok|skip) - ' "$out"; then
        echo "not ok - $what ran nothing (exit code $code)"
    elif [ "$code" -ne 0 ] && ! grep -q '^not ok - ' "$out"; then
        echo "not ok - $what ended with exit code $code"
    fi
    rm -f "$out"
}

# The same; where RETRY is set (.ci/run sets it) and something failed, once more: what then passes counts as passed, and
# what failed the first time is told as `flaky - WHAT` with its details, for somebody to mend. What a sanitizer or a crash
# has said is never tried again.
again() { # what command…
    local first second
    first=$(mktemp)
    counted "$@" >"$first"
    if [ -z "${RETRY:-}" ] || ! grep -q '^not ok - ' "$first" || grep -qE 'Sanitizer|runtime error:|SIG(SEGV|ABRT|BUS)' "$first"; then
        cat "$first"
    else
        second=$(mktemp)
        counted "$@" >"$second"
        if grep -q '^not ok - ' "$second"; then
            cat "$first"
            echo "    $1 was run once more and failed again"
        else
            cat "$second"
            awk '/^[^ ]/ { told = sub(/^not ok - /, "flaky - ") } told' "$first"
        fi
        rm -f "$second"
    fi
    rm -f "$first"
}
