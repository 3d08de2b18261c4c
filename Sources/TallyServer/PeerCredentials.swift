import CTally
import Logging
import NIOCore

extension Connection {
    /// Notes in the log which process the kernel says is at the other end.
    func logPeer(of channel: any Channel) {
        guard logger.logLevel <= .debug, let socket = channel as? any SocketOptionProvider else { return }
        let option = NIOBSDSocket.Option(rawValue: tally_so_peercred())
        let peer: EventLoopFuture<tally_peer> = socket.unsafeGetSocketOption(level: .socket, name: option)
        peer.assumeIsolated().whenSuccess { peer in
            self.logger.debug(
                "client identified", metadata: ["pid": "\(peer.pid)", "uid": "\(peer.uid)", "gid": "\(peer.gid)"])
        }
    }
}
