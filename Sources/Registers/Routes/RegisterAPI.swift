import Directory
import Kernel
import Storage
import Web

/// The registers for programs: the same scopes, and never anything in clear that is sealed.
struct RegisterAPI: Sendable {
    let desk: RegisterDesk

    var routes: [Route] {
        [
            Route(.get, "/api/v1/people", .holder(.readResident), kind: .api(Self.findOperation), handle: find),
            Route(.get, "/api/v1/people/{person}", .holder(.readResident), kind: .api(Self.personOperation), handle: person),
            Route(.get, "/api/v1/households", .holder(.readResident), kind: .api(Self.householdsOperation), handle: households),
            Route(
                .get, "/api/v1/households/{household}", .holder(.readResident), kind: .api(Self.householdOperation),
                handle: household),
            Route(
                .post, "/api/v1/households/{household}/visits", .holder(.editResident), kind: .api(Self.visitOperation),
                handle: visit),
            Route(.get, "/api/v1/care", .holder(.readCare), kind: .api(Self.careOperation), handle: care),
            Route(
                .get, "/api/v1/enterprises", .holder(.readResident), kind: .api(Self.enterprisesOperation), handle: enterprises),
        ]
    }

    /// The value of a parameter as `read` takes it; nil when it is left out.
    /// - Throws: ``Invalid`` for a value that is none.
    func choice<Value>(_ name: String, _ call: Call, _ read: (String) -> Value?) throws(Invalid) -> Value? {
        guard let text = call.query[name], !text.isEmpty else { return nil }
        guard let value = read(text) else { throw Invalid("/\(name)", "not-a-choice") }
        return value
    }

    func grid(_ call: Call) throws(Invalid) -> ID<GridNode>? { try choice("grid", call) { ID<GridNode>($0) } }

    /// Lists have no id in their path: a grid out of reach is a fault of the parameter.
    func within<Value>(_ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch is NotFound { throw Invalid("/grid", "outside-reach") }
    }

    private func find(_ call: Call) async throws -> Answer {
        let text = (call.query["q"] ?? "").trimmed
        guard text.count <= 80 else { throw Invalid("/q", "too-long", ["limit": "80"]) }
        let (people, hasMore) = try await FindPeople(desk)(text, by: try call.signedIn())
        return try .json(FoundDocument(people: people.map(PersonDocument.init), more: hasMore))
    }

    private func person(_ call: Call) async throws -> Answer {
        try .json(PersonDocument(try await ReadPerson(desk)(try call.id("person"), by: try call.signedIn()), on: desk.today))
    }

    private func households(_ call: Call) async throws -> Answer {
        let after = try choice("after", call) { VisitCursor($0) }
        let address = (call.query["address"] ?? "").trimmed
        guard address.count <= 40 else { throw Invalid("/address", "too-long", ["limit": "40"]) }
        let (lines, next) = try await within {
            try await ReadHouseholds(desk)(in: try grid(call), address: address, after: after, by: try call.signedIn())
        }
        return try .json(HouseholdsDocument(households: lines.map(HouseholdDocument.init), next: next?.description))
    }

    private func household(_ call: Call) async throws -> Answer {
        let sight = try await ReadHousehold(desk)(try call.id("household"), by: try call.signedIn())
        return try .json(HouseholdDocument(sight))
    }

    private func visit(_ call: Call) async throws -> Answer {
        let id = try call.id("household", of: Household.self)
        let input = try call.decode(VisitInput.self)
        guard let channel = HomeVisit.Channel(rawValue: input.channel) else { throw Invalid("/channel", "not-a-choice") }
        let at = try input.at.map { text in
            guard let at = Instant(rfc3339: text) else { throw Invalid("/at", "not-a-date") }
            return at
        }
        let visit = try await RecordVisit(desk)(
            to: .household(id), channel, at: at, note: input.note, by: try call.signedIn(), request: call.clientID())
        return try .json(["id": visit], status: 201)
    }

    private func care(_ call: Call) async throws -> Answer {
        let kind = try choice("kind", call) { CareMark.Kind(rawValue: $0) }
        let onlyDue = try choice("due", call) { ["true": true, "false": false][$0] } ?? false
        let lines = try await within {
            try await ReadCare(desk)(in: try grid(call), kind: kind, onlyDue: onlyDue, by: try call.signedIn())
        }
        return try .json(["people": lines.map(CareDocument.init)])
    }

    private func enterprises(_ call: Call) async throws -> Answer {
        let text = (call.query["text"] ?? "").trimmed
        guard text.count <= 40 else { throw Invalid("/text", "too-long", ["limit": "40"]) }
        let after = try choice("after", call) { NameCursor($0) }
        let filter = EnterpriseFilter(kind: try choice("kind", call) { Enterprise.Kind(rawValue: $0) }, text: text)
        let found = try await within {
            try await ReadEnterprises(desk)(filter, in: try grid(call), after: after, limit: 100, by: try call.signedIn())
        }
        return try .json(
            EnterprisesDocument(enterprises: found.firms.map(EnterpriseDocument.init), next: found.next?.description))
    }
}
