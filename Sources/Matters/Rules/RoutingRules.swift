import Directory
package import Kernel

/// Who gets a matter: 小事化解于楼栋、急事分解于网格、难事解决于社区, and what is beyond the village goes to the town (domain.md F19).
///
/// A path is the rungs from the village down to the matter's place, level 1 first. Levels where nobody is in post are passed over.
package enum RoutingRules {
    /// Where a new matter starts: small at level 3 where the place has one, otherwise 2; urgent at 2; hard at 1. With nobody in post
    /// there, the next staffed level above; the town last.
    package static func start(_ tier: Tier, path: [Rung]) -> Holder {
        let level =
            switch tier {
            case .small: 3
            case .urgent: 2
            case .hard: 1
            }
        return nearest(atMost: level, path)
    }

    /// The next staffed level above `holder`.
    /// - Throws: ``Conflict`` `already-top` when the town holds it.
    package static func up(from holder: Holder, path: [Rung]) throws(Conflict) -> Holder {
        guard holder != .town else { throw Conflict("already-top") }
        return nearest(atMost: holder.level - 1, path)
    }

    /// Whoever holds a matter that was found not done for the `reopened`-th time: from the second time on the next level above
    /// (domain.md §5).
    package static func afterReopening(_ reopened: Int, from holder: Holder, path: [Rung]) -> Holder {
        reopened < 2 || holder == .town ? holder : nearest(atMost: holder.level - 1, path)
    }

    /// The next staffed level below `holder` on the place's own path.
    /// - Throws: ``Conflict`` `nothing-below` when there is none.
    package static func down(from holder: Holder, path: [Rung]) throws(Conflict) -> Holder {
        let below = path.filter { $0.level > holder.level && $0.isStaffed }
        guard let next = below.min(by: { $0.level < $1.level }) else { throw Conflict("nothing-below") }
        return next.holder
    }

    /// Every grid that a holder may send a matter down to: on the path below the holder, or below the place itself, where somebody is
    /// in post. The next level first.
    package static func targets(below holder: Holder, path: [Rung], beyond: [Rung]) -> [Rung] {
        (path + beyond).filter { $0.level > holder.level && $0.isStaffed }
    }

    static func nearest(atMost level: Int, _ path: [Rung]) -> Holder {
        path.filter { $0.level <= level && $0.isStaffed }.max { $0.level < $1.level }?.holder ?? .town
    }
}

extension Matter {
    /// As the grids of today take it up again. What is closed or part of another matter stays with its grid, also when that is dissolved;
    /// what is opened again needs one that stands.
    func rehomed(in tree: GridTree) -> Matter {
        var matter = self
        if tree.grid(place.grid) == nil { matter.place = place.inside(place.village) }
        if let held = holder.grid, tree.grid(held) == nil {
            matter.holder = RoutingRules.nearest(atMost: holder.level, tree.rungs(to: matter.place.grid))
        }
        return matter
    }
}
