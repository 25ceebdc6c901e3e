/// How an operation speaks where it is not JSON with problem documents, such as a protocol that others have defined.
package struct Manner: Sendable {
    /// The content type of its answers, without a charset.
    package let answers: String
    /// Whether it reads forms, as a browser sends them, instead of JSON.
    package let takesForms: Bool
    /// Nil for problem documents.
    package let refusals: Refusals?

    package init(answers: String, takesForms: Bool = false, refusals: Refusals? = nil) {
        self.answers = answers
        self.takesForms = takesForms
        self.refusals = refusals
    }

    package static let json = Manner(answers: "application/json")

    /// The content types of a form.
    static let forms = ["application/x-www-form-urlencoded", "multipart/form-data"]

    /// How a protocol says no.
    package struct Refusals: Sendable {
        package let schema: Schema
        /// Every status that can be answered, and what it means.
        package let meanings: [Int: String]
        /// Which status the protocol has for one of ours.
        package let status: @Sendable (Int) -> Int
        /// The answer, made of a status and what is wrong, a line each.
        package let tell: @Sendable (Int, [String]) -> Answer

        package init(
            schema: Schema, meanings: [Int: String], status: @escaping @Sendable (Int) -> Int,
            tell: @escaping @Sendable (Int, [String]) -> Answer
        ) {
            self.schema = schema
            self.meanings = meanings
            self.status = status
            self.tell = tell
        }
    }
}
