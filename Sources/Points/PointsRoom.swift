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
                + OfficeRoutes(desk: desk).routes,
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

    private static let templates = [
        "points-open": PackageResources.points_open_mustache, "points-rules": PackageResources.points_rules_mustache,
        "points-wallet": PackageResources.points_wallet_mustache, "points-none": PackageResources.points_none_mustache,
        "points-villages": PackageResources.points_villages_mustache,
    ]
}
