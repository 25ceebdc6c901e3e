import Directory
import Geometry
import Kernel

/// The service stations of a village's level-2 grids (domain.md F12, F13). A grid may have none.
struct Stations {
    let grids: TownGrids
    let time: DemoTime

    func stations(of village: TownGrids.Village, _ chance: inout Chance) -> [Station] {
        switch village.draft.entry.serial {
        case VillageList.anping:
            village.levelTwo.map { station($0, village, .basicallyComplete, isPosted: true, &chance) }
        case VillageList.xingsheng:
            zip(village.levelTwo.filter { $0.kind != .exclusive }, Self.quarters).map {
                station($0, village, .inUse, isPosted: true, host: "\($1)境老人会活动中心", &chance)
            }
        case VillageList.yaoqian: village.levelTwo.map { station($0, village, .inUse, isPosted: true, &chance) }
        case VillageList.qianpu:
            village.levelTwo.enumerated().map { station($1, village, $0 < 5 ? .inUse : .building, isPosted: $0 < 5, &chance) }
        default:
            village.levelTwo.filter { _ in chance.happens(600) }.map { grid in
                let status = chance.pick([.inUse, .inUse, .basicallyComplete, .building, .planned] as [Station.BuildStatus])
                return station(grid, village, status, isPosted: status == .inUse && chance.happens(700), &chance)
            }
        }
    }

    /// Six of 兴胜's grids have one, each a guest of the elders' centre of its quarter; the quarters' names are made up.
    private static let quarters = ["东", "西", "南", "北", "中", "后"]

    private func station(
        _ grid: Grid, _ village: TownGrids.Village, _ status: Station.BuildStatus, isPosted: Bool, host: String? = nil,
        _ chance: inout Chance
    ) -> Station {
        let lane = village.leaves.first { $0.path.contains(grid.id) }?.lanes.first ?? village.grid.nameZh
        let address = "\(lane)\(chance.within(1...120))号"
        return Station(
            id: chance.newID(at: time.installed.instant(hour: 11)), grid: grid.id,
            name: "\(village.grid.nameZh)\(grid.nameZh)党群服务站", address: address, hostVenue: host, buildStatus: status,
            rulesPosted: isPosted, place: grids.areas[grid.id]?.pointInside, phone: grid.dutyPhone)
    }
}
