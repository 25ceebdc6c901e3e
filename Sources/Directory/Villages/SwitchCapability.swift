package import Kernel
package import Storage

/// Describes a village and switches its capabilities on and off, without a change of code (F01). 分类建设
package struct SwitchCapability: Sendable {
    let database: any Database
    let ambient: Ambient

    package init(database: any Database, ambient: Ambient) {
        self.database = database
        self.ambient = ambient
    }

    /// Sets the type, the words and all switches together. A switch that stays as it was keeps its day.
    /// - Parameter on: what is to be on; nil for exactly what the type's preset has on.
    /// - Throws: ``NotFound`` for a grid out of scope or not of level 1, ``Invalid``, ``Conflict``.
    package func callAsFunction(
        _ village: ID<GridNode>, type: VillageType, aboutZh: String?, aboutEn: String?, on chosen: Set<Capability>?,
        by principal: Principal,
        request: ID<DirectoryEvent>, seen: Sighting? = nil
    ) async throws {
        let scope = try principal.scope(for: .directoryEdit)
        let on = chosen ?? ProfileRules.preset(for: type)
        var validation = Validation()
        let zh = validation.text(aboutZh, at: "/aboutZh", limit: 500, required: false)
        let en = validation.text(aboutEn, at: "/aboutEn", limit: 1000, required: false)
        // Matters are what the product is for; a village cannot be without.
        validation.check(on.contains(.matters), at: "/capabilities", "matters-stay-on")
        try validation.finish()
        try await database.write { tx in
            let change = try DirectoryChange(tx, by: principal, request, ambient)
            guard try GridStore(tx, town: change.town).find(village, in: scope)?.level == .one else { throw NotFound() }
            let detail = [
                "type": type.rawValue, "on": on.map(\.rawValue).sorted().joined(separator: " "), "aboutZh": zh, "aboutEn": en,
            ]
            if try change.isDone("profile.edit", village, detail) { return }
            try change.check(seen, "profile.edit", village)
            let store = VillageStore(tx, town: change.town)
            let before = try store.profile(of: village)
            try store.put(
                VillageProfile(village: village, type: type, aboutZh: zh.isEmpty ? nil : zh, aboutEn: en.isEmpty ? nil : en))
            let today = ambient.now().day()
            for capability in Capability.allCases where before.switches[capability]?.isOn != on.contains(capability) {
                try store.setSwitch(.init(isOn: on.contains(capability), since: today), of: capability, in: village)
            }
            try change.record("profile.edit", village, grid: village, detail)
        }
    }
}
