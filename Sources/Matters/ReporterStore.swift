package import Identity
package import Kernel
package import Storage

/// Every statement about who reported a matter. What it stores of a person is sealed.
package struct ReporterStore {
    private let tx: any Transaction
    private let town: ID<Town>
    private let vault: Vault

    package init(_ tx: any Transaction, town: ID<Town>, vault: Vault) {
        self.tx = tx
        self.town = town
        self.vault = vault
    }

    /// A reporter whose name and telephone are sealed already, so that this work is not done inside a transaction.
    package struct Sealed: Sendable {
        let reporter: Reporter
        let name: [UInt8]?
        let phone: [UInt8]?
        let email: [UInt8]?
        let phoneMark: String?

        package init(_ reporter: Reporter, _ vault: Vault) throws {
            self.reporter = reporter
            name = try reporter.name.map { try vault.seal($0, for: "matter_reporter.name/\(reporter.id)") }
            phone = try reporter.phone.map { try vault.seal($0.digits, for: "matter_reporter.phone/\(reporter.id)") }
            email = try reporter.email.map { try vault.seal($0.text, for: "matter_reporter.email/\(reporter.id)") }
            phoneMark = reporter.phone.map { vault.mark($0.digits, kind: "phone") }
        }
    }

    package func add(_ sealed: Sealed) throws {
        let reporter = sealed.reporter
        try tx.enqueue(
            """
            INSERT INTO matter_reporter (town_id, id, matter_id, name_sealed, phone_sealed, email_sealed, phone_mark, account_id, entered_by, wants_text, at)
            VALUES (\(town), \(reporter.id), \(reporter.matter), \(sealed.name), \(sealed.phone), \(sealed.email), \(sealed.phoneMark),
                \(reporter.account), \(reporter.enteredBy), \(reporter.wantsText),
                \(reporter.at))
            """)
    }

    /// Adds what somebody who is known already has not said before, and that they wish to be told.
    func fill(_ sealed: Sealed) throws {
        let wish: SQL = sealed.reporter.wantsText ? "1" : "wants_text"
        try tx.enqueue(
            """
            UPDATE matter_reporter SET name_sealed = COALESCE(name_sealed, \(sealed.name)),
                phone_sealed = COALESCE(phone_sealed, \(sealed.phone)), phone_mark = COALESCE(phone_mark, \(sealed.phoneMark)),
                email_sealed = COALESCE(email_sealed, \(sealed.email)), wants_text = \(wish)
            WHERE town_id = \(town) AND id = \(sealed.reporter.id)
            """)
    }

    /// Whoever told of one of some matters by the same telephone or account before.
    func known(_ phone: Telephone?, _ account: ID<AccountNode>?, of matters: [ID<Matter>]) throws -> ID<Reporter>? {
        guard phone != nil || account != nil else { return nil }
        let mark = phone.map { vault.mark($0.digits, kind: "phone") }
        return try tx.value(
            """
            SELECT r.id FROM matter_reporter r
            WHERE r.town_id = \(town) AND r.matter_id IN (\(list: matters)) AND (r.phone_mark = \(mark) OR r.account_id = \(account))
            ORDER BY r.at, r.id LIMIT 1
            """)
    }

    /// Those who reported one of some matters, left a telephone and agreed to be told by text message; of each telephone the first.
    func wishing(_ matters: [ID<Matter>]) throws -> [ID<Reporter>] {
        let rows = try tx.query(
            """
            SELECT r.id, r.phone_mark FROM matter_reporter r
            WHERE r.town_id = \(town) AND r.matter_id IN (\(list: matters)) AND r.wants_text = 1 AND r.phone_sealed IS NOT NULL
            ORDER BY r.at, r.id
            """)
        var told: Set<String> = []
        return try rows.compactMap { row in
            let mark: String? = try row.get("phone_mark")
            return try mark.map { told.insert($0).inserted } ?? true ? row.get("id") : nil
        }
    }

    /// Everybody who reported the matter, the first one first, unsealed: the caller masks them or records why not.
    /// - Throws: ``Vault/Unreadable`` when a sealed value was altered.
    func reporters(of matter: ID<Matter>) throws -> [Reporter] { try reporters(of: [matter]) }

    /// Everybody who reported one of some matters, the first one first, unsealed as above.
    func reporters(of matters: [ID<Matter>]) throws -> [Reporter] {
        try tx.query(
            """
            SELECT r.id, r.matter_id, r.name_sealed, r.phone_sealed, r.email_sealed, r.account_id, r.entered_by, r.wants_text, r.at FROM matter_reporter r
            WHERE r.town_id = \(town) AND r.matter_id IN (\(list: matters)) ORDER BY r.at, r.id
            """
        ).map { row in
            let id: ID<Reporter> = try row.get("id")
            let name: [UInt8]? = try row.get("name_sealed")
            let phone: [UInt8]? = try row.get("phone_sealed")
            let email: [UInt8]? = try row.get("email_sealed")
            return Reporter(
                id: id, matter: try row.get("matter_id"),
                name: try name.map { try vault.open($0, for: "matter_reporter.name/\(id)") },
                phone: try phone.flatMap { Telephone(try vault.open($0, for: "matter_reporter.phone/\(id)")) },
                email: try email.flatMap { EmailAddress(try vault.open($0, for: "matter_reporter.email/\(id)")) },
                account: try row.get("account_id"), enteredBy: try row.get("entered_by"), wantsText: try row.get("wants_text"),
                at: try row.get("at"))
        }
    }
}

extension MaskedReporter {
    init(_ reporter: Reporter) {
        self.init(
            id: reporter.id, name: reporter.name.map { String($0.prefix(1)) + "**" }, phone: reporter.phone?.masked,
            email: reporter.email?.masked, wasEnteredBySomebodyElse: reporter.enteredBy != nil, at: reporter.at)
    }
}
