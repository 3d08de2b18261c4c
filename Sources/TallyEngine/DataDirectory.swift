import Glibc
import TallyDecisions
import TallyLog

/// The data directory, held by this process alone while it lives.
///
/// ```
/// DATA/lock           held with flock; a second daemon is refused
/// DATA/identity.key   32 secret bytes: without them phones and cards are unreadable
/// DATA/log, head      the log
/// DATA/state          checkpoints
/// ```
@safe
final class DataDirectory: Sendable {
    let layout: DataLayout
    let key: IdentityKey
    /// True when there was a log in the directory.
    let hasLog: Bool
    private let lock: Int32

    /// Makes the directory when it is not there, takes its lock, reads or draws its key.
    ///
    /// - Throws: ``EngineError`` with code `dataInUse`, `logDamaged` or `ioFailed`.
    init(path: String) throws(EngineError) {
        layout = DataLayout(directory: path)
        guard !path.isEmpty else {
            throw EngineError(.optionsWrong, "The data directory has no name: give --data DIR.")
        }
        if unsafe mkdir(path, 0o700) != 0, errno != EEXIST { throw DataDirectory.failure("making the directory", path) }
        lock = try DataDirectory.takeLock(path + "/lock")
        do throws(EngineError) {
            hasLog = try DataDirectory.hasLog(path)
            key = try DataDirectory.readOrDrawKey(path + "/identity.key", isNewLedger: !hasLog)
        } catch {
            close(lock)
            throw error
        }
    }

    deinit { close(lock) }

    private static func hasLog(_ path: String) throws(EngineError) -> Bool {
        do throws(LogError) { return try EventLog.exists(directory: path) } catch { throw EngineError(error) }
    }

    private static func takeLock(_ path: String) throws(EngineError) -> Int32 {
        let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("opening the lock", path) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let isHeld = errno == EWOULDBLOCK
            close(file)
            if isHeld {
                throw EngineError(
                    .dataInUse,
                    "Another tallyd works on this data (\(path) is locked): stop it, or give another --data.")
            }
            throw failure("locking", path)
        }
        return file
    }

    private static func readOrDrawKey(_ path: String, isNewLedger: Bool) throws(EngineError) -> IdentityKey {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        if file >= 0 {
            defer { close(file) }
            var bytes = [UInt8](repeating: 0, count: IdentityKey.byteCount + 1)
            let count = unsafe read(file, &bytes, bytes.count)
            if count >= 0, let key = IdentityKey(Array(bytes.prefix(count))) { return key }
            // A key that was being drawn when the machine failed hides nothing yet, so a new one may take its place.
            guard isNewLedger else {
                throw EngineError(
                    .logDamaged,
                    "\(path) is not a key of \(IdentityKey.byteCount) bytes: restore it from the backup of the ledger.")
            }
        } else if errno != ENOENT {
            throw failure("reading the key", path)
        } else if !isNewLedger {
            throw EngineError(.logDamaged, "\(path) is missing beside a log: restore it from the backup of the ledger.")
        }
        return try drawKey(path)
    }

    private static func drawKey(_ path: String) throws(EngineError) -> IdentityKey {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<IdentityKey.byteCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("making the key", path) }
        defer { close(file) }
        guard unsafe write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0, let key = IdentityKey(bytes)
        else {
            throw failure("writing the key", path)
        }
        return key
    }

    private static func failure(_ what: String, _ path: String) -> EngineError {
        let cause = unsafe String(cString: strerror(errno))
        return EngineError(
            .ioFailed, "Failed at \(what) \(path): \(cause). Check the path, its owner and the free space.")
    }
}
