import TallyCodec
import TallyModel

/// Random values of every kind that fit the schema, small and huge ones alike.
extension Seed {
    mutating func number<T: FixedWidthInteger>(_ type: T.Type = T.self) -> T {
        T(truncatingIfNeeded: next() >> (next() % UInt64(T.bitWidth))) &* (Bool.random(using: &self) ? 1 : ~0)
    }

    /// Up to `max` bytes of UTF-8.
    mutating func text(_ max: Int = 64) -> String {
        let letters = Array("abcXYZ 019-/\"\\\n\u{0}яЖ€😀")
        let wanted = Int.random(in: 0...max, using: &self)
        var text = ""
        while let letter = letters.randomElement(using: &self), text.utf8.count + letter.utf8.count <= wanted {
            text.append(letter)
        }
        return text
    }

    mutating func member() -> MemberReference {
        switch next() % 5 {
        case 0: .anonymous
        case 1: .number(MemberNumber(number()))
        case 2: .phone(text(255))
        case 3: .card(text())
        default: .external(text())
        }
    }

    mutating func purchaseReference() -> PurchaseReference {
        switch next() % 4 {
        case 0: .blind
        case 1: .sequence(LogSequence(next() | 1))
        case 2: .event(source: SourceNumber(number()), number: next() | 1)
        default: .receipt("n" + text())
        }
    }

    mutating func asOf() -> AsOf {
        AsOf(
            sequence: Bool.random(using: &self) ? LogSequence(next() | 1) : nil,
            day: Bool.random(using: &self) ? CivilDay(days: number() | 1) : nil)
    }

    mutating func list<Element>(_ max: Int, _ element: (inout Seed) -> Element) -> [Element] {
        (0..<Int.random(in: 0...max, using: &self)).map { _ in element(&self) }
    }

    mutating func pick<Case: CaseIterable>(_ type: Case.Type = Case.self) -> Case {
        Case.allCases.randomElement(using: &self)!
    }
}

extension Seed {
    mutating func command() -> Command {
        switch next() % 28 {
        case 0: .defineBusiness(BusinessDefinition(id: text(), name: text(255), currency: "EUR", scale: number()))
        case 1: .defineStore(StoreDefinition(id: text(), business: text(), name: text(255), zone: text()))
        case 2: .defineWallet(WalletDefinition(id: text(), name: text(255), scale: number()))
        case 3: .defineAccrual(accrual())
        case 4: .registerMember(Registration(externalID: text(), phone: text(), card: text(255)))
        case 5: .linkIdentifier(IdentifierLink(member: member(), phone: text(), card: text()))
        case 6: .purchase(askingReceipt())
        case 7: .return(returnSlip())
        case 8: .setWalletTerms(walletTerms())
        case 9: .setSettlementTerms(settlementTerms())
        case 10: .placeHold(holdRequest())
        case 11: .releaseHold(holdReference())
        case 12: .voidPurchase(voidSlip())
        case 13: .exchange(Exchange(slip: returnSlip(), receipt: receipt()))
        case 14: .adjust(adjustment())
        case 15: .defineInstrument(instrumentDefinition())
        case 16: .issueInstruments(instrumentIssue())
        case 17: .moveInstrument(instrumentMove())
        case 18: .setOperator(operatorDefinition())
        case 19: .approve(approval())
        case 20: .transfer(transfer())
        case 21: .block(block())
        case 22: .closePeriod(periodClose())
        case 23: .merge(merge())
        case 24: .split(split())
        case 25: .keepDocument(documentPart())
        case 26: .setPromotions(promotionsChange())
        default: .advanceClock(Instant(microseconds: number()))
        }
    }

    private mutating func accrual() -> AccrualDefinition {
        AccrualDefinition(
            id: text(), wallet: text(), business: text(), effectiveFrom: Instant(microseconds: number()),
            rate: Rate(numerator: number(), denominator: number() | 1), rounding: pick())
    }

    /// A receipt that asks the promotions, or one that does not.
    private mutating func askingReceipt() -> Receipt {
        var receipt = receipt()
        if Bool.random(using: &self) { receipt.pricing = pricing() }
        return receipt
    }

