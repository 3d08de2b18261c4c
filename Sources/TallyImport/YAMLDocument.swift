import TallyJSON
import Yams

/// YAML as a document: what a programme file and a line of JSON have in common.
enum YAMLDocument {
    /// Reads one YAML document.
    ///
    /// - Throws: ``ProgrammeFault`` when the text is not YAML, is empty, or names a key twice.
    static func read(_ yaml: String) throws(ProgrammeFault) -> DocumentNode {
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch let error as YamlError {
            throw fault(error)
        } catch {
            throw ProgrammeFault(line: 1, column: 1, text: "the file is not YAML: \(error)")
        }
        guard let root else {
            throw ProgrammeFault(line: 1, column: 1, text: "the file is empty; expected a programme")
        }
        return try node(root)
    }

    private static func node(_ node: Node) throws(ProgrammeFault) -> DocumentNode {
        DocumentNode(try value(node), line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }

    private static func value(_ node: Node) throws(ProgrammeFault) -> DocumentValue {
        switch node {
        case .scalar(let scalar): return self.scalar(scalar)
        case .sequence(let sequence):
            var nodes: [DocumentNode] = []
            for element in sequence { nodes.append(try self.node(element)) }
            return .array(nodes)
        case .mapping(let mapping):
            var entries: [DocumentEntry] = []
            for (key, element) in mapping {
                let place = try self.node(key)
                entries.append(DocumentEntry(key: key.string ?? "", place: place, node: try self.node(element)))
            }
            return .object(entries)
        case .alias(let alias):
            throw ProgrammeFault(
                line: alias.mark?.line ?? 1, column: alias.mark?.column ?? 1,
                text: "aliases are not used in programmes; write the value out")
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
        default: ProgrammeFault(line: 1, column: 1, text: "the file is not YAML: \(error)")
        }
    }
}
