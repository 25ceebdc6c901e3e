extension Call {
    /// The address with scheme and host, as a telephone's camera needs it; nil when the host is not a plain one.
    package func address(_ path: String) -> String? {
        guard let host = headers("host"), host.utf8.count <= 255,
            host.unicodeScalars.allSatisfy({
                $0.isASCII && ($0.properties.isAlphabetic || ".:-[]0123456789".unicodeScalars.contains($0))
            })
        else { return nil }
        return "\(site.secure ? "https" : "http")://\(host)\(path)"
    }
}
