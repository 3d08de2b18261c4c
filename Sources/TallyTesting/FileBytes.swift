internal import Glibc

/// Damage to files, for tests.
public enum FileBytes {
    /// The length of a file in bytes, or nil when it is not there.
    public static func size(of path: String) -> Int? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    /// Inverts one bit of a file.
    ///
    /// - Parameters:
    ///   - bit: 0...7.
    ///   - offset: The byte.
    ///   - path: The file.
    public static func flip(bit: UInt8, at offset: Int, of path: String) {
        let file = unsafe open(path, O_RDWR | O_CLOEXEC)
        defer { close(file) }
        var byte: UInt8 = 0
        let got = unsafe pread(file, &byte, 1, offset)
        byte ^= 1 << bit
        let put = unsafe pwrite(file, &byte, 1, offset)
        precondition(got == 1 && put == 1, "Only a byte of the file can be flipped.")
    }

    /// All bytes of a file.
    public static func read(_ path: String) -> [UInt8] {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        defer { close(file) }
        return unsafe [UInt8](unsafeUninitializedCapacity: size(of: path) ?? 0) { buffer, filled in
            filled = unsafe max(0, pread(file, buffer.baseAddress, buffer.count, 0))
        }
    }

    /// Replaces a file.
    public static func write(_ bytes: [UInt8], to path: String) {
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        defer { close(file) }
        let put = unsafe bytes.withUnsafeBytes { unsafe pwrite(file, $0.baseAddress, $0.count, 0) }
        precondition(put == bytes.count, "A test needs room on the disk.")
    }
}
