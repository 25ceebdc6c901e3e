import Kernel

extension Site {
    /// What the site itself serves: assets and the visitor's own choices of language, size and colours.
    var ownRoutes: [Route] {
        [
            Route(.get, "/assets/{version}/{name}", .anyone, kind: .bare) { call in
                guard let answer = assets.answer(call.parameters["name"] ?? "", version: call.parameters["version"] ?? "") else {
                    throw NotFound()
                }
                return answer
            },
            // Where signing in leads, whoever it was.
            Route(.get, "/start", .signedIn) { call in .seeOther(call.home) },
            Route(.post, "/preferences", .anyone) { call in
                var answer = Answer.seeOther(call.form["back"] ?? "/")
                let choices = [
                    ("language", Site.languageCookie, ["zh", "en"]), ("elder", Site.elderCookie, ["1", "0"]),
                    ("theme", Site.themeCookie, ["auto", "light", "dark"]),
                ]
                for (field, cookie, allowed) in choices {
                    guard let value = call.form[field], allowed.contains(value) else { continue }
                    answer.setCookie(SetCookie(cookie, value, maxAge: 365 * 86_400), secure: secure)
                }
                return answer
            },
        ]
    }

    /// The metrics text. `gauges` are figures of the rooms, such as matters waiting in the outbox.
    package func metrics(gauges: [(name: String, help: String, value: Int)]) -> Answer {
        Answer(
            headers: [("Content-Type", "text/plain; version=0.0.4; charset=utf-8")],
            body: Array(meter.exposition(gauges: gauges).utf8))
    }

    /// The site's own words and frame. The templates are embedded by the package.
    static let frame = Room(
        name: "web",
        templates: [
            "web-layout": PackageResources.web_layout_mustache, "web-menu": PackageResources.web_menu_mustache,
            "web-problem": PackageResources.web_problem_mustache, "web-faults": PackageResources.web_faults_mustache,
            "web-photos": PackageResources.web_photos_mustache, "web-about": PackageResources.web_about_mustache,
        ],
        zh: PackageResources.web_zh_json, en: PackageResources.web_en_json)

    /// The site's own style sheet, scripts and pictures.
    package static let assets = [
        "app.css": PackageResources.app_css, "app.js": PackageResources.app_js, "report.js": PackageResources.report_js,
        "near.js": PackageResources.near_js,
        "map.js": PackageResources.map_js, "area.js": PackageResources.area_js, "imports.js": PackageResources.imports_js,
        "desk.js": PackageResources.desk_js, "redact.js": PackageResources.redact_js,
        "icons.svg": PackageResources.icons_svg, "mark.svg": PackageResources.mark_svg,
    ]
}
