import TallyBytes
import TallyCodec
public import TallyModel
import TallyTables

extension ProgrammeState {
    /// The last day of the last month that is closed; nil before the first.
    ///
    /// What is recorded later for this day or an earlier one counts for the day behind it: closed months stay as they
    /// are.
    public var closedThrough: CivilDay? {
        periods.count == 0 ? nil : CivilDay(days: periods[periods.count - 1].lastDay)
    }

    /// A month is closed: the record states every account as it is.
    mutating func applyPeriodClosed(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = PeriodClosedLayout
        let message = try message(record, Layout.shape)
        try note(message.envelope, sequence)
        let (first, last) = (message.i32(Layout.firstDay), message.i32(Layout.lastDay))
        if let closed = closedThrough { try checkDense("day", expected: Int(closed.days) + 1, found: UInt64(first)) }
        guard last > first, message.i64(Layout.endsAt) <= message.envelope.recordedAt else { throw .timeOutOfOrder }
        guard message.firstGroup.count == accounts.count else {
            throw .numberNotDense(
                what: "account", expected: UInt64(accounts.count), found: UInt64(message.firstGroup.count))
        }
        for row in 0..<accounts.count {
            let entry = message.firstGroup.offset + row * message.firstGroup.stride
            let account = accounts[row]
            let stated = message.bytes.i64(at: entry + Layout.Accounts.balance)
            guard message.bytes.u16(at: entry + Layout.Accounts.business) == account.business,
                message.bytes.u16(at: entry + Layout.Accounts.wallet) == account.wallet,
                UInt16(message.bytes.u8(at: entry + Layout.Accounts.purpose)) == account.purpose
            else { throw .unknown(what: "account", number: UInt64(row + 1)) }
            guard stated == account.balance else {
                throw .balanceMismatch(stated: stated, computed: account.balance)
            }
        }
        periods.append(
            PeriodRow(
                sequence: sequence, endsAt: message.i64(Layout.endsAt), firstDay: first, lastDay: last,
                utcOffsetMinutes: Int32(message.i16(Layout.utcOffsetMinutes))))
    }
}
