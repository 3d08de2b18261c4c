import TallyBytes
import TallyCodec
import TallyModel

/// An adjustment whose form was checked: as it is asked for, or as it was proposed.
struct AdjustmentForm: ~Escapable {
    var member: MemberNumber
    var wallet: WalletNumber
    var business: BusinessNumber
    var kind: Adjustment.Kind
    var points: Int64
    var moment: Moment
    /// Days since 1970; the least number for none.
    var beginsOn: Int32
    /// Days since 1970; the least number for none.
    var endsOn: Int32
    var manifest: UInt64
    /// Who does it.
    let operatorID: RawSpan
    let category: RawSpan
    let reason: RawSpan

    @_lifetime(copy operatorID, copy category, copy reason)
    init(
        member: MemberNumber, wallet: WalletNumber, business: BusinessNumber, kind: Adjustment.Kind, points: Int64,
        moment: Moment, beginsOn: Int32, endsOn: Int32, manifest: UInt64, operatorID: RawSpan, category: RawSpan,
        reason: RawSpan
    ) {
        self.member = member
        self.wallet = wallet
        self.business = business
        self.kind = kind
        self.points = points
        self.moment = moment
        self.beginsOn = beginsOn
        self.endsOn = endsOn
        self.manifest = manifest
        self.operatorID = operatorID
        self.category = category
        self.reason = reason
    }

    /// The account of the business that says why.
    var account: Purpose {
        switch kind {
        case .correction: .adjusted
        case .goodwill: .goodwill
        case .award: .issued
        case .opening: .opened
        }
    }

    /// What an operator needs to do it.
    var right: OperatorRights {
        switch kind {
        case .correction, .opening: .correct
        case .goodwill, .award: .give
        }
    }

    /// True when somebody must stand for it; presents and openings may come from a program.
    var needsOperator: Bool { kind == .correction || kind == .goodwill }
}

extension AdjustmentForm {
    /// The adjustment that a record proposed.
    ///
    /// - Returns: nil when the record proposes nothing.
    @_lifetime(copy record)
    static func proposed(by record: RawSpan) -> AdjustmentForm? {
        typealias Layout = ProposedLayout
        guard let message = try? Message(record, shape: Layout.shape),
            let kind = Adjustment.Kind(rawValue: message.u8(Layout.kind))
        else { return nil }
        let lengths = [Layout.operatorLength, Layout.categoryLength, Layout.reasonLength].map { Int(message.u8($0)) }
        guard let proposer = message.text(at: 0, count: lengths[0]),
            let category = message.text(at: lengths[0], count: lengths[1]),
            let reason = message.text(at: lengths[0] + lengths[1], count: lengths[2])
        else { return nil }
        return AdjustmentForm(
            member: MemberNumber(message.envelope.member), wallet: WalletNumber(message.u16(Layout.wallet)),
            business: BusinessNumber(message.u16(Layout.business)), kind: kind, points: message.i64(Layout.points),
            moment: Moment(message.i64(Layout.occurredAt), message.i16(Layout.utcOffsetMinutes)),
            beginsOn: message.i32(Layout.beginsOn), endsOn: message.i32(Layout.endsOn),
            manifest: message.u64(Layout.manifest), operatorID: proposer, category: category, reason: reason)
    }
}
