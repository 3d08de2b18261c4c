import Foundation
import TallyReports
import TallyTesting

/// What a programme comes to, by somebody's count.
struct Totals: Decodable {
    /// Accrued, burnt, expired and outstanding points in minor units.
    var totals: [String: Int64]
    /// What is left, by the id of other systems.
    var members: [String: Int64]
    /// Lots that were ever below zero.
    var below_zero: Int?

    /// Computed from the receipts alone.
    static func ofReceipts(_ receipts: [UInt8], in work: TemporaryDirectory) throws -> Totals {
        let file = work.appending("receipts.csv")
        try Data(receipts).write(to: URL(filePath: file))
        return try read("/usr/bin/env", ["python3", oracle("points_programme.py"), file])
    }

    /// Added up by DuckDB; nil when it cannot be had.
    static func ofMovements(_ csv: String, in work: TemporaryDirectory) throws -> Totals? {
        guard let python = PythonPackages.python else { return nil }
        let file = work.appending("movements.csv")
        try csv.write(toFile: file, atomically: true, encoding: .utf8)
        return try read(python, [oracle("movements.py"), file])
    }

    private static func oracle(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Oracle/\(name)").path
    }

    private static func read(_ program: String, _ arguments: [String]) throws -> Totals {
        let ended = try ChildProcess.run(program, arguments)
        guard ended.status == 0 else { throw DataFault(text: String(decoding: ended.errors, as: UTF8.self)) }
        return try JSONDecoder().decode(Totals.self, from: Data(ended.output))
    }
}

/// Python with DuckDB and Beancount, in an environment of its own.
enum PythonPackages {
    private static let packages = ["duckdb==2.0.1", "beancount==3.2.3"]

    /// The interpreter; nil, after a loud line, when the package index cannot be reached.
    static let python: String? = {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tallystick-books-1").path
        let python = folder + "/bin/python"
        let hasAll = { (try? ChildProcess.run(python, ["-c", "import duckdb, beancount"]))?.status == 0 }
        if hasAll() { return python }
        _ = try? ChildProcess.run("/usr/bin/env", ["python3", "-m", "venv", folder])
        _ = try? ChildProcess.run(python, ["-m", "pip", "install", "--quiet"] + packages)
        if hasAll() { return python }
        print(
            "\n*** DuckDB and Beancount are NOT asked: `pip install \(packages.joined(separator: " "))` failed. ***\n")
        return nil
    }()
}

/// A program that keeps books.
struct Accountant {
    private let format: JournalFormat

    /// The program for a form; nil when it is not on this machine and cannot be had.
    init?(_ format: JournalFormat) {
        self.format = format
        if format == .beancount, PythonPackages.python == nil { return nil }
    }

    /// What it says of a journal.
    ///
    /// - Returns: Balances of the accounts of two parts in minor units, or what it finds wrong.
    func balances(
        of journal: String, in work: TemporaryDirectory
    ) throws -> (balances: [String: Int64], fault: String?) {
        let file = work.appending("points.\(format.rawValue)")
        try journal.write(toFile: file, atomically: true, encoding: .utf8)
        let ended =
            switch format {
            case .hledger:
                try ChildProcess.run("/usr/bin/env", ["hledger", "-f", file, "bal", "--depth", "2", "-N", "--flat"])
            case .ledger:
                try ChildProcess.run(
                    "/usr/bin/env",
                    [
                        "ledger", "-f", file, "bal", "--depth", "2", "--no-total", "--format",
                        "%(display_total) %(account)\\n",
                    ])
            case .beancount: try ChildProcess.run(PythonPackages.python!, ["-c", Accountant.beancount, file])
            }
        let errors = String(decoding: ended.errors, as: UTF8.self)
        guard ended.status == 0, errors.isEmpty else {
            return ([:], ended.status == 127 ? "\(format) is not installed: apt install hledger ledger" : errors)
        }
        return (Accountant.balances(String(decoding: ended.output, as: UTF8.self)), nil)
    }

    /// Beancount as a library: what is wrong on one side, balances of two parts on the other.
    private static let beancount = """
        import collections, sys
        from beancount import loader
        from beancount.core import data
        entries, errors, _ = loader.load_file(sys.argv[1])
        by_account = {}
        for entry in entries:
            if isinstance(entry, data.Transaction):
                for posting in entry.postings: by_account[posting.account] = entry.meta.get("sequence")
        for error in errors:
            account = getattr(error.entry, "account", None)
            print(error.message, "last moved by record", by_account.get(account), file=sys.stderr)
        sums = collections.Counter()
        for entry in entries:
            if isinstance(entry, data.Transaction):
                for posting in entry.postings:
                    sums[":".join(posting.account.split(":")[:2])] += posting.units.number
        for account, amount in sums.items(): print(amount, "PTSA", account)
        """

    private static func balances(_ text: String) -> [String: Int64] {
        var balances: [String: Int64] = [:]
        for line in text.split(separator: "\n") {
            guard let match = line.firstMatch(of: /^\s*(-?)(\d+)(?:\.(\d\d))? PTSA\s+(\S+)/) else { continue }
            let minor = Int64(match.2 + (match.3 ?? "00"))!
            balances[String(match.4)] = match.1.isEmpty ? minor : -minor
        }
        return balances
    }
}
