import Directory
import Identity
package import Kernel
import Storage

/// What somebody wrote down about an enterprise or shop.
package struct EnterpriseDraft: Sendable, Hashable {
    package var grid: ID<GridNode>
    package var kind: Enterprise.Kind
    package var trade: Enterprise.Trade
    package var name: String
    /// Blank when there is none; then a reason is needed.
    package var code: String
    package var noCodeReason: String
    package var address: String
    package var contact: String
    /// Nil leaves the telephone as it is, blank takes it away.
    package var phone: String?
    package var headcount: Int?

    package init(
        grid: ID<GridNode>, kind: Enterprise.Kind, trade: Enterprise.Trade, name: String, code: String = "",
        noCodeReason: String = "",
        address: String, contact: String = "", phone: String? = nil, headcount: Int? = nil
    ) {
        self.grid = grid
        self.kind = kind
        self.trade = trade
        self.name = name
        self.code = code
        self.noCodeReason = noCodeReason
        self.address = address
        self.contact = contact
        self.phone = phone
        self.headcount = headcount
    }

    var fields: [String?] {
        [
            grid.description, kind.rawValue, trade.rawValue, name, code, noCodeReason, address, contact, phone,
            headcount.map { String($0) },
        ]
    }
}

/// Enters enterprises and small shops, changes them, and writes down that they closed. 登记企业
package struct KeepEnterprise: Sendable {
    private let desk: RegisterDesk

    package init(_ desk: RegisterDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` for a grid out of scope, ``Invalid`` also when another enterprise has the credit code.
    @discardableResult
    package func enter(_ draft: EnterpriseDraft, by principal: Principal, request: ID<RegisterEvent>) async throws -> ID<
        Enterprise
    > {
        let scope = try principal.scope(for: .editResident)
        return try await desk.database.write { [desk] tx in
            let change = RegisterChange(tx, desk, by: principal, request, "enterprise.enter", says: draft.fields)
            guard try desk.tree(tx, change.town).isIn(scope, draft.grid) else { throw NotFound() }
            if try change.isDone() { return change.newID() }
            let store = EnterpriseStore(tx, town: change.town, vault: desk.vault)
            let checked = try EnterpriseRules.check(draft)
            if let code = checked.code, try store.holder(of: code) != nil { throw Invalid("/code", "credit-taken") }
            let firm = Enterprise(
                id: change.newID(), grid: draft.grid, kind: draft.kind, trade: draft.trade, name: checked.name,
                code: checked.code,
                noCodeReason: checked.noCodeReason, address: checked.address, contact: checked.contact,
                headcount: draft.headcount, term: Term(from: desk.today, to: nil))
            try store.insert(firm, phone: checked.phone)
            try change.record(firm.id, grid: firm.grid, ["name": firm.name, "code": firm.code?.description])
            return firm.id
        }
    }

    /// - Parameter closedOn: the last day of an enterprise that has closed.
    package func edit(
        _ id: ID<Enterprise>, _ draft: EnterpriseDraft, closedOn: Day?, seen version: Int, by principal: Principal,
        request: ID<RegisterEvent>
    ) async throws {
        let scope = try principal.scope(for: .editResident)
        try await desk.database.write { [desk] tx in
            let change = RegisterChange(
                tx, desk, by: principal, request, "enterprise.edit",
                says: [id.description, closedOn?.description] + draft.fields)
            let store = EnterpriseStore(tx, town: change.town, vault: desk.vault)
            guard let before = try store.find(id, in: scope), try desk.tree(tx, change.town).isIn(scope, draft.grid) else {
                throw NotFound()
            }
            if try change.isDone() { return }
            guard before.version == version else { throw Conflict("stale") }
            let checked = try EnterpriseRules.check(draft)
            if let code = checked.code, let holder = try store.holder(of: code), holder != id {
                throw Invalid("/code", "credit-taken")
            }
            try desk.check(last: closedOn, of: before.term, at: "/closed")
            var after = before
            (after.grid, after.kind, after.trade) = (draft.grid, draft.kind, draft.trade)
            (after.name, after.code, after.noCodeReason) = (checked.name, checked.code, checked.noCodeReason)
            (after.address, after.contact, after.headcount) = (checked.address, checked.contact, draft.headcount)
            after.term = Term(from: before.term.from, to: closedOn)
            after.version += 1
            let phone: Telephone?? = draft.phone == nil ? .none : .some(checked.phone)
            let former = draft.phone == nil ? nil : try store.phone(of: id) ?? ""
            guard try store.update(after, phone: phone, from: version) else { throw Conflict("stale") }
            let replaced = Self.replaced(before, after, phone: former == checked.phone?.digits ? nil : former)
            try change.record(
                id, grid: after.grid,
                ["fields": replaced.keys.sorted().joined(separator: " "), "closed": closedOn?.description], replaced: replaced)
        }
    }

    private static func replaced(_ before: Enterprise, _ after: Enterprise, phone: String?) -> [String: String] {
        var replaced: [String: String] = [:]
        if before.name != after.name { replaced["name"] = before.name }
        if before.code != after.code { replaced["code"] = before.code?.description ?? "" }
        if before.noCodeReason != after.noCodeReason { replaced["reason"] = before.noCodeReason ?? "" }
        if before.address != after.address { replaced["address"] = before.address }
        if before.contact != after.contact { replaced["contact"] = before.contact ?? "" }
        if before.grid != after.grid { replaced["grid"] = before.grid.description }
        if before.kind != after.kind { replaced["kind"] = before.kind.rawValue }
        if before.trade != after.trade { replaced["trade"] = before.trade.rawValue }
        if before.headcount != after.headcount { replaced["headcount"] = before.headcount.map { String($0) } ?? "" }
        if let phone { replaced["phone"] = phone }
        return replaced
    }
}
