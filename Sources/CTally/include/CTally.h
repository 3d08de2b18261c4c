/// What the Swift rooms need from C and cannot write themselves: CPU instructions and system calls
/// that the Glibc module hides. Nothing here knows anything about points.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma mark - Checksums

/// CRC-32C (Castagnoli) of `size` bytes at `bytes`, continuing from `crc`; start with 0.
/// Uses the CPU's CRC instructions when it has them.
uint32_t tally_crc32c(uint32_t crc, const void *_Nullable bytes, size_t size);

/// The same checksum in plain C (slicing by 8): the fallback, and the twin the fast one is tested against.
uint32_t tally_crc32c_portable(uint32_t crc, const void *_Nullable bytes, size_t size);

/// True when `tally_crc32c` runs on CRC instructions of this CPU.
bool tally_crc32c_is_hardware(void);

#pragma mark - Prefetching

/// Asks the CPU to bring the cache line at `address` near, to be read.
static inline void tally_prefetch_read(const void *_Nonnull address) { __builtin_prefetch(address, 0, 3); }

/// Asks the CPU to bring the cache line at `address` near, to be changed.
static inline void tally_prefetch_write(const void *_Nonnull address) { __builtin_prefetch(address, 1, 3); }

#pragma mark - Huge pages

/// Maps `size` zero bytes, on huge pages where the kernel grants them.
/// Returns NULL when the address space or the memory limit is exhausted.
void *_Nullable tally_map_huge(size_t size);

/// Resizes a mapping of `tally_map_huge`; it may move. Returns NULL on failure, and `old` is then still valid.
void *_Nullable tally_grow_huge(void *_Nonnull old, size_t old_size, size_t new_size);

/// Gives a mapping back.
void tally_unmap(void *_Nonnull address, size_t size);

/// Gives back what was freed and is kept for later.
void tally_release_free_memory(void);

#pragma mark - Sleeping and waking

/// Sleeps while `*word == expected`, at most `timeout_microseconds` (0: for ever).
/// Returns 0 when woken, or EAGAIN (the word had changed), ETIMEDOUT or EINTR; the caller looks at the word again.
int tally_futex_wait(const uint32_t *_Nonnull word, uint32_t expected, uint32_t timeout_microseconds);

/// Wakes at most `count` sleepers of `word` and returns how many there were.
int tally_futex_wake(const uint32_t *_Nonnull word, int count);

#pragma mark - Threads

/// Names the calling thread; `name` has at most 15 bytes. Shown by `top -H` and debuggers.
void tally_name_thread(const char *_Nonnull name);

#pragma mark - Sockets

/// Who is at the other end of a Unix socket; the layout of the kernel's `struct ucred`.
struct tally_peer {
    int32_t pid;
    uint32_t uid;
    uint32_t gid;
};

/// The socket option (at SOL_SOCKET) that answers with a `struct tally_peer`.
int tally_so_peercred(void);
