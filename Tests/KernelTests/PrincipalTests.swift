import Foundation
import Kernel
import Testing

struct PrincipalTests {
    private let grids = (1...3).map { ID<GridNode>(UUID.version7(at: Instant(milliseconds: 0), random: (0, $0 << 2))) }

    @Test func `joins scopes, and the town swallows the rest`() {
        #expect(Scope.grids([grids[0]]).union(.grids([grids[1]])) == .grids([grids[0], grids[1]]))
        #expect(Scope.nothing.union(.town) == .town)
        #expect(Scope.town.union(.nothing) == .town)
    }

    @Test func `covers what lies below its roots and nothing beside`() {
        #expect(Scope.grids([grids[0]]).covers([grids[0], grids[2]]))
        #expect(!Scope.grids([grids[1]]).covers([grids[0], grids[2]]))
        #expect(!Scope.nothing.covers(grids))
        #expect(Scope.town.covers([]))
    }

    @Test func `refuses a permission that was not granted`() throws {
        let see = Permission("matter.see")
        let principal = Principal(
            town: ID(grids[0].uuid), account: ID(grids[1].uuid), person: nil, name: "陈阿妹", grants: [see: .town],
            post: "grid worker")
        #expect(principal.may(see))
        #expect(try principal.scope(for: see) == .town)
        #expect(throws: Forbidden.self) { try principal.scope(for: Permission("matter.handle")) }
    }
}
