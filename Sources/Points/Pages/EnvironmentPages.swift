import Directory
import Kernel
import Web

/// A village's environment days. 环境整治日
struct EnvironmentPage: Page {
    static let template = "points-environment"

    struct Line: Sendable {
        let href: String
        let month: String
        let words: String
        let badge: String
        let stage: String
    }
    let village: String
    let villageHref: String
    let action: String
    let request: String
    let mayManage: Bool
    let months: [ChoicePart]
    let days: [Line]
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(_ call: Call, _ grid: Grid, _ found: [EnvironmentDay], mayManage: Bool, faults: [Fault] = []) {
        let wording = Wording(call: call)
        let shown = ShownFaults(faults, call)
        village = grid.name(in: call.language)
        villageHref = PointsPath.village(grid.id)
        action = PointsPath.environmentDays(grid.id)
        request = call.freshRequest
        self.mayManage = mayManage
        var (month, options): (MonthKey, [ChoicePart]) = (MonthKey(call.now.day()), [])
        let planned = Set(found.map(\.month))
        for _ in 0..<12 {
            if !planned.contains(month) {
                options.append(ChoicePart(value: month.description, label: wording.month(month), chosen: false))
            }
            month = month.next
        }
        months = options
        days = found.map { day in
            Line(
                href: PointsPath.environmentDay(day.id), month: wording.month(day.month), words: wording.environment(day),
                badge: day.stage == .proposed ? "amber" : day.stage == .held ? "line" : "green",
                stage: call.text("points.environment.\(day.stage.rawValue)"))
        }
        self.faults = shown.lines
        fault = shown.byField
    }
}

/// One environment day: its date, its areas, who takes part and who came.
struct EnvironmentDayPage: Page {
    static let template = "points-environment-day"

    struct Signup: Sendable {
        let household: String
        let address: String
        let area: String
        let came: Bool
        let isHeld: Bool
    }
    let village: String
    let listHref: String
    let month: String
    let words: String
    let stage: String
    let isProposed: Bool
    let isHeld: Bool
    let mayConfirm: Bool
    let mayHold: Bool
    let mayManage: Bool
    let date: String
    let areas: [String]
    let grids: [ChoicePart]
    let signups: [Signup]
    let action: String
    let request: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]

    init(_ call: Call, _ sight: EnvironmentSight, faults found: [Fault] = []) {
        let wording = Wording(call: call)
        let shown = ShownFaults(found, call)
        let day = sight.day
        village = sight.village.name(in: call.language)
        listHref = PointsPath.environmentDays(sight.village.id)
        month = wording.month(day.month)
        words = wording.environment(day)
        stage = call.text("points.environment.\(day.stage.rawValue)")
        isProposed = day.stage == .proposed
        isHeld = day.stage == .held
        mayManage = sight.mayManage && day.stage != .held
        mayConfirm = mayManage
        mayHold = mayManage && day.stage == .confirmed && day.day <= call.now.day()
        date = call.sent("date", else: day.day.description)
        areas = sight.areas.map { area in
            let grid = sight.tree.grid(area.grid)?.name(in: call.language) ?? ""
            return area.words == grid || area.words.isEmpty ? grid : "\(grid) · \(area.words)"
        }
        grids = sight.tree.children(of: sight.village.id).map {
            ChoicePart(value: $0.id.description, label: $0.name(in: call.language), chosen: false)
        }
        signups = sight.signups.map { signup in
            let area = sight.areas.first { $0.id == signup.area }
            return Signup(
                household: signup.household.description, address: sight.addresses[signup.household] ?? "",
                area: area.flatMap { sight.tree.grid($0.grid)?.name(in: call.language) } ?? "", came: signup.came ?? true,
                isHeld: day.stage == .held)
        }
        action = PointsPath.environmentDay(day.id)
        request = call.freshRequest
        self.faults = shown.lines
        fault = shown.byField
    }
}

/// What ``EnvironmentDayPage`` shows.
struct EnvironmentSight: Sendable {
    let day: EnvironmentDay
    let village: Grid
    let tree: GridTree
    let areas: [EnvironmentArea]
    let signups: [EnvironmentSignup]
    let addresses: [ID<Household>: String]
    let mayManage: Bool
}
