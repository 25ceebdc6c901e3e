package import Directory
package import Exports
package import Kernel
package import Media
package import Storage
package import Web

/// The counters of the room of points: the village exchange, claims and the notice board. Each has words of its own. 共享驿站
package struct ExchangeRoom: Sendable {
    package let desk: PointsDesk
    package let redeem: RedeemPoints
    private let darkroom = Darkroom()
    private let photos: BlobStore

    package init(database: any Database, ambient: Ambient, directory: DirectoryCache, photos: BlobStore) {
        desk = PointsDesk(database: database, ambient: ambient, directory: directory)
        redeem = RedeemPoints(desk)
        self.photos = photos
    }

    /// What may be taken along as a spreadsheet.
    package var lists: [ExportList] { [MonthReportList(desk: desk).list, BalanceList(desk: desk).list] }

    package var rooms: [Room] { [exchange, claims, exposure] }

    private var exchange: Room {
        Room(
            name: "exchange",
            routes: CounterRoutes(desk: desk, redeem: redeem).routes + ShelfRoutes(desk: desk).routes
                + CardRoutes(desk: desk).routes,
            navigation: [
                NavItem(
                    ExchangePath.counter, key: "points.exchange.nav", icon: "station", order: 36, access: .holder(.sellPoints),
                    forStaff: true)
            ],
            templates: [
                "points-exchange-counter": PackageResources.points_exchange_counter_mustache,
                "points-exchange-receipt": PackageResources.points_exchange_receipt_mustache,
                "points-exchange-shelf": PackageResources.points_exchange_shelf_mustache,
                "points-exchange-good": PackageResources.points_exchange_good_mustache,
                "points-exchange-count": PackageResources.points_exchange_count_mustache,
                "points-exchange-report": PackageResources.points_exchange_report_mustache,
                "points-exchange-cards": PackageResources.points_exchange_cards_mustache,
                "points-exchange-mine": PackageResources.points_exchange_mine_mustache,
                "points-errands": PackageResources.points_errands_mustache,
            ], zh: PackageResources.exchange_zh_json, en: PackageResources.exchange_en_json)
    }

    private var claims: Room {
        Room(
            name: "claims",
            routes: ClaimRoutes(desk: desk, darkroom: darkroom, photos: photos).routes + AppealRoutes(desk: desk).routes,
            navigation: [
                NavItem(
                    ClaimPath.office, key: "points.claim.nav", icon: "check", order: 37, access: .holder(.awardPoints),
                    forStaff: true)
            ],
            templates: [
                "points-claim-form": PackageResources.points_claim_form_mustache,
                "points-claim-mine": PackageResources.points_claim_mine_mustache,
                "points-claim-list": PackageResources.points_claim_list_mustache,
                "points-claim-show": PackageResources.points_claim_show_mustache,
                "points-appeal-form": PackageResources.points_appeal_form_mustache,
                "points-appeal-list": PackageResources.points_appeal_list_mustache,
            ], zh: PackageResources.claims_zh_json, en: PackageResources.claims_en_json)
    }

    private var exposure: Room {
        Room(
            name: "exposure", routes: ExposureRoutes(desk: desk, darkroom: darkroom, photos: photos).routes,
            templates: [
                "points-exposure-board": PackageResources.points_exposure_board_mustache,
                "points-exposure-list": PackageResources.points_exposure_list_mustache,
                "points-exposure-show": PackageResources.points_exposure_show_mustache,
            ], zh: PackageResources.exposure_zh_json, en: PackageResources.exposure_en_json)
    }
}
