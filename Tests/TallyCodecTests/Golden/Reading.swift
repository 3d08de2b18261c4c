import Foundation

/// What a message says, field by field, in a form that another program can print and read: numbers and names as text,
/// groups as lists.
enum Reading: Hashable, Sendable, Codable {
    case value(String)
    case group([[String: Reading]])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .value(text)
        } else {
            self = .group(try container.decode([[String: Reading]].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .value(let text): try container.encode(text)
        case .group(let entries): try container.encode(entries)
        }
    }
}

extension Reading: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    init(integerLiteral value: Int128) { self = .value(String(value)) }
    init(stringLiteral value: String) { self = .value(value) }
    init(arrayLiteral elements: [String: Reading]...) { self = .group(elements) }
}

extension Reading {
    /// A text as the other program shows it: strings, and behind them lots or messages.
    static func text(_ text: String, _ bytes: [UInt8]) -> Reading {
        let all = Array(text.utf8) + bytes
        return .value(String(validating: all, as: UTF8.self) ?? "0x" + all.hexDigits)
    }
}
