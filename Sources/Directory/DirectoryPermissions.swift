package import Kernel

extension Permission {
    /// See the office pages of one's grids.
    package static let directoryRead = Permission("directory.read")
    /// Change grids, stations, profiles and areas.
    package static let directoryEdit = Permission("directory.edit")
    /// Change the town's own record, open villages, write the town's documents.
    package static let townEdit = Permission("town.edit")
    /// Appoint to posts and end them.
    package static let postAppoint = Permission("post.appoint")
    /// See vacancies and broken rules.
    package static let checksRead = Permission("checks.read")
    /// Change the town's working calendar. Counts over the whole town only.
    package static let calendarEdit = Permission("calendar.edit")
}
