public import TallyProjections
import TallyTables

/// The codes of an issue, derived one after the other: they are kept nowhere.
///
/// ```swift
/// for (serial, code) in IssuedCodes(issue, key: key) { print(serial, code) }
/// ```
public struct IssuedCodes: Sequence, IteratorProtocol, Sendable {
    private let instrument: UInt32
    private var serial: UInt32
    private var left: UInt32
    private let key: IdentityKey

    /// The codes of an issue.
    ///
    /// - Parameters:
    ///   - issue: The row of the issue, for example of the record `InstrumentsIssued`.
    ///   - key: The ledger's secret; with another one the codes are other ones, and nobody accepts them.
    public init(_ issue: InstrumentIssueRow, key: IdentityKey) {
        self.init(instrument: issue.instrument, first: issue.firstSerial, count: issue.count, key: key)
    }

    /// The codes of consecutive serials.
    ///
    /// - Parameters:
    ///   - instrument: The instrument's number.
    ///   - first: The first serial.
    ///   - count: How many.
    ///   - key: The ledger's secret.
    public init(instrument: UInt32, first: UInt32, count: UInt32, key: IdentityKey) {
        self.instrument = instrument
        serial = first
        left = count
        self.key = key
    }

    /// The next serial and its code; nil behind the last.
    public mutating func next() -> (serial: UInt32, code: String)? {
        guard left > 0 else { return nil }
        defer {
            left -= 1
            serial &+= 1
        }
        return (serial, InstrumentCode.make(instrument: instrument, serial: serial, key: key))
    }
}
