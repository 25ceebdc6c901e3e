import Directory
import Kernel
import Media
import Storage
import TestSupport
import Testing

@testable import Points

struct ClaimTests {
    private static let today = Day(ordinal: 20_500)

    @Test(
        arguments: [
            (PointEvidence.none, 5, "", 0, nil), (.words, 5, "", 0, "/words words-needed"), (.words, 5, "扫了", 0, nil),
            (.photo, 5, "扫了", 0, "/photos photo-needed"), (.photo, 5, "", 1, nil), (.record, 5, "", 1, "/words words-needed"),
            (.none, -5, "", 0, "/words words-needed"), (.none, -5, "屡劝不改", 0, nil),
            (.photo, -5, "屡劝不改", 0, "/photos photo-needed"),
            (.photo, -5, "屡劝不改", 1, nil),
        ] as [(PointEvidence, Int, String, Int, String?)])
    func `a claim shows what its rule wants to see`(
        _ evidence: PointEvidence, _ points: Int, _ words: String, _ photos: Int, _ expected: String?
    ) {
        let rule = PointRule(
            id: ID(.version7(at: .testStart, random: (1, 2))), code: "x", domain: .environment, nameZh: "", nameEn: "",
            points: points,
            evidence: evidence, approver: .worker)
        let fault = ClaimRules.missing(rule, words: words, photos: photos)
        #expect(fault.map { "\($0.pointer) \($0.code)" } == expected)
    }

    @Test(arguments: [(1, "day-to-come"), (0, nil), (-30, nil), (-31, "day-too-long-ago")] as [(Int, String?)])
    func `a deed is claimed within thirty days`(_ days: Int, _ expected: String?) {
        #expect(ClaimRules.check(day: Self.today.adding(days: days), today: Self.today)?.code == expected)
    }

    @Test(
        arguments: [
            (-5, false, 0, nil), (-5, false, 15, nil), (-5, false, 16, "appeal-too-late"), (-5, true, 0, "nothing-to-appeal"),
            (5, false, 0, "nothing-to-appeal"),
        ] as [(Int, Bool, Int, String?)])
    func `what was taken can be objected to within fifteen days`(
        _ effect: Int, _ isTakenBack: Bool, _ days: Int, _ expected: String?
    ) async {
        let found = await refusal {
            try AppealRules.check(
                effect: effect, isTakenBack: isTakenBack, bookedOn: Self.today, today: Self.today.adding(days: days))
        }
        #expect(found == expected)
    }

    // MARK: -

    private func draft(
        _ scene: Scene, _ household: ID<Household>, _ rule: String = "mutual-help", words: String = "帮邻居收稻谷",
        channel: Claim.Channel = .phone, photos: [StoredPhoto] = [], id: ID<Claim>? = nil
    ) -> ClaimDraft {
        ClaimDraft(
            id: id ?? scene.ambient.newID(), household: household, rule: rule, day: scene.today, words: words, channel: channel,
            photos: photos)
    }

    private func photo(_ name: Character, _ likeness: Likeness) -> StoredPhoto {
        StoredPhoto(full: String(repeating: name, count: 64), thumb: String(repeating: name, count: 64), likeness: likeness)
    }

