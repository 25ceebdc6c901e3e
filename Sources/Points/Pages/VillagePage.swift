import Directory
import Kernel
import Web

/// A village's points for its office: figures, rounds, months, rules. 积分管理
struct VillagePage: Page {
    static let template = "points-village"

    struct Round: Sendable {
        let href: String
        let week: String
        let stage: String
        let badge: String
    }
    struct Bar: Sendable {
        let label: String
        let issued: String
        let spent: String
        /// In percent of the largest.
        let issuedShare: String
        let spentShare: String
    }
    struct Share: Sendable {
        let label: String
        let percent: String
    }
    struct Month: Sendable {
        let month: String
        let value: String
        let words: String
        let mayClose: Bool
    }
    struct Set: Sendable {
        let href: String
        let title: String
        let status: String
    }

    let village: String
    let openHref: String
    let householdsHref: String
    let environmentHref: String
    let action: String
    let request: String
    let figures: [FigurePart]
    let inflation: String
    let bars: [Bar]
    let shares: [Share]
    let hasRounds: Bool
    let mayManage: Bool
    let mayOpen: Bool
    let week: String
    let rounds: [Round]
    let open: [Month]
    let flags: [FlagPart]
    let sets: [Set]
    let noSets: Bool
    let draws: [ChoicePart]
    let flagScopes: [ChoicePart]
    let models: String
    let notice: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(_ call: Call, _ sight: VillageSight, faults found: [Fault] = []) {
        let wording = Wording(call: call)
        let shown = ShownFaults(found, call)
        let id = sight.village.id
        village = sight.village.name(in: call.language)
        openHref = PointsPath.open(id)
        householdsHref = "\(PointsPath.village(id))/households"
        environmentHref = PointsPath.environmentDays(id)
        action = PointsPath.village(id)
        request = call.freshRequest
        let numbers = sight.figures
        figures = [
            FigurePart(label: call.text("points.open.outstanding"), value: wording.plain(numbers.outstanding)),
            FigurePart(label: call.text("points.village.month-issued"), value: wording.plain(numbers.months.last?.issued ?? 0)),
            FigurePart(label: call.text("points.village.month-spent"), value: wording.plain(numbers.months.last?.spent ?? 0)),
            FigurePart(
                label: call.text("points.village.never"),
                value: call.text(
                    "points.village.of", ["count": String(numbers.neverReached), "all": String(numbers.households)])),
        ]
        inflation =
            FigureRules.inflation(numbers).map {
                call.text("points.village.inflation", ["months": "\($0 / 10).\($0 % 10)"])
            } ?? call.text("points.village.no-inflation")
        let largest = max(1, numbers.months.flatMap { [$0.issued, $0.spent] }.max() ?? 1)
        bars = numbers.months.suffix(6).map {
            Bar(
                label: wording.month($0.month), issued: wording.plain($0.issued), spent: wording.plain($0.spent),
                issuedShare: String(max(0, $0.issued) * 100 / largest), spentShare: String(max(0, $0.spent) * 100 / largest))
        }
        let percent = FigureRules.percent(numbers.domains)
        shares = PointDomain.allCases.compactMap { domain in
            percent[domain].map { Share(label: wording.domain(domain), percent: String($0)) }
        }
        hasRounds = sight.hasRounds
        mayManage = sight.mayManage
        let thisWeek = CapPeriod.week.term(around: call.now.day()).from
        mayOpen = sight.mayManage && sight.hasRounds
        week = call.sent("week", else: thisWeek.description)
        rounds = sight.rounds.prefix(8).map { round in
            Round(
                href: PointsPath.round(round.id), week: wording.week(round.week), stage: wording.stage(round.stage),
                badge: round.stage == .posted ? "line" : round.stage == .notice ? "amber" : "green")
        }
        open = sight.open.map { month in
            Month(
                month: wording.month(month.month), value: month.month.description,
                words: call.text(
                    month.unposted == 0 ? "points.village.rounds-ready" : "points.village.rounds-waiting",
                    ["rounds": String(month.rounds), "waiting": String(month.unposted)]),
                mayClose: sight.mayManage && month.unposted == 0)
        }
        flags = sight.prizes.prefix(12).map { FlagPart($0, sight, wording) }
        sets = sight.sets.map {
            Set(
                href: PointsPath.set($0.id), title: wording.audience($0.audience),
                status: RulesPart($0, wording, on: call.now.day()).status)
        }
        noSets = sight.sets.isEmpty
        draws = DrawMethod.allCases.map {
            ChoicePart(value: $0.rawValue, label: call.text("points.draw.\($0.rawValue)"), chosen: $0 == sight.scheme.draw)
        }
        flagScopes = FlagScope.allCases.map {
            ChoicePart(
                value: $0.rawValue, label: call.text("points.flag-scope.\($0.rawValue)"), chosen: $0 == sight.scheme.flagScope)
        }
        models = call.sent("models", else: String(sight.scheme.modelsPerGrid))
        notice = call.sent("notice", else: String(sight.scheme.noticeDays))
        self.faults = shown.lines
        fault = shown.byField
    }
}

/// A month's best household of a grid, and the flag's way.
struct FlagPart: Sendable {
    let month: String
    let grid: String
    let address: String
    let walletHref: String
    let words: String
    let hasFlag: Bool
    let out: Bool
    let monthID: String
    let gridID: String

    init(_ prize: MonthPrize, _ sight: VillageSight, _ wording: Wording) {
        let call = wording.call
        month = wording.month(prize.key)
        grid = sight.tree.grid(prize.grid)?.name(in: call.language) ?? ""
        address = sight.addresses[prize.household] ?? ""
        walletHref = PointsPath.wallet(prize.household)
        let why = call.text("points.reason.\(prize.reason.rawValue)")
        let flag =
            !prize.hasFlag
            ? nil
            : prize.flagReturned.map { call.text("points.flag.returned", ["day": $0.description]) }
                ?? call.text("points.flag.out")
        let isBooked = sight.booked.contains(BookedCause(household: prize.household, cause: ID(prize.month.uuid)))
        words = [
            call.text("points.flag.total", ["points": String(prize.score)]), why, flag,
            isBooked ? nil : call.text("points.prize.missed"),
        ].compactMap(\.self).joined(separator: " · ")
        hasFlag = prize.hasFlag
        out = prize.hasFlag && prize.flagReturned == nil && sight.mayManage
        monthID = prize.month.description
        gridID = prize.grid.description
    }
}
