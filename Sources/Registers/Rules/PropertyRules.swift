import Directory
package import Kernel

/// What a property's record must be like.
package enum PropertyRules {
    package static let addressLimit = 80
    package static let mostRooms = 500

    package struct Checked: Sendable, Hashable {
        package let owner: String?
        package let phone: Telephone?
    }

    /// - Throws: ``Invalid`` with everything found.
    package static func check(_ draft: PropertyDraft) throws(Invalid) -> Checked {
        var validation = Validation()
        _ = validation.text(draft.address.words, at: "/address", limit: addressLimit)
        let name = validation.text(draft.owner, at: "/owner", limit: 60, required: draft.ownerKind != nil)
        validation.check(draft.ownerKind != nil || name.isEmpty, at: "/ownerKind", "property-owner-kind")
        if let rooms = draft.roomsLet {
            validation.check(
                (1...mostRooms).contains(rooms), at: "/rooms", "not-in-range", ["from": "1", "to": String(mostRooms)])
            validation.check(draft.use.isLet, at: "/rooms", "property-not-let")
        }
        let digits = (draft.phone ?? "").trimmed
        let phone = Telephone(digits)
        validation.check(digits.isEmpty || phone != nil, at: "/phone", "not-a-phone")
        // A number belongs to somebody.
        validation.check(digits.isEmpty || draft.ownerKind != nil, at: "/phone", "property-phone-of-nobody")
        try validation.finish()
        return Checked(owner: draft.ownerKind == nil ? nil : name, phone: phone)
    }
}
