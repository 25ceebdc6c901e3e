package import Directory
package import Kernel

extension Permission {
    /// See the office's pages of points and the wallets of one's grids.
    package static let readPoints = Permission("points.read")
    /// Write down what an inspecting team found.
    package static let inspectPoints = Permission("points.inspect")
    /// Award points under a rule, and take an entry back.
    package static let awardPoints = Permission("points.award")
    /// Draft and adopt rule sets, open, close and post rounds, close months, plan environment days.
    package static let managePoints = Permission("points.manage")
}

/// What each post may do with points, over the grids the post is for.
package enum PointsPermissions {
    private static let all: Set<Permission> = [.readPoints, .inspectPoints, .awardPoints, .managePoints]

    package static let grants: [PostKind: Set<Permission>] = [
        .gridWorker: [.readPoints, .inspectPoints, .awardPoints], .gridChief: all, .townOffice: all,
        .townLead: [.readPoints], .townDeputy: [.readPoints], .instructor: [.readPoints],
    ]
}
