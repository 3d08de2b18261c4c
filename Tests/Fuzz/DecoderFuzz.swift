import TallyBytes

/// What the fuzzer calls with every input that it makes up; a trap is a find.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
    unsafe DecoderDrill.read(RawSpan(_unsafeElements: bytes))
    return 0
}
