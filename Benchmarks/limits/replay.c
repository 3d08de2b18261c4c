// The twin of Replayer.replay: applies the records of a log to flat tables of the same rows.
//
// It makes the same checks record by record: form, number of the source, time, chain of the member, sums, postings
// that add up to zero, the balance that the record states. It asks for rows as far ahead as the Swift code does. It
// leaves out what a twin need not have: indexes over ids, marks of changed memory, names of errors.
//
// replay DIRECTORY SETUP-END     prints seconds, records behind SETUP-END, hash of the tables
#include <sys/mman.h>

#include "twin.h"

#define MEMBER_AHEAD 20
#define BALANCE_AHEAD 10
#define LOT_AHEAD 4
#define HEADER 8
#define PURCHASE_BLOCK 88
#define LINE_BYTES 20
#define POSTING_BYTES 22
#define DAY_MICROSECONDS 86400000000ll

enum template {
    LEDGER_CREATED = 100,
    SOURCE_RECORDED = 101,
    BUSINESS_DEFINED = 102,
    ACCRUAL_DEFINED = 105,
    MEMBER_REGISTERED = 106,
    PURCHASE_RECORDED = 108,
};
enum purpose { ISSUED, ACTIVE, DEBT, PENDING };

#pragma mark - Tables

struct text { uint32_t offset, count; };
struct ledger_row {
    uint64_t high, low;
    int64_t recorded_at;
    uint64_t receipts;
    int64_t turnover;
    uint64_t rejections;
    int64_t clock, clock_target;
    uint32_t free_lot, free_hold, free_held_lot, holds;
};
struct source_row { struct text name; uint64_t last_number, last_sequence; };
struct member_row {
    uint64_t last_sequence, registered_sequence;
    int64_t monetary, gross;
    struct text external_id;
    uint32_t first_balance, receipts, purchases;
    int32_t first_day, last_day;
    uint32_t identifiers;
};
struct balance_row {
    int64_t active, pending, held, debt;
    uint32_t member, next, first_lot, last_lot, slides_to;
    uint16_t wallet, reserved;
};
struct lot_row {
    uint64_t lot;
    int64_t remaining;
    uint32_t balance, next, begins_at, ends_at;
    uint16_t issuer, holds, is_pending, reserved;
};
struct account_row { int64_t balance; uint16_t business, wallet, purpose, reserved; };
_Static_assert(sizeof(struct member_row) == 64 && sizeof(struct balance_row) == 56, "rows as in Swift");
_Static_assert(sizeof(struct account_row) == 16 && sizeof(struct ledger_row) == 80, "rows as in Swift");
_Static_assert(sizeof(struct lot_row) == 40, "rows as in Swift");

#define ACCOUNT_SLOTS 64

static struct ledger_row ledger;
static struct source_row sources[16];
static struct member_row *members;
static struct balance_row *balances;
static struct lot_row *lots;
static struct account_row accounts[ACCOUNT_SLOTS / 2];
static uint32_t source_count, member_count, balance_count, account_count, lot_count;
/// Row plus one of an account by its hash; 0 is an empty slot.
static uint32_t account_slots[ACCOUNT_SLOTS];
static uint32_t text_end;
static uint64_t sequence;

#define ROWS_MAX ((size_t)1 << 26)

static void *table(size_t row_bytes) {
    void *rows = tally_map_huge(ROWS_MAX * row_bytes);
    if (rows == NULL) fail("no memory");
    return rows;
}

#pragma mark - Applying

/// What every record does: its source and the ledger's time move on.
static inline void note(const uint8_t *block) {
    uint32_t source = u32_at(block + 8);
    if (source >= source_count) fail("an unknown source");
    struct source_row *row = &sources[source];
    if (u64_at(block + 12) != row->last_number + 1) fail("a number out of order");
    row->last_number += 1;
    row->last_sequence = sequence;
    if (i64_at(block) <= ledger.recorded_at) fail("a time out of order");
    ledger.recorded_at = i64_at(block);
}

static inline struct account_row *account(uint16_t business, uint16_t wallet, uint16_t purpose) {
    uint64_t key = (uint64_t)business << 32 | (uint64_t)wallet << 16 | purpose;
    uint32_t slot = (uint32_t)((key ^ key >> 17) * 0x9E3779B97F4A7C15ull >> 32) % ACCOUNT_SLOTS;
    for (; account_slots[slot] != 0; slot = (slot + 1) % ACCOUNT_SLOTS) {
        struct account_row *row = &accounts[account_slots[slot] - 1];
        if (row->business == business && row->wallet == wallet && row->purpose == purpose) return row;
    }
    if (account_count == ACCOUNT_SLOTS / 2) fail("too many accounts");
    account_slots[slot] = ++account_count;
    accounts[account_count - 1] = (struct account_row){.business = business, .wallet = wallet, .purpose = purpose};
    return &accounts[account_count - 1];
}

