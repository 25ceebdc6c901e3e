package import Delivery
package import Directory
package import Identity
package import Kernel
package import Media
package import Storage
package import Web

/// The room of matters: collect, handle, follow up. 事项
package struct MattersRoom: Sendable {
    package let desk: MatterDesk
    package let darkroom = Darkroom()
    package let photos: BlobStore
    let figures = PublicFigures()

    package init(
        database: any Database, ambient: Ambient, vault: Vault, directory: DirectoryCache, photos: BlobStore,
        listeners: Listeners = Listeners()
    ) {
        desk = MatterDesk(database: database, ambient: ambient, vault: vault, directory: directory, listeners: listeners)
        self.photos = photos
    }

    package static let migrations = MattersMigrations.all
    package static let grants = MattersPermissions.grants

    package var room: Room {
        Room(
            name: "matters",
            routes: ResidentRoutes(desk: desk, darkroom: darkroom, photos: photos).routes
                + OfficeRoutes(desk: desk, darkroom: darkroom, photos: photos).routes
                + ChatRoutes(desk: desk).routes + ActRoutes(desk: desk, darkroom: darkroom, photos: photos).routes
                + TimeRoutes(desk: desk).routes
                + ClockOfficeRoutes(desk: desk).routes + CategoryRoutes(desk: desk).routes + MatterAPI(desk: desk).routes
                + FeedRoutes(desk: desk).routes + toolRoutes,
            navigation: [
                NavItem("/report", key: "web.nav.report", icon: "report", order: 20, access: .anyone, forStaff: false),
                NavItem("/track", key: "web.nav.track", icon: "track", order: 30, access: .anyone, forStaff: false),
                NavItem(
                    "/office/matters", key: "web.nav.inbox", icon: "inbox", order: 20, access: .holder(.readMatter),
                    forStaff: true),
                NavItem(
                    "/office/matters/new", key: "web.nav.new", icon: "report", order: 30, access: .holder(.createMatter),
                    forStaff: true),
                NavItem(
                    CategoryRoutes.path, key: "web.nav.categories", icon: "list", order: 67, access: .holder(.editCategory),
                    forStaff: true),
                NavItem(
                    PhraseRoutes.path, key: "web.nav.phrases", icon: "note", order: 68, access: .holder(.editCategory),
                    forStaff: true),
                NavItem(
                    ClockOfficeRoutes.path, key: "web.nav.clocks", icon: "clock", order: 65, access: .holder(.checksRead),
                    forStaff: true),
            ],
            templates: Self.templates, zh: PackageResources.matters_zh_json, en: PackageResources.matters_en_json)
    }

    /// What makes a day's work with many matters lighter.
    private var toolRoutes: [Route] {
        FilterRoutes(desk: desk).routes + BulkRoutes(desk: desk).routes + PhraseRoutes(desk: desk).routes
            + UrgeRoutes(desk: desk).routes + NoteRoutes(desk: desk).routes + LiveRoutes(desk: desk).routes
            + PrintRoutes(desk: desk).routes
    }

    private static let templates = [
        "matters-bulk": PackageResources.matters_bulk_mustache, "matters-bulk-form": PackageResources.matters_bulk_form_mustache,
        "matters-filters": PackageResources.matters_filters_mustache,
        "matters-phrases": PackageResources.matters_phrases_mustache,
        "matters-phrase-edit": PackageResources.matters_phrase_edit_mustache,
        "matters-phrase-list": PackageResources.matters_phrase_list_mustache,
        "matters-print": PackageResources.matters_print_mustache,
        "matters-print-list": PackageResources.matters_print_list_mustache,
        "matters-chat": PackageResources.matters_chat_mustache,
        "matters-chat-drafts": PackageResources.matters_chat_drafts_mustache,
        "matters-clocks": PackageResources.matters_clocks_mustache,
        "matters-clock-office": PackageResources.matters_clock_office_mustache,
        "matters-categories": PackageResources.matters_categories_mustache,
        "matters-category-edit": PackageResources.matters_category_edit_mustache,
        "matters-questions": PackageResources.matters_questions_mustache,
        "matters-category": PackageResources.matters_category_mustache, "matters-inbox": PackageResources.matters_inbox_mustache,
        "matters-new": PackageResources.matters_new_mustache, "matters-place": PackageResources.matters_place_mustache,
        "matters-public": PackageResources.matters_public_mustache, "matters-report": PackageResources.matters_report_mustache,
        "matters-reported": PackageResources.matters_reported_mustache,
        "matters-revealed": PackageResources.matters_revealed_mustache,
        "matters-show": PackageResources.matters_show_mustache, "matters-steps": PackageResources.matters_steps_mustache,
        "matters-track": PackageResources.matters_track_mustache, "matters-write": PackageResources.matters_write_mustache,
    ]
}
