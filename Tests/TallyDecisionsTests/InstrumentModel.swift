import TallyModel

/// What instruments do, once more and slowly: all accepted steps in a list, and every answer counted from the list.
///
/// It knows nothing of rows, indexes or records.
struct InstrumentModel {
    /// What the definition says.
    struct Limits {
        var isMoney = false
        var usesPerCode = 0
        var usesBudget = 0
        var memberLimit = 0
        var amountBudget: Int64 = 0
    }

    /// A step that was accepted.
    struct Step {
        var action: InstrumentAction
        var instrument: String
        var serial: UInt32
        var member: Int
        var amount: Int64
        /// Its place in the log.
        var id: UInt64
        /// The reservation that it ends or the redemption that it gives back; 0 for none.
        var of: UInt64
    }

    /// Forgets what is reserved: the fault with which the comparison must be found out.
    var ignoresReservations = false
    var limits: [String: Limits] = [:]
    var faceValue: [UInt32: Int64] = [:]
    private(set) var steps: [Step] = []

    mutating func note(_ step: Step) { steps.append(step) }

    /// Reservations that have not ended.
    var open: [Step] {
        let ended = Set(steps.filter { $0.action == .redeem || $0.action == .release }.map(\.of))
        return steps.filter { $0.action == .reserve && !ended.contains($0.id) }
    }

    private var held: [Step] { ignoresReservations ? [] : open }

    /// Redemptions of which nothing was given back; those given back in part count as not used.
    private var uses: [Step] {
        let back = Set(steps.filter { $0.action == .restore }.map(\.of))
        return steps.filter { $0.action == .redeem && !back.contains($0.id) }
    }

    func isCancelled(_ instrument: String, _ serial: UInt32) -> Bool {
        steps.contains { $0.action == .cancel && $0.instrument == instrument && $0.serial == serial }
    }

    /// What is on a card, with what is reserved.
    func money(_ serial: UInt32) -> Int64 {
        isCancelled("card", serial)
            ? 0
            : steps.filter { $0.serial == serial && $0.instrument == "card" }.reduce(faceValue[serial, default: 0]) {
                sum, step in
                switch step.action {
                case .redeem: sum - step.amount
                case .restore, .charge: sum + step.amount
                default: sum
                }
            }
    }

    /// What is reserved of a card.
    func reserved(_ serial: UInt32) -> Int64 {
        held.filter { $0.serial == serial && $0.instrument == "card" }.reduce(0) { $0 + $1.amount }
    }

    /// How often an instrument was used and not given back.
    func uses(of instrument: String) -> Int { uses.count { $0.instrument == instrument } }

    /// True when a step is to be accepted.
    func accepts(_ step: Step) -> Bool {
        let limit = limits[step.instrument, default: Limits()]
        let isOpen = open.contains { $0.id == step.of && $0.serial == step.serial && $0.instrument == step.instrument }
        switch step.action {
        case .release: return isOpen
        case .redeem where step.of != 0:
            return isOpen && (open.first { $0.id == step.of }.map { step.amount <= $0.amount } ?? false)
        case .reserve, .redeem: return !isCancelled(step.instrument, step.serial) && hasRoom(for: step, limit)
        case .restore:
            guard let used = steps.first(where: { $0.id == step.of && $0.action == .redeem }),
                !isCancelled(step.instrument, step.serial)
            else { return false }
            let back = steps.filter { $0.action == .restore && $0.of == step.of }
            return limit.isMoney
                ? step.amount <= used.amount - back.reduce(0) { $0 + $1.amount }
                : back.isEmpty && step.amount == used.amount
        case .cancel:
            let isFree = open.allSatisfy { $0.serial != step.serial || $0.instrument != step.instrument }
            let made = uses.count { $0.serial == step.serial && $0.instrument == step.instrument }
            return !isCancelled(step.instrument, step.serial) && isFree
                && (limit.usesPerCode == 0 || made < limit.usesPerCode)
        case .charge: return limit.isMoney && !isCancelled(step.instrument, step.serial)
        }
    }

    private func hasRoom(for step: Step, _ limit: Limits) -> Bool {
        if limit.isMoney { return step.amount <= money(step.serial) - reserved(step.serial) }
        let all = (uses + held).filter { $0.instrument == step.instrument }
        let ofCode = all.count { $0.serial == step.serial }
        let ofMember = all.count { $0.member == step.member }
        let amount = all.reduce(step.amount) { $0 + $1.amount }
        return (limit.usesPerCode == 0 || ofCode < limit.usesPerCode)
            && (limit.usesBudget == 0 || all.count < limit.usesBudget)
            && (limit.memberLimit == 0 || ofMember < limit.memberLimit)
            && (limit.amountBudget == 0 || amount <= limit.amountBudget)
    }
}
