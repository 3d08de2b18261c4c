import TallyClient
import TallyCodec
import TallyImport
import TallyJSON
import TallyModel

/// Sends a plan to the ledger and compares what it recorded with the file.
struct ImportRun {
    let client: Client
    let plan: PointsPlan
    let booking: PointsPlan.Booking
    let events: [PointsPlan.Event]

    init(_ client: Client, _ plan: PointsPlan, _ booking: PointsPlan.Booking) {
        (self.client, self.plan, self.booking) = (client, plan, booking)
        events = plan.events(booking)
    }

    /// Imports and compares.
    ///
    /// 1. The events that the ledger holds under this manifest are sent again and compared: nothing is written, and another
    ///    file or mapping is noticed before anything of it is lost.
    /// 2. The others follow.
    /// 3. All events are sent once more. The ledger answers from its records, and these answers are what is compared.
    ///
    /// - Parameters:
    ///   - certificate: Receives what happened.
    ///   - bar: Shows how far it is.
    /// - Throws: ``Failure`` for another file; `ClientError`.
    func run(_ certificate: inout ImportCertificate, _ bar: inout ProgressBar) async throws {
        certificate.before = try await stage()
        let opened = try await client.openSource(ImportManifest.sourceName(booking.manifest))
        let held = Int(clamping: opened.lastNumber)
        try await checkSameFile(held, opened.source)
        _ = try await send(held..<events.count, opened.source, &bar)
        let outcomes = try await send(0..<events.count, opened.source, &bar)
        (certificate.recordedEarlier, certificate.recordedNow) = (held, events.count - held)
        certificate.compare(events, outcomes)
        certificate.after = try await stage()
    }

    private func stage() async throws -> ImportCertificate.Stage {
        let status = try await client.status(wantDigest: true)
        return ImportCertificate.Stage(tip: status.tip.rawValue, digest: status.digestText ?? "")
    }

    /// Checks that what the manifest holds is the beginning of this very import.
    private func checkSameFile(_ held: Int, _ source: SourceNumber) async throws {
        let advice =
            "it was begun with another file, mapping or day: give the same ones, or import under another --manifest"
        guard held <= events.count else {
            throw Failure(
                .checkFailed,
                "manifest \(booking.manifest) holds \(held - events.count) events more than the file: \(advice)")
        }
        var bar = ProgressBar(total: nil)
        let outcomes = try await send(0..<held, source, &bar)
        guard let place = outcomes.firstIndex(where: { $0.status == .conflict }) else { return }
        throw Failure(
            .checkFailed,
            "manifest \(booking.manifest) holds another event \(place + 1) than the file: \(advice)")
    }

    /// Sends events of the plan, as many at once as a batch holds.
    ///
    /// - Returns: Their outcomes, conflicts among them.
    private func send(
        _ range: Range<Int>, _ source: SourceNumber, _ bar: inout ProgressBar
    ) async throws -> [Outcome] {
        var outcomes: [Outcome] = []
        outcomes.reserveCapacity(range.count)
        var batch = BatchWriter(source: source, firstNumber: UInt64(range.lowerBound) + 1)
        for place in range {
            let event = events[place]
            do throws(Rejection) { try batch.append(plan.command(of: event, booking)) } catch {
                throw Failure(.usage, "line \(plan.members[event.member].line): \(error.advice)")
            }
            guard batch.isFull || place == range.upperBound - 1 else { continue }
            outcomes += try await client.send(batch).outcomes
            if let lost = outcomes.last(where: { $0.status == .gap || $0.status == .unavailable }) {
                throw Failure(
                    .temporary, "the daemon took no more events (\(lost.status)): run the same command again")
            }
            batch.startNext()
            bar.show(place + 1, "event \(place + 1)")
        }
        return outcomes
    }
}

extension ImportCertificate {
    /// Compares the recorded outcomes of all events with the file, member by member.
    fileprivate mutating func compare(_ events: [PointsPlan.Event], _ outcomes: [Outcome]) {
        var found = Array(repeating: Int64(0), count: plan.members.count)
        var missing = found
        for (event, outcome) in zip(events, outcomes) {
            note(sequence: outcome.sequence)
            switch event.step {
            case .register where outcome.status == .recorded: newMembers += 1
            case .register where outcome.rejection == .identifierTaken: knownMembers += 1
            case .register: refuse(event, outcome, "registration")
            case .link(let key) where outcome.status != .recorded: refuse(event, outcome, "\(key)")
            case .link: break
            case .give where outcome.status == .recorded: found[event.member] += outcome.points
            case .give(let lot):
                let points = plan.members[event.member].lots[lot].points
                refuse(event, outcome, "\(points) points in minor units")
                missing[event.member] += points
            }
        }
        for (place, member) in plan.members.enumerated() {
            let expected = member.lots.reduce(0) { $0 + $1.points }
            let points = found[place]
            // What was refused is named as such, and is no difference of what was recorded.
            guard points != expected - missing[place] else { continue }
            differences.append(
                Difference(line: member.line, member: "\(member.keys[0])", expected: expected, found: points))
        }
        if !booking.registers { knownMembers = plan.members.count }
    }

    private mutating func refuse(_ event: PointsPlan.Event, _ outcome: Outcome, _ what: String) {
        let member = plan.members[event.member]
        var line = member.line
        if case .give(let lot) = event.step { line = member.lots[lot].line }
        refused.append(
            RefusedEvent(
                line: line, member: "\(member.keys[0])", text: "\(what): \(outcome.rejection?.advice ?? "not stored")"))
    }
}
