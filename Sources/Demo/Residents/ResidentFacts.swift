import Directory
import Kernel
import Registers

/// What the registers of the demo town know of its people: births, documents that belong to nobody, and who is looked after.
///
/// Drawn from a stream of its own, so that the people themselves stay as they were.
struct ResidentFacts: Sendable {
    private var chance: Chance
    private let today: Day
    private var documents = 0

    init(_ plan: TownPlan) {
        chance = Chance(seed: plan.seed, "resident facts")
        today = plan.time.today
    }

    /// Somebody as the registers know them.
    struct Facts: Sendable {
        let sex: PersonRecord.Sex
        let birth: Day
        let document: Document?
        let isPartyMember: Bool
        let relation: String
        let skills: Set<Skill>
        let marks: [CareMark.Kind]
    }

    /// - Parameters:
    ///   - place: of the person in the household; the first is its head.
    ///   - alone: whether nobody else lives there.
    ///   - head: the head's facts.
    mutating func facts(place: Int, alone: Bool, kind: Residency.Kind, head: Facts?) -> Facts {
        let age = age(place: place, alone: alone, kind: kind, head: head.map { Age.years(of: $0.birth, on: today) })
        let birth = today.adding(days: -(age * 36_525 / 100 + chance.within(2...360)))
        let years = Age.years(of: birth, on: today)
        let sex: PersonRecord.Sex = place == 1 ? (head?.sex == .male ? .female : .male) : chance.happens(500) ? .male : .female
        let isPartyMember = years >= 20 && kind == .registered && chance.happens(90)
        return Facts(
            sex: sex, birth: birth, document: chance.happens(920) ? document(birth, sex) : nil, isPartyMember: isPartyMember,
            relation: Self.relation(place: place, sex: sex, years: years), skills: skills(isPartyMember, years),
            marks: marks(years: years, alone: alone, kind: kind))
    }

    private mutating func age(place: Int, alone: Bool, kind: Residency.Kind, head: Int?) -> Int {
        switch (place, kind) {
        case (0, .floating), (0, .tenant): chance.within(19...52)
        case (0, _): alone && chance.happens(600) ? chance.within(66...93) : chance.within(28...74)
        case (1, _): max(20, (head ?? 40) + chance.within(-6...5))
        case (2...3, _): max(0, min((head ?? 45) - chance.within(22...34), 45))
        default: chance.happens(500) ? (head ?? 45) + chance.within(22...28) : max(0, (head ?? 60) - chance.within(48...58))
        }
    }

    private static func relation(place: Int, sex: PersonRecord.Sex, years: Int) -> String {
        switch place {
        case 0: "户主"
        case 1: "配偶"
        case 2, 3: sex == .male ? "子" : "女"
        default: years >= 60 ? (sex == .male ? "父亲" : "母亲") : sex == .male ? "孙子" : "孙女"
        }
    }

    private mutating func skills(_ isPartyMember: Bool, _ years: Int) -> Set<Skill> {
        guard isPartyMember, years >= 55 else { return chance.happens(15) ? [chance.pick(Skill.allCases)] : [] }
        return chance.happens(400) ? [chance.pick([.mediation, .mediation, .teaching, .writing, .music, .medicine])] : []
    }

    private mutating func marks(years: Int, alone: Bool, kind: Residency.Kind) -> [CareMark.Kind] {
        var marks: [CareMark.Kind] = []
        if alone, years >= 65 { marks.append(.livingAlone) }
        if years >= 78, chance.happens(250) { marks.append(.reducedMobility) }
        if years < 14, kind == .registered, chance.happens(25) { marks.append(.leftBehindChild) }
        if kind == .registered, chance.happens(12) { marks.append(.lowIncome) }
        if chance.happens(9) { marks.append(.disability) }
        if kind == .registered, years >= 60, chance.happens(3) { marks.append(.lostOnlyChild) }
        return marks
    }

    /// A number that belongs to nobody: its division, 350599, has never been one, but its form, birth and check are right.
    private mutating func document(_ birth: Day, _ sex: PersonRecord.Sex) -> Document? {
        documents += 1
        let order = (documents * 2 + (sex == .male ? 1 : 0)) % 1000
        let digits = birth.description.filter { $0 != "-" }
        let body = "350599" + digits + String(repeating: "0", count: 3 - String(order).count) + String(order)
        return "0123456789X".lazy.compactMap { try? Document(nil, body + String($0)) }.first
    }
}
