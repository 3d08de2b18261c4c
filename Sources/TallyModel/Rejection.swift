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
    /// The member is blocked and may not spend.
    case memberBlocked = 27
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
    /// The log holds no such hold.
    case holdUnknown = 45
    /// The hold was used, given back or has run out.
    case holdEnded = 46
    /// The hold is another member's, or of another wallet.
    case holdOfAnother = 47
    /// A rate needs a denominator and must not be more than the whole.
    case rateMalformed = 50
    /// A currency is three capital letters.
    case currencyMalformed = 51
    /// Minor units have at most six decimals.
    case scaleTooLarge = 52
    /// What is defined already cannot change in this respect: its scale, currency or business.
    case definitionFixed = 53
    /// A wallet's or settlement's terms are out of their bounds.
    case termsMalformed = 54
    /// A balance or sum would leave 64 bits.
    case sumTooLarge = 60
    /// A limit on the number of members, stores, sources or definitions is reached.
    case capacityReached = 61
    /// Points belong to a member, and the command names none.
    case memberMissing = 70
    /// A receipt names a wallet twice, or more wallets than `Limits.walletsPerReceiptMax`.
    case walletRepeated = 71
    /// A redemption, hold or adjustment of no points, or of points below zero where they may not be taken.
    case pointsMalformed = 72
    /// The receipt is below the total from which points may pay.
    case receiptTooSmall = 73
    /// More points than the wallet's terms let one receipt take.
    case redemptionBeyondCap = 74
    /// The member has fewer points that can be spent now.
    case pointsInsufficient = 75
    /// More points than the hold has set aside.
    case redemptionBeyondHold = 76
    /// The points lie in more lots than one record can name.
    case lotsTooMany = 77
    /// A hold lasts 1 to `Limits.holdSecondsMax` seconds.
    case holdTimeMalformed = 78
    /// The clock moves forward only, and never beyond the machine's own.
    case clockMalformed = 79
    /// An adjustment lacks its reason.
    case reasonMissing = 80
    /// The days of an adjustment contradict each other or lie beyond 2105.
    case daysMalformed = 81
    /// No operator has that id, or none is named where one must be.
    case operatorUnknown = 82
    /// The operator has no right to this.
    case operatorRightMissing = 83
    /// The operator has given and taken what one day allows.
    case operatorLimitReached = 84
    /// The limits of an operator are negative, or the rights unknown.
    case operatorMalformed = 85
    /// The log holds no such proposal.
    case proposalUnknown = 86
    /// The proposal was approved or declined before.
    case proposalDecided = 87
    /// Nobody approves a proposal of their own.
    case approvalByProposer = 88
    /// A member gives points to the same member.
    case transferToSelf = 89
    /// Both names are the same member, or have been merged into the same one.
    case membersAlreadyOne = 90
    /// The month is none of the years 1970 to 2105.
    case periodMalformed = 91
    /// The month is closed.
    case periodClosed = 92
    /// An earlier month is still open.
    case periodOutOfOrder = 93
    /// The clock has not passed the end of the month, or lots of it still have to end.
    case periodNotOver = 94
    /// The books have more accounts than one record can name.
    case periodTooLarge = 95
    /// The member stands for itself: it was never merged into another, or was split again.
    case memberNotMerged = 96
    /// A purchase under way has set points aside that would go back.
    case splitUnderHold = 97
    /// More lots would go back than one record can name.
    case splitTooLarge = 98
    /// Points would come back to more lots than one record can make again.
    case returnTooLarge = 99
    /// No instrument has that id, and no code reads so.
    case instrumentUnknown = 100
    /// The code's check does not fit the rest of it.
    case codeMistyped = 101
    /// A definition or issue contradicts its kind or its instrument, or leaves its bounds.
    case instrumentMalformed = 102
    /// More codes than the instrument may issue.
    case codesExhausted = 103
    /// The instrument has issued no code of that serial.
    case codeUnknown = 104
    /// The code is not good yet.
    case instrumentNotYetValid = 105
    /// The code's time has run out.
    case instrumentExpired = 106
    /// The code was cancelled.
    case codeCancelled = 107
    /// Nobody has paid for the card yet.
    case codeInactive = 108
    /// Every use of the code was made, or all its money spent.
    case codeUsedUp = 109
    /// A purchase under way has set the rest aside.
    case codeReserved = 110
    /// The code was given to another member.
    case codeOfAnother = 111
    /// The member has made all uses that one member has.
    case memberLimitReached = 112
    /// All uses of the instrument are made or reserved.
    case usesBudgetReached = 113
    /// The amount would go beyond what the instrument may cost or issue in all.
    case amountBudgetReached = 114
    /// There is less on the card than asked for.
    case cardInsufficient = 115
    /// The reservation was redeemed, released or has run out.
    case reservationEnded = 116
    /// The instrument keeps uses whose goods come back.
    case restoreRefused = 117
    /// It names no redemption of the code, or more than is not yet given back.
    case restoreBeyondRedemption = 118
    /// Only gift cards are charged.
    case chargeRefused = 119
    /// A purchase with codes names none, or more than `Limits.codesPerReceiptMax`.
    case codesTooMany = 120
    /// Cards and certificates pay more than points leave of the receipt, or money of other decimals.
    case codesBeyondReceipt = 121
    /// A part of a document is empty, too long or out of order, or the digest is not that of the parts.
    case documentMalformed = 122
    /// The log does not hold the whole document of that digest.
    case documentUnknown = 123
    /// The documents cannot be read as the words and the promotions of a programme.
    case promotionsMalformed = 124
    /// The promotions in force have none of that id, or it was archived.
    case promotionUnknown = 125
    /// No promotions are in force.
    case promotionsMissing = 126
    /// What a receipt states to be paid is negative or more than the shelf's total, or a settled receipt does not state it.
    case payableMalformed = 127
    /// Something else is to be paid now than the customer was told.
    case priceChanged = 128
    /// A receipt that asks the promotions cannot be a part of an exchange.
    case exchangePriced = 129
    /// A limit on what promotions may do with one receipt is reached: uses that are counted, facts, codes or the record's length.
    case promotionsTooMany = 130
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
        case .memberBlocked: "The member is blocked: take money instead of points and send the member to the hotline."
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
        case .holdUnknown: "The log holds no such hold: name it by the sequence of its answer, or by source and number."
        case .holdEnded: "The hold has ended: ask for a quote and place a new hold."
        case .holdOfAnother: "The hold belongs to another member or wallet: correct the reference."
        case .rateMalformed: "The rate must be a fraction between 0 and 1 with a denominator."
        case .currencyMalformed: "A currency is three capital letters, for example RUB."
        case .scaleTooLarge: "A scale is the number of decimals, 0 to 6."
        case .definitionFixed: "This cannot change once it is defined: define another one."
        case .termsMalformed: "The terms are out of their bounds: compare the page on wallet terms."
        case .sumTooLarge: "A sum would leave the 64-bit range: check the amounts."
        case .capacityReached: "A limit on the number of members or definitions is reached: see the Limits page."
        case .memberMissing: "Points belong to a member: name one."
        case .walletRepeated: "A receipt is paid from at most 8 wallets, each named once: correct the redemptions."
        case .pointsMalformed: "The number of points must be above zero; only a correction may take points."
        case .receiptTooSmall: "The receipt is too small to be paid with points: take money."
        case .redemptionBeyondCap: "The receipt may not take so many points: ask for a quote, or redeem up to a number."
        case .pointsInsufficient: "The member has fewer points: ask for a quote, or redeem up to a number."
        case .redemptionBeyondHold: "The hold has set fewer points aside: redeem at most what it holds."
        case .lotsTooMany: "The points lie in more lots than one record can name: redeem or transfer them in two parts."
        case .holdTimeMalformed: "A hold lasts 1 to 86,400 seconds: correct its time."
        case .clockMalformed: "The clock moves forward only, and never beyond the daemon's own: correct the moment."
        case .reasonMissing: "Say in a few words why the points move."
        case .daysMalformed: "The first day must not be after the last, and no day after 2105-12-31: correct the days."
        case .operatorUnknown: "No such operator: set the operator first, or name the one who acts."
        case .operatorRightMissing: "The operator may not do this: ask one who may."
        case .operatorLimitReached: "The limit of the day is reached: ask another operator, or wait for the next day."
        case .operatorMalformed: "Limits are 0 for none or above, rights of the list alone: correct them."
        case .proposalUnknown: "No such proposal: name it by the sequence of its answer, or by source and number."
        case .proposalDecided: "The proposal is decided: propose the adjustment again."
        case .approvalByProposer: "Four eyes are needed: ask another operator."
        case .transferToSelf: "Name two different members."
        case .membersAlreadyOne: "Both names are one member already: nothing is left to do."
        case .periodMalformed: "Write a month from 1970-01 to 2105-12."
        case .periodClosed: "The month is closed: nothing is left to do."
        case .periodOutOfOrder: "Close the months one after the other, from the one behind the last closed."
        case .periodNotOver: "Wait until the clock has passed the end of the month."
        case .periodTooLarge: "The books have too many accounts for one record: see the Limits page."
        case .memberNotMerged: "The member is not merged into another: nothing is left to split."
        case .splitUnderHold:
            "A purchase under way holds points that would go back: finish or release it, or wait for its time-out."
        case .splitTooLarge:
            "More than 10,000 lots would go back: transfer points to a new member in parts, and split then."
        case .returnTooLarge:
            "One record cannot make so many lots again: return the purchase by lines or amounts, in several returns."
        case .instrumentUnknown: "No such code or instrument: read the code again, or define the instrument first."
        case .codeMistyped: "The code is mistyped: read or scan it again."
        case .instrumentMalformed: "The definition or issue does not fit its kind: compare the page on instruments."
        case .codesExhausted: "All codes of this instrument are issued: raise its number of codes, or issue fewer."
        case .codeUnknown: "The instrument has no such code: take the serial from the answer of its issue."
        case .instrumentNotYetValid: "The code is not good yet: use it from its first day on."
        case .instrumentExpired: "The code has expired: issue a new one."
        case .codeCancelled: "The code was cancelled: take another one, and keep it away from the till."
        case .codeInactive: "The card was never charged: charge it first."
        case .codeUsedUp: "The code is used up: take money, or another code."
        case .codeReserved:
            "A purchase under way has reserved it: finish or release that one, or wait for its time-out."
        case .codeOfAnother: "The code belongs to another member: name that member, or take another code."
        case .memberLimitReached: "The member has used this as often as one member may: sell without it."
        case .usesBudgetReached: "All uses of this instrument are taken: sell without it, or raise its budget."
        case .amountBudgetReached:
            "The amount goes beyond the instrument's budget: sell without it, or raise its budget."
        case .cardInsufficient: "There is less on the card: take what it has and the rest in money."
        case .reservationEnded: "The reservation has ended: reserve the code again, or redeem it without one."
        case .restoreRefused:
            "This instrument keeps its uses when goods come back: give nothing back, or issue a new code."
        case .restoreBeyondRedemption: "Name the redemption by its sequence, and give back at most what it took."
        case .chargeRefused: "Only gift cards are charged: issue another one of these instead."
        case .codesTooMany: "A purchase uses at most 8 codes: leave some out."
        case .codesBeyondReceipt: "Cards and certificates pay more than is left to pay: lower their amounts."
        case .documentMalformed: "The part does not follow the one before, or the document is damaged: send it again."
        case .documentUnknown: "Send all parts of the document first, for example with `tally promotions publish`."
        case .promotionsMalformed: "The documents are no promotions: look at them with `tally promotions check`."
        case .promotionUnknown: "No such promotion, or it is archived: see `tally promotions status`."
        case .promotionsMissing: "No promotions are in force: publish some with `tally promotions publish`."
        case .payableMalformed: "State what was paid: from nothing up to the total of the shelf."
        case .priceChanged:
            "Another amount is to be paid now: ask for a quote, tell the customer, and send that amount."
        case .exchangePriced: "Send the return and the new receipt one after the other."
        case .promotionsTooMany: "Promotions do more with this receipt than one record can say: split it."
        }
    }

    /// True for outcomes that are recorded under the event's number.
    public var isRecorded: Bool { rawValue >= 10 }
}
