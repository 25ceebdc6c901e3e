package import Identity
package import Kernel
package import Storage
package import Web

/// The town's grids, posts, people, stations and villages: routes, navigation, templates and words.
package struct DirectoryRoom: Sendable {
    let database: any Database
    let ambient: Ambient
    let vault: Vault
    let cache: DirectoryCache
    let towns: TownRegister
    let matters: MattersWindow
    let offers: [PlaceOffer]
    let layers: [MapLayer]

    package init(
        database: any Database, ambient: Ambient, vault: Vault, cache: DirectoryCache, towns: TownRegister = TownRegister(),
        matters: MattersWindow = .none, offers: [PlaceOffer] = [], layers: [MapLayer] = []
    ) {
        self.database = database
        self.towns = towns
        self.ambient = ambient
        self.vault = vault
        self.cache = cache
        self.matters = matters
        self.offers = offers
        self.layers = layers
    }

    package static let migrations = DirectoryMigrations.all

    /// What every kind of post allows in this room. What a grid chief may appoint to, ``PostRules`` says.
    package static let grants: [PostKind: Set<Permission>] = [
        .townOffice: [.directoryRead, .directoryEdit, .townEdit, .postAppoint, .checksRead, .calendarEdit],
        .townLead: [.directoryRead, .checksRead],
        .townDeputy: [.directoryRead, .checksRead],
        .gridChief: [.directoryRead, .directoryEdit, .postAppoint, .checksRead],
        .instructor: [.directoryRead, .checksRead],
        .gridWorker: [.directoryRead],
    ]

    package var room: Room {
        Room(
            name: "directory",
            routes: publicRoutes + officeRoutes + boardRoutes + townRoutes + postRoutes + villageRoutes + factRoutes
                + documentRoutes
                + gridRoutes + areaRoutes + calendarRoutes + apiRoutes,
            navigation: [
                NavItem(
                    DirectoryPath.home, key: "web.nav.home", icon: "home", order: 10, access: .anyone, forStaff: false,
                    isAlone: true),
                NavItem(DirectoryPath.map, key: "web.nav.map", icon: "map", order: 40, access: .anyone, forStaff: false),
                NavItem(
                    DirectoryPath.today, key: "web.nav.overview", icon: "today", order: 10, access: .holder(.checksRead),
                    forStaff: true, isAlone: true),
                NavItem(
                    DirectoryPath.grids, key: "web.nav.tree", icon: "tree", order: 40, access: .holder(.directoryRead),
                    forStaff: true),
                NavItem(
                    DirectoryPath.officeMap, key: "web.nav.map", icon: "map", order: 50, access: .holder(.directoryRead),
                    forStaff: true),
                NavItem(
                    DirectoryPath.checks, key: "web.nav.checks", icon: "checks", order: 60, access: .holder(.checksRead),
                    forStaff: true),
                NavItem(
                    DirectoryPath.documents, key: "web.nav.documents", icon: "note", order: 65, access: .holder(.directoryEdit),
                    forStaff: true),
                NavItem(
                    DirectoryPath.calendar, key: "web.nav.calendar", icon: "calendar", order: 70, access: .holder(.calendarEdit),
                    forStaff: true),
                NavItem(
                    DirectoryPath.town, key: "web.nav.town", icon: "station", order: 75, access: .holder(.townEdit),
                    forStaff: true),
            ],
            templates: [
                "directory-home": PackageResources.directory_home_mustache,
                "directory-villages": PackageResources.directory_villages_mustache,
                "directory-public-grid": PackageResources.directory_public_grid_mustache,
                "directory-map": PackageResources.directory_map_mustache,
                "directory-map-svg": PackageResources.directory_map_svg_mustache,
                "directory-area": PackageResources.directory_area_mustache,
                "directory-area-import": PackageResources.directory_area_import_mustache,
                "directory-area-imports": PackageResources.directory_area_imports_mustache,
                "directory-area-sheet": PackageResources.directory_area_sheet_mustache,
                "directory-boards": PackageResources.directory_boards_mustache,
                "directory-codes": PackageResources.directory_codes_mustache,
                "directory-overview": PackageResources.directory_overview_mustache,
                "directory-tree": PackageResources.directory_tree_mustache,
                "directory-grid": PackageResources.directory_grid_mustache,
                "directory-posts": PackageResources.directory_posts_mustache,
                "directory-checks": PackageResources.directory_checks_mustache,
                "directory-appoint": PackageResources.directory_appoint_mustache,
                "directory-station": PackageResources.directory_station_mustache,
                "directory-profile": PackageResources.directory_profile_mustache,
                "directory-edit": PackageResources.directory_edit_mustache,
                "directory-calendar": PackageResources.directory_calendar_mustache,
                "directory-new-grid": PackageResources.directory_new_grid_mustache,
                "directory-town": PackageResources.directory_town_mustache,
                "directory-facts": PackageResources.directory_facts_mustache,
                "directory-documents": PackageResources.directory_documents_mustache,
                "directory-document": PackageResources.directory_document_mustache,
                "directory-document-form": PackageResources.directory_document_form_mustache,
            ], zh: PackageResources.directory_zh_json, en: PackageResources.directory_en_json)
    }

    var today: Day { ambient.now().day() }

    /// The tree of the town a request is for, as it stands today.
    func tree(_ call: Call) async throws -> GridTree {
        try await cache.tree(database, town: call.town, day: today)
    }
}
