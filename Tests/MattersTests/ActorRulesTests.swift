import Kernel
import Testing

@testable import Matters

struct ActorRulesTests {
    static let village = RoutingRulesTests.rung(1).grid
    static let second = RoutingRulesTests.rung(2).grid
    static let third = RoutingRulesTests.rung(3).grid

    /// The actor's scope, the path down to the holder, and whether they may act.
    static let table: [(Scope, [ID<GridNode>], Bool)] = [
        (.grids([third]), [village, second, third], true), (.grids([third]), [village, second], false),
        (.grids([third]), [village], false), (.grids([third]), [], false),
        (.grids([second]), [village, second, third], true), (.grids([second]), [village, second], true),
        (.grids([second]), [village], false), (.grids([second]), [], false),
        (.grids([village]), [village, second, third], true), (.grids([village]), [village], true), (.grids([village]), [], false),
        (.town, [village, second, third], true), (.town, [village], true), (.town, [], true), (.nothing, [village], false),
    ]

    @Test(arguments: table) func `acts on what is theirs and below, never above`(
        _ scope: Scope, _ path: [ID<GridNode>], _ may: Bool
    ) {
        if may {
            #expect(throws: Never.self) { try ActorRules.checkHolder(scope, holderPath: path) }
        } else {
            #expect(throws: Forbidden("not-the-holder")) { try ActorRules.checkHolder(scope, holderPath: path) }
        }
    }

    @Test func `nobody follows up what they handled`() {
        let ambient = Ambient(now: { Instant(milliseconds: 0) }, random: { 7 })
        let one: ID<AccountNode> = ambient.newID()
        #expect(throws: Forbidden("own-handling")) { try ActorRules.checkFollowUp(by: one, handlers: [one]) }
        #expect(throws: Never.self) { try ActorRules.checkFollowUp(by: one, handlers: []) }
    }

    @Test func `every act has its permission`() {
        #expect(
            MatterAct.allCases.map(ActorRules.permission(for:))
                == [.handleMatter, .handleMatter, .routeMatter, .routeMatter, .followUpMatter])
    }
}
