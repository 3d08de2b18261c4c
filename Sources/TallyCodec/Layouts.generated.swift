// swift-format-ignore-file
// Written by Schema/generate.py from Schema/tallystick.xml. Change the schema, not this file.

/// The schema's own numbers.
public enum SchemaNumbers {
    @inlinable public static var id: UInt16 { 7177 }
    @inlinable public static var version: UInt16 { 2 }
}

/// Offsets of the message `Hello`.
public enum HelloLayout {
    @inlinable public static var templateID: UInt16 { 1 }
    @inlinable public static var blockLength: Int { 3 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 1, blockLength: 3, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var protocolVersion: Int { 0 }
    @inlinable public static var clientLength: Int { 2 }
}

/// Offsets of the message `Welcome`.
public enum WelcomeLayout {
    @inlinable public static var templateID: UInt16 { 2 }
    @inlinable public static var blockLength: Int { 40 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 2, blockLength: 40, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var protocolVersion: Int { 0 }
    @inlinable public static var durability: Int { 2 }
    @inlinable public static var serverLength: Int { 3 }
    @inlinable public static var ledgerHigh: Int { 4 }
    @inlinable public static var ledgerLow: Int { 12 }
    @inlinable public static var tip: Int { 20 }
    @inlinable public static var frameBytesMax: Int { 28 }
    @inlinable public static var batchEventsMax: Int { 32 }
    @inlinable public static var linesMax: Int { 36 }
    @inlinable public static var credit: Int { 38 }
}

/// Offsets of the message `OpenSource`.
public enum OpenSourceLayout {
    @inlinable public static var templateID: UInt16 { 3 }
    @inlinable public static var blockLength: Int { 1 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 3, blockLength: 1, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var nameLength: Int { 0 }
}

/// Offsets of the message `SourceOpened`.
public enum SourceOpenedLayout {
    @inlinable public static var templateID: UInt16 { 4 }
    @inlinable public static var blockLength: Int { 20 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 4, blockLength: 20, entryLengths: (0, 0, 0), groupCount: 0, hasText: false)
    }
    @inlinable public static var source: Int { 0 }
    @inlinable public static var lastNumber: Int { 4 }
    @inlinable public static var lastSequence: Int { 12 }
}

/// Offsets of the message `Batch`.
public enum BatchLayout {
    @inlinable public static var templateID: UInt16 { 5 }
    @inlinable public static var blockLength: Int { 16 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 5, blockLength: 16, entryLengths: (0, 0, 0), groupCount: 0, hasText: false)
    }
    @inlinable public static var source: Int { 0 }
    @inlinable public static var count: Int { 4 }
    @inlinable public static var firstNumber: Int { 8 }
}

/// Offsets of the message `BatchResults`.
public enum BatchResultsLayout {
    @inlinable public static var templateID: UInt16 { 6 }
    @inlinable public static var blockLength: Int { 30 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 6, blockLength: 30, entryLengths: (34, 0, 0), groupCount: 1, hasText: false)
    }
    @inlinable public static var source: Int { 0 }
    @inlinable public static var firstNumber: Int { 4 }
    @inlinable public static var tip: Int { 12 }
    @inlinable public static var nextNumber: Int { 20 }
    @inlinable public static var credit: Int { 28 }

    public enum Outcomes {
        @inlinable public static var sequence: Int { 0 }
        @inlinable public static var points: Int { 8 }
        @inlinable public static var balance: Int { 16 }
        @inlinable public static var member: Int { 24 }
        @inlinable public static var code: Int { 28 }
        @inlinable public static var line: Int { 30 }
        @inlinable public static var status: Int { 32 }
        @inlinable public static var repeated: Int { 33 }
        @inlinable public static var entryLength: Int { 34 }
    }
}

/// Offsets of the message `Refusal`.
public enum RefusalLayout {
    @inlinable public static var templateID: UInt16 { 7 }
    @inlinable public static var blockLength: Int { 7 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 7, blockLength: 7, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var code: Int { 0 }
    @inlinable public static var closing: Int { 2 }
    @inlinable public static var retryAfterMilliseconds: Int { 3 }
}

/// Offsets of the message `AskStatus`.
public enum AskStatusLayout {
    @inlinable public static var templateID: UInt16 { 10 }
    @inlinable public static var blockLength: Int { 1 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 10, blockLength: 1, entryLengths: (0, 0, 0), groupCount: 0, hasText: false)
    }
    @inlinable public static var wantDigest: Int { 0 }
}

/// Offsets of the message `Status`.
public enum StatusLayout {
    @inlinable public static var templateID: UInt16 { 11 }
    @inlinable public static var blockLength: Int { 112 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 11, blockLength: 112, entryLengths: (0, 0, 0), groupCount: 0, hasText: false)
    }
    @inlinable public static var tip: Int { 0 }
    @inlinable public static var recordedAt: Int { 8 }
    @inlinable public static var checkpoint: Int { 16 }
    @inlinable public static var digestSequence: Int { 24 }
    @inlinable public static var digest0: Int { 32 }
    @inlinable public static var digest1: Int { 40 }
    @inlinable public static var digest2: Int { 48 }
    @inlinable public static var digest3: Int { 56 }
    @inlinable public static var members: Int { 64 }
    @inlinable public static var stores: Int { 68 }
    @inlinable public static var businesses: Int { 72 }
    @inlinable public static var wallets: Int { 76 }
    @inlinable public static var sources: Int { 80 }
    @inlinable public static var accruals: Int { 84 }
    @inlinable public static var stateBytes: Int { 88 }
    @inlinable public static var clock: Int { 96 }
    @inlinable public static var lots: Int { 104 }
    @inlinable public static var holds: Int { 108 }
}

/// Offsets of the message `AskBalances`.
public enum AskBalancesLayout {
    @inlinable public static var templateID: UInt16 { 12 }
    @inlinable public static var blockLength: Int { 18 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 12, blockLength: 18, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var asOfSequence: Int { 0 }
    @inlinable public static var asOfDay: Int { 8 }
    @inlinable public static var member: Int { 12 }
    @inlinable public static var memberKind: Int { 16 }
    @inlinable public static var memberKeyLength: Int { 17 }
}

/// Offsets of the message `Balances`.
public enum BalancesLayout {
    @inlinable public static var templateID: UInt16 { 13 }
    @inlinable public static var blockLength: Int { 9 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 13, blockLength: 9, entryLengths: (38, 0, 0), groupCount: 1, hasText: true)
    }
    @inlinable public static var sequence: Int { 0 }
    @inlinable public static var last: Int { 8 }

    public enum Rows {
        @inlinable public static var active: Int { 0 }
        @inlinable public static var pending: Int { 8 }
        @inlinable public static var held: Int { 16 }
        @inlinable public static var debt: Int { 24 }
        @inlinable public static var member: Int { 32 }
        @inlinable public static var externalLength: Int { 36 }
        @inlinable public static var walletLength: Int { 37 }
        @inlinable public static var entryLength: Int { 38 }
    }
}

/// Offsets of the message `AskKPI`.
public enum AskKPILayout {
    @inlinable public static var templateID: UInt16 { 14 }
    @inlinable public static var blockLength: Int { 14 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 14, blockLength: 14, entryLengths: (0, 0, 0), groupCount: 0, hasText: false)
    }
    @inlinable public static var asOfSequence: Int { 0 }
    @inlinable public static var asOfDay: Int { 8 }
    @inlinable public static var windowDays: Int { 12 }
}

/// Offsets of the message `KPI`.
public enum KPILayout {
    @inlinable public static var templateID: UInt16 { 15 }
    @inlinable public static var blockLength: Int { 14 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 15, blockLength: 14, entryLengths: (8, 0, 0), groupCount: 1, hasText: false)
    }
    @inlinable public static var sequence: Int { 0 }
    @inlinable public static var asOfDay: Int { 8 }
    @inlinable public static var windowDays: Int { 12 }

    public enum Figures {
        @inlinable public static var value: Int { 0 }
        @inlinable public static var entryLength: Int { 8 }
    }
}

/// Offsets of the message `AskQuote`.
public enum AskQuoteLayout {
    @inlinable public static var templateID: UInt16 { 16 }
    @inlinable public static var blockLength: Int { 0 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 16, blockLength: 0, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
}

/// Offsets of the message `Quote`.
public enum QuoteLayout {
    @inlinable public static var templateID: UInt16 { 17 }
    @inlinable public static var blockLength: Int { 48 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 17, blockLength: 48, entryLengths: (17, 0, 0), groupCount: 1, hasText: true)
    }
    @inlinable public static var sequence: Int { 0 }
    @inlinable public static var points: Int { 8 }
    @inlinable public static var earned: Int { 16 }
    @inlinable public static var balance: Int { 24 }
    @inlinable public static var toPay: Int { 32 }
    @inlinable public static var member: Int { 40 }
    @inlinable public static var code: Int { 44 }
    @inlinable public static var line: Int { 46 }

