# What is built, and where it is.

rooms=$top/.build-bench/release/RoomBenchmarks
twins=$top/.build-bench/limits
bin=${TALLY_BIN:-$top/.build/release}
tally=$bin/tally
tallyd=$bin/tallyd

build_all() {
    build_twins
    if wants log-append log-append-one-thread scan replay hot-wallet ingest-single-1 "${promotion_rows[@]}"; then
        quietly "the room benchmarks" \
            swift build -c release --package-path "$here" --scratch-path "$top/.build-bench"
    fi
    if wants ingest-batch bytes-per-receipt ingest-single-64 ingest-single-1 import-journey member-memory restart; then
        local product
        for product in tally tallyd; do
            [[ -x $bin/$product ]] || quietly "$product" swift build -c release --package-path "$top" --product "$product"
        done
    fi
}

# The twins use the package's own checksum and memory mapping, so that those are not what is compared.
build_twins() {
    local twin shared=$top/Sources/CTally
    mkdir -p "$twins"
    for twin in append scan replay sync match; do
        # gcc knows neither clang's nullability nor its marks.
        quietly "limits/$twin" gcc -O3 -w -D_Nullable= -D_Nonnull= -I "$shared/include" "$here/limits/$twin.c" \
            "$shared"/*.c -o "$twins/$twin" -llmdb -lpthread
    done
}

# quietly WHAT COMMAND…: shows what the command said only when it failed.
quietly() {
    local what=$1 said
    shift
    said=$("$@" 2>&1) || { echo "$said" >&2; say "run: cannot build $what"; exit 1; }
}
