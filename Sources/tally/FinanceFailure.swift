import TallyCodec
import TallyProjections

/// Errors that reading a log for a report can end with.
enum FinanceFailure {
    /// Reads, and says what to do when a record cannot be read.
    static func read<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as CodecError {
            throw Failure(.checkFailed, "\(error); run `tally verify`")
        } catch let error as StateError {
            throw Failure(.checkFailed, "\(error); run `tally verify`")
        }
    }
}
