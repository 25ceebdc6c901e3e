import Directory
import Identity
package import Kernel
import Storage

/// Objects to points that were taken: by the household, or by the staff on its behalf (F59). 申诉
package struct AppealEntry: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` for an entry that is not the household's own or out of the staff's reach; ``Invalid`` without words;
    ///   ``Conflict`` `nothing-to-appeal`, `appeal-too-late`, `already-appealed` or `request-reused`.
    package func callAsFunction(
        _ entry: ID<PointsEntry>, words: String, by principal: Principal, request: ID<PointsEvent>
    ) async throws -> Appeal {
        var validation = Validation()
        let words = validation.text(words, at: "/words", limit: Appeal.wordsLimit)
        try validation.finish()
        return try await desk.database.write { tx in
            let town = principal.town
            let ledger = LedgerStore(tx, town: town)
            guard let booked = try ledger.find(entry) else { throw NotFound() }
            let isOwn = try AppealReach(desk: desk).check(booked.household, principal, tx)
            let appeals = AppealStore(tx, town: town)
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            if try change.isDone("appeal.enter", entry, [:]), let made = try appeals.appeal(to: .entry, entry) { return made }
            // What was spent, lapsed or given back was not taken from anybody.
            guard booked.rule != nil else { throw Conflict("nothing-to-appeal") }
            try AppealRules.check(
                effect: booked.effect, isTakenBack: try ledger.reversal(of: entry) != nil, bookedOn: booked.at.day(),
                today: desk.today)
            let appeal = Appeal(
                id: change.newID(), village: booked.village, household: booked.household, subject: .entry,
                subjectID: ID(entry.uuid),
                words: words, account: principal.account, post: isOwn ? "" : principal.post, at: desk.ambient.now(), stage: .open,
                answer: "")
            guard try appeals.insert(appeal) else { throw Conflict("already-appealed") }
            try change.record("appeal.enter", entry, village: booked.village)
            return appeal
        }
    }
}

/// Who may object for a household: whoever lives there, and the staff of its grid on its behalf.
struct AppealReach: Sendable {
    let desk: PointsDesk

    /// - Throws: ``NotFound`` for everybody else.
    /// - Returns: whether it is one's own household.
    func check(_ household: ID<Household>, _ principal: Principal, _ tx: any Transaction) throws -> Bool {
        if principal.may(.beResident), let person = principal.person,
            try DoorStore(tx, town: principal.town).lives(person, in: household, on: desk.today)
        {
            return true
        }
        guard let scope = principal.grants[.awardPoints] else { throw NotFound() }
        _ = try desk.door(household, in: scope, tx, principal.town)
        return false
    }
}
