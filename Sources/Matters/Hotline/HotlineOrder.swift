import Crypto
import Foundation
package import Kernel

/// A matter that the 12345 hotline has handed to the town, with the hotline's own number and time 热线工单 (domain.md §2.12).
package struct HotlineOrder: Hashable, Sendable {
    package let matter: ID<Matter>
    /// The hotline's own, in capitals.
    package let number: String
    /// When the hotline handed it over, and when the town took it in here.
    package let receivedAt: Instant
    package let takenAt: Instant
    package let replyWithin: TimeLimit
    package let replyDue: Instant
    /// What the hotline is told; empty until it is.
    package var reply: String
    /// When it was told first: a correction does not move it.
    package var repliedAt: Instant?

    package init(
        matter: ID<Matter>, number: String, receivedAt: Instant, takenAt: Instant, replyWithin: TimeLimit, replyDue: Instant,
        reply: String = "", repliedAt: Instant? = nil
    ) {
        (self.matter, self.number, self.receivedAt, self.takenAt) = (matter, number, receivedAt, takenAt)
        (self.replyWithin, self.replyDue, self.reply, self.repliedAt) = (replyWithin, replyDue, reply, repliedAt)
    }

    package static let numberLimit = 40

    /// The reply in a form that a page may carry, by which it is known whether somebody has answered since.
    package var replyMark: String { ID<Self>(.version8(of: SHA256.hash(data: Data(reply.utf8)))).description }
}
