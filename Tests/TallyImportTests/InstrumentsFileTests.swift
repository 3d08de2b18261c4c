import Foundation
import TallyImport
import TallyModel
import Testing

/// Files of instruments as people write them.
struct InstrumentsFileTests {
    @Test func `the example is a family of every kind`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = root.appending(path: "deploy/examples/instruments/spring.yaml")
        let file = try InstrumentsFile(yaml: String(contentsOf: path, encoding: .utf8))
        #expect(file.family == "spring")
        #expect(file.instruments.map(\.kind) == InstrumentKind.allCases)
        #expect(file.instruments[0].faceValue == Points(minor: 50_000) && file.instruments[0].name == "Gift card")
        #expect(file.instruments[2].onReturn == .keep && file.instruments[2].usesPerCode == 1)
        #expect(file.instruments[3].code == "SPRING25" && file.instruments[3].codes == .generic)
        #expect(file.instruments[3].validThrough == CivilDay(text: "2026-03-31"))
        #expect(file.commands == file.instruments.map { .defineInstrument($0) })
    }

    /// A row: a file that cannot be used, and what the answer names.
    private static let faults = [
        ("instruments: []", "family"), ("family: spring", "instruments"),
        ("family: spring\ninstruments:\n  - {id: a, kind: card, business: b}", "instruments[0].kind"),
        ("family: spring\ninstruments:\n  - {id: a, kind: coupon, business: b, use_budget: 3}", "uses_budget"),
        ("family: spring\ninstruments:\n  - {id: a, kind: coupon, business: b, uses_budget: 1.5}", "uses_budget"),
    ]

    @Test(arguments: faults)
    func `a file that cannot be used names the key`(yaml: String, key: String) {
        let fault = #expect(throws: ProgrammeFault.self) { try InstrumentsFile(yaml: yaml) }
        #expect(fault.map { "\($0)".contains(key) } == true, "\(String(describing: fault))")
    }
}
