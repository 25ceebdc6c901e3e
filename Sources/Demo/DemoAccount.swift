/// Somebody who can sign in to the demo town.
package struct DemoAccount: Sendable, Hashable {
    package let login: String
    package let password: String
    /// Who that is, in Chinese and English.
    package let words: String
}
