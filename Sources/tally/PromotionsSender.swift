import ArgumentParser
import TallyBytes
import TallyClient
import TallyCodec
import TallyJSON
import TallyModel

/// Sends documents and changes of promotions.
struct PromotionsSender {
    private let client: Client

    /// Connects to the daemon.
    init(_ daemon: DaemonOptions) async throws { client = try await daemon.connect() }

    /// Reads a moment.
    static func moment(_ text: String) throws -> Instant {
        guard let moment = Instant.parse(text) else {
            throw ValidationError("Write a moment such as 2027-03-01T00:00:00+03:00.")
        }
        return moment.instant
    }

    /// The digest of a document.
    static func digest(_ bytes: [UInt8]) -> DocumentDigest {
        var writer = ByteWriter(capacity: bytes.count)
        for byte in bytes { writer.append(u8: byte) }
        return DocumentDigest(SHA256.digest(of: writer.bytes))
    }

    /// Sends one event.
    ///
    /// - Throws: ``Failure`` when it is not accepted.
    func send(_ command: Command) async throws -> Outcome {
        let outcome = try await outcome(of: command)
        guard let rejection = outcome.rejection else { return outcome }
        let place = outcome.line > 0 ? " (number \(outcome.line))" : ""
        throw Failure(.partlyRejected, "nothing has changed\(place): \(rejection.advice)")
    }

    private func outcome(of command: Command) async throws -> Outcome {
        let opened = try await client.openSource("promotions")
        var batch = BatchWriter(source: opened.source, firstNumber: opened.lastNumber + 1)
        do throws(Rejection) { try batch.append(command) } catch { throw Failure(.usage, error.advice) }
        guard let outcome = try await client.send(batch).outcomes.first,
            outcome.status == .recorded || outcome.rejection != nil
        else { throw Failure(.temporary, "the daemon took no events: run the command again") }
        return outcome
    }

    /// Lets the log keep a document, part by part; one that it has already is not sent again.
    ///
    /// Whoever was interrupted goes on where the log says that it stands.
    func keep(_ bytes: [UInt8]) async throws {
        let size = Limits.documentPartBytesMax
        let parts = (bytes.count + size - 1) / size
        guard (1...Int(Limits.documentPartsMax)).contains(parts) else {
            throw Failure(.usage, "a document of \(bytes.count) bytes is empty or too long")
        }
        let digest = PromotionsSender.digest(bytes)
        var part = 1
        while part <= parts {
            let range = (part - 1) * size..<min(part * size, bytes.count)
            let outcome = try await outcome(
                of: .keepDocument(
                    DocumentPart(
                        digest: digest, part: UInt16(part), parts: UInt16(parts), bytes: Array(bytes[range]))))
            guard let rejection = outcome.rejection else {
                part += 1
                continue
            }
            guard rejection == .documentMalformed, Int(outcome.line) > part else {
                throw Failure(.partlyRejected, "the log keeps no such document: \(rejection.advice)")
            }
            part = Int(outcome.line)
        }
    }

    /// Says what became of a change.
    func say(_ outcome: Outcome, _ text: String) {
        var output = Output()
        output.line("revision \(outcome.balance), record \(outcome.sequence): \(text)")
        output.flush()
    }
}
