import Directory
import Kernel
import Media
import Storage
import TestSupport
import Testing

@testable import Points

struct ExposureTests {
    private static let warned = Day(ordinal: 20_500)

    private static func exposure(
        isMinors: Bool = false, published: Int? = nil, end: Exposure.End? = nil, days: Int = 3
    ) -> Exposure {
        let id = ID<Exposure>(.version7(at: .testStart, random: (1, 2)))
        return Exposure(
            id: id, village: ID(id.uuid), grid: ID(id.uuid), household: ID(id.uuid), words: "门前堆放杂物", isMinors: isMinors,
            warnedOn: warned, dueOn: ExposureRules.due(warnedOn: warned, days: days), warnedBy: ID(id.uuid),
            publishedOn: published.map { warned.adding(days: $0) }, publishedBy: nil, picture: nil, end: end, endedOn: nil,
            version: 1)
    }

    @Test(
        arguments: [
            // Not published: three days to put it right.
            (0, nil, nil, false, .warned), (3, nil, nil, false, .warned), (4, nil, nil, false, .due),
            (100, nil, nil, false, .due),
            (0, nil, .putRight, false, .putRight), (0, nil, .withdrawn, true, .withdrawn),
            // Published on the fourth day: on the board that day and six more.
            (4, 4, nil, false, .shown), (10, 4, nil, false, .shown), (11, 4, nil, false, .expired), (5, 4, nil, true, .paused),
            (11, 4, nil, true, .expired), (5, 4, .putRight, false, .putRight), (5, 4, .withdrawn, false, .withdrawn),
            // A clock that has gone back.
            (3, 4, nil, false, .due),
        ] as [(Int, Int?, Exposure.End?, Bool, ExposureRules.Standing)])
    func `a notice is shown for seven days at most, and never once it is put right`(
        _ day: Int, _ published: Int?, _ end: Exposure.End?, _ hasOpenAppeal: Bool, _ expected: ExposureRules.Standing
    ) {
        let exposure = Self.exposure(published: published, end: end)
        #expect(ExposureRules.standing(of: exposure, on: Self.warned.adding(days: day), hasOpenAppeal: hasOpenAppeal) == expected)
    }

    @Test(
        arguments: [
            (4, 0, false, false, nil, nil, nil), (3, 0, false, false, nil, nil, "time-left"),
            (4, nil, false, false, nil, nil, "no-village-decision"),
            (4, 1, false, false, nil, nil, "no-village-decision"), (4, -400, false, false, nil, nil, nil),
            (400, 0, true, false, nil, nil, "never-a-minor"), (4, 0, false, true, nil, nil, "appeal-waits"),
            (5, 0, false, false, 4, nil, "already-shown"), (5, 0, false, false, nil, .putRight, "exposure-over"),
        ] as [(Int, Int?, Bool, Bool, Int?, Exposure.End?, String?)])
    func `nothing is shown without a decision from before, while there is time, or of a minor`(
        _ day: Int, _ decided: Int?, _ isMinors: Bool, _ hasOpenAppeal: Bool, _ published: Int?, _ end: Exposure.End?,
        _ expected: String?
    ) async {
        let exposure = Self.exposure(isMinors: isMinors, published: published, end: end)
        let policy = decided.map {
            ExposurePolicy(village: exposure.village, decision: "1", decidedOn: Self.warned.adding(days: $0), daysToPutRight: 3)
        }
        let found = await refusal {
            try ExposureRules.checkPublishing(
                exposure, policy: policy, on: Self.warned.adding(days: day), hasOpenAppeal: hasOpenAppeal)
        }
        #expect(found == expected)
    }

    @Test func `squares become boxes, and numbers that are none are left out`() {
        #expect(Mosaic.boxes([]).isEmpty)
        #expect(Mosaic.boxes([-1, 48, 999]).isEmpty)
        let boxes = Mosaic.boxes([0, 47, 0])
        #expect(boxes.count == 2)
        #expect(boxes.first.map { [$0.left, $0.top, $0.right, $0.bottom] } == [0, 0, 125, 166])
        #expect(boxes.last.map { [$0.left, $0.top, $0.right, $0.bottom] } == [875, 833, 1000, 1000])
    }

    // MARK: -

