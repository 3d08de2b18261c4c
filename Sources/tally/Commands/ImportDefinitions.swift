import TallyClient
import TallyImport
import TallyModel

/// Asks the ledger whether it has the wallets and businesses that a file names, and with the decimals that the file is read with.
///
/// Points read with two decimals for a wallet of none would be a hundred times too many, and every check of sums would agree with it.
struct ImportDefinitions {
    let client: Client
    let plan: PointsPlan
    let mapping: PointsMapping
    /// The name of the file.
    let file: String
    /// The name of the mapping's file; nil when the command line says what columns mean.
    let rules: String?

    /// What is wrong, each with its file and line and what to do; writes nothing.
    ///
    /// - Throws: `ClientError`.
    func mistakes() async throws -> [String] {
        var mistakes: [String] = []
        for (wallet, line) in firstLines(\.wallet) {
            guard let scale = try await client.definition(.wallet, id: wallet).scale else {
                mistakes.append(unknown(wallet, "wallet", mapping.wallet, line))
                continue
            }
            if Int(scale) != mapping.form.scale { mistakes.append(otherScale(wallet, Int(scale))) }
        }
        for (business, line) in firstLines(\.business)
        where try await client.definition(.business, id: business).scale == nil {
            mistakes.append(unknown(business, "business", mapping.business, line))
        }
        return mistakes
    }

    /// The ids that the lots name, each with the first line that does, in the order of these lines.
    private func firstLines(_ name: KeyPath<PointsPlan.Lot, String>) -> [(id: String, line: Int)] {
        var lines: [String: Int] = [:]
        for lot in plan.members.lazy.flatMap(\.lots) {
            lines[lot[keyPath: name]] = min(lot.line, lines[lot[keyPath: name]] ?? .max)
        }
        return lines.map { (id: $0.key, line: $0.value) }.sorted { ($0.line, $0.id) < ($1.line, $1.id) }
    }

    private func unknown(_ id: String, _ kind: String, _ named: PointsMapping.Named, _ line: Int) -> String {
        let expected = "a \(kind) that the ledger has: define it, for example with `tally programme apply`, or correct "
        guard case .column(let header, _) = named else { return fault(kind, found: id, expected + "the id") }
        let fault = PointsFault(
            line: line, column: 0, field: header, found: id, expected: expected + "the row or the mapping")
        return "\(file):\(fault)"
    }

    private func otherScale(_ wallet: String, _ scale: Int) -> String {
        fault(
            "scale", found: "\(mapping.form.scale)",
            "\(scale), the decimals that wallet \(wallet) of the ledger has; a wallet with others needs an import of its own"
        )
    }

    /// A mistake in the file of the mapping, or in an option of the command line.
    private func fault(_ key: String, found: String, _ expected: String) -> String {
        guard let rules else {
            return "\(PointsFault(line: 0, column: 0, field: "--\(key)", found: found, expected: expected))"
        }
        // Decimals that nobody wrote down belong to the wallet.
        let place = mapping.places[key] ?? mapping.places["wallet"]
        let fault = PointsFault(
            line: place?.line ?? 0, column: place?.column ?? 0, field: key, found: found, expected: expected)
        return "\(rules):\(fault)"
    }
}
