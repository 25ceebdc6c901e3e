package import Directory
package import Kernel
package import Web

/// Spreadsheets into the registers: brought, matched, judged, written, and taken back if need be. 表格导入
package struct ImportsRoom: Sendable {
    package let desk: ImportDesk

    package init(_ desk: ImportDesk) { self.desk = desk }

    package static let migrations = ImportsMigrations.all

    package static let grants: [PostKind: Set<Permission>] = [.townOffice: [.importData], .gridChief: [.importData]]

    package var room: Room {
        Room(
            name: "imports", routes: ImportRoutes(desk: desk).routes + ImportAPI(desk: desk).routes,
            navigation: [
                NavItem(
                    ImportPath.list, key: "web.nav.imports", icon: "table", order: 55, access: .holder(.importData),
                    forStaff: true)
            ],
            templates: [
                "imports-list": PackageResources.imports_list_mustache, "imports-show": PackageResources.imports_show_mustache,
                "imports-faults": PackageResources.imports_faults_mustache,
            ], zh: PackageResources.imports_zh_json, en: PackageResources.imports_en_json)
    }
}
