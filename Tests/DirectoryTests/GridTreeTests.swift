import Kernel
import Testing
import Web

@testable import Directory

@Suite struct GridTreeTests {
    typealias Town = SmallTown
    private let tree = GridTree(town: Town.town, day: Town.today, grids: Town.grids.shuffled())

    @Test func `walks up and down in the order of the codes`() {
        #expect(tree.all.map(\.id) == [Town.anping, Town.anpingOne, Town.estate, Town.anpingTwo, Town.yaoqian, Town.yaoqianOne])
        #expect(tree.path(Town.estate).map(\.id) == [Town.anping, Town.anpingOne, Town.estate])
        #expect(tree.ancestors(of: Town.estate).map(\.id) == [Town.anpingOne, Town.anping])
        #expect(tree.descendants(of: Town.anping).map(\.id) == [Town.anpingOne, Town.estate, Town.anpingTwo])
        #expect(tree.village(of: Town.estate)?.id == Town.anping)
        #expect(tree.roots.map(\.id) == [Town.anping, Town.yaoqian])
        #expect(tree.fullName(of: Town.anpingTwo, in: .zh) == "安平社区 第二网格")
        #expect(tree.fullName(of: Town.anpingOne, in: .zh) == "安平社区第一网格")
    }

    @Test func `an unknown grid has no path and lies in no scope`() {
        let unknown: ID<GridNode> = Town.id(99)
        #expect(tree.path(unknown).isEmpty && tree.grid(unknown) == nil && tree.children(of: unknown).isEmpty)
        #expect(!tree.isIn(.town, unknown))
        #expect(tree.isIn(.grids([Town.anping]), Town.estate) && !tree.isIn(.grids([Town.anpingTwo]), Town.estate))
        #expect(tree.all(in: .grids([Town.anpingOne])).map(\.id) == [Town.anpingOne, Town.estate])
    }

    @Test func `what is closed is left out with everything below it`() {
        let grids = Town.grids.map { grid in
            var grid = grid
            if grid.id == Town.anpingOne { grid.validTo = Town.today.adding(days: -1) }
            return grid
        }
        let tree = GridTree(town: Town.town, day: Town.today, grids: grids)
        #expect(!tree.all.contains { $0.id == Town.anpingOne || $0.id == Town.estate })
        let lastDay = GridTree(town: Town.town, day: Town.today.adding(days: -1), grids: grids)
        #expect(lastDay.all.contains { $0.id == Town.estate })
    }

    @Test func `a worker staffs a grid, a chief a village, a lead neither`() {
        let posts = [
            Town.post(1, 1, .gridWorker, on: Town.estate), Town.post(2, 2, .gridChief, on: Town.anping),
            Town.post(3, 3, .townLead, on: Town.yaoqian),
            Town.post(4, 4, .gridWorker, on: Town.anpingTwo, to: Town.today.adding(days: -1)),
        ]
        let tree = GridTree(town: Town.town, day: Town.today, grids: Town.grids, posts: posts)
        #expect(tree.staffed == [Town.estate, Town.anping])
    }

    @Test func `a point belongs to the deepest grid, on a shared border to the smaller code`() throws {
        let areas = [
            Town.anping: try Town.square(0, 0, side: 0.02), Town.anpingOne: try Town.square(0, 0),
            Town.anpingTwo: try Town.square(1, 0),
        ]
        let tree = GridTree(town: Town.town, day: Town.today, grids: Town.grids, areas: areas)
        func path(_ x: Double, _ y: Double) throws -> [ID<GridNode>] {
            tree.path(at: try #require(Coordinate(longitude: x, latitude: y))).map(\.id)
        }
        #expect(try path(118.405, 24.705) == [Town.anping, Town.anpingOne])
        #expect(try path(118.41, 24.705) == [Town.anping, Town.anpingOne])
        #expect(try path(118.405, 24.715) == [Town.anping])
        #expect(try path(118.5, 24.705) == [])
        let sketch = try #require(tree.sketch)
        #expect(sketch.outlines.map(\.id) == [Town.anping, Town.anpingOne, Town.anpingTwo])
        #expect(sketch.outlines.allSatisfy { $0.path.hasPrefix("M") && $0.path.hasSuffix("Z") })
        #expect(abs(sketch.height - 1100) < 30)
    }

    @Test func `a sketch drops corners on a line and keeps shared ones`() {
        let kept = MapSketch.simplified([(0, 0), (5, 0), (10, 0), (10, 10), (10, 10), (0, 10), (0, 0)])
        #expect(kept.map { [$0.x, $0.y] } == [[0, 0], [10, 0], [10, 10], [0, 10]])
    }
}
