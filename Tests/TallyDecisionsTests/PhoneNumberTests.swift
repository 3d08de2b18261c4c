import TallyDecisions
import TallyModel
import Testing

/// > Source: Checklist S0-08, "no physical card; registration by phone number": "E.164 normalisation, hash index, uniqueness
/// > per program".
@Suite("Phone numbers")
struct PhoneNumberTests {
    @Test(arguments: [
        ("+7 903 123-45-67", "79031234567"),
        ("8 (903) 123 45 67", "79031234567"),
        ("7 903 123 45 67", "79031234567"),
        ("007.903.123.45.67", "79031234567"),
        ("0049 30 1234567", "49301234567"),
        ("+49/30/1234567", "49301234567"),
        ("+1 (212) 555-0100", "12125550100"),
        ("+8 903 123 45 67", "89031234567"),
        (" +12345678 ", "12345678"),
        ("+123456789012345", "123456789012345"),
    ])
    func `a number typed by a person has one international form`(typed: String, international: String) {
        #expect(Self.digits(typed) == international)
    }

    @Test(arguments: [
        "", "+", "903 123 45 67", "+1234567", "+1234567890123456", "+0 903 123 45 67", "000 903 123 45 67",
        "++79031234567",
        "7+9031234567", "+7 903 123-45-6x", "9 903 123 45 67", "＋79031234567", "+٧٩٠٣١٢٣٤٥٦٧", "79031234567\u{0}",
    ])
    func `what is no international number is none`(typed: String) { #expect(Self.digits(typed) == nil) }

    @Test func `however it is typed, a phone belongs to one member`() {
        let desk = DecisionDesk.withProgramme()
        let registered = desk.send(SoundCommands.registration { $0.phone = "+7 903 123-45-67" })
        #expect(registered.member == 3)
        let again = desk.send(.registerMember(Registration(phone: "8 (903) 123 45 67")))
        #expect(again.rejection == .identifierTaken)
        let found = desk.send(SoundCommands.purchase { $0.member = .phone("007903.123.45.67") })
        #expect(found.member == 3)
    }

    @Test func `a member may have several phones and cards, and is found by each`() {
        let desk = DecisionDesk.withProgramme()
        desk.send(SoundCommands.link())
        desk.send(SoundCommands.link { ($0.phone, $0.card) = ("+7 903 333-33-33", "card-10") })
        let references: [MemberReference] = [
            .phone("8 903 222 22 22"), .phone("+79033333333"), .card("card-9"), .card("card-10"), .external("anna"),
            .number(MemberNumber(1)),
        ]
        for reference in references {
            #expect(desk.send(SoundCommands.purchase { $0.member = reference }).member == 1, "\(reference)")
        }
    }

    private static func digits(_ typed: String) -> String? {
        let bytes = Array(typed.utf8)
        return unsafe PhoneNumber(bytes.span.bytes).map { String(decoding: $0.digits, as: UTF8.self) }
    }
}
