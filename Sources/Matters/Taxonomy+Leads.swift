extension Category {
    /// With who usually leads and what must be there at the end (domain.md §5).
    func led() -> Category {
        guard let (unit, zh, en) = Taxonomy.leads[code] else { return self }
        var category = self
        (category.leadUnit, category.closingZh, category.closingEn) = (unit, zh, en)
        return category
    }
}

extension Taxonomy {
    fileprivate static let leads: [String: (unit: String, closingZh: String?, closingEn: String?)] = [
        "0101": ("物业、村电工", "灯亮了的照片", "a picture of the lamp alight"),
        "0103": ("镇村建办", "井盖复位", "the cover back in place"),
        "0104": ("产权单位", nil, nil),
        "0105": ("村（社区）、镇村建办", nil, nil),
        "0201": ("保洁队", "清理以后的照片", "a picture after clearing"),
        "0202": ("当事户、镇村建办", nil, nil),
        "0203": ("当事户", "复查过", "looked at again"),
        "0205": ("镇环保", nil, nil),
        "0206": ("镇执法队", nil, nil),
        "0301": ("镇应急办", "整改复查过", "the remedy looked at"),
        "0302": ("镇应急办", nil, nil),
        "0303": ("消防", nil, nil),
        "0304": ("燃气、供电单位", nil, nil),
        "0305": ("镇村建办", nil, nil),
        "0401": ("调解员", "调解协议或记录", "an agreement or a record"),
        "0402": ("妇联、派出所", nil, nil),
        "0403": ("镇劳动保障所", nil, nil),
        "0404": ("住建部门", nil, nil),
        "0501": ("派出所", nil, nil),
        "0502": ("派出所", nil, nil),
        "0503": ("派出所", nil, nil),
        "0601": ("民政办", nil, nil),
        "0602": ("便民服务中心", nil, nil),
        "0603": ("儿童主任", "见到孩子", "the child was seen"),
        "0605": ("便民服务中心", nil, nil),
        "0701": ("第一网格长", nil, nil),
        "0702": ("镇经济发展办", nil, nil),
        "0703": ("邻里中心", nil, nil),
        "0801": ("卫生院", nil, nil),
        "0802": ("卫生站、网格员", nil, nil),
        "0803": ("市场监管所", nil, nil),
        "0901": ("镇防汛办", nil, nil),
        "1001": ("村务监督委员会", nil, nil),
    ]
}
