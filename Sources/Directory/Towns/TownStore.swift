package import Kernel
package import Storage

/// Every statement about towns themselves.
package struct TownStore {
    private let tx: any Transaction

    package init(_ tx: any Transaction) { self.tx = tx }

    package func insert(_ town: TownRecord) throws {
        try tx.execute(
            """
            INSERT INTO town (town_id, code_system, code, name_zh, name_en, host_unit, filing, duty_phone, directory_version)
            VALUES (\(town.id), \(town.codeSystem), \(town.code), \(town.nameZh), \(town.nameEn), \(town.hostUnit), \(town.filing), \(town.dutyPhone),
                0)
            """)
        for hostname in town.hostnames {
            try tx.execute("INSERT INTO town_hostname (town_id, hostname) VALUES (\(town.id), \(hostname.lowercased()))")
        }
    }

    /// Stores what of a town may change while it is served.
    func update(_ town: TownRecord) throws {
        try tx.execute(
            """
            UPDATE town SET name_zh = \(town.nameZh), name_en = \(town.nameEn), host_unit = \(town.hostUnit), filing = \(town.filing),
                duty_phone = \(town.dutyPhone) WHERE town_id = \(town.id)
            """)
    }

    /// Every town of this installation, the one set up first at the front.
    package func all() throws -> [TownRecord] {
        let hosts = try tx.query("SELECT town_id, hostname FROM town_hostname ORDER BY town_id, hostname")
            .map { (try $0.get("town_id", as: ID<Town>.self), try $0.get("hostname", as: String.self)) }
        let byTown = Dictionary(grouping: hosts, by: \.0).mapValues { $0.map(\.1) }
        return try tx.query(
            "SELECT t.town_id, t.code_system, t.code, t.name_zh, t.name_en, t.host_unit, t.filing, t.duty_phone FROM town t ORDER BY t.town_id"
        ).map { row in
            let id: ID<Town> = try row.get("town_id")
            return TownRecord(
                id: id, codeSystem: try row.get("code_system"), code: try row.get("code"), nameZh: try row.get("name_zh"),
                nameEn: try row.get("name_en"), hostUnit: try row.get("host_unit"), filing: try row.get("filing"),
                dutyPhone: try row.get("duty_phone"),
                hostnames: byTown[id, default: []])
        }
    }

    /// Their ids, the one set up first at the front.
    package func ids() throws -> [ID<Town>] {
        try tx.query("SELECT t.town_id FROM town t ORDER BY t.town_id").map { try $0.get("town_id") }
    }

    package func find(_ id: ID<Town>) throws -> TownRecord? { try all().first { $0.id == id } }
}