    public enum Redemptions {
        @inlinable public static var points: Int { 0 }
        @inlinable public static var money: Int { 8 }
        @inlinable public static var walletLength: Int { 16 }
        @inlinable public static var entryLength: Int { 17 }
    }
}

/// Offsets of the message `AskPromotions`.
public enum AskPromotionsLayout {
    @inlinable public static var templateID: UInt16 { 61 }
    @inlinable public static var blockLength: Int { 1 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 61, blockLength: 1, entryLengths: (0, 0, 0), groupCount: 0, hasText: false)
    }
    @inlinable public static var flags: Int { 0 }
}

/// Offsets of the message `PromotionsStand`.
public enum PromotionsStandLayout {
    @inlinable public static var templateID: UInt16 { 62 }
    @inlinable public static var blockLength: Int { 21 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 62, blockLength: 21, entryLengths: (76, 0, 0), groupCount: 1, hasText: true)
    }
    @inlinable public static var sequence: Int { 0 }
    @inlinable public static var effectiveFrom: Int { 8 }
    @inlinable public static var revision: Int { 16 }
    @inlinable public static var last: Int { 20 }

    public enum Rows {
        @inlinable public static var uses: Int { 0 }
        @inlinable public static var discount: Int { 8 }
        @inlinable public static var points: Int { 16 }
        @inlinable public static var withheldUses: Int { 24 }
        @inlinable public static var withheldDiscount: Int { 32 }
        @inlinable public static var withheldPoints: Int { 40 }
        @inlinable public static var lastSequence: Int { 48 }
        @inlinable public static var budgetMost: Int { 56 }
        @inlinable public static var budgetLeft: Int { 64 }
        @inlinable public static var budgetMeasure: Int { 72 }
        @inlinable public static var state: Int { 73 }
        @inlinable public static var idLength: Int { 74 }
        @inlinable public static var titleLength: Int { 75 }
        @inlinable public static var entryLength: Int { 76 }
    }
}

/// Offsets of the message `PricedQuote`.
public enum PricedQuoteLayout {
    @inlinable public static var templateID: UInt16 { 60 }
    @inlinable public static var blockLength: Int { 30 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 60, blockLength: 30, entryLengths: (28, 22, 16), groupCount: 3, hasText: true)
    }
    @inlinable public static var shelfTotal: Int { 0 }
    @inlinable public static var payable: Int { 8 }
    @inlinable public static var validUntil: Int { 16 }
    @inlinable public static var revision: Int { 24 }
    @inlinable public static var quoteLength: Int { 28 }

    public enum Effects {
        @inlinable public static var discount: Int { 0 }
        @inlinable public static var points: Int { 8 }
        @inlinable public static var missing: Int { 16 }
        @inlinable public static var state: Int { 24 }
        @inlinable public static var measure: Int { 25 }
        @inlinable public static var promotionLength: Int { 26 }
        @inlinable public static var titleLength: Int { 27 }
        @inlinable public static var entryLength: Int { 28 }
    }

    public enum Acts {
        @inlinable public static var amount: Int { 0 }
        @inlinable public static var count: Int { 8 }
        @inlinable public static var minutes: Int { 12 }
        @inlinable public static var effect: Int { 16 }
        @inlinable public static var argumentLength: Int { 18 }
        @inlinable public static var kind: Int { 20 }
        @inlinable public static var channelLength: Int { 21 }
        @inlinable public static var entryLength: Int { 22 }
    }

    public enum Lines {
        @inlinable public static var discount: Int { 0 }
        @inlinable public static var points: Int { 8 }
        @inlinable public static var entryLength: Int { 16 }
    }
}

/// Offsets of the message `AskDefinition`.
public enum AskDefinitionLayout {
    @inlinable public static var templateID: UInt16 { 18 }
    @inlinable public static var blockLength: Int { 2 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 18, blockLength: 2, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var kind: Int { 0 }
    @inlinable public static var idLength: Int { 1 }
}

/// Offsets of the message `Definition`.
public enum DefinitionLayout {
    @inlinable public static var templateID: UInt16 { 19 }
    @inlinable public static var blockLength: Int { 12 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 19, blockLength: 12, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var sequence: Int { 0 }
    @inlinable public static var kind: Int { 8 }
    @inlinable public static var isDefined: Int { 9 }
    @inlinable public static var scale: Int { 10 }
    @inlinable public static var idLength: Int { 11 }
}

/// Offsets of the message `DefineBusiness`.
public enum DefineBusinessLayout {
    @inlinable public static var templateID: UInt16 { 20 }
    @inlinable public static var blockLength: Int { 6 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 20, blockLength: 6, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var currency: Int { 0 }
    @inlinable public static var scale: Int { 3 }
    @inlinable public static var idLength: Int { 4 }
    @inlinable public static var nameLength: Int { 5 }
}

/// Offsets of the message `DefineStore`.
public enum DefineStoreLayout {
    @inlinable public static var templateID: UInt16 { 21 }
    @inlinable public static var blockLength: Int { 4 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 21, blockLength: 4, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var idLength: Int { 0 }
    @inlinable public static var businessLength: Int { 1 }
    @inlinable public static var nameLength: Int { 2 }
    @inlinable public static var zoneLength: Int { 3 }
}

/// Offsets of the message `DefineWallet`.
public enum DefineWalletLayout {
    @inlinable public static var templateID: UInt16 { 22 }
    @inlinable public static var blockLength: Int { 3 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 22, blockLength: 3, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var scale: Int { 0 }
    @inlinable public static var idLength: Int { 1 }
    @inlinable public static var nameLength: Int { 2 }
}

/// Offsets of the message `DefineAccrual`.
public enum DefineAccrualLayout {
    @inlinable public static var templateID: UInt16 { 23 }
    @inlinable public static var blockLength: Int { 20 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 23, blockLength: 20, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var effectiveFrom: Int { 0 }
    @inlinable public static var numerator: Int { 8 }
    @inlinable public static var denominator: Int { 12 }
    @inlinable public static var rounding: Int { 16 }
    @inlinable public static var idLength: Int { 17 }
    @inlinable public static var walletLength: Int { 18 }
    @inlinable public static var businessLength: Int { 19 }
}

/// Offsets of the message `RegisterMember`.
public enum RegisterMemberLayout {
    @inlinable public static var templateID: UInt16 { 24 }
    @inlinable public static var blockLength: Int { 3 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 24, blockLength: 3, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var externalLength: Int { 0 }
    @inlinable public static var phoneLength: Int { 1 }
    @inlinable public static var cardLength: Int { 2 }
}

/// Offsets of the message `LinkIdentifier`.
public enum LinkIdentifierLayout {
    @inlinable public static var templateID: UInt16 { 25 }
    @inlinable public static var blockLength: Int { 8 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 25, blockLength: 8, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var member: Int { 0 }
    @inlinable public static var memberKind: Int { 4 }
    @inlinable public static var memberKeyLength: Int { 5 }
    @inlinable public static var phoneLength: Int { 6 }
    @inlinable public static var cardLength: Int { 7 }
}

/// Offsets of the message `Purchase`.
public enum PurchaseLayout {
    @inlinable public static var templateID: UInt16 { 26 }
    @inlinable public static var blockLength: Int { 47 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 26, blockLength: 47, entryLengths: (18, 10, 0), groupCount: 2, hasText: true)
    }
    @inlinable public static var occurredAt: Int { 0 }
    @inlinable public static var total: Int { 8 }
    @inlinable public static var member: Int { 16 }
    @inlinable public static var utcOffsetMinutes: Int { 20 }
    @inlinable public static var memberKind: Int { 22 }
    @inlinable public static var channel: Int { 23 }
    @inlinable public static var storeLength: Int { 24 }
    @inlinable public static var memberKeyLength: Int { 25 }
    @inlinable public static var receiptLength: Int { 26 }
    @inlinable public static var hold: Int { 27 }
    @inlinable public static var holdNumber: Int { 35 }
    @inlinable public static var holdSource: Int { 43 }

    public enum Lines {
        @inlinable public static var quantity: Int { 0 }
        @inlinable public static var total: Int { 8 }
        @inlinable public static var skuLength: Int { 16 }
        @inlinable public static var categoryLength: Int { 17 }
        @inlinable public static var entryLength: Int { 18 }
    }

