import TallyModel

/// The rules that one command breaks: the lowest number is answered, in whatever order they are looked at.
struct Verdict {
    private(set) var lowest: Rejection?

    /// Notes a rule when it is broken.
    mutating func note(_ rejection: Rejection, if isBroken: Bool) {
        guard isBroken, rejection.rawValue < lowest?.rawValue ?? .max else { return }
        lowest = rejection
    }

    /// Ends the looking.
    ///
    /// - Throws: ``Refused`` when some rule is broken.
    func check() throws(Refused) {
        if let lowest { throw Refused(lowest) }
    }

    /// The refusal with one more rule broken.
    func refusal(_ rejection: Rejection) -> Refused {
        var all = self
        all.note(rejection, if: true)
        return Refused(all.lowest ?? rejection)
    }
}
