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
    private let isHeldElsewhere: @Sendable (String, any Transaction) throws -> Bool

    package init(
        database: any Database, ambient: Ambient, vault: Vault, directory: DirectoryCache, photos: BlobStore,
        listeners: Listeners = Listeners(),
        isHeldElsewhere: @escaping @Sendable (String, any Transaction) throws -> Bool = { _, _ in false }
    ) {
        desk = MatterDesk(database: database, ambient: ambient, vault: vault, directory: directory, listeners: listeners)
        self.photos = photos
        self.isHeldElsewhere = isHeldElsewhere
    }

    /// What is done with pictures.
    package var photoDesk: PhotoDesk {
        PhotoDesk(matters: desk, darkroom: darkroom, photos: photos, isHeldElsewhere: isHeldElsewhere)
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
                + FeedRoutes(desk: desk).routes + NearRoutes(desk: desk).routes + MergeRoutes(desk: desk).routes
                + SampleRoutes(desk: desk).routes + toolRoutes,
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
                    SampleRoutes.path, key: "web.nav.samples", icon: "check", order: 66, access: .holder(.followUpMatter),
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

    /// Units outside the grids and what they are asked, with words of its own. 协办
    package var joint: Room {
        Room(
            name: "joint",
            routes: JointRoutes(desk: desk, darkroom: darkroom, photos: photos).routes + UnitRoutes(desk: desk).routes
                + JointAPI(desk: desk).routes,
            navigation: [
                NavItem(
                    JointRoutes.tasks, key: "joint.nav", icon: "flag", order: 64, access: .holder(.readMatter), forStaff: true),
                NavItem(
                    JointRoutes.requests, key: "joint.nav-unit", icon: "inbox", order: 21, access: .holder(.answerForUnit),
                    forStaff: true),
            ],
            templates: [
                "matters-joint": PackageResources.matters_joint_mustache, "joint-tasks": PackageResources.joint_tasks_mustache,
                "joint-task": PackageResources.joint_task_mustache, "joint-ask": PackageResources.joint_ask_mustache,
                "joint-units": PackageResources.joint_units_mustache, "joint-unit": PackageResources.joint_unit_mustache,
                "joint-unit-form": PackageResources.joint_unit_form_mustache,
            ], zh: PackageResources.joint_zh_json, en: PackageResources.joint_en_json)
    }

    /// Orders of the 12345 hotline, with words of its own. 热线工单
    package var hotline: Room {
        Room(
            name: "hotline", routes: HotlineRoutes(desk: desk, darkroom: darkroom, photos: photos).routes,
            navigation: [
                NavItem(
                    HotlineRoutes.path, key: "hotline.nav", icon: "phone", order: 63, access: .holder(.keepHotline),
                    forStaff: true)
            ],
            templates: [
                "matters-hotline": PackageResources.matters_hotline_mustache,
                "hotline-orders": PackageResources.hotline_orders_mustache, "hotline-new": PackageResources.hotline_new_mustache,
            ], zh: PackageResources.hotline_zh_json, en: PackageResources.hotline_en_json)
    }

    /// Ordered rules about who gets what is new, with words of their own. 分派规则
    package var routing: Room {
        Room(
            name: "routing", routes: RoutingRuleRoutes(desk: desk).routes,
            navigation: [
                NavItem(
                    RoutingRuleRoutes.path, key: "routing.nav", icon: "tree", order: 66, access: .holder(.editRouting),
                    forStaff: true)
            ],
            templates: [
                "routing-rules": PackageResources.routing_rules_mustache, "routing-rule": PackageResources.routing_rule_mustache,
            ], zh: PackageResources.routing_zh_json, en: PackageResources.routing_en_json)
    }

    /// Photos painted over and shown to everybody, with words of its own. 照片打码
    package var redaction: Room {
        Room(
            name: "redact", routes: RedactionRoutes(desk: photoDesk).routes + RedactionAPI(desk: photoDesk).routes,
            templates: ["redact-photo": PackageResources.redact_photo_mustache],
            zh: PackageResources.redact_zh_json, en: PackageResources.redact_en_json)
    }

    /// What reporters say themselves of how it was handled, and which thanks everybody may read, with words of their own. 群众评价
    package var ratings: Room {
        Room(
            name: "ratings",
            routes: RatingRoutes(desk: desk).routes + QuoteRoutes(desk: desk).routes + RatingAPI(desk: desk).routes,
            navigation: [
                NavItem(
                    QuoteRoutes.path, key: "ratings.nav", icon: "smile", order: 69, access: .holder(.keepQuotes), forStaff: true)
            ],
            templates: [
                "ratings-rate": PackageResources.ratings_rate_mustache,
                "ratings-thanks": PackageResources.ratings_thanks_mustache,
                "ratings-office": PackageResources.ratings_office_mustache,
            ], zh: PackageResources.ratings_zh_json, en: PackageResources.ratings_en_json)
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
        "matters-samples": PackageResources.matters_samples_mustache,
        "matters-sample": PackageResources.matters_sample_mustache,
        "matters-near": PackageResources.matters_near_mustache,
        "matters-near-lines": PackageResources.matters_near_lines_mustache,
        "matters-near-step": PackageResources.matters_near_step_mustache, "matters-kin": PackageResources.matters_kin_mustache,
        "matters-category": PackageResources.matters_category_mustache, "matters-kept": PackageResources.matters_kept_mustache,
        "matters-inbox": PackageResources.matters_inbox_mustache,
        "matters-new": PackageResources.matters_new_mustache, "matters-place": PackageResources.matters_place_mustache,
        "matters-public": PackageResources.matters_public_mustache, "matters-report": PackageResources.matters_report_mustache,
        "matters-reported": PackageResources.matters_reported_mustache,
        "matters-revealed": PackageResources.matters_revealed_mustache,
        "matters-show": PackageResources.matters_show_mustache, "matters-steps": PackageResources.matters_steps_mustache,
        "matters-track": PackageResources.matters_track_mustache, "matters-write": PackageResources.matters_write_mustache,
    ]
}
