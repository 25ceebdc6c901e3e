import Kernel

/// Hides what should not be on a page for everybody.
package enum PublicWords {
    /// `text` with telephone numbers and anything as long as an identity number or a bank card hidden.
    ///
    /// Digits with single spaces or hyphens between them are looked at together, as people write telephone numbers.
    package static func masked(_ text: String) -> String {
        var result = ""
        var run = ""
        func flush() {
            let tail = String(run.reversed().prefix { !$0.isWholeNumber }.reversed())
            result += isPersonal(run) ? "****" + tail : run
            run = ""
        }
        for character in text {
            if character.isWholeNumber || (!run.isEmpty && (character == "-" || character == " ")) {
                run.append(character)
            } else {
                flush()
                result.append(character)
            }
        }
        flush()
        return result
    }

    private static func isPersonal(_ run: String) -> Bool {
        let parts = run.split { !$0.isWholeNumber }
        let total = parts.reduce(0) { $0 + $1.count }
        guard total >= 10 else { return false }
        if total >= 15 || parts.contains(where: { $0.count >= 11 }) { return true }
        return parts.indices.contains { first in
            parts[first...].indices.contains { last in Telephone(parts[first...last].joined()) != nil }
        }
    }
}
