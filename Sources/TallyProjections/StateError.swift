public import TallyCodec
import TallyModel

/// A record that the state cannot take: the log is damaged, or it was written by a program with an error.
///
/// Nobody guesses; whoever applies records stops here.
public struct StateError: Error, Sendable, CustomStringConvertible {
    /// What is wrong with the record.
    public enum Fault: Error, Sendable, Hashable {
        /// The bytes are not a record of the schema.
        case malformed(CodecError)
        /// The record is not the next one.
        case outOfOrder(expected: UInt64)
        /// The source's number is not the next one.
        case numberOutOfOrder(source: UInt32, expected: UInt64, found: UInt64)
        /// The record's time is not later than that of the record before.
        case timeOutOfOrder
        /// A number names something that is not defined.
        case unknown(what: String, number: UInt64)
        /// The record defines a number that is not the next one.
        case numberNotDense(what: String, expected: UInt64, found: UInt64)
        /// The member's chain does not lead to the member's record before this one.
        case chainBroken(expected: UInt64, found: UInt64)
        /// The postings do not add up to zero.
        case unbalanced(sum: Int64)
        /// A sum leaves 64 bits, or an amount that cannot be negative would be.
        case impossibleSum
        /// It makes a lot that its wallet has already.
        case lotMadeTwice(UInt64)
        /// The balance that the record states is not the one that follows.
        case balanceMismatch(stated: Int64, computed: Int64)
    }

    /// What is wrong.
    public var fault: Fault
    /// The record.
    public var sequence: UInt64

    /// An error of its parts.
    public init(_ fault: Fault, sequence: UInt64) { (self.fault, self.sequence) = (fault, sequence) }

    /// What is wrong and where.
    public var description: String { "record \(sequence): \(sentence)" }

    private var sentence: String {
        switch fault {
        case .malformed(let error): "the bytes are not a record: \(error)"
        case .outOfOrder(let expected): "record \(expected) was expected"
        case .numberOutOfOrder(let source, let expected, let found):
            "source \(source) has number \(found) where \(expected) was expected"
        case .timeOutOfOrder: "its time is not later than that of the record before"
        case .unknown(let what, let number): "\(what) \(number) is not defined"
        case .numberNotDense(let what, let expected, let found):
            "it defines \(what) \(found) where \(expected) was expected"
        case .chainBroken(let expected, let found):
            "the member's record before it is \(expected), but it names \(found)"
        case .unbalanced(let sum): "its postings add up to \(sum), not to zero"
        case .impossibleSum: "a sum leaves its range"
        case .lotMadeTwice(let lot): "it makes lot \(LotID(lot)), which its wallet has already"
        case .balanceMismatch(let stated, let computed): "it states a balance of \(stated), but \(computed) follows"
        }
    }
}
