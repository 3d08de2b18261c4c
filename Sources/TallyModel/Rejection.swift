/// Every business refusal: a stable number, what it means and what to do about it.
///
/// Numbers are never used again. When a command breaks several rules the lowest number is answered, on every version.
/// A rejection is an outcome: it is recorded under the event's number and repeated for it; a new attempt takes a new
/// number. `numberTooHigh`, `numberReused` and `unavailable` alone are not recorded: the number stays free.
public enum Rejection: UInt16, Sendable, CaseIterable {
    /// The number skips others: the source must send the missing events first.
    case numberTooHigh = 1
    /// The number was used before with another body.
    case numberReused = 2
    /// Nothing was stored: the daemon is stopping or its log cannot be written.
    case unavailable = 3

    /// The command is of a kind that this version does not know.
    case commandUnknown = 10
    /// The command is longer than `Limits.commandBytesMax`.
    case commandTooLong = 11
    /// A string is not UTF-8, has control characters, or is empty or too long where an identifier is needed.
    case textMalformed = 12
    /// The business is not defined.
    case businessUnknown = 20
    /// The store is not defined.
    case storeUnknown = 21
    /// The wallet is not defined.
    case walletUnknown = 22
    /// No member has that number, phone, card or external id.
    case memberUnknown = 23
    /// The phone number cannot be brought into international form.
    case phoneMalformed = 24
    /// The phone, card or external id belongs to another member.
    case identifierTaken = 25
    /// A registration without any identifier.
    case identifierMissing = 26
    /// The moment is outside the years 1 to 9999 or its offset from UTC is beyond 18 hours.
    case timeOutOfRange = 30
    /// A receipt needs at least one line.
    case linesMissing = 31
    /// A receipt has more lines than `Limits.linesMax`.
    case linesTooMany = 32
    /// A quantity is negative.
    case quantityNegative = 33
    /// An amount is negative.
    case amountNegative = 34
    /// An amount or quantity is beyond its limit.
    case amountTooLarge = 35
    /// The lines do not add up to the total.
    case totalMismatch = 36
    /// A return names a purchase that the log does not hold.
    case purchaseUnknown = 40
    /// The record that a return names is not a purchase.
    case purchaseExpected = 41
    /// The purchase belongs to another member.
    case purchaseOfAnotherMember = 42
    /// The return names a line that the purchase does not have.
    case purchaseLineUnknown = 43
    /// More comes back than was bought and not yet returned.
    case returnExceedsPurchase = 44
    /// A rate needs a denominator and must not be more than the whole.
    case rateMalformed = 50
    /// A currency is three capital letters.
    case currencyMalformed = 51
    /// Minor units have at most six decimals.
    case scaleTooLarge = 52
    /// What is defined already cannot change in this respect: its scale, currency or business.
    case definitionFixed = 53
    /// A balance or sum would leave 64 bits.
    case sumTooLarge = 60
    /// A limit on the number of members, stores, sources or definitions is reached.
    case capacityReached = 61
}

extension Rejection {
    /// One sentence for the person who reads the answer: what is wrong and what to do.
    public var advice: String {
        switch self {
        case .numberTooHigh: "The number skips events of this source: go on with the number that the answer names."
        case .numberReused: "This number was used with another body: send the correction under a new number."
        case .unavailable: "Nothing was stored: connect again, ask where the source stands, and send the event again."
        case .commandUnknown: "This daemon does not know the command: compare the versions in hello."
        case .commandTooLong: "The command is longer than 64,000 bytes: split the receipt."
        case .textMalformed:
            "A string is not valid UTF-8, holds control characters, or is empty or too long: correct it."
        case .businessUnknown: "No such business: define it first, for example with `tally programme apply`."
        case .storeUnknown: "No such store: define it first, for example with `tally programme apply`."
        case .walletUnknown: "No such wallet: define it first, for example with `tally programme apply`."
        case .memberUnknown: "No such member: register the member first or send the receipt without one."
        case .phoneMalformed: "The phone number is not in international form: write + and 8 to 15 digits."
        case .identifierTaken: "The phone, card or external id belongs to another member: look the member up instead."
        case .identifierMissing: "A registration needs a phone, a card or an external id."
        case .timeOutOfRange: "The moment or its offset from UTC is out of range: correct the till's clock."
        case .linesMissing: "A receipt needs at least one line."
        case .linesTooMany: "The receipt has more than 2,000 lines: split it."
        case .quantityNegative: "A quantity is negative: send what comes back as a return."
        case .amountNegative: "An amount is negative: send what comes back as a return."
        case .amountTooLarge: "An amount or quantity is beyond its limit: correct the line."
        case .totalMismatch: "The lines do not add up to the total: correct the receipt at the till."
        case .purchaseUnknown: "The log holds no such purchase: correct the reference or send a blind return."
        case .purchaseExpected: "The record named is not a purchase: correct the reference."
        case .purchaseOfAnotherMember: "The purchase belongs to another member: leave the member out or correct it."
        case .purchaseLineUnknown: "The purchase has no such line: count its lines from 1."
        case .returnExceedsPurchase: "More comes back than was bought and not yet returned: correct the return."
        case .rateMalformed: "The rate must be a fraction between 0 and 1 with a denominator."
        case .currencyMalformed: "A currency is three capital letters, for example RUB."
        case .scaleTooLarge: "A scale is the number of decimals, 0 to 6."
        case .definitionFixed: "This cannot change once it is defined: define another one."
        case .sumTooLarge: "A sum would leave the 64-bit range: check the amounts."
        case .capacityReached: "A limit on the number of members or definitions is reached: see the Limits page."
        }
    }

    /// True for outcomes that are recorded under the event's number.
    public var isRecorded: Bool { rawValue >= 10 }
}
