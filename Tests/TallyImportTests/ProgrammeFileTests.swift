import Foundation
import TallyImport
import TallyModel
import Testing

struct ProgrammeFileTests {
    @Test func `the shipped example is five percent half even since ever`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = root.appending(path: "deploy/examples/programmes/cashback-5.yaml")
        let file = try ProgrammeFile(yaml: String(contentsOf: path, encoding: .utf8))
        #expect(file.name == "cashback-5")
        #expect(file.onlyBusiness == "shop")
        #expect(
            file.commands == [
                .defineBusiness(BusinessDefinition(id: "shop", name: "Shop", currency: "USD", scale: 2)),
                .defineWallet(WalletDefinition(id: "points", name: "Points", scale: 2)),
                .defineAccrual(
                    AccrualDefinition(
                        id: "base", wallet: "points", business: "shop", effectiveFrom: .distantPast,
                        rate: Rate(numerator: 5, denominator: 100), rounding: .halfEven)),
            ])
    }

    @Test(arguments: [
        ("5/100", 5, 100), ("5 %", 5, 100), ("5%", 5, 100), ("2.5 %", 25, 1000), ("0 %", 0, 100), ("100 %", 100, 100),
        ("1/3", 1, 3),
    ])
    func `a rate is a fraction or a percentage`(_ text: String, _ numerator: UInt32, _ denominator: UInt32) throws {
        let yaml = "programme: p\nbusinesses: []\nwallets: []\naccruals: [{id: a, wallet: w, rate: \(text)}]\n"
        #expect(try ProgrammeFile(yaml: yaml).accruals[0].rate == Rate(numerator: numerator, denominator: denominator))
    }

    @Test func `ids that look like numbers are text, and stores belong to the only business`() throws {
        let yaml =
            "programme: p\nbusinesses: [{id: 7, currency: RUB}]\nstores: [{id: 330, zone: Europe/Moscow}]\nwallets: []\n"
        let file = try ProgrammeFile(yaml: yaml)
        #expect(file.businesses == [BusinessDefinition(id: "7", name: "7", currency: "RUB", scale: 2)])
        #expect(file.stores == [StoreDefinition(id: "330", business: "7", zone: "Europe/Moscow")])
    }

    static let faults: [(String, String)] = [
        ("", "1:1: the file is empty; expected a programme"),
        (
            "programme: p\nbusinesses: [{id: a, currencey: RUB}]\nwallets: []\n",
            "2:22: businesses[0].currencey: unknown key; did you mean currency?"
        ),
        ("programme: p\nbusiness: []\n", "2:1: business: unknown key; did you mean businesses?"),
        (
            "businesses: []\nwallets: []\n",
            "1:1: programme: is missing; expected the programme's name, for example \"cashback\""
        ),
        (
            "programme: p\nbusinesses: [{id: a, currency: RUB, scale: two}]\nwallets: []\n",
            "2:44: businesses[0].scale: found two, expected the decimals of the currency's minor unit, 0 to 6"
        ),
        (
            "programme: p\nbusinesses: []\nwallets: []\naccruals:\n  - id: a\n    wallet: w\n    rate: 0.05\n",
            "7:11: accruals[0].rate: found 0.05, expected a fraction between 0 and 1 such as \"5/100\" or \"5 %\""
        ),
        (
            "programme: p\nbusinesses: []\nwallets: []\naccruals: [{id: a, wallet: w, rate: 5 %, rounding: half_evn}]\n",
            "4:52: accruals[0].rounding: found half_evn, expected one of floor, half_up, half_even, ceiling; did you mean half_even?"
        ),
        (
            "programme: p\nbusinesses: []\nwallets: []\naccruals: [{id: a, wallet: w, rate: 5 %, effective_from: 2017-01-01}]\n",
            "4:58: accruals[0].effective_from: found 2017-01-01, expected a moment with its offset, for example \"2017-01-01T00:00:00+03:00\""
        ),
        (
            "programme: p\nbusinesses: 5\nwallets: []\n",
            "2:13: businesses: found 5, expected a list of objects with id, name, currency, scale"
        ),
        ("programme: p\nbusinesses: [\n", "3:1: the file is not YAML: did not find expected node content"),
    ]

    @Test(arguments: faults) func `a fault names line, column, key and what is expected`(
        _ yaml: String, _ message: String
    ) {
        let error = #expect(throws: ProgrammeFault.self) { try ProgrammeFile(yaml: yaml) }
        #expect(error?.description == message)
    }
}
