import Directory
import Kernel
import Matters
import Web

/// What a program sends of a need, as the protocol names it, and the report it makes.
struct ServiceRequest {
    let call: Call
    let tree: GridTree

    /// The report, with every fault of the protocol's own fields. What is common to all reports, the use case checks.
    func report(_ id: ID<Matter>, _ category: Matters.Category, photos: PhotoIntake) -> MatterReport {
        var faults = photos.faults
        let answers = answers(category, &faults)
        let place = place(&faults)
        let links = call.form.all("media_url").map(\.trimmed).filter { !$0.isEmpty }
        if links.count > Matter.photoLimit || links.contains(where: { MediaLink.checked($0) == nil }) {
            faults.append(Fault("/media_url", "open311-link"))
        }
        let name = PersonName.joined(first: call.value("first_name") ?? "", last: call.value("last_name") ?? "")
        var report = MatterReport(
            id: id, category: category.code, words: call.value("description") ?? "", place: place,
            spot: call.value("address_string") ?? "", name: name, phone: call.value("phone") ?? "", channel: .open311,
            photos: photos.files)
        // A picture alone, or a service that says it all, needs no words.
        if report.words.isEmpty { report.words = category.nameZh }
        report.email = call.value("email") ?? ""
        report.answers = answers
        report.note = links.joined(separator: "\n")
        report.faults = faults
        return report
    }

    /// What was answered to the category's questions; one answer each.
    private func answers(_ category: Matters.Category, _ faults: inout [Fault]) -> [String: String] {
        var answers: [String: String] = [:]
        for question in category.questions {
            let given = [call.form.all("attribute[\(question.id)]"), call.form.all("attribute[\(question.id)][]")].joined()
                .map(\.trimmed).filter { !$0.isEmpty }
            if given.count > 1 { faults.append(Fault("/answers/\(question.id)", "open311-one")) }
            answers[question.id] = given.first
        }
        return answers
    }

    /// A point counts before a grid's id or code, and both before an address in words, which stays as the description of the spot.
    private func place(_ faults: inout [Fault]) -> MatterReport.Place {
        var place = MatterReport.Place()
        let (latitude, longitude) = (call.value("lat"), call.value("long"))
        if latitude != nil || longitude != nil {
            place.point = latitude.flatMap(Double.init).flatMap { latitude in
                longitude.flatMap(Double.init).flatMap { Coordinate(longitude: $0, latitude: latitude, crs: .wgs84) }
            }
            place.pointIsBroken = place.point == nil
        } else if let named = call.value("address_id") {
            place.name(named)
        } else if let address = call.value("address_string") {
            place.grid = AddressSearch.grid(in: address, of: tree)
            if place.grid == nil { faults.append(Fault("/address_string", "open311-address")) }
        }
        return place
    }

    /// Faults at the protocol's own names.
    func renamed(_ invalid: Invalid) -> Invalid {
        let wordsFor = [
            "/words": "/description", "/name": "/first_name", "/photos": "/media", "/spot": "/address_string",
            "/category": "/service_code", "/note": "/media_url",
        ]
        let named = ["lat", "long", "address_id", "address_string"].first { call.value($0) != nil }
        let hasAddressFault = invalid.faults.contains { $0.code == "open311-address" }
        return Invalid(
            invalid.faults.compactMap { fault in
                if fault.pointer.hasPrefix("/answers/") {
                    return Fault("/attribute[\(fault.pointer.dropFirst(9))]", fault.code, fault.values)
                }
                guard fault.pointer == "/place" else {
                    return Fault(wordsFor[fault.pointer] ?? fault.pointer, fault.code, fault.values)
                }
                // That no grid was found in the address has been said.
                if hasAddressFault { return nil }
                return named.map { Fault("/\($0)", fault.code, fault.values) } ?? Fault("", "open311-place")
            })
    }

    static let schema = Schema.object([
        .init("api_key", .string(maxLength: 200), "A key that the town's operator made."),
        .init("service_code", .string(pattern: #"^[\w-]+$"#)),
        .init(
            "lat", .number(minimum: -90, maximum: 90), required: false,
            "WGS-84. A point, an address_id or an address_string is needed."),
        .init("long", .number(minimum: -180, maximum: 180), required: false),
        .init("address_id", .string(maxLength: 36), required: false, "The id or the code of a grid."),
        .init(
            "address_string", .string(maxLength: Matter.noteLimit), required: false,
            "Searched for names of grids where nothing else says the place."),
        .init("description", .string(maxLength: Matter.wordsLimit), required: false),
        .init("first_name", .string(maxLength: Reporter.nameLimit), required: false),
        .init("last_name", .string(maxLength: Reporter.nameLimit), required: false),
        .init("phone", .string(maxLength: 30), required: false, "A mobile or fixed-line number of mainland China."),
        .init("email", .string(maxLength: 254), required: false), .init("device_id", .string(maxLength: 200), required: false),
        .init("account_id", .string(maxLength: 200), required: false),
        .init(
            "media_url", .string(maxLength: MediaLink.limit), required: false,
            "Kept as a link for the staff; never opened by the server."),
        .init("media", .string(format: "binary"), required: false, "Up to three pictures, in multipart/form-data."),
    ])
}
