package import Kernel
package import Storage

/// Every statement about purposes.
package struct DataPurposeStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// The usual ones, as this town has changed them, and its own, by code.
    package func all() throws -> [DataPurpose] {
        let own = try tx.query(
            "SELECT \(Self.columns) FROM data_purpose d WHERE d.town_id = \(town) ORDER BY d.code"
        ).map(DataPurpose.init(row:))
        let known = Set(own.map(\.code))
        return (DataPurpose.usual.filter { !known.contains($0.code) } + own).sorted { $0.code < $1.code }
    }

    package func find(_ code: String) throws -> DataPurpose? { try all().first { $0.code == code } }

    package func put(_ purpose: DataPurpose) throws {
        try tx.execute(
            """
            INSERT INTO data_purpose (town_id, code, name_zh, name_en, basis, is_emergency, retention_days, ends_on, version)
            VALUES (\(town), \(purpose.code), \(purpose.nameZh), \(purpose.nameEn), \(purpose.basis), \(purpose.isEmergency),
                \(purpose.retentionDays), \(purpose.endsOn), \(purpose.version))
            ON CONFLICT (town_id, code) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en, basis = excluded.basis,
                is_emergency = excluded.is_emergency, retention_days = excluded.retention_days, ends_on = excluded.ends_on,
                version = excluded.version
            """)
    }

    private static let columns: SQL =
        "d.code, d.name_zh, d.name_en, d.basis, d.is_emergency, d.retention_days, d.ends_on, d.version"
}

extension DataPurpose {
    fileprivate init(row: Row) throws {
        self.init(
            code: try row.get("code"), nameZh: try row.get("name_zh"), nameEn: try row.get("name_en"),
            basis: try row.get("basis"),
            isEmergency: try row.get("is_emergency"), retentionDays: try row.get("retention_days"),
            endsOn: try row.get("ends_on"),
            version: try row.get("version"))
    }
}
