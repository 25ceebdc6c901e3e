package import Kernel

/// A category as somebody wants it to be from now on.
package struct CategoryDraft: Hashable, Sendable {
    /// Nil for a new one.
    package var code: String?
    /// The edition that was seen; 0 for a new one.
    package var edition = 0
    package var group = ""
    package var nameZh = ""
    package var nameEn = ""
    package var tier: Tier?
    package var isRestricted = false
    package var emergencyZh = ""
    package var emergencyEn = ""
    /// As the taxonomy writes limits; empty where another procedure decides.
    package var respondWithin = ""
    package var finishWithin = ""
    package var leadUnit = ""
    package var closingZh = ""
    package var closingEn = ""
    package var needsPhoto = false
    /// Metres in digits; empty for what suits the code.
    package var nearMetres = ""
    package var questions: [CategoryQuestion] = []
    package var isRetired = false
    /// Of a new one: the village whose own it is.
    package var village: ID<GridNode>?

    package init() {}

    package func faults(groups: [CategoryGroup]) -> [Fault] {
        var validation = Validation()
        _ = validation.text(nameZh, at: "/nameZh", limit: 30)
        _ = validation.text(nameEn, at: "/nameEn", limit: 60)
        validation.check(tier != nil, at: "/tier", "required")
        validation.check(code != nil || groups.contains { $0.code == group }, at: "/group", "required")
        for (pointer, text) in [("/respondWithin", respondWithin), ("/finishWithin", finishWithin)] {
            validation.check(text.isEmpty || TimeLimit(text) != nil, at: pointer, "time-limit")
        }
        let texts = [
            ("/emergencyZh", emergencyZh), ("/emergencyEn", emergencyEn), ("/leadUnit", leadUnit), ("/closingZh", closingZh),
            ("/closingEn", closingEn),
        ]
        for (pointer, text) in texts { _ = validation.text(text, at: pointer, limit: 120, required: false) }
        let metres = Int(nearMetres)
        let isNear = nearMetres.isEmpty || metres.map((0...NearRules.longestRadius).contains) ?? false
        validation.check(isNear, at: "/nearMetres", "near-metres", ["limit": String(NearRules.longestRadius)])
        validation.check(emergencyZh.isEmpty == emergencyEn.isEmpty, at: "/emergencyEn", "both-languages")
        validation.check(closingZh.isEmpty == closingEn.isEmpty, at: "/closingEn", "both-languages")
        validation.check(questions.count <= CategoryQuestion.limit, at: "/questions", "too-many-questions")
        for (index, question) in questions.enumerated() {
            _ = validation.text(question.zh, at: "/question-\(index)", limit: 60)
            validation.check(!question.en.isEmpty, at: "/question-\(index)", "both-languages")
            let fits = question.options.count <= 8 && question.options.allSatisfy { !$0.isEmpty && $0.count <= 30 }
            validation.check(fits, at: "/question-\(index)", "question-options")
        }
        return validation.faults
    }

    /// - Parameter known: as it stands, or nil for a new one.
    func category(_ code: String, _ known: Category?) -> Category {
        func kept(_ text: String) -> String? { text.trimmed.isEmpty ? nil : text.trimmed }
        var category = Category(
            code, nameZh.trimmed, nameEn.trimmed, tier ?? .small, visibility: isRestricted ? .restricted : .open,
            emergencyZh: kept(emergencyZh), emergencyEn: kept(emergencyEn), respondWithin: kept(respondWithin),
            finishWithin: kept(finishWithin), isRetired: isRetired)
        (category.leadUnit, category.closingZh, category.closingEn) = (kept(leadUnit), kept(closingZh), kept(closingEn))
        (category.needsPhoto, category.questions, category.nearMetres) = (needsPhoto, questions, Int(nearMetres))
        category.village = known == nil ? village : known?.village
        category.edition = (known?.edition ?? 0) + 1
        return category
    }
}
