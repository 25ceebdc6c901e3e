import Identity
package import Kernel
import Matters
import Media
import Storage
import Web

/// Reports from other platforms, by the very use case that takes in a resident's own.
extension Open311Room {
    var sendingRoutes: [Route] {
        routes(
            .post, "requests", "open311Send", "Report a need. The very same sending within an hour is the same report.",
            body: ServiceRequest.schema,
            answer: .array(
                .object([
                    .init("service_request_id", .uuid), .init("service_notice", .string()), .init("account_id", .string()),
                ])), perMinute: 600, bodyLimit: Matter.photoLimit * Photograph.byteLimit + 1 << 20, handle: send)
    }

    private func send(_ call: Call, _ format: Format) async throws -> Answer {
        let program = try await sender(call)
        let retry = RetryRules.ids(
            program: program.account, fields: call.form.fields, files: call.form.files.map(\.bytes), at: call.now)
        let (tree, taxonomy, isKnown) = try await ReadPublicMatters(matters.desk).ground(of: call.town, with: retry.earlier)
        guard let code = call.value("service_code") else { throw Invalid("/service_code", "required") }
        let category = try Self.offered(code, taxonomy)
        let request = ServiceRequest(call: call, tree: tree)
        let photos = try await PhotoIntake(call.form, field: "media", matters.darkroom, matters.photos)
        let id =
            call.headers("idempotency-key") == nil ? (isKnown ? retry.earlier : retry.current) : call.clientID(of: program)
        do {
            let sender = ReportSender(town: call.town, principal: nil, program: program, address: call.address)
            let matter = try await ReportMatter(matters.desk)(
                request.report(id, category, photos: photos), from: sender)
            return format.answer(receipt(matter, category, call), named: "service_requests", status: 201)
        } catch let invalid as Invalid {
            throw request.renamed(invalid)
        }
    }

    /// Who holds the key that was sent along, in the form, in the address or as a bearer's. A session of the site counts for nothing.
    /// - Throws: ``Forbidden`` without a key, with one that is unknown or revoked, or that may not send.
    private func sender(_ call: Call) async throws -> Principal {
        let bearer = call.headers("authorization").flatMap { $0.hasPrefix("Bearer ") ? String($0.dropFirst(7)) : nil }
        guard let key = call.value("api_key") ?? bearer else { throw Forbidden("open311-no-key") }
        let (town, find) = (call.town, findPrincipal)
        let found = try await database.read { try find(key: key, town: town, tx: $0) }
        guard let program = found?.principal, program.may(.sendByOpen311) || program.may(.createMatter) else {
            throw Forbidden("open311-wrong-key")
        }
        return program
    }

    /// The id by which programs ask, and for the person the number by which they follow it themselves.
    private func receipt(_ matter: Matter, _ category: Matters.Category, _ call: Call) -> Tree {
        let path = "/m/\(matter.number.digits)"
        let emergency = call.language == .zh ? category.emergencyZh : category.emergencyEn
        let follow = call.text(
            "open311.receipt", ["number": matter.number.description, "url": call.absolute(path) ?? path])
        return .list(
            of: "request",
            [
                .record([
                    ("service_request_id", .text(matter.id.description)),
                    ("service_notice", .text([emergency ?? "", follow].filter { !$0.isEmpty }.joined(separator: " "))),
                    ("account_id", .text("")),
                ])
            ])
    }
}

extension Permission {
    /// Send reports by GeoReport v2, and nothing else.
    package static let sendByOpen311 = Permission("open311.send")
}
