import NIOCore
import Synchronization

/// The connections that are open: their number has a limit, and a server that stops waits for them.
final class ConnectionRegistry: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let connectionsMax: Int
    private let state = Mutex(State())

    init(connectionsMax: Int) { self.connectionsMax = connectionsMax }

    /// Connections open now.
    var count: Int { state.withLock { $0.channels.count } }

    /// Notes a connection.
    ///
    /// - Returns: False when it is one too many; it is noted all the same until it is closed.
    func admit(_ channel: any Channel) -> Bool {
        state.withLock { state in
            state.channels[ObjectIdentifier(channel)] = channel
            return state.channels.count <= connectionsMax
        }
    }

    /// Forgets a connection that is closed.
    func remove(_ channel: any Channel) {
        let ready = state.withLock { state in
            state.channels[ObjectIdentifier(channel)] = nil
            guard state.channels.isEmpty else { return [CheckedContinuation<Void, Never>]() }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in ready { continuation.resume() }
    }

    /// Asks every connection to finish.
    func drain() {
        for channel in all { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
    }

    /// Cuts every connection that is still open.
    func cut() {
        for channel in all { channel.close(promise: nil) }
    }

    /// Returns when no connection is open.
    func waitUntilEmpty() async {
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                if !state.channels.isEmpty { state.waiting.append(continuation) }
                return state.channels.isEmpty
            }
            if isEmpty { continuation.resume() }
        }
    }

    private var all: [any Channel] { state.withLock { Array($0.channels.values) } }
}
