import TallyJSON
public import TallyModel

/// A programme as people write it: businesses, stores, wallet types and rates of accrual, in YAML.
///
/// ```yaml
/// programme: cashback
/// businesses: [{id: grocery, name: Grocery, currency: RUB, scale: 2}]
/// wallets: [{id: points, name: Points, scale: 2}]
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
    /// The accruals in the order of the file.
    public var accruals: [AccrualDefinition]

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
        let file = try Fields(document, path: "", keys: ["programme", "businesses", "stores", "wallets", "accruals"])
        name = try file.text("programme", "the programme's name, for example \"cashback\"")
        (businesses, stores, wallets, accruals) = ([], [], [], [])
        for fields in try file.objects("businesses", keys: BusinessDefinition.documentKeys, isRequired: true) {
            businesses.append(try BusinessDefinition(fields))
        }
        for fields in try file.objects("stores", keys: StoreDefinition.documentKeys, isRequired: false) {
            stores.append(try StoreDefinition(fields, business: onlyBusiness))
        }
        for fields in try file.objects("wallets", keys: WalletDefinition.documentKeys, isRequired: true) {
            wallets.append(try WalletDefinition(fields))
        }
        for fields in try file.objects("accruals", keys: AccrualDefinition.documentKeys, isRequired: false) {
            accruals.append(try AccrualDefinition(fields))
        }
    }

    /// The id of the business when there is exactly one.
    public var onlyBusiness: String? { businesses.count == 1 ? businesses[0].id : nil }

    /// The definitions as events, in an order in which each names only what comes before it.
    public var commands: [Command] {
        businesses.map(Command.defineBusiness) + stores.map(Command.defineStore) + wallets.map(Command.defineWallet)
            + accruals.map(Command.defineAccrual)
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
