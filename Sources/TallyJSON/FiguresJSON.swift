public import TallyModel

/// A daemon's status as one line of JSON.
public enum DaemonStatusJSON {
    /// The line; the digest is null when it was not asked for.
    ///
    /// - Parameter status: How the daemon stands.
    /// - Returns: One JSON object; instants in UTC, `state_bytes` in bytes.
    public static func line(_ status: DaemonStatus) -> String {
        var line = JSONText()
        line.add("tip", status.tip.rawValue)
        line.add("recorded_at", status.recordedAt.description)
        line.add("checkpoint", status.checkpoint.rawValue)
        line.add("digest_sequence", status.digestSequence == .none ? nil : status.digestSequence.rawValue)
        line.add("digest", status.digestText)
        line.add("members", status.members)
        line.add("stores", status.stores)
        line.add("businesses", status.businesses)
        line.add("wallets", status.wallets)
        line.add("sources", status.sources)
        line.add("accruals", status.accruals)
        line.add("state_bytes", status.stateBytes)
        line.add("clock", status.clock.description)
        line.add("lots", status.lots)
        line.add("holds", status.holds)
        return line.object
    }
}

extension DaemonStatus {
    /// The digest as 64 hexadecimal digits, first byte first; nil when it was not asked for.
    public var digestText: String? {
        guard digestSequence != .none else { return nil }
        // The words hold the bytes with the first one lowest, and people read the first one first.
        return digest.map { JSONText.hexadecimal($0.byteSwapped) }.joined()
    }
}

/// A balance as a JSON object.
public enum BalanceRowJSON {
    /// The object; amounts in minor units of the wallet.
    ///
    /// - Parameter row: A member's points in one wallet.
    /// - Returns: One JSON object; `external` is null for a member without one.
    public static func object(_ row: BalanceRow) -> String {
        var object = JSONText()
        object.add("member", row.member.rawValue)
        object.add("external", row.externalID.isEmpty ? nil : row.externalID)
        object.add("wallet", row.wallet)
        object.add("active_minor", row.active)
        object.add("pending_minor", row.pending)
        object.add("held_minor", row.held)
        object.add("debt_minor", row.debt)
        return object.object
    }
}

/// The key figures as one line of JSON.
public enum KPIReportJSON {
    /// The line; a ratio without a denominator is null.
    ///
    /// - Parameter report: The figures.
    /// - Returns: One JSON object with the figures in the order of ``TallyModel/KPIFigure``.
    public static func line(_ report: KPIReport) -> String {
        var figures = JSONText()
        for figure in KPIFigure.allCases {
            figures.add(figure.name(windowDays: Int(report.windowDays)), report[figure])
        }
        var line = JSONText()
        line.add("sequence", report.sequence.rawValue)
        line.add("as_of", report.asOfDay?.description)
        line.add("window_days", report.windowDays)
        line.add("figures", raw: figures.object)
        return line.object
    }
}

extension JSONText {
    /// Sixteen hexadecimal digits.
    static func hexadecimal(_ word: UInt64) -> String {
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
