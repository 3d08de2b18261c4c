// The C twin of the matcher: which promotions match which basket, one basket after the other.
//
//   match DIRECTORY PROMOTIONS
//
// A bitmap of satisfied promotions for every value of every fact, ANDed together; what is left is checked for goods and tokens.
// The quantities and amounts under each key are ready in its input; the matcher in Swift reckons them from the lines.
#include "twin.h"

enum { FACTS = 19, SUM = 18, KEYS = 70000, TOKENS = 2000 };

typedef struct { int32_t kind, fact, count; const int32_t *values; } condition;
typedef struct { int32_t count; condition *conditions; } promotion;
typedef struct { int32_t key, quantity, amount; } sum;
typedef struct { const int32_t *facts; int32_t sum_count; const sum *sums; int32_t coupon_count; const int32_t *coupons; int32_t code_count; const int32_t *codes; } basket;
typedef struct { int32_t *values; int count; } list;

static int32_t *read_all(const char *directory, const char *name, size_t *count) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.i32", directory, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) fail(path);
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    int32_t *numbers = malloc(size);
    if (fread(numbers, 1, size, file) != size) fail(path);
    fclose(file);
    *count = size / 4;
    return numbers;
}

static promotion *promotions;
static int promotion_count;
static basket *baskets;
static int basket_count;

static void load(const char *directory, int wanted) {
    size_t count, at = 0;
    int32_t *numbers = read_all(directory, "promotions", &count);
    promotions = calloc((size_t)wanted, sizeof *promotions);
    while (at < count && promotion_count < wanted) {
        promotion *next = &promotions[promotion_count++];
        at++;
        next->count = numbers[at++];
        next->conditions = calloc((size_t)next->count, sizeof(condition));
        for (int i = 0; i < next->count; i++) {
            condition *c = &next->conditions[i];
            c->kind = numbers[at++]; c->fact = numbers[at++]; c->count = numbers[at++];
            c->values = numbers + at;
            at += (size_t)c->count;
        }
    }
    numbers = read_all(directory, "baskets", &count);
    int capacity = 1024;
    baskets = malloc((size_t)capacity * sizeof *baskets);
    for (at = 0; at < count;) {
        if (basket_count == capacity) baskets = realloc(baskets, (size_t)(capacity *= 2) * sizeof *baskets);
        basket *b = &baskets[basket_count++];
        at++;
        b->facts = numbers + at; at += FACTS;
        b->sum_count = numbers[at++]; b->sums = (const sum *)(numbers + at); at += 3 * (size_t)b->sum_count;
        b->coupon_count = numbers[at++]; b->coupons = numbers + at; at += (size_t)b->coupon_count;
        b->code_count = numbers[at++]; b->codes = numbers + at; at += (size_t)b->code_count;
    }
}

static int words;
static uint64_t *bitmaps[FACTS], *sum_bitmaps, *unfiltered, *candidates;
static int32_t lowest[FACTS], highest[FACTS], *thresholds;
static int threshold_count;
static list by_key[KEYS + TOKENS];

static void push(list *list, int32_t value) {
    list->values = realloc(list->values, sizeof(int32_t) * (size_t)(list->count + 1));
    list->values[list->count++] = value;
}

static int holds_for(const condition *c, int32_t value) {
    if (c->kind == 0) return value >= c->values[0];
    if (c->kind == 1) return value <= c->values[0];
    for (int i = 0; i < c->count; i++) if (c->values[i] == value) return 1;
    return 0;
}

static int ascending(const void *a, const void *b) { return (*(int32_t *)a > *(int32_t *)b) - (*(int32_t *)a < *(int32_t *)b); }

static void clear_bit(uint64_t *bitmap, int bit) { bitmap[bit / 64] &= ~(1ull << (bit & 63)); }

