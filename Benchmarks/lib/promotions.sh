# Rows of promotions: the evaluator in Swift against bitmaps in C, by turns, on the workload of the peers.

measure_promotions() {
    local place=$scratch/promotions promotions small_seconds=
    mkdir -p "$place"
    python3 "$here/promotions/workload.py" "$place" 10000 "$(size 100000 5000)" || die match-1000 "the workload cannot be made"
    for promotions in 1000 10000; do
        wants "match-$promotions" match-growth || continue
        duel "match-$promotions" "$rooms match $place $promotions" "$twins/match $place $promotions"
        if [[ $promotions == 1000 ]]; then
            small_seconds=$swift_seconds
            match_row match-1000 1.5
        else
            match_row match-10000 3
            [[ -z $small_seconds ]] ||
                row match-growth "$(calc "$swift_seconds / $small_seconds")" times "ten times the promotions" - "4" \
                    "$(holds_if "$swift_seconds / $small_seconds <= 4")" -
        fi
    done
    if wants evaluate-1000; then
        local turn seconds count hash times=()
        for ((turn = 1; turn <= repeats; turn++)); do
            read -r seconds count hash < <("$rooms" evaluate "$place" 1000) || die evaluate-1000 "it failed"
            times+=("$seconds")
        done
        seconds=$(median "${times[@]}")
        row evaluate-1000 "$(calc "$count / $seconds")" baskets/s - - "1 M/s" "$(holds_if "$count / $seconds >= 1e6")" "$hash"
    fi
    rm -rf "$place"
}

# match_row NAME BAR: the row of the last duel, in baskets a second, with the ratio that it must reach.
match_row() {
    row "$1" "$(calc "$records / $swift_seconds")" baskets/s "C twin $(grouped "$(calc "$records / $twin_seconds")")" \
        "$(calc "$twin_seconds / $swift_seconds")" "ratio >= $2" "$(holds_if "$twin_seconds / $swift_seconds >= $2")" \
        "$result_hash"
}
