import TallyJSON

/// Objects of named numbers, as summaries print them.
enum JSON {
    /// One object with the names in order.
    static func object(_ values: [(name: String, value: Int64)]) -> String {
        var object = JSONText()
        for (name, value) in values { object.add(name, value) }
        return object.object
    }
}
