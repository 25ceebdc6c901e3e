import Directory
import Foundation
import Kernel
import Web

/// An option of a select, a radio button or a check box.
struct ChoicePart: Sendable {
    let value: String
    let label: String
    let chosen: Bool
}

/// A link with its name.
struct LinkPart: Sendable {
    let href: String
    let name: String
}

/// One word in a coloured badge.
struct BadgePart: Sendable {
    let label: String
    let colour: String
}

/// One line of a record's history.
struct EventLine: Sendable {
    let at: String
    let act: String
    let post: String
}

/// The parts of the registers, as far as somebody may open them.
struct RegisterTab: Sendable {
    let href: String
    let label: String
    let current: Bool

    private static let all: [(path: String, word: String, permission: Permission)] = [
        (RegistersPath.households, "households", .readResident), (RegistersPath.people, "people", .readResident),
        (RegistersPath.care, "care", .readCare), (RegistersPath.enterprises, "enterprises", .readResident),
        (RegistersPath.organisations, "organisations", .readResident), (RegistersPath.duplicates, "duplicates", .manageResident),
        (RegistersPath.standIns, "stand-ins", .arrangeStandIn), (RegistersPath.purposes, "purposes", .managePurposes),
    ]

    static func tabs(_ call: Call, at path: String) -> [RegisterTab] {
        all.filter { call.principal?.may($0.permission) ?? false }.map {
            RegisterTab(href: $0.path, label: call.text("registers.tab.\($0.word)"), current: $0.path == path)
        }
    }
}

extension Call {
    func label(_ kind: Residency.Kind) -> String { text("registers.kind.\(kind.rawValue)") }
    func label(_ kind: CareMark.Kind) -> String { text("registers.care.\(kind.rawValue)") }
    func label(_ kind: DocumentKind) -> String { text("registers.document.\(kind.rawValue)") }
    func label(_ sex: PersonRecord.Sex) -> String { text("registers.sex.\(sex.rawValue)") }
    func label(_ skill: Skill) -> String { text("registers.skill.\(skill.rawValue)") }
    func label(_ reason: DuplicateRules.Reason) -> String { text("registers.alike.\(reason.rawValue)") }
    func name(of purpose: DataPurpose) -> String { language == .en ? purpose.nameEn : purpose.nameZh }

    /// A number with its thousands apart: 1,014.
    func count(_ number: Int) -> String {
        var (digits, groups) = (String(number), [String]())
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return ([digits] + groups).joined(separator: ",")
    }

    /// What a form sent, or what it begins with.
    func sent(_ field: String, else start: String? = nil) -> String { form[field] ?? start ?? "" }

    /// What a form sent under `field`, nil when it is blank.
    func filled(_ field: String) -> String? {
        let text = (form[field] ?? "").trimmed
        return text.isEmpty ? nil : text
    }

    /// The day a form sent; nil when it is blank.
    func day(_ field: String, _ validation: inout Validation, required: Bool = false) -> Day? {
        guard let text = filled(field) else {
            validation.check(!required, at: "/\(field)", "required")
            return nil
        }
        let day = Day(text)
        validation.check(day != nil, at: "/\(field)", "not-a-date")
        return day
    }

    /// One of the values of `Choice`, or a fault beside the field.
    func choice<Choice: RawRepresentable>(
        _ field: String, _ validation: inout Validation, _ type: Choice.Type = Choice.self
    ) -> Choice? where Choice.RawValue == String {
        let choice = Choice(rawValue: form[field] ?? "")
        validation.check(choice != nil, at: "/\(field)", "not-a-choice")
        return choice
    }

    /// The version a form was filled in on.
    var seen: Int { Int(form["seen"] ?? "") ?? 0 }

    /// The id that the next change made from a form will carry, so that sending it twice changes once.
    var freshRequest: String { form["request"] ?? site.ambient.newID(RegisterEvent.self).description }

    /// How long ago somebody was there, in words.
    func since(_ instant: Instant?) -> String {
        guard let instant else { return text("registers.never") }
        let days = now.day().ordinal - instant.day().ordinal
        return days <= 0 ? text("registers.today") : text("registers.days-ago", ["days": count(days)])
    }

    /// `82 years`, or nothing when no birth is known.
    func age(_ person: PersonRecord) -> String? {
        guard let birth = person.birth, person.deceasedOn == nil else { return nil }
        return text("registers.age", ["years": String(Age.years(of: birth, on: now.day()))])
    }

    func lines(_ history: [RegisterEvent]) -> [EventLine] {
        history.map { event in
            EventLine(at: event.at.stamp(), act: text("registers.act.\(event.act)"), post: posts(event.post ?? ""))
        }
    }

    /// Grids as the choices of a form.
    func grids(_ tree: GridTree, in scope: Scope, chosen: String) -> [ChoicePart] {
        tree.all(in: scope).map {
            ChoicePart(
                value: $0.id.description, label: tree.fullName(of: $0.id, in: language), chosen: $0.id.description == chosen)
        }
    }

    func choices<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type, chosen: String?, word: String) -> [ChoicePart]
    where Choice.RawValue == String {
        Choice.allCases.map {
            ChoicePart(value: $0.rawValue, label: text("\(word).\($0.rawValue)"), chosen: $0.rawValue == chosen)
        }
    }
}
