import TallyJSON
public import TallyModel

/// A programme as people write it: businesses, stores, wallet types with their terms, rates of accrual and what businesses pay
/// each other, in YAML.
///
/// ```yaml
/// programme: cashback
/// businesses: [{id: grocery, name: Grocery, currency: RUB, scale: 2}]
/// wallets: [{id: points, name: Points, scale: 2, terms: {expiry: 180 days, max_share: 50 %}}]
/// accruals: [{id: base, wallet: points, rate: 5 %, rounding: half_even}]
/// ```
public struct ProgrammeFile: Sendable, Hashable {
    /// The programme's name; it names the source of the definitions.
    public var name: String
    /// The businesses in the order of the file.
    public var businesses: [BusinessDefinition]
    /// The stores in the order of the file.
    public var stores: [StoreDefinition]
    /// The wallet types in the order of the file.
    public var wallets: [WalletDefinition]
    /// The terms of those wallet types that have some, in the order of the file.
    public var terms: [WalletTerms]
    /// The accruals in the order of the file.
    public var accruals: [AccrualDefinition]
    /// What businesses pay each other, in the order of the file.
    public var settlements: [SettlementTerms]

    /// Reads a programme file.
    ///
    /// A store without a business belongs to the only business of the file.
    ///
    /// - Parameter yaml: The text of the file.
    /// - Throws: ``ProgrammeFault`` with the line and the column of the first value that is missing or wrong.
    public init(yaml: String) throws(ProgrammeFault) {
        let document = try YAMLDocument.read(yaml)
        do {
            try self.init(document)
        } catch {
            throw ProgrammeFault(error)
        }
    }

    private init(_ document: DocumentNode) throws(DocumentFault) {
        let file = try Fields(document, path: "", keys: ProgrammeFile.documentKeys)
        name = try file.text("programme", "the programme's name, for example \"cashback\"")
        (businesses, stores, wallets, terms, accruals, settlements) = ([], [], [], [], [], [])
        for fields in try file.objects("businesses", keys: BusinessDefinition.documentKeys, isRequired: true) {
            businesses.append(try BusinessDefinition(fields))
        }
        for fields in try file.objects("stores", keys: StoreDefinition.documentKeys, isRequired: false) {
            stores.append(try StoreDefinition(fields, business: onlyBusiness))
        }
        for fields in try file.objects("wallets", keys: WalletDefinition.documentKeys + ["terms"], isRequired: true) {
            let wallet = try WalletDefinition(fields)
            wallets.append(wallet)
            guard fields.optional("terms") != nil else { continue }
            terms.append(
                try WalletTerms(try fields.object("terms", keys: WalletTerms.termKeys), wallet: wallet.id))
        }
        for fields in try file.objects("accruals", keys: AccrualDefinition.documentKeys, isRequired: false) {
            accruals.append(try AccrualDefinition(fields))
        }
        for fields in try file.objects("settlements", keys: SettlementTerms.documentKeys, isRequired: false) {
            settlements.append(try SettlementTerms(fields))
        }
    }

    private static let documentKeys = ["programme", "businesses", "stores", "wallets", "accruals", "settlements"]

    /// The id of the business when there is exactly one.
    public var onlyBusiness: String? { businesses.count == 1 ? businesses[0].id : nil }

    /// The definitions as events, in an order in which each names only what comes before it.
    public var commands: [Command] {
        businesses.map(Command.defineBusiness) + stores.map(Command.defineStore) + wallets.map(Command.defineWallet)
            + terms.map(Command.setWalletTerms) + accruals.map(Command.defineAccrual)
            + settlements.map(Command.setSettlementTerms)
    }
}

/// What is wrong with a programme file.
public struct ProgrammeFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The line, counted from 1.
    public var line: Int
    /// The column in the line, counted from 1.
    public var column: Int
    /// The path to the value, what was found and what is expected.
    public var text: String

    init(line: Int, column: Int, text: String) { (self.line, self.column, self.text) = (line, column, text) }

    init(_ fault: DocumentFault) {
        let path = fault.path.isEmpty ? "" : "\(fault.path): "
        self.init(line: fault.line, column: fault.column, text: path + fault.text)
    }

    /// The place and the text, such as `7:5: accruals[0].rate: found …, expected …`.
    public var description: String { "\(line):\(column): \(text)" }
}
