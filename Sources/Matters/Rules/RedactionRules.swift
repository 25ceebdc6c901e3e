package import Kernel
package import Media

/// A box as somebody says it, in thousandths of the picture's width and height. A number that could not be read is nil.
package struct SaidBox: Hashable, Sendable {
    /// Its place in the form or in the list, to tell faults by.
    package let row: Int
    package let left: Int?
    package let top: Int?
    package let width: Int?
    package let height: Int?

    package init(row: Int, left: Int?, top: Int?, width: Int?, height: Int?) {
        (self.row, self.left, self.top, self.width, self.height) = (row, left, top, width, height)
    }
}

/// Which boxes may be painted over a picture, and how long what was there before is kept. Pure.
package enum RedactionRules {
    /// Boxes at once. More can be painted afterwards, so nobody is stopped by it.
    package static let boxLimit = 20
    /// Thousandths of a side. Smaller ones are slips of the finger, and would hide no face.
    package static let smallest = 10
    /// Days for which the picture as it was is kept under seal: as long as logs have to be (网络安全法 art. 23, six months), so that
    /// whoever doubts the redaction can be answered, and no longer (个人信息保护法 art. 19).
    package static let keptDays = 180

    /// The boxes to paint. They may overlap, and cover all of the picture.
    /// - Throws: ``Invalid`` with every fault: `no-boxes`, `too-many-boxes`, `box-number`, `box-outside`, `box-small`.
    package static func check(_ said: [SaidBox]) throws(Invalid) -> [PaintedBox] {
        var validation = Validation()
        validation.check(!said.isEmpty, at: "/boxes", "no-boxes")
        validation.check(said.count <= boxLimit, at: "/boxes", "too-many-boxes", ["limit": String(boxLimit)])
        let boxes = said.prefix(boxLimit).compactMap { box($0, &validation) }
        try validation.finish()
        return boxes
    }

    private static func box(_ said: SaidBox, _ validation: inout Validation) -> PaintedBox? {
        let place = "/boxes/\(said.row)"
        let numbers = [("left", said.left), ("top", said.top), ("width", said.width), ("height", said.height)]
        for (name, number) in numbers {
            validation.check(number.map { (0...1000).contains($0) } ?? false, at: "\(place)/\(name)", "box-number")
        }
        // Numbers out of range are never added up.
        guard let left = within(said.left), let top = within(said.top), let width = within(said.width),
            let height = within(said.height)
        else { return nil }
        let isLarge = width >= smallest && height >= smallest
        let least = String(smallest / 10)
        validation.check(isLarge, at: width < smallest ? "\(place)/width" : "\(place)/height", "box-small", ["least": least])
        validation.check(left + width <= 1000, at: "\(place)/width", "box-outside")
        validation.check(top + height <= 1000, at: "\(place)/height", "box-outside")
        return PaintedBox(left: left, top: top, right: left + width, bottom: top + height)
    }

    private static func within(_ number: Int?) -> Int? { number.flatMap { (0...1000).contains($0) ? $0 : nil } }

    /// Thousandths of what is typed in percent, such as `12.5`, to the nearest one; nil for anything else.
    package static func thousandths(percent text: String) -> Int? {
        let text = text.trimmed
        let isPlain = text.utf8.count <= 8 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        guard isPlain, let number = Double(text), (0...100).contains(number) else { return nil }
        return Int((number * 10).rounded())
    }

    /// Percent of thousandths, as ``thousandths(percent:)`` reads them.
    package static func percent(_ thousandths: Int) -> String {
        thousandths % 10 == 0 ? String(thousandths / 10) : "\(thousandths / 10).\(thousandths % 10)"
    }

    /// The last day on which a picture that was redacted on `day` is kept under seal.
    package static func lastDay(redactedOn day: Day) -> Day { day.adding(days: keptDays) }
}
