import Directory
import Kernel
import Points
import Storage

/// A village with points, households with plenty of them, and one popular good.
struct Stall: Sendable {
    let desk: PointsDesk
    let seller: Principal
    let good: Good
    let cards: [PublicNumber]

    static let stock = 90_000

    /// Makes the village in a database that has the tables.
    init(_ database: any Database, households: Int) async throws {
        let ambient = Ambient.system
        let desk = PointsDesk(database: database, ambient: ambient, directory: DirectoryCache())
        let (town, village, grid) = (ambient.newID(Town.self), ambient.newID(GridNode.self), ambient.newID(GridNode.self))
        let today = ambient.now().day()
        let since = today.adding(days: -400)
        let ids = (0..<households).map { _ in ambient.newID(Household.self) }
        let grants = Dictionary([Permission.sellPoints, .keepExchange].map { ($0, Scope.grids([village])) }) { first, _ in first }
        let seller = Principal(town: town, account: ambient.newID(), person: nil, name: "bench", grants: grants, post: "bench")
        try await database.write { tx in
            try TownStore(tx).insert(
                TownRecord(
                    id: town, codeSystem: "nbs", code: "350582101", nameZh: "安海镇", nameEn: "Anhai", hostUnit: "", filing: "",
                    hostnames: []))
            let grids = GridStore(tx, town: town)
            for (id, parent, level, code) in [
                (village, ID<GridNode>?.none, GridLevel.one, "350582101221"), (grid, village, .two, "350582101221001"),
            ] {
                try grids.insert(
                    Grid(
                        id: id, parent: parent, level: level, kind: level == .one ? .village : .residential, codeSystem: "nbs",
                        code: code,
                        nameZh: "瑶前", nameEn: nil, validFrom: since))
            }
            let villages = VillageStore(tx, town: town)
            try villages.put(VillageProfile(village: village, type: .smallVillage))
            try villages.setSwitch(.init(isOn: true, since: since), of: .points, in: village)
            for (number, id) in ids.enumerated() {
                try HouseholdStore(tx, town: town).insert(Household(id: id, grid: grid, addressWords: "\(number)号", from: since))
            }
        }
        cards = try await database.write { tx in
            let ledger = PointsLedger(tx, town: town, by: seller, ambient: ambient)
            return try ids.map { id in
                _ = try ledger.transfer(
                    Transfer(
                        id: ambient.newID(), household: id, from: .issued, to: .household, points: LedgerRules.limit, day: today,
                        cause: .award))
                guard let door = try DoorStore(tx, town: town).find(id) else { throw NotFound() }
                return try ledger.open(door).card
            }
        }
        let bare = try await KeepGoods(desk).add(
            GoodDraft(nameZh: "大米", price: "1"), to: village, by: seller, request: ambient.newID())
        good = try await KeepStock(desk).move(
            bare.id, .delivery, count: String(Self.stock), note: "bench", by: seller, request: ambient.newID())
        self.desk = desk
        self.seller = seller
    }

    /// The good's stock now, and whether it is what moved less what was redeemed.
    func count() async throws -> (stock: Int, isProven: Bool) {
        let (town, id) = (seller.town, good.id)
        return try await desk.database.read { tx in
            let store = GoodStore(tx, town: town)
            return (try store.find(id, in: .town)?.stock ?? -1, try store.miscounted().isEmpty)
        }
    }
}
