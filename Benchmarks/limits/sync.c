// How long this disk takes to make four kibibytes durable: pwrite and fdatasync, in place.
//
// sync FILE ROUNDS     prints p50 and p99 in microseconds
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BLOCK_BYTES 4096

static double now_microseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec * 1e-3;
}

static int by_size(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

int main(int argc, char **argv) {
    int rounds = argc == 3 ? atoi(argv[2]) : 0;
    double *times = rounds > 0 ? calloc((size_t)rounds, sizeof *times) : NULL;
    int file = times != NULL ? open(argv[1], O_RDWR | O_CREAT | O_TRUNC, 0600) : -1;
    if (file < 0) return fprintf(stderr, "sync FILE ROUNDS\n"), 1;
    char block[BLOCK_BYTES];
    for (int round = 0; round < rounds; round++) {
        memset(block, round, sizeof block);
        double start = now_microseconds();
        if (pwrite(file, block, sizeof block, 0) != sizeof block || fdatasync(file) != 0) return perror("sync"), 1;
        times[round] = now_microseconds() - start;
    }
    qsort(times, (size_t)rounds, sizeof *times, by_size);
    printf("%.0f %.0f\n", times[rounds / 2], times[(size_t)rounds * 99 / 100]);
    close(file);
    unlink(argv[1]);
    free(times);
    return 0;
}
