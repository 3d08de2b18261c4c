import TallyModel
import Testing

@Suite("As of")
struct AsOfTests {
    @Test func `a day is read as a day`() {
        #expect(AsOf(text: "2018-01-01") == AsOf(day: CivilDay(days: 17_532)))
    }

    @Test func `a place in the log is read as a place`() {
        #expect(AsOf(text: "@8123") == AsOf(sequence: LogSequence(8123)))
        #expect(AsOf(text: "@18446744073709551615") == AsOf(sequence: LogSequence(.max)))
    }

    @Test func `now has no bounds`() {
        #expect(AsOf.now == AsOf(sequence: nil, day: nil))
    }

    /// `@0` is not "before everything": sequence 0 stands for "no bound" in the question's bytes.
    @Test(arguments: ["", "@", "@0", "@+5", "@-1", "@ 1", "@1.5", "@18446744073709551616", "8123", "now", "2018-02-30"])
    func `anything else is nil`(text: String) {
        #expect(AsOf(text: text) == nil)
    }
}
