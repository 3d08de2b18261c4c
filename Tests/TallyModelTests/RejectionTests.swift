import TallyModel
import Testing

@Suite("Rejection")
struct RejectionTests {
    @Test func `codes are unique and in order of precedence`() {
        let codes = Rejection.allCases.map(\.rawValue)
        #expect(codes == codes.sorted())
        #expect(Set(codes).count == codes.count)
    }

    @Test func `no code is zero, which stands for accepted`() {
        #expect(Rejection(rawValue: 0) == nil)
        #expect(Outcome(status: .recorded).rejection == nil)
    }

    /// The numbers that clients have seen.
    ///
    /// A number may be added, never changed or used again.
    @Test func `published codes keep their numbers`() {
        let published: [Rejection: UInt16] = [
            .numberTooHigh: 1, .numberReused: 2, .unavailable: 3, .commandUnknown: 10, .commandTooLong: 11,
            .textMalformed: 12, .businessUnknown: 20, .storeUnknown: 21, .walletUnknown: 22, .memberUnknown: 23,
            .phoneMalformed: 24, .identifierTaken: 25, .identifierMissing: 26, .timeOutOfRange: 30, .linesMissing: 31,
            .linesTooMany: 32, .quantityNegative: 33, .amountNegative: 34, .amountTooLarge: 35, .totalMismatch: 36,
            .purchaseUnknown: 40, .purchaseExpected: 41, .purchaseOfAnotherMember: 42, .purchaseLineUnknown: 43,
            .returnExceedsPurchase: 44, .rateMalformed: 50, .currencyMalformed: 51, .scaleTooLarge: 52,
            .definitionFixed: 53, .sumTooLarge: 60, .capacityReached: 61,
        ]
        for (rejection, code) in published { #expect(rejection.rawValue == code, "\(rejection)") }
    }

    @Test(arguments: Rejection.allCases)
    func `the advice is one sentence`(rejection: Rejection) {
        #expect(rejection.advice.count > 20)
        #expect(rejection.advice.first?.isUppercase == true)
        #expect(rejection.advice.hasSuffix("."))
        #expect(!rejection.advice.contains("\n"))
    }

    @Test func `only refusals that leave the number free are not recorded`() {
        #expect(Rejection.allCases.filter { !$0.isRecorded } == [.numberTooHigh, .numberReused, .unavailable])
    }

    @Test func `an outcome names its rejection`() {
        #expect(Outcome(status: .rejected, code: 36).rejection == .totalMismatch)
        #expect(Outcome(status: .rejected, code: 9_999).rejection == nil)
    }
}
