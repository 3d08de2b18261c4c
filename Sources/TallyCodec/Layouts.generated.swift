// swift-format-ignore-file
// Written by Schema/generate.py from Schema/tallystick.xml. Change the schema, not this file.

/// The schema's own numbers.
public enum SchemaNumbers {
    @inlinable public static var id: UInt16 { 7177 }
    @inlinable public static var version: UInt16 { 1 }
}

/// Offsets of the message `Hello`.
public enum HelloLayout {
    @inlinable public static var templateID: UInt16 { 1 }
    @inlinable public static var blockLength: Int { 3 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 1, blockLength: 3, entryLengths: (0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var protocolVersion: Int { 0 }
    @inlinable public static var clientLength: Int { 2 }
}

/// Offsets of the message `Welcome`.
public enum WelcomeLayout {
    @inlinable public static var templateID: UInt16 { 2 }
    @inlinable public static var blockLength: Int { 40 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 2, blockLength: 40, entryLengths: (0, 0), groupCount: 0, hasText: true)
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
        MessageShape(templateID: 3, blockLength: 1, entryLengths: (0, 0), groupCount: 0, hasText: true)
    }
    @inlinable public static var nameLength: Int { 0 }
}

/// Offsets of the message `SourceOpened`.
public enum SourceOpenedLayout {
    @inlinable public static var templateID: UInt16 { 4 }
    @inlinable public static var blockLength: Int { 20 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 4, blockLength: 20, entryLengths: (0, 0), groupCount: 0, hasText: false)
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
        MessageShape(templateID: 5, blockLength: 16, entryLengths: (0, 0), groupCount: 0, hasText: false)
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
        MessageShape(templateID: 6, blockLength: 30, entryLengths: (34, 0), groupCount: 1, hasText: false)
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
        MessageShape(templateID: 7, blockLength: 7, entryLengths: (0, 0), groupCount: 0, hasText: true)
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
        MessageShape(templateID: 10, blockLength: 1, entryLengths: (0, 0), groupCount: 0, hasText: false)
    }
    @inlinable public static var wantDigest: Int { 0 }
}

/// Offsets of the message `Status`.
public enum StatusLayout {
    @inlinable public static var templateID: UInt16 { 11 }
    @inlinable public static var blockLength: Int { 96 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 11, blockLength: 96, entryLengths: (0, 0), groupCount: 0, hasText: false)
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
}

/// Offsets of the message `AskBalances`.
public enum AskBalancesLayout {
    @inlinable public static var templateID: UInt16 { 12 }
    @inlinable public static var blockLength: Int { 18 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 12, blockLength: 18, entryLengths: (0, 0), groupCount: 0, hasText: true)
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
        MessageShape(templateID: 13, blockLength: 9, entryLengths: (38, 0), groupCount: 1, hasText: true)
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
        MessageShape(templateID: 14, blockLength: 14, entryLengths: (0, 0), groupCount: 0, hasText: false)
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
        MessageShape(templateID: 15, blockLength: 14, entryLengths: (8, 0), groupCount: 1, hasText: false)
    }
    @inlinable public static var sequence: Int { 0 }
    @inlinable public static var asOfDay: Int { 8 }
    @inlinable public static var windowDays: Int { 12 }

    public enum Figures {
        @inlinable public static var value: Int { 0 }
        @inlinable public static var entryLength: Int { 8 }
    }
}