    @Test(arguments: Engine.available)
    func `a claim waits, is approved by another one and is booked once`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let (claims, decide) = (ClaimPoints(scene.desk, Darkroom()), DecideClaim(scene.desk))
            let resident = scene.resident(0, 0)
            let household = scene.households[0][0]
            let draft = draft(scene, household)
            let claim = try await claims(draft, by: resident)
            #expect(try await claims(draft, by: resident) == claim)
            #expect(claim.stage == .pending && claim.person == resident.person)
            #expect(try await scene.balance(household) == 0)
            let worker = scene.person(.gridWorker, [scene.grids[0]])
            let request = scene.ambient.newID(PointsEvent.self)
            for _ in 0..<2 { _ = try await decide.approve(claim.id, by: worker, request: request) }
            #expect(try await scene.balance(household) == 5)
            let again = await refusal { _ = try await decide.approve(claim.id, by: worker, request: scene.ambient.newID()) }
            #expect(again == "claim-decided")
            #expect(try await scene.totals().sum == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `two who approve at the same moment book once`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let claim = try await ClaimPoints(scene.desk, Darkroom())(
                draft(scene, scene.households[0][0]), by: scene.resident(0, 0))
            let decide = DecideClaim(scene.desk)
            let done = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<6 {
                    let worker = scene.person(.gridWorker, [scene.grids[0]])
                    group.addTask {
                        await refusal { _ = try await decide.approve(claim.id, by: worker, request: scene.ambient.newID()) }
                            == nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(done == 1)
            #expect(try await scene.balance(scene.households[0][0]) == 5)
        }
    }

    @Test(arguments: Engine.available)
    func `nobody decides on their own, and the chief's rules wait for the chief`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let (claims, decide) = (ClaimPoints(scene.desk, Darkroom()), DecideClaim(scene.desk))
            let worker = scene.person(.gridWorker, [scene.grids[0]])
            func approve(_ claim: Claim, _ who: Principal) async -> String? {
                await refusal { _ = try await decide.approve(claim.id, by: who, request: scene.ambient.newID()) }
            }
            let onBehalf = try await claims(draft(scene, scene.households[0][1], channel: .proxy), by: worker)
            #expect(await approve(onBehalf, worker) == "own-claim")
            let neighbour = Principal(
                town: scene.town, account: scene.ambient.newID(), person: scene.people[0][1], name: "", grants: worker.grants,
                post: "")
            #expect(await approve(onBehalf, neighbour) == "own-home")
            #expect(await approve(onBehalf, scene.person(.gridWorker, [scene.grids[1]])) == "not-found")
            #expect(await approve(onBehalf, scene.resident(0, 1)) == "not-permitted")
            #expect(await approve(onBehalf, scene.person(.gridWorker, [scene.grids[0]])) == nil)

            let mediation = try await claims(
                draft(scene, scene.households[0][2], "mediation", words: "调解记录 3 号"), by: scene.resident(0, 2))
            #expect(await approve(mediation, worker) == "chief-approves")
            #expect(await approve(mediation, scene.chief) == nil)
        }
    }

    @Test(arguments: Engine.available)
    func `a claim is for one's own household, with what the rule wants, and never takes points`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let claims = ClaimPoints(scene.desk, Darkroom())
            let resident = scene.resident(0, 0)
            func claim(_ draft: ClaimDraft, by principal: Principal? = nil) async -> String? {
                await refusal { _ = try await claims(draft, by: principal ?? resident) }
            }
            let own = scene.households[0][0]
            #expect(await claim(draft(scene, scene.households[0][1])) == "not-found")
            #expect(await claim(draft(scene, own, words: " ")) == "/words words-needed")
            #expect(await claim(draft(scene, own, "clear-yard")) == "/photos photo-needed")
            #expect(await claim(draft(scene, own, "litter")) == "/rule rule-unknown")
            #expect(await claim(draft(scene, own, "")) == "/rule required")
            #expect(await claim(draft(scene, own, "rule-breach")) == "staff-only")
            let worker = scene.person(.gridWorker, [scene.grids[1]])
            #expect(await claim(draft(scene, own, channel: .proxy), by: worker) == "not-found")
            let id = scene.ambient.newID(Claim.self)
            #expect(await claim(draft(scene, own, id: id)) == nil)
            #expect(await claim(draft(scene, own, words: "别的", id: id)) == "request-reused")
            #expect(await claim(draft(scene, own, words: String(repeating: "长", count: 301))) == "/words too-long")
        }
    }

    @Test(arguments: Engine.available)
    func `caps leave of an approval what there is room for`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let (claims, decide) = (ClaimPoints(scene.desk, Darkroom()), DecideClaim(scene.desk))
            // Ten points a week.
            var results: [String] = []
            for _ in 0..<3 {
                let claim = try await claims(draft(scene, scene.households[0][0]), by: scene.resident(0, 0))
                let found = await refusal {
                    let done = try await decide.approve(claim.id, by: scene.chief, request: scene.ambient.newID())
                    results.append("\(done.claim.decision?.points ?? 0)")
                }
                if let found { results.append(found) }
            }
            #expect(results == ["5", "5", "cap-reached"])
            #expect(try await scene.balance(scene.households[0][0]) == 10)
        }
    }

    @Test(arguments: Engine.available)
    func `a picture that was claimed before is shown to whoever decides`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let claims = ClaimPoints(scene.desk, Darkroom())
            let (yard, other) = (Sketch(seed: 1), Sketch(seed: 2))
            let first = try await claims(
                draft(scene, scene.households[0][0], "clear-yard", photos: [photo("a", yard.likeness())]),
                by: scene.resident(0, 0))
            let second = try await claims(
                draft(
                    scene, scene.households[1][0], "clear-yard",
                    photos: [photo("b", other.likeness()), photo("c", yard.likeness(isTurned: true))]), by: scene.resident(1, 0))
            let sight = try await ReadClaims(desk: scene.desk)(second.id, by: scene.chief)
            #expect(sight.matches.count == 1)
            let match = try #require(sight.matches.first)
            #expect(match.earlier.claim == first.id && match.household == first.household && match.sureness > 80)
            #expect(sight.photos.first { $0.id == match.photo }?.position == 1)
            #expect(sight.whyNot == nil, "the one who looks decides, not the picture")
            let early = try await ReadClaims(desk: scene.desk)(first.id, by: scene.chief)
            #expect(early.matches.isEmpty)
            let listed = try await ReadClaims(desk: scene.desk).list(.pending, by: scene.chief)
            #expect(listed.repeated == [second.id])
        }
    }

    @Test(arguments: Engine.available)
    func `a deduction needs evidence and another one's yes, and is given back when the objection is right`(_ engine: Engine)
        async throws
    {
        try await Scene.run(engine) { scene in
            let (claims, decide) = (ClaimPoints(scene.desk, Darkroom()), DecideClaim(scene.desk))
            let household = scene.households[0][0]
            let worker = scene.person(.gridWorker, [scene.grids[0]])
            _ = try await scene.write { ledger, _ in try ledger.post(scene.posting(household, "mediation")) }
            let bare = await refusal {
                _ = try await claims(draft(scene, household, "rule-breach", words: "", channel: .proxy), by: worker)
            }
            #expect(bare == "/words words-needed")
            let claim = try await claims(
                draft(scene, household, "rule-breach", words: "屡次占道堆料，三次劝说未改", channel: .proxy), by: worker)
            let early = await refusal { _ = try await decide.approve(claim.id, by: worker, request: scene.ambient.newID()) }
            #expect(early == "chief-approves")
            let chief = scene.chief
            _ = try await decide.approve(claim.id, by: chief, request: scene.ambient.newID())
            #expect(try await scene.balance(household) == 0)

            let entry = ID<PointsEntry>(claim.id.uuid)
            let appeal = AppealEntry(scene.desk)
            let stranger = await refusal {
                _ = try await appeal(entry, words: "不是我家", by: scene.resident(0, 1), request: scene.ambient.newID())
            }
            #expect(stranger == "not-found")
            let request = scene.ambient.newID(PointsEvent.self)
            let made = try await appeal(entry, words: "料是隔壁的", by: scene.resident(0, 0), request: request)
            #expect(try await appeal(entry, words: "料是隔壁的", by: scene.resident(0, 0), request: request).id == made.id)
            let decideAppeal = DecideAppeal(scene.desk)
            let own = await refusal {
                _ = try await decideAppeal(made.id, grant: true, answer: "查过了", by: chief, request: scene.ambient.newID())
            }
            #expect(own == "own-decision")
            let answer = scene.ambient.newID(PointsEvent.self)
            for _ in 0..<2 {
                let town = scene.person(.townOffice, nil)
                let judge = Principal(
                    town: town.town, account: town.account, person: nil, name: "", grants: town.grants, post: town.post)
                let done = try await decideAppeal(made.id, grant: true, answer: "查过了，是隔壁的", by: judge, request: answer)
                #expect(done.stage == .granted)
            }
            #expect(try await scene.balance(household) == 10)
            let twice = await refusal {
                _ = try await appeal(entry, words: "再来", by: scene.resident(0, 0), request: scene.ambient.newID())
            }
            #expect(twice == "nothing-to-appeal")
            #expect(try await scene.totals().sum == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `who claimed takes it back before it is decided`(_ engine: Engine) async throws {
        try await Scene.run(engine) { scene in
            let resident = scene.resident(0, 0)
            let claim = try await ClaimPoints(scene.desk, Darkroom())(draft(scene, scene.households[0][0]), by: resident)
            let withdraw = WithdrawClaim(scene.desk)
            let stranger = await refusal {
                _ = try await withdraw(claim.id, by: scene.resident(0, 1), request: scene.ambient.newID())
            }
            #expect(stranger == "not-found")
            let back = try await withdraw(claim.id, by: resident, request: scene.ambient.newID())
            #expect(back.stage == .withdrawn)
            let late = await refusal {
                _ = try await DecideClaim(scene.desk).approve(claim.id, by: scene.chief, request: scene.ambient.newID())
            }
            #expect(late == "claim-decided")
        }
    }
}

/// A made-up picture, as a likeness alone.
struct Sketch {
    let seed: UInt64

    func likeness(isTurned: Bool = false) -> Likeness {
        let numbers = SeededNumbers(seed: seed)
        let blocks = (0..<64).map { _ in UInt8(truncatingIfNeeded: numbers.next()) }
        let size = 32
        let grey = (0..<size * size).map { index -> UInt8 in
            let (x, y) = (index % size, index / size)
            return isTurned ? blocks[x / 4 * 8 + (size - 1 - y) / 4] : blocks[y / 4 * 8 + x / 4]
        }
        return Likeness(grey: grey, width: 1, height: 1)
    }
}