    private func decide(_ scene: Scene) async throws {
        try await SetExposurePolicy(scene.desk)(
            scene.village, decision: "瑶村决〔2025〕3号", on: scene.today, days: "3", by: scene.chief, request: scene.ambient.newID())
    }

    private func warn(_ scene: Scene, _ household: ID<Household>, isMinors: Bool = false) async throws -> Exposure {
        try await WarnHousehold(scene.desk)(
            household, words: "门前堆放杂物", isMinors: isMinors, by: scene.person(.gridWorker, [scene.grids[0]]),
            request: scene.ambient.newID())
    }

    private func publish(_ scene: Scene, _ exposure: Exposure, isClean: Bool = true) async -> String? {
        await refusal {
            _ = try await PublishExposure(scene.desk)(
                exposure.id, picture: nil, isClean: isClean, by: scene.chief, request: scene.ambient.newID())
        }
    }

    /// How many notices the board of a village shows somebody.
    private func shown(_ scene: Scene, _ principal: Principal) async throws -> Int {
        try await ReadExposures(desk: scene.desk).board(by: principal).villages.reduce(0) { $0 + $1.shown.count }
    }

    @Test(arguments: Engine.available)
    func `a warning comes first, then time, then seven days on the board, then nothing`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let household = scene.households[0][0]
            #expect(await refusal { _ = try await warn(scene, household) } == "no-village-decision")
            try await decide(scene)
            let exposure = try await warn(scene, household)
            #expect(exposure.dueOn == scene.today.adding(days: 3))
            scene.clock.advance(by: .days(3))
            #expect(await publish(scene, exposure) == "time-left")
            scene.clock.advance(by: .days(1))
            #expect(await publish(scene, exposure, isClean: false) == "/clean look-again")
            #expect(await publish(scene, exposure) == nil)
            #expect(await publish(scene, exposure) == "already-shown")

            // Every villager sees it, nobody else does.
            #expect(try await shown(scene, scene.resident(2, 1)) == 1)
            #expect(try await shown(scene, scene.person(.gridWorker, [scene.otherVillage])) == 0)
            let outsider = Principal(
                town: scene.town, account: scene.ambient.newID(), person: scene.ambient.newID(), name: "",
                grants: scene.resident(0, 0).grants, post: "")
            #expect(try await shown(scene, outsider) == 0)
            #expect(
                await refusal { _ = try await ReadExposures(desk: scene.desk).shown(exposure.id, by: outsider) } == "not-found")

            scene.clock.advance(by: .days(6))
            #expect(try await shown(scene, scene.resident(2, 1)) == 1)
            scene.clock.advance(by: .days(1))
            #expect(try await shown(scene, scene.resident(2, 1)) == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `what is put right is gone at once, and an objection takes it off until it is answered`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            try await decide(scene)
            let (first, second) = (try await warn(scene, scene.households[0][0]), try await warn(scene, scene.households[0][1]))
            let child = try await warn(scene, scene.households[0][2], isMinors: true)
            scene.clock.advance(by: .days(4))
            #expect(await publish(scene, child) == "never-a-minor")
            #expect(await publish(scene, first) == nil)
            #expect(await publish(scene, second) == nil)
            let neighbour = scene.resident(1, 1)
            #expect(try await shown(scene, neighbour) == 2)
            _ = try await EndExposure(scene.desk)(
                first.id, as: .putRight, by: scene.person(.gridWorker, [scene.grids[0]]), request: scene.ambient.newID())
            #expect(try await shown(scene, neighbour) == 1)

            let appeal = AppealExposure(scene.desk)
            #expect(
                await refusal { _ = try await appeal(second.id, words: "不是我", by: neighbour, request: scene.ambient.newID()) }
                    == "not-found")
            let made = try await appeal(second.id, words: "是公共的料", by: scene.resident(0, 1), request: scene.ambient.newID())
            #expect(try await shown(scene, neighbour) == 0)
            let done = try await DecideAppeal(scene.desk)(
                made.id, grant: false, answer: "看过了，是这户的", by: scene.person(.townOffice, nil), request: scene.ambient.newID())
            #expect(done.stage == .dismissed)
            #expect(try await shown(scene, neighbour) == 1)
        }
    }
}
