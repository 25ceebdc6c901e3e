/// A photo as the product keeps it: a clean JPEG and a small one, without a word about camera, time or place. 照片
///
/// Both are made anew from the pixels, so nothing else that travelled in the upload survives: no EXIF, no GPS (personal information,
/// 个人信息保护法 Art. 28), no script appended to the file.
package struct Photograph: Sendable, Hashable {
    /// JPEG in sRGB, no side longer than ``side``.
    package let picture: [UInt8]
    /// JPEG in sRGB, no side longer than ``thumbnailSide``.
    package let thumbnail: [UInt8]
    /// Pixels of ``picture``.
    package let width: Int
    package let height: Int
    /// By which the same picture is known again.
    package let likeness: Likeness

    package static let byteLimit = 15 * 1024 * 1024
    package static let pixelLimit = 50_000_000
    package static let side = 1600
    package static let thumbnailSide = 320

    /// Reads JPEG, PNG, WebP or, where libheif is installed, HEIC; turns it upright and makes it small.
    ///
    /// Goes by what the bytes are, never by a name. Blocks for up to a second: ``Darkroom`` does it aside.
    package static func prepare(_ upload: [UInt8]) throws(PhotographProblem) -> Photograph {
        guard upload.count <= byteLimit else { throw .tooLarge }
        guard PictureFormat(of: upload) != nil else { throw .notAPicture }
        return try Vips.develop(upload)
    }

    /// The picture with `boxes` painted over. What was under them is gone from the file, not hidden in it.
    package static func paint(over boxes: [PaintedBox], in picture: [UInt8]) throws(PhotographProblem) -> Photograph {
        guard PictureFormat(of: picture) != nil else { throw .notAPicture }
        return try Vips.paint(over: boxes, in: picture)
    }
}

/// A part of a picture that nobody is to see: a face, a door-plate. In thousandths of the picture's width and height.
package struct PaintedBox: Sendable, Hashable {
    package let left: Int
    package let top: Int
    package let right: Int
    package let bottom: Int

    /// Nil for an empty box or one that is not within the picture.
    package init?(left: Int, top: Int, right: Int, bottom: Int) {
        guard 0 <= left, left < right, right <= 1000, 0 <= top, top < bottom, bottom <= 1000 else { return nil }
        (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
    }
}

/// Why an upload did not become a photograph. The raw value is the code that the string catalogues explain.
package enum PhotographProblem: String, Error, CaseIterable {
    /// More than 15 MiB or 50 megapixels.
    case tooLarge = "photo-too-large"
    /// Neither JPEG nor PNG nor WebP nor HEIC.
    case notAPicture = "photo-not-a-picture"
    /// Cut short or damaged.
    case unreadable = "photo-unreadable"
    /// Too many photos wait already; worth another try in a moment.
    case busy = "photo-busy"
}
