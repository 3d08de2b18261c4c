// The twin of EventLog.forEachBlock with quick checks: walks the mapped file of a log and touches every record.
//
// Unlike the log it does not hash the headers to check the chain; that is one short hash a block.
//
// scan DIRECTORY     prints seconds, records, hash
#include "twin.h"

int main(int argc, char **argv) {
    if (argc != 2) fail("scan DIRECTORY");
    uint64_t record_count;
    struct log log = open_log(argv[1], "/log");
    // The first walk brings the file into memory, as it does in Swift.
    content_hash(&log, &record_count);
    check(mdb_cursor_renew(log.txn, log.cursor), "walking again");
    double start = now_seconds();
    uint64_t hash = content_hash(&log, &record_count);
    print_result(now_seconds() - start, record_count, hash);
    return 0;
}
