import Directory
import Kernel
import Storage

/// What a matter's page has besides the loop: urges, notes, phrases, and how far it has come.
struct MatterTools: Sendable {
    let urges: [Urge]
    let notes: [MatterNote]
    let ratings: [Rating]
    /// Of the town and of the matter's village, switched on.
    let phrases: [Phrase]
    /// Whether the reader may urge now.
    let mayUrge: Bool
    let mayNote: Bool
    /// What was done to the photos, oldest first.
    let photoActs: [PhotoAct]
    /// Whether the reader may paint over them.
    let mayRedact: Bool
    let progress: MatterProgress

    init(
        _ matter: Matter, _ clockEvents: [ClockEvent], _ principal: Principal, _ tree: GridTree, _ timing: TownTiming,
        at now: Instant,
        _ tx: any Transaction
    ) throws {
        let town = principal.town
        urges = try UrgeStore(tx, town: town).urges(of: matter.id)
        notes = try MatterNoteStore(tx, town: town).notes(of: matter.id)
        ratings = try RatingStore(tx, town: town).ratings(of: matter.id)
        phrases = try PhraseStore(tx, town: town).phrases().filter { phrase in
            !phrase.isOff && (phrase.village == nil || phrase.village == matter.place.village)
        }
        let last = urges.last { $0.side == .office }?.at
        mayUrge =
            (try? UrgeMatter.checkAbove(matter, principal, tree)) != nil
            && (try? UrgeRules.checkOffice(matter.stage, matter.clock, last: last, at: now, timing.calendar)) != nil
        mayNote = WriteNote.may(principal, matter, tree)
        photoActs = try RedactionStore(tx, town: town).acts(of: matter.id)
        mayRedact = PhotoScene.may(principal, matter, tree)
        progress = MatterProgress(
            version: matter.version, clocks: clockEvents.count, urges: urges.count, notes: notes.count,
            photos: photoActs.count)
    }
}

/// How many entries a matter's histories have. They only grow, so two that are the same mean that nothing has happened in between.
struct MatterProgress: Hashable, Sendable, CustomStringConvertible {
    let version: Int
    let clocks: Int
    let urges: Int
    let notes: Int
    /// What was done to photos.
    let photos: Int

    init(version: Int, clocks: Int, urges: Int, notes: Int, photos: Int) {
        (self.version, self.clocks, self.urges, self.notes, self.photos) = (version, clocks, urges, notes, photos)
    }

    /// Reads `version.clocks.urges.notes.photos`.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).compactMap { Int($0) }
        guard parts.count == 5, text.utf8.count < 60, parts.allSatisfy({ $0 >= 0 }) else { return nil }
        self.init(version: parts[0], clocks: parts[1], urges: parts[2], notes: parts[3], photos: parts[4])
    }

    var description: String { "\(version).\(clocks).\(urges).\(notes).\(photos)" }
}
