import Identity
package import Kernel
import Storage

/// Opens, changes and ends purposes; ending one of an emergency lets the destroy job take everything under it. 处理目的管理
package struct KeepPurpose: Sendable {
    private let desk: RegisterDesk

    package init(_ desk: RegisterDesk) { self.desk = desk }

    /// - Parameter code: nil makes a new one.
    /// - Throws: ``Forbidden`` for anybody but the town office, ``Invalid``, ``Conflict`` `stale`, ``NotFound`` for an unknown code.
    /// - Returns: the purpose's code.
    @discardableResult
    package func callAsFunction(
        _ code: String?, nameZh: String, nameEn: String, basis: DataPurpose.Basis, isEmergency: Bool, retentionDays: Int,
        endsOn: Day?,
        seen version: Int, by principal: Principal, request: ID<RegisterEvent>
    ) async throws -> String {
        guard try principal.scope(for: .managePurposes) == .town else { throw Forbidden() }
        return try await desk.database.write { [desk] tx in
            let change = RegisterChange(
                tx, desk, by: principal, request, "purpose.keep",
                says: [
                    code, nameZh, nameEn, basis.rawValue, isEmergency ? "1" : "0", String(retentionDays), endsOn?.description,
                ])
            let store = DataPurposeStore(tx, town: change.town)
            let fresh = "p" + request.description.filter { $0 != "-" }
            if try change.isDone() { return code ?? fresh }
            let before = try code.map { code in
                guard let found = try store.find(code) else { throw NotFound() }
                guard found.version == version else { throw Conflict("stale") }
                return found
            }
            let purpose = DataPurpose(
                code: code ?? fresh, nameZh: nameZh.trimmed, nameEn: nameEn.trimmed, basis: basis,
                isEmergency: before?.isEmergency ?? isEmergency, retentionDays: retentionDays, endsOn: endsOn,
                version: (before?.version ?? 0) + 1)
            let faults = RetentionRules.faults(of: purpose, today: desk.today)
            guard faults.isEmpty else { throw Invalid(faults) }
            try store.put(purpose)
            try change.record(
                ID<DataPurpose>(request.uuid), grid: nil,
                [
                    "purpose": purpose.code, "retention": String(retentionDays), "ends": endsOn?.description,
                    "basis": basis.rawValue,
                ])
            return purpose.code
        }
    }
}
