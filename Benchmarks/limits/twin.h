// What the C twins share: a clock, the result hash, and a walk over the blocks of a log.
//
// A twin does by the shortest way what a room does in Swift: plain C, no transaction objects, no errors but exit().
// It shows what this machine can do at all.
#pragma once

#include <lmdb.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "CTally.h"

#define BLOCK_HEADER_BYTES 136
#define RUN_BYTES 16

#pragma mark - Small things

static inline void fail(const char *what) {
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static inline void check(int code, const char *what) {
    if (code == 0) return;
    fprintf(stderr, "%s: %s\n", what, mdb_strerror(code));
    exit(1);
}

static inline double now_seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/// Little-endian loads from anywhere; the compiler makes each one instruction.
static inline uint16_t u16_at(const uint8_t *bytes) { uint16_t value; memcpy(&value, bytes, 2); return value; }
static inline uint32_t u32_at(const uint8_t *bytes) { uint32_t value; memcpy(&value, bytes, 4); return value; }
static inline uint64_t u64_at(const uint8_t *bytes) { uint64_t value; memcpy(&value, bytes, 8); return value; }
static inline int64_t i64_at(const uint8_t *bytes) { return (int64_t)u64_at(bytes); }

#pragma mark - Result hash

#define RESULT_HASH_START 0x54414C4C59535449ull

/// The same as `ResultHash` in Swift.
static inline uint64_t hash_word(uint64_t state, uint64_t word) {
    state = (state ^ word) * 0x9E3779B97F4A7C15ull;
    return state ^ state >> 32;
}

static inline uint64_t hash_words(uint64_t state, const void *words, size_t size) {
    for (size_t offset = 0; offset < size; offset += 8) state = hash_word(state, u64_at((const uint8_t *)words + offset));
    return state;
}

static inline void print_result(double seconds, uint64_t count, uint64_t hash) {
    printf("%.9f %llu %016llx\n", seconds, (unsigned long long)count, (unsigned long long)hash);
}

#pragma mark - Blocks

/// A block in place, its tables found.
struct block {
    uint64_t first_sequence;
    uint32_t record_count;
    uint32_t checksum;
    const uint8_t *content;
    const uint8_t *offsets;
    const uint8_t *runs;
};

/// Where record `index` begins; the one behind the last begins where the tables do.
static inline const uint8_t *record_start(const struct block *block, uint32_t index) {
    return index == block->record_count ? block->offsets : block->content + u32_at(block->offsets + 4 * (size_t)index);
}

/// Finds a block's parts and makes the checks of a quick scan, all but the hash of its header: checksums, order of
/// offsets, cover of runs.
static inline struct block checked_block(const uint8_t *bytes, size_t size) {
    if (size < BLOCK_HEADER_BYTES || tally_crc32c(0, bytes, 128) != u32_at(bytes + 128)) fail("a damaged header");
    size_t content_size = u32_at(bytes + 48);
    uint32_t run_count = u32_at(bytes + 44);
    struct block block = {
        .first_sequence = u64_at(bytes + 32),
        .record_count = u32_at(bytes + 40),
        .checksum = u32_at(bytes + 52),
        .content = bytes + BLOCK_HEADER_BYTES,
    };
    block.runs = bytes + size - RUN_BYTES * (size_t)run_count;
    block.offsets = block.runs - 4 * (size_t)block.record_count;
    if (tally_crc32c(0, block.content, content_size) != block.checksum) fail("damaged records");
    uint32_t previous = 0;
    int in_order = 1;
    for (uint32_t index = 0; index < block.record_count; index++) {
        uint32_t offset = u32_at(block.offsets + 4 * (size_t)index);
        in_order &= offset >= previous;
        previous = offset;
    }
    if (!in_order || block.content + previous > block.offsets) fail("offsets out of order");
    uint64_t covered = 0;
    for (uint32_t run = 0; run < run_count; run++) covered += u32_at(block.runs + RUN_BYTES * (size_t)run + 4);
    if (covered != block.record_count) fail("runs do not cover the records");
    return block;
}

/// A log opened for reading, with a cursor in front of its first block.
struct log {
    MDB_env *env;
    MDB_txn *txn;
    MDB_cursor *cursor;
};

/// Opens the log in `directory`, a data directory of the ledger or an environment that `append` made.
static inline struct log open_log(const char *directory, const char *folder) {
    char path[4096];
    snprintf(path, sizeof path, "%s%s", directory, folder);
    struct log log;
    MDB_dbi blocks;
    check(mdb_env_create(&log.env), "creating an environment");
    check(mdb_env_set_mapsize(log.env, (size_t)1 << 40), "mapping");
    check(mdb_env_set_maxdbs(log.env, 2), "allowing tables");
    check(mdb_env_open(log.env, path, MDB_RDONLY | MDB_NOLOCK, 0600), path);
    check(mdb_txn_begin(log.env, NULL, MDB_RDONLY, &log.txn), "reading");
    check(mdb_dbi_open(log.txn, "blocks", 0, &blocks), "opening the blocks");
    check(mdb_cursor_open(log.txn, blocks, &log.cursor), "walking");
    return log;
}

/// The next block's bytes; false behind the last one.
static inline int next_block(struct log *log, MDB_val *bytes) {
    MDB_val key;
    int code = mdb_cursor_get(log->cursor, &key, bytes, MDB_NEXT);
    if (code == MDB_NOTFOUND) return 0;
    check(code, "reading a block");
    return 1;
}

/// The hash over all blocks that the Swift side computes too, and the number of records.
static inline uint64_t content_hash(struct log *log, uint64_t *record_count) {
    uint64_t hash = RESULT_HASH_START;
    MDB_val bytes;
    *record_count = 0;
    while (next_block(log, &bytes)) {
        struct block block = checked_block(bytes.mv_data, bytes.mv_size);
        hash = hash_word(hash_word(hash, block.first_sequence), block.checksum);
        for (uint32_t index = 0; index < block.record_count; index++) {
            const uint8_t *record = record_start(&block, index);
            uint64_t length = (uint64_t)(record_start(&block, index + 1) - record);
            hash = hash_word(hash, length ^ u64_at(record));
        }
        *record_count += block.record_count;
    }
    return hash;
}
