package import Kernel

/// Excel's count of days. Pure.
package enum DateSerial {
    /// Which day is number 0.
    package enum Epoch: Sendable {
        /// 1 is 1900-01-01, and 60 is a 29 February 1900 that never was.
        case from1900
        /// 0 is 1904-01-01: older files from Macintosh.
        case from1904
    }

    /// Nil before the first and after the last day of a year of four digits, and for the day that never was.
    package static func day(_ serial: Double, _ epoch: Epoch) -> Day? {
        guard serial.isFinite, serial >= 0, serial < 2_958_466 else { return nil }
        let whole = Int(serial)
        switch epoch {
        case .from1904: return Day(ordinal: whole - 24_107)
        case .from1900:
            if whole == 0 || whole == 60 { return nil }
            return Day(ordinal: whole < 60 ? whole - 25_568 : whole - 25_569)
        }
    }

    /// The number of a day from 1900-03-01 on, as Excel counts.
    package static func serial(of day: Day) -> Double { Double(day.ordinal + 25_569) }
}