static void build(void) {
    words = ((promotion_count + 63) / 64 + 7) & ~7;
    size_t row = sizeof(uint64_t) * (size_t)words;
    for (int fact = 0; fact < FACTS; fact++) lowest[fact] = INT32_MAX, highest[fact] = INT32_MIN;
    for (int i = 0; i < basket_count; i++)
        for (int fact = 0; fact < SUM; fact++) {
            if (baskets[i].facts[fact] < lowest[fact]) lowest[fact] = baskets[i].facts[fact];
            if (baskets[i].facts[fact] > highest[fact]) highest[fact] = baskets[i].facts[fact];
        }
    // Members are told apart from nobody only.
    for (int fact = 0; fact < SUM; fact++) if (highest[fact] - lowest[fact] > 1000) highest[fact] = lowest[fact] + 1;
    thresholds = malloc(sizeof(int32_t) * (size_t)(promotion_count + 1));
    for (int p = 0; p < promotion_count; p++)
        for (int i = 0; i < promotions[p].count; i++) {
            condition *c = &promotions[p].conditions[i];
            int known = c->kind != 0 || c->fact != SUM;
            for (int t = 0; t < threshold_count; t++) known |= thresholds[t] == c->values[0];
            if (!known) thresholds[threshold_count++] = c->values[0];
        }
    qsort(thresholds, (size_t)threshold_count, sizeof(int32_t), ascending);
    sum_bitmaps = aligned_alloc(64, row * (size_t)(threshold_count + 1));
    memset(sum_bitmaps, 0xff, row * (size_t)(threshold_count + 1));
    for (int fact = 0; fact < SUM; fact++) {
        size_t values = (size_t)(highest[fact] - lowest[fact] + 1);
        bitmaps[fact] = aligned_alloc(64, row * values);
        memset(bitmaps[fact], 0xff, row * values);
    }
    unfiltered = aligned_alloc(64, row);
    candidates = aligned_alloc(64, row);
    memset(unfiltered, 0, row);
    for (int p = 0; p < promotion_count; p++) {
        const condition *first = promotions[p].conditions;
        if (first->kind == 4) push(&by_key[first->values[0]], p);
        else if (first->kind == 5) push(&by_key[KEYS + first->values[0]], p);
        else unfiltered[p / 64] |= 1ull << (p & 63);
        for (int i = 0; i < promotions[p].count; i++) {
            const condition *c = &promotions[p].conditions[i];
            if (c->kind > 3) continue;
            if (c->fact == SUM) {
                for (int t = 0; t <= threshold_count; t++)
                    if (t == 0 || thresholds[t - 1] < c->values[0]) clear_bit(sum_bitmaps + (size_t)t * (size_t)words, p);
            } else {
                for (int32_t v = lowest[c->fact]; v <= highest[c->fact]; v++)
                    if (!holds_for(c, v)) clear_bit(bitmaps[c->fact] + (size_t)(v - lowest[c->fact]) * (size_t)words, p);
            }
        }
    }
}

static int holds_in(const condition *c, const basket *b) {
    if (c->kind == 4) {
        for (int i = 0; i < b->sum_count; i++)
            if (b->sums[i].key == c->values[0]) return b->sums[i].quantity >= c->values[1] && b->sums[i].amount >= c->values[2];
        return 0;
    }
    const int32_t *tokens = c->values[0] < 1000 ? b->coupons : b->codes;
    int count = c->values[0] < 1000 ? b->coupon_count : b->code_count;
    for (int i = 0; i < count; i++) if (tokens[i] == c->values[0]) return 1;
    return 0;
}

static inline void mark(const list *list) {
    for (int i = 0; i < list->count; i++) candidates[list->values[i] / 64] |= 1ull << (list->values[i] & 63);
}

static int match(const basket *b, int32_t *found) {
    const uint64_t *rows[FACTS];
    int count = 0, reached = 0;
    memcpy(candidates, unfiltered, sizeof(uint64_t) * (size_t)words);
    for (int i = 0; i < b->sum_count; i++) mark(&by_key[b->sums[i].key]);
    for (int i = 0; i < b->coupon_count; i++) mark(&by_key[KEYS + b->coupons[i]]);
    for (int i = 0; i < b->code_count; i++) mark(&by_key[KEYS + b->codes[i]]);
    for (int fact = 0; fact < SUM; fact++) {
        int32_t value = b->facts[fact] > highest[fact] ? highest[fact] : b->facts[fact];
        rows[fact] = bitmaps[fact] + (size_t)(value - lowest[fact]) * (size_t)words;
    }
    while (reached < threshold_count && thresholds[reached] <= b->facts[SUM]) reached++;
    rows[SUM] = sum_bitmaps + (size_t)reached * (size_t)words;
    for (int word = 0; word < words; word += 8) {
        uint64_t all[8];
        for (int i = 0; i < 8; i++) all[i] = candidates[word + i];
        for (int fact = 0; fact < FACTS; fact++) for (int i = 0; i < 8; i++) all[i] &= rows[fact][word + i];
        for (int i = 0; i < 8; i++)
            for (uint64_t bits = all[i]; bits; bits &= bits - 1) {
                int number = (word + i) * 64 + __builtin_ctzll(bits), holds = 1;
                const promotion *p = &promotions[number];
                for (int k = 0; holds && k < p->count && p->conditions[k].kind >= 4; k++) holds = holds_in(&p->conditions[k], b);
                if (holds) found[count++] = number;
            }
    }
    return count;
}

int main(int argc, char **argv) {
    if (argc != 3) fail("usage: match DIRECTORY PROMOTIONS");
    load(argv[1], atoi(argv[2]));
    build();
    static int32_t found[20000];
    uint64_t hash = RESULT_HASH_START;
    for (int i = 0; i < basket_count; i++) {
        int count = match(&baskets[i], found);
        hash = hash_word(hash, (uint64_t)count);
        for (int k = 0; k < count; k++) hash = hash_word(hash, (uint64_t)found[k]);
    }
    // The clock runs over passes that hash nothing.
    int passes = 0;
    long matches = 0;
    double start = now_seconds();
    do {
        for (int i = 0; i < basket_count; i++) matches += match(&baskets[i], found);
        passes++;
    } while (now_seconds() - start < 1);
    double seconds = (now_seconds() - start) / passes;
    if (matches < 0) fail("nothing matches");
    print_result(seconds, (uint64_t)basket_count, hash);
    return 0;
}
