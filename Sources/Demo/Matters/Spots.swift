import Directory

/// Places in the words people use.
enum Spots {
    static func spot(on leaf: Leaf, _ chance: inout Chance) -> String {
        let name = leaf.lanes.isEmpty ? leaf.grid.nameZh : chance.pick(leaf.lanes)
        switch leaf.grid.kind {
        case .estate:
            return name
                + chance.pick([
                    "\(chance.within(1...18))号楼", "\(chance.within(1...18))号楼楼下", "北门口", "南门口", "中庭", "地下车库入口", "东侧小路",
                ])
        case .building: return name + chance.pick(["一楼大厅", "后门", "\(chance.within(2...12))楼楼道", "门口", "楼顶"])
        case .enterprise: return name + chance.pick(["大门口", "一号车间", "二号车间", "仓库旁", "宿舍楼下", "装卸区"])
        case .exclusive: return "安海医院" + chance.pick(["门诊楼前", "住院楼旁", "急诊通道", "停车场", "后门"])
        default:
            return name
                + chance.pick([
                    "\(chance.within(1...160))号", "\(chance.within(1...160))号门口", "\(chance.within(1...160))号旁", "口", "转角",
                ])
        }
    }
}
