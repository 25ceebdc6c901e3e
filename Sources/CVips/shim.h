#include <vips/vips.h>

// Swift cannot call functions with a variable number of arguments; these give the ones we need a fixed number.

/// Opens a picture in memory without decoding it; null when its header cannot be read.
static inline VipsImage *cvips_open(const void *bytes, size_t count) {
    return vips_image_new_from_buffer(bytes, count, "", NULL);
}

/// Decodes a picture in memory, upright, no side longer than `side`; fails on any damage.
static inline int cvips_load_within(const void *bytes, size_t count, int side, VipsImage **out) {
    // As a load option: libvips 8.14 does not hand the argument of the same name on to the loader.
    return vips_thumbnail_buffer(
        (void *)bytes, count, out, side, "height", side, "size", VIPS_SIZE_DOWN, "option_string", "[fail_on=error]", NULL);
}

/// A smaller copy, no side longer than `side`.
static inline int cvips_shrink_within(VipsImage *in, int side, VipsImage **out) {
    return vips_thumbnail_image(in, out, side, "height", side, "size", VIPS_SIZE_DOWN, NULL);
}

/// A grey copy of `side` × `side` pixels, whatever the picture's shape.
static inline int cvips_miniature(VipsImage *in, int side, VipsImage **out) {
    VipsImage *grey = NULL;
    if (vips_colourspace(in, &grey, VIPS_INTERPRETATION_B_W, NULL) != 0) return -1;
    int result = vips_thumbnail_image(grey, out, side, "height", side, "size", VIPS_SIZE_FORCE, NULL);
    g_object_unref(grey);
    return result;
}

/// Eight bits of red, green and blue, by the picture's own colour profile when it carries one that can be read.
static inline int cvips_to_srgb(VipsImage *in, VipsImage **out) {
    if (vips_image_get_typeof(in, VIPS_META_ICC_NAME) != 0
        && vips_icc_transform(in, out, "srgb", "embedded", TRUE, "depth", 8, NULL) == 0)
        return 0;
    return vips_colourspace(in, out, VIPS_INTERPRETATION_sRGB, NULL);
}

/// Lays a picture that can be seen through on white.
static inline int cvips_lay_on_white(VipsImage *in, VipsImage **out) {
    VipsArrayDouble *white = vips_array_double_newv(1, 255.0);
    int result = vips_flatten(in, out, "background", white, NULL);
    vips_area_unref(VIPS_AREA(white));
    return result;
}

/// Paints a filled rectangle of middle grey over a picture in memory.
static inline int cvips_paint_over(VipsImage *image, int left, int top, int width, int height) {
    double ink[3] = {128, 128, 128};
    return vips_draw_rect(image, ink, 3, left, top, width, height, "fill", TRUE, NULL);
}

/// Writes a JPEG without any metadata. The bytes are to be freed with `g_free`.
static inline int cvips_write_jpeg(VipsImage *in, int quality, void **bytes, size_t *count) {
    return vips_jpegsave_buffer(in, bytes, count, "Q", quality, "strip", TRUE, "optimize_coding", TRUE, NULL);
}
