package import Kernel
package import Web

/// What posts are called outside pages: in the history, the audit log and beside the name of whoever is signed in.
package enum PostTitle {
    private static let words: Catalogue = {
        var catalogue = Catalogue()
        try? catalogue.add(room: "directory", zh: PackageResources.directory_zh_json, en: PackageResources.directory_en_json)
        return catalogue
    }()

    /// The post's name, such as 网格员.
    package static func of(_ kind: PostKind, in language: Language) -> String {
        words.text("directory.post.\(kind.rawValue)", in: language)
    }

    /// The post with its grid, such as 网格员 · 安平社区第三网格.
    package static func of(_ post: Post, in tree: GridTree, _ language: Language = .zh) -> String {
        let title = of(post.kind, in: language)
        guard let grid = post.grid else { return title }
        return "\(title) · \(tree.fullName(of: grid, in: language))"
    }
}

extension GridTree {
    /// The village's name and the grid's own: 安平社区 第三网格. The village stands once only.
    package func fullName(of grid: ID<GridNode>, in language: Language) -> String {
        guard let own = self.grid(grid)?.name(in: language), let village = village(of: grid)?.name(in: language) else {
            return ""
        }
        return own.hasPrefix(village) ? own : language == .en ? "\(own), \(village)" : "\(village) \(own)"
    }
}
