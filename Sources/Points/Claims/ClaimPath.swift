import Directory
import Kernel

/// The paths of the pages of claims and objections, written once.
enum ClaimPath {
    static let mine = "/points/claims"
    static let new = "\(mine)/new"
    static let office = "/office/claims"
    static let officeNew = "\(office)/new"
    static let appeals = "/office/appeals"

    static func claim(_ id: ID<Claim>) -> String { "\(office)/\(id)" }
    static func withdrawal(_ id: ID<Claim>) -> String { "\(mine)/\(id)/withdrawal" }
    static func photo(_ id: ID<ClaimPhoto>) -> String { "/points/photos/\(id)" }
    static func appeal(_ entry: ID<PointsEntry>) -> String { "/points/entries/\(entry)/appeal" }
}
