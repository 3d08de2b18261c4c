import TallyBytes
import TallyCodec
import TallyImport
import TallyModel

/// A file of receipts in memory, read in pieces of a chosen size.
struct ReceiptsFile {
    static let header = "receipt_id,member_id,store_id,timestamp,sku,category,qty,unit_price,line_total\n"

    var bytes: [UInt8]
    var chunkBytes = 1 << 20
    var zone = CivilZone.utc
    var skipsBadReceipts = false

    init(_ text: String) { bytes = Array(text.utf8) }
    init(bytes: [UInt8]) { self.bytes = bytes }

    /// What an import of the whole file brings.
    struct Result {
        var events: [UInt8] = []
        var count = 0
        var skipped: [SkippedReceipt] = []
        var fault: ImportFault?
    }

    /// Imports the file in batches.
    func result(batchEvents: Int = 100, skip: UInt64 = 0) -> Result {
        let cell = Cursor()
        let options = ImportOptions(business: "shop", zone: zone, skipsBadReceipts: skipsBadReceipts)
        var csv = ReceiptsCSV(options: options) { [bytes, chunkBytes] buffer in
            let end = min(bytes.count, cell.offset + chunkBytes)
            buffer += bytes[cell.offset..<end]
            cell.offset = end
        }
        csv.eventsToSkip = skip
        var result = Result()
        var writer = ByteWriter()
        while !csv.isFinished {
            writer.removeAll()
            do {
                result.count += try csv.appendEvents(to: &writer, countMax: batchEvents, bytesMax: 1 << 22)
            } catch {
                result.fault = error
                break
            }
            unsafe writer.bytes.withUnsafeBytes { unsafe result.events.append(contentsOf: $0) }
            result.skipped += csv.takeSkipped()
        }
        return result
    }

    private final class Cursor { var offset = 0 }

    /// The events as the plain twin writes them.
    func plainEvents() throws -> [UInt8] {
        var writer = ByteWriter()
        let twin = PlainReceipts(business: "shop", zone: zone)
        for command in twin.commands(of: String(decoding: bytes, as: UTF8.self)) { try writer.appendEvent(command) }
        return unsafe writer.bytes.withUnsafeBytes { unsafe Array($0) }
    }
}
