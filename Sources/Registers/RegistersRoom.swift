package import Directory
package import Identity
package import Kernel
package import Storage
package import Web

/// The registers: people, households, enterprises, organisations, visits, and what is due to the people in them. 台账
package struct RegistersRoom: Sendable {
    package let desk: RegisterDesk

    package init(database: any Database, ambient: Ambient, vault: Vault, directory: DirectoryCache) {
        desk = RegisterDesk(database: database, ambient: ambient, vault: vault, directory: directory)
    }

    package static let migrations = RegistersMigrations.all
    package static let grants = RegistersPermissions.grants

    package var room: Room {
        Room(
            name: "registers",
            routes: HouseholdRoutes(desk: desk).routes + PersonRoutes(desk: desk).routes + EnterpriseRoutes(desk: desk).routes
                + OrganisationRoutes(desk: desk).routes + OfficeRoutes(desk: desk).routes + RegisterAPI(desk: desk).routes,
            navigation: [
                NavItem(
                    RegistersPath.households, key: "registers.nav", icon: "people", order: 25, access: .holder(.readResident),
                    forStaff: true)
            ],
            templates: Self.templates, zh: PackageResources.registers_zh_json, en: PackageResources.registers_en_json)
    }

    /// The register of properties, with words of its own.
    package var properties: Room {
        Room(
            name: "properties", routes: PropertyRoutes(desk: desk).routes + RegisterAPI(desk: desk).propertyRoutes,
            templates: [
                "registers-properties": PackageResources.registers_properties_mustache,
                "registers-property": PackageResources.registers_property_mustache,
                "registers-property-edit": PackageResources.registers_property_edit_mustache,
            ], zh: PackageResources.properties_zh_json, en: PackageResources.properties_en_json)
    }

    private static let templates = [
        "registers-care": PackageResources.registers_care_mustache,
        "registers-conflict": PackageResources.registers_conflict_mustache,
        "registers-duplicates": PackageResources.registers_duplicates_mustache,
        "registers-enterprise": PackageResources.registers_enterprise_mustache,
        "registers-enterprise-edit": PackageResources.registers_enterprise_edit_mustache,
        "registers-enterprises": PackageResources.registers_enterprises_mustache,
        "registers-file": PackageResources.registers_file_mustache,
        "registers-history": PackageResources.registers_history_mustache,
        "registers-household": PackageResources.registers_household_mustache,
        "registers-household-edit": PackageResources.registers_household_edit_mustache,
        "registers-households": PackageResources.registers_households_mustache,
        "registers-organisation": PackageResources.registers_organisation_mustache,
        "registers-organisations": PackageResources.registers_organisations_mustache,
        "registers-people": PackageResources.registers_people_mustache,
        "registers-person": PackageResources.registers_person_mustache,
        "registers-person-edit": PackageResources.registers_person_edit_mustache,
        "registers-purposes": PackageResources.registers_purposes_mustache,
        "registers-revealed": PackageResources.registers_revealed_mustache,
        "registers-stand-ins": PackageResources.registers_stand_ins_mustache,
        "registers-tabs": PackageResources.registers_tabs_mustache,
        "registers-visit-form": PackageResources.registers_visit_form_mustache,
        "registers-visits": PackageResources.registers_visits_mustache,
        "registers-write": PackageResources.registers_write_mustache,
    ]
}
