import Delivery
import Directory
import Kernel
import Media
import Storage
import Web

/// What everybody may do without an account: report, and follow by number.
struct ResidentRoutes: Sendable {
    let desk: MatterDesk
    let darkroom: Darkroom
    let photos: BlobStore

    /// Three photos and the words.
    static let bodyLimit = Matter.photoLimit * Photograph.byteLimit + 1 << 20

    var routes: [Route] {
        [
            Route(.get, "/report", .anyone, handle: form),
            Route(.post, "/report", .anyone, bodyLimit: Self.bodyLimit, perMinute: 20, handle: report),
            Route(.get, "/reported/{number}", .anyone, perMinute: 60, handle: reported),
            Route(.get, "/track", .anyone, perMinute: 60, handle: track),
            Route(.get, "/m/{number}", .anyone, perMinute: 60, handle: show),
        ]
    }

    // MARK: Reporting

    private func form(_ call: Call) async throws -> Answer {
        let wording = try await wording(call)
        let code = try await PlaceCode.read(call.query, wording, desk)
        var page = ReportForm(
            call: call, fields: code?.fields ?? call.query, offersText: desk.listeners.texts(call.town)
        ).page(wording, faults: [])
        (page.codeNote, page.codeIsLost) = (code?.note, code?.isLost ?? false)
        return call.page(page)
    }

    private func report(_ call: Call) async throws -> Answer {
        let wording = try await wording(call)
        let form = ReportForm(call: call, fields: call.form, offersText: desk.listeners.texts(call.town))
        var report = form.report(channel: .residentPage, photos: try await PhotoIntake(call.form, darkroom, photos))
        let kept = KeptPhotos(vault: desk.vault, request: report.id)
        report.photos += kept.photos(call.form)
        if call.form["join"] == nil { report.faults += form.unasked(wording.taxonomy) }
        do {
            let sender = ReportSender(town: call.town, principal: call.principal, address: call.address)
            switch try await NearStep(desk: desk, sender: sender).next(report, wording) {
            case .joined(let joining): return .seeOther("/reported/\(joining.number.digits)")
            case .ask(let step): return call.page(step)
            case .send: break
            }
            let matter = try await ReportMatter(desk)(report, from: sender)
            return .seeOther("/reported/\(matter.number.digits)")
        } catch let invalid as Invalid {
            var page = form.page(wording, faults: invalid.faults)
            page.kept = kept.choices(report.photos, call)
            return call.page(page, status: 422)
        }
    }

    private func reported(_ call: Call) async throws -> Answer {
        let (matter, tree, taxonomy) = try await found(call)
        let wording = Wording(call: call, tree: tree, taxonomy: taxonomy)
        let category = matter.category.flatMap { taxonomy[$0] }
        let place = matter.grid.map(wording.grid) ?? call.visit.town.name(in: call.language)
        let href = "/m/\(matter.number.digits)"
        return call.page(
            ReportedPage(
                joined: matter.joinedAt != nil, state: call.text("matters.state.\(matter.stage.rawValue)"),
                number: matter.number.description, href: href,
                qr: call.absolute(href).flatMap { QRCode($0) }?.svg(label: ""),
                receivedBy: wording.limit(category?.respondWithin).map {
                    call.text("matters.words.received-limit", ["grid": place, "limit": $0])
                }
                    ?? call.text("matters.words.received", ["grid": place]),
                handledBy: wording.limit(category?.finishWithin).map { call.text("matters.words.handled-limit", ["limit": $0]) }
                    ?? call.text("matters.words.handled"),
                followedUpBy: call.text("matters.words.followed-up"),
                urgentWords: matter.grid.map(wording.contact) ?? call.text("matters.words.no-contact")))
    }

    // MARK: Following

    private func track(_ call: Call) async throws -> Answer {
        guard let typed = call.query["number"]?.trimmed, !typed.isEmpty else {
            return call.page(TrackPage(faults: [], fault: [:], number: ""))
        }
        // A wrong check digit is told before anything is looked up.
        if let number = PublicNumber(typed), (try? await ReadMatter(desk: desk)(number, town: call.town)) != nil {
            return .seeOther("/m/\(number.digits)")
        }
        let fault = call.text(Fault("/number", PublicNumber(typed) == nil ? "number-wrong" : "number-unknown"))
        let page = TrackPage(
            faults: [FaultPart(field: "number", text: fault)], fault: ["number": fault], number: String(typed.prefix(40)))
        return call.page(page, status: 422)
    }

    private func show(_ call: Call) async throws -> Answer {
        let (matter, tree, taxonomy) = try await found(call)
        let wording = Wording(call: call, tree: tree, taxonomy: taxonomy)
        return call.page(
            PublicMatterPage(
                matter, wording, urge: try await PublicUrge.of(matter.number, desk, wording),
                rating: try await PublicRating.of(matter.number, desk, wording)))
    }

    private func found(_ call: Call) async throws -> (PublicMatter, GridTree, Taxonomy) {
        guard let number = PublicNumber(call.parameters["number"] ?? "") else { throw NotFound() }
        return try await ReadMatter(desk: desk)(number, town: call.town)
    }

    private func wording(_ call: Call) async throws -> Wording { try await desk.wording(call) }
}

extension MatterDesk {
    /// The town's grids and categories as a page words them.
    func wording(_ call: Call) async throws -> Wording {
        let (tree, taxonomy) = try await database.read { tx in (try self.tree(tx, call.town), try self.taxonomy(tx, call.town)) }
        return Wording(call: call, tree: tree, taxonomy: taxonomy)
    }
}
