import TallyBytes
import TallyCodec
import TallyJSON
import TallyModel

/// Reads bytes as everything that they could be.
///
/// Bytes that are nothing are an error; bytes that are something are the same after writing and reading them again. The
/// tests and the coverage-guided fuzzer both go through here.
enum DecoderDrill {
    /// Reads `bytes` as a connection, as a message and as a line of JSON.
    static func read(_ bytes: RawSpan) {
        readFrames(bytes)
        readMessage(bytes)
        readLine(bytes)
    }

    private static func readFrames(_ bytes: RawSpan) {
        var offset = 0
        while case .frame(let start, let count)? = try? Frame.next(in: bytes, at: offset) {
            precondition(start > offset && start + count <= bytes.byteCount, "A frame lies inside of the bytes.")
            readMessage(bytes.extracting(start..<(start + count)))
            offset = start + count
        }
    }

    private static func readMessage(_ bytes: RawSpan) {
        for shape in shapes { readInPlace(bytes, shape) }
        readBatch(bytes)
        check(try? Hello(bytes)) {
            $0.encode(into: &$1)
        } again: {
            try Hello($0)
        }
        check(try? Welcome(bytes)) {
            $0.encode(into: &$1)
        } again: {
            try Welcome($0)
        }
        check(try? OpenSource(bytes)) {
            try $0.encode(into: &$1)
        } again: {
            try OpenSource($0)
        }
        check(try? SourceOpened(bytes)) {
            $0.encode(into: &$1)
        } again: {
            try SourceOpened($0)
        }
        check(try? Refusal(bytes)) {
            $0.encode(into: &$1)
        } again: {
            try Refusal($0)
        }
        check(try? BatchResults(bytes)) {
            $0.encode(into: &$1)
        } again: {
            try BatchResults($0)
        }
        check(try? DaemonStatus(bytes)) {
            $0.encode(into: &$1)
        } again: {
            try DaemonStatus($0)
        }
        check(try? KPIReport(bytes)) {
            $0.encode(into: &$1)
        } again: {
            try KPIReport($0)
        }
        check(try? Quote(bytes)) {
            try checkRoom(for: texts(of: $0))
            $0.encode(into: &$1)
        } again: {
            try Quote($0)
        }
        check(try? Definition(bytes)) {
            $0.encode(into: &$1)
        } again: {
            try Definition($0)
        }
        check(try? Question(bytes)) {
            try $0.encode(into: &$1)
        } again: {
            try Question($0)
        }
        check(try? Command(bytes)) {
            try $0.encode(into: &$1)
        } again: {
            try Command($0)
        }
        check(try? PromotionsPage(bytes)) {
            guard $0.rows.count <= PromotionsPage.rowsMax else { throw Rejection.promotionsTooMany }
            try checkRoom(for: $0.rows.flatMap { [$0.id, $0.title] })
            $0.encode(into: &$1)
        } again: {
            try PromotionsPage($0)
        }
        readPromoted(bytes)
        _ = try? BalancesPage(bytes)
        _ = try? RecordJSON.line(bytes, sequence: 1)
        var session = JSONSession()
        _ = session.lines(forAnswer: bytes)
    }

    /// What promotions did: an account that was read is the same after writing and reading it again.
    private static func readPromoted(_ bytes: RawSpan) {
        _ = PromotedReceipt.receipt(in: bytes)
        guard let promoted = try? PromotedReceipt(bytes) else { return }
        for index in 0..<promoted.useCount { _ = promoted.use(at: index) }
        let names = try? promoted.names()
        guard let account = try? promoted.account() else { return }
        precondition(names == account.names, "Names are the same, read alone or with everything else.")
        let texts = account.codes + account.names.map(\.id)
        guard (try? checkRoom(for: texts)) != nil else { return }
        var writer = ByteWriter()
        writer.append(header: PromotedReceiptRecordedLayout.shape)
        writer.append(envelope: promoted.envelope)
        writer.append(i64: promoted.shelfTotal)
        writer.append(i64: promoted.difference)
        writer.append(u32: promoted.revision)
        writer.append(u16: UInt16(promoted.receipt.byteCount))
        writer.append(groupOf: 0, entryLength: PromotedReceiptRecordedLayout.Uses.entryLength)
        let lengthAt = writer.count
        writer.append(u16: 0)
        writer.append(bytes: promoted.receipt)
        writer.append(account)
        guard let length = UInt16(exactly: writer.count - lengthAt - 2) else { return }
        writer.set(u16: length, at: lengthAt)
        let second = try? PromotedReceipt(writer.bytes).account()
        precondition(second == account, "\(account) was written and read as \(second.map { "\($0)" } ?? "nothing")")
    }

    /// Strings of a quote whose lengths are a byte.
    private static func texts(of quote: Quote) -> [String] {
        let effects = quote.promotions?.effects ?? []
        return quote.payments.map(\.wallet) + effects.flatMap { [$0.promotion, $0.title] + $0.acts.map(\.channel) }
    }

