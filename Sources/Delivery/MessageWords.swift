package import Storage

/// What messages say to whom. Filled by the rooms whose messages they are, so that this one knows nothing of matters.
package struct MessageWords: Sendable {
    /// Whom a subscriber tells of a message: one empty text for itself, ids of people for those who tell people, nothing for nobody.
    package let recipients: @Sendable (OutboxMessage, Subscriber, any Transaction) throws -> [String]
    /// What is said; nil when there is nothing to say any more.
    package let content: @Sendable (Dispatch, Subscriber, any Transaction) throws -> Parcel.Content?

    package init(
        recipients: @escaping @Sendable (OutboxMessage, Subscriber, any Transaction) throws -> [String],
        content: @escaping @Sendable (Dispatch, Subscriber, any Transaction) throws -> Parcel.Content?
    ) {
        self.recipients = recipients
        self.content = content
    }
}
