// Thin wrappers of system calls that need _GNU_SOURCE or have no libc function.
#define _GNU_SOURCE
#include "CTally.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static const size_t huge_page = 2u << 20;

/// Reserves `size` bytes of address space that begin on a huge page: a mapping that begins elsewhere gets none for its
/// ends, and one that moved there keeps its small pages for ever.
static void *reserve_aligned(size_t size) {
    size_t padded = size + huge_page;
    char *start = mmap(NULL, padded, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (start == MAP_FAILED) return NULL;
    char *aligned = (char *)(((uintptr_t)start + huge_page - 1) & ~(uintptr_t)(huge_page - 1));
    if (aligned > start) (void)munmap(start, (size_t)(aligned - start));
    size_t behind = (size_t)(start + padded - (aligned + size));
    if (behind > 0) (void)munmap(aligned + size, behind);
    return aligned;
}

void *tally_map_huge(size_t size) {
    if (size < huge_page) {
        void *small = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        return small == MAP_FAILED ? NULL : small;
    }
    void *address = reserve_aligned(size);
    // Advice only: without huge pages everything works, some tens of nanoseconds slower per random access.
    if (address != NULL) (void)madvise(address, size, MADV_HUGEPAGE);
    return address;
}

void *tally_grow_huge(void *old, size_t old_size, size_t new_size) {
    if (new_size < huge_page) {
        void *small = mremap(old, old_size, new_size, MREMAP_MAYMOVE);
        return small == MAP_FAILED ? NULL : small;
    }
    void *target = reserve_aligned(new_size);
    if (target == NULL) return NULL;
    // Moves the page table, not the bytes, and takes the place of the reservation.
    void *address = mremap(old, old_size, new_size, MREMAP_MAYMOVE | MREMAP_FIXED, target);
    if (address == MAP_FAILED) {
        (void)munmap(target, new_size);
        return NULL;
    }
    (void)madvise(address, new_size, MADV_HUGEPAGE);
    return address;
}

void tally_unmap(void *address, size_t size) { (void)munmap(address, size); }

void tally_release_free_memory(void) { (void)malloc_trim(0); }

int tally_futex_wait(const uint32_t *word, uint32_t expected, uint32_t timeout_microseconds) {
    struct timespec limit = {
        .tv_sec = timeout_microseconds / 1000000,
        .tv_nsec = (long)(timeout_microseconds % 1000000) * 1000,
    };
    const struct timespec *timeout = timeout_microseconds == 0 ? NULL : &limit;
    long result = syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, expected, timeout, NULL, 0);
    return result == 0 ? 0 : errno;
}

int tally_futex_wake(const uint32_t *word, int count) {
    long woken = syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, count, NULL, NULL, 0);
    return woken < 0 ? 0 : (int)woken;
}

int tally_so_peercred(void) { return SO_PEERCRED; }

void tally_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }
