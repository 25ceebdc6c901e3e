import Directory
import Identity
package import Kernel
package import Media
import Storage

/// Takes in a claim: from the household's own telephone, or by the staff of its grid on its behalf 代办 (design.md rule 9).
package struct ClaimPoints: Sendable {
    private let desk: PointsDesk
    private let darkroom: Darkroom

    /// Pictures of so many days back are compared, the newest 4,000.
    private static let (memory, most): (Span, Int) = (.days(800), 4000)
    /// So many earlier ones are shown for a picture.
    private static let shown = 5

    package init(_ desk: PointsDesk, _ darkroom: Darkroom) {
        self.desk = desk
        self.darkroom = darkroom
    }

    /// - Throws: ``Invalid`` with every fault; ``NotFound`` for a household that is not the claimer's own, or out of the staff's reach;
    ///   ``Forbidden`` `staff-only` for a household that would take points from itself; ``Conflict`` `request-reused`.
    /// - Returns: the claim; after a retry the one that was made first.
    package func callAsFunction(_ draft: ClaimDraft, by principal: Principal) async throws -> Claim {
        var validation = Validation()
        let words = validation.text(draft.words, at: "/words", limit: Claim.wordsLimit, required: false)
        validation.check(draft.day != nil, at: "/day", "required")
        if let fault = draft.day.flatMap({ ClaimRules.check(day: $0, today: desk.today) }) {
            validation.check(false, at: fault.pointer, fault.code, fault.values)
        }
        for fault in draft.faults { validation.check(false, at: fault.pointer, fault.code, fault.values) }
        let checked = validation
        let town = principal.town
        // Comparing takes a while, so it happens before the write; what comes in between is compared within it.
        let (village, known) = try await desk.database.read { tx in
            let door = try door(draft, principal, tx)
            let since = desk.ambient.now() - Self.memory
            return (
                door.village,
                draft.photos.isEmpty
                    ? [] : try ClaimPhotoStore(tx, town: town).likenesses(of: door.village, since: since, limit: Self.most)
            )
        }
        let found = await darkroom.compare(draft.photos.map(\.likeness), with: known.map(\.likeness))
        return try await desk.database.write { tx in
            let claims = ClaimStore(tx, town: town)
            let door = try door(draft, principal, tx)
            guard door.village == village else { throw StorageError.serializationFailure }
            let digest = Self.digest(draft, words, principal)
            if let made = try claims.made(by: draft.id) {
                guard made.digest == digest else { throw Conflict("request-reused") }
                return made.claim
            }
            let rule = try rule(draft, words, door, principal, checked, tx)
            let claim = Claim(
                id: draft.id, village: door.village, grid: door.grid, household: door.household,
                person: draft.channel == .phone ? principal.person : nil, rule: rule.code, asked: rule.points,
                day: draft.day ?? desk.today, words: words, channel: draft.channel, enteredBy: principal.account,
                enteredPost: draft.channel == .phone ? "" : principal.post, at: desk.ambient.now(), stage: .pending,
                decision: nil,
                version: 1)
            guard try claims.insert(claim, digest: digest) else { throw StorageError.serializationFailure }
            try add(draft.photos, to: claim, known, found, town, tx)
            try AuditTrail(tx).record(
                "points.claim", by: principal, town: town, subject: claim.id.description,
                detail: ["rule": claim.rule, "channel": claim.channel.rawValue], ambient: desk.ambient)
            return claim
        }
    }

    private func door(_ draft: ClaimDraft, _ principal: Principal, _ tx: any Transaction) throws -> Door {
        if draft.channel == .phone {
            _ = try principal.scope(for: .beResident)
            let doors = DoorStore(tx, town: principal.town)
            guard let person = principal.person, try doors.lives(person, in: draft.household, on: desk.today) else {
                throw NotFound()
            }
            return try desk.door(draft.household, in: .town, tx, principal.town)
        }
        return try desk.door(draft.household, in: try principal.scope(for: .awardPoints), tx, principal.town)
    }

    /// The rule that is claimed, in the version that bound on the day of the deed.
    private func rule(
        _ draft: ClaimDraft, _ words: String, _ door: Door, _ principal: Principal, _ before: Validation, _ tx: any Transaction
    ) throws -> PointRule {
        var validation = before
        let day = draft.day ?? desk.today
        let kinds = try DoorStore(tx, town: principal.town).kinds(of: door.household, on: day)
        let set = try AudienceRules.audience(of: kinds).flatMap {
            try RuleSetStore(tx, town: principal.town).inForce(door.village, $0, on: day)
        }
        validation.check(set != nil, at: "/household", "no-rules-in-force")
        let rule = set?.rule(draft.rule)
        validation.check(!draft.rule.isEmpty, at: "/rule", "required")
        validation.check(draft.rule.isEmpty || rule?.use == .open, at: "/rule", "rule-unknown")
        if let rule, let fault = ClaimRules.missing(rule, words: words, photos: draft.photos.count) {
            validation.check(validation.faults.contains { $0.pointer == fault.pointer }, at: fault.pointer, fault.code)
        }
        try validation.finish()
        guard let rule else { throw Invalid("/rule", "rule-unknown") }
        guard rule.points > 0 || draft.channel != .phone else { throw Forbidden("staff-only") }
        return rule
    }

    /// Adds the pictures, and what came before that looks like them.
    private func add(
        _ photos: [StoredPhoto], to claim: Claim, _ known: [(photo: ID<ClaimPhoto>, likeness: Likeness)],
        _ found: [[AlikePicture]],
        _ town: ID<Town>, _ tx: any Transaction
    ) throws {
        let store = ClaimPhotoStore(tx, town: town)
        let seen = Set(known.map(\.photo))
        // Pictures that were claimed while this one was compared are few.
        let late =
            photos.isEmpty
            ? []
            : try store.likenesses(of: claim.village, since: claim.at - .minutes(10), limit: 100).filter {
                !seen.contains($0.photo)
            }
        for (position, (photo, alike)) in zip(photos, found).enumerated() {
            let id = desk.ambient.newID(ClaimPhoto.self)
            try store.insert(
                ClaimPhoto(id: id, claim: claim.id, position: position, full: photo.full, thumb: photo.thumb),
                likeness: photo.likeness, of: claim.village, at: claim.at)
            for one in alike.prefix(Self.shown) {
                try store.insert(match: id, earlier: known[one.index].photo, sureness: one.sureness)
            }
            let search = LikenessSearch(photo.likeness)
            for other in late {
                if let sureness = search.sureness(of: other.likeness) {
                    try store.insert(match: id, earlier: other.photo, sureness: sureness)
                }
            }
        }
    }

    private static func digest(_ draft: ClaimDraft, _ words: String, _ principal: Principal) -> String {
        let fields =
            [draft.household.description, draft.rule, draft.day?.description ?? "", words, draft.channel.rawValue]
            + draft.photos.map(\.full) + [principal.account.description]
        return BlobName(of: Array(fields.map { "\($0.utf8.count):\($0)" }.joined(separator: "|").utf8)).description
    }
}
