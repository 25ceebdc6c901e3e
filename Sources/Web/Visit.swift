package import Kernel

/// The town a request is for, as the frame of every page names it.
package struct TownHeader: Hashable, Sendable {
    package let id: ID<Town>
    package let nameZh: String
    package let nameEn: String
    /// 主办单位, shown in the footer.
    package let host: String
    /// 备案编号, shown in the footer.
    package let filing: String

    package init(id: ID<Town>, nameZh: String, nameEn: String, host: String, filing: String) {
        self.id = id
        self.nameZh = nameZh
        self.nameEn = nameEn
        self.host = host
        self.filing = filing
    }

    package func name(in language: Language) -> String { language == .zh ? nameZh : nameEn }
}

/// What a request shows of who sends it.
package struct Credentials: Sendable {
    /// The `Host` header without its port, in lower case.
    package let host: String
    package let session: String?
    package let bearer: String?
    /// Whether asking counts as being there; a session that is only asked about ends in its time.
    package let keepsSession: Bool

    package init(host: String, session: String?, bearer: String?, keepsSession: Bool = true) {
        self.keepsSession = keepsSession
        self.host = host
        self.session = session
        self.bearer = bearer
    }
}

/// Who is asking, for which town. Found by ``Site/visit`` before a handler runs.
package struct Visit: Sendable {
    package let town: TownHeader
    package let principal: Principal?
    /// The page this account must pass first, such as changing a password that was given to it.
    package let gate: String?

    package init(town: TownHeader, principal: Principal?, gate: String? = nil) {
        self.town = town
        self.principal = principal
        self.gate = gate
    }
}
