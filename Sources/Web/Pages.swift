import Foundation
import Mustache

/// What a template shows: a flat struct of finished strings, booleans and lists of such structs. Its properties are the template's names.
/// An absent thing is `nil` or `false`; an empty string counts as present.
package protocol Page: Sendable {
    /// The template's file name without its ending, such as `matters-report`.
    static var template: String { get }
}

/// Every template of every room, compiled once a language with the catalogue's words filled in.
package struct Pages: Sendable {
    private let libraries: [Language: MustacheLibrary]

    /// - Parameter sources: template name → source text.
    /// - Throws: ``BadCatalogue`` when a template does not parse or names a word that no catalogue has.
    package init(sources: [String: String], catalogue: Catalogue) throws {
        MustacheContentTypes.register(PageText(), named: PageText.name)
        var libraries: [Language: MustacheLibrary] = [:]
        for language in Language.allCases {
            var library = MustacheLibrary()
            for (name, source) in sources {
                let worded = try Self.fill(source, named: name, from: catalogue, in: language)
                // The page's own properties come first; `chrome` is found one level out.
                let scoped = worded.contains("{{<") ? "{{#page}}\(worded){{/page}}" : worded
                do {
                    try library.register(PageText.pragma + scoped, named: name)
                } catch {
                    throw BadCatalogue(problem: "template \(name): \(error)")
                }
            }
            libraries[language] = library
        }
        self.libraries = libraries
    }

    /// The page as HTML.
    package func render(_ page: some Page, chrome: Chrome, in language: Language) -> String {
        let frame = Properties(["chrome": Properties(of: chrome), "page": Properties(of: page)])
        return libraries[language]?.render(frame, withTemplate: type(of: page).template) ?? ""
    }

    /// Replaces `[[key]]` by the key's text, escaped for HTML; `{name}` in the text becomes the tag `{{name}}`.
    static func fill(_ source: String, named name: String, from catalogue: Catalogue, in language: Language) throws -> String {
        var result = ""
        var rest = Substring(source)
        while let open = rest.range(of: "[["), let close = rest[open.upperBound...].range(of: "]]") {
            result += rest[..<open.lowerBound]
            let key = String(rest[open.upperBound..<close.lowerBound])
            guard let text = catalogue.raw(key, in: language) else {
                throw BadCatalogue(problem: "template \(name): no word \(key)")
            }
            result += Self.escape(text).replacing("{", with: "{{").replacing("}", with: "}}")
            rest = rest[close.upperBound...]
        }
        return result + rest
    }

    static func escape(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing(
            "\"", with: "&quot;")
    }
}

/// What the frame of every page shows.
package struct Chrome: Sendable {
    package struct Link: Sendable {
        let href: String
        let label: String
        let icon: String
        let current: Bool
    }

    struct Choice: Sendable {
        let value: String
        let label: String
        let current: Bool
    }

    let lang: String
    let theme: String?
    let elder: Bool
    /// Whether somebody with a post is signed in: the side bar and the quick menu are theirs.
    let staff: Bool
    let townName: String
    let organiser: String
    let filing: String?
    let complaints: String
    let home: String
    let assets: String
    let csrf: String
    let path: String
    let signedIn: Bool
    let personName: String?
    let personPost: String?
    let nav: [Link]
    let flash: String?
    let languages: [Choice]
    let themes: [Choice]
}
