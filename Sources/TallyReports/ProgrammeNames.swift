import TallyCodec
import TallyModel
import TallyProjections
import TallyTables

/// The names by which people know what the ledger numbers.
struct ProgrammeNames: Sendable {
    private let businesses: [String]
    private let currencies: [(code: String, scale: UInt8)]
    private let wallets: [String]
    private let scales: [UInt8]
    private let stores: [String]
    private let rules: [String]

    init(_ state: borrowing ProgrammeState) {
        businesses = (0..<state.businesses.count).map { state.texts.string(state.businesses[$0].id) }
        currencies = (0..<state.businesses.count).map { row in
            let word = state.businesses[row].currencyAndScale
            let letters = [word, word >> 8, word >> 16].map { UInt8(truncatingIfNeeded: $0) }
            return (String(decoding: letters, as: UTF8.self), UInt8(truncatingIfNeeded: word >> 24))
        }
        wallets = (0..<state.wallets.count).map { state.texts.string(state.wallets[$0].id) }
        scales = (0..<state.wallets.count).map { UInt8(truncatingIfNeeded: state.wallets[$0].scale) }
        stores = (0..<state.stores.count).map { state.texts.string(state.stores[$0].id) }
        rules = (0..<state.accruals.count).map { state.texts.string(state.accruals[$0].id) }
    }

    func business(_ number: UInt16) -> String { ProgrammeNames.name(businesses, Int(number)) }
    func store(_ number: UInt32) -> String { ProgrammeNames.name(stores, Int(number)) }
    func rule(_ number: UInt16) -> String { ProgrammeNames.name(rules, Int(number)) }
    func wallet(_ number: UInt16) -> String { ProgrammeNames.name(wallets, Int(number)) }

    /// Decimals of a wallet's minor unit.
    func scale(ofWallet number: UInt16) -> UInt8 {
        scales.indices.contains(Int(number) - 1) ? scales[Int(number) - 1] : 0
    }

    /// The money of a business.
    func currency(_ number: UInt16) -> (code: String, scale: UInt8) {
        currencies.indices.contains(Int(number) - 1) ? currencies[Int(number) - 1] : ("", 0)
    }

    /// What is not there has no name; what has no name is called by its number.
    private static func name(_ names: [String], _ number: Int) -> String {
        guard number > 0 else { return "" }
        guard names.indices.contains(number - 1), !names[number - 1].isEmpty else { return "#\(number)" }
        return names[number - 1]
    }

    /// The member as tools name it: by the id of other systems, or `#number`.
    static func member(_ number: UInt32, _ state: borrowing ProgrammeState) -> String {
        guard number > 0, Int(number) <= state.members.count else { return "" }
        let id = state.texts.string(state.members[Int(number) - 1].externalID)
        return id.isEmpty ? "#\(number)" : id
    }
}

extension ReportTable.Cell {
    /// Points of a wallet.
    static func points(_ value: Int64?, _ wallet: UInt16, _ names: ProgrammeNames) -> ReportTable.Cell {
        .amount(value, scale: names.scale(ofWallet: wallet))
    }
}