    private mutating func receipt() -> Receipt {
        Receipt(
            store: text(), member: member(), number: text(), occurredAt: Instant(microseconds: number()),
            utcOffsetMinutes: number(), channel: pick(), total: Money(minor: number()),
            lines: list(20) {
                ReceiptLine(
                    sku: $0.text(), category: $0.text(), quantity: Quantity(thousandths: $0.number()),
                    total: Money(minor: $0.number()))
            }, redemptions: list(Limits.walletsPerReceiptMax) { $0.redemption() },
            hold: Bool.random(using: &self) ? holdReference() : nil,
            codes: Bool.random(using: &self) ? list(Limits.codesPerReceiptMax) { $0.purchaseCode() } : [])
    }

    private mutating func returnSlip() -> ReturnSlip {
        ReturnSlip(
            store: text(), member: member(), number: text(), occurredAt: Instant(microseconds: number()),
            utcOffsetMinutes: number(), channel: pick(), total: Money(minor: number()), purchase: purchaseReference(),
            lines: list(20) {
                ReturnLine(
                    purchaseLine: $0.number(), sku: $0.text(), category: $0.text(),
                    quantity: Quantity(thousandths: $0.number()), total: Money(minor: $0.number()))
            })
    }
}

extension Seed {
    mutating func question() -> Question {
        switch next() % 5 {
        case 0: .status(wantDigest: Bool.random(using: &self))
        case 1: .balances(asOf: asOf(), member: member())
        case 2: .promotions
        case 3: .definition(pick(), id: text())
        default: .kpi(asOf: asOf(), windowDays: number())
        }
    }

    mutating func outcome() -> Outcome {
        Outcome(
            status: [.recorded, .rejected, .conflict, .gap, .unavailable].randomElement(using: &self)!,
            isRepeated: Bool.random(using: &self), code: number(), line: number(), member: number(), sequence: number(),
            points: number(), balance: number())
    }

    mutating func results() -> BatchResults {
        BatchResults(
            source: SourceNumber(number()), firstNumber: number(), tip: LogSequence(number()), nextNumber: number(),
            credit: number(), outcomes: list(50) { $0.outcome() })
    }

    mutating func welcome() -> Welcome {
        var welcome = Welcome(
            durability: Bool.random(using: &self) ? .memory : .synced, ledgerID: (number(), number()),
            tip: LogSequence(number()), server: text(255))
        (welcome.frameBytesMax, welcome.batchEventsMax) = (number(), number())
        (welcome.linesMax, welcome.credit, welcome.protocolVersion) = (number(), number(), number())
        return welcome
    }

    mutating func refusal() -> Refusal {
        Refusal(pick(), isClosing: Bool.random(using: &self), retryAfterMilliseconds: number(), text: text(1_000))
    }

    mutating func status() -> DaemonStatus {
        var status = DaemonStatus()
        (status.tip, status.checkpoint) = (LogSequence(number()), LogSequence(number()))
        (status.recordedAt, status.digestSequence) = (Instant(microseconds: number()), LogSequence(number()))
        status.digest = (0..<4).map { _ in number() }
        (status.members, status.stores, status.businesses) = (number(), number(), number())
        (status.wallets, status.sources, status.accruals) = (number(), number(), number())
        status.stateBytes = number()
        (status.clock, status.lots, status.holds) = (Instant(microseconds: number()), number(), number())
        return status
    }

    mutating func balances() -> BalancesPage {
        BalancesPage(
            sequence: LogSequence(number()), isLast: Bool.random(using: &self),
            rows: list(BalancesPage.rowsMax) {
                BalanceRow(
                    member: MemberNumber($0.number()), externalID: $0.text(), wallet: $0.text(), active: $0.number(),
                    pending: $0.number(), held: $0.number(), debt: $0.number())
            })
    }

    mutating func quote() -> Quote {
        Quote(
            sequence: LogSequence(number()), code: number(), line: number(), member: number(),
            points: Points(minor: number()), earned: Points(minor: number()), balance: Points(minor: number()),
            toPay: Money(minor: number()),
            payments: list(Limits.walletsPerReceiptMax) {
                Quote.Payment(
                    wallet: $0.text(), points: Points(minor: $0.number()), money: Money(minor: $0.number()))
            })
    }

    mutating func figures() -> KPIReport {
        KPIReport(
            sequence: LogSequence(number()), asOfDay: asOf().day, windowDays: number(),
            values: KPIFigure.allCases.map { _ in Bool.random(using: &self) ? number() | 1 : nil })
    }
}
