import Directory
import Kernel
import Web

/// Properties for programs: the list, one of them, entering and changing.
extension RegisterAPI {
    var propertyRoutes: [Route] {
        [
            Route(.get, "/api/v1/properties", .holder(.readResident), kind: .api(Self.propertiesOperation), handle: properties),
            Route(
                .get, "/api/v1/properties/{property}", .holder(.readResident), kind: .api(Self.propertyOperation),
                handle: property),
            Route(
                .post, "/api/v1/properties", .holder(.editResident), kind: .api(Self.enterPropertyOperation), bodyLimit: 64 << 10,
                handle: enterProperty),
            Route(
                .post, "/api/v1/properties/{property}/changes", .holder(.editResident), kind: .api(Self.editPropertyOperation),
                bodyLimit: 64 << 10, handle: editProperty),
        ]
    }

    private func properties(_ call: Call) async throws -> Answer {
        let text = (call.query["text"] ?? "").trimmed
        guard text.count <= 40 else { throw Invalid("/text", "too-long", ["limit": "40"]) }
        let after = try choice("after", call) { NameCursor($0) }
        let filter = PropertyFilter(
            kind: try choice("kind", call) { Property.Kind(rawValue: $0) },
            use: try choice("use", call) { Property.Use(rawValue: $0) }, text: text)
        let found = try await within {
            try await ReadProperties(desk)(filter, in: try grid(call), after: after, limit: 100, by: try call.signedIn())
        }
        return try .json(
            PropertiesDocument(
                properties: found.properties.map { PropertyDocument($0, phone: nil) }, next: found.next?.description))
    }

    private func property(_ call: Call) async throws -> Answer {
        let sight = try await ReadProperty(desk)(try call.id("property"), by: try call.signedIn())
        return try .json(PropertyDocument(sight.property, phone: sight.maskedPhone))
    }

    private func enterProperty(_ call: Call) async throws -> Answer {
        let draft = try call.decode(PropertyInput.self).draft()
        let id = try await KeepProperty(desk).enter(draft, by: try call.signedIn(), request: call.clientID())
        return try .json(["id": id], status: 201)
    }

    private func editProperty(_ call: Call) async throws -> Answer {
        let id = try call.id("property", of: Property.self)
        let input = try call.decode(PropertyInput.self)
        guard let version = input.version else { throw Invalid("/version", "required") }
        let gone = try input.gone.map { text in
            guard let day = Day(text) else { throw Invalid("/gone", "not-a-date") }
            return day
        }
        try await KeepProperty(desk).edit(
            id, try input.draft(), goneOn: gone, seen: version, by: try call.signedIn(), request: call.clientID())
        return try .json(["id": id], status: 201)
    }
}
