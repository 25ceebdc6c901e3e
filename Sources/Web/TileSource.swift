import Foundation
package import Kernel

/// Where the pictures under the map come from, if the operator names a source 地图底图: an approved map, whose number is shown with it
/// (地图管理条例 art. 20, domain.md §2.8).
package struct TileSource: Sendable, Hashable {
    /// What the operator said that cannot be.
    package struct Refused: Error, Hashable, CustomStringConvertible {
        package let description: String
    }

    /// Of one picture, with `{z}`, `{x}` and `{y}` in it.
    private let template: String
    package let crs: CRS
    /// 审图号.
    package let approval: String
    package let attribution: String
    /// The one foreign origin from which pages may show pictures.
    package let origin: String

    /// - Parameters:
    ///   - template: of tiles in Web Mercator's usual division (XYZ).
    ///   - crs: in which the pictures are drawn; Baidu divides its map in another way.
    package init(template: String, crs: String, approval: String, attribution: String) throws(Refused) {
        let isPlain = template.unicodeScalars.allSatisfy {
            $0.isASCII && $0.value > 0x20 && !"\"'<>;,\\`".unicodeScalars.contains($0)
        }
        guard isPlain, ["{z}", "{x}", "{y}"].allSatisfy({ template.contains($0) }),
            let parts = URLComponents(string: template.replacing("{", with: "").replacing("}", with: "")),
            let scheme = parts.scheme, ["http", "https"].contains(scheme), let host = parts.host, !host.isEmpty,
            parts.user == nil,
            !host.contains("*")
        else { throw Refused(description: "JINLIN_TILES_URL is no address of tiles such as https://host/{z}/{x}/{y}.png.") }
        guard let datum = CRS(rawValue: crs), datum != .bd09 else {
            throw Refused(description: "JINLIN_TILES_CRS is one of cgcs2000, wgs84 and gcj02.")
        }
        guard !approval.trimmed.isEmpty, !attribution.trimmed.isEmpty else {
            throw Refused(
                description:
                    "A map is shown with its number of approval (JINLIN_TILES_APPROVAL) and its maker (JINLIN_TILES_ATTRIBUTION)."
            )
        }
        // A place-holder in the host would need more than one origin.
        let authority = template.dropFirst(scheme.utf8.count + 3).prefix { $0 != "/" && $0 != "?" }
        guard !authority.contains("{") else {
            throw Refused(description: "JINLIN_TILES_URL names one host; there is no place for {…} in it.")
        }
        self.template = template
        self.crs = datum
        self.approval = approval.trimmed
        self.attribution = attribution.trimmed
        origin = "\(scheme)://\(authority)"
    }

    /// The address of a picture.
    package func address(z: Int, x: Int, y: Int) -> String {
        template.replacing("{z}", with: String(z)).replacing("{x}", with: String(x)).replacing("{y}", with: String(y))
    }
}
