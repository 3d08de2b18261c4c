// The twin of EventLog.append: puts the blocks of a log into a new LMDB environment, one commit a block.
//
// The same bytes and the same durability (default flags, one value a block, MDB_APPEND | MDB_RESERVE). Unlike the
// log it computes neither checksum nor hashes and keeps no head file: it copies blocks that are ready.
//
// append SOURCE-DIRECTORY TARGET-DIRECTORY     prints seconds, records, hash
#include <sys/stat.h>

#include "twin.h"

int main(int argc, char **argv) {
    if (argc != 3) fail("append SOURCE-DIRECTORY TARGET-DIRECTORY");
    if (mkdir(argv[2], 0700) != 0) fail("the target exists");
    struct log source = open_log(argv[1], "/log");

    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi blocks;
    check(mdb_env_create(&env), "creating an environment");
    check(mdb_env_set_mapsize(env, (size_t)1 << 40), "mapping");
    check(mdb_env_set_maxdbs(env, 2), "allowing tables");
    check(mdb_env_open(env, argv[2], MDB_NOTLS, 0600), "opening the target");
    check(mdb_txn_begin(env, NULL, 0, &txn), "writing");
    check(mdb_dbi_open(txn, "blocks", MDB_CREATE | MDB_INTEGERKEY, &blocks), "making the table");
    check(mdb_txn_commit(txn), "committing the table");

    double seconds = 0;
    MDB_val bytes;
    uint8_t *ready = NULL;
    size_t room = 0;
    while (next_block(&source, &bytes)) {
        // A draft is in memory before it is appended; so is this copy, made outside the time that counts.
        if (bytes.mv_size > room) ready = realloc(ready, room = bytes.mv_size);
        if (ready == NULL) fail("no memory");
        memcpy(ready, bytes.mv_data, bytes.mv_size);
        uint64_t first_sequence = u64_at(ready + 32);

        double start = now_seconds();
        MDB_val key = {.mv_size = sizeof first_sequence, .mv_data = &first_sequence};
        MDB_val place = {.mv_size = bytes.mv_size};
        check(mdb_txn_begin(env, NULL, 0, &txn), "writing");
        check(mdb_put(txn, blocks, &key, &place, MDB_APPEND | MDB_RESERVE), "putting a block");
        memcpy(place.mv_data, ready, bytes.mv_size);
        check(mdb_txn_commit(txn), "committing a block");
        seconds += now_seconds() - start;
    }
    mdb_env_close(env);

    struct log target = open_log(argv[2], "");
    uint64_t record_count;
    uint64_t hash = content_hash(&target, &record_count);
    print_result(seconds, record_count, hash);
    return 0;
}