    public enum Redemptions {
        @inlinable public static var points: Int { 0 }
        @inlinable public static var upTo: Int { 8 }
        @inlinable public static var walletLength: Int { 9 }
        @inlinable public static var entryLength: Int { 10 }
    }
}

/// Offsets of the message `Return`.
public enum ReturnLayout {
    @inlinable public static var templateID: UInt16 { 27 }
    @inlinable public static var blockLength: Int { 48 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 27, blockLength: 48, entryLengths: (20, 0, 0), groupCount: 1, hasText: true)
    }
    @inlinable public static var occurredAt: Int { 0 }
    @inlinable public static var total: Int { 8 }
    @inlinable public static var purchaseSequence: Int { 16 }
    @inlinable public static var purchaseNumber: Int { 24 }
    @inlinable public static var purchaseSource: Int { 32 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var utcOffsetMinutes: Int { 40 }
    @inlinable public static var memberKind: Int { 42 }
    @inlinable public static var channel: Int { 43 }
    @inlinable public static var storeLength: Int { 44 }
    @inlinable public static var memberKeyLength: Int { 45 }
    @inlinable public static var purchaseReceiptLength: Int { 46 }
    @inlinable public static var receiptLength: Int { 47 }

    public enum Lines {
        @inlinable public static var quantity: Int { 0 }
        @inlinable public static var total: Int { 8 }
        @inlinable public static var skuLength: Int { 16 }
        @inlinable public static var categoryLength: Int { 17 }
        @inlinable public static var purchaseLine: Int { 18 }
        @inlinable public static var entryLength: Int { 20 }
    }
}

/// Offsets of the message `SetWalletTerms`.
public enum SetWalletTermsLayout {
    @inlinable public static var templateID: UInt16 { 28 }
    @inlinable public static var blockLength: Int { 56 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 28, blockLength: 56, entryLengths: (4, 0, 0), groupCount: 1, hasText: true)
    }
    @inlinable public static var maxPerReceipt: Int { 0 }
    @inlinable public static var minReceipt: Int { 8 }
    @inlinable public static var negativeLimit: Int { 16 }
    @inlinable public static var moneyNumerator: Int { 24 }
    @inlinable public static var moneyDenominator: Int { 28 }
    @inlinable public static var pendingDay: Int { 32 }
    @inlinable public static var expiryCount: Int { 36 }
    @inlinable public static var pendingCount: Int { 38 }
    @inlinable public static var returnWindowDays: Int { 40 }
    @inlinable public static var maxShareBasisPoints: Int { 42 }
    @inlinable public static var graceDays: Int { 44 }
    @inlinable public static var expiryKind: Int { 46 }
    @inlinable public static var pendingKind: Int { 47 }
    @inlinable public static var burnOrder: Int { 48 }
    @inlinable public static var negativeKind: Int { 49 }
    @inlinable public static var earnFilter: Int { 50 }
    @inlinable public static var burnFilter: Int { 51 }
    @inlinable public static var keepsOnReturn: Int { 52 }
    @inlinable public static var takesBackBlind: Int { 53 }
    @inlinable public static var earnsOnPoints: Int { 54 }
    @inlinable public static var walletLength: Int { 55 }

