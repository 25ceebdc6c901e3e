import Directory
import Kernel

/// The paths of this room's pages, written once.
enum PointsPath {
    static let mine = "/points"
    static let office = "/office/points"

    static func open(_ village: ID<GridNode>) -> String { "/places/\(village)/points" }
    static func place(_ village: ID<GridNode>) -> String { "/places/\(village)" }
    static func village(_ village: ID<GridNode>) -> String { "\(office)/\(village)" }
    static func rules(_ village: ID<GridNode>) -> String { "\(self.village(village))/rules" }
    static func set(_ set: ID<RuleSet>) -> String { "\(office)/rule-sets/\(set)" }
    static func rounds(_ village: ID<GridNode>) -> String { "\(self.village(village))/rounds" }
    static func months(_ village: ID<GridNode>) -> String { "\(self.village(village))/months" }
    static func environmentDays(_ village: ID<GridNode>) -> String { "\(self.village(village))/environment-days" }
    static func wallet(_ household: ID<Household>) -> String { "\(office)/households/\(household)" }
    static func door(_ card: PublicNumber) -> String { "/door/\(card.digits)" }

    static func round(_ round: ID<InspectionRound>) -> String { "\(office)/rounds/\(round)" }
    static func sheet(_ round: ID<InspectionRound>, _ target: ID<GridNode>) -> String {
        "\(self.round(round))/sheets/\(target)"
    }
    static func objections(_ round: ID<InspectionRound>) -> String { "/points/rounds/\(round)/objections" }
    static func environmentDay(_ day: ID<EnvironmentDay>) -> String { "\(office)/environment-days/\(day)" }
}
