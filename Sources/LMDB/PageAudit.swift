internal import CLMDB
internal import Glibc

/// How much of the file an audit reads.
public enum AuditDepth: Sendable {
    /// Every page that holds keys or pointers, and the first page of every long value.
    case everything
    /// Everything up to 64 MiB of leaf pages, and only the pages above the leaves beyond that.
    case affordable
}

extension Environment {
    public func audit(_ depth: AuditDepth) throws {}
}
