import CZlib

/// A ZIP file in memory: what an XLSX is.
///
/// The same files give the same bytes: no time of writing is in it.
///
/// > Source: PKWARE, APPNOTE.TXT, version 6.3.10; only what every reader knows is used.
struct ZipArchive {
    /// The first of January 1980, the earliest day that a ZIP can say.
    private static let day: UInt16 = 0x0021
    private static let deflated: UInt16 = 8

    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count: UInt16 = 0

    /// Adds a file.
    ///
    /// - Parameters:
    ///   - name: Its path in the archive, in ASCII.
    ///   - content: Its bytes, fewer than 4 GiB.
    mutating func add(_ name: String, _ content: [UInt8]) {
        let packed = ZipArchive.deflate(content)
        var entry: [UInt8] = []
        entry.append(u16: 20)
        entry.append(u16: 0)
        entry.append(u16: ZipArchive.deflated)
        entry.append(u16: 0)
        entry.append(u16: ZipArchive.day)
        entry.append(u32: ZipArchive.checksum(content))
        entry.append(u32: UInt32(packed.count))
        entry.append(u32: UInt32(content.count))
        entry.append(u16: UInt16(name.utf8.count))
        entry.append(u16: 0)
        let offset = UInt32(bytes.count)
        bytes.append(u32: 0x0403_4b50)
        bytes += entry
        bytes += name.utf8
        bytes += packed
        directory.append(u32: 0x0201_4b50)
        directory.append(u16: 20)
        directory += entry
        // No comment, the first disk, no attributes.
        directory += Array(repeating: 0, count: 10)
        directory.append(u32: offset)
        directory += name.utf8
        count += 1
    }

    /// The whole archive.
    func finished() -> [UInt8] {
        var all = bytes + directory
        all.append(u32: 0x0605_4b50)
        all.append(u32: 0)
        all.append(u16: count)
        all.append(u16: count)
        all.append(u32: UInt32(directory.count))
        all.append(u32: UInt32(bytes.count))
        all.append(u16: 0)
        return all
    }

    private static func checksum(_ content: [UInt8]) -> UInt32 {
        unsafe content.withUnsafeBufferPointer { unsafe UInt32(crc32_z(0, $0.baseAddress, $0.count)) }
    }

    private static func deflate(_ content: [UInt8]) -> [UInt8] {
        var stream = unsafe z_stream()
        guard unsafe czlib_begin_raw_deflate(&stream) == Z_OK else { fatalError("zlib has no memory to begin.") }
        defer { unsafe deflateEnd(&stream) }
        var packed = Array(repeating: UInt8(0), count: unsafe Int(deflateBound(&stream, UInt(content.count))))
        var source = content
        let status = unsafe source.withUnsafeMutableBufferPointer { input in
            unsafe packed.withUnsafeMutableBufferPointer { output in
                unsafe stream.next_in = input.baseAddress
                unsafe stream.avail_in = UInt32(input.count)
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = UInt32(output.count)
                return unsafe CZlib.deflate(&stream, Z_FINISH)
            }
        }
        // The bound is what zlib needs at most, so one call always ends.
        guard status == Z_STREAM_END else { fatalError("zlib needs more room than it said.") }
        return unsafe Array(packed.prefix(Int(stream.total_out)))
    }
}

extension [UInt8] {
    /// Appends a number, the lowest byte first.
    mutating func append(u16 value: UInt16) { self += [UInt8(truncatingIfNeeded: value), UInt8(value >> 8)] }

    /// Appends a number, the lowest byte first.
    mutating func append(u32 value: UInt32) {
        append(u16: UInt16(truncatingIfNeeded: value))
        append(u16: UInt16(value >> 16))
    }
}
