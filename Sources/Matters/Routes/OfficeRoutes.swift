import Delivery
import Directory
import Kernel
import Media
import Storage
import Web

/// The staff's pages: the list, one matter, writing down for others, photos, and who reported.
struct OfficeRoutes: Sendable {
    let desk: MatterDesk
    let darkroom: Darkroom
    let photos: BlobStore

    var routes: [Route] {
        [
            Route(.get, "/office/matters", .holder(.readMatter), handle: inbox),
            Route(.get, "/office/matters/new", .holder(.createMatter), handle: form),
            Route(.post, "/office/matters/new", .holder(.createMatter), bodyLimit: ResidentRoutes.bodyLimit, handle: report),
            Route(.get, "/office/matters/{matter}", .holder(.readMatter), handle: show),
            Route(.post, "/office/matters/{matter}/reveal", .holders([.handleMatter, .followUpMatter]), handle: reveal),
            Route(.get, "/photos/{photo}", .holder(.readMatter), handle: photo),
        ]
    }

    private func inbox(_ call: Call) async throws -> Answer {
        let principal = try call.signedIn()
        // Somebody may have said where their list begins.
        if call.query.fields.isEmpty, let start = try await ReadInbox(desk: desk).start(of: principal) {
            return .seeOther(start.href())
        }
        let after = call.query["after"].flatMap { MatterCursor($0) }
        let (inbox, tree, taxonomy) = try await ReadInbox(desk: desk)(try InboxQuery(call.query), after: after, by: principal)
        return call.page(InboxPage(inbox, Wording(call: call, tree: tree, taxonomy: taxonomy)))
    }

    private func show(_ call: Call) async throws -> Answer {
        try await MatterSheet(desk: desk).show(try call.id("matter"), call)
    }

    // MARK: On behalf

    private func form(_ call: Call) async throws -> Answer {
        let wording = try await desk.wording(call)
        return call.page(
            page(ReportForm(call: call, fields: call.query, offersText: desk.listeners.texts(call.town)), wording, [], call))
    }

    private func report(_ call: Call) async throws -> Answer {
        let wording = try await desk.wording(call)
        let form = ReportForm(call: call, fields: call.form, offersText: desk.listeners.texts(call.town))
        let channel = Channel.onBehalf.first { $0.rawValue == call.form["channel"] }
        var report = form.report(channel: channel ?? .phone, photos: try await PhotoIntake(call.form, darkroom, photos))
        let kept = KeptPhotos(vault: desk.vault, request: report.id)
        report.photos += kept.photos(call.form)
        if call.form["join"] == nil { report.faults += form.unasked(wording.taxonomy) }
        if channel == nil { report.faults.append(Fault("/channel", "not-a-choice")) }
        do {
            let sender = ReportSender(town: call.town, principal: try call.signedIn(), address: call.address)
            switch try await NearStep(desk: desk, sender: sender, onBehalf: true).next(report, wording) {
            case .joined(let joining):
                // One in the next worker's grid is not theirs to look at.
                let isTheirs = (try? await ReadMatter(desk: desk)(joining.matter, for: call.signedIn())) != nil
                return call.done(
                    isTheirs ? "/office/matters/\(joining.matter)" : "/office/matters", flash: "matters.flash.joined")
            case .ask(let step): return call.page(step)
            case .send: break
            }
            let matter = try await ReportMatter(desk)(report, from: sender, onBehalf: true)
            return call.done("/office/matters/\(matter.id)", flash: "matters.flash.reported")
        } catch let invalid as Invalid {
            let photos = kept.choices(report.photos, call)
            return call.page(page(form, wording, invalid.faults, kept: photos, call), status: 422)
        }
    }

    private func page(
        _ form: ReportForm, _ wording: Wording, _ faults: [Fault], kept: [ChoicePart] = [], _ call: Call
    ) -> ReportOnBehalfPage {
        let chosen = form.fields["channel"] ?? Channel.phone.rawValue
        var page = form.page(wording, faults: faults)
        page.kept = kept
        return ReportOnBehalfPage(
            page,
            channels: Channel.onBehalf.map {
                ChoicePart(value: $0.rawValue, label: wording.channel($0), chosen: $0.rawValue == chosen)
            },
            who: form.fields["who"] ?? "")
    }

