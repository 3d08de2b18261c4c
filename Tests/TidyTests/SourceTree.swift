import Foundation

/// One file of the package as text.
struct SourceFile: Sendable {
    /// Its path below the root, for example `Sources/TallyModel/Rate.swift`.
    let path: String
    /// Everything in it.
    let text: String
    /// Its lines without comments and without the text of strings, numbered from 1: what the compiler sees.
    let code: [(number: Int, line: String)]

    init(path: String, text: String) {
        (self.path, self.text) = (path, text)
        code = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line in
            (index + 1, SourceFile.withoutWords(line))
        }
    }

    /// The target it belongs to, for example `TallyModel`.
    var room: String { String(path.split(separator: "/")[1]) }

    /// True for what a program wrote.
    var isGenerated: Bool { path.hasSuffix(".generated.swift") }

    /// The modules that it imports.
    var imports: [String] {
        code.filter { $0.line.contains("import ") }.compactMap { _, line in
            line.firstMatch(of: #/^(?:\w+ )?import (?:\w+ )?(\w+)/#).map { String($0.output.1) }
        }
    }

    private static func withoutWords(_ line: Substring) -> String {
        var code: [UInt8] = []
        var isText = false
        var before: UInt8 = 0
        for byte in line.utf8 {
            if byte == UInt8(ascii: "\""), before != UInt8(ascii: "\\") { isText.toggle() }
            if byte == UInt8(ascii: "/"), before == byte, !isText {
                return String(decoding: code.dropLast(), as: UTF8.self)
            }
            if !isText { code.append(byte) }
            before = byte
        }
        return String(decoding: code, as: UTF8.self)
    }
}

/// The files of the package, read once.
enum SourceTree {
    /// The package's folder, also when the tests are built through a link to it.
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// All Swift files that people wrote or generated for the package.
    static let swift: [SourceFile] = files(under: ["Sources", "Tests", "Benchmarks"], endings: ["swift"])

    /// The Swift files of the rooms, without tests and benchmarks.
    static let rooms: [SourceFile] = swift.filter { $0.path.hasPrefix("Sources/") }

    /// Everything that people read: code, pages, scripts.
    static let readable: [SourceFile] = files(
        under: ["Sources", "Tests", "Benchmarks", "deploy"],
        endings: ["swift", "md", "c", "h", "py", "sh", "xml", "yaml", "yml", "service", "modulemap"])

    private static func files(under folders: [String], endings: Set<String>) -> [SourceFile] {
        folders.flatMap { folder -> [SourceFile] in
            let paths = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
            return (paths?.compactMap { $0 as? String } ?? []).sorted().compactMap { below in
                let path = "\(folder)/\(below)"
                let url = URL(filePath: path, relativeTo: root)
                guard !path.contains("/."), endings.contains(url.pathExtension),
                    let text = try? String(contentsOf: url, encoding: .utf8)
                else { return nil }
                return SourceFile(path: path, text: text)
            }
        }
    }
}
