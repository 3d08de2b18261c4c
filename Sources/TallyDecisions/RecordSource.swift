/// Where decisions look up what was recorded before: a return needs its purchase.
public protocol RecordSource {
    /// Lends the record at a place of the log; does not call `body` when there is none.
    func withRecord(_ sequence: UInt64, _ body: (RawSpan) -> Void)

    /// The place of a source's event; nil when the source has not sent that number.
    func sequence(source: UInt32, number: UInt64) -> UInt64?
}
