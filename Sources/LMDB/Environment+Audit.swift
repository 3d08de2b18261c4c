internal import CLMDB

extension Environment {
    /// Walks the file with our own eyes before LMDB does; see ``PageAudit`` for what is checked.
    ///
    /// Do this right after opening, before the first table is opened. It may run beside a writer in another
    /// process: it looks at one consistent state.
    ///
    /// - Returns: What was found.
    /// - Throws: ``LMDBError/damaged(page:what:)`` among others.
    @discardableResult
    public func audit(_ depth: AuditDepth) throws -> AuditReport {
        var file: Int32 = -1
        try check(unsafe mdb_env_get_fd(handle, &file))
        for _ in 0..<Self.auditAttemptsMax {
            if let report = try auditOnce(depth, file) { return report }
        }
        throw LMDBError.damaged(page: 0, what: "no meta page belongs to the last transaction")
    }

    /// A busy writer may overwrite the meta page of our state twice a millisecond; this many times is no accident.
    private static let auditAttemptsMax = 100

    /// - Returns: nil when a writer overwrote the meta page of our state before we had read it.
    private func auditOnce(_ depth: AuditDepth, _ file: Int32) throws -> AuditReport? {
        try read { transaction in
            // The transaction keeps the pages of its state from being reused while we read them.
            let metas = try MetaPage.readPair(from: file)
            let meta = metas.0.transaction == transaction.number ? metas.0 : metas.1
            guard meta.transaction == transaction.number else { return nil }
            var audit = try PageAudit(file: file, meta: meta, depth: depth)
            return try audit.run()
        }
    }
}
