import CVips

/// The few things we ask of libvips. Every function may be called on any thread that is allowed to block.
enum Vips {
    /// Whether the library could be started; done once.
    private static let isStarted: Bool = {
        guard vips_init("jinlin") == 0 else { return false }
        // Loaders that libvips itself does not trust with strangers' files (SVG, PDF, ImageMagick …) are switched off.
        vips_block_untrusted_set(1)
        // Uploads never come twice, and a town's machine has few cores: no cache, one thread a picture.
        vips_cache_set_max(0)
        vips_concurrency_set(1)
        // A damaged upload is the sender's business; otherwise anybody could fill the log.
        g_log_set_handler("VIPS", G_LOG_LEVEL_WARNING, { _, _, _, _ in }, nil)
        return true
    }()

    /// Decodes, turns upright, shrinks and writes both sizes.
    static func develop(_ upload: [UInt8]) throws(PhotographProblem) -> Photograph {
        guard isStarted else { throw .unreadable }
        defer {
            vips_error_clear()
            vips_thread_shutdown()
        }
        let result = upload.withUnsafeBytes { bytes in
            Result { () throws(PhotographProblem) in
                try check(bytes)
                var loaded: UnsafeMutablePointer<VipsImage>?
                let status = cvips_load_within(bytes.baseAddress, bytes.count, Int32(Photograph.side), &loaded)
                guard let image = Image(loaded), status == 0 else { throw .unreadable }
                return try write(image)
            }
        }
        return try result.get()
    }

    /// Looks at the header alone, so that a small file which unfolds to a huge picture is never unfolded.
    private static func check(_ bytes: UnsafeRawBufferPointer) throws(PhotographProblem) {
        guard let loader = vips_foreign_find_load_buffer(bytes.baseAddress, bytes.count) else { throw .unreadable }
        guard PictureFormat.allCases.map(\.loader).contains(String(cString: loader)) else { throw .notAPicture }
        guard let header = Image(cvips_open(bytes.baseAddress, bytes.count)) else { throw .unreadable }
        guard header.width * header.height <= Photograph.pixelLimit else { throw .tooLarge }
    }

    /// Decodes, paints the boxes over and writes both sizes anew.
    static func paint(over boxes: [PaintedBox], in picture: [UInt8]) throws(PhotographProblem) -> Photograph {
        guard isStarted else { throw .unreadable }
        defer {
            vips_error_clear()
            vips_thread_shutdown()
        }
        let result = picture.withUnsafeBytes { bytes in
            Result { () throws(PhotographProblem) in
                try check(bytes)
                var loaded: UnsafeMutablePointer<VipsImage>?
                let status = cvips_load_within(bytes.baseAddress, bytes.count, Int32(Photograph.side), &loaded)
                guard let image = Image(loaded), status == 0 else { throw .unreadable }
                return try write(image, boxes)
            }
        }
        return try result.get()
    }

    private static func write(_ loaded: Image, _ boxes: [PaintedBox] = []) throws(PhotographProblem) -> Photograph {
        var picture = try loaded.made(cvips_to_srgb)
        if picture.hasAlpha { picture = try picture.made(cvips_lay_on_white) }
        // The source can be read once only; both sizes are made from this copy.
        let pixels = try picture.made { input, output in
            output?.pointee = vips_image_copy_memory(input)
            return 0
        }
        for box in boxes { try pixels.paint(over: box) }
        let thumbnail = try pixels.made { cvips_shrink_within($0, Int32(Photograph.thumbnailSide), $1) }
        let miniature = try thumbnail.made { cvips_miniature($0, Int32(Likeness.side), $1) }
        return Photograph(
            picture: try pixels.jpeg(), thumbnail: try thumbnail.jpeg(), width: pixels.width, height: pixels.height,
            likeness: Likeness(grey: try miniature.greyValues(), width: pixels.width, height: pixels.height))
    }
}

/// One reference to an image, let go at the end.
private final class Image {
    typealias Pointer = UnsafeMutablePointer<VipsImage>

    private let pointer: Pointer

    init?(_ pointer: Pointer?) {
        guard let pointer else { return nil }
        self.pointer = pointer
    }

    deinit { g_object_unref(pointer) }

    var width: Int { withExtendedLifetime(self) { Int(vips_image_get_width(pointer)) } }
    var height: Int { withExtendedLifetime(self) { Int(vips_image_get_height(pointer)) } }
    var hasAlpha: Bool { withExtendedLifetime(self) { vips_image_hasalpha(pointer) != 0 } }

    /// What `operation` makes of this image; whatever goes wrong in one means that the picture is damaged.
    func made(_ operation: (Pointer?, UnsafeMutablePointer<Pointer?>?) -> Int32) throws(PhotographProblem) -> Image {
        var out: Pointer?
        let status = withExtendedLifetime(self) { operation(pointer, &out) }
        guard status == 0, let image = Image(out) else { throw .unreadable }
        return image
    }

    /// Changes the pixels themselves; only for a picture in memory that nobody else has.
    func paint(over box: PaintedBox) throws(PhotographProblem) {
        let (left, top) = (width * box.left / 1000, height * box.top / 1000)
        let (right, bottom) = ((width * box.right + 999) / 1000, (height * box.bottom + 999) / 1000)
        let status = withExtendedLifetime(self) {
            cvips_paint_over(pointer, Int32(left), Int32(top), Int32(right - left), Int32(bottom - top))
        }
        guard status == 0 else { throw .unreadable }
    }

    /// The bytes of a picture with one band, row by row.
    func greyValues() throws(PhotographProblem) -> [UInt8] {
        var count = 0
        let bytes = withExtendedLifetime(self) { vips_image_write_to_memory(pointer, &count) }
        guard let bytes, count == width * height else { throw .unreadable }
        defer { g_free(bytes) }
        return Array(UnsafeRawBufferPointer(start: bytes, count: count))
    }

    func jpeg() throws(PhotographProblem) -> [UInt8] {
        var bytes: UnsafeMutableRawPointer?
        var count = 0
        let status = withExtendedLifetime(self) { cvips_write_jpeg(pointer, 82, &bytes, &count) }
        guard status == 0, let bytes else { throw .unreadable }
        defer { g_free(bytes) }
        return Array(UnsafeRawBufferPointer(start: bytes, count: count))
    }
}
