import Directory
import Kernel
import Storage
import Web

/// The office's first page of points.
struct OfficeRoutes: Sendable {
    let desk: PointsDesk

    var routes: [Route] {
        [Route(.get, PointsPath.office, .holder(.readPoints), handle: list)]
    }

    /// The villages with points within one's grids; straight to the village when it is only one.
    private func list(_ call: Call) async throws -> Answer {
        let principal = try call.signedIn()
        let (desk, scope) = (desk, try principal.scope(for: .readPoints))
        let villages = try await desk.database.read { try desk.villages(in: scope, $0, principal.town) }
        return call.page(VillagesPage(call, villages))
    }
}

/// The villages with points.
struct VillagesPage: Page {
    static let template = "points-villages"

    struct Line: Sendable {
        let href: String
        let name: String
    }
    let villages: [Line]

    init(_ call: Call, _ grids: [Grid]) {
        villages = grids.map { Line(href: PointsPath.village($0.id), name: $0.name(in: call.language)) }
    }
}