    public enum Items {
        @inlinable public static var value: Int { 0 }
        @inlinable public static var kind: Int { 2 }
        @inlinable public static var nameLength: Int { 3 }
        @inlinable public static var entryLength: Int { 4 }
    }
}

/// Offsets of the message `SetSettlementTerms`.
public enum SetSettlementTermsLayout {
    @inlinable public static var templateID: UInt16 { 29 }
    @inlinable public static var blockLength: Int { 14 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 29, blockLength: 14, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var numerator: Int { 0 }
    @inlinable public static var denominator: Int { 4 }
    @inlinable public static var feeBasisPoints: Int { 8 }
    @inlinable public static var timing: Int { 10 }
    @inlinable public static var issuerLength: Int { 11 }
    @inlinable public static var redeemerLength: Int { 12 }
    @inlinable public static var walletLength: Int { 13 }
}

/// Offsets of the message `PlaceHold`.
public enum PlaceHoldLayout {
    @inlinable public static var templateID: UInt16 { 30 }
    @inlinable public static var blockLength: Int { 40 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 30, blockLength: 40, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var occurredAt: Int { 0 }
    @inlinable public static var points: Int { 8 }
    @inlinable public static var receiptTotal: Int { 16 }
    @inlinable public static var member: Int { 24 }
    @inlinable public static var seconds: Int { 28 }
    @inlinable public static var utcOffsetMinutes: Int { 32 }
    @inlinable public static var memberKind: Int { 34 }
    @inlinable public static var upTo: Int { 35 }
    @inlinable public static var storeLength: Int { 36 }
    @inlinable public static var memberKeyLength: Int { 37 }
    @inlinable public static var receiptLength: Int { 38 }
    @inlinable public static var walletLength: Int { 39 }
}

/// Offsets of the message `ReleaseHold`.
public enum ReleaseHoldLayout {
    @inlinable public static var templateID: UInt16 { 31 }
    @inlinable public static var blockLength: Int { 20 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 31, blockLength: 20, entryLengths: (0, 0, 0), groupCount: 0, hasText: false)
    }
    @inlinable public static var hold: Int { 0 }
    @inlinable public static var holdNumber: Int { 8 }
    @inlinable public static var holdSource: Int { 16 }
}

/// Offsets of the message `VoidPurchase`.
public enum VoidPurchaseLayout {
    @inlinable public static var templateID: UInt16 { 32 }
    @inlinable public static var blockLength: Int { 40 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 32, blockLength: 40, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var occurredAt: Int { 0 }
    @inlinable public static var purchaseSequence: Int { 8 }
    @inlinable public static var purchaseNumber: Int { 16 }
    @inlinable public static var purchaseSource: Int { 24 }
    @inlinable public static var member: Int { 28 }
    @inlinable public static var utcOffsetMinutes: Int { 32 }
    @inlinable public static var memberKind: Int { 34 }
    @inlinable public static var channel: Int { 35 }
    @inlinable public static var storeLength: Int { 36 }
    @inlinable public static var memberKeyLength: Int { 37 }
    @inlinable public static var purchaseReceiptLength: Int { 38 }
    @inlinable public static var receiptLength: Int { 39 }
}

/// Offsets of the message `Exchange`.
public enum ExchangeLayout {
    @inlinable public static var templateID: UInt16 { 33 }
    @inlinable public static var blockLength: Int { 2 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 33, blockLength: 2, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var returnLength: Int { 0 }
}

/// Offsets of the message `Adjust`.
public enum AdjustLayout {
    @inlinable public static var templateID: UInt16 { 34 }
    @inlinable public static var blockLength: Int { 46 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 34, blockLength: 46, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var occurredAt: Int { 0 }
    @inlinable public static var points: Int { 8 }
    @inlinable public static var manifest: Int { 16 }
    @inlinable public static var member: Int { 24 }
    @inlinable public static var beginsOn: Int { 28 }
    @inlinable public static var endsOn: Int { 32 }
    @inlinable public static var utcOffsetMinutes: Int { 36 }
    @inlinable public static var memberKind: Int { 38 }
    @inlinable public static var kind: Int { 39 }
    @inlinable public static var memberKeyLength: Int { 40 }
    @inlinable public static var walletLength: Int { 41 }
    @inlinable public static var businessLength: Int { 42 }
    @inlinable public static var operatorLength: Int { 43 }
    @inlinable public static var categoryLength: Int { 44 }
    @inlinable public static var reasonLength: Int { 45 }
}

/// Offsets of the message `SetOperator`.
public enum SetOperatorLayout {
    @inlinable public static var templateID: UInt16 { 35 }
    @inlinable public static var blockLength: Int { 19 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 35, blockLength: 19, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var limitPerAct: Int { 0 }
    @inlinable public static var limitPerDay: Int { 8 }
    @inlinable public static var rights: Int { 16 }
    @inlinable public static var idLength: Int { 17 }
    @inlinable public static var nameLength: Int { 18 }
}

/// Offsets of the message `Approve`.
public enum ApproveLayout {
    @inlinable public static var templateID: UInt16 { 36 }
    @inlinable public static var blockLength: Int { 33 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 36, blockLength: 33, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var occurredAt: Int { 0 }
    @inlinable public static var proposal: Int { 8 }
    @inlinable public static var proposalNumber: Int { 16 }
    @inlinable public static var proposalSource: Int { 24 }
    @inlinable public static var utcOffsetMinutes: Int { 28 }
    @inlinable public static var verdict: Int { 30 }
    @inlinable public static var operatorLength: Int { 31 }
    @inlinable public static var reasonLength: Int { 32 }
}

/// Offsets of the message `Transfer`.
public enum TransferLayout {
    @inlinable public static var templateID: UInt16 { 37 }
    @inlinable public static var blockLength: Int { 33 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 37, blockLength: 33, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var occurredAt: Int { 0 }
    @inlinable public static var points: Int { 8 }
    @inlinable public static var member: Int { 16 }
    @inlinable public static var otherMember: Int { 20 }
    @inlinable public static var utcOffsetMinutes: Int { 24 }
    @inlinable public static var memberKind: Int { 26 }
    @inlinable public static var otherKind: Int { 27 }
    @inlinable public static var memberKeyLength: Int { 28 }
    @inlinable public static var otherKeyLength: Int { 29 }
    @inlinable public static var walletLength: Int { 30 }
    @inlinable public static var operatorLength: Int { 31 }
    @inlinable public static var reasonLength: Int { 32 }
}

/// Offsets of the message `Merge`.
public enum MergeLayout {
    @inlinable public static var templateID: UInt16 { 38 }
    @inlinable public static var blockLength: Int { 24 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 38, blockLength: 24, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var occurredAt: Int { 0 }
    @inlinable public static var survivor: Int { 8 }
    @inlinable public static var absorbed: Int { 12 }
    @inlinable public static var utcOffsetMinutes: Int { 16 }
    @inlinable public static var survivorKind: Int { 18 }
    @inlinable public static var absorbedKind: Int { 19 }
    @inlinable public static var survivorKeyLength: Int { 20 }
    @inlinable public static var absorbedKeyLength: Int { 21 }
    @inlinable public static var operatorLength: Int { 22 }
    @inlinable public static var reasonLength: Int { 23 }
}

/// Offsets of the message `Split`.
public enum SplitLayout {
    @inlinable public static var templateID: UInt16 { 39 }
    @inlinable public static var blockLength: Int { 18 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 39, blockLength: 18, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var occurredAt: Int { 0 }
    @inlinable public static var member: Int { 8 }
    @inlinable public static var utcOffsetMinutes: Int { 12 }
    @inlinable public static var memberKind: Int { 14 }
    @inlinable public static var memberKeyLength: Int { 15 }
    @inlinable public static var operatorLength: Int { 16 }
    @inlinable public static var reasonLength: Int { 17 }
}

/// Offsets of the message `Block`.
public enum BlockLayout {
    @inlinable public static var templateID: UInt16 { 40 }
    @inlinable public static var blockLength: Int { 19 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 40, blockLength: 19, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var occurredAt: Int { 0 }
    @inlinable public static var member: Int { 8 }
    @inlinable public static var utcOffsetMinutes: Int { 12 }
    @inlinable public static var memberKind: Int { 14 }
    @inlinable public static var mode: Int { 15 }
    @inlinable public static var memberKeyLength: Int { 16 }
    @inlinable public static var operatorLength: Int { 17 }
    @inlinable public static var reasonLength: Int { 18 }
}

/// Offsets of the message `DefineInstrument`.
public enum DefineInstrumentLayout {
    @inlinable public static var templateID: UInt16 { 41 }
    @inlinable public static var blockLength: Int { 55 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 41, blockLength: 55, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var faceValue: Int { 0 }
    @inlinable public static var amountBudget: Int { 8 }
    @inlinable public static var usesBudget: Int { 16 }
    @inlinable public static var validFrom: Int { 24 }
    @inlinable public static var validThrough: Int { 28 }
    @inlinable public static var codesMax: Int { 32 }
    @inlinable public static var usesPerCode: Int { 36 }
    @inlinable public static var memberLimit: Int { 40 }
    @inlinable public static var utcOffsetMinutes: Int { 44 }
    @inlinable public static var kind: Int { 46 }
    @inlinable public static var codes: Int { 47 }
    @inlinable public static var checkScheme: Int { 48 }
    @inlinable public static var onReturn: Int { 49 }
    @inlinable public static var idLength: Int { 50 }
    @inlinable public static var nameLength: Int { 51 }
    @inlinable public static var codeLength: Int { 52 }
    @inlinable public static var businessLength: Int { 53 }
    @inlinable public static var walletLength: Int { 54 }
}

/// Offsets of the message `IssueInstruments`.
public enum IssueInstrumentsLayout {
    @inlinable public static var templateID: UInt16 { 42 }
    @inlinable public static var blockLength: Int { 37 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 42, blockLength: 37, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var occurredAt: Int { 0 }
    @inlinable public static var faceValue: Int { 8 }
    @inlinable public static var count: Int { 16 }
    @inlinable public static var member: Int { 20 }
    @inlinable public static var endsOn: Int { 24 }
    @inlinable public static var seconds: Int { 28 }
    @inlinable public static var utcOffsetMinutes: Int { 32 }
    @inlinable public static var memberKind: Int { 34 }
    @inlinable public static var instrumentLength: Int { 35 }
    @inlinable public static var memberKeyLength: Int { 36 }
}

/// Offsets of the message `MoveInstrument`.
public enum MoveInstrumentLayout {
    @inlinable public static var templateID: UInt16 { 43 }
    @inlinable public static var blockLength: Int { 57 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 43, blockLength: 57, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var occurredAt: Int { 0 }
    @inlinable public static var amount: Int { 8 }
    @inlinable public static var reference: Int { 16 }
    @inlinable public static var referenceNumber: Int { 24 }
    @inlinable public static var referenceSource: Int { 32 }
    @inlinable public static var serial: Int { 36 }
    @inlinable public static var member: Int { 40 }
    @inlinable public static var seconds: Int { 44 }
    @inlinable public static var utcOffsetMinutes: Int { 48 }
    @inlinable public static var memberKind: Int { 50 }
    @inlinable public static var action: Int { 51 }
    @inlinable public static var storeLength: Int { 52 }
    @inlinable public static var memberKeyLength: Int { 53 }
    @inlinable public static var receiptLength: Int { 54 }
    @inlinable public static var codeLength: Int { 55 }
    @inlinable public static var instrumentLength: Int { 56 }
}

/// Offsets of the message `ClosePeriod`.
public enum ClosePeriodLayout {
    @inlinable public static var templateID: UInt16 { 44 }
    @inlinable public static var blockLength: Int { 6 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 44, blockLength: 6, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var year: Int { 0 }
    @inlinable public static var utcOffsetMinutes: Int { 2 }
    @inlinable public static var month: Int { 4 }
    @inlinable public static var operatorLength: Int { 5 }
}

/// Offsets of the message `AdvanceClock`.
public enum AdvanceClockLayout {
    @inlinable public static var templateID: UInt16 { 45 }
    @inlinable public static var blockLength: Int { 8 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 45, blockLength: 8, entryLengths: (0, 0, 0), groupCount: 0, hasText: false)
    }
    @inlinable public static var to: Int { 0 }
}

/// Offsets of the message `CodedPurchase`.
public enum CodedPurchaseLayout {
    @inlinable public static var templateID: UInt16 { 46 }
    @inlinable public static var blockLength: Int { 2 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 46, blockLength: 2, entryLengths: (34, 0, 0), groupCount: 1, hasText: true)
    }
    @inlinable public static var purchaseLength: Int { 0 }

    public enum Codes {
        @inlinable public static var amount: Int { 0 }
        @inlinable public static var reference: Int { 8 }
        @inlinable public static var referenceNumber: Int { 16 }
        @inlinable public static var referenceSource: Int { 24 }
        @inlinable public static var serial: Int { 28 }
        @inlinable public static var codeLength: Int { 32 }
        @inlinable public static var instrumentLength: Int { 33 }
        @inlinable public static var entryLength: Int { 34 }
    }
}

/// Offsets of the message `KeepDocument`.
public enum KeepDocumentLayout {
    @inlinable public static var templateID: UInt16 { 47 }
    @inlinable public static var blockLength: Int { 36 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 47, blockLength: 36, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var digest0: Int { 0 }
    @inlinable public static var digest1: Int { 8 }
    @inlinable public static var digest2: Int { 16 }
    @inlinable public static var digest3: Int { 24 }
    @inlinable public static var part: Int { 32 }
    @inlinable public static var parts: Int { 34 }
}

/// Offsets of the message `SetPromotions`.
public enum SetPromotionsLayout {
    @inlinable public static var templateID: UInt16 { 48 }
    @inlinable public static var blockLength: Int { 75 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 48, blockLength: 75, entryLengths: (1, 0, 0), groupCount: 1, hasText: true)
    }
    @inlinable public static var effectiveFrom: Int { 0 }
    @inlinable public static var words0: Int { 8 }
    @inlinable public static var words1: Int { 16 }
    @inlinable public static var words2: Int { 24 }
    @inlinable public static var words3: Int { 32 }
    @inlinable public static var rules0: Int { 40 }
    @inlinable public static var rules1: Int { 48 }
    @inlinable public static var rules2: Int { 56 }
    @inlinable public static var rules3: Int { 64 }
    @inlinable public static var action: Int { 72 }
    @inlinable public static var authorLength: Int { 73 }
    @inlinable public static var noteLength: Int { 74 }

