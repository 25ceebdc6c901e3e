import Storage

/// How deep a grid lies: 1 is a village or community, 2 a part of one, 3 an optional part of that (F02).
package enum GridLevel: Int, Sendable, Hashable, CaseIterable, Comparable, Codable, SQLValue {
    case one = 1
    case two
    case three

    /// The level of a child; nil below the third.
    package var below: GridLevel? { GridLevel(rawValue: rawValue + 1) }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What a grid is made of. The raw value is the last part of its word's key. 网格类别
package enum GridKind: String, Sendable, Hashable, CaseIterable, Codable, SQLValue {
    /// 行政村. Level 1.
    case village
    /// 社区. Level 1.
    case community
    /// 住户区: homes without an estate around them, such as old lanes or a natural village.
    case residential
    /// 小区.
    case estate
    /// 楼栋.
    case building
    /// 企业: a firm can be a grid of its own (F25).
    case enterprise
    /// 专属网格: an institution answers for it, such as a hospital (F26).
    case exclusive
}
