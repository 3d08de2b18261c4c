internal import LMDB

extension LogError {
    /// The error of a failed opening.
    init(opening error: any Error) {
        switch error {
        case let error as LogError: self = error
        case LMDBError.missing(let directory): self = .missing(directory: directory)
        default: self.init(reading: error)
        }
    }

    /// The error of a failed read.
    ///
    /// Damage that LMDB or the audit of its pages finds is not inside a block, so no sequence behind it can be trusted;
    /// the first is named.
    init(reading error: any Error) {
        switch error {
        case let error as LogError: self = error
        case let error as LMDBError where error.isDamage: self = .corrupt(sequence: 1, what: error.description)
        default: self = .unavailable(cause: String(describing: error))
        }
    }

    /// The error of a failed append.
    init(appending error: any Error) {
        switch error {
        case let error as LogError: self = error
        case LMDBError.commitFailed: self = .unknownOutcome(cause: String(describing: error))
        default: self = .unavailable(cause: String(describing: error))
        }
    }
}
