public import TallyLog
public import TallyModel
import TallyProjections
import TallyTables

/// Everything that members' points did, lot by lot, as a table for programs that read CSV.
///
/// | column | what it is |
/// |---|---|
/// | `sequence`, `part` | the record and the entry in it |
/// | `day` | the day for which it counts |
/// | `kind`, `cause` | what happened, and why points became more or less |
/// | `member`, `external` | whose |
/// | `wallet`, `business` | which kind of points, and who stands for them |
/// | `lot` | the lot, such as `8123.1`; empty for what is owed |
/// | `purpose` | active, pending, held or debt |
/// | `amount_minor` | minor units; what members gain is positive |
public struct MovementExport {
    /// The names of the columns.
    public static let header = [
        "sequence", "part", "day", "kind", "cause", "member", "external", "wallet", "business", "lot", "purpose",
        "amount_minor",
    ]

    /// Writes the movements of a log.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - last: The last record that counts; nil for all.
    ///   - write: Takes the values of one row.
    /// - Returns: How many rows were written.
    /// - Throws: `LogError`, `CodecError` or `StateError` when the log cannot be read.
    public static func write(
        _ log: some RecordLog, through last: LogSequence? = nil, to write: ([String]) -> Void
    ) throws -> Int {
        var count = 0
        _ = try BooksScan.read(log, through: last) { entry, state in
            for change in entry.changes where change.amount != 0 {
                count += 1
                write(row(change, of: entry, state))
            }
        }
        return count
    }

    private static func row(
        _ change: LotChange, of entry: BookEntry, _ state: borrowing ProgrammeState
    ) -> [String] {
        let external =
            entry.member == 0 ? "" : state.texts.string(state.members[Int(entry.member) - 1].externalID)
        return [
            "\(entry.sequence)", "\(entry.part)", "\(entry.day)", entry.kind.rawValue, change.cause.rawValue,
            "\(entry.member)", external, state.texts.string(state.wallets[Int(change.wallet) - 1].id),
            state.texts.string(state.businesses[Int(change.business) - 1].id), change.lot.map { "\($0)" } ?? "",
            "\(change.purpose)", "\(change.amount)",
        ]
    }
}
