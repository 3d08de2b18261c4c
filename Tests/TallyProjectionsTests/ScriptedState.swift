import TallyBytes
import TallyProjections
import TallyTesting

extension RecordScript {
    /// Applies the records to a state.
    func apply(to state: inout ProgrammeState) throws(StateError) {
        while state.sequence < last {
            let record = records[Int(state.sequence)]
            try unsafe state.apply(record.span.bytes, sequence: state.sequence + 1)
        }
    }

    /// The fault of the first record that cannot be applied; nil when all can.
    func fault() -> StateError? {
        var state = ProgrammeState()
        do throws(StateError) {
            try apply(to: &state)
            return nil
        } catch {
            return error
        }
    }

    /// The digest of the state after all records.
    func digest() throws -> SHA256Digest {
        var state = ProgrammeState()
        try apply(to: &state)
        return state.digest()
    }
}
