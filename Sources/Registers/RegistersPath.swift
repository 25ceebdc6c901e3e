import Directory
import Kernel

/// The paths of this room's pages, written once.
enum RegistersPath {
    static let people = "/office/people"
    static let households = "/office/households"
    static let care = "/office/care"
    static let enterprises = "/office/enterprises"
    static let organisations = "/office/organisations"
    static let duplicates = "/office/duplicates"
    static let standIns = "/office/stand-ins"
    static let purposes = "/office/purposes"

    static func person(_ id: ID<PersonNode>) -> String { "\(people)/\(id)" }
    static func household(_ id: ID<Household>) -> String { "\(households)/\(id)" }
    static func enterprise(_ id: ID<Enterprise>) -> String { "\(enterprises)/\(id)" }
    static func organisation(_ id: ID<Organisation>) -> String { "\(organisations)/\(id)" }
}
