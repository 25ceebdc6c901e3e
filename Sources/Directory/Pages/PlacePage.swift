import Kernel
import Web

/// What must be posted publicly about a grid and kept current: name, range, worker, telephones (滨州条例 2021 art. 6).
struct PlacePage: Page {
    static let template = "directory-public-grid"

    struct Child: Sendable {
        let href: String
        let name: String
        let kind: String
    }

    let ancestors: [LinkPart]
    let name: String
    let range: String?
    let unit: String?
    let worker: String?
    /// Who stands in while the grid has no worker of its own.
    let standIn: String?
    let chief: String?
    let lead: String?
    let dutyPhone: String?
    let dutyPhoneLink: String?
    let supervisionPhone: String?
    let supervisionPhoneLink: String?
    let stationWords: String?
    let about: String?
    let reportHref: String
    /// Where thanks of the village's reporters are quoted.
    let thanksHref: String
    let mapHref: String
    let documents: [LinkPart]
    let children: [Child]
    /// Public pages of other rooms about this village.
    let offers: [LinkPart]

    init(_ call: Call, card: GridCard, names: [ID<PersonNode>: String], offers: [PlaceOffer] = []) {
        let (grid, tree) = (card.grid, card.tree)
        let path = tree.path(grid.id)
        let language = call.language
        func holders(_ kind: PostKind, on grid: ID<GridNode>?) -> String? {
            let found = grid.map { tree.posts(on: $0, kind).compactMap { names[$0.person] } } ?? []
            return found.isEmpty ? nil : found.joined(separator: language == .zh ? "、" : ", ")
        }
        ancestors = tree.crumbs(above: grid, call, DirectoryPath.place)
        name = grid.name(in: language)
        range = grid.boundaryWords
        unit = grid.responsibleUnit
        worker = holders(.gridWorker, on: grid.id)
        standIn = worker == nil ? path.dropLast().reversed().lazy.compactMap { holders(.gridWorker, on: $0.id) }.first : nil
        chief = holders(.gridChief, on: path.first?.id)
        lead = holders(.townLead, on: path.first?.id)
        dutyPhone = path.reversed().lazy.compactMap(\.dutyPhone).first
        dutyPhoneLink = dutyPhone.map(Phone.normalised)
        supervisionPhone = path.reversed().lazy.compactMap(\.supervisionPhone).first
        supervisionPhoneLink = supervisionPhone.map(Phone.normalised)
        stationWords = card.station.map { station in
            [station.name, station.hostVenue, station.address, station.hours].compactMap(\.self).joined(
                separator: language == .zh ? "，" : ", ")
        }
        about = language == .en ? card.profile?.aboutEn ?? card.profile?.aboutZh : card.profile?.aboutZh
        documents = card.documents.map { LinkPart(href: DirectoryPath.document($0.id), name: $0.title(in: language)) }
        reportHref = DirectoryPath.report(grid.id)
        thanksHref = DirectoryPath.thanks(path.first?.id ?? grid.id)
        self.offers = offers.filter { card.profile?.isOn($0.capability) ?? false }.map {
            LinkPart(href: $0.path(grid.id), name: call.text($0.key))
        }
        mapHref = "\(DirectoryPath.map)?grid=\(grid.id)"
        children = tree.children(of: grid.id).map {
            Child(href: DirectoryPath.place($0.id), name: $0.name(in: language), kind: call.label($0.kind))
        }
    }
}
