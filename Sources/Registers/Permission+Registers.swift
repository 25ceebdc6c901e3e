package import Directory
package import Kernel

extension Permission {
    /// See people, households, enterprises and organisations, with personal data masked.
    package static let readResident = Permission("resident.read")
    /// Enter and change them, and write down visits.
    package static let editResident = Permission("resident.edit")
    /// See one person's sealed data, one at a time, with a reason.
    package static let revealResident = Permission("resident.reveal")
    /// Join and separate records of one person, and take one person's data out.
    package static let manageResident = Permission("resident.manage")
    /// See and set key-care marks that everybody of the grid may know.
    package static let readCare = Permission("care.read")
    /// Also those that only the village may know.
    package static let readVillageCare = Permission("care.readVillage")
    /// Also those that only the town office may know.
    package static let readTownCare = Permission("care.readTown")
    /// Purposes, retention and destruction.
    package static let managePurposes = Permission("purpose.manage")
    /// Say who stands in for a colleague.
    package static let arrangeStandIn = Permission("post.standIn")
}

/// What each post may do with the registers, over the grids the post is for.
package enum RegistersPermissions {
    private static let worker: Set<Permission> = [.readResident, .editResident, .revealResident, .readCare]
    private static let village: Set<Permission> = worker.union([.manageResident, .readVillageCare, .arrangeStandIn])

    /// A worker keeps the registers of their grids; the chief also joins records and knows what only the village may know; leaders read.
    package static let grants: [PostKind: Set<Permission>] = [
        .gridWorker: worker, .gridChief: village, .townOffice: village.union([.readTownCare, .managePurposes]),
        .townLead: [.readResident, .readCare, .readVillageCare], .townDeputy: [.readResident, .readCare, .readVillageCare],
        .instructor: [.readResident, .readCare],
    ]
}
