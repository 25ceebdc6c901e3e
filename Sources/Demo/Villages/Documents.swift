import Directory
import Kernel

/// The demo town's mechanism documents (F09, F12): two of the town, one of 安平's stations. Invented, like everything the article does not give.
enum Documents {
    static func all(_ plan: TownPlan, _ chance: inout Chance) -> [MechanismDocument] {
        let from = plan.time.installed
        let at = from.instant(hour: 9)
        let anping = plan.grids.villages.first { $0.draft.entry.serial == VillageList.anping }?.grid.id
        return [
            MechanismDocument(
                id: chance.newID(at: at), edition: 1, grid: nil, kind: .operation, titleZh: "网格工作运行机制",
                titleEn: "How the grids work",
                bodyZh: """
                    群众反映的事，由事发网格的网格员先接，看现场、办理、回话。
                    小事在楼栋、三级网格办；急事到二级网格，同时告诉一级网格；难事由村（社区）牵头，办不了的报镇里。
                    往上报、往下转都要写明理由。
                    办完由没有经手的人回访，群众不满意的重新办。
                    """,
                bodyEn: """
                    A need is taken first by the worker of the grid where it arose, who looks at it on site, handles it and answers.
                    Small matters are handled in the building or the level-3 grid; urgent ones go to level 2 with word to level 1; hard ones are led by the \
                    village, and go to the town when it cannot solve them.
                    Whoever passes a matter up or down gives the reason.
                    Somebody who did not handle it asks again afterwards; where people are not satisfied, the work goes on.
                    """, from: from),
            MechanismDocument(
                id: chance.newID(at: at), edition: 1, grid: nil, kind: .supervision, titleZh: "网格工作监督管理机制",
                titleEn: "How the grids are supervised",
                bodyZh: """
                    看结果，不看次数：看办结、看回访、看返工。
                    不打卡，不定位，不排名，不要求为留痕拍照。
                    岗位空缺由系统列出，一级网格长一周内提出补充人选。
                    每个网格公布监督电话，反映的事由镇党建办核实并答复。
                    """,
                bodyEn: """
                    Results count, not how often something was done: what was solved, what the follow-up found, what had to be done again.
                    No clocking in, no location trails, no ranking, no photos for the record's sake.
                    Vacant posts are listed by the system; within a week the grid chief proposes somebody.
                    Every grid posts a supervision telephone; the town office looks into what it hears there and answers.
                    """, from: from),
        ]
            + (anping.map {
                [
                    MechanismDocument(
                        id: chance.newID(at: at), edition: 1, grid: $0, kind: .station, titleZh: "网格党群服务站值班制度",
                        titleEn: "Duty rules of the grid stations",
                        bodyZh: "工作日上午、下午各有一名网格员在站。\n来的人当面登记，不让群众填第二遍表。\n不会用手机的，值班的人代报。",
                        bodyEn:
                            "On working days one grid worker is at the station in the morning and one in the afternoon.\nWhoever comes is written down at once and never fills in a form twice.\nFor those who do not use a phone, whoever is on duty reports.",
                        from: from)
                ]
            } ?? [])
    }
}
