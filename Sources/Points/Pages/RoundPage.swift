import Directory
import Kernel
import Web

/// One week's round: who looks at whom, the sheets, what stands out, the result and what is said against it. 卫生评比
struct RoundPage: Page {
    static let template = "points-round"

    struct Pair: Sendable {
        let team: String
        let target: String
        let state: String
        let done: Bool
        let scoreHref: String?
    }
    struct Group: Sendable {
        let grid: String
        let models: [Model]
    }
    struct Model: Sendable {
        let place: String
        let address: String
        let href: String
        let words: String
    }
    struct ObjectionPart: Sendable {
        let id: String
        let address: String
        let words: String
        let stage: String
        let answer: String?
        let isOpen: Bool
    }

    let village: String
    let villageHref: String
    let week: String
    let stage: String
    let stageWords: String
    let draw: String
    let pairs: [Pair]
    let findings: [String]
    let groups: [Group]
    let objections: [ObjectionPart]
    let action: String
    let request: String
    let mayNotice: Bool
    let mayPost: Bool
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(_ call: Call, _ sight: RoundSight, faults found: [Fault] = []) {
        let wording = Wording(call: call)
        let (round, tree) = (sight.round, sight.tree)
        let shown = ShownFaults(found, call)
        func name(_ grid: ID<GridNode>) -> String { tree.grid(grid)?.name(in: call.language) ?? "" }
        village = sight.village.name(in: call.language)
        villageHref = PointsPath.village(sight.village.id)
        week = wording.week(round.week)
        stage = wording.stage(round.stage)
        stageWords = call.text(
            "points.stage.\(round.stage.rawValue).text",
            ["day": round.noticeUntil?.description ?? "", "when": round.postedAt?.stamp() ?? ""])
        draw = call.text("points.draw.\(round.draw.rawValue).text", ["seed": round.seed])
        pairs = sight.pairs.map { pair in
            let sheet = sight.sheets.first { $0.id == pair.sheet }
            let team = sight.teams.first { $0.target == pair.target }
            let state = sheet.map {
                call.text(
                    "points.sheet.in",
                    [
                        "when": $0.at.stamp(), "by": call.posts($0.post), "seen": String(team?.seen ?? 0),
                        "mean": wording.hundredths(team?.mean ?? 0),
                    ])
            }
            return Pair(
                team: name(pair.team), target: name(pair.target), state: state ?? call.text("points.sheet.waiting"),
                done: sheet != nil,
                scoreHref: sight.mayScore.contains(pair.target) ? PointsPath.sheet(round.id, pair.target) : nil)
        }
        findings = sight.findings.map { finding in
            call.text(
                "points.outlier.\(finding.kind.rawValue)",
                [
                    "team": name(finding.team.team), "target": name(finding.team.target),
                    "mean": wording.hundredths(finding.team.mean),
                    "others": wording.hundredths(finding.others), "seen": String(finding.team.seen),
                ])
        }
        let byGrid = Dictionary(grouping: sight.models, by: \.grid)
        groups = sight.pairs.map(\.target).compactMap { grid in
            guard let models = byGrid[grid] else { return nil }
            return Group(
                grid: name(grid),
                models: models.map { model in
                    Model(
                        place: String(model.place), address: sight.addresses[model.household] ?? "",
                        href: PointsPath.wallet(model.household),
                        words: [
                            call.text("points.round.deducted", ["points": String(model.deducted)]),
                            call.text("points.reason.\(model.reason.rawValue)"),
                            sight.missed.contains(model.household) ? call.text("points.prize.missed") : nil,
                        ].compactMap(\.self).joined(separator: " · "))
                })
        }
        objections = sight.objections.map { objection in
            ObjectionPart(
                id: objection.id.description, address: sight.addresses[objection.household] ?? "", words: objection.words,
                stage: call.text("points.objection.\(objection.stage.rawValue)"),
                answer: objection.answer.isEmpty ? nil : objection.answer,
                isOpen: objection.stage == .open && sight.mayManage && round.stage == .notice)
        }
        action = PointsPath.round(round.id)
        request = call.freshRequest
        mayNotice = sight.mayManage && round.stage == .open && sight.pairs.allSatisfy { $0.sheet != nil }
        mayPost = sight.mayManage && round.stage == .notice && sight.mayPost && !objections.contains(where: \.isOpen)
        self.faults = shown.lines
        fault = shown.byField
    }
}

/// The team's own form: every door of the grid it inspects, the lines to tick. Works without a script. 评分表
struct SheetPage: Page {
    static let template = "points-sheet"

    struct Item: Sendable {
        let field: String
        let code: String
        let label: String
        let on: Bool
    }
    struct DoorPart: Sendable {
        let id: String
        let address: String
        let unseen: Bool
        let items: [Item]
        let marked: Bool
    }

    let title: String
    let week: String
    let roundHref: String
    let team: String
    let target: String
    let action: String
    let request: String
    let doors: [DoorPart]
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(_ call: Call, _ sight: SheetSight, faults found: [Fault] = []) {
        let wording = Wording(call: call)
        // A fault of one line names no field of the form.
        let shown = ShownFaults(found.map { Fault("/doors", $0.code, $0.values) }, call)
        team = sight.team.name(in: call.language)
        target = sight.target.name(in: call.language)
        title = call.text("points.sheet.title", ["grid": target])
        week = wording.week(sight.round.week)
        roundHref = PointsPath.round(sight.round.id)
        action = PointsPath.sheet(sight.round.id, sight.target.id)
        request = call.freshRequest
        let isSent = call.form["request"] != nil
        doors = sight.doors.map { door in
            let known = sight.known[door.household]
            let ticked = Set(isSent ? call.form.all("i.\(door.household)") : known.map { Array($0.items.keys) } ?? [])
            let unseen = isSent ? call.form["u.\(door.household)"] != nil : known.map { !$0.seen } ?? false
            return DoorPart(
                id: door.household.description, address: door.address, unseen: unseen,
                items: sight.rules.map { rule in
                    Item(
                        field: "i.\(door.household)", code: rule.code,
                        label: "\(rule.name(in: call.language)) \(wording.signed(rule.points))", on: ticked.contains(rule.code))
                }, marked: unseen || !ticked.isEmpty)
        }
        self.faults = shown.lines
        fault = shown.byField
    }
}
