package import Kernel
import Storage

/// That personal data was destroyed: what, how much, and why; never whose (突发事件应对法 art. 85, 个人信息保护法 art. 47). 销毁记录
package struct Destruction: Sendable, Hashable {
    package enum What: String, Sendable, Hashable, CaseIterable, SQLValue { case careMarks, people, visitNotes }
    package enum Reason: String, Sendable, Hashable, CaseIterable, SQLValue { case retentionOver, purposeOver }

    package let id: ID<Destruction>
    package let at: Instant
    package let purpose: String
    package let what: What
    package let records: Int
    package let reason: Reason

    package init(id: ID<Destruction>, at: Instant, purpose: String, what: What, records: Int, reason: Reason) {
        self.id = id
        self.at = at
        self.purpose = purpose
        self.what = what
        self.records = records
        self.reason = reason
    }
}
