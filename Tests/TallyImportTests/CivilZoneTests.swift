import TallyImport
import TallyModel
import Testing

struct CivilZoneTests {
    @Test(arguments: [
        ("UTC", "2017-07-01T00:00:00", 0), ("+03:00", "2017-07-01T00:00:00", 180),
        ("-05:30", "2017-07-01T00:00:00", -330),
        ("Europe/Moscow", "2017-07-01T00:00:00", 180), ("America/New_York", "2017-01-01T06:53:26", -300),
        ("America/New_York", "2017-07-01T06:53:26", -240),
        // 2017-03-12: the clock jumps from 2:00 to 3:00. A time in the gap has the offset before it.
        ("America/New_York", "2017-03-12T01:59:59", -300), ("America/New_York", "2017-03-12T02:30:00", -300),
        ("America/New_York", "2017-03-12T03:00:00", -240),
        // 2017-11-05: the hour from 1:00 to 2:00 comes twice. It is read as the first of the two.
        ("America/New_York", "2017-11-05T00:59:59", -240), ("America/New_York", "2017-11-05T01:30:00", -240),
        ("America/New_York", "2017-11-05T02:00:00", -300),
        // East of Greenwich the same rules hold.
        ("Europe/London", "2017-03-26T01:30:00", 0), ("Europe/London", "2017-10-29T01:30:00", 60),
        ("Asia/Kolkata", "2017-07-01T12:00:00", 330),
    ])
    func `a civil time has the offset of its clock`(_ zone: String, _ civil: String, _ minutes: Int) throws {
        let seconds = try #require(Instant.parse(civil + "Z")).instant.microseconds / 1_000_000
        #expect(try #require(CivilZone(text: zone)).utcOffsetMinutes(atCivil: seconds) == Int16(minutes))
    }

    @Test(arguments: ["Mars/Olympus", "EST5", "+3", "", "+25:00"]) func `what is no zone is refused`(_ text: String) {
        #expect(CivilZone(text: text) == nil)
    }

    @Test func `a zone keeps its name and an offset has none`() {
        #expect(CivilZone(text: "Europe/Moscow")?.name == "Europe/Moscow")
        #expect(CivilZone(text: "+03:00")?.name == "")
    }
}
