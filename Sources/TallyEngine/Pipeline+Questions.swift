import TallyBytes
import TallyCodec
import TallyDecisions
import TallyLog
import TallyModel
import TallyProjections
import TallyReports
import TallyTables

extension Pipeline {
    /// Answers a question, or hands it to the clerk when the whole log must be read for it.
    ///
    /// What is answered from the state leaves with the block being filled: a till reads its own write, and nobody reads
    /// what is not durable.
    mutating func takeQuestion(_ request: any Request) {
        var asked: Question?
        var broken: CodecError?
        request.withMessage { message in
            do throws(CodecError) { asked = try Question(message) } catch { broken = error }
        }
        guard let question = asked else {
            refuse(BatchRefused(broken ?? CodecError(.tooShort(needed: messageHeaderLength, found: 0))).refusal)
            filling.noteAnswer(to: request)
            return
        }
        switch question {
        case .status(let wantDigest): takeStatus(request, wantDigest: wantDigest)
        case .kpi: filling.keep(Errand(question, request))
        case .balances(let asOf, let member): takeBalances(request, asOf, member)
        case .promotions: takePromotions(request)
        case .definition(let kind, let id): takeDefinition(request, kind, id)
        }
    }

    /// Hands the questions of a durable block to the clerk.
    func sendErrands(of block: OpenBlock) {
        for errand in block.takeErrands() where !services.clerk.take(errand) {
            var writer = ByteWriter(capacity: 256)
            let text = "Too many questions about the whole log are waiting: ask again in a second."
            writer.appendFrame {
                Refusal(.busy, isClosing: false, retryAfterMilliseconds: 1000, text: text).encode(into: &$0)
            }
            errand.request.answer(writer.bytes, isLast: true)
        }
    }

    private mutating func takeStatus(_ request: any Request, wantDigest: Bool) {
        if wantDigest, checkpoints.saved?.sequence != state.sequence, failure == nil {
            digestWaiters.append((request, state.sequence))
            checkpoints.want()
            return
        }
        let status = status()
        filling.frames.appendFrame { status.encode(into: &$0) }
        filling.noteAnswer(to: request)
    }

    /// Answers those who waited for a digest of the state, now that there is one.
    mutating func answerDigestWaiters() {
        guard !digestWaiters.isEmpty else { return }
        let reached = checkpoints.saved?.sequence ?? 0
        let isHopeless = checkpoints.lastFailure != nil || failure != nil
        for waiter in digestWaiters where isHopeless || waiter.sequence <= reached {
            if isHopeless {
                let why = checkpoints.lastFailure ?? failure?.message ?? ""
                refuse(
                    Refusal(
                        .questionFailed, isClosing: false,
                        text: "The state could not be saved, so it has no digest: \(why)"))
            } else {
                let status = status()
                filling.frames.appendFrame { status.encode(into: &$0) }
            }
            filling.noteAnswer(to: waiter.request)
        }
        digestWaiters.removeAll { isHopeless || $0.sequence <= reached }
        if !digestWaiters.isEmpty { checkpoints.want() }
    }

    private func status() -> DaemonStatus {
        var status = DaemonStatus()
        // After a failed write the state in memory is ahead of what anybody may be told.
        status.tip = LogSequence(failure == nil ? state.sequence : durable.sequence)
        status.recordedAt = Instant(microseconds: failure == nil ? state.recordedAt : durable.recordedAt)
        if let saved = checkpoints.saved {
            status.checkpoint = LogSequence(saved.sequence)
            status.digestSequence = LogSequence(saved.sequence)
            status.digest = DigestWords.of(saved.digest)
        }
        status.members = UInt32(state.members.count)
        status.stores = UInt32(state.stores.count)
        status.businesses = UInt32(state.businesses.count)
        status.wallets = UInt32(state.wallets.count)
        status.sources = UInt32(state.sources.count - 1)
        status.accruals = UInt32(state.accruals.count)
        status.stateBytes = UInt64(state.byteCount)
        status.clock = Instant(microseconds: state.ledger[0].clock)
        status.lots = UInt32(state.liveLots)
        status.holds = state.ledger[0].holds
        return status
    }

    private mutating func takePromotions(_ request: any Request) {
        let (revision, rows) = decider.promotions(
            at: services.now(), state: state, history: history, desk: desk)
        var start = 0
        repeat {
            let end = min(start + PromotionsPage.rowsMax, rows.count)
            let page = PromotionsPage(
                sequence: LogSequence(state.sequence), revision: revision,
                effectiveFrom: revision == 0
                    ? nil : Instant(microseconds: state.promotionSets[Int(revision) - 1].effectiveFrom),
                isLast: end == rows.count, rows: Array(rows[start..<end]))
            filling.frames.appendFrame { page.encode(into: &$0) }
            start = end
        } while start < rows.count
        filling.noteAnswer(to: request)
    }

    private mutating func takeDefinition(_ request: any Request, _ kind: Definition.Kind, _ id: String) {
        let bytes = Array(id.utf8)
        let name = unsafe bytes.span.bytes
        let scale =
            switch kind {
            case .wallet: state.wallet(id: name).map { state.wallets[Int($0.rawValue) - 1].scale }
            case .business:
                state.business(id: name).map { state.businesses[Int($0.rawValue) - 1].currencyAndScale >> 24 }
            }
        let found = Definition(
            sequence: LogSequence(state.sequence), kind: kind, id: id, scale: scale.map { UInt8($0) })
        filling.frames.appendFrame { found.encode(into: &$0) }
        filling.noteAnswer(to: request)
    }

    private mutating func takeBalances(_ request: any Request, _ asOf: AsOf, _ member: MemberReference) {
        guard member != .anonymous else {
            filling.keep(Errand(.balances(asOf: asOf, member: member), request))
            return
        }
        guard let owner = decider.owner(member, state: state) else {
            let code = Rejection.memberUnknown
            refuse(Refusal(.questionFailed, isClosing: false, text: code.advice))
            filling.noteAnswer(to: request)
            return
        }
        guard asOf == .now, failure == nil else {
            // Who stood for the member then, only the records up to there can say.
            filling.keep(Errand(.balances(asOf: asOf, member: .number(owner)), request))
            return
        }
        let row = Int(state.standing(for: owner).rawValue) - 1
        let page = BalancesPage(
            sequence: LogSequence(state.sequence), isLast: true,
            rows: BalanceReport.rows(of: state, members: row..<(row + 1)))
        filling.frames.appendFrame { page.encode(into: &$0) }
        filling.noteAnswer(to: request)
    }
}

/// A digest as the schema keeps it.
enum DigestWords {
    /// Four words of eight bytes each, first byte lowest.
    static func of(_ digest: SHA256Digest) -> [UInt64] {
        var writer = ByteWriter(capacity: SHA256Digest.byteCount)
        digest.write(to: &writer)
        return (0..<4).map { writer.bytes.u64(at: $0 * 8) }
    }
}
