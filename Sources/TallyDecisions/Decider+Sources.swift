import TallyModel
public import TallyProjections
import TallyTables

extension Decider {
    /// True when a source of that name may be opened: the name is an identifier and there is room for another source.
    public func mayOpenSource(named name: RawSpan, state: borrowing ProgrammeState) -> Bool {
        TextCheck.isIdentifier(name) && state.sources.count < Limits.sourcesMax
            && state.texts.hasRoom(for: name.byteCount)
    }
}
