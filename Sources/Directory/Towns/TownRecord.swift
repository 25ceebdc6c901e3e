package import Kernel
package import Web

/// A town as the product is set up for it.
package struct TownRecord: Sendable, Hashable {
    package let id: ID<Town>
    /// The register its code is from, such as `nbs` (国家统计局) or `mca` (民政部): the two swap 安海 and 陈埭 (domain.md §2.3).
    package let codeSystem: String
    /// Nine digits.
    package let code: String
    package var nameZh: String
    package var nameEn: String
    /// 主办单位.
    package var hostUnit: String
    /// 备案编号.
    package var filing: String
    /// 值班电话 of the town, for whoever has no phone to read with.
    package var dutyPhone: String?
    /// The host names its pages answer to, in lower case without a port.
    package let hostnames: [String]

    package init(
        id: ID<Town>, codeSystem: String, code: String, nameZh: String, nameEn: String, hostUnit: String, filing: String,
        dutyPhone: String? = nil,
        hostnames: [String] = []
    ) {
        self.id = id
        self.codeSystem = codeSystem
        self.code = code
        self.nameZh = nameZh
        self.nameEn = nameEn
        self.hostUnit = hostUnit
        self.filing = filing
        self.dutyPhone = dutyPhone
        self.hostnames = hostnames
    }

    package var header: TownHeader { TownHeader(id: id, nameZh: nameZh, nameEn: nameEn, host: hostUnit, filing: filing) }
}
