extension WorkingCalendar {
    /// The days off of 2018 to 2026 as the General Office of the State Council announced them, with the days worked in their place.
    package static let shipped = WorkingCalendar(
        years: Dictionary(announced.split(separator: "\n\n").compactMap(year)) { first, _ in first })

    /// The year, its notice, then holiday by holiday the days off `MMDD` or `MMDD-MMDD` and, after a plus, the days worked; a blank line
    /// ends the year. A holiday around New Year stands in both years; the notice is that of the year itself.
    private static let announced = """
        2018 国办发明电〔2017〕12号
            元旦 0101 1230-1231 +1229 春节 0215-0221 +0211 +0224 清明节 0405-0407 +0408 劳动节 0429-0501 +0428
            端午节 0618 中秋节 0924 国庆节 1001-1007 +0929 +0930

        2019 国办发明电〔2018〕15号、〔2019〕3号
            元旦 0101 春节 0204-0210 +0202 +0203 清明节 0405-0407 劳动节 0501-0504 +0428 +0505
            端午节 0607-0609 中秋节 0913-0915 国庆节 1001-1007 +0929 +1012

        2020 国办发明电〔2019〕16号、〔2020〕1号
            元旦 0101 春节 0124-0202 +0119 清明节 0404-0406
            劳动节 0501-0505 +0426 +0509 端午节 0625-0627 +0628 国庆节 1001-1008 +0927 +1010

        2021 国办发明电〔2020〕27号
            元旦 0101-0103 春节 0211-0217 +0207 +0220 清明节 0403-0405 劳动节 0501-0505 +0425 +0508
            端午节 0612-0614 中秋节 0919-0921 +0918 国庆节 1001-1007 +0926 +1009

        2022 国办发明电〔2021〕11号
            元旦 0101-0103 1231 春节 0131-0206 +0129 +0130 清明节 0403-0405 +0402 劳动节 0430-0504 +0424 +0507
            端午节 0603-0605 中秋节 0910-0912 国庆节 1001-1007 +1008 +1009

        2023 国办发明电〔2022〕16号
            元旦 0101-0102 1230-1231 春节 0121-0127 +0128 +0129 清明节 0405 劳动节 0429-0503 +0423 +0506
            端午节 0622-0624 +0625 中秋节 0929 国庆节 0930-1006 +1007 +1008

        2024 国办发明电〔2023〕7号
            元旦 0101 春节 0210-0217 +0204 +0218 清明节 0404-0406 +0407 劳动节 0501-0505 +0428 +0511
            端午节 0610 中秋节 0915-0917 +0914 国庆节 1001-1007 +0929 +1012

        2025 国办发明电〔2024〕12号
            元旦 0101 春节 0128-0204 +0126 +0208 清明节 0404-0406 劳动节 0501-0505 +0427
            端午节 0531-0602 中秋节 1006 国庆节 1001-1005 1007-1008 +0928 +1011

        2026 国办发明电〔2025〕7号
            元旦 0101-0103 +0104 春节 0215-0223 +0214 +0228 清明节 0404-0406 劳动节 0501-0505 +0509
            端午节 0619-0621 中秋节 0925-0927 国庆节 1001-1007 +0920 +1010
        """

    private static func year(_ text: Substring) -> (Int, Year)? {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count > 2, let number = Int(words[0]) else { return nil }
        var (marks, name) = ([Day: Mark](), "")
        for word in words.dropFirst(2) {
            let isWorkday = word.hasPrefix("+")
            let ends = word.drop { $0 == "+" }.split(separator: "-").compactMap { day($0, in: number) }
            guard let first = ends.first, let last = ends.last else {
                name = String(word)
                continue
            }
            for ordinal in first.ordinal...last.ordinal { marks[Day(ordinal: ordinal)] = Mark(isWorkday: isWorkday, name: name) }
        }
        return (number, Year(edition: 0, notice: String(words[1]), isComplete: true, marks: marks))
    }

    private static func day(_ digits: Substring, in year: Int) -> Day? {
        guard digits.count == 4, let number = Int(digits) else { return nil }
        return Day(year: year, month: number / 100, day: number % 100)
    }
}
