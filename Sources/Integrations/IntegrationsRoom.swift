package import Delivery
package import Directory
package import Identity
package import Kernel
package import Storage
package import Web

/// Those outside who are told of what happens: the operator's pages about them. 对接
package struct IntegrationsRoom: Sendable {
    let database: any Database
    let ambient: Ambient
    let vault: Vault
    let directory: DirectoryCache
    let words: MessageWords

    package init(database: any Database, ambient: Ambient, vault: Vault, directory: DirectoryCache, words: MessageWords) {
        self.database = database
        self.ambient = ambient
        self.vault = vault
        self.directory = directory
        self.words = words
    }

    package static let path = "/integrations"

    package var room: Room {
        Room(
            name: "integrations", routes: routes,
            navigation: [
                NavItem(
                    Self.path, key: "integrations.nav", icon: "link", order: 85, access: .holder(.manageIntegrations),
                    forStaff: true)
            ],
            templates: [
                "integrations-list": PackageResources.integrations_list_mustache,
                "integrations-new": PackageResources.integrations_new_mustache,
                "integrations-show": PackageResources.integrations_show_mustache,
            ], zh: PackageResources.integrations_zh_json, en: PackageResources.integrations_en_json)
    }

    var manage: ManageSubscribers { ManageSubscribers(database: database, ambient: ambient, vault: vault) }
}