    /// Broken UTF-8 grows when it is read: a string that no message has room for any more cannot be written back.
    private static func checkRoom(for texts: [String]) throws(Rejection) {
        for text in texts where text.utf8.count > Int(UInt8.max) { throw .textMalformed }
    }

    /// Writes a value that was read and reads it again; what cannot be written back is as good as not read.
    private static func check<Value: Equatable>(
        _ value: Value?, _ encode: (Value, inout ByteWriter) throws -> Void, again decode: (RawSpan) throws -> Value
    ) {
        guard let value else { return }
        var writer = ByteWriter()
        guard (try? encode(value, &writer)) != nil else { return }
        let second = try? decode(writer.bytes)
        precondition(second == value, "\(value) was written and read as \(second.map { "\($0)" } ?? "nothing")")
    }

    private static func readInPlace(_ bytes: RawSpan, _ shape: MessageShape) {
        guard let message = try? Message(bytes, shape: shape) else { return }
        if shape.templateID >= RecordTemplates.first { _ = message.envelope }
        for group in [message.firstGroup, message.secondGroup, message.thirdGroup] where group.count > 0 {
            let end = group.offset + group.count * group.stride
            precondition(end <= bytes.byteCount, "Entries lie inside of the message.")
        }
        precondition(message.textOffset + message.textLength <= bytes.byteCount, "The text lies inside of the message.")
        if let text = message.text(at: 0, count: message.textLength) { _ = String(utf8Of: text) }
    }

    private static func readBatch(_ bytes: RawSpan) {
        guard let batch = try? BatchView(bytes), (try? batch.checkEvents()) != nil else { return }
        var offset = 0
        for _ in 0..<batch.count {
            guard let event = try? batch.event(at: &offset) else { preconditionFailure("A checked batch is whole.") }
            _ = try? Command(event)
        }
    }

    private static func readLine(_ bytes: RawSpan) {
        let text = String(utf8Of: bytes)
        var session = JSONSession()
        _ = session.frame(forLine: text)
    }

    private enum RecordTemplates {
        static let first = LedgerCreatedLayout.templateID
    }

    /// Every message of the schema.
    static let shapes = [
        HelloLayout.shape, WelcomeLayout.shape, OpenSourceLayout.shape, SourceOpenedLayout.shape, BatchLayout.shape,
        BatchResultsLayout.shape, RefusalLayout.shape, AskStatusLayout.shape, StatusLayout.shape,
        AskBalancesLayout.shape, AskQuoteLayout.shape, QuoteLayout.shape, AskDefinitionLayout.shape,
        DefinitionLayout.shape,
        BalancesLayout.shape, AskKPILayout.shape, KPILayout.shape, DefineBusinessLayout.shape, DefineStoreLayout.shape,
        DefineWalletLayout.shape, DefineAccrualLayout.shape, RegisterMemberLayout.shape, LinkIdentifierLayout.shape,
        PurchaseLayout.shape, ReturnLayout.shape, LedgerCreatedLayout.shape, SourceRecordedLayout.shape,
        BusinessDefinedLayout.shape, StoreDefinedLayout.shape, WalletDefinedLayout.shape, AccrualDefinedLayout.shape,
        MemberRegisteredLayout.shape, IdentifierLinkedLayout.shape, PurchaseRecordedLayout.shape,
        ReturnRecordedLayout.shape, RejectedLayout.shape, SetWalletTermsLayout.shape, SetSettlementTermsLayout.shape,
        PlaceHoldLayout.shape, ReleaseHoldLayout.shape, VoidPurchaseLayout.shape, ExchangeLayout.shape,
        AdjustLayout.shape, AdvanceClockLayout.shape, DefineInstrumentLayout.shape, IssueInstrumentsLayout.shape,
        MoveInstrumentLayout.shape, InstrumentDefinedLayout.shape, InstrumentsIssuedLayout.shape,
        InstrumentMovedLayout.shape, InstrumentsExpiredLayout.shape, WalletTermsSetLayout.shape,
        SettlementTermsSetLayout.shape,
        HoldPlacedLayout.shape, HoldReleasedLayout.shape, ExchangeRecordedLayout.shape, AdjustedLayout.shape,
        ClockSetLayout.shape, ClockAdvancedLayout.shape, SetOperatorLayout.shape, ApproveLayout.shape,
        TransferLayout.shape, BlockLayout.shape, ClosePeriodLayout.shape, OperatorSetLayout.shape,
        ProposedLayout.shape, DeclinedLayout.shape, TransferredLayout.shape, MemberBlockedLayout.shape,
        PeriodClosedLayout.shape, MergeLayout.shape, SplitLayout.shape, MembersMergedLayout.shape,
        MembersSplitLayout.shape, CodedPurchaseLayout.shape, CodedReceiptRecordedLayout.shape,
        PricedQuoteLayout.shape, AskPromotionsLayout.shape, PromotionsStandLayout.shape, KeepDocumentLayout.shape,
        SetPromotionsLayout.shape, PricedPurchaseLayout.shape, DocumentKeptLayout.shape, PromotionsSetLayout.shape,
        PromotedReceiptRecordedLayout.shape, PriceChangedLayout.shape,
    ]
}
