import Synchronization
import TallyBytes
import TallyCodec
import TallyLog
import TallyModel
import TallyReports
import TallyRing

/// A question about the whole log, with the request that asked it.
final class Errand: Sendable {
    let question: Question
    let request: any Request
    init(_ question: Question, _ request: any Request) { (self.question, self.request) = (question, request) }
}

/// The thread that answers questions which read the whole log, so that no till waits for them.
final class Clerk: Sendable {
    private let log: any RecordLog
    private let errands = RequestRing<Errand>(capacityLog2: 8)
    private let isStopping = Atomic<Bool>(false)

    init(log: any RecordLog) { self.log = log }

    /// Takes a question; false when too many wait.
    func take(_ errand: Errand) -> Bool { errands.tryPush(errand) }

    /// Ends ``run()`` after the questions taken so far.
    func stop() {
        isStopping.store(true, ordering: .sequentiallyConsistent)
        errands.wake()
    }

    /// The thread's loop.
    func run() {
        while true {
            if let errand = errands.tryPop() {
                answer(errand)
            } else if isStopping.load(ordering: .sequentiallyConsistent) {
                return
            } else {
                errands.wait(timeoutMicroseconds: 1_000_000)
            }
        }
    }

    private func answer(_ errand: Errand) {
        do {
            switch errand.question {
            case .kpi(let asOf, let windowDays):
                try check(asOf)
                let report = try KPIScan.report(log, asOf: asOf, windowDays: windowDays)
                send(to: errand.request, isLast: true) { report.encode(into: &$0) }
            case .balances(let asOf, let member):
                try check(asOf)
                try sendBalances(asOf, of: member, to: errand.request)
            case .status, .promotions, .definition: preconditionFailure("The pipeline answers from its own state.")
            }
        } catch {
            let refusal = Refusal(.questionFailed, isClosing: false, text: "The question cannot be answered: \(error)")
            send(to: errand.request, isLast: true) { refusal.encode(into: &$0) }
        }
    }

    /// A place behind the end of the log is a mistake of whoever asks, not a place without records.
    private func check(_ asOf: AsOf) throws(LogError) {
        guard let sequence = asOf.sequence, sequence.rawValue > log.tip().sequence else { return }
        throw .notFound(sequence: sequence.rawValue)
    }

    private func sendBalances(_ asOf: AsOf, of member: MemberReference, to request: any Request) throws {
        let named: MemberNumber? = if case .number(let number) = member { number } else { nil }
        var (sequence, rows) = try BalanceReport.rows(log, asOf: asOf, of: named)
        switch member {
        case .anonymous, .number: break
        case .external(let id): rows = rows.filter { $0.externalID == id }
        case .phone, .card: preconditionFailure("The pipeline turns phones and cards into numbers.")
        }
        var start = 0
        repeat {
            let end = min(start + BalancesPage.rowsMax, rows.count)
            let page = BalancesPage(sequence: sequence, isLast: end == rows.count, rows: Array(rows[start..<end]))
            send(to: request, isLast: page.isLast) { page.encode(into: &$0) }
            start = end
        } while start < rows.count
    }

    private func send(to request: any Request, isLast: Bool, _ body: (inout ByteWriter) -> Void) {
        var writer = ByteWriter(capacity: 1 << 15)
        writer.appendFrame(body)
        request.answer(writer.bytes, isLast: isLast)
    }
}
