# Rows of the whole ledger: a daemon, a client, a disk.

bench_members() { size 100000 10000; }

# repeat_load NAME OPTION…: sets `rate` to the median of several loads, after one that warms up.
repeat_load() {
    local turn rates=()
    load "$@"
    for ((turn = 1; turn <= repeats; turn++)); do
        load "$@"
        rates+=("$rate")
    done
    rate=$(median "${rates[@]}")
}

# Batches of 8,192 from one client; the peer gets ordered batches of 1,000.
measure_ingest_batch() {
    local events members ratio=- compared=- holds before bytes data=$scratch/ingest
    events=$(size 4000000 300000)
    members=$(bench_members)
    start_daemon "$data"
    load ingest-batch --members "$members" --events 8192
    before=$(stat -c %s "$data/log/data.mdb")
    if wants ingest-batch; then
        repeat_load ingest-batch --members "$members" --events "$events"
        bytes=$(calc "($(stat -c %s "$data/log/data.mdb") - $before) / ($events * ($repeats + 1))")
    else
        load bytes-per-receipt --members "$members" --events "$events"
        bytes=$(calc "($(stat -c %s "$data/log/data.mdb") - $before) / $events")
    fi
    stop_daemon
    rm -rf "$data"
    if wants ingest-batch; then
        holds=$(holds_if "$rate >= 500000")
        if measure_peer "$members"; then
            ratio=$(calc "$rate / $peer_rate")
            compared="PostgreSQL $(grouped "$peer_rate")"
            holds=$(holds_if "$rate >= 500000 && $ratio >= 60")
        fi
        row ingest-batch "$rate" receipts/s "$compared" "$ratio" "500 k/s, ratio >= 60" "$holds" -
    fi
    if wants bytes-per-receipt; then row bytes-per-receipt "$bytes" bytes - - - - -; fi
}

# measure_peer MEMBERS: sets peer_rate; fails when there is no PostgreSQL and none can be installed.
measure_peer() {
    local code=0 directory=$scratch/postgres
    compgen -G '/usr/lib/postgresql/*/bin/initdb' > /dev/null ||
        { [[ $(id -u) == 0 ]] && apt-get install -y -qq postgresql-15 > "$scratch/apt.log" 2>&1; } || true
    peer_rate=$("$here/peers/postgres/peer" "$directory" "$(size 20 5)" "$1" 1000 2> "$scratch/peer.log") || code=$?
    rm -rf "$directory"
    case $code in
        0) return 0 ;;
        3) skip "the peer of ingest-batch" "there is no PostgreSQL: apt-get install postgresql-15" ;;
        *) broken "the peer of ingest-batch" "$(tail -1 "$scratch/peer.log")" ;;
    esac
    return 1
}

# One receipt a message over many connections, each of which waits for its answer: they share syncs.
measure_ingest_single_64() {
    local data=$scratch/single-64
    start_daemon "$data"
    repeat_load ingest-single-64 --members "$(bench_members)" --batch 1 --in-flight 1 --connections 64 \
        --seconds "$(size 5 2)"
    stop_daemon
    rm -rf "$data"
    row ingest-single-64 "$rate" receipts/s - - "30 k/s" "$(holds_if "$rate >= 30000")" -
}

# One receipt a message over one connection that waits for each answer, against what one durable append of one record
# takes. Both take turns: a disk is not as fast in one minute as in the next.
measure_ingest_single_1() {
    local commit turn rates=() ratios=() commits=() data=$scratch/single-1
    start_daemon "$data"
    load ingest-single-1 --members "$(bench_members)" --batch 1 --in-flight 1 --seconds 1
    for ((turn = 1; turn <= repeats; turn++)); do
        commit=$("$rooms" commit "$scratch/commit-$turn" "$(size 2000 500)" | cut -d' ' -f1)
        rm -rf "$scratch/commit-$turn"
        load ingest-single-1 --members "$(bench_members)" --batch 1 --in-flight 1 --seconds "$(size 3 2)"
        commits+=("$commit")
        rates+=("$rate")
        ratios+=("$(calc "$rate * $commit")")
    done
    stop_daemon
    rm -rf "$data"
    row ingest-single-1 "$(median "${rates[@]}")" receipts/s "a commit of $(calc "int($(median "${commits[@]}") * 1e6)") µs" \
        "$(median "${ratios[@]}")" "ratio >= 0.7" "$(holds_if "$(median "${ratios[@]}") >= 0.7")" -
}

# The full Complete Journey: 1.5 million lines from a CSV file, from the start of the importer to its last answer.
measure_import() {
    local turn start times=() data file=$scratch/journey.csv
    local packed=${TALLY_BENCH_DATA:-$top/../shared/data}/completejourney.csv.zst
    local programme=$top/deploy/examples/programmes/cashback-5.yaml
    if [[ ! -f $packed ]]; then skip import-journey "there is no $packed"; return; fi
    zstd -dcq --long=27 "$packed" > "$file"
    for ((turn = 1; turn <= (repeats + 1) / 2; turn++)); do
        data=$scratch/import-$turn
        start_daemon "$data"
        "$tally" programme apply "$programme" --socket "$socket" > /dev/null
        start=$EPOCHREALTIME
        "$tally" import receipts "$file" --programme "$programme" --zone America/New_York --socket "$socket" \
            > "$scratch/import.log" 2>&1 || broken import-journey "$(tail -1 "$scratch/import.log")"
        times+=("$(calc "$EPOCHREALTIME - $start")")
        stop_daemon
        rm -rf "$data"
    done
    rm -f "$file"
    row import-journey "$(median "${times[@]}")" s - - "4 s" "$(holds_if "$(median "${times[@]}") <= 4")" -
}

# A daemon with a million members and ten million receipts: how soon it is back after it was killed, and what it keeps in memory at
# rest. Its checkpoint is as old as it happens to be when it is killed, at most 30 seconds; memory is looked at last, because the
# question for it makes another checkpoint.
measure_million() {
    local memory turn start times=() data=$scratch/million
    start_daemon "$data" --checkpoint-seconds 30
    load million --members "$(size 1000000 20000)" --events "$(size 10000000 200000)"
    if wants restart; then
        for ((turn = 1; turn <= repeats; turn++)); do
            kill -KILL "$daemon_pid"
            wait "$daemon_pid" 2> /dev/null || true
            start=$EPOCHREALTIME
            start_daemon "$data" --checkpoint-seconds 30
            "$tally" status --socket "$socket" > /dev/null
            times+=("$(calc "$EPOCHREALTIME - $start")")
        done
        row restart "$(median "${times[@]}")" s - - "2 s" "$(holds_if "$(median "${times[@]}") <= 2")" -
    fi
    if wants member-memory; then
        memory=$(calc "$(daemon_memory) / 1048576")
        row member-memory "$memory" MiB - - "250 MiB" "$(holds_if "$memory <= 250")" -
    fi
    stop_daemon
    rm -rf "$data"
}