    public enum Ids {
        @inlinable public static var length: Int { 0 }
        @inlinable public static var entryLength: Int { 1 }
    }
}

/// Offsets of the message `PricedPurchase`.
public enum PricedPurchaseLayout {
    @inlinable public static var templateID: UInt16 { 49 }
    @inlinable public static var blockLength: Int { 11 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 49, blockLength: 11, entryLengths: (2, 1, 0), groupCount: 2, hasText: true)
    }
    @inlinable public static var payable: Int { 0 }
    @inlinable public static var purchaseLength: Int { 8 }
    @inlinable public static var flags: Int { 10 }

    public enum Facts {
        @inlinable public static var nameLength: Int { 0 }
        @inlinable public static var valueLength: Int { 1 }
        @inlinable public static var entryLength: Int { 2 }
    }

    public enum Codes {
        @inlinable public static var length: Int { 0 }
        @inlinable public static var entryLength: Int { 1 }
    }
}

/// Offsets of the message `LedgerCreated`.
public enum LedgerCreatedLayout {
    @inlinable public static var templateID: UInt16 { 100 }
    @inlinable public static var blockLength: Int { 56 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 100, blockLength: 56, entryLengths: (0, 0, 0), groupCount: 0, hasText: false)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var ledgerHigh: Int { 40 }
    @inlinable public static var ledgerLow: Int { 48 }
}

/// Offsets of the message `SourceRecorded`.
public enum SourceRecordedLayout {
    @inlinable public static var templateID: UInt16 { 101 }
    @inlinable public static var blockLength: Int { 45 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 101, blockLength: 45, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var opened: Int { 40 }
    @inlinable public static var nameLength: Int { 44 }
}

/// Offsets of the message `BusinessDefined`.
public enum BusinessDefinedLayout {
    @inlinable public static var templateID: UInt16 { 102 }
    @inlinable public static var blockLength: Int { 48 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 102, blockLength: 48, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var business: Int { 40 }
    @inlinable public static var currency: Int { 42 }
    @inlinable public static var scale: Int { 45 }
    @inlinable public static var idLength: Int { 46 }
    @inlinable public static var nameLength: Int { 47 }
}

/// Offsets of the message `StoreDefined`.
public enum StoreDefinedLayout {
    @inlinable public static var templateID: UInt16 { 103 }
    @inlinable public static var blockLength: Int { 49 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 103, blockLength: 49, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var store: Int { 40 }
    @inlinable public static var business: Int { 44 }
    @inlinable public static var idLength: Int { 46 }
    @inlinable public static var nameLength: Int { 47 }
    @inlinable public static var zoneLength: Int { 48 }
}

/// Offsets of the message `WalletDefined`.
public enum WalletDefinedLayout {
    @inlinable public static var templateID: UInt16 { 104 }
    @inlinable public static var blockLength: Int { 45 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 104, blockLength: 45, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var wallet: Int { 40 }
    @inlinable public static var scale: Int { 42 }
    @inlinable public static var idLength: Int { 43 }
    @inlinable public static var nameLength: Int { 44 }
}

/// Offsets of the message `AccrualDefined`.
public enum AccrualDefinedLayout {
    @inlinable public static var templateID: UInt16 { 105 }
    @inlinable public static var blockLength: Int { 64 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 105, blockLength: 64, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var effectiveFrom: Int { 40 }
    @inlinable public static var numerator: Int { 48 }
    @inlinable public static var denominator: Int { 52 }
    @inlinable public static var revision: Int { 56 }
    @inlinable public static var wallet: Int { 58 }
    @inlinable public static var business: Int { 60 }
    @inlinable public static var rounding: Int { 62 }
    @inlinable public static var idLength: Int { 63 }
}

/// Offsets of the message `MemberRegistered`.
public enum MemberRegisteredLayout {
    @inlinable public static var templateID: UInt16 { 106 }
    @inlinable public static var blockLength: Int { 73 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 106, blockLength: 73, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var phoneHigh: Int { 40 }
    @inlinable public static var phoneLow: Int { 48 }
    @inlinable public static var cardHigh: Int { 56 }
    @inlinable public static var cardLow: Int { 64 }
    @inlinable public static var externalLength: Int { 72 }
}

/// Offsets of the message `IdentifierLinked`.
public enum IdentifierLinkedLayout {
    @inlinable public static var templateID: UInt16 { 107 }
    @inlinable public static var blockLength: Int { 72 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 107, blockLength: 72, entryLengths: (0, 0, 0), groupCount: 0, hasText: false)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var phoneHigh: Int { 40 }
    @inlinable public static var phoneLow: Int { 48 }
    @inlinable public static var cardHigh: Int { 56 }
    @inlinable public static var cardLow: Int { 64 }
}

/// Offsets of the message `PurchaseRecorded`.
public enum PurchaseRecordedLayout {
    @inlinable public static var templateID: UInt16 { 108 }
    @inlinable public static var blockLength: Int { 88 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 108, blockLength: 88, entryLengths: (20, 22, 18), groupCount: 3, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var store: Int { 40 }
    @inlinable public static var occurredAt: Int { 44 }
    @inlinable public static var total: Int { 52 }
    @inlinable public static var balanceAfter: Int { 60 }
    @inlinable public static var utcOffsetMinutes: Int { 68 }
    @inlinable public static var accrualRevision: Int { 70 }
    @inlinable public static var channel: Int { 72 }
    @inlinable public static var receiptLength: Int { 73 }
    @inlinable public static var hold: Int { 74 }
    @inlinable public static var holdSlot: Int { 82 }
    @inlinable public static var lotsLength: Int { 86 }

    public enum Lines {
        @inlinable public static var quantity: Int { 0 }
        @inlinable public static var total: Int { 8 }
        @inlinable public static var skuLength: Int { 16 }
        @inlinable public static var categoryLength: Int { 17 }
        @inlinable public static var earns: Int { 18 }
        @inlinable public static var burns: Int { 19 }
        @inlinable public static var entryLength: Int { 20 }
    }

    public enum Postings {
        @inlinable public static var amount: Int { 0 }
        @inlinable public static var business: Int { 8 }
        @inlinable public static var wallet: Int { 10 }
        @inlinable public static var purpose: Int { 12 }
        @inlinable public static var lot: Int { 13 }
        @inlinable public static var beginsAt: Int { 14 }
        @inlinable public static var endsAt: Int { 18 }
        @inlinable public static var entryLength: Int { 22 }
    }

    public enum Redemptions {
        @inlinable public static var points: Int { 0 }
        @inlinable public static var money: Int { 8 }
        @inlinable public static var wallet: Int { 16 }
        @inlinable public static var entryLength: Int { 18 }
    }
}

/// Offsets of the message `ReturnRecorded`.
public enum ReturnRecordedLayout {
    @inlinable public static var templateID: UInt16 { 109 }
    @inlinable public static var blockLength: Int { 93 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 109, blockLength: 93, entryLengths: (20, 22, 18), groupCount: 3, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var store: Int { 40 }
    @inlinable public static var occurredAt: Int { 44 }
    @inlinable public static var total: Int { 52 }
    @inlinable public static var balanceAfter: Int { 60 }
    @inlinable public static var utcOffsetMinutes: Int { 68 }
    @inlinable public static var accrualRevision: Int { 70 }
    @inlinable public static var channel: Int { 72 }
    @inlinable public static var receiptLength: Int { 73 }
    @inlinable public static var purchase: Int { 74 }
    @inlinable public static var paidBack: Int { 82 }
    @inlinable public static var kind: Int { 90 }
    @inlinable public static var lotsLength: Int { 91 }

    public enum Lines {
        @inlinable public static var quantity: Int { 0 }
        @inlinable public static var total: Int { 8 }
        @inlinable public static var skuLength: Int { 16 }
        @inlinable public static var categoryLength: Int { 17 }
        @inlinable public static var purchaseLine: Int { 18 }
        @inlinable public static var entryLength: Int { 20 }
    }

    public enum Postings {
        @inlinable public static var amount: Int { 0 }
        @inlinable public static var business: Int { 8 }
        @inlinable public static var wallet: Int { 10 }
        @inlinable public static var purpose: Int { 12 }
        @inlinable public static var lot: Int { 13 }
        @inlinable public static var beginsAt: Int { 14 }
        @inlinable public static var endsAt: Int { 18 }
        @inlinable public static var entryLength: Int { 22 }
    }

    public enum Redemptions {
        @inlinable public static var points: Int { 0 }
        @inlinable public static var money: Int { 8 }
        @inlinable public static var wallet: Int { 16 }
        @inlinable public static var entryLength: Int { 18 }
    }
}

/// Offsets of the message `Rejected`.
public enum RejectedLayout {
    @inlinable public static var templateID: UInt16 { 110 }
    @inlinable public static var blockLength: Int { 46 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 110, blockLength: 46, entryLengths: (0, 0, 0), groupCount: 0, hasText: false)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var code: Int { 40 }
    @inlinable public static var line: Int { 42 }
    @inlinable public static var command: Int { 44 }
}

/// Offsets of the message `WalletTermsSet`.
public enum WalletTermsSetLayout {
    @inlinable public static var templateID: UInt16 { 111 }
    @inlinable public static var blockLength: Int { 99 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 111, blockLength: 99, entryLengths: (4, 0, 0), groupCount: 1, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var maxPerReceipt: Int { 40 }
    @inlinable public static var minReceipt: Int { 48 }
    @inlinable public static var negativeLimit: Int { 56 }
    @inlinable public static var moneyNumerator: Int { 64 }
    @inlinable public static var moneyDenominator: Int { 68 }
    @inlinable public static var pendingDay: Int { 72 }
    @inlinable public static var expiryCount: Int { 76 }
    @inlinable public static var pendingCount: Int { 78 }
    @inlinable public static var returnWindowDays: Int { 80 }
    @inlinable public static var maxShareBasisPoints: Int { 82 }
    @inlinable public static var graceDays: Int { 84 }
    @inlinable public static var expiryKind: Int { 86 }
    @inlinable public static var pendingKind: Int { 87 }
    @inlinable public static var burnOrder: Int { 88 }
    @inlinable public static var negativeKind: Int { 89 }
    @inlinable public static var earnFilter: Int { 90 }
    @inlinable public static var burnFilter: Int { 91 }
    @inlinable public static var keepsOnReturn: Int { 92 }
    @inlinable public static var takesBackBlind: Int { 93 }
    @inlinable public static var earnsOnPoints: Int { 94 }
    @inlinable public static var wallet: Int { 95 }
    @inlinable public static var revision: Int { 97 }

    public enum Items {
        @inlinable public static var value: Int { 0 }
        @inlinable public static var kind: Int { 2 }
        @inlinable public static var nameLength: Int { 3 }
        @inlinable public static var entryLength: Int { 4 }
    }
}

/// Offsets of the message `SettlementTermsSet`.
public enum SettlementTermsSetLayout {
    @inlinable public static var templateID: UInt16 { 112 }
    @inlinable public static var blockLength: Int { 57 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 112, blockLength: 57, entryLengths: (0, 0, 0), groupCount: 0, hasText: false)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var numerator: Int { 40 }
    @inlinable public static var denominator: Int { 44 }
    @inlinable public static var feeBasisPoints: Int { 48 }
    @inlinable public static var issuer: Int { 50 }
    @inlinable public static var redeemer: Int { 52 }
    @inlinable public static var wallet: Int { 54 }
    @inlinable public static var timing: Int { 56 }
}

/// Offsets of the message `HoldPlaced`.
public enum HoldPlacedLayout {
    @inlinable public static var templateID: UInt16 { 113 }
    @inlinable public static var blockLength: Int { 89 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 113, blockLength: 89, entryLengths: (22, 0, 0), groupCount: 1, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var store: Int { 40 }
    @inlinable public static var occurredAt: Int { 44 }
    @inlinable public static var receiptTotal: Int { 52 }
    @inlinable public static var balanceAfter: Int { 60 }
    @inlinable public static var points: Int { 68 }
    @inlinable public static var slot: Int { 76 }
    @inlinable public static var endsAt: Int { 80 }
    @inlinable public static var wallet: Int { 84 }
    @inlinable public static var lotsLength: Int { 86 }
    @inlinable public static var receiptLength: Int { 88 }

    public enum Postings {
        @inlinable public static var amount: Int { 0 }
        @inlinable public static var business: Int { 8 }
        @inlinable public static var wallet: Int { 10 }
        @inlinable public static var purpose: Int { 12 }
        @inlinable public static var lot: Int { 13 }
        @inlinable public static var beginsAt: Int { 14 }
        @inlinable public static var endsAt: Int { 18 }
        @inlinable public static var entryLength: Int { 22 }
    }
}

/// Offsets of the message `HoldReleased`.
public enum HoldReleasedLayout {
    @inlinable public static var templateID: UInt16 { 114 }
    @inlinable public static var blockLength: Int { 69 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 114, blockLength: 69, entryLengths: (22, 0, 0), groupCount: 1, hasText: false)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var hold: Int { 40 }
    @inlinable public static var balanceAfter: Int { 48 }
    @inlinable public static var points: Int { 56 }
    @inlinable public static var slot: Int { 64 }
    @inlinable public static var why: Int { 68 }

