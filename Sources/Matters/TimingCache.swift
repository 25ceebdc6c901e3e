package import Kernel
import Storage

/// What a town's clocks are measured with today: its calendar, its hours, its edition of the rules.
package struct TownTiming: Hashable, Sendable {
    package let calendar: WorkingCalendar
    package let setting: ClockSetting

    package init(calendar: WorkingCalendar, setting: ClockSetting) {
        self.calendar = calendar
        self.setting = setting
    }

    package var timing: ClockTiming { setting.timing(calendar) }

    /// Names every edition: the same text, the same results.
    package var basis: String {
        let own = calendar.years.filter { $0.value.edition > 0 }.sorted { $0.key < $1.key }
        return (["hours \(setting.edition)"] + own.map { "\($0.key) \($0.value.edition)" }).joined(separator: ", ")
    }
}

/// The timing of every town asked about, kept in this process until its directory's version changes; a change of the rules changes it.
final class TimingCache: Sendable {
    private let kept = Guarded<[ID<Town>: (version: Int64, timing: TownTiming)]>([:])

    func timing(_ tx: any Transaction, _ town: ID<Town>, _ calendar: WorkingCalendar, version: Int64) throws -> TownTiming {
        if let known = kept.withLock({ $0[town] }), known.version == version { return known.timing }
        let timing = TownTiming(calendar: calendar, setting: try ClockSettingStore(tx, town: town).setting())
        kept.withLock { $0[town] = (version, timing) }
        return timing
    }
}