/// The member's row of a wallet, made when it is not there.
static inline struct balance_row *balance(uint32_t member, uint16_t wallet) {
    struct member_row *owner = &members[member - 1];
    for (uint32_t next = owner->first_balance; next != 0; next = balances[next - 1].next)
        if (balances[next - 1].wallet == wallet) return &balances[next - 1];
    if (balance_count == ROWS_MAX) fail("too many wallets");
    struct balance_row *row = &balances[balance_count++];
    *row = (struct balance_row){.member = member, .next = owner->first_balance, .wallet = wallet};
    owner->first_balance = balance_count;
    return row;
}

static inline int64_t add(int64_t left, int64_t right) {
    int64_t sum;
    if (__builtin_add_overflow(left, right, &sum)) fail("a sum out of range");
    return sum;
}

/// A lot is chained behind the one that ends last; those of this benchmark never end and begin one after the other.
static inline void make_lot(const uint8_t *posting, struct balance_row *owner) {
    if (i64_at(posting) <= 0 || posting[12] != ACTIVE) fail("an impossible lot");
    if (lot_count == ROWS_MAX) fail("too many lots");
    struct lot_row *row = &lots[lot_count++];
    *row = (struct lot_row){
        .lot = sequence << 16 | posting[13], .remaining = i64_at(posting), .balance = (uint32_t)(owner - balances) + 1,
        .begins_at = u32_at(posting + 14), .ends_at = u32_at(posting + 18), .issuer = u16_at(posting + 8)};
    if (owner->last_lot == 0) owner->first_lot = lot_count;
    else {
        struct lot_row *last = &lots[owner->last_lot - 1];
        if (row->ends_at != last->ends_at || row->begins_at < last->begins_at) fail("a lot out of order");
        last->next = lot_count;
    }
    owner->last_lot = lot_count;
}

static inline void post(const uint8_t *posting, uint32_t count, uint32_t member, int64_t stated) {
    int64_t sum = 0;
    struct balance_row *moved = NULL;
    for (; count > 0; count--, posting += POSTING_BYTES) {
        int64_t amount = i64_at(posting);
        uint16_t business = u16_at(posting + 8), wallet = u16_at(posting + 10);
        uint8_t purpose = posting[12];
        if (purpose >= PENDING) fail("a purpose that this twin does not know");
        sum = add(sum, amount);
        struct account_row *book = account(business, wallet, purpose);
        book->balance = add(book->balance, amount);
        if (purpose == ISSUED) continue;
        moved = balance(member, wallet);
        if (purpose == ACTIVE) moved->active = add(moved->active, amount);
        else moved->debt = add(moved->debt, -amount);
        if (moved->active < 0 || moved->debt < 0) fail("an impossible balance");
        if (posting[13] != 0) make_lot(posting, moved);
    }
    if (sum != 0) fail("postings that do not add up");
    if (moved != NULL && moved->active - moved->debt != stated) fail("another balance than stated");
}

static inline int32_t civil_day(int64_t moment, int16_t offset_minutes) {
    int64_t local = moment + offset_minutes * 60000000ll;
    return (int32_t)(local / DAY_MICROSECONDS - (local % DAY_MICROSECONDS < 0));
}

static inline void apply_purchase(const uint8_t *record, size_t size) {
    const uint8_t *block = record + HEADER;
    size_t lines = HEADER + u16_at(record);
    if (u16_at(record) < PURCHASE_BLOCK || lines + 4 > size) fail("a short record");
    size_t postings = lines + 4 + (size_t)u16_at(record + lines) * u16_at(record + lines + 2);
    if (postings + 4 > size || u16_at(record + lines) < LINE_BYTES) fail("a short record");
    uint32_t posting_count = u16_at(record + postings + 2);
    size_t redemptions = postings + 4 + (size_t)POSTING_BYTES * posting_count;
    if (redemptions + 4 > size || u16_at(record + redemptions + 2) != 0) fail("a redemption, which this twin does not know");
    size_t text = redemptions + 4;
    if (text + 2 > size || (posting_count > 0 && u16_at(record + postings) != POSTING_BYTES)) fail("a short record");
    if (text + 2 + u16_at(record + text) != size) fail("a record of another length");

    note(block);
    int64_t total = i64_at(block + 52);
    if (total < 0) fail("a negative total");
    ledger.turnover = add(ledger.turnover, total);
    ledger.receipts += 1;
    uint32_t number = u32_at(block + 36);
    if (number == 0) return;
    if (number > member_count) fail("an unknown member");
    struct member_row *member = &members[number - 1];
    if (u64_at(block + 28) != member->last_sequence) fail("a broken chain");
    member->last_sequence = sequence;
    int32_t day = civil_day(i64_at(block + 44), (int16_t)u16_at(block + 68));
    member->monetary = add(member->monetary, total);
    member->gross = add(member->gross, total);
    member->receipts += 1;
    if (total > 0) {
        if (member->purchases == 0 || day < member->first_day) member->first_day = day;
        if (member->purchases == 0 || day > member->last_day) member->last_day = day;
        member->purchases += 1;
    }
    post(record + postings + 4, posting_count, number, i64_at(block + 60));
}

