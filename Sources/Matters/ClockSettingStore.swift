package import Kernel
package import Storage

/// Every statement about how a town counts.
package struct ClockSettingStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// The latest edition; the standard where the town has said nothing.
    package func setting() throws -> ClockSetting {
        let found = try tx.first(
            """
            SELECT s.edition, s.working_hours, s.follow_up_within, s.warn_percent FROM matter_clock_setting s
            WHERE s.town_id = \(town) ORDER BY s.edition DESC LIMIT 1
            """)
        guard let row = found else { return .standard }
        return ClockSetting(
            edition: try row.get("edition"), hours: WorkingHours(try row.get("working_hours")) ?? .standard,
            followUp: try row.get("follow_up_within"), warnPercent: try row.get("warn_percent"))
    }

    package func add(_ setting: ClockSetting, by actor: MatterEvent.Actor, at now: Instant) throws {
        try tx.execute(
            """
            INSERT INTO matter_clock_setting (town_id, edition, working_hours, follow_up_within, warn_percent, at, account_id, actor_name)
            VALUES (\(town), \(setting.edition), \(setting.hours.description), \(setting.followUp), \(setting.warnPercent), \(now),
                \(actor.account), \(actor.name))
            """)
    }

    // MARK: What open matters were last worked out with

    /// The calendar and hours by which every open matter's clocks were last worked out; nil before the first time.
    func workedOut() throws -> String? {
        try tx.value("SELECT w.basis FROM matter_clock_state w WHERE w.town_id = \(town)")
    }

    func setWorkedOut(_ basis: String) throws {
        try tx.execute(
            """
            INSERT INTO matter_clock_state (town_id, basis) VALUES (\(town), \(basis))
            ON CONFLICT (town_id) DO UPDATE SET basis = excluded.basis
            """)
    }
}
