import Synchronization

/// One shared counter alone on its cache lines.
///
/// Two counters that different threads write would otherwise slow each other down although no thread reads both. The
/// distance is two lines, because the CPU fetches lines in pairs.
struct PaddedCounter: ~Copyable {
    private let before = InlineArray<15, UInt64>(repeating: 0)
    let value = Atomic<UInt>(0)
    private let after = InlineArray<16, UInt64>(repeating: 0)
}
