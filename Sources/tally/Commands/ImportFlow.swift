import ArgumentParser
import TallyClient
import TallyImport
import TallyModel

/// What imports of points share: how careful they are, where they go and how they are certified.
struct ImportFlow: ParsableArguments {
    @Flag(help: "Say what would happen against the ledger that runs, and write nothing.")
    var dryRun = false
    @Flag(help: "Leave members with a bad row out and go on.")
    var skipBad = false
    @Flag(help: "Show progress without a terminal too.")
    var progress = false
    @OptionGroup var format: FormatOptions
    @OptionGroup var daemon: DaemonOptions

    /// Faults that are said on standard error at most.
    private static let saidMax = 20

    /// Reads, checks, imports and certifies, or says what would happen.
    ///
    /// - Parameters:
    ///   - input: The file.
    ///   - mapping: What its columns mean.
    ///   - rules: The name of the file that says so; nil for the command line.
    ///   - manifest: The number under which everything is known that it gives.
    /// - Throws: ``Failure`` before anything is written when something is wrong with the file, and after the certificate was
    ///   printed when the ledger differs from the file or refused a part of it.
    func carryOut(
        _ input: ImportInput, _ mapping: PointsMapping, from rules: String?, manifest: UInt64
    ) async throws {
        let plan = try plan(input, mapping)
        let booking = PointsPlan.Booking(mapping, manifest: manifest, fingerprint: input.fingerprint)
        let client = try await daemon.connect()
        try await checkDefined(
            ImportDefinitions(client: client, plan: plan, mapping: mapping, file: input.name, rules: rules))
        var certificate = ImportCertificate(input, plan, booking, expected: mapping.expected, isDryRun: dryRun)
        let lookup = ImportLookup(client: client, plan: plan)
        if dryRun {
            try await lookup.fill(&certificate, isNeeded: !booking.registers)
        } else {
            if !booking.registers, !skipBad { try await checkKnown(lookup, certificate) }
            var bar = ProgressBar(total: nil, isForced: progress)
            try await ImportRun(client, plan, booking).run(&certificate, &bar)
            bar.finish()
        }
        certificate.print(format.output)
        try certificate.check()
    }

    /// Refuses a file for wallets or businesses that nobody defined, or with other decimals, before anything is written.
    private func checkDefined(_ definitions: ImportDefinitions) async throws {
        let mistakes = try await definitions.mistakes()
        for mistake in mistakes.prefix(ImportFlow.saidMax) { Talk.say(mistake) }
        guard mistakes.isEmpty else {
            throw Failure(
                .usage, "\(mistakes.count) mistake\(mistakes.count == 1 ? "" : "s"); nothing was imported")
        }
    }

    /// Refuses an accrual to members whom the ledger does not know, before the others get anything.
    private func checkKnown(_ lookup: ImportLookup, _ certificate: ImportCertificate) async throws {
        var asked = certificate
        try await lookup.fill(&asked, isNeeded: true)
        for refused in asked.refused.prefix(ImportFlow.saidMax) {
            Talk.say("\(refused.line): \(refused.member): \(refused.text)")
        }
        guard asked.refused.isEmpty else {
            throw Failure(
                .partlyRejected,
                "\(asked.refused.count) members would be refused; nothing was given: correct the file, or go on without "
                    + "them with --skip-bad")
        }
    }

    /// Reads the file and adds it up.
    ///
    /// - Throws: ``Failure`` when anything is wrong that must not be left out.
    private func plan(_ input: ImportInput, _ mapping: PointsMapping) throws -> PointsPlan {
        let plan: PointsPlan
        do throws(PointsFault) { plan = try PointsPlan(input.bytes, mapping: mapping) } catch {
            throw Failure(.usage, "\(input.name):\(error)")
        }
        for fault in plan.faults.prefix(ImportFlow.saidMax) { Talk.say("\(input.name):\(fault)") }
        if plan.faults.count > ImportFlow.saidMax {
            Talk.say("… and \(plan.faults.count - ImportFlow.saidMax) more")
        }
        let broken = plan.faults.first { $0.isOfFile }
        guard broken == nil else {
            throw Failure(.checkFailed, "\(input.name): \(broken.map { "\($0)" } ?? ""); nothing was imported")
        }
        guard plan.faults.isEmpty || skipBad else {
            throw Failure(
                .usage,
                "\(input.name): \(plan.faults.count) faults; nothing was imported: correct the file, or leave such members "
                    + "out with --skip-bad")
        }
        return plan
    }
}

/// A manifest as people give it.
enum ManifestArgument {
    /// Reads a number.
    static func read(_ text: String) throws -> UInt64 {
        guard let number = UInt64(text), number > 0 else { throw ValidationError("A manifest is a number from 1 on.") }
        return number
    }
}