/// Keeps as much of a definition as purchases need; every string is kept, in order.
static struct text keep_text(const uint8_t *record, uint32_t count) {
    size_t text = HEADER + u16_at(record);
    struct text place = {.offset = count == 0 ? 0 : text_end, .count = count};
    text_end += u16_at(record + text);
    return place;
}

static void apply(const uint8_t *record, size_t size) {
    const uint8_t *block = record + HEADER;
    enum template template = u16_at(record + 2);
    sequence += 1;
    switch (template) {
    case PURCHASE_RECORDED: apply_purchase(record, size); return;
    case LEDGER_CREATED:
        ledger = (struct ledger_row){.high = u64_at(block + 40), .low = u64_at(block + 48), .recorded_at = INT64_MIN};
        source_count = 1;
        note(block);
        return;
    case SOURCE_RECORDED:
        note(block);
        sources[source_count++] = (struct source_row){.name = keep_text(record, block[44])};
        return;
    case MEMBER_REGISTERED:
        note(block);
        if (member_count == ROWS_MAX) fail("too many members");
        members[member_count++] = (struct member_row){
            .last_sequence = sequence, .registered_sequence = sequence, .external_id = keep_text(record, block[72])};
        return;
    default:
        if (template < BUSINESS_DEFINED || template > ACCRUAL_DEFINED) fail("a record of another kind");
        note(block);
        keep_text(record, 0);
    }
}

#pragma mark - Reading

static inline void prefetch_member(const uint8_t *record) {
    tally_prefetch_write(&members[u32_at(record + HEADER + 36) - 1ull]);
}

static inline void prefetch_balance(const uint8_t *record) {
    uint32_t number = u32_at(record + HEADER + 36);
    if (number == 0 || number > member_count) return;
    tally_prefetch_write(&balances[members[number - 1].first_balance - 1ull]);
}

static inline void prefetch_last_lot(const uint8_t *record) {
    uint32_t number = u32_at(record + HEADER + 36);
    if (number == 0 || number > member_count) return;
    uint32_t balance = members[number - 1].first_balance;
    if (balance == 0) return;
    tally_prefetch_write(&lots[balances[balance - 1].last_lot - 1ull]);
}

int main(int argc, char **argv) {
    if (argc != 3) fail("replay DIRECTORY SETUP-END");
    uint64_t setup_end = strtoull(argv[2], NULL, 10);
    members = table(sizeof *members);
    balances = table(sizeof *balances);
    lots = table(sizeof *lots);
    struct log log = open_log(argv[1], "/log");
    double start = 0;
    MDB_val bytes;
    while (next_block(&log, &bytes)) {
        struct block block = checked_block(bytes.mv_data, bytes.mv_size);
        for (uint32_t index = 0; index < block.record_count; index++) {
            if (sequence == setup_end) start = now_seconds();
            if (index + MEMBER_AHEAD < block.record_count) prefetch_member(record_start(&block, index + MEMBER_AHEAD));
            if (index + BALANCE_AHEAD < block.record_count) prefetch_balance(record_start(&block, index + BALANCE_AHEAD));
            if (index + LOT_AHEAD < block.record_count) prefetch_last_lot(record_start(&block, index + LOT_AHEAD));
            const uint8_t *record = record_start(&block, index);
            apply(record, (size_t)(record_start(&block, index + 1) - record));
        }
    }
    double seconds = now_seconds() - start;
    uint64_t hash = hash_words(RESULT_HASH_START, &ledger, sizeof ledger);
    hash = hash_words(hash, sources, source_count * sizeof *sources);
    hash = hash_words(hash, members, member_count * sizeof *members);
    hash = hash_words(hash, balances, balance_count * sizeof *balances);
    hash = hash_words(hash, accounts, account_count * sizeof *accounts);
    hash = hash_words(hash, lots, lot_count * sizeof *lots);
    print_result(seconds, sequence - setup_end, hash);
    return 0;
}
