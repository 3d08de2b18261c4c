# Rows of the points ledger: lots, redemptions, expiry.

# Four receipts of five earn a lot that ends, the fifth is paid with points; beside the same receipts without either. Both take
# turns on daemons of their own, because a machine is not as fast in one minute as in the next.
measure_ingest_lots() {
    local turn members events plain=() lots=() ratios=()
    members=$(size 200000 20000)
    events=$(size 2000000 300000)
    for ((turn = 1; turn <= repeats; turn++)); do
        start_daemon "$scratch/plain-$turn"
        load ingest-lots --members "$members" --events 8192
        load ingest-lots --members "$members" --events "$events"
        plain+=("$rate")
        stop_daemon
        start_daemon "$scratch/lots-$turn"
        load ingest-lots --members "$members" --events 8192 --expiry-days 3650
        load ingest-lots --members "$members" --events "$events" --redeem-percent 20 --expiry-days 3650
        lots+=("$rate")
        stop_daemon
        ratios+=("$(calc "$rate / ${plain[-1]}")")
        rm -rf "$scratch/plain-$turn" "$scratch/lots-$turn"
    done
    row ingest-lots "$(median "${lots[@]}")" receipts/s "without $(grouped "$(median "${plain[@]}")")" \
        "$(median "${ratios[@]}")" "ratio >= 0.6" "$(holds_if "$(median "${ratios[@]}") >= 0.6")" -
}

# A million lots that end in one second, and a till that goes on: how long until they have ended, and how much longer the till
# waits meanwhile than in the minute before.
measure_expiry() {
    local turn result times=() tills=() ratios=() befores=()
    for ((turn = 1; turn <= (repeats + 1) / 2; turn++)); do
        start_daemon "$scratch/expiry-$turn"
        result=$("$tally" bench-expiry --socket "$socket" --lots "$(size 1000000 50000)" --members "$(size 200000 10000)" \
            --lead "$(size 30 5)" --json 2> "$scratch/expiry.log") ||
            die expire-million "$(tail -1 "$scratch/expiry.log")"
        stop_daemon
        rm -rf "$scratch/expiry-$turn"
        times+=("$(jq '.expiry_ms / 1000' <<< "$result")")
        befores+=("$(jq .p99_before_us <<< "$result")")
        tills+=("$(jq .p99_during_us <<< "$result")")
        ratios+=("$(jq '.p99_during_us / .p99_before_us' <<< "$result")")
    done
    if wants expire-million; then
        row expire-million "$(median "${times[@]}")" s - - "2 s" "$(holds_if "$(median "${times[@]}") < 2")" -
    fi
    if wants expire-tills; then
        row expire-tills "$(median "${tills[@]}")" µs "before $(grouped "$(median "${befores[@]}")") µs" \
            "$(median "${ratios[@]}")" "ratio <= 3" "$(holds_if "$(median "${ratios[@]}") <= 3")" -
    fi
}

# Bytes of memory for a member and for a live lot: the same daemon with a million lots of one member, with members who have some
# lots each, and with twice as many. What the last lots take is a lot's; what the ones before take beyond that is a member's, the
# wallet included. The buffers of the daemon itself have grown before the first.
measure_lot_memory() {
    local step events member_count memory=() counts=() per_member per_lot data=$scratch/lot-memory
    member_count=$(size 1000000 50000)
    events=$(size 5000000 500000)
    start_daemon "$data"
    for step in warm half full; do
        if [[ $step == warm ]]; then load lot-memory --members 1 --events "$((events / 5))" --expiry-days 3650
        else load lot-memory --members "$member_count" --events "$events" --expiry-days 3650; fi
        memory+=("$(daemon_memory)")
        counts+=("$("$tally" status --socket "$socket" -O json | jq .lots)")
    done
    stop_daemon
    rm -rf "$data"
    per_lot=$(calc "(${memory[2]} - ${memory[1]}) / (${counts[2]} - ${counts[1]})")
    per_member=$(calc "(${memory[1]} - ${memory[0]} - (${counts[1]} - ${counts[0]}) * $per_lot) / $member_count")
    row lot-memory "$per_lot" "bytes a lot" "a member $(printf '%.0f' "$per_member") bytes" - "48; 160 a member" \
        "$(holds_if "$per_lot <= 48 && $per_member <= 160")" -
}

# Bytes of memory that the daemon alone uses, at rest: everything but the mapped files of the log. The question for a digest makes
# it take a checkpoint, after which it gives back what the load needed and the ledger does not.
daemon_memory() {
    "$tally" status --digest --socket "$socket" > /dev/null
    sleep 3
    awk '/^Rss(Anon|Shmem):/ { kibibytes += $2 } END { print kibibytes * 1024 }' "/proc/$daemon_pid/status"
}