/// Offsets of the message `DefineBusiness`.
public enum DefineBusinessLayout {
    @inlinable public static var templateID: UInt16 { 20 }
    @inlinable public static var blockLength: Int { 6 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 20, blockLength: 6, entryLengths: (0, 0), groupCount: 0, hasText: true)
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
        MessageShape(templateID: 21, blockLength: 4, entryLengths: (0, 0), groupCount: 0, hasText: true)
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
        MessageShape(templateID: 22, blockLength: 3, entryLengths: (0, 0), groupCount: 0, hasText: true)
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
        MessageShape(templateID: 23, blockLength: 20, entryLengths: (0, 0), groupCount: 0, hasText: true)
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
        MessageShape(templateID: 24, blockLength: 3, entryLengths: (0, 0), groupCount: 0, hasText: true)
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
        MessageShape(templateID: 25, blockLength: 8, entryLengths: (0, 0), groupCount: 0, hasText: true)
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
    @inlinable public static var blockLength: Int { 27 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 26, blockLength: 27, entryLengths: (18, 0), groupCount: 1, hasText: true)
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

    public enum Lines {
        @inlinable public static var quantity: Int { 0 }
        @inlinable public static var total: Int { 8 }
        @inlinable public static var skuLength: Int { 16 }
        @inlinable public static var categoryLength: Int { 17 }
        @inlinable public static var entryLength: Int { 18 }
    }
}

/// Offsets of the message `Return`.
public enum ReturnLayout {
    @inlinable public static var templateID: UInt16 { 27 }
    @inlinable public static var blockLength: Int { 48 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 27, blockLength: 48, entryLengths: (20, 0), groupCount: 1, hasText: true)
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

/// Offsets of the message `LedgerCreated`.
public enum LedgerCreatedLayout {
    @inlinable public static var templateID: UInt16 { 100 }
    @inlinable public static var blockLength: Int { 56 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 100, blockLength: 56, entryLengths: (0, 0), groupCount: 0, hasText: false)
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
        MessageShape(templateID: 101, blockLength: 45, entryLengths: (0, 0), groupCount: 0, hasText: true)
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
        MessageShape(templateID: 102, blockLength: 48, entryLengths: (0, 0), groupCount: 0, hasText: true)
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
        MessageShape(templateID: 103, blockLength: 49, entryLengths: (0, 0), groupCount: 0, hasText: true)
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
        MessageShape(templateID: 104, blockLength: 45, entryLengths: (0, 0), groupCount: 0, hasText: true)
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
        MessageShape(templateID: 105, blockLength: 64, entryLengths: (0, 0), groupCount: 0, hasText: true)
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
        MessageShape(templateID: 106, blockLength: 73, entryLengths: (0, 0), groupCount: 0, hasText: true)
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
        MessageShape(templateID: 107, blockLength: 72, entryLengths: (0, 0), groupCount: 0, hasText: false)
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
    @inlinable public static var blockLength: Int { 74 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 108, blockLength: 74, entryLengths: (18, 13), groupCount: 2, hasText: true)
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

    public enum Lines {
        @inlinable public static var quantity: Int { 0 }
        @inlinable public static var total: Int { 8 }
        @inlinable public static var skuLength: Int { 16 }
        @inlinable public static var categoryLength: Int { 17 }
        @inlinable public static var entryLength: Int { 18 }
    }

    public enum Postings {
        @inlinable public static var amount: Int { 0 }
        @inlinable public static var business: Int { 8 }
        @inlinable public static var wallet: Int { 10 }
        @inlinable public static var purpose: Int { 12 }
        @inlinable public static var entryLength: Int { 13 }
    }
}

/// Offsets of the message `ReturnRecorded`.
public enum ReturnRecordedLayout {
    @inlinable public static var templateID: UInt16 { 109 }
    @inlinable public static var blockLength: Int { 82 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 109, blockLength: 82, entryLengths: (20, 13), groupCount: 2, hasText: true)
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
        @inlinable public static var entryLength: Int { 13 }
    }
}

/// Offsets of the message `Rejected`.
public enum RejectedLayout {
    @inlinable public static var templateID: UInt16 { 110 }
    @inlinable public static var blockLength: Int { 46 }
    @inlinable public static var shape: MessageShape {
        MessageShape(templateID: 110, blockLength: 46, entryLengths: (0, 0), groupCount: 0, hasText: false)
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
