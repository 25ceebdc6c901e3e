import Directory
import Kernel
import Media
import Storage
import Web

/// Orders of the 12345 hotline: the list, taking one in on one screen, and the reply.
struct HotlineRoutes: Sendable {
    static let path = "/office/hotline"
    let desk: MatterDesk
    let darkroom: Darkroom
    let photos: BlobStore

    var routes: [Route] {
        [
            Route(.get, Self.path, .holder(.keepHotline), handle: list),
            Route(.get, "\(Self.path)/new", .holder(.keepHotline)) { call in
                call.page(page(ReportForm(call: call, fields: call.query), try await desk.wording(call), []))
            },
            Route(.post, "\(Self.path)/new", .holder(.keepHotline), bodyLimit: ResidentRoutes.bodyLimit, handle: take),
            Route(.post, "/office/matters/{matter}/hotline-replies", .holder(.keepHotline), bodyLimit: 64 << 10, handle: reply),
        ]
    }

    private func list(_ call: Call) async throws -> Answer {
        let (principal, wording) = (try call.signedIn(), try await desk.wording(call))
        let isOpen = call.query["tab"] != "answered"
        let (lines, timing) = try await desk.database.read { tx in
            (
                try HotlineStore(tx, town: call.town).list(for: principal, isOpen: isOpen),
                try desk.treeAndTiming(tx, call.town).1
            )
        }
        return call.page(HotlinePage(lines, timing, isOpen: isOpen, wording))
    }

    private func take(_ call: Call) async throws -> Answer {
        let wording = try await desk.wording(call)
        let form = ReportForm(call: call, fields: call.form)
        var report = form.report(channel: .hotline, photos: try await PhotoIntake(call.form, darkroom, photos))
        report.faults += form.unasked(wording.taxonomy)
        let draft = HotlineDraft(
            number: call.sent("number"), receivedAt: Instant(day: call.sent("day"), time: call.sent("time")),
            replyWithin: call.sent("limit"))
        do {
            let sender = ReportSender(town: call.town, principal: try call.signedIn(), address: call.address)
            let matter = try await TakeHotlineOrder(desk)(draft, report, from: sender)
            return call.done("/office/matters/\(matter.id)", flash: "matters.flash.reported")
        } catch let invalid as Invalid {
            return call.page(page(form, wording, invalid.faults), status: 422)
        }
    }

    private func page(_ form: ReportForm, _ wording: Wording, _ faults: [Fault]) -> HotlineNewPage {
        HotlineNewPage(form.page(wording, faults: faults), form.call, who: form.fields["who"] ?? "")
    }

    private func reply(_ call: Call) async throws -> Answer {
        try await MatterSheet(desk: desk).act(call, "hotline", fields: ["words": "words"], flash: "hotline.flash.replied") { id in
            try await AnswerHotline(desk)(
                call.sent("words"), to: id, seen: call.sent("seen"), by: try call.signedIn(), request: call.clientID(),
                address: call.address)
            return id
        }
    }
}
