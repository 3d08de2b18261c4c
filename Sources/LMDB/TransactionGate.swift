internal import Glibc

/// Lets any number of transactions through, and the resizing of the map only when there are none.
///
/// `mdb_env_set_mapsize` moves the map while old pointers into it may still be read, so LMDB demands that the
/// process has no transaction at that moment, and leaves the waiting to us.
/// Sendable because a pthread lock may be used by all threads, and `lock` itself never changes.
@safe
final class TransactionGate: @unchecked Sendable {
    private let lock: UnsafeMutablePointer<pthread_rwlock_t>

    init() {
        unsafe lock = .allocate(capacity: 1)
        unsafe pthread_rwlock_init(lock, nil)
    }

    deinit {
        unsafe pthread_rwlock_destroy(lock)
        unsafe lock.deallocate()
    }

    /// Enters with a transaction; waits while the map is resized.
    ///
    /// ``leave()`` follows on the same thread.
    func enter() { unsafe pthread_rwlock_rdlock(lock) }

    /// Waits until no transaction is left and keeps new ones out.
    ///
    /// ``leave()`` follows on the same thread.
    func enterAlone() { unsafe pthread_rwlock_wrlock(lock) }

    /// Ends either kind of stay.
    func leave() { unsafe pthread_rwlock_unlock(lock) }
}