    public enum Postings {
        @inlinable public static var amount: Int { 0 }
        @inlinable public static var business: Int { 8 }
        @inlinable public static var wallet: Int { 10 }
        @inlinable public static var purpose: Int { 12 }
        @inlinable public static var lot: Int { 13 }
        @inlinable public static var beginsAt: Int { 14 }
        @inlinable public static var endsAt: Int { 18 }
        @inlinable public static var entryLength: Int { 22 }
    }
}

/// Offsets of the message `ExchangeRecorded`.
public enum ExchangeRecordedLayout {
    @inlinable public static var templateID: UInt16 { 115 }
    @inlinable public static var blockLength: Int { 42 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 115, blockLength: 42, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var returnLength: Int { 40 }
}

/// Offsets of the message `Adjusted`.
public enum AdjustedLayout {
    @inlinable public static var templateID: UInt16 { 116 }
    @inlinable public static var blockLength: Int { 92 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 116, blockLength: 92, entryLengths: (22, 0, 0), groupCount: 1, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var occurredAt: Int { 40 }
    @inlinable public static var points: Int { 48 }
    @inlinable public static var balanceAfter: Int { 56 }
    @inlinable public static var manifest: Int { 64 }
    @inlinable public static var proposal: Int { 72 }
    @inlinable public static var utcOffsetMinutes: Int { 80 }
    @inlinable public static var business: Int { 82 }
    @inlinable public static var wallet: Int { 84 }
    @inlinable public static var lotsLength: Int { 86 }
    @inlinable public static var kind: Int { 88 }
    @inlinable public static var operatorLength: Int { 89 }
    @inlinable public static var categoryLength: Int { 90 }
    @inlinable public static var reasonLength: Int { 91 }

    public enum Postings {
        @inlinable public static var amount: Int { 0 }
        @inlinable public static var business: Int { 8 }
        @inlinable public static var wallet: Int { 10 }
        @inlinable public static var purpose: Int { 12 }
        @inlinable public static var lot: Int { 13 }
        @inlinable public static var beginsAt: Int { 14 }
        @inlinable public static var endsAt: Int { 18 }
        @inlinable public static var entryLength: Int { 22 }
    }
}

/// Offsets of the message `OperatorSet`.
public enum OperatorSetLayout {
    @inlinable public static var templateID: UInt16 { 117 }
    @inlinable public static var blockLength: Int { 63 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 117, blockLength: 63, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var operatorNumber: Int { 40 }
    @inlinable public static var limitPerAct: Int { 44 }
    @inlinable public static var limitPerDay: Int { 52 }
    @inlinable public static var rights: Int { 60 }
    @inlinable public static var idLength: Int { 61 }
    @inlinable public static var nameLength: Int { 62 }
}

/// Offsets of the message `Proposed`.
public enum ProposedLayout {
    @inlinable public static var templateID: UInt16 { 118 }
    @inlinable public static var blockLength: Int { 94 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 118, blockLength: 94, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var occurredAt: Int { 40 }
    @inlinable public static var points: Int { 48 }
    @inlinable public static var balance: Int { 56 }
    @inlinable public static var manifest: Int { 64 }
    @inlinable public static var operatorNumber: Int { 72 }
    @inlinable public static var beginsOn: Int { 76 }
    @inlinable public static var endsOn: Int { 80 }
    @inlinable public static var utcOffsetMinutes: Int { 84 }
    @inlinable public static var business: Int { 86 }
    @inlinable public static var wallet: Int { 88 }
    @inlinable public static var kind: Int { 90 }
    @inlinable public static var operatorLength: Int { 91 }
    @inlinable public static var categoryLength: Int { 92 }
    @inlinable public static var reasonLength: Int { 93 }
}

/// Offsets of the message `Declined`.
public enum DeclinedLayout {
    @inlinable public static var templateID: UInt16 { 119 }
    @inlinable public static var blockLength: Int { 72 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 119, blockLength: 72, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var occurredAt: Int { 40 }
    @inlinable public static var proposal: Int { 48 }
    @inlinable public static var balance: Int { 56 }
    @inlinable public static var operatorNumber: Int { 64 }
    @inlinable public static var utcOffsetMinutes: Int { 68 }
    @inlinable public static var operatorLength: Int { 70 }
    @inlinable public static var reasonLength: Int { 71 }
}

/// Offsets of the message `Transferred`.
public enum TransferredLayout {
    @inlinable public static var templateID: UInt16 { 120 }
    @inlinable public static var blockLength: Int { 94 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 120, blockLength: 94, entryLengths: (22, 22, 0), groupCount: 2, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var occurredAt: Int { 40 }
    @inlinable public static var points: Int { 48 }
    @inlinable public static var balanceAfter: Int { 56 }
    @inlinable public static var otherBalanceAfter: Int { 64 }
    @inlinable public static var previousOfOther: Int { 72 }
    @inlinable public static var otherMember: Int { 80 }
    @inlinable public static var utcOffsetMinutes: Int { 84 }
    @inlinable public static var wallet: Int { 86 }
    @inlinable public static var lotsLength: Int { 88 }
    @inlinable public static var madeLength: Int { 90 }
    @inlinable public static var operatorLength: Int { 92 }
    @inlinable public static var reasonLength: Int { 93 }

    public enum Postings {
        @inlinable public static var amount: Int { 0 }
        @inlinable public static var business: Int { 8 }
        @inlinable public static var wallet: Int { 10 }
        @inlinable public static var purpose: Int { 12 }
        @inlinable public static var lot: Int { 13 }
        @inlinable public static var beginsAt: Int { 14 }
        @inlinable public static var endsAt: Int { 18 }
        @inlinable public static var entryLength: Int { 22 }
    }

    public enum Received {
        @inlinable public static var amount: Int { 0 }
        @inlinable public static var business: Int { 8 }
        @inlinable public static var wallet: Int { 10 }
        @inlinable public static var purpose: Int { 12 }
        @inlinable public static var lot: Int { 13 }
        @inlinable public static var beginsAt: Int { 14 }
        @inlinable public static var endsAt: Int { 18 }
        @inlinable public static var entryLength: Int { 22 }
    }
}

/// Offsets of the message `MembersMerged`.
public enum MembersMergedLayout {
    @inlinable public static var templateID: UInt16 { 121 }
    @inlinable public static var blockLength: Int { 67 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 121, blockLength: 67, entryLengths: (66, 22, 0), groupCount: 2, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var occurredAt: Int { 40 }
    @inlinable public static var previousOfAbsorbed: Int { 48 }
    @inlinable public static var absorbed: Int { 56 }
    @inlinable public static var utcOffsetMinutes: Int { 60 }
    @inlinable public static var lotsLength: Int { 62 }
    @inlinable public static var blocked: Int { 64 }
    @inlinable public static var operatorLength: Int { 65 }
    @inlinable public static var reasonLength: Int { 66 }

    public enum Wallets {
        @inlinable public static var active: Int { 0 }
        @inlinable public static var pending: Int { 8 }
        @inlinable public static var held: Int { 16 }
        @inlinable public static var debt: Int { 24 }
        @inlinable public static var activeAfter: Int { 32 }
        @inlinable public static var pendingAfter: Int { 40 }
        @inlinable public static var heldAfter: Int { 48 }
        @inlinable public static var debtAfter: Int { 56 }
        @inlinable public static var wallet: Int { 64 }
        @inlinable public static var entryLength: Int { 66 }
    }

    public enum Postings {
        @inlinable public static var amount: Int { 0 }
        @inlinable public static var business: Int { 8 }
        @inlinable public static var wallet: Int { 10 }
        @inlinable public static var purpose: Int { 12 }
        @inlinable public static var lot: Int { 13 }
        @inlinable public static var beginsAt: Int { 14 }
        @inlinable public static var endsAt: Int { 18 }
        @inlinable public static var entryLength: Int { 22 }
    }
}

/// Offsets of the message `MembersSplit`.
public enum MembersSplitLayout {
    @inlinable public static var templateID: UInt16 { 122 }
    @inlinable public static var blockLength: Int { 67 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 122, blockLength: 67, entryLengths: (50, 0, 0), groupCount: 1, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var occurredAt: Int { 40 }
    @inlinable public static var previousOfAbsorbed: Int { 48 }
    @inlinable public static var absorbed: Int { 56 }
    @inlinable public static var utcOffsetMinutes: Int { 60 }
    @inlinable public static var lotsLength: Int { 62 }
    @inlinable public static var blocked: Int { 64 }
    @inlinable public static var operatorLength: Int { 65 }
    @inlinable public static var reasonLength: Int { 66 }

    public enum Wallets {
        @inlinable public static var active: Int { 0 }
        @inlinable public static var pending: Int { 8 }
        @inlinable public static var debt: Int { 16 }
        @inlinable public static var activeAfter: Int { 24 }
        @inlinable public static var pendingAfter: Int { 32 }
        @inlinable public static var debtAfter: Int { 40 }
        @inlinable public static var wallet: Int { 48 }
        @inlinable public static var entryLength: Int { 50 }
    }
}

/// Offsets of the message `MemberBlocked`.
public enum MemberBlockedLayout {
    @inlinable public static var templateID: UInt16 { 123 }
    @inlinable public static var blockLength: Int { 53 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 123, blockLength: 53, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var occurredAt: Int { 40 }
    @inlinable public static var utcOffsetMinutes: Int { 48 }
    @inlinable public static var mode: Int { 50 }
    @inlinable public static var operatorLength: Int { 51 }
    @inlinable public static var reasonLength: Int { 52 }
}

/// Offsets of the message `InstrumentDefined`.
public enum InstrumentDefinedLayout {
    @inlinable public static var templateID: UInt16 { 124 }
    @inlinable public static var blockLength: Int { 99 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 124, blockLength: 99, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var instrument: Int { 40 }
    @inlinable public static var faceValue: Int { 44 }
    @inlinable public static var amountBudget: Int { 52 }
    @inlinable public static var usesBudget: Int { 60 }
    @inlinable public static var beginsAt: Int { 68 }
    @inlinable public static var endsAt: Int { 72 }
    @inlinable public static var codesMax: Int { 76 }
    @inlinable public static var usesPerCode: Int { 80 }
    @inlinable public static var memberLimit: Int { 84 }
    @inlinable public static var business: Int { 88 }
    @inlinable public static var wallet: Int { 90 }
    @inlinable public static var kind: Int { 92 }
    @inlinable public static var codes: Int { 93 }
    @inlinable public static var checkScheme: Int { 94 }
    @inlinable public static var onReturn: Int { 95 }
    @inlinable public static var idLength: Int { 96 }
    @inlinable public static var nameLength: Int { 97 }
    @inlinable public static var codeLength: Int { 98 }
}

/// Offsets of the message `InstrumentsIssued`.
public enum InstrumentsIssuedLayout {
    @inlinable public static var templateID: UInt16 { 125 }
    @inlinable public static var blockLength: Int { 78 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 125, blockLength: 78, entryLengths: (22, 0, 0), groupCount: 1, hasText: false)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var occurredAt: Int { 40 }
    @inlinable public static var faceValue: Int { 48 }
    @inlinable public static var instrument: Int { 56 }
    @inlinable public static var batch: Int { 60 }
    @inlinable public static var firstSerial: Int { 64 }
    @inlinable public static var count: Int { 68 }
    @inlinable public static var endsAt: Int { 72 }
    @inlinable public static var utcOffsetMinutes: Int { 76 }

