package import Kernel
import Storage

/// A written rule of how the grids work, of the town or of one grid: 工作运行机制、监督管理机制 (F09), 上墙制度 (F12), 事项清单 (滨州条例 2021 art. 10).
///
/// Every change is a new edition; editions that are no longer in force stay readable. 机制文件
package struct MechanismDocument: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable, SQLValue {
        /// 工作运行机制.
        case operation
        /// 监督管理机制.
        case supervision
        /// 服务站上墙制度.
        case station
        /// 网格事项清单.
        case duties
        case other
    }

    /// The same through all editions.
    package let id: ID<MechanismDocument>
    /// From 1.
    package let edition: Int
    /// Nil for the whole town.
    package let grid: ID<GridNode>?
    package let kind: Kind
    package let titleZh: String
    package let titleEn: String?
    /// Paragraphs, a blank line between them.
    package let bodyZh: String
    package let bodyEn: String?
    package let from: Day
    /// The last day, once it is replaced or withdrawn.
    package var to: Day?

    package init(
        id: ID<MechanismDocument>, edition: Int, grid: ID<GridNode>?, kind: Kind, titleZh: String, titleEn: String? = nil,
        bodyZh: String, bodyEn: String? = nil, from: Day, to: Day? = nil
    ) {
        self.id = id
        self.edition = edition
        self.grid = grid
        self.kind = kind
        self.titleZh = titleZh
        self.titleEn = titleEn
        self.bodyZh = bodyZh
        self.bodyEn = bodyEn
        self.from = from
        self.to = to
    }

    package var term: Term { Term(from: from, to: to) }
}
