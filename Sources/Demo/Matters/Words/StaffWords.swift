import Matters

/// What the staff write down when they check, route and ask again.
enum StaffWords {
    static let confirmed = ["到现场看过，情况属实。", "现场核实，和反映的一样。", "已拍照，情况属实，先做了提醒。", "和反映的人一起看了现场。", ""]
    static let solvedOnSpot = ["到场后当场处理好了。", "带了工具，现场就解决了。", "当面说通，当场处理完毕。"]
    static let notAsReported = ["到现场看过，没有发现反映的情况，已打电话说明。", "现场已经恢复正常，谢谢提醒。"]
    static let cannotBeDone = ["已和您说明：这件事目前没有办法办，原因已当面解释。", "经了解不符合政策规定，已把依据告诉您。"]
    static let referred = ["已转给有权处理的部门，他们会和您联系。", "已移交派出所处理。", "已转镇里主管部门办理。"]
    static let escalated = ["需要花钱修，网格里解决不了。", "涉及两个以上单位，请上一级协调。", "需要执法，网格没有权限。", "多次上门没有结果，请上级出面。", "要开会商量，报上一级。"]
    static let returned = ["经费已落实，请网格继续办。", "这件事网格能办，请先上门沟通。", "已协调好，请按商定的办法处理。"]
    static let satisfied = ["打电话问过，满意。", "反映的人说处理得快。", "现场看过，已经好了。", "老人家说谢谢。", ""]
    static let dissatisfied = ["反映的人说没过两天又这样了。", "现场看还没弄干净，请再处理。", "说只修了一半，不满意。"]
    static let again = ["再次上门，已彻底处理好。", "重新安排人处理，这次弄好了。"]
}
