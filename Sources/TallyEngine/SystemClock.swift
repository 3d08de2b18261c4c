import Glibc

/// The only place that looks at a clock.
///
/// What it reads becomes part of a record; everything else takes time from records.
enum SystemClock {
    /// Microseconds since 1970-01-01T00:00:00Z, as the machine believes.
    static func microseconds() -> Int64 {
        var now = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000
    }

    /// Microseconds of a clock that never jumps, for intervals.
    static func monotonicMicroseconds() -> Int64 {
        var now = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        return Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000
    }
}
