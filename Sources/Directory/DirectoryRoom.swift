package import Kernel
package import Storage
package import Web

package struct DirectoryRoom: Sendable {
    package static let grants: [PostKind: Set<Permission>] = [:]
    package static let migrations = DirectoryMigrations.all
    package init() {}
    package var room: Room { Room(name: "directory", templates: ["directory-map-svg": PackageResources.directory_map_svg_mustache], zh: PackageResources.directory_zh_json, en: PackageResources.directory_en_json) }
}
