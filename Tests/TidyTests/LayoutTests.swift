import Foundation
import Testing

@Suite("Layout of the package")
struct LayoutTests {
    private static let linesMax = 450

    @Test func `the source tree is found`() {
        #expect(SourceTree.rooms.count > 50)
    }

    @Test func `the package's folder holds only what a reader expects`() throws {
        // Package.resolved is not committed: every build resolves its own.
        let allowed: Set = [
            "Package.swift", "Package.resolved", "Sources", "Tests", "Benchmarks", "deploy", "README.md",
        ]
        let entries = try FileManager.default.contentsOfDirectory(atPath: SourceTree.root.path)
        let others = entries.filter { !$0.hasPrefix(".") && !allowed.contains($0) }
        #expect(others == [])
    }

    @Test func `a file has one aspect and stays short`() {
        for file in SourceTree.swift where !file.isGenerated {
            let count = file.text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
            #expect(count <= Self.linesMax, "\(file.path) has \(count) lines: give an aspect its own file")
        }
    }

    @Test func `a file ends with one line feed and no line ends with a space`() {
        for file in SourceTree.readable {
            #expect(file.text.hasSuffix("\n") && !file.text.hasSuffix("\n\n"), "\(file.path)")
            #expect(!file.text.contains(#/[ \t]+\n/#), "\(file.path) has spaces at the end of a line")
            #expect(!file.text.contains("\r"), "\(file.path) has carriage returns")
        }
    }

    @Test func `nothing is left for later`() {
        // Put together here, or this file would find itself.
        for word in ["TO" + "DO", "FIX" + "ME"] {
            for file in SourceTree.readable {
                #expect(!file.text.contains(word), "\(file.path) holds \(word): do it or drop it")
            }
        }
    }
}
