import Crypto
import Foundation
package import Kernel

/// What can be done with several matters at once. Acts that need somebody to have looked or asked are not among them.
package enum BulkAct: String, Sendable, CaseIterable {
    /// Send down to a grid.
    case assign
    case escalate
    case urge
    /// Take off the long-term ledger, or end a pause.
    case takeUp = "take-up"
}

/// One act on several matters, as somebody saw them.
package struct BulkOrder: Sendable {
    /// A matter with the version that was seen.
    package struct Pick: Hashable, Sendable, CustomStringConvertible {
        package let matter: ID<Matter>
        package let version: Int

        package init(matter: ID<Matter>, version: Int) { (self.matter, self.version) = (matter, version) }

        /// Reads `id.version`.
        package init?(_ text: some StringProtocol) {
            let halves = text.split(separator: ".", omittingEmptySubsequences: false)
            guard halves.count == 2, let matter = ID<Matter>(String(halves[0])), let version = Int(halves[1]), version > 0 else {
                return nil
            }
            self.init(matter: matter, version: version)
        }

        package var description: String { "\(matter).\(version)" }
    }

    package enum Marker {}

    package let id: ID<Marker>
    package let act: BulkAct?
    package let picks: [Pick]
    /// Where to, for ``BulkAct/assign``; nil for the next level with somebody in post.
    package let target: ID<GridNode>?
    package let words: String
    package let principal: Principal
    package let address: String?

    package init(
        id: ID<Marker>, _ act: BulkAct?, _ picks: [Pick], to target: ID<GridNode>? = nil, words: String, by principal: Principal,
        address: String? = nil
    ) {
        (self.id, self.act, self.picks, self.target, self.words) = (id, act, picks, target, words)
        (self.principal, self.address) = (principal, address)
    }

    /// So many at once, which is what a page of the list shows.
    package static let most = 50

    /// The id of what is done with one of them: the same when the whole is sent again.
    func part<Kind>(of matter: ID<Matter>, as kind: Kind.Type = Kind.self) -> ID<Kind> {
        ID(.version8(of: SHA256.hash(data: Data("\(id)|\(matter)|\(principal.account)".utf8))))
    }
}

/// What came of one matter.
package struct BulkOutcome: Sendable {
    package let pick: BulkOrder.Pick
    /// As it stands now; nil when it is not there for the actor.
    package let matter: Matter?
    /// Nil when it was done.
    package let refusal: Fault?
}
