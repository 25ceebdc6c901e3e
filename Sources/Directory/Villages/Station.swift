package import Kernel
import Storage

/// Where a grid's workers can be met 网格党群服务站. A grid may have none (domain.md §1.7).
package struct Station: Sendable, Hashable {
    /// How far it is built (F12).
    package enum BuildStatus: String, Sendable, Hashable, CaseIterable, Codable, SQLValue {
        case planned, building
        /// 基本建成.
        case basicallyComplete = "basic"
        case inUse = "open"
        case closed
    }
    package let id: ID<Station>
    package let grid: ID<GridNode>
    package var name: String
    package var address: String?
    /// The place it is a guest of, such as 老人会活动中心 (F13).
    package var hostVenue: String?
    package var buildStatus: BuildStatus
    /// 制度上墙: whether its rules hang on the wall.
    package var rulesPosted: Bool
    package var place: Coordinate?
    package var phone: String?
    /// Opening hours in words.
    package var hours: String?

    package init(
        id: ID<Station>, grid: ID<GridNode>, name: String, address: String? = nil, hostVenue: String? = nil,
        buildStatus: BuildStatus,
        rulesPosted: Bool = false, place: Coordinate? = nil, phone: String? = nil, hours: String? = nil
    ) {
        self.id = id
        self.grid = grid
        self.name = name
        self.address = address
        self.hostVenue = hostVenue
        self.buildStatus = buildStatus
        self.rulesPosted = rulesPosted
        self.place = place
        self.phone = phone
        self.hours = hours
    }

    /// Everything that speaks against it.
    package var faults: [Fault] {
        var validation = Validation()
        _ = validation.text(name, at: "/name", limit: 60)
        _ = validation.text(address, at: "/address", limit: 120, required: false)
        _ = validation.text(hostVenue, at: "/hostVenue", limit: 60, required: false)
        _ = validation.text(hours, at: "/hours", limit: 60, required: false)
        validation.check(phone.map(Phone.isDialable) ?? true, at: "/phone", "not-a-phone")
        return validation.faults
    }
}
