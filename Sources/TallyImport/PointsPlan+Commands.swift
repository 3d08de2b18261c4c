public import TallyModel

extension PointsPlan {
    /// How a plan is written into the ledger.
    public struct Booking: Sendable {
        /// The number under which everything is known that the plan gives; not 0.
        public var manifest: UInt64
        /// Opening points or presents.
        public var kind: Adjustment.Kind
        /// True when the members of the file are registered and get their names.
        public var registers: Bool
        /// The day on which the points are taken over or given; without another day they can be spent from it on.
        public var bookedOn: CivilDay
        /// The first moment of that day.
        public var occurredAt: Instant
        /// The clock by which days begin and end: minutes east of UTC.
        public var utcOffsetMinutes: Int16
        /// Why, in words.
        public var reason: String
        /// What tells this file and mapping from all others; stands in every lot's record.
        public var fingerprint: String

        /// A booking of a mapping.
        ///
        /// - Parameters:
        ///   - mapping: What the columns of the file mean.
        ///   - manifest: The number under which everything is known that the plan gives.
        ///   - fingerprint: What tells this file and mapping from all others; short.
        public init(_ mapping: PointsMapping, manifest: UInt64, fingerprint: String) {
            self.manifest = manifest
            (kind, registers) = mapping.isAccrual ? (.award, false) : (.opening, true)
            bookedOn = mapping.bookedOn
            let second = Int64(mapping.bookedOn.days) * 86_400 - Int64(mapping.utcOffsetMinutes) * 60
            occurredAt = Instant(microseconds: second * 1_000_000)
            utcOffsetMinutes = mapping.utcOffsetMinutes
            (reason, self.fingerprint) = (mapping.reason, fingerprint)
        }
    }

    /// One event of a plan.
    public struct Event: Sendable, Hashable {
        /// What happens.
        public enum Step: Sendable, Hashable {
            /// The member is registered under the first name.
            case register
            /// The member gets another name.
            case link(MemberKey)
            /// The member gets the lot of that place.
            case give(lot: Int)
        }

        /// The place of the member in the plan.
        public var member: Int
        /// What happens.
        public var step: Step

        /// An event of its parts.
        public init(member: Int, step: Step) { (self.member, self.step) = (member, step) }
    }

    /// The events in the order of their numbers, which begin at 1.
    public func events(_ booking: Booking) -> [Event] {
        var events: [Event] = []
        for (place, member) in members.enumerated() {
            if booking.registers {
                events.append(Event(member: place, step: .register))
                for key in member.keys.dropFirst() where key.kind != .external {
                    events.append(Event(member: place, step: .link(key)))
                }
            }
            events += member.lots.indices.map { Event(member: place, step: .give(lot: $0)) }
        }
        return events
    }

    /// What is sent for an event; the same bytes each time.
    public func command(of event: Event, _ booking: Booking) -> Command {
        let member = members[event.member]
        switch event.step {
        case .register: return .registerMember(member.registration)
        case .link(let key):
            return .linkIdentifier(
                IdentifierLink(
                    member: member.keys[0].reference, phone: key.kind == .phone ? key.text : "",
                    card: key.kind == .card ? key.text : ""))
        case .give(let place):
            let lot = member.lots[place]
            return .adjust(
                Adjustment(
                    member: member.keys[0].reference, wallet: lot.wallet, business: lot.business, kind: booking.kind,
                    points: Points(minor: lot.points), occurredAt: booking.occurredAt,
                    utcOffsetMinutes: booking.utcOffsetMinutes, beginsOn: lot.earnedOn ?? booking.bookedOn,
                    endsOn: lot.endsOn,
                    reason: "\(booking.reason) [\(booking.fingerprint), line \(lot.line)]",
                    manifest: LogSequence(booking.manifest)))
        }
    }
}

extension PointsPlan.Member {
    /// The first name, and the external id, which can be given at no other time.
    fileprivate var registration: Registration {
        let first = keys[0]
        return Registration(
            externalID: keys.first { $0.kind == .external }?.text ?? "",
            phone: first.kind == .phone ? first.text : "", card: first.kind == .card ? first.text : "")
    }
}
