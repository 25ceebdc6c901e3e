import Directory
import Kernel
import Testing

@testable import Open311

@Suite struct AddressSearchTests {
    private static let ambient = Ambient.system
    private static let ids = (0..<6).map { _ in ambient.newID(GridNode.self) }

    /// Two villages; both have a 01 and a 东区.
    private static let tree: GridTree = {
        func grid(_ index: Int, _ parent: Int?, _ level: GridLevel, _ code: String, _ name: String, _ english: String? = nil)
            -> Grid
        {
            Grid(
                id: ids[index], parent: parent.map { ids[$0] }, level: level, kind: .residential, codeSystem: "nbs", code: code,
                nameZh: name,
                nameEn: english, validFrom: ambient.now().day().adding(days: -9))
        }
        return GridTree(
            town: ambient.newID(), day: ambient.now().day(),
            grids: [
                grid(0, nil, .one, "006", "安平社区", "Anping"), grid(1, 0, .two, "006001", "东区"),
                grid(2, 1, .three, "006501", "春晖小区"),
                grid(3, nil, .one, "221", "瑶前村"), grid(4, 3, .two, "221001", "东区"), grid(5, 3, .two, "221002", "东区二片"),
            ])
    }()

    @Test(arguments: [
        ("安海镇安平社区春晖小区 3 号楼", 2), ("春晖 小区", 2), ("安平社区成功路 1 号", 0), ("ANPING", 0), ("瑶前村东区 5 号", 4), ("瑶前村东区二片", 5),
        ("安平社区东区", 1),
    ])
    func `finds the deepest grid that is named`(_ address: String, _ index: Int) {
        #expect(AddressSearch.grid(in: address, of: Self.tree) == Self.ids[index])
    }

    @Test(arguments: ["", "成功路 1 号", "东区 5 号", "安平社区和瑶前村之间"])
    func `guesses nothing`(_ address: String) { #expect(AddressSearch.grid(in: address, of: Self.tree) == nil) }
}
