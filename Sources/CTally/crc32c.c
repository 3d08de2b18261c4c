// CRC-32C (Castagnoli, reflected polynomial 0x82F63B78): portable, SSE 4.2 and ARMv8.
//
// The CRC instruction has a latency of 3 cycles but can start every cycle, so one chain of them uses a third of
// the CPU. The fast path runs three chains over three neighbouring lanes and joins them: a lane's CRC is moved
// over the bytes behind it by a table ("append N zero bytes" is linear over GF(2), so it is four look-ups).
#include "CTally.h"

#include <pthread.h>
#include <string.h>

#define POLYNOMIAL 0x82F63B78u

// Lane lengths: long lanes for blocks of a group commit, short ones for the rest of them and for small blocks.
#define LONG_LANE 4096
#define SHORT_LANE 256

static uint32_t slice_tables[8][256];
static uint32_t long_shift[4][256];
static uint32_t short_shift[4][256];
static bool has_instruction;
static pthread_once_t once = PTHREAD_ONCE_INIT;

#pragma mark - Tables

static void fill_slice_tables(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit++) crc = (crc & 1) ? (crc >> 1) ^ POLYNOMIAL : crc >> 1;
        slice_tables[0][byte] = crc;
    }
    for (uint32_t byte = 0; byte < 256; byte++)
        for (int slice = 1; slice < 8; slice++) {
            uint32_t before = slice_tables[slice - 1][byte];
            slice_tables[slice][byte] = (before >> 8) ^ slice_tables[0][before & 0xFF];
        }
}

/// Fills `shift` so that four look-ups move a CRC register over `zeros` zero bytes.
static void fill_shift_table(uint32_t shift[4][256], size_t zeros) {
    uint32_t basis[32];
    for (int bit = 0; bit < 32; bit++) {
        uint32_t crc = 1u << bit;
        for (size_t i = 0; i < zeros; i++) crc = (crc >> 8) ^ slice_tables[0][crc & 0xFF];
        basis[bit] = crc;
    }
    for (int part = 0; part < 4; part++)
        for (uint32_t byte = 0; byte < 256; byte++) {
            uint32_t moved = 0;
            for (int bit = 0; bit < 8; bit++)
                if (byte >> bit & 1) moved ^= basis[part * 8 + bit];
            shift[part][byte] = moved;
        }
}

static void prepare(void) {
    fill_slice_tables();
    fill_shift_table(long_shift, LONG_LANE);
    fill_shift_table(short_shift, SHORT_LANE);
#if defined(__x86_64__)
    has_instruction = __builtin_cpu_supports("sse4.2");
#elif defined(__ARM_FEATURE_CRC32)
    has_instruction = true;
#endif
}

#pragma mark - Portable

static uint32_t portable(uint32_t crc, const uint8_t *bytes, size_t size) {
    while (size >= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        word ^= crc;
        crc = 0;
        for (int slice = 0; slice < 8; slice++) crc ^= slice_tables[7 - slice][word >> (8 * slice) & 0xFF];
        bytes += 8;
        size -= 8;
    }
    while (size-- > 0) crc = (crc >> 8) ^ slice_tables[0][(crc ^ *bytes++) & 0xFF];
    return crc;
}

#pragma mark - With the CPU's instruction

#if defined(__x86_64__)
#include <nmmintrin.h>
#define WITH_CRC_INSTRUCTION __attribute__((target("sse4.2")))
#define STEP_WORD(crc, word) _mm_crc32_u64((crc), (word))
#define STEP_BYTE(crc, byte) _mm_crc32_u8((uint32_t)(crc), (byte))
#elif defined(__ARM_FEATURE_CRC32)
#include <arm_acle.h>
#define WITH_CRC_INSTRUCTION
#define STEP_WORD(crc, word) __crc32cd((uint32_t)(crc), (word))
#define STEP_BYTE(crc, byte) __crc32cb((uint32_t)(crc), (byte))
#endif

#if defined(WITH_CRC_INSTRUCTION)

static inline uint32_t move_over(const uint32_t shift[4][256], uint32_t crc) {
    return shift[0][crc & 0xFF] ^ shift[1][crc >> 8 & 0xFF] ^ shift[2][crc >> 16 & 0xFF] ^ shift[3][crc >> 24];
}

static inline uint64_t load_word(const uint8_t *bytes) {
    uint64_t word;
    memcpy(&word, bytes, 8);
    return word;
}

/// Takes three lanes of `lane` bytes at a time while they fit; returns the number of bytes taken.
WITH_CRC_INSTRUCTION
static inline size_t take_lanes(
    uint64_t *crc, const uint8_t *bytes, size_t size, size_t lane, const uint32_t shift[4][256]
) {
    size_t taken = 0;
    for (; size - taken >= 3 * lane; taken += 3 * lane) {
        const uint8_t *first = bytes + taken, *second = first + lane, *third = second + lane;
        uint64_t a = *crc, b = 0, c = 0;
        for (size_t i = 0; i < lane; i += 8) {
            a = STEP_WORD(a, load_word(first + i));
            b = STEP_WORD(b, load_word(second + i));
            c = STEP_WORD(c, load_word(third + i));
        }
        uint32_t joined = move_over(shift, (uint32_t)a) ^ (uint32_t)b;
        *crc = move_over(shift, joined) ^ (uint32_t)c;
    }
    return taken;
}

WITH_CRC_INSTRUCTION
static uint32_t with_instruction(uint32_t start, const uint8_t *bytes, size_t size) {
    uint64_t crc = start;
    size_t taken = take_lanes(&crc, bytes, size, LONG_LANE, long_shift);
    taken += take_lanes(&crc, bytes + taken, size - taken, SHORT_LANE, short_shift);
    for (; size - taken >= 8; taken += 8) crc = STEP_WORD(crc, load_word(bytes + taken));
    for (; taken < size; taken++) crc = STEP_BYTE(crc, bytes[taken]);
    return (uint32_t)crc;
}

#endif

#pragma mark - Entry points

// The register starts and ends inverted, so leading and trailing zero bytes count.

uint32_t tally_crc32c_portable(uint32_t crc, const void *bytes, size_t size) {
    pthread_once(&once, prepare);
    return ~portable(~crc, bytes, size);
}

uint32_t tally_crc32c(uint32_t crc, const void *bytes, size_t size) {
    pthread_once(&once, prepare);
#if defined(WITH_CRC_INSTRUCTION)
    if (has_instruction) return ~with_instruction(~crc, bytes, size);
#endif
    return ~portable(~crc, bytes, size);
}

bool tally_crc32c_is_hardware(void) {
    pthread_once(&once, prepare);
    return has_instruction;
}
