import Testing

/// Reports every line of `files` in which `pattern` stands in code, as `path:line: why`.
func expectNone(
    of pattern: Regex<Substring>, in files: [SourceFile], _ why: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    for file in files {
        for (number, line) in file.code where line.contains(pattern) {
            Issue.record("\(file.path):\(number): \(why)", sourceLocation: sourceLocation)
        }
    }
}
