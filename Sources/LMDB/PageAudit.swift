internal import Glibc

/// How much of the file an audit reads.
public enum AuditDepth: Sendable {
    /// Every page that holds keys or pointers, and the first page of every long value.
    case everything
    /// The same, except the leaves of tables with more than 64 MiB of them: what every opening can afford.
    case affordable

    /// The most leaf pages of one table that are read.
    var leafPagesMax: UInt64 { self == .everything ? .max : 16_384 }
}

/// What an audit found in a sound file.
public struct AuditReport: Sendable, Hashable {
    /// Pages that some table uses.
    public var pagesInUse: Int
    /// Pages that are listed as unused.
    public var pagesFree: Int
    /// The named tables.
    public var tableCount: Int
}

/// Walks the whole B-tree of a file with `pread` and believes nothing.
///
/// LMDB 0.9 follows every page number and every offset it reads; on a damaged file it answers with wrong records,
/// with an empty table, or with a signal. So before it is let down its tree, each page is looked at here:
///
/// 1. the page says its own number and one type, and its nodes fill exactly the space they claim;
/// 2. page numbers stay inside the file, and no page is used twice;
/// 3. keys ascend across the whole table, and the keys above a page bound those in it;
/// 4. pages, levels and entries are as many as the table's record says;
/// 5. the list of unused pages names no page in use: the next write would overwrite it.
struct PageAudit {
    let file: Int32
    let meta: MetaPage
    let depth: AuditDepth
    /// A bit for every page that has been met.
    private var met: [UInt64]
    private(set) var pagesInUse = 2

    init(file: Int32, meta: MetaPage, depth: AuditDepth) throws(LMDBError) {
        let actual = try MetaPage.fileSizeBytes(of: file)
        guard let needed = meta.fileBytesMin, needed <= actual else {
            throw .fileTooShort(expectedBytes: meta.fileBytesMin ?? .max, actualBytes: actual)
        }
        self.file = file
        self.meta = meta
        self.depth = depth
        met = [UInt64](repeating: 0, count: Int(meta.lastPage / 64) + 1)
    }

    /// Audits the state that `meta` describes.
    ///
    /// - Throws: ``LMDBError/damaged(page:what:)`` among others.
    mutating func run() throws(LMDBError) -> AuditReport {
        try meet(0)
        try meet(1)
        var main = TreeWalk(kind: .main, record: meta.mainTree, leafPagesMax: .max)
        try walk(&main)
        for record in main.namedTrees {
            var named = TreeWalk(kind: .named, record: record, leafPagesMax: depth.leafPagesMax)
            try walk(&named)
        }
        var free = TreeWalk(kind: .free, record: meta.freeTree, leafPagesMax: .max)
        try walk(&free)
        let inUse = pagesInUse
        for list in free.freeLists { try checkFreeList(list) }
        return AuditReport(
            pagesInUse: inUse, pagesFree: pagesInUse - inUse, tableCount: main.namedTrees.count)
    }

    /// Notes that a page is used.
    ///
    /// - Throws: ``LMDBError/damaged(page:what:)`` when it is outside the file or was met before.
    mutating func meet(_ page: UInt64, count: UInt64 = 1) throws(LMDBError) {
        guard page <= meta.lastPage, count > 0, count - 1 <= meta.lastPage - page else {
            throw .damaged(page: page, what: "it lies outside the file, whose last page is \(meta.lastPage)")
        }
        for number in page..<page + count {
            let (word, bit) = (Int(number / 64), UInt64(1) << (number % 64))
            guard met[word] & bit == 0 else { throw .damaged(page: number, what: "it is used twice") }
            met[word] |= bit
        }
        pagesInUse += page < 2 ? 0 : Int(count)
    }

    /// Reads one page.
    func read(_ page: UInt64, byteCount: Int? = nil) throws(LMDBError) -> [UInt8] {
        try readExactly(byteCount ?? meta.pageSizeBytes, at: Int(page) * meta.pageSizeBytes, from: file)
    }

    private mutating func checkFreeList(_ list: FreeList) throws(LMDBError) {
        for page in list.pages {
            guard page >= 2 else { throw .damaged(page: list.foundOn, what: "it lists a meta page as unused") }
            try meet(page)
        }
    }
}

/// Pages that one transaction set free.
struct FreeList {
    /// The leaf page that holds the list, for messages.
    let foundOn: UInt64
    let pages: [UInt64]
}
