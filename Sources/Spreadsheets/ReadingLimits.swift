/// How much a reader will take of a stranger's file. The figures hold one town's largest registers tenfold.
package struct ReadingLimits: Sendable {
    /// Bytes of the file itself.
    package var fileBytes: Int
    /// Bytes that all parts together may unfold to.
    package var unfoldedBytes: Int
    /// How many times its size a part may unfold to once it is larger than `ratioFrom` bytes. Real sheets stay below 40.
    package var ratio: Int
    package var ratioFrom: Int
    package var parts: Int
    package var columns: Int
    /// Bytes of one cell's text; Excel's own limit is 32,767 characters.
    package var cellBytes: Int

    package init(
        fileBytes: Int = 1 << 30, unfoldedBytes: Int = 8 << 30, ratio: Int = 200, ratioFrom: Int = 8 << 20, parts: Int = 2000,
        columns: Int = 512, cellBytes: Int = 131_072
    ) {
        self.fileBytes = fileBytes
        self.unfoldedBytes = unfoldedBytes
        self.ratio = ratio
        self.ratioFrom = ratioFrom
        self.parts = parts
        self.columns = columns
        self.cellBytes = cellBytes
    }
}
