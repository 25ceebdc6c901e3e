/// Which capabilities a type of village begins with (F01: 因地制宜, no template for all), and figures drawn from what was reported. Pure.
package enum ProfileRules {
    private static let everywhere: Set<Capability> = [
        .matters, .patrols, .visits, .campaigns, .outreach, .deliberation, .volunteers,
    ]

    /// What a village of this type has switched on until somebody decides otherwise.
    package static func preset(for type: VillageType) -> Set<Capability> {
        switch type {
        // 安平: firms, estates, the neighbourhood centre (F30–F41).
        case .newCommunity: everywhere.union([.enterprises, .idleProperties, .neighbourhoodCentre])
        // 兴胜: old people, small shops, no points (F42–F45).
        case .oldTown: everywhere.union([.eldersCare, .enterprises])
        // 瑶前: points, cross-inspection between its grids (F50–F62).
        case .smallVillage: everywhere.union([.points, .crossInspections])
        // 前埔: summer care, outreach to children left behind (F46–F49).
        case .largeVillage: everywhere.union([.programmes, .eldersCare])
        case .ordinary: everywhere
        }
    }

    /// The share of the floating population in thousandths, rounded to the nearest; nil without both figures (F24: 886).
    package static func floatingShare(of figures: [ReportedFigure]) -> Int? {
        func latest(_ key: ReportedFigure.Key) -> Int64? {
            figures.filter { $0.key == key }.max { $0.asOf < $1.asOf }?.value
        }
        guard let all = latest(.population), let floating = latest(.floating), all > 0, floating >= 0 else { return nil }
        return Int((floating * 2000 + all) / (all * 2))
    }
}
