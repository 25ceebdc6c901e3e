/// Made-up names of lanes and roads, as Minnan villages have them.
enum Lanes {
    private static let old = [
        "榕树巷", "井边巷", "石埕巷", "文昌巷", "书院巷", "米市巷", "布街巷", "后壁巷", "顶街", "下街", "打铁巷", "竹器巷", "渡头巷", "城隍巷", "糖房巷",
        "灯笼巷", "鱼行口", "宫口巷", "塔脚巷", "油车巷", "染坊巷", "桥仔头", "三角埕", "花园巷", "义全巷", "半月巷", "草埔尾", "后库巷", "新街", "一米巷",
    ]
    private static let village = [
        "东区", "西区", "南区", "北区", "中区", "祠堂路", "菜园路", "田头路", "环村路", "学前路", "溪边路", "水渠路", "果园路", "龙眼埕", "大埕",
        "顶厝", "下厝", "新厝", "后头", "山脚路", "桥头路", "老井路", "公园路", "文化路", "幸福路", "和睦路", "平安路", "向阳路", "丰收路", "同心路",
    ]

    static func names(for isCommunity: Bool) -> [String] { isCommunity ? old : village }
}
