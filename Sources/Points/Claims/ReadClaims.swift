import Directory
import Identity
import Kernel
import Storage

/// A claim as somebody who decides sees it.
struct ClaimSight: Sendable {
    let claim: Claim
    let door: Door
    /// In the version that binds on the day of the deed; nil when none does.
    let rule: PointRule?
    let photos: [ClaimPhoto]
    let matches: [PhotoMatch]
    let addresses: [ID<Household>: String]
    /// What the caps would leave of it now.
    let grant: CapRules.Grant?
    /// What was given under the same rule around that day.
    let taken: [CapPeriod: Int]
    /// Nil when one may decide; else why not.
    let whyNot: String?
}

/// What a household can claim.
struct ClaimableRule: Sendable {
    let rule: PointRule
    /// What the caps leave today; nil without caps.
    let left: Int?
}

/// Reads claims for households and for the staff.
struct ReadClaims: Sendable {
    let desk: PointsDesk

    /// The claims in a stage within reach, with the addresses they came from and which of them have a picture that came before.
    func list(_ stage: Claim.Stage, by principal: Principal) async throws -> (
        claims: [Claim], addresses: [ID<Household>: String], repeated: Set<ID<Claim>>, rules: [String: PointRule]
    ) {
        let scope = try principal.scope(for: .awardPoints)
        return try await desk.database.read { tx in
            let claims = try ClaimStore(tx, town: principal.town).claims(in: stage, scope, limit: 100)
            return (
                claims, try DoorStore(tx, town: principal.town).addresses(of: Set(claims.map(\.household))),
                try ClaimPhotoStore(tx, town: principal.town).repeated(among: claims.map(\.id)),
                try names(of: claims, tx, principal.town)
            )
        }
    }

    /// - Throws: ``NotFound`` out of scope.
    func callAsFunction(_ id: ID<Claim>, by principal: Principal) async throws -> ClaimSight {
        let scope = try principal.scope(for: .awardPoints)
        return try await desk.database.read { tx in
            let town = principal.town
            guard let claim = try ClaimStore(tx, town: town).find(id, in: scope),
                let door = try DoorStore(tx, town: town).find(claim.household)
            else { throw NotFound() }
            let photos = ClaimPhotoStore(tx, town: town)
            let matches = try photos.matches(of: id)
            let rule = try set(of: claim.household, claim.village, on: claim.day, tx, town)?.rule(claim.rule)
            let taken = try LedgerStore(tx, town: town).taken(claim.household, rule: claim.rule, around: claim.day)
            var whyNot: String?
            do {
                try ClaimRules.checkPending(claim.stage)
                try DecideClaim(desk).checkDecider(of: claim, principal, tx)
            } catch let conflict as Conflict {
                whyNot = conflict.reason
            } catch let forbidden as Forbidden {
                whyNot = forbidden.reason
            }
            return ClaimSight(
                claim: claim, door: door, rule: rule, photos: try photos.photos(of: id), matches: matches,
                addresses: try DoorStore(tx, town: town).addresses(of: Set(matches.map(\.household))),
                grant: rule.flatMap { $0.points > 0 ? CapRules.grant($0.points, under: $0.caps, taken: taken) : nil },
                taken: taken,
                whyNot: whyNot)
        }
    }

    /// A picture that the staff may see: of a claim within reach, or one that such a claim's picture looks like.
    /// - Throws: ``NotFound``.
    func photo(_ id: ID<ClaimPhoto>, by principal: Principal) async throws -> ClaimPhoto {
        try await desk.database.read { tx in
            let town = principal.town
            guard let photo = try ClaimPhotoStore(tx, town: town).find(id),
                let claim = try ClaimStore(tx, town: town).made(by: photo.claim)?.claim
            else { throw NotFound() }
            if let person = principal.person, principal.may(.beResident),
                try DoorStore(tx, town: town).lives(person, in: claim.household, on: desk.today)
            {
                return photo
            }
            guard let scope = principal.grants[.awardPoints],
                try ClaimStore(tx, town: town).find(claim.id, in: scope) != nil
                    || desk.villages(in: scope, tx, town).contains(where: { $0.id == claim.village })
            else { throw NotFound() }
            return photo
        }
    }

    /// The households of a person, what each can claim and what it has claimed.
    func mine(by principal: Principal) async throws -> [(door: Door, rules: [ClaimableRule], claims: [Claim])] {
        _ = try principal.scope(for: .beResident)
        guard let person = principal.person else { return [] }
        return try await desk.database.read { tx in
            let town = principal.town
            let villages = VillageStore(tx, town: town)
            return try DoorStore(tx, town: town).doors(of: person, on: desk.today).filter {
                try villages.isOn(.points, in: $0.village)
            }.map { door in
                (
                    door, try claimable(door, withDeductions: false, tx, town),
                    try ClaimStore(tx, town: town).claims(of: door.household, limit: 20)
                )
            }
        }
    }

    /// The household of a card, or of this id, within the staff's reach, and what can be claimed for it.
    /// - Throws: ``NotFound``; ``Invalid`` at `/card`.
    func door(card: PublicNumber?, _ household: ID<Household>?, by principal: Principal) async throws -> (
        door: Door, rules: [ClaimableRule]
    ) {
        let scope = try principal.scope(for: .awardPoints)
        return try await desk.database.read { tx in
            let town = principal.town
            let found = try card.flatMap { try WalletStore(tx, town: town).find(card: $0)?.household } ?? household
            guard let found, let door = try? desk.door(found, in: scope, tx, town) else { throw Invalid("/card", "card-unknown") }
            return (door, try claimable(door, withDeductions: true, tx, town))
        }
    }

    private func claimable(
        _ door: Door, withDeductions: Bool, _ tx: any Transaction, _ town: ID<Town>
    ) throws -> [ClaimableRule] {
        let set = try set(of: door.household, door.village, on: desk.today, tx, town)
        let ledger = LedgerStore(tx, town: town)
        return try (set?.rules ?? []).filter { $0.use == .open && (withDeductions || $0.points > 0) }.map { rule in
            guard rule.points > 0, CapPeriod.allCases.contains(where: { rule.caps[$0] != nil }) else {
                return ClaimableRule(rule: rule, left: nil)
            }
            let taken = try ledger.taken(door.household, rule: rule.code, around: desk.today)
            return ClaimableRule(rule: rule, left: CapRules.grant(rule.points, under: rule.caps, taken: taken).points)
        }
    }

    private func set(
        of household: ID<Household>, _ village: ID<GridNode>, on day: Day, _ tx: any Transaction, _ town: ID<Town>
    ) throws -> RuleSet? {
        try AudienceRules.audience(of: try DoorStore(tx, town: town).kinds(of: household, on: day)).flatMap {
            try RuleSetStore(tx, town: town).inForce(village, $0, on: day)
        }
    }

    /// The names of the rules that claims are about; the codes mean the same in every version of a set.
    private func names(of claims: [Claim], _ tx: any Transaction, _ town: ID<Town>) throws -> [String: PointRule] {
        let rules = try Set(claims.map(\.village)).flatMap { try RuleSetStore(tx, town: town).all(of: $0) }.flatMap(\.rules)
        return Dictionary(rules.map { ($0.code, $0) }) { first, _ in first }
    }
}
