/// What a programme has under an id: a wallet or a business, and the decimals of its unit.
///
/// Whoever reads a file of points asks for it first: a file with other decimals than the wallet would be a hundred times too much.
public struct Definition: Sendable, Hashable {
    /// What is asked for.
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// A wallet.
        case wallet = 0
        /// A business.
        case business = 1
    }

    /// The last record that the answer knows.
    public var sequence: LogSequence
    /// What was asked for.
    public var kind: Kind
    /// Its id.
    public var id: String
    /// Decimals of the wallet's points or of the business's money; nil when nothing is defined under the id.
    public var scale: UInt8?

    /// A definition of its parts.
    public init(sequence: LogSequence, kind: Kind, id: String, scale: UInt8?) {
        (self.sequence, self.kind, self.id, self.scale) = (sequence, kind, id, scale)
    }
}
