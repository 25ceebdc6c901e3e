package import Kernel

/// What an enterprise's record must be like.
package enum EnterpriseRules {
    package struct Checked: Sendable, Hashable {
        package let name: String
        package let code: CreditCode?
        package let noCodeReason: String?
        package let address: String
        package let contact: String?
        package let phone: Telephone?
    }

    /// A credit code, or the reason why there is none: small shops of the old streets may have none (domain.md §2.5).
    /// - Throws: ``Invalid`` with everything found.
    package static func check(_ draft: EnterpriseDraft) throws(Invalid) -> Checked {
        var validation = Validation()
        let name = validation.text(draft.name, at: "/name", limit: 80)
        let address = validation.text(draft.address, at: "/address", limit: 80)
        let contact = validation.text(draft.contact, at: "/contact", limit: 40, required: false)
        let reason = validation.text(draft.noCodeReason, at: "/reason", limit: 60, required: false)
        validation.check(draft.headcount.map { (0...1_000_000).contains($0) } ?? true, at: "/headcount", "not-a-number")
        var code: CreditCode?
        let written = draft.code.trimmed
        if written.isEmpty {
            validation.check(!reason.isEmpty, at: "/code", "credit-or-reason")
        } else {
            do throws(CreditCode.Fault) {
                code = try CreditCode(reading: written)
            } catch {
                validation.check(false, at: "/code", error.rawValue)
            }
            validation.check(reason.isEmpty, at: "/reason", "credit-and-reason")
        }
        let digits = (draft.phone ?? "").trimmed
        let phone = Telephone(digits)
        validation.check(digits.isEmpty || phone != nil, at: "/phone", "not-a-phone")
        try validation.finish()
        return Checked(
            name: name, code: code, noCodeReason: reason.isEmpty ? nil : reason, address: address,
            contact: contact.isEmpty ? nil : contact, phone: phone)
    }
}