    // MARK: Personal data

    private func reveal(_ call: Call) async throws -> Answer {
        let id: ID<Matter> = try call.id("matter")
        do {
            let reporters = try await RevealReporters(desk)(
                id, by: try call.signedIn(), reason: call.form["reason"] ?? "", address: call.address)
            let wording = try await desk.wording(call)
            return call.page(
                RevealedPage(
                    number: "", back: "/office/matters/\(id)",
                    reporters: reporters.map {
                        .init(name: $0.name, phone: $0.phone?.digits, email: $0.email?.text, when: wording.long($0.at))
                    }))
        } catch let invalid as Invalid {
            let attempt = ActAttempt(call, "reveal", fields: ["reason": "reason"], choices: [:], faults: invalid.faults)
            return try await MatterSheet(desk: desk).show(id, call, attempt, status: 422)
        }
    }

    private func photo(_ call: Call) async throws -> Answer {
        let principal = try call.signedIn()
        let id: ID<MatterPhoto> = try call.id("photo")
        let photo = try await desk.database.read { tx in
            guard let photo = try MatterPhotoStore(tx, town: principal.town).find(id),
                try MatterStore(tx, town: principal.town).find(photo.matter, for: principal) != nil
            else { throw NotFound() }
            return photo
        }
        return try await PhotoAnswer(photos: photos)(photo.files, named: photo.id, call)
    }
}

/// Shows a matter to the staff, with the words of an attempt that failed.
struct MatterSheet: Sendable {
    let desk: MatterDesk

    func show(_ id: ID<Matter>, _ call: Call, _ attempt: ActAttempt? = nil, status: Int = 200) async throws -> Answer {
        let (sight, tree, taxonomy) = try await ReadMatter(desk: desk)(id, for: try call.signedIn())
        return call.page(MatterPage(sight, Wording(call: call, tree: tree, taxonomy: taxonomy), attempt: attempt), status: status)
    }

    /// Carries out what a form of the page says. What cannot be done shows the matter again, with every word kept.
    /// - Parameters:
    ///   - section: the form's name in the template; what is said once it is done hangs on it, unless `flash` names something else.
    ///   - fields: pointer of a fault → the form's control.
    ///   - choices: the template's name of a radio button → its control and value.
    ///   - perform: gives the matter to look at next.
    func act(
        _ call: Call, _ section: String, fields: [String: String], choices: [String: (field: String, value: String)] = [:],
        flash: String? = nil, perform: (ID<Matter>) async throws -> ID<Matter>
    ) async throws -> Answer {
        let id: ID<Matter> = try call.id("matter")
        func attempt(_ faults: [Fault] = [], isStale: Bool = false) -> ActAttempt {
            ActAttempt(call, section, fields: fields, choices: choices, faults: faults, isStale: isStale)
        }
        if call.form["insert"] != nil { return try await insert(id, call, attempt()) }
        do {
            return call.done("/office/matters/\(try await perform(id))", flash: flash ?? "matters.flash.\(section)")
        } catch let invalid as Invalid {
            return try await show(id, call, attempt(invalid.faults), status: 422)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            let isStale = conflict.reason == "stale"
            return try await show(id, call, attempt(isStale ? [] : [Fault("", conflict.reason)], isStale: isStale), status: 409)
        }
    }

    /// The matter with the chosen phrase put behind what was typed, for browsers without a script.
    func insert(_ id: ID<Matter>, _ call: Call, _ typed: ActAttempt) async throws -> Answer {
        let (sight, tree, taxonomy) = try await ReadMatter(desk: desk)(id, for: try call.signedIn())
        let wording = Wording(call: call, tree: tree, taxonomy: taxonomy)
        var attempt = typed
        if let step = Phrase.Step(rawValue: typed.section) {
            let chosen = PhrasePick.all(sight, wording)[step.rawValue]?.options.first { $0.code == call.form["phrase"] }
            let before = call.form[step.field] ?? ""
            let words = [before.trimmed, chosen?.words ?? ""].filter { !$0.isEmpty }.joined(separator: "\n")
            attempt.typed["\(step.rawValue)-\(step.field)"] = words
        }
        return call.page(MatterPage(sight, wording, attempt: attempt))
    }
}
