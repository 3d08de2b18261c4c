import TallyBytes
import TallyCodec
import TallyJSON
import TallyModel
import Testing

/// A connection has one current source, and only the answer to `open` names it.
struct OpenAnswerTests {
    private static func bytes(_ encode: (inout ByteWriter) -> Void) -> ByteWriter {
        var writer = ByteWriter()
        encode(&writer)
        return writer
    }

    private static func opened(_ number: UInt32) -> ByteWriter {
        bytes { SourceOpened(source: SourceNumber(number), lastNumber: 0, lastSequence: .none).encode(into: &$0) }
    }

    private static func refusal() -> ByteWriter {
        bytes { Refusal(.questionFailed, isClosing: false, text: "no such member").encode(into: &$0) }
    }

    private static let event = #"{"number":1,"register_member":{"external":"900"}}"#

    private static func sessionThatOpens() -> JSONSession {
        var session = JSONSession()
        _ = session.frame(forLine: #"{"ask":"kpi"}"#)
        _ = session.frame(forLine: #"{"open":"till-3"}"#)
        return session
    }

    @Test func `a refusal of an earlier question does not end the wait for the source`() throws {
        var session = Self.sessionThatOpens()
        _ = session.lines(forAnswer: Self.refusal().bytes)
        #expect(session.isOpening)
        _ = session.lines(forAnswer: Self.opened(7).bytes, isForOpen: true)
        #expect(!session.isOpening)
        #expect(try commands(of: session.frame(forLine: Self.event)).source == 7)
    }

    @Test func `an answer that overtakes the one before it still names the source`() throws {
        var session = Self.sessionThatOpens()
        _ = session.lines(forAnswer: Self.opened(7).bytes, isForOpen: true)
        _ = session.lines(forAnswer: Self.refusal().bytes)
        #expect(try commands(of: session.frame(forLine: Self.event)).source == 7)
    }

    @Test func `a refused source leaves the one before it`() throws {
        var session = Self.sessionThatOpens()
        _ = session.lines(forAnswer: Self.opened(7).bytes, isForOpen: true)
        _ = session.frame(forLine: #"{"open":"till-4"}"#)
        _ = session.lines(forAnswer: Self.refusal().bytes, isForOpen: true)
        #expect(!session.isOpening)
        #expect(try commands(of: session.frame(forLine: Self.event)).source == 7)
    }
}
