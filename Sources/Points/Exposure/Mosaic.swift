import Media

/// The squares into which a picture is divided, so that what must not be seen can be marked with a finger or with the keyboard alone.
enum Mosaic {
    static let columns = 8
    static let rows = 6

    /// Boxes for the squares of these numbers, counted row by row from 0; others are left out.
    static func boxes(_ numbers: some Sequence<Int>) -> [PaintedBox] {
        Set(numbers).filter { (0..<columns * rows).contains($0) }.sorted().compactMap { number in
            let (column, row) = (number % columns, number / columns)
            return PaintedBox(
                left: column * 1000 / columns, top: row * 1000 / rows, right: (column + 1) * 1000 / columns,
                bottom: (row + 1) * 1000 / rows)
        }
    }
}
