import Kernel
import Media
import Web

/// QR codes to be cut out and put up: of the grid, of its stations, of every building or estate below it and of its natural villages.
/// Each leads to the report's form with the place filled in. 二维码
struct CodesPage: Page {
    static let template = "directory-codes"

    struct Code: Sendable {
        let name: String
        let kind: String
        let qr: String?
        let href: String
    }
    let heading: String
    let gridHref: String
    let town: String
    let codes: [Code]

    init(_ call: Call, grid: Grid, tree: GridTree, stations: [Station], naturals: [NaturalVillage]) {
        let language = call.language
        func code(_ name: String, _ kind: String, _ path: String) -> Code {
            Code(name: name, kind: kind, qr: call.absolute(path).flatMap { QRCode($0) }?.svg(label: ""), href: path)
        }
        let own = tree.fullName(of: grid.id, in: language)
        heading = own
        gridHref = DirectoryPath.card(grid.id)
        town = call.visit.town.name(in: language)
        let grids = ([grid] + tree.descendants(of: grid.id)).map {
            code(tree.fullName(of: $0.id, in: language), call.label($0.kind), DirectoryPath.report($0.id))
        }
        let desks = stations.map { station in
            let place = tree.fullName(of: station.grid, in: language)
            return code(
                station.name, "\(call.text("directory.codes.station")) · \(place)",
                DirectoryPath.report(atStation: station.grid))
        }
        let hamlets = naturals.map {
            code(
                language == .en ? $0.nameEn ?? $0.nameZh : $0.nameZh,
                "\(call.text("directory.codes.natural")) · \(own)", DirectoryPath.report(in: $0.id))
        }
        codes = grids + desks + hamlets
    }
}
