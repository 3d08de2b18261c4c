public import TallyBytes
public import TallyModel

/// The protocol's version; it changes only when a client of the old one could misunderstand.
@inlinable public var protocolVersion: UInt16 { 1 }

/// The first message of a client.
public struct Hello: Sendable, Hashable {
    /// The protocol that the client speaks.
    public var protocolVersion: UInt16
    /// What the client calls itself, for the daemon's log.
    public var client: String

    /// A greeting of its parts.
    public init(protocolVersion: UInt16 = TallyCodec.protocolVersion, client: String) {
        (self.protocolVersion, self.client) = (protocolVersion, client)
    }

    /// Reads the message.
    ///
    /// - Throws: ``CodecError`` when the bytes are not this message.
    public init(_ bytes: RawSpan) throws(CodecError) {
        let message = try Message(bytes, shape: HelloLayout.shape)
        var cursor = 0
        protocolVersion = message.u16(HelloLayout.protocolVersion)
        client = message.string(&cursor, Int(message.u8(HelloLayout.clientLength)))
        try message.checkText(readTo: cursor)
    }

    /// Writes the message; of a longer name the first 255 bytes.
    public func encode(into writer: inout ByteWriter) {
        let client = client.cut(toBytes: Limits.nameBytesMax)
        writer.append(header: HelloLayout.shape)
        writer.append(u16: protocolVersion)
        writer.append(lengthOf: client)
        writer.append(texts: [client])
    }
}

/// The daemon's answer to a greeting: versions, limits, durability.
public struct Welcome: Sendable, Hashable {
    /// What an acknowledgement stands for.
    public enum Durability: UInt8, Sendable {
        /// In memory only; tests use it.
        case memory = 0
        /// Written and synced to the disk before the answer left.
        case synced = 1
    }

    /// The protocol that the daemon speaks.
    public var protocolVersion: UInt16
    /// What an acknowledgement stands for.
    public var durability: Durability
    /// The ledger's id, first and second half.
    public var ledgerID: (high: UInt64, low: UInt64)
    /// The last record of the log.
    public var tip: LogSequence
    /// Bytes of a frame at most.
    public var frameBytesMax: UInt32
    /// Events of a batch at most.
    public var batchEventsMax: UInt32
    /// Lines of a receipt at most.
    public var linesMax: UInt16
    /// Frames that may be sent before an answer is awaited.
    public var credit: UInt16
    /// Name and version of the daemon.
    public var server: String

    /// A welcome of its parts, with the limits of this version.
    public init(durability: Durability, ledgerID: (high: UInt64, low: UInt64), tip: LogSequence, server: String) {
        protocolVersion = TallyCodec.protocolVersion
        self.durability = durability
        self.ledgerID = ledgerID
        self.tip = tip
        frameBytesMax = UInt32(Limits.frameBytesMax)
        batchEventsMax = UInt32(Limits.batchEventsMax)
        linesMax = UInt16(Limits.linesMax)
        credit = UInt16(Limits.framesInFlightMax)
        self.server = server
    }

    /// Reads the message.
    ///
    /// - Throws: ``CodecError`` when the bytes are not this message.
    public init(_ bytes: RawSpan) throws(CodecError) {
        typealias Layout = WelcomeLayout
        let message = try Message(bytes, shape: Layout.shape)
        guard let durability = Durability(rawValue: message.u8(Layout.durability)) else {
            throw CodecError(.valueUnknown(field: "durability", value: Int64(message.u8(Layout.durability))))
        }
        var cursor = 0
        protocolVersion = message.u16(Layout.protocolVersion)
        self.durability = durability
        ledgerID = (message.u64(Layout.ledgerHigh), message.u64(Layout.ledgerLow))
        tip = LogSequence(message.u64(Layout.tip))
        frameBytesMax = message.u32(Layout.frameBytesMax)
        batchEventsMax = message.u32(Layout.batchEventsMax)
        linesMax = message.u16(Layout.linesMax)
        credit = message.u16(Layout.credit)
        server = message.string(&cursor, Int(message.u8(Layout.serverLength)))
        try message.checkText(readTo: cursor)
    }

    /// Writes the message; of a longer name the first 255 bytes.
    public func encode(into writer: inout ByteWriter) {
        let server = server.cut(toBytes: Limits.nameBytesMax)
        writer.append(header: WelcomeLayout.shape)
        writer.append(u16: protocolVersion)
        writer.append(u8: durability.rawValue)
        writer.append(lengthOf: server)
        writer.append(u64: ledgerID.high)
        writer.append(u64: ledgerID.low)
        writer.append(u64: tip.rawValue)
        writer.append(u32: frameBytesMax)
        writer.append(u32: batchEventsMax)
        writer.append(u16: linesMax)
        writer.append(u16: credit)
        writer.append(texts: [server])
    }

    /// Two welcomes are equal when every field is.
    public static func == (a: Welcome, b: Welcome) -> Bool {
        a.protocolVersion == b.protocolVersion && a.durability == b.durability && a.ledgerID == b.ledgerID
            && a.tip == b.tip
            && a.frameBytesMax == b.frameBytesMax && a.batchEventsMax == b.batchEventsMax && a.linesMax == b.linesMax
            && a.credit == b.credit && a.server == b.server
    }

    /// Hashes the fields that tell ledgers apart.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(ledgerID.high)
        hasher.combine(ledgerID.low)
        hasher.combine(tip)
    }
}

