import Directory
import Identity
import Kernel
import Matters

extension TownPlan {
    /// The chief of a village's grid, for what stories do in their name; nil where the post is vacant.
    func chief(of code: String) -> Principal? {
        guard let village = grids.village(code)?.grid.id, let post = tree.posts(on: village, .gridChief).first,
            let member = members.first(where: { $0.person.id == post.person })
        else { return nil }
        let grants = MattersPermissions.grants[.gridChief, default: []].map { ($0, Scope.grids([village])) }
        return Principal(
            town: town.id, account: member.account, person: member.person.id, name: member.person.name,
            grants: Dictionary(grants) { first, _ in first }, post: PostTitle.of(post, in: tree))
    }
}
