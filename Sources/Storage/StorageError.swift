/// What can go wrong in a database, the same for both engines.
package enum StorageError: Error, Hashable, Sendable {
    /// A primary or unique key is taken. Carries the constraint's or the columns' names, for the log only.
    case uniqueViolation(String)
    case foreignKeyViolation(String)
    case checkViolation(String)
    /// Lost a race with another transaction; `write` has already retried it.
    case serializationFailure
    /// The disk is full, the file is locked, the server is gone or no connection came free in time. Trying later may help: 503.
    case unavailable(String)
    /// A stored value is not of the type it must be.
    case corrupt(String)
    /// Anything else: an error in a statement, an invalid file.
    case other(String)
}
