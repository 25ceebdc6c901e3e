package import Kernel

extension Permission {
    /// See matters, their history and photos.
    package static let readMatter = Permission("matter.read")
    /// Write down what somebody else reported.
    package static let createMatter = Permission("matter.create")
    /// Check on site and handle; also see matters of restricted categories.
    package static let handleMatter = Permission("matter.handle")
    /// Escalate and send back.
    package static let routeMatter = Permission("matter.route")
    /// Ask again and close.
    package static let followUpMatter = Permission("matter.followUp")
}
