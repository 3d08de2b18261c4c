# A daemon of our own, on a data directory in the scratch space.

# start_daemon DATA [OPTION…]: returns when it takes connections.
start_daemon() {
    local data=$1 waited
    shift
    socket=$scratch/daemon.sock
    : > "$scratch/daemon.log"  # or the word of the daemon before would be taken for its own
    "$tallyd" --data "$data" --socket "$socket" --log-level warning "$@" 2> "$scratch/daemon.log" &
    daemon_pid=$!
    for ((waited = 0; waited < 12000; waited++)); do
        grep -q '^tallyd ready on' "$scratch/daemon.log" && return
        kill -0 "$daemon_pid" 2> /dev/null || break
        sleep 0.005
    done
    die "the daemon" "$(< "$scratch/daemon.log")"
}

stop_daemon() {
    [[ -n $daemon_pid ]] || return 0
    kill "$daemon_pid" 2> /dev/null || true
    wait "$daemon_pid" 2> /dev/null || true
    daemon_pid=
}

# load NAME OPTION…: sends receipts and sets `rate` to how many were recorded in a second. It counts before it times: every
# receipt must have been recorded.
load() {
    local name=$1 result
    shift
    result=$("$tally" bench --socket "$socket" --json "$@" 2> "$scratch/load.log") ||
        die "$name" "$(tail -1 "$scratch/load.log")"
    rate=$(jq -e 'select(.recorded == .events) | .receipts_per_second' <<< "$result") ||
        die "$name" "not every receipt was recorded: $result"
}
