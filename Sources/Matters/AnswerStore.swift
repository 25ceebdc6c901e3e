package import Kernel
package import Storage

/// Every statement about what reporters answered.
package struct AnswerStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    package func add(_ answers: [CategoryAnswer], to matter: ID<Matter>) throws {
        for (position, answer) in answers.enumerated() {
            try tx.enqueue(
                """
                INSERT INTO matter_answer (town_id, matter_id, question_id, position, edition, asked, answer)
                VALUES (\(town), \(matter), \(answer.question), \(position), \(answer.edition), \(answer.asked), \(answer.answer))
                """)
        }
    }

    package func answers(of matter: ID<Matter>) throws -> [CategoryAnswer] {
        try tx.query(
            """
            SELECT a.question_id, a.edition, a.asked, a.answer FROM matter_answer a
            WHERE a.town_id = \(town) AND a.matter_id = \(matter) ORDER BY a.position, a.question_id
            """
        ).map { row in
            CategoryAnswer(
                question: try row.get("question_id"), edition: try row.get("edition"), asked: try row.get("asked"),
                answer: try row.get("answer"))
        }
    }
}
