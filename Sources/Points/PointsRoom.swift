package import Delivery
package import Directory
import Identity
package import Kernel
package import Storage
package import Web

/// The room of points: rules, rounds, ledger, exchange. 积分
package struct PointsRoom: Sendable {
    package let desk: PointsDesk
    let books = OpenBooksCache()

    package init(database: any Database, ambient: Ambient, directory: DirectoryCache) {
        desk = PointsDesk(database: database, ambient: ambient, directory: directory)
    }

    package static let migrations =
        PointsMigrations.all + ExchangeMigrations.all + ClaimMigrations.all + ExposureMigrations.all
    package static let grants = PostGrants.merged([PointsPermissions.grants, ExchangePermissions.grants])

    package var room: Room {
        Room(
            name: "points",
            routes: OpenRoutes(desk: desk, books: books).routes + WalletRoutes(desk: desk).routes
                + OfficeRoutes(desk: desk).routes + VillageRoutes(desk: desk).routes + RoundRoutes(desk: desk).routes
                + RuleSetRoutes(desk: desk).routes + EnvironmentRoutes(desk: desk).routes + PointsAPI(desk: desk).routes,
            navigation: [
                NavItem(
                    PointsPath.mine, key: "points.nav.mine", icon: "points", order: 35, access: .holder(.beResident),
                    forStaff: false),
                NavItem(
                    PointsPath.office, key: "points.nav.office", icon: "points", order: 35, access: .holder(.readPoints),
                    forStaff: true),
            ],
            templates: Self.templates, zh: PackageResources.points_zh_json, en: PackageResources.points_en_json)
    }

    /// The open books, which the page of every village with points leads to.
    package static let offer = PlaceOffer(.points, key: "points.open.title") { PointsPath.open($0) }

    /// What recurs: points whose last day has passed lapse, and the environment days of this month and the next are planned.
    package var jobs: [Job] {
        let desk = desk
        return [
            Job("points-expiry", every: .hours(6)) { database, _ in
                for town in try await database.read({ try TownStore($0).all().map(\.id) }) { try await ExpirePoints(desk)(town) }
            },
            Job("points-environment-days", every: .hours(12)) { database, _ in
                for town in try await database.read({ try TownStore($0).all().map(\.id) }) {
                    try await PlanEnvironmentDay(desk).all(of: town)
                }
            },
        ]
    }

    private static let templates = [
        "points-open": PackageResources.points_open_mustache, "points-rules": PackageResources.points_rules_mustache,
        "points-wallet": PackageResources.points_wallet_mustache, "points-none": PackageResources.points_none_mustache,
        "points-villages": PackageResources.points_villages_mustache,
        "points-village": PackageResources.points_village_mustache, "points-round": PackageResources.points_round_mustache,
        "points-sheet": PackageResources.points_sheet_mustache, "points-households": PackageResources.points_households_mustache,
        "points-set": PackageResources.points_set_mustache, "points-line": PackageResources.points_line_mustache,
        "points-environment": PackageResources.points_environment_mustache,
        "points-environment-day": PackageResources.points_environment_day_mustache,
    ]
}
