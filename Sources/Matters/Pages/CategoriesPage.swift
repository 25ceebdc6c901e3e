import Directory
import Foundation
import Kernel
import Web

/// All categories with their limits; for a village also what it does not need. 事项类别
struct CategoriesPage: Page {
    static let template = "matters-categories"

    struct Line: Sendable {
        let code: String
        let name: String
        let tier: String
        let tierClass: String
        let limits: String
        let asks: String?
        let isOwn: Bool
        let isRetired: Bool
        let isRestricted: Bool
        let isOn: Bool
        let mayEdit: Bool
        let editHref: String
    }
    struct Group: Sendable {
        let name: String
        let lines: [Line]
    }

    let village: String?
    let villageName: String
    let villages: [ChoicePart]
    let isTown: Bool
    let newHref: String
    let groups: [Group]

    init(_ wording: Wording, scope: Scope, village: ID<GridNode>?) {
        let (call, taxonomy) = (wording.call, wording.taxonomy)
        self.village = village?.description
        villageName = village.map(wording.grid) ?? ""
        isTown = scope == .town
        villages = wording.tree.all(in: scope).filter { $0.level == .one }.map {
            ChoicePart(value: $0.id.description, label: $0.name(in: call.language), chosen: $0.id == village)
        }
        newHref = "\(CategoryRoutes.path)/edit" + (village.map { "?village=\($0)" } ?? "")
        groups = taxonomy.groups.map { group in
            let categories = taxonomy.categories.filter {
                $0.group == group.code && ($0.village == nil || village == nil || $0.village == village)
            }
            return Group(
                name: wording.name(of: group),
                lines: categories.map { category in
                    let limits = [category.respondWithin, category.finishWithin].map { wording.limit($0)?.trimmed ?? "–" }
                    return Line(
                        code: category.code, name: wording.name(of: category), tier: wording.tier(category.tier),
                        tierClass: wording.tierClass(category.tier), limits: limits.joined(separator: " / "),
                        asks: category.questions.isEmpty
                            ? nil : call.text("matters.categories.asks", ["count": String(category.questions.count)]),
                        isOwn: category.village != nil, isRetired: category.isRetired, isRestricted: category.isRestricted,
                        isOn: village.map { taxonomy.isOffered(category, in: $0) } ?? true,
                        mayEdit: scope == .town || category.village.map { wording.tree.isIn(scope, $0) } ?? false,
                        editHref: "\(CategoryRoutes.path)/edit?code=\(category.code)")
                })
        }
    }
}

/// The form of one category, with its editions.
struct CategoryPage: Page {
    static let template = "matters-category-edit"

    struct Question: Sendable {
        let id: String
        let number: String
        let zh: String
        let en: String
        let options: String
        let isRequired: Bool
        let fault: String?
    }
    struct Edition: Sendable {
        let words: String
        let by: String
    }

    let heading: String
    let isStale: Bool
    let isNew: Bool
    let request: String
    let code: String
    let edition: String
    let village: String
    let villageName: String?
    let faults: [FaultPart]
    let fault: [String: String]
    let groups: [ChoicePart]
    let tiers: [ChoicePart]
    let value: [String: String]
    let isRestricted: Bool
    let isRetired: Bool
    let needsPhoto: Bool
    let questions: [Question]
    let editions: [Edition]

    init(_ wording: Wording, known: Category?, village: ID<GridNode>?, editions: [EditionLine], faults: [Fault], isStale: Bool) {
        let call = wording.call
        let form = call.form["nameZh"] != nil ? call.form : nil
        heading = known.map(wording.name) ?? call.text("matters.categories.new")
        self.isStale = isStale
        isNew = known == nil
        request = call.form["request"].flatMap { isStale ? nil : $0 } ?? call.site.ambient.newUUID().uuidString.lowercased()
        code = known?.code ?? ""
        edition = String(known?.edition ?? 0)
        self.village = village?.description ?? ""
        villageName = village.map(wording.grid)
        self.faults = faults.map { FaultPart(field: String($0.pointer.dropFirst()), text: call.text($0)) }
        let byField = Dictionary(self.faults.map { ($0.field, $0.text) }) { first, _ in first }
        fault = byField
        let group = form?["group"] ?? known?.group
        groups = wording.taxonomy.groups.map {
            ChoicePart(value: $0.code, label: wording.name(of: $0), chosen: $0.code == group)
        }
        let tier = form?["tier"] ?? known?.tier.rawValue ?? Tier.small.rawValue
        tiers = Tier.allCases.map { ChoicePart(value: $0.rawValue, label: wording.tier($0), chosen: $0.rawValue == tier) }
        let stored: [String: String?] = [
            "nameZh": known?.nameZh, "nameEn": known?.nameEn, "emergencyZh": known?.emergencyZh,
            "emergencyEn": known?.emergencyEn,
            "respondWithin": known?.respondWithin, "finishWithin": known?.finishWithin, "leadUnit": known?.leadUnit,
            "closingZh": known?.closingZh, "closingEn": known?.closingEn,
            "nearMetres": known.flatMap { $0.isRestricted ? $0.nearMetres : $0.nearWithin }.map(String.init),
        ]
        value = Dictionary(stored.map { name, start in (name, form == nil ? start ?? "" : form?[name] ?? "") }) { first, _ in
            first
        }
        isRestricted = form.map { $0["restricted"] != nil } ?? known?.isRestricted ?? false
        isRetired = form.map { $0["retired"] != nil } ?? known?.isRetired ?? false
        needsPhoto = form.map { $0["needsPhoto"] != nil } ?? known?.needsPhoto ?? false
        questions = (0..<CategoryQuestion.limit).map { index in
            let question = known.flatMap { $0.questions.first { $0.id == "q\(index + 1)" } }
            func sent(_ part: String, _ start: String?) -> String {
                form.map { $0["question-\(index)\(part)"] ?? "" } ?? start ?? ""
            }
            return Question(
                id: "question-\(index)", number: String(index + 1), zh: sent("", question?.zh), en: sent("-en", question?.en),
                options: sent("-options", question?.options.joined(separator: "、")),
                isRequired: form.map { $0["question-\(index)-required"] != nil } ?? question?.isRequired ?? false,
                fault: byField["question-\(index)"])
        }
        self.editions = editions.map { line in
            Edition(
                words: call.text("matters.categories.edition", ["edition": String(line.edition), "when": wording.long(line.at)]),
                by: "\(line.name) · \(call.posts(line.post))")
        }
    }
}