    public enum Postings {
        @inlinable public static var amount: Int { 0 }
        @inlinable public static var business: Int { 8 }
        @inlinable public static var wallet: Int { 10 }
        @inlinable public static var purpose: Int { 12 }
        @inlinable public static var lot: Int { 13 }
        @inlinable public static var beginsAt: Int { 14 }
        @inlinable public static var endsAt: Int { 18 }
        @inlinable public static var entryLength: Int { 22 }
    }
}

/// Offsets of the message `InstrumentMoved`.
public enum InstrumentMovedLayout {
    @inlinable public static var templateID: UInt16 { 126 }
    @inlinable public static var blockLength: Int { 105 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 126, blockLength: 105, entryLengths: (22, 0, 0), groupCount: 1, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var occurredAt: Int { 40 }
    @inlinable public static var amount: Int { 48 }
    @inlinable public static var lost: Int { 56 }
    @inlinable public static var balanceAfter: Int { 64 }
    @inlinable public static var reference: Int { 72 }
    @inlinable public static var instrument: Int { 80 }
    @inlinable public static var serial: Int { 84 }
    @inlinable public static var store: Int { 88 }
    @inlinable public static var slot: Int { 92 }
    @inlinable public static var endsAt: Int { 96 }
    @inlinable public static var utcOffsetMinutes: Int { 100 }
    @inlinable public static var action: Int { 102 }
    @inlinable public static var why: Int { 103 }
    @inlinable public static var receiptLength: Int { 104 }

    public enum Postings {
        @inlinable public static var amount: Int { 0 }
        @inlinable public static var business: Int { 8 }
        @inlinable public static var wallet: Int { 10 }
        @inlinable public static var purpose: Int { 12 }
        @inlinable public static var lot: Int { 13 }
        @inlinable public static var beginsAt: Int { 14 }
        @inlinable public static var endsAt: Int { 18 }
        @inlinable public static var entryLength: Int { 22 }
    }
}

/// Offsets of the message `PeriodClosed`.
public enum PeriodClosedLayout {
    @inlinable public static var templateID: UInt16 { 127 }
    @inlinable public static var blockLength: Int { 59 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 127, blockLength: 59, entryLengths: (13, 0, 0), groupCount: 1, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var endsAt: Int { 40 }
    @inlinable public static var firstDay: Int { 48 }
    @inlinable public static var lastDay: Int { 52 }
    @inlinable public static var utcOffsetMinutes: Int { 56 }
    @inlinable public static var operatorLength: Int { 58 }

    public enum Accounts {
        @inlinable public static var balance: Int { 0 }
        @inlinable public static var business: Int { 8 }
        @inlinable public static var wallet: Int { 10 }
        @inlinable public static var purpose: Int { 12 }
        @inlinable public static var entryLength: Int { 13 }
    }
}

/// Offsets of the message `ClockSet`.
public enum ClockSetLayout {
    @inlinable public static var templateID: UInt16 { 128 }
    @inlinable public static var blockLength: Int { 48 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 128, blockLength: 48, entryLengths: (0, 0, 0), groupCount: 0, hasText: false)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var to: Int { 40 }
}

/// Offsets of the message `ClockAdvanced`.
public enum ClockAdvancedLayout {
    @inlinable public static var templateID: UInt16 { 129 }
    @inlinable public static var blockLength: Int { 48 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 129, blockLength: 48, entryLengths: (37, 22, 0), groupCount: 2, hasText: false)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var to: Int { 40 }

