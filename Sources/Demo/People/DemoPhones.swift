/// Telephone numbers that belong to nobody.
enum DemoPhones {
    /// Numbers within an area never begin with 0, so nobody can be reached by one.
    static let supervision = "0595-00000000"

    static func duty(_ number: Int) -> String { "0595-0000\(number)" }

    /// A mobile number of the 154 block, which no operator gives out. `number` is cut to eight digits.
    static func mobile(_ number: UInt64) -> String { "154\(number % 90_000_000 + 10_000_000)" }
}