/// Asks for a source by name; the ledger numbers it at the first time.
public struct OpenSource: Sendable, Hashable {
    /// The source's name: 1 to `Limits.identifierBytesMax` bytes, for example `store-17/till-3`.
    public var name: String

    /// A request for the source called `name`.
    public init(name: String) { self.name = name }

    /// Reads the message.
    ///
    /// - Throws: ``CodecError`` when the bytes are not this message.
    public init(_ bytes: RawSpan) throws(CodecError) {
        let message = try Message(bytes, shape: OpenSourceLayout.shape)
        var cursor = 0
        name = message.string(&cursor, Int(message.u8(OpenSourceLayout.nameLength)))
        try message.checkText(readTo: cursor)
    }

    /// Writes the message.
    ///
    /// - Throws: ``TallyModel/Rejection/textMalformed`` for a name that is too long for the schema; nothing is written then.
    public func encode(into writer: inout ByteWriter) throws(Rejection) {
        guard name.utf8.count <= Int(UInt8.max) else { throw .textMalformed }
        writer.append(header: OpenSourceLayout.shape)
        writer.append(lengthOf: name)
        writer.append(texts: [name])
    }
}

/// Where a source stands.
public struct SourceOpened: Sendable, Hashable {
    /// The source's number.
    public var source: SourceNumber
    /// The last number of the source that the log holds; the next event has this number and one.
    public var lastNumber: UInt64
    /// Where that event stands in the log.
    public var lastSequence: LogSequence

    /// An answer of its parts.
    public init(source: SourceNumber, lastNumber: UInt64, lastSequence: LogSequence) {
        (self.source, self.lastNumber, self.lastSequence) = (source, lastNumber, lastSequence)
    }

    /// Reads the message.
    ///
    /// - Throws: ``CodecError`` when the bytes are not this message.
    public init(_ bytes: RawSpan) throws(CodecError) {
        let message = try Message(bytes, shape: SourceOpenedLayout.shape)
        source = SourceNumber(message.u32(SourceOpenedLayout.source))
        lastNumber = message.u64(SourceOpenedLayout.lastNumber)
        lastSequence = LogSequence(message.u64(SourceOpenedLayout.lastSequence))
    }

    /// Writes the message.
    public func encode(into writer: inout ByteWriter) {
        writer.append(header: SourceOpenedLayout.shape)
        writer.append(u32: source.rawValue)
        writer.append(u64: lastNumber)
        writer.append(u64: lastSequence.rawValue)
    }
}

/// A frame that could not be taken: what is wrong, and whether the daemon closes the connection.
public struct Refusal: Sendable, Hashable {
    /// Why a whole frame is refused.
    public enum Code: UInt16, Sendable, CaseIterable {
        /// The bytes are not a message of the schema; the connection is closed.
        case malformed = 1
        /// The frame is longer than allowed; the connection is closed.
        case frameTooLong = 2
        /// The protocol versions do not fit; the connection is closed.
        case versionUnsupported = 3
        /// The message is not expected now, for example a batch before hello; the connection is closed.
        case unexpected = 4
        /// The source was not opened in this ledger.
        case sourceUnknown = 5
        /// A batch is empty or has more events than allowed.
        case batchSize = 6
        /// Too much is under way: send again after the time given.
        case busy = 7
        /// The daemon is stopping; nothing more is taken.
        case stopping = 8
        /// The log cannot be written; nothing more is taken, questions are still answered.
        case readOnly = 9
        /// The question cannot be answered.
        case questionFailed = 10
    }

    /// Why.
    public var code: Code
    /// True when the daemon closes the connection after this.
    public var isClosing: Bool
    /// When to try again, in milliseconds; 0 when trying again does not help.
    public var retryAfterMilliseconds: UInt32
    /// What is wrong, where, and what to do.
    public var text: String

    /// A refusal of its parts; the text is cut at 1,000 bytes.
    public init(_ code: Code, isClosing: Bool, retryAfterMilliseconds: UInt32 = 0, text: String) {
        self.code = code
        self.isClosing = isClosing
        self.retryAfterMilliseconds = retryAfterMilliseconds
        self.text = text.cut(toBytes: 1000)
    }

    /// Reads the message.
    ///
    /// - Throws: ``CodecError`` when the bytes are not this message.
    public init(_ bytes: RawSpan) throws(CodecError) {
        let message = try Message(bytes, shape: RefusalLayout.shape)
        guard let code = Code(rawValue: message.u16(RefusalLayout.code)) else {
            throw CodecError(.valueUnknown(field: "code", value: Int64(message.u16(RefusalLayout.code))))
        }
        var cursor = 0
        self.code = code
        isClosing = message.u8(RefusalLayout.closing) != 0
        retryAfterMilliseconds = message.u32(RefusalLayout.retryAfterMilliseconds)
        text = message.string(&cursor, message.textLength)
    }

    /// Writes the message.
    public func encode(into writer: inout ByteWriter) {
        writer.append(header: RefusalLayout.shape)
        writer.append(u16: code.rawValue)
        writer.append(u8: isClosing ? 1 : 0)
        writer.append(u32: retryAfterMilliseconds)
        writer.append(texts: [text])
    }
}

extension String {
    /// The text itself, or as many of its first characters as `count` bytes hold: never half of one.
    func cut(toBytes count: Int) -> String {
        guard utf8.count > count else { return self }
        var end = utf8.index(startIndex, offsetBy: count)
        while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}
