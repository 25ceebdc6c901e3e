import Foundation
import Kernel
import Storage

/// Something a category asks of whoever reports: "on which pole?" 追问
package struct CategoryQuestion: Hashable, Sendable, Codable {
    /// Stays with the question through its editions, so that old answers can be found.
    package let id: String
    package let zh: String
    package let en: String
    package let isRequired: Bool
    /// What can be answered; anything when empty.
    package let options: [String]

    package init(id: String, zh: String, en: String, isRequired: Bool, options: [String]) {
        (self.id, self.zh, self.en, self.isRequired, self.options) = (id, zh, en, isRequired, options)
    }

    /// The most questions a category may ask: a report takes less than a minute.
    package static let limit = 4
    static let answerLimit = 200
}

/// What somebody answered, with the question as it stood.
package struct CategoryAnswer: Hashable, Sendable {
    package let question: String
    package let edition: Int
    package let asked: String
    package let answer: String

    package init(question: String, edition: Int, asked: String, answer: String) {
        (self.question, self.edition, self.asked, self.answer) = (question, edition, asked, answer)
    }
}

extension Category {
    /// The answers that belong to this edition, and what is wrong with them.
    func answers(_ given: [String: String]) -> (answers: [CategoryAnswer], faults: [Fault]) {
        var (answers, validation) = ([CategoryAnswer](), Validation())
        for question in questions {
            let pointer = "/answers/\(question.id)"
            let text = validation.text(
                given[question.id], at: pointer, limit: CategoryQuestion.answerLimit, required: question.isRequired)
            validation.check(
                text.isEmpty || question.options.isEmpty || question.options.contains(text), at: pointer, "not-a-choice")
            if !text.isEmpty {
                answers.append(CategoryAnswer(question: question.id, edition: edition, asked: question.zh, answer: text))
            }
        }
        return (answers, validation.faults)
    }
}

/// Questions in a column.
struct QuestionList: SQLValue {
    let questions: [CategoryQuestion]

    init(_ questions: [CategoryQuestion]) { self.questions = questions }

    var stored: StoredValue {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return .text((try? encoder.encode(questions)).map { String(decoding: $0, as: UTF8.self) } ?? "[]")
    }

    init?(stored: StoredValue) {
        guard case .text(let text) = stored,
            let questions = try? JSONDecoder().decode([CategoryQuestion].self, from: Data(text.utf8))
        else { return nil }
        self.questions = questions
    }
}
