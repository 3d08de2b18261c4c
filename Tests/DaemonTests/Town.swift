import Foundation
import TallyClient
import TallyModel
import TallyTesting
import Testing

/// A daemon's data over many lives, and the staff that sends to it.
final class Town {
    struct Figures {
        var events = 0
        var kills = 0
        var served = 0
        var findings: [String] = []
    }

    let home = TemporaryDirectory(prefix: "tallyd")
    private let configuration: String
    private let staff: Staff
    private var figures = Figures()

    init(checkpointRecords: Int, policy: Journal.Policy = .answers) throws {
        staff = Staff(socket: home.socket, policy: policy)
        configuration = home.appending("tallyd.yaml")
        let text = "checkpointSeconds: 1\ncheckpointRecords: \(checkpointRecords)\nlogLevel: warning\n"
        try text.write(toFile: configuration, atomically: true, encoding: .utf8)
    }

    var findings: [String] { staff.journals.flatMap(\.findings) }

    /// When the clock of a life begins to run, whatever the load of the machine.
    private enum Moment: CaseIterable {
        case starting, serving, selling
    }

    /// One life of the daemon, which ends by signal 9.
    func live(killedAfter delay: Duration, _ dice: inout Seed) async throws {
        let daemon = try Daemon(in: home, ["--config", configuration])
        let before = staff.answered
        let moment = Moment.allCases.randomElement(using: &dice)
        if moment != .starting { try await daemon.waitUntilItServes() }
        let sold = Task { [staff, seed = dice.next()] in
            await staff.sell(eventsMax: 100_000, memory: 300, Seed(seed))
        }
        if moment == .selling { try await staff.wait(forAnswers: before + 1) }
        try await Task.sleep(for: delay)
        daemon.kill()
        _ = await sold.value
        figures.kills += 1
        if staff.answered > before { figures.served += 1 }
    }

    /// Everything still open is sent, everything that was ever answered is asked again, and the sums are compared.
    func close(_ dice: inout Seed) async throws -> Figures {
        let daemon = try Daemon(in: home, ["--config", configuration])
        try await daemon.waitUntilItServes()
        #expect(await staff.sell(eventsMax: 500, memory: .max, Seed(dice.next())))
        var model = ShopModel()
        for (till, journal) in staff.tills.enumerated() { model.add(till: till, journal.outcomes) }
        figures.findings = findings + model.findings
        #expect(try await balances() == model.balances.filter { $0.value != 0 })
        daemon.terminate()
        #expect(daemon.exitStatus() == 0)
        figures.events = staff.answered
        return figures
    }

    /// What members hold by the daemon's word, by name.
    private func balances() async throws -> [String: Int64] {
        let client = try await Client.connect(path: home.socket, name: "auditor")
        var balances: [String: Int64] = [:]
        for (member, outcome) in zip(Shop.members, staff.desk.outcomes.suffix(Shop.members.count)) {
            let balance = try await client.balance(of: .number(MemberNumber(outcome.member)))
            if balance != 0 { balances[member] = balance }
        }
        await client.close()
        return balances
    }
}