    public enum Lots {
        @inlinable public static var lot: Int { 0 }
        @inlinable public static var amount: Int { 8 }
        @inlinable public static var covers: Int { 16 }
        @inlinable public static var member: Int { 24 }
        @inlinable public static var slot: Int { 28 }
        @inlinable public static var until: Int { 32 }
        @inlinable public static var event: Int { 36 }
        @inlinable public static var entryLength: Int { 37 }
    }

    public enum Postings {
        @inlinable public static var amount: Int { 0 }
        @inlinable public static var business: Int { 8 }
        @inlinable public static var wallet: Int { 10 }
        @inlinable public static var purpose: Int { 12 }
        @inlinable public static var lot: Int { 13 }
        @inlinable public static var beginsAt: Int { 14 }
        @inlinable public static var endsAt: Int { 18 }
        @inlinable public static var entryLength: Int { 22 }
    }
}

/// Offsets of the message `InstrumentsExpired`.
public enum InstrumentsExpiredLayout {
    @inlinable public static var templateID: UInt16 { 132 }
    @inlinable public static var blockLength: Int { 40 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 132, blockLength: 40, entryLengths: (16, 22, 0), groupCount: 2, hasText: false)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }

    public enum Batches {
        @inlinable public static var batch: Int { 0 }
        @inlinable public static var firstSerial: Int { 4 }
        @inlinable public static var amount: Int { 8 }
        @inlinable public static var entryLength: Int { 16 }
    }

    public enum Postings {
        @inlinable public static var amount: Int { 0 }
        @inlinable public static var business: Int { 8 }
        @inlinable public static var wallet: Int { 10 }
        @inlinable public static var purpose: Int { 12 }
        @inlinable public static var lot: Int { 13 }
        @inlinable public static var beginsAt: Int { 14 }
        @inlinable public static var endsAt: Int { 18 }
        @inlinable public static var entryLength: Int { 22 }
    }
}

/// Offsets of the message `CodedReceiptRecorded`.
public enum CodedReceiptRecordedLayout {
    @inlinable public static var templateID: UInt16 { 133 }
    @inlinable public static var blockLength: Int { 42 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 133, blockLength: 42, entryLengths: (2, 0, 0), groupCount: 1, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var receiptLength: Int { 40 }

    public enum Steps {
        @inlinable public static var length: Int { 0 }
        @inlinable public static var entryLength: Int { 2 }
    }
}

/// Offsets of the message `DocumentKept`.
public enum DocumentKeptLayout {
    @inlinable public static var templateID: UInt16 { 134 }
    @inlinable public static var blockLength: Int { 80 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 134, blockLength: 80, entryLengths: (0, 0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var digest0: Int { 40 }
    @inlinable public static var digest1: Int { 48 }
    @inlinable public static var digest2: Int { 56 }
    @inlinable public static var digest3: Int { 64 }
    @inlinable public static var document: Int { 72 }
    @inlinable public static var part: Int { 76 }
    @inlinable public static var parts: Int { 78 }
}

/// Offsets of the message `PromotionsSet`.
public enum PromotionsSetLayout {
    @inlinable public static var templateID: UInt16 { 135 }
    @inlinable public static var blockLength: Int { 63 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 135, blockLength: 63, entryLengths: (2, 0, 0), groupCount: 1, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var effectiveFrom: Int { 40 }
    @inlinable public static var revision: Int { 48 }
    @inlinable public static var words: Int { 52 }
    @inlinable public static var rules: Int { 56 }
    @inlinable public static var action: Int { 60 }
    @inlinable public static var authorLength: Int { 61 }
    @inlinable public static var noteLength: Int { 62 }

    public enum Resting {
        @inlinable public static var state: Int { 0 }
        @inlinable public static var length: Int { 1 }
        @inlinable public static var entryLength: Int { 2 }
    }
}

/// Offsets of the message `PromotedReceiptRecorded`.
public enum PromotedReceiptRecordedLayout {
    @inlinable public static var templateID: UInt16 { 136 }
    @inlinable public static var blockLength: Int { 62 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 136, blockLength: 62, entryLengths: (24, 0, 0), groupCount: 1, hasText: true)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var shelfTotal: Int { 40 }
    @inlinable public static var difference: Int { 48 }
    @inlinable public static var revision: Int { 56 }
    @inlinable public static var receiptLength: Int { 60 }

    public enum Uses {
        @inlinable public static var high: Int { 0 }
        @inlinable public static var low: Int { 8 }
        @inlinable public static var amount: Int { 16 }
        @inlinable public static var entryLength: Int { 24 }
    }
}

/// Offsets of the message `PriceChanged`.
public enum PriceChangedLayout {
    @inlinable public static var templateID: UInt16 { 137 }
    @inlinable public static var blockLength: Int { 62 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 137, blockLength: 62, entryLengths: (0, 0, 0), groupCount: 0, hasText: false)
    }
    @inlinable public static var recordedAt: Int { 0 }
    @inlinable public static var source: Int { 8 }
    @inlinable public static var number: Int { 12 }
    @inlinable public static var commandDigest: Int { 20 }
    @inlinable public static var previousOfMember: Int { 28 }
    @inlinable public static var member: Int { 36 }
    @inlinable public static var stated: Int { 40 }
    @inlinable public static var payable: Int { 48 }
    @inlinable public static var revision: Int { 56 }
    @inlinable public static var command: Int { 60 }
}
