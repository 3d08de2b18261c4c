import TallyJSON
public import TallyModel

/// Gift cards, certificates, coupons and promo codes as people write them, in YAML.
///
/// ```yaml
/// family: spring
/// instruments:
///   - {id: gift, name: Gift card, kind: gift_card, business: grocery, wallet: money}
///   - {id: flyer, kind: promo_code, codes: generic, code: SPRING25, business: grocery, uses_budget: 1000, uses_per_member: 1}
/// ```
public struct InstrumentsFile: Sendable, Hashable {
    /// The name of the family; it names the source of the definitions.
    public var family: String
    /// The instruments in the order of the file.
    public var instruments: [InstrumentDefinition]

    /// Reads a file.
    ///
    /// - Parameter yaml: The text of the file.
    /// - Throws: ``ProgrammeFault`` with the line and the column of the first value that is missing or wrong.
    public init(yaml: String) throws(ProgrammeFault) {
        let document = try YAMLDocument.read(yaml)
        do throws(DocumentFault) {
            let file = try Fields(document, path: "", keys: ["family", "instruments"])
            family = try file.text("family", "the name of the family, for example \"spring\"")
            instruments = []
            for fields in try file.objects("instruments", keys: InstrumentDefinition.documentKeys, isRequired: true) {
                instruments.append(try InstrumentDefinition(fields))
            }
        } catch {
            throw ProgrammeFault(error)
        }
    }

    /// The definitions as events.
    public var commands: [Command] { instruments.map(Command.defineInstrument) }
}
