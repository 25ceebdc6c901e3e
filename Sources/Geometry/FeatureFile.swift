import Foundation
package import Kernel

/// A file of areas as it was drawn (RFC 7946 §3.3, a FeatureCollection): degrees, not yet places, because their datum may still be in question.
package struct FeatureFile: Sendable {
    /// One drawing with what its maker wrote beside it.
    package struct Feature: Sendable {
        /// Texts and numbers among its properties, as text.
        package let properties: [String: String]
        private let drawing: Drawing?
        private let fault: Fault?

        /// The area, its degrees read as those of `crs`.
        /// - Throws: as ``Area/init(geoJSON:crs:)``; the pointers start at the geometry.
        package func area(in crs: CRS) throws(Invalid) -> Area {
            guard let drawing else { throw Invalid([fault ?? Fault("", "geometry-unreadable")]) }
            return try Area(drawing, crs)
        }
    }

    package let features: [Feature]
    /// The datum that the file itself names (GeoJSON 2008 §3.1.1); nil when it names none.
    package let declared: CRS?

    /// A drawing of a whole county's grids; larger ones are cut up.
    package static let featureLimit = 5000
    package static let cornerLimit = 400_000
    /// Far more than any honest geometry or property needs.
    private static let depthLimit = 40

    /// - Throws: ``Invalid`` `areas-…` for the file as a whole. What is wrong with one drawing, that drawing says when it is asked.
    package init(reading bytes: [UInt8]) throws(Invalid) {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        let shape = Nesting(of: text)
        guard shape.depth <= Self.depthLimit else { throw Invalid("", "areas-too-deep") }
        // Every corner is a list, and few lists are anything else.
        guard shape.lists <= Self.cornerLimit * 3 / 2 else { throw Self.tooLarge }
        let file: Wire
        do {
            file = try JSONDecoder().decode(Wire.self, from: Data(text))
        } catch {
            throw Invalid("", "areas-unreadable")
        }
        guard file.type == "FeatureCollection", let features = file.features else { throw Invalid("", "areas-no-collection") }
        guard !features.isEmpty else { throw Invalid("", "areas-empty") }
        guard features.count <= Self.featureLimit else {
            throw Invalid("", "areas-too-many", ["limit": String(Self.featureLimit)])
        }
        guard features.reduce(0, { $0 + $1.corners }) <= Self.cornerLimit else { throw Self.tooLarge }
        self.features = features
        if let name = file.crs { declared = try Self.datum(name) } else { declared = nil }
    }

    private static let tooLarge = Invalid("", "geometry-too-large", ["limit": String(cornerLimit)])

    /// The datum of a name such as `urn:ogc:def:crs:EPSG::4490`.
    /// - Throws: for one in metres or of another country, which nothing here can read.
    private static func datum(_ name: String) throws(Invalid) -> CRS? {
        let plain = name.lowercased()
        if plain.hasSuffix("4490") || plain.contains("cgcs2000") { return .cgcs2000 }
        if plain.hasSuffix("4326") || plain.hasSuffix("crs84") { return .wgs84 }
        if plain.contains("gcj") { return .gcj02 }
        if plain.contains("bd09") || plain.contains("bd-09") { return .bd09 }
        throw Invalid("", "areas-crs-unknown", ["name": String(name.prefix(80))])
    }

    private struct Wire: Decodable {
        struct Named: Decodable {
            struct Properties: Decodable { let name: String? }
            let properties: Properties?
        }
        let type: String?
        let features: [Feature]?
        let crs: String?

        private enum Member: String, CodingKey { case type, features, crs }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Member.self)
            type = try? container.decode(String.self, forKey: .type)
            features = try? container.decode([Feature].self, forKey: .features)
            crs = (try? container.decode(Named.self, forKey: .crs))?.properties?.name
        }
    }
}

extension FeatureFile.Feature: Decodable {
    private enum Member: String, CodingKey { case properties, geometry }

    /// Never fails: what is no drawing is kept as one that says so.
    package init(from decoder: any Decoder) {
        let container = try? decoder.container(keyedBy: Member.self)
        let properties = (try? container?.decode([String: Scalar].self, forKey: .properties)) ?? [:]
        self.properties = properties.compactMapValues(\.text)
        do {
            drawing = try container?.decode(Drawing.self, forKey: .geometry)
            fault = nil
        } catch {
            drawing = nil
            fault = error is UnknownType ? Fault("/type", "geometry-type") : Fault("", "geometry-unreadable")
        }
    }

    fileprivate var corners: Int { drawing?.corners ?? 0 }
}

/// A property's text or number; anything else is nothing.
private struct Scalar: Decodable {
    let text: String?

    init(from decoder: any Decoder) {
        let container = try? decoder.singleValueContainer()
        if let text = try? container?.decode(String.self) {
            self.text = String(text.prefix(200))
        } else if let whole = try? container?.decode(Int64.self) {
            text = String(whole)
        } else {
            text = (try? container?.decode(Double.self)).map { String($0) }
        }
    }
}

/// How deep a JSON text goes and how many lists it opens, counted without reading it: what is hostile is refused before it costs anything.
struct Nesting {
    private(set) var depth = 0
    private(set) var lists = 0

    init(of text: ArraySlice<UInt8>) {
        var (level, isText, isEscaped) = (0, false, false)
        for byte in text {
            if isEscaped {
                isEscaped = false
            } else if isText {
                if byte == UInt8(ascii: "\\") { isEscaped = true } else if byte == UInt8(ascii: "\"") { isText = false }
            } else {
                switch byte {
                case UInt8(ascii: "\""): isText = true
                case UInt8(ascii: "["):
                    lists += 1
                    level += 1
                case UInt8(ascii: "{"): level += 1
                case UInt8(ascii: "]"), UInt8(ascii: "}"): level -= 1
                default: break
                }
                depth = max(depth, level)
            }
        }
    }
}
