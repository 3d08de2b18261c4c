public import TallyJSON
import Yams

/// YAML as a document: what a file that people write and a line of JSON have in common.
public enum YAMLDocument {
    /// Values and keys of one document at most.
    ///
    /// Aliases stand for what they name, so a short text could mean more values than memory holds.
    public static let nodesMax = 4_000_000
    /// Lists and mappings inside each other at most.
    public static let depthMax = 64

    /// Reads one YAML document.
    ///
    /// - Parameters:
    ///   - yaml: The text.
    ///   - expected: What the document should hold, for the message about an empty one.
    /// - Returns: The value with the places of all its parts.
    /// - Throws: ``ProgrammeFault`` when the text is not YAML, is empty, names a key twice or is too large.
    public static func read(
        _ yaml: String, expecting expected: String = "a programme"
    ) throws(ProgrammeFault) -> DocumentNode {
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch let error as YamlError {
            throw fault(error)
        } catch {
            throw ProgrammeFault(line: 1, column: 1, text: "the file is not YAML: \(error)")
        }
        guard let root else {
            throw ProgrammeFault(line: 1, column: 1, text: "the file is empty; expected \(expected)")
        }
        var nodes = 0
        return try self.node(root, depth: 0, &nodes)
    }

    private static func node(_ node: Node, depth: Int, _ nodes: inout Int) throws(ProgrammeFault) -> DocumentNode {
        let (line, column) = (node.mark?.line ?? 1, node.mark?.column ?? 1)
        nodes += 1
        guard nodes <= nodesMax, depth <= depthMax else {
            let text = "the file has more than \(nodesMax) values, or is nested more than \(depthMax) deep"
            throw ProgrammeFault(line: line, column: column, text: text)
        }
        return DocumentNode(try value(node, depth: depth, &nodes), line: line, column: column)
    }

    private static func value(
        _ node: Node, depth: Int, _ nodes: inout Int
    ) throws(ProgrammeFault) -> DocumentValue {
        switch node {
        case .scalar(let scalar): return self.scalar(scalar)
        case .sequence(let sequence):
            var elements: [DocumentNode] = []
            for element in sequence { elements.append(try self.node(element, depth: depth + 1, &nodes)) }
            return .array(elements)
        case .mapping(let mapping):
            var entries: [DocumentEntry] = []
            for (key, element) in mapping {
                let place = try self.node(key, depth: depth + 1, &nodes)
                let value = try self.node(element, depth: depth + 1, &nodes)
                entries.append(DocumentEntry(key: key.string ?? "", place: place, node: value))
            }
            return .object(entries)
        case .alias(let alias):
            throw ProgrammeFault(
                line: alias.mark?.line ?? 1, column: alias.mark?.column ?? 1,
                text: "aliases are not used here; write the value out")
        }
    }

    private static func scalar(_ scalar: Node.Scalar) -> DocumentValue {
        guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
        return ["", "~", "null"].contains(scalar.string) ? .null : .plain(scalar.string)
    }

    private static func fault(_ error: YamlError) -> ProgrammeFault {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            ProgrammeFault(line: mark.line, column: mark.column, text: "the file is not YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            ProgrammeFault(
                line: context.mark.line, column: context.mark.column,
                text: "a key comes twice: \(keys.sorted().joined(separator: ", "))")
        default: ProgrammeFault(line: 1, column: 1, text: "the file is not YAML: \(error)")
        }
    }
}
