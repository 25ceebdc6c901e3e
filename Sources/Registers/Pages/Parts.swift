import Directory
import Foundation
import Kernel
import Web

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
        (RegistersPath.properties, "properties", .readResident),
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

    /// The version a form was filled in on.
    var seen: Int { Int(form["seen"] ?? "") ?? 0 }

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
