extension Phrase {
    /// What a town begins with. Dots are for whoever writes to fill in.
    package static let shipped: [Phrase] = [
        shipped("check-seen", .check, "情况属实，转入办理", "您好，您反映的事（编号{编号}）我们已经到{地点}看过，情况属实，现在由{单位}办理，预计{期限}前有结果。"),
        shipped("check-solved", .check, "当场解决", "您好，您反映的事我们已经到{地点}看过，当场处理好了。您再看看，还有问题随时找我们。"),
        shipped("check-different", .check, "现场情况不同", "您好，我们已经到{地点}看过，现场和您说的不太一样：……。方便的话，请再说说具体位置，我们再去看。"),
        shipped("handle-done", .handle, "办好了", "您反映的“{类别}”（{地点}），已于{今天}处理好：……。过后会有没参与办理的同志回访，请您说说满不满意。"),
        shipped("handle-cannot", .handle, "办不了，说明原因", "您反映的事我们认真研究过，目前还办不了，原因是：……。给您添了不便，请您谅解；有条件时我们会再办。"),
        shipped("handle-referred", .handle, "转有关部门", "您反映的事要由……处理，我们已于{今天}转过去，会跟着问进展。有疑问请打{电话}。"),
        shipped("follow-up-yes", .followUp, "已解决，满意", "电话回访，反映人说问题已经解决，对结果满意。"),
        shipped("follow-up-no", .followUp, "还没解决", "回访时反映人说问题还没有解决：……。请重新办理。"),
        shipped("follow-up-silent", .followUp, "联系不上，看了现场", "{今天}打了……次电话没有接通，改为到现场查看：……。"),
        shipped("escalate-power", .escalate, "权限或经费不够", "现场看过，情况属实。我们这一级没有权限（经费）处理，请上一级协调：……。"),
        shipped("escalate-several", .escalate, "牵涉几个单位", "这件事牵涉……几个单位，需要上一级牵头协调。"),
        shipped("send-back-near", .sendBack, "交就近网格办", "请就近到{地点}看看，{期限}前办结，办完及时登记。"),
        shipped("send-back-more", .sendBack, "情况不全，补充后再报", "上报的情况不全，请补充现场情况和已经做过的工作，再看是否需要上报。"),
        shipped("time-material", .time, "等材料配件", "需要的材料（配件）还没有到，预计……到位。期间已做好安全提示。"),
        shipped("time-coordinate", .time, "正在协调", "牵涉……，正在协调，预计……有结果。"),
        shipped("time-shelve", .time, "一时解决不了，挂账", "目前缺少……条件，一时解决不了，申请挂账；期间会定期查看。"),
        shipped("urge-due", .urge, "快到期", "编号{编号}，{期限}到期，请抓紧办理，及时登记进展。"),
        shipped("urge-late", .urge, "已超期", "编号{编号}已经超过期限（{期限}），请今天内办理；确有困难的，请说明原因、申请延期。"),
    ]

    private static func shipped(_ code: String, _ step: Step, _ title: String, _ words: String) -> Phrase {
        Phrase(code: code, edition: 0, step: step, title: title, words: words)
    }
}
