# Sourced by groups whose tests live off real time: whole programs, sockets and browsers side by side on a busy machine.

# Runs a script that prints the lines of its tests. Where RETRY is set (.ci/run sets it) and something failed, the script
# runs once more: what then passes counts as passed, and what failed the first time is told as `flaky - WHAT` with its
# details, for somebody to mend. What a sanitizer or a crash has said is never tried again. WHAT the script, then how to run it.
again() { # what command…
    local first what=$1
    shift
    first=$(mktemp)
    "$@" >"$first" 2>&1
    if [ -z "${RETRY:-}" ] || ! grep -q '^not ok - ' "$first" || grep -qE 'Sanitizer|runtime error:|SIG(SEGV|ABRT|BUS)' "$first"; then
        cat "$first"
    else
        local second
        second=$(mktemp)
        "$@" >"$second" 2>&1
        if grep -q '^not ok - ' "$second"; then
            cat "$first"
            echo "    $what was run once more and failed again"
        else
            cat "$second"
            awk '/^[^ ]/ { told = sub(/^not ok - /, "flaky - ") } told' "$first"
        fi
        rm -f "$second"
    fi
    rm -f "$first"
}
