import TallyCodec
import Testing

@Suite("Codec error")
struct CodecErrorTests {
    /// A row: fault, sentence.
    @Test(
        arguments: [
            (.tooShort(needed: 8, found: 3), "byte 5: the message is cut: 8 bytes are needed, 3 are there"),
            (.trailingBytes(2), "byte 5: 2 bytes follow the end of the message"),
            (.foreignSchema(9), "byte 5: schema 9 is not Tallystick's schema 7177"),
            (.unexpectedTemplate(99), "byte 5: message 99 is not expected here"),
            (
                .blockTooShort(needed: 8, found: 3),
                "byte 5: the block has 3 bytes, 8 are needed; version 2 of the schema is the oldest that is read"
            ),
            (
                .entryTooShort(group: 1, needed: 8, found: 3),
                "byte 5: the entries of group 1 have 3 bytes, 8 are needed"
            ),
            (.textLengthMismatch(needed: 8, found: 3), "byte 5: the strings need 8 bytes of text, 3 are there"),
            (.valueUnknown(field: "channel", value: 9), "byte 5: channel has no value 9"),
            (.frameTooLong(bytes: 9, max: 8), "byte 5: the frame has 9 bytes, 8 are allowed"),
            (.countMismatch(said: 2, found: 1), "byte 5: the batch says 2 events and holds 1"),
        ] as [(CodecError.Fault, String)])
    func `an error says what is wrong and where`(fault: CodecError.Fault, sentence: String) {
        #expect(CodecError(fault, at: 5).description == sentence)
    }
}
