import Kernel
import TestSupport
import Testing

@testable import Matters

/// Who may ask a unit, and what may follow what.
@Suite struct JointRulesTests {
    private let ambient = Ambient.fixed(TestClock())
    private let village: ID<GridNode>
    private let grid: ID<GridNode>

    init() {
        village = ambient.newID()
        grid = ambient.newID()
    }

    private func task(_ state: JointTask.State, asker: Holder? = nil, insisted: Bool = false) -> JointTask {
        JointTask(
            id: ambient.newID(), matter: ambient.newID(), unit: ambient.newID(), asked: "清占道摊", reason: "执法权在队里",
            respondWithin: .oneDay, finishWithin: .threeDays, asker: asker ?? Holder(grid: village, level: 1),
            at: ambient.now(), state: state, wasInsisted: insisted)
    }

    @Test func `level one and the town ask, nobody below`() throws {
        #expect(try JointRules.asker(.town, village: village) == .town)
        #expect(try JointRules.asker(.grids([village]), village: village) == Holder(grid: village, level: 1))
        for scope in [Scope.grids([grid]), .nothing, .grids([ambient.newID()])] {
            #expect(throws: Forbidden("not-level-one")) { try JointRules.asker(scope, village: village) }
        }
    }

    @Test func `every act leads where it may, and nowhere else`() throws {
        let leads: [JointAct: [JointTask.State: JointTask.State]] = [
            .accept: [.asked: .accepted, .insisted: .accepted], .refuse: [.asked: .refused], .finish: [.accepted: .done],
            .confirm: [.done: .confirmed], .sendBack: [.done: .accepted], .insist: [.refused: .insisted],
            .withdraw: [.asked: .withdrawn, .accepted: .withdrawn, .refused: .withdrawn, .insisted: .withdrawn],
        ]
        for act in JointAct.allCases {
            for state in JointTask.State.allCases {
                #expect((try? JointRules.after(act, task(state))) == leads[act]?[state], "\(act) in \(state)")
            }
        }
        #expect(throws: Conflict("insisted")) { try JointRules.after(.refuse, task(.insisted, insisted: true)) }
        #expect(throws: Conflict("joint-confirmed")) { try JointRules.after(.withdraw, task(.confirmed)) }
    }

    @Test func `only the level that asked decides, only the town insists, and nobody confirms their own work`() throws {
        let (me, other): (ID<AccountNode>, ID<AccountNode>) = (ambient.newID(), ambient.newID())
        let ours = task(.done)
        for scope in [Scope.town, .grids([village])] {
            try JointRules.checkAsker(.confirm, scope, ours, by: me, workers: [other])
        }
        for scope in [Scope.grids([grid]), .nothing] {
            #expect(throws: Forbidden("not-the-asker")) {
                try JointRules.checkAsker(.confirm, scope, ours, by: me, workers: [])
            }
        }
        // What the town asked, a village does not confirm.
        #expect(throws: Forbidden("not-the-asker")) {
            try JointRules.checkAsker(.confirm, .grids([village]), task(.done, asker: .town), by: me, workers: [])
        }
        #expect(throws: Forbidden("town-insists")) {
            try JointRules.checkAsker(.insist, .grids([village]), task(.refused), by: me, workers: [])
        }
        try JointRules.checkAsker(.insist, .town, task(.refused), by: me, workers: [])
        #expect(throws: Forbidden("own-joint")) { try JointRules.checkAsker(.confirm, .town, ours, by: me, workers: [me]) }
        #expect(JointAct.allCases.filter { !JointRules.needsWords($0) } == [.accept, .confirm])
    }

    @Test func `the unit that usually leads is found by the category's own words`() {
        let police = JointUnit(id: ambient.newID(), nameZh: "安海派出所")
        let power = JointUnit(id: ambient.newID(), nameZh: "晋江供电公司安海供电所")
        #expect(JointRules.usual("妇联、派出所", among: [power, police]) == police)
        #expect(JointRules.usual("燃气、供电", among: [power, police]) == power)
        #expect(JointRules.usual("民政办", among: [power, police]) == nil)
        #expect(JointRules.usual(nil, among: [power]) == nil && JointRules.usual("所", among: [power]) == nil)
    }
}
