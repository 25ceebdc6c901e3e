/// The picture formats that are taken, told by their first bytes.
enum PictureFormat: Hashable, CaseIterable {
    case jpeg, png, webp, heic

    /// Nil for everything else, GIF, SVG, TIFF, AVIF and HTML among them.
    init?(of bytes: [UInt8]) {
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
            self = .webp
        } else if bytes.dropFirst(4).starts(with: "ftyp".utf8), Self.heicBrands.contains(Array(bytes.dropFirst(8).prefix(4))) {
            self = .heic
        } else {
            return nil
        }
    }

    /// ISO/IEC 23008-12: still pictures of HEVC, as phones write them.
    private static let heicBrands = Set(["heic", "heix", "heim", "heis", "mif1"].map { Array($0.utf8) })

    /// What libvips calls a loader of this format.
    var loader: String {
        switch self {
        case .jpeg: "VipsForeignLoadJpegBuffer"
        case .png: "VipsForeignLoadPngBuffer"
        case .webp: "VipsForeignLoadWebpBuffer"
        case .heic: "VipsForeignLoadHeifBuffer"
        }
    }
}
