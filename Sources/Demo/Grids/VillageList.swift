/// The 42 villages and communities of 安海镇 with their real names and the last three digits of their codes (domain.md §3).
enum VillageList {
    struct Entry: Sendable {
        /// The last three of the twelve digits in the register of 国家统计局.
        let serial: String
        let nameZh: String
        /// Pinyin.
        let nameEn: String
        /// Neighbourhood committees 居委会 have serials up to 199.
        var isCommunity: Bool { serial < "200" }
        var titleEn: String { nameEn + (isCommunity ? " Community" : " Village") }
    }

    static let townCode = "350582101"
    /// The same town in the register of 民政部, where 350582101 is 陈埭镇: never to be joined with the code above (domain.md §2.3).
    static let townCodeOfCivilAffairs = "350582103"

    static let anping = "006"
    static let xingsheng = "001"
    static let yaoqian = "221"
    static let qianpu = "230"

    static let all = [
        Entry(serial: "001", nameZh: "兴胜社区", nameEn: "Xingsheng"), Entry(serial: "002", nameZh: "海东社区", nameEn: "Haidong"),
        Entry(serial: "003", nameZh: "鸿塔社区", nameEn: "Hongta"), Entry(serial: "004", nameZh: "复兴社区", nameEn: "Fuxing"),
        Entry(serial: "005", nameZh: "东鲤社区", nameEn: "Dongli"), Entry(serial: "006", nameZh: "安平社区", nameEn: "Anping"),
        Entry(serial: "201", nameZh: "西安村", nameEn: "Xi'an"), Entry(serial: "202", nameZh: "型厝村", nameEn: "Xingcuo"),
        Entry(serial: "203", nameZh: "安东村", nameEn: "Andong"), Entry(serial: "204", nameZh: "前蔡村", nameEn: "Qiancai"),
        Entry(serial: "205", nameZh: "丙厝村", nameEn: "Bingcuo"), Entry(serial: "206", nameZh: "梧埭村", nameEn: "Wudai"),
        Entry(serial: "207", nameZh: "可慕村", nameEn: "Kemu"), Entry(serial: "208", nameZh: "西畲村", nameEn: "Xishe"),
        Entry(serial: "209", nameZh: "西门村", nameEn: "Ximen"), Entry(serial: "210", nameZh: "梧山村", nameEn: "Wushan"),
        Entry(serial: "211", nameZh: "山兜村", nameEn: "Shandou"), Entry(serial: "212", nameZh: "桥头村", nameEn: "Qiaotou"),
        Entry(serial: "213", nameZh: "菌柄村", nameEn: "Junbing"), Entry(serial: "214", nameZh: "上垵村", nameEn: "Shang'an"),
        Entry(serial: "215", nameZh: "社坛村", nameEn: "Shetan"), Entry(serial: "216", nameZh: "坝头村", nameEn: "Batou"),
        Entry(serial: "217", nameZh: "赤店村", nameEn: "Chidian"), Entry(serial: "218", nameZh: "前湖村", nameEn: "Qianhu"),
        Entry(serial: "219", nameZh: "新店村", nameEn: "Xindian"), Entry(serial: "220", nameZh: "坑边村", nameEn: "Kengbian"),
        Entry(serial: "221", nameZh: "瑶前村", nameEn: "Yaoqian"), Entry(serial: "222", nameZh: "前林村", nameEn: "Qianlin"),
        Entry(serial: "223", nameZh: "下山后村", nameEn: "Xiashanhou"), Entry(serial: "224", nameZh: "庄头村", nameEn: "Zhuangtou"),
        Entry(serial: "225", nameZh: "后蔡村", nameEn: "Houcai"), Entry(serial: "226", nameZh: "水后村", nameEn: "Shuihou"),
        Entry(serial: "227", nameZh: "曾埭村", nameEn: "Zengdai"), Entry(serial: "228", nameZh: "西边村", nameEn: "Xibian"),
        Entry(serial: "229", nameZh: "桐林村", nameEn: "Tonglin"), Entry(serial: "230", nameZh: "前埔村", nameEn: "Qianpu"),
        Entry(serial: "231", nameZh: "庵前村", nameEn: "Anqian"), Entry(serial: "232", nameZh: "仁寿村", nameEn: "Renshou"),
        Entry(serial: "233", nameZh: "西溪寮村", nameEn: "Xixiliao"), Entry(serial: "234", nameZh: "外曾村", nameEn: "Waizeng"),
        Entry(serial: "235", nameZh: "下洪村", nameEn: "Xiahong"), Entry(serial: "236", nameZh: "后林村", nameEn: "Houlin"),
    ]
}
