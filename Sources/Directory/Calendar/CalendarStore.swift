package import Kernel
package import Storage

/// Every statement about the town's working calendar. A year without a row of its own is the shipped one.
package struct CalendarStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// The calendar as it stands: what the product ships, with the town's own years in place of the shipped ones.
    package func calendar() throws -> WorkingCalendar {
        let marks = try tx.query(
            "SELECT d.day, d.is_workday, d.name FROM calendar_day d WHERE d.town_id = \(town) ORDER BY d.day"
        ).map { row in
            let mark = WorkingCalendar.Mark(isWorkday: try row.get("is_workday"), name: try row.get("name"))
            return (try row.get("day", as: Day.self), mark)
        }
        let byYear = Dictionary(grouping: marks) { $0.0.year }
        let years = try tx.query(
            "SELECT y.year, y.edition, y.is_complete FROM calendar_year y WHERE y.town_id = \(town) ORDER BY y.year"
        ).map { row in
            let year: Int = try row.get("year")
            return (
                year,
                WorkingCalendar.Year(
                    edition: try row.get("edition"), notice: nil, isComplete: try row.get("is_complete"),
                    marks: Dictionary(byYear[year, default: []]) { first, _ in first })
            )
        }
        return WorkingCalendar.shipped.replacing(Dictionary(years) { first, _ in first })
    }

    /// Stores a year of the town's own, whole.
    package func put(_ year: WorkingCalendar.Year, _ number: Int, at now: Instant) throws {
        try tx.execute(
            """
            INSERT INTO calendar_year (town_id, year, edition, is_complete, changed_at)
            VALUES (\(town), \(number), \(year.edition), \(year.isComplete), \(now))
            ON CONFLICT (town_id, year) DO UPDATE SET edition = excluded.edition, is_complete = excluded.is_complete,
                changed_at = excluded.changed_at
            """)
        let (first, last) = (Day(ordinal: Self.ordinal(number)), Day(ordinal: Self.ordinal(number + 1) - 1))
        try tx.execute("DELETE FROM calendar_day WHERE town_id = \(town) AND day >= \(first) AND day <= \(last)")
        for (day, mark) in year.marks.sorted(by: { $0.key < $1.key }) {
            try tx.enqueue(
                """
                INSERT INTO calendar_day (town_id, day, is_workday, name) VALUES (\(town), \(day), \(mark.isWorkday), \(mark.name))
                """)
        }
    }

    private static func ordinal(_ year: Int) -> Int { Day(year: year, month: 1, day: 1)?.ordinal ?? 0 }
}
