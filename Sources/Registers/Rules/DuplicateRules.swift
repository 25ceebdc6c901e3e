import Directory
package import Kernel

/// Whether two records are of one person.
package enum DuplicateRules {
    /// What speaks for it, the strongest first.
    package enum Reason: String, Sendable, Hashable, CaseIterable { case document, nameAndBirth, nameAndPhone }

    /// What is compared of a record; telephones and documents by their marks.
    package struct Trait: Sendable, Hashable {
        package let id: ID<PersonNode>
        package let name: String
        package let birth: Day?
        package let document: String?
        package let phones: Set<String>

        package init(id: ID<PersonNode>, name: String, birth: Day?, document: String?, phones: Set<String>) {
            self.id = id
            self.name = name
            self.birth = birth
            self.document = document
            self.phones = phones
        }
    }

    /// The strongest reason; nil when nothing speaks for it, or when two documents or births say that they are two people.
    package static func reason(_ one: Trait, _ other: Trait) -> Reason? {
        guard one.id != other.id else { return nil }
        if let mine = one.document, let theirs = other.document {
            // A document is one person's; two documents are two people, whatever else agrees.
            return mine == theirs ? .document : nil
        }
        guard one.name == other.name else { return nil }
        if let mine = one.birth, let theirs = other.birth { return mine == theirs ? .nameAndBirth : nil }
        return one.phones.isDisjoint(with: other.phones) ? nil : .nameAndPhone
    }

    /// Which record stays: the one with a document, then with a birth, then the older one.
    package static func kept(_ one: Trait, _ other: Trait) -> ID<PersonNode> {
        func rank(_ trait: Trait) -> Int { (trait.document == nil ? 0 : 2) + (trait.birth == nil ? 0 : 1) }
        return (-rank(one), one.id) < (-rank(other), other.id) ? one.id : other.id
    }
}
