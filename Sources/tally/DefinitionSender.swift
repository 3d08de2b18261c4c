import TallyClient
import TallyCodec
import TallyModel

/// Puts definitions in force, each of them once.
struct DefinitionSender {
    /// What a person calls the file.
    let file: String
    /// The connection.
    let client: Client

    /// Applies the definitions and says for each what became of it.
    ///
    /// - Parameters:
    ///   - commands: The definitions in their order.
    ///   - source: The name of the source that sends them.
    /// - Throws: ``Failure`` when one of them is not accepted.
    func apply(_ commands: [Command], as source: String) async throws {
        let opened = try await client.openSource(source)
        let outcomes = try await outcomes(of: commands, after: opened.lastNumber, source: opened.source)
        var table = TextTable(["definition", "id", "outcome", "sequence"])
        for (command, outcome) in zip(commands, outcomes) {
            let (kind, id) = command.label
            table.add([kind, id, DefinitionSender.text(of: outcome), "\(outcome.sequence)"])
        }
        var output = Output()
        for line in table.lines { output.line(line) }
        output.flush()
        let rejected = outcomes.count { $0.status != .recorded }
        guard rejected == 0 else { throw Failure(.partlyRejected, "\(rejected) definitions were not accepted") }
    }

    private static func text(of outcome: Outcome) -> String {
        switch outcome.status {
        case .recorded: outcome.isRepeated ? "unchanged" : "recorded"
        case .rejected, .conflict, .gap, .unavailable:
            outcome.rejection.map { "\(outcome.status): \($0.advice)" } ?? "\(outcome.status)"
        }
    }

    /// Applies definitions: those still in force are left alone, the others become new events.
    private func outcomes(
        of commands: [Command], after lastNumber: UInt64, source: SourceNumber
    ) async throws -> [Outcome] {
        var held: [HeldDefinition?] = []
        for command in commands {
            held.append(
                try await HeldDefinition.newest(of: command, by: client, source: source, lastNumber: lastNumber))
        }
        var outcomes: [Outcome] = []
        var number = lastNumber + 1
        for (index, command) in commands.enumerated() {
            if let found = held[index], found.isInForce(among: held, lastNumber: lastNumber) {
                outcomes.append(found.outcome)
                continue
            }
            var batch = BatchWriter(source: source, firstNumber: number)
            do throws(Rejection) { try batch.append(command) } catch {
                throw Failure(.usage, "\(file): \(command.label.kind) \(command.label.id): \(error.advice)")
            }
            outcomes += try await client.send(batch).outcomes
            number += 1
        }
        return outcomes
    }
}

/// A definition that the source has sent before.
///
/// Sending the same bytes under an old number stores nothing: the answer is the stored outcome when the bytes are the same
/// and a conflict when they are not. So the log itself says which numbers hold a definition.
private struct HeldDefinition {
    /// All numbers that hold it.
    var numbers: [UInt64]
    /// What became of the newest.
    var outcome: Outcome

    static func newest(
        of command: Command, by client: Client, source: SourceNumber, lastNumber: UInt64
    ) async throws -> HeldDefinition? {
        var held: HeldDefinition?
        var batch = BatchWriter(source: source, firstNumber: 1)
        while batch.firstNumber <= lastNumber {
            while batch.nextNumber <= lastNumber, !batch.isFull { try batch.append(command) }
            let results = try await client.send(batch)
            for (index, outcome) in results.outcomes.enumerated() where outcome.isRepeated {
                held = HeldDefinition(
                    numbers: (held?.numbers ?? []) + [results.firstNumber + UInt64(index)], outcome: outcome)
            }
            batch.startNext()
        }
        return held
    }

    /// True when nothing that came later can have changed it: every later event is another definition of the same file.
    func isInForce(among held: [HeldDefinition?], lastNumber: UInt64) -> Bool {
        guard outcome.status == .recorded, let newest = numbers.last else { return false }
        let known = Set(held.flatMap { $0?.numbers ?? [] })
        return newest == lastNumber || (newest + 1...lastNumber).allSatisfy(known.contains)
    }
}

extension Command {
    /// What the command defines, and its id.
    fileprivate var label: (kind: String, id: String) {
        switch self {
        case .defineBusiness(let definition): ("business", definition.id)
        case .defineStore(let definition): ("store", definition.id)
        case .defineWallet(let definition): ("wallet", definition.id)
        case .defineAccrual(let definition): ("accrual", definition.id)
        case .registerMember(let registration): ("member", registration.externalID)
        case .setWalletTerms(let terms): ("terms of wallet", terms.wallet)
        case .defineInstrument(let definition): ("instrument", definition.id)
        case .setSettlementTerms(let terms): ("settlement", "\(terms.issuer) → \(terms.redeemer), \(terms.wallet)")
        default: ("event", "")
        }
    }
}
