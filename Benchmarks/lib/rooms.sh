# Rows of single rooms: Swift against its C twin, run by turns so that both see the same machine.

# duel NAME SWIFT-COMMAND C-COMMAND: runs both by turns; TURN in a command stands for the number of the turn. Sets
# swift_seconds, twin_seconds (medians), records and result_hash; says when they did not come to the same result.
duel() {
    local name=$1 swift_command=$2 twin_command=$3 turn seconds count hash twin_count twin_hash
    local swift_times=() twin_times=()
    for ((turn = 1; turn <= repeats; turn++)); do
        read -r seconds count hash < <(${swift_command//TURN/$turn}) || die "$name" "the Swift side failed"
        swift_times+=("$seconds")
        read -r seconds twin_count twin_hash < <(${twin_command//TURN/$turn}) || die "$name" "the C side failed"
        twin_times+=("$seconds")
        [[ $count == "$twin_count" && $hash == "$twin_hash" ]] ||
            broken "$name" "Swift came to $count $hash, C to $twin_count $twin_hash"
    done
    swift_seconds=$(median "${swift_times[@]}")
    twin_seconds=$(median "${twin_times[@]}")
    records=$count
    result_hash=$hash
}

# duel_row NAME BAR HOLDS: the row of the last duel, in records a second.
duel_row() {
    row "$1" "$(calc "$records / $swift_seconds")" records/s "C twin $(grouped "$(calc "$records / $twin_seconds")")" \
        "$(calc "$twin_seconds / $swift_seconds")" "$2" "$3" "$result_hash"
}

holds_if() { if is "$1"; then echo yes; else echo no; fi; }

# Durable append of blocks of 8,192 records. The twin hashes nothing; we hash beside the writer, as the daemon does when it
# is busy, and once more on the writer's own thread.
measure_append() {
    local blocks place=$scratch/append
    blocks=$(size 128 16)
    mkdir -p "$place"
    if wants log-append; then
        duel log-append "$rooms append $place/swift-TURN $blocks" "$twins/append $place/swift-TURN $place/twin-TURN"
        duel_row log-append "ratio >= 0.8" "$(holds_if "$twin_seconds / $swift_seconds >= 0.8")"
        rm -rf "$place"/*
    fi
    if wants log-append-one-thread; then
        duel log-append-one-thread "$rooms append-one-thread $place/swift-TURN $blocks" "$twins/append $place/swift-TURN $place/twin-TURN"
        duel_row log-append-one-thread - -
    fi
    rm -rf "$place"
}

# A walk over all blocks, in memory.
measure_scan() {
    local place=$scratch/scan
    "$rooms" append "$place" "$(size 512 64)" > /dev/null
    duel scan "$rooms scan $place" "$twins/scan $place"
    duel_row scan - -
    rm -rf "$place"
}

# Replay of one-line purchases over many members, the log in the page cache.
measure_replay() {
    local place=$scratch/replay setup_end bar="8 M/s, ratio >= 0.7"
    read -r setup_end _ < <("$rooms" generate "$place" "$(size 1000000 100000)" "$(size 10000000 200000)") ||
        die replay "the log cannot be written"
    "$twins/replay" "$place" "$setup_end" > /dev/null  # brings the log into memory
    duel replay "$rooms replay $place $setup_end" "$twins/replay $place $setup_end"
    duel_row replay "$bar" "$(holds_if "$records / $swift_seconds >= 8e6 && $twin_seconds / $swift_seconds >= 0.7")"
    rm -rf "$place"
}

# Lots of one member that arrive in no order, replayed: nanoseconds a lot of a wallet that grows to a hundred thousand, and how many
# times as long that takes as in wallets of a thousand. Both take turns; receipts up to a day late are shown beside.
measure_hot_wallet() {
    local turn lots wallets arrival setup_end growth seconds count hash few=1000 many place
    local few_times=() many_times=() late_times=() ratios=()
    many=$(size 100000 10000)
    for ((turn = 1; turn <= repeats; turn++)); do
        for arrival in 1 2; do
            for lots in $few $many; do
                place=$scratch/hot
                wallets=$((many / lots))
                read -r setup_end _ < <("$rooms" generate-hot "$place" "$lots" "$wallets" "$arrival") ||
                    die hot-wallet "the log cannot be written"
                read -r seconds count hash < <("$rooms" replay "$place" "$setup_end") || die hot-wallet "it cannot be replayed"
                rm -rf "$place"
                seconds=$(calc "$seconds / $count * 1e9")
                if ((arrival == 1)); then late_times+=("$seconds")
                elif ((lots == few)); then few_times+=("$seconds")
                else many_times+=("$seconds"); fi
            done
        done
        ratios+=("$(calc "${many_times[-1]} / ${few_times[-1]}")")
    done
    growth=$(median "${ratios[@]}")
    row hot-wallet "$(median "${many_times[@]}")" "ns a lot" \
        "1 000 lots $(grouped "$(median "${few_times[@]}")"), late $(grouped "$(median "${late_times[@]}")")" "$growth" \
        "ratio <= 2" "$(holds_if "$growth <= 2")" "$hash"
}
