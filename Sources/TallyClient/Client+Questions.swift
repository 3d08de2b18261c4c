public import TallyCodec
public import TallyModel

extension Client {
    /// Asks how the daemon stands.
    ///
    /// - Parameter wantDigest: True for the digest of the state too, which costs a checkpoint.
    /// - Returns: Counts, places in the log and, when asked for, the digest.
    /// - Throws: ``ClientError``.
    public func status(wantDigest: Bool = false) async throws(ClientError) -> DaemonStatus {
        try await link.one(try Link.frame(Question.status(wantDigest: wantDigest).encode(into:))) {
            message throws(CodecError) in
            try DaemonStatus(message)
        }
    }

    /// Asks what a purchase would be answered if it came now.
    ///
    /// - Parameter receipt: The purchase.
    /// - Returns: Points that it would give and take, what would be left to pay, or why it would be refused.
    /// - Throws: ``ClientError``.
    public func quote(_ receipt: Receipt) async throws(ClientError) -> Quote {
        let frame = try Link.frame { (writer) throws(Rejection) in try writer.append(quoteOf: receipt) }
        return try await link.one(frame) { message throws(CodecError) in try Quote(message) }
    }

    /// Asks what the programme has under an id.
    ///
    /// - Parameters:
    ///   - kind: A wallet or a business.
    ///   - id: Its id.
    /// - Returns: Its decimals, or that there is none.
    /// - Throws: ``ClientError``.
    public func definition(_ kind: Definition.Kind, id: String) async throws(ClientError) -> Definition {
        let question = Question.definition(kind, id: id)
        return try await link.one(try Link.frame(question.encode(into:))) { message throws(CodecError) in
            try Definition(message)
        }
    }

    /// Asks for the key figures.
    ///
    /// - Parameters:
    ///   - asOf: Which records and days count.
    ///   - windowDays: Days that two of the figures look back.
    /// - Returns: The figures, money in minor units.
    /// - Throws: ``ClientError``.
    public func kpi(asOf: AsOf = .now, windowDays: UInt16) async throws(ClientError) -> KPIReport {
        let question = Question.kpi(asOf: asOf, windowDays: windowDays)
        return try await link.one(try Link.frame(question.encode(into:))) { message throws(CodecError) in
            try KPIReport(message)
        }
    }

    /// Asks what members hold, page by page as the daemon sends it.
    ///
    /// - Parameters:
    ///   - member: Whose balances; `.anonymous` asks for everybody's.
    ///   - asOf: Which records and days count.
    ///   - page: Takes every page in order, the last one with ``BalancesPage/isLast``, on the client's own thread.
    /// - Throws: ``ClientError``.
    public func balances(
        of member: MemberReference, asOf: AsOf = .now, page: @escaping @Sendable (BalancesPage) -> Void
    ) async throws(ClientError) {
        let question = Question.balances(asOf: asOf, member: member)
        try await link.pages(try Link.frame(question.encode(into:))) { message throws(CodecError) in
            let next = try BalancesPage(message)
            page(next)
            return next.isLast
        }
    }

    /// Asks how promotions stand, page by page as the daemon sends it.
    ///
    /// - Parameter page: Takes every page in order, the last one with ``TallyModel/PromotionsPage/isLast``, on the client's own thread.
    /// - Throws: ``ClientError``.
    public func promotions(page: @escaping @Sendable (PromotionsPage) -> Void) async throws(ClientError) {
        try await link.pages(try Link.frame(Question.promotions.encode(into:))) { message throws(CodecError) in
            let next = try PromotionsPage(message)
            page(next)
            return next.isLast
        }
    }
}
