import CTally
import Glibc

/// One thread of the operating system with a name.
///
/// LMDB wants a write transaction to begin and end on one thread, and the engine's loops wait; neither belongs on
/// Swift's shared pool.
///
/// Sendable because the handle is written once, before the value is shared, and joined by one owner.
@safe
final class OSThread: @unchecked Sendable {
    private var handle = pthread_t()

    /// Starts a thread that runs `body` to its end.
    ///
    /// - Parameters:
    ///   - name: At most 15 bytes; shown by `top -H` and debuggers.
    ///   - body: What the thread does.
    init(name: String, _ body: @escaping @Sendable () -> Void) {
        let box = unsafe Unmanaged.passRetained(Body(name: name, run: body))
        let code = unsafe pthread_create(
            &handle, nil,
            { argument in
                let body = unsafe Unmanaged<Body>.fromOpaque(argument!).takeRetainedValue()
                unsafe tally_name_thread(body.name)
                body.run()
                return nil
            }, box.toOpaque())
        precondition(code == 0, "The system starts no more threads: raise its limit of threads for this user.")
    }

    /// Waits until the thread has ended.
    func join() { pthread_join(handle, nil) }

    private final class Body: Sendable {
        let name: String
        let run: @Sendable () -> Void
        init(name: String, run: @escaping @Sendable () -> Void) { (self.name, self.run) = (name, run) }
    }
}
