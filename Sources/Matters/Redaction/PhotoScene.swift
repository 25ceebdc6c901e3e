import Directory
package import Kernel
import Storage

/// A photo and its matter, before somebody who may handle the matter does something to it.
struct PhotoScene: Sendable {
    let matter: Matter
    let photo: MatterPhoto

    /// - Throws: ``NotFound`` out of scope, also for a photo of another matter than the named one; ``Forbidden`` for who does not
    ///   handle matters there.
    init(
        _ photo: ID<MatterPhoto>, of named: ID<Matter>? = nil, by principal: Principal, _ desk: MatterDesk, _ tx: any Transaction
    ) throws {
        let town = principal.town
        guard let found = try MatterPhotoStore(tx, town: town).find(photo), named == nil || named == found.matter,
            let matter = try MatterStore(tx, town: town).find(found.matter, for: principal)
        else { throw NotFound() }
        guard Self.may(principal, matter, try desk.tree(tx, town)) else { throw Forbidden() }
        self.matter = matter
        self.photo = found
    }

    /// Whether somebody may paint over the photos of a matter, and say which may be shown: whoever may handle it.
    static func may(_ principal: Principal, _ matter: Matter, _ tree: GridTree) -> Bool {
        principal.grants[.handleMatter].map { tree.isIn($0, matter.place.grid) } ?? false
    }

    /// Whether a request was done before.
    /// - Throws: ``Conflict`` `request-reused` when its id stands for another one.
    static func isDone(_ id: ID<PhotoAct>, _ digest: String, _ store: RedactionStore) throws -> Bool {
        guard let done = try store.digest(of: id) else { return false }
        guard done == digest else { throw Conflict("request-reused") }
        return true
    }
}

/// What somebody is doing to a photo: under which id, seeing which edition of it.
package struct PhotoOrder: Sendable {
    package let id: ID<PhotoAct>
    package let photo: ID<MatterPhoto>
    /// The matter that the page named; nil where only the photo was named.
    package let matter: ID<Matter>?
    package let edition: Int
    package let principal: Principal
    package let address: String?

    package init(
        id: ID<PhotoAct>, photo: ID<MatterPhoto>, of matter: ID<Matter>? = nil, edition: Int, by principal: Principal,
        address: String? = nil
    ) {
        (self.id, self.photo, self.matter, self.edition) = (id, photo, matter, edition)
        (self.principal, self.address) = (principal, address)
    }
}
