import Kernel
import Storage

/// Where a number leads: to the matter it was given for, that of whoever joined in to the matter they joined, and that of a matter which
/// went into another one to that.
struct NumberLead {
    let matter: Matter
    /// From when on the holder of the number is one of the matter's reporters; nil from its beginning.
    let since: Instant?

    /// Nil when nobody was given the number.
    init?(_ number: PublicNumber, town: ID<Town>, _ tx: any Transaction) throws {
        let matters = MatterStore(tx, town: town)
        let (reported, joined) = (try matters.find(number), try JoiningStore(tx, town: town).find(number))
        guard let matter = try reported ?? joined.flatMap({ try matters.made(by: $0.matter)?.matter }) else { return nil }
        let root = try MergeStore(tx, town: town).root(of: matter)
        self.matter = root.matter
        since = [reported == nil ? joined?.at : nil, root.since].compactMap { $0 }.max()
    }
}
