extension Taxonomy {
    /// Within how many metres two matters of a category may be the same thing, until the town says otherwise. A lamp is one of many in a
    /// lane, a power cut is one for a quarter. 0 where two are never the same, because they are about people or their papers: who quarrels,
    /// is owed wages or asks for a certificate is nobody else's business.
    static let near: [String: Int] = [
        "0101": 50, "0102": 300, "0103": 30, "0104": 500, "0105": 100, "0106": 100,
        "0201": 100, "0202": 100, "0203": 30, "0204": 50, "0205": 200, "0206": 50, "0207": 100,
        "0301": 50, "0302": 200, "0303": 50, "0304": 50, "0305": 30, "0306": 100,
        "0401": 0, "0403": 0, "0404": 0, "0405": 0, "0502": 100, "0503": 0, "0604": 0, "0605": 0,
        "0701": 0, "0702": 0, "0703": 0, "0803": 50, "0901": 300, "1001": 0,
    ]

    /// Of a category that a town or a village added: whether it is about things or about people, only they can say.
    static let nearUsually = 0
}
