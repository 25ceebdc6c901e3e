import Directory
import Kernel
import Matters

/// A few matters told by hand, so that everybody who can sign in finds something in every stage. The lamps of 春晖小区 are the article's.
struct StoryMatters {
    private var maker: MatterMaker
    private let plan: TownPlan
    private var files: [MatterFile] = []
    private var index: Int

    /// How many there are.
    static let count = 10

    /// - Parameter index: the running index of the first.
    static func make(_ plan: TownPlan, _ maker: MatterMaker, from index: Int) -> [MatterFile] {
        var story = StoryMatters(maker: maker, plan: plan, index: index)
        story.maker.chance = Chance(seed: plan.seed, "story")
        story.tell()
        return story.files.sorted { $0.matter.reportedAt < $1.matter.reportedAt }
    }

    private init(maker: MatterMaker, plan: TownPlan, index: Int) {
        self.maker = maker
        self.plan = plan
        self.index = index
    }

    private mutating func tell() {
        let chunhui = site { $0.leaf.grid.nameZh == Cast.chunhui }
        let firm = site { $0.leaf.grid.nameZh == "演示玩具厂" }
        let yaoqian = site { $0.village == plan.grids.village(VillageList.yaoqian)?.grid.id }
        let xingsheng = site { $0.village == plan.grids.village(VillageList.xingsheng)?.grid.id }

        tell("0102", chunhui, .groupChat, daysAgo: 12, hour: 20, words: "小区里的路灯很多都不亮了，电缆也老化，修了又坏，晚上走路看不清，希望整体换新的。") {
            story, life in
            story.check(&life, by: "chief", hours: 14, "现场查看，全区路灯大半不亮，电缆老化，需要整体改造，要请业主一起商量。")
        }
        tell("0101", chunhui, .residentPage, daysAgo: 1, hour: 20) { _, _ in }
        tell("0303", chunhui, .residentPage, daysAgo: 2, hour: 18, words: "楼下车棚有人从窗户拉线下来给电动车充电，很危险。") { story, life in
            story.check(&life, by: "worker", hours: 1, "已拔掉飞线，正在找车主。")
        }
        tell("0303", chunhui, .residentPage, daysAgo: 1, hour: 19, words: "单元门口的消防通道停满了电动车，出不去。") { _, _ in }
        tell("0304", chunhui, .phone, daysAgo: 4, hour: 10, words: "小区门口的小吃店把煤气罐放在火边。") { story, life in
            story.check(&life, by: "worker", hours: 1, "情况属实，已要求先停用。")
            story.handle(&life, by: "worker", hours: 5, "店家已换软管、装报警器，煤气罐移到室外。")
        }
        tell("0205", chunhui, .meeting, daysAgo: 9, hour: 15, words: "小区后面的水沟发黑发臭，座谈会上好几户都提到。") { story, life in
            story.check(&life, by: "chief", hours: 20, "沟里有外来污水，需要查源头。")
            story.escalate(&life, by: "chief", hours: 5, "涉及上游企业，需要镇环保部门一起查。")
        }
        tell("0403", firm, .visit, daysAgo: 8, hour: 9, words: "几名工人反映两个月的加班费没有发。") { story, life in
            story.check(&life, hours: 2, "已看考勤表，情况属实。")
            story.handle(&life, hours: 30, "厂里答应本周发清加班费。")
            story.ask(&life, hours: 24, "只发了一半，工人不满意。")
        }
        tell("0203", yaoqian, .patrol, daysAgo: 2, hour: 9) { story, life in
            story.check(&life, by: "worker-yaoqian", hours: 3, "已提醒店主，约定明天整理。")
        }
        tell("0306", yaoqian, .residentPage, daysAgo: 5, hour: 8) { story, life in
            story.escalate(&life, by: "worker-yaoqian", hours: 2, "沙石是施工队堆的，联系不上负责人。")
            story.sendBack(&life, by: "chief-yaoqian", hours: 20, "已联系施工队，明天来清，请到场看着。")
        }
        tell("0601", xingsheng, .station, daysAgo: 1, hour: 9) { story, life in
            story.check(&life, hours: 1, "已上门，老人平安，家里缺药。")
        }
    }

    private func site(_ isRight: (MatterMaker.Site) -> Bool) -> MatterMaker.Site? { maker.sites.first(where: isRight) }

    private mutating func tell(
        _ code: String, _ site: MatterMaker.Site?, _ channel: Channel, daysAgo: Int, hour: Int, words: String? = nil,
        _ continuation: (inout StoryMatters, inout MatterLife) -> Void
    ) {
        let at = plan.time.today.adding(days: -daysAgo).instant(hour: hour, minute: 10)
        guard let site, var life = maker.begin(code, at: site, channel, index: index, at: at, words: words) else { return }
        index += 1
        continuation(&self, &life)
        files.append(MatterFile(matter: life.matter, events: life.events, reporter: nil))
    }

    private mutating func actor(_ login: String?, _ life: MatterLife, _ at: Instant) -> MatterEvent.Actor? {
        login.flatMap(maker.staff.actor) ?? maker.staff.handler(of: life.matter.holder, on: at.day(), &maker.chance)
    }

    private mutating func check(_ life: inout MatterLife, by login: String? = nil, hours: Int64, _ note: String) {
        let at = life.at + .hours(hours)
        _ = life.check(at: at, by: actor(login, life, at), .confirmed, note: note, &maker.chance)
    }

    private mutating func handle(_ life: inout MatterLife, by login: String? = nil, hours: Int64, _ reply: String) {
        let at = life.at + .hours(hours)
        _ = life.handle(at: at, by: actor(login, life, at), .resolved, reply: reply, &maker.chance)
    }

    private mutating func escalate(_ life: inout MatterLife, by login: String, hours: Int64, _ reason: String) {
        let at = life.at + .hours(hours)
        _ = life.escalate(at: at, by: actor(login, life, at), reason: reason, &maker.chance)
    }

    private mutating func sendBack(_ life: inout MatterLife, by login: String, hours: Int64, _ reason: String) {
        let at = life.at + .hours(hours)
        _ = life.return(at: at, by: actor(login, life, at), reason: reason, &maker.chance)
    }

    private mutating func ask(_ life: inout MatterLife, hours: Int64, _ note: String) {
        let at = life.at + .hours(hours)
        let actor = maker.staff.follower(on: life.path, on: at.day(), except: life.handlers, &maker.chance)
        _ = life.followUp(at: at, by: actor, .phone, satisfied: false, rating: 2, note: note, &maker.chance)
    }
}
