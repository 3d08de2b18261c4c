import TallyModel

/// The kinds of events that a line of JSON can carry.
enum CommandKind: String, CaseIterable {
    case purchase
    case `return`
    case registerMember = "register_member"
    case linkIdentifier = "link_identifier"
    case defineBusiness = "define_business"
    case defineStore = "define_store"
    case defineWallet = "define_wallet"
    case defineAccrual = "define_accrual"

    /// Reads the event that `line` holds under the kind's key.
    ///
    /// - Throws: ``DocumentFault`` at the first value that is missing or wrong.
    func command(in line: Fields) throws(DocumentFault) -> Command {
        switch self {
        case .purchase: .purchase(try Receipt(try line.object(rawValue, keys: Receipt.documentKeys)))
        case .return: .return(try ReturnSlip(try line.object(rawValue, keys: ReturnSlip.documentKeys)))
        case .registerMember:
            .registerMember(try Registration(try line.object(rawValue, keys: Registration.documentKeys)))
        case .linkIdentifier:
            .linkIdentifier(try IdentifierLink(try line.object(rawValue, keys: IdentifierLink.documentKeys)))
        case .defineBusiness:
            .defineBusiness(try BusinessDefinition(try line.object(rawValue, keys: BusinessDefinition.documentKeys)))
        case .defineStore:
            .defineStore(try StoreDefinition(try line.object(rawValue, keys: StoreDefinition.documentKeys)))
        case .defineWallet:
            .defineWallet(try WalletDefinition(try line.object(rawValue, keys: WalletDefinition.documentKeys)))
        case .defineAccrual:
            .defineAccrual(try AccrualDefinition(try line.object(rawValue, keys: AccrualDefinition.documentKeys)))
        }
    }
}

extension Registration {
    static let documentKeys = ["external", "phone", "card"]

    init(_ fields: Fields) throws(DocumentFault) {
        self.init(
            externalID: try fields.text("external", or: "", "the id of other systems as text"),
            phone: try fields.text("phone", or: "", "a phone number as text"),
            card: try fields.text("card", or: "", "a card number as text"))
    }
}

extension IdentifierLink {
    static let documentKeys = ["member", "phone", "card"]

    init(_ fields: Fields) throws(DocumentFault) {
        _ = try fields.required("member", "the member who gets the identifier, for example {\"number\":5}")
        self.init(
            member: try fields.member("member"), phone: try fields.text("phone", or: "", "a phone number as text"),
            card: try fields.text("card", or: "", "a card number as text"))
    }
}
