import Directory
import Foundation
import Kernel
import Web

/// The report's form as it came, and as it is shown again with every word kept.
struct ReportForm {
    let call: Call
    /// The form that was sent, or the address's query for a fresh one.
    let fields: Form
    /// Whether reporters can be told by text message.
    var offersText = false

    /// The report that the form says.
    func report(channel: Channel, photos: PhotoIntake) -> MatterReport {
        var report = MatterReport(
            id: call.clientID(), category: fields["category"] ?? "", words: fields["words"] ?? "", place: place,
            spot: fields["spot"] ?? "",
            name: fields["who"] ?? "", phone: fields["phone"] ?? "", channel: channel, photos: photos.files)
        report.wantsText = fields["tell"] == "1"
        report.faults = photos.faults
        for question in fields.fields where question.name.hasPrefix("answer-") {
            report.answers[String(question.name.dropFirst(7))] = question.value
        }
        return report
    }

    /// Where the form says it is.
    var place: MatterReport.Place {
        var place = MatterReport.Place()
        place.name([fields["grid"], fields["village"]].compactMap { $0?.trimmed }.first { !$0.isEmpty } ?? "")
        let (latitude, longitude) = (fields["latitude"]?.trimmed ?? "", fields["longitude"]?.trimmed ?? "")
        if !latitude.isEmpty || !longitude.isEmpty {
            let crs = CRS(rawValue: fields["crs"] ?? "wgs84")
            place.point = crs.flatMap { crs in
                Double(latitude).flatMap { latitude in
                    Double(longitude).flatMap { Coordinate(longitude: $0, latitude: latitude, crs: crs) }
                }
            }
            place.pointIsBroken = place.point == nil
        }
        return place
    }

    /// Told once when the chosen category asks something that the form had no room for yet: it is shown again with the questions.
    func unasked(_ taxonomy: Taxonomy) -> [Fault] {
        let questions = taxonomy[fields["category"] ?? ""]?.questions ?? []
        let isAsked = questions.isEmpty || questions.contains { fields["answer-\($0.id)"] != nil }
        return isAsked ? [] : [Fault("/category", "category-asks", ["count": String(questions.count)])]
    }

    /// The form to fill in, with what is wrong beside each field.
    func page(_ wording: Wording, faults: [Fault]) -> ReportPage {
        let tree = wording.tree
        let chosen = fields["category"] ?? ""
        let grid = [fields["grid"], fields["village"]].compactMap { $0?.trimmed }.first { !$0.isEmpty }
        let named = grid.flatMap { grid in tree.all.first { $0.code == grid || $0.id.description == grid } }
        let path = named.map { tree.path($0.id) } ?? []
        let point = Self.point(fields)
        let group = wording.taxonomy[chosen]?.group ?? fields["group"] ?? ""
        let category = wording.taxonomy[chosen]
        let byField = Dictionary(faults.map { (Self.field($0), call.text($0)) }) { first, _ in first }
        return ReportPage(
            request: fields["request"] ?? call.site.ambient.newUUID().uuidString.lowercased(),
            faults: faults.map {
                FaultPart(field: Self.field($0), text: "\(Self.label(Self.field($0), call)): \(call.text($0))")
            },
            fault: byField,
            groups: wording.taxonomy.groups.map { part in
                GroupPart(
                    code: part.code, label: wording.name(of: part), chosen: part.code == group,
                    categories: wording.taxonomy.offered(in: path.first?.id).filter { $0.group == part.code }
                        .map { .init(code: $0.code, label: wording.name(of: $0), chosen: $0.code == chosen) })
            },
            words: fields["words"] ?? "", wordsLimit: String(Matter.wordsLimit),
            latitude: point == nil ? "" : fields["latitude"] ?? "",
            longitude: point == nil ? "" : fields["longitude"] ?? "",
            placeFound: point.flatMap { tree.path(at: $0).last }.map { wording.grid($0.id) },
            villages: tree.roots.map { village in
                VillagePart(
                    code: village.code, label: village.name(in: call.language), chosen: village.id == path.first?.id,
                    grids: tree.descendants(of: village.id).map { grid in
                        .init(
                            code: grid.code, label: (grid.level == .three ? "　" : "") + grid.name(in: call.language),
                            chosen: grid.id == named?.id && path.count > 1)
                    })
            },
            map: MapPart(tree, chosen: path.first?.id, here: point, call.language), spot: fields["spot"] ?? "",
            photoLimit: String(Matter.photoLimit), phone: fields["phone"] ?? "",
            questions: (category?.questions ?? []).map {
                QuestionPart($0, answer: fields["answer-\($0.id)"] ?? "", fault: byField["answer-\($0.id)"], call.language)
            },
            offersText: offersText, tell: fields["tell"] == "1",
            emergency: call.language == .zh ? category?.emergencyZh : category?.emergencyEn)
    }

    private static func point(_ fields: Form) -> Coordinate? {
        guard let latitude = fields["latitude"].flatMap({ Double($0) }),
            let longitude = fields["longitude"].flatMap({ Double($0) })
        else {
            return nil
        }
        return Coordinate(longitude: longitude, latitude: latitude, crs: CRS(rawValue: fields["crs"] ?? "wgs84") ?? .wgs84)
    }

    static func label(_ field: String, _ call: Call) -> String {
        call.text(field.hasPrefix("answer-") ? "matters.field.answer" : "matters.field.\(field)")
    }

    /// The form's field that a fault is about.
    static func field(_ fault: Fault) -> String {
        let field = fault.pointer.split(separator: "/").first.map(String.init) ?? ""
        if field == "answers" { return "answer-\(fault.pointer.split(separator: "/").last ?? "")" }
        return field == "name" ? "who" : field
    }
}
