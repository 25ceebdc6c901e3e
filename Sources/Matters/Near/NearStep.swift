import Kernel
import Web

/// What the forms of a report do about matters nearby: show them before anything is sent, once, and let whoever reports join in.
struct NearStep {
    enum Next {
        /// Nothing near that was not shown already.
        case send
        case joined(Joining)
        case ask(NearStepPage)
    }

    let desk: MatterDesk
    let sender: ReportSender
    var onBehalf = false

    /// - Throws: ``Invalid`` when the report has faults: they are told first.
    func next(_ report: MatterReport, _ wording: Wording) async throws -> Next {
        let form = wording.call.form
        if let target = ID<Matter>(form["join"] ?? "") {
            do {
                return .joined(try await JoinMatter(desk)(target, report, from: sender, onBehalf: onBehalf))
            } catch let conflict as Conflict where conflict.reason != "request-reused" {
                // Their words stay in the form, and can be sent as a report of their own.
                throw Invalid("/category", conflict.reason == "closed" ? "join-closed" : "join-far")
            } catch is NotFound {
                throw Invalid("/category", "join-far")
            }
        }
        let (category, place) = try await ReportMatter(desk).check(report, from: sender, onBehalf: onBehalf)
        let near = try await FindNear(desk)(
            category, at: place, for: onBehalf ? sender.principal : nil, except: report.id, in: sender.town)
        let looked = Set(form.all("looked").flatMap { $0.split(separator: ",").map(String.init) })
        guard near.contains(where: { $0.mayJoin && !looked.contains($0.id.description) }) else { return .send }
        let kept = KeptPhotos(vault: desk.vault, request: report.id).texts(report.photos)
        return .ask(NearStepPage(near, wording, action: wording.call.path, request: report.id, kept: kept))
    }
}
