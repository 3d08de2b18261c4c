internal import Glibc

/// What would be on the disk if the machine stopped now.
///
/// The engine's threads live in the test's own process, so a crash is a copy of the data directory taken beside them.
/// A copy takes time and a crash does not, so the order of the files is chosen such that the copy is a state in which
/// the disk could have been:
///
/// | file | copied | because |
/// |---|---|---|
/// | `identity.key` | first | it never changes |
/// | `head` | before the log | it never speaks of a block that the log does not have |
/// | `state/` | before the log | a checkpoint is never ahead of the log |
/// | `log/` | last | everything acknowledged before the copy began is in it |
///
/// An LMDB file is taken again until no commit fell into the copying: its first two pages say which commit is the last,
/// and the pages of that commit are not written again before the next one.
public enum CrashCopy {
    /// Copies a data directory.
    ///
    /// - Parameters:
    ///   - source: Of an engine that may be at work.
    ///   - target: An empty directory.
    ///   - withKey: False to leave the key out, as a backup of the log alone would.
    public static func take(_ source: String, to target: String, withKey: Bool = true) {
        if withKey { copyWhole("/identity.key", source, target) }
        copyWhole("/head", source, target)
        copyEnvironment("/state", source, target)
        copyEnvironment("/log", source, target)
    }

    private static func copyWhole(_ name: String, _ source: String, _ target: String) {
        guard FileBytes.size(of: source + name) != nil else { return }
        FileBytes.write(FileBytes.read(source + name), to: target + name)
    }

    private static func copyEnvironment(_ name: String, _ source: String, _ target: String) {
        let file = name + "/data.mdb"
        guard FileBytes.size(of: source + file) != nil else { return }
        unsafe _ = mkdir(target + name, 0o700)
        while true {
            let before = FileBytes.read(source + file).prefix(metaBytes)
            let bytes = FileBytes.read(source + file)
            guard FileBytes.read(source + file).prefix(metaBytes) == before, bytes.prefix(metaBytes) == before else {
                continue
            }
            FileBytes.write(bytes, to: target + file)
            return
        }
    }

    /// The two pages of 4 KiB that LMDB writes in turn at the end of each commit.
    private static let metaBytes = 8_192
}
