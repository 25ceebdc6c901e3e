package import Directory
import Kernel
import Storage

extension RegistersRoom {
    /// How many households each grid has, for the office's map.
    package var layer: MapLayer {
        let desk = desk
        return MapLayer(.households, for: .readResident, href: { "\(RegistersPath.households)?grid=\($0)" }) { principal, scope in
            let today = desk.ambient.now().day()
            return try await desk.database.read { try HouseholdStore($0, town: principal.town).counts(in: scope, on: today) }
        }
    }
}
