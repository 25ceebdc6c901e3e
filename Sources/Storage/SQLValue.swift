import Foundation
package import Kernel

/// A value as a database holds it.
package enum StoredValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case bytes([UInt8])
}

/// A type that can be bound to a statement and read from a row.
package protocol SQLValue {
    var stored: StoredValue { get }
    /// Nil when the column holds something this type cannot be.
    init?(stored: StoredValue)
}

extension Int64: SQLValue {
    package var stored: StoredValue { .integer(self) }
    package init?(stored: StoredValue) {
        guard case .integer(let value) = stored else { return nil }
        self = value
    }
}

extension Int: SQLValue {
    package var stored: StoredValue { .integer(Int64(self)) }
    package init?(stored: StoredValue) {
        guard case .integer(let value) = stored else { return nil }
        self.init(exactly: value)
    }
}

extension Bool: SQLValue {
    package var stored: StoredValue { .integer(self ? 1 : 0) }
    package init?(stored: StoredValue) {
        guard case .integer(let value) = stored else { return nil }
        self = value != 0
    }
}

extension Double: SQLValue {
    package var stored: StoredValue { .real(self) }
    package init?(stored: StoredValue) {
        switch stored {
        case .real(let value): self = value
        case .integer(let value): self = Double(value)
        default: return nil
        }
    }
}

extension String: SQLValue {
    package var stored: StoredValue { .text(self) }
    package init?(stored: StoredValue) {
        guard case .text(let value) = stored else { return nil }
        self = value
    }
}

extension [UInt8]: SQLValue {
    package var stored: StoredValue { .bytes(self) }
    package init?(stored: StoredValue) {
        guard case .bytes(let value) = stored else { return nil }
        self = value
    }
}

extension ID: SQLValue {
    package var stored: StoredValue { .text(description) }
    package init?(stored: StoredValue) {
        guard case .text(let value) = stored else { return nil }
        self.init(value)
    }
}

extension Instant: SQLValue {
    package var stored: StoredValue { .integer(milliseconds) }
    package init?(stored: StoredValue) {
        guard case .integer(let value) = stored else { return nil }
        self.init(milliseconds: value)
    }
}

extension Day: SQLValue {
    package var stored: StoredValue { .text(description) }
    package init?(stored: StoredValue) {
        guard case .text(let value) = stored else { return nil }
        self.init(value)
    }
}

extension PublicNumber: SQLValue {
    package var stored: StoredValue { .text(digits) }
    package init?(stored: StoredValue) {
        guard case .text(let value) = stored else { return nil }
        self.init(value)
    }
}

extension SQLValue where Self: RawRepresentable, RawValue: SQLValue {
    package var stored: StoredValue { rawValue.stored }
    package init?(stored: StoredValue) {
        guard let raw = RawValue(stored: stored) else { return nil }
        self.init(rawValue: raw)
    }
}

extension Optional: SQLValue where Wrapped: SQLValue {
    package var stored: StoredValue { self?.stored ?? .null }
    package init?(stored: StoredValue) {
        if case .null = stored {
            self = .none
        } else if let value = Wrapped(stored: stored) {
            self = .some(value)
        } else {
            return nil
        }
    }
}
