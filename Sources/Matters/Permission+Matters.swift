package import Directory
package import Kernel

extension Permission {
    /// See matters, their history and photos.
    package static let readMatter = Permission("matter.read")
    /// Write down what somebody else reported.
    package static let createMatter = Permission("matter.create")
    /// Check on site and handle; also see matters of restricted categories.
    package static let handleMatter = Permission("matter.handle")
    /// Escalate and send back.
    package static let routeMatter = Permission("matter.route")
    /// Change the categories: the town's with the whole town, a village's own with the village.
    package static let editCategory = Permission("category.edit")
    /// Say which units outside the grids the town can ask, and who answers for them.
    package static let keepUnits = Permission("unit.keep")
    /// Take in orders of the 12345 hotline and answer them.
    package static let keepHotline = Permission("hotline.keep")
    /// Order the rules about who gets a new matter.
    package static let editRouting = Permission("routing.edit")
    /// Decide which thanks of reporters everybody may read.
    package static let keepQuotes = Permission("quote.keep")
    /// See and answer what one's own unit is asked, and nothing else.
    package static let answerForUnit = Permission("unit.answer")
    /// Ask again and close.
    package static let followUpMatter = Permission("matter.followUp")
}

/// What each post may do with matters, over the grids the post is for (domain.md F03–F08, F18, F19).
package enum MattersPermissions {
    private static let all: Set<Permission> = [.readMatter, .createMatter, .handleMatter, .routeMatter, .followUpMatter]

    /// Full-time and part-time workers, chiefs and the cadres sent down do everything within their own grids; an instructor looks on
    /// and asks again; the town office does everything in the whole town.
    package static let grants: [PostKind: Set<Permission>] = [
        .gridWorker: all, .gridChief: all.union([.editCategory, .keepQuotes]), .townLead: all, .townDeputy: all,
        .townOffice: all.union([.editCategory, .keepUnits, .editRouting, .keepHotline, .keepQuotes]),
        .instructor: [.readMatter, .followUpMatter],
    ]
}
