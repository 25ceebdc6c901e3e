extension Taxonomy {
    /// The forty categories a town starts with (domain.md §5), in words that villagers use.
    package static let `default` = Taxonomy(
        edition: 1,
        groups: [
            CategoryGroup("01", "公共设施", "Public facilities"), CategoryGroup("02", "环境卫生", "Surroundings"),
            CategoryGroup("03", "安全隐患", "Safety"), CategoryGroup("04", "矛盾纠纷", "Disputes"),
            CategoryGroup("05", "治安", "Public order"), CategoryGroup("06", "生活帮助", "Help with daily life"),
            CategoryGroup("07", "企业诉求", "Enterprise demands"), CategoryGroup("08", "卫生健康", "Public health"),
            CategoryGroup("09", "防灾避险", "Disasters"), CategoryGroup("10", "建议和村务", "Suggestions and village affairs"),
        ],
        categories: (facilities + surroundings + safety + disputes + order + livelihood + enterprises + health + others).map {
            $0.led()
        })

    private static let facilities = [
        Category("0101", "路灯不亮、破损（单盏）", "A street lamp is out or broken", .small, respondWithin: "4h", finishWithin: "3d"),
        Category("0102", "路灯整体老化要改造", "Street lighting needs renewal", .hard, respondWithin: "1d"),
        Category(
            "0103", "井盖缺失、破损", "Manhole cover missing or broken", .urgent,
            emergencyZh: "有人掉入或受伤，请马上打 120；请先提醒路人绕行。",
            emergencyEn: "If somebody has fallen in or is hurt, call 120 at once. Please warn passers-by.",
            respondWithin: "1U", finishWithin: "24U"),
        Category(
            "0104", "停水、停电、断网", "Water, power or telephone failure", .urgent,
            emergencyZh: "看到电线掉落，请远离，马上打 95598；有人触电打 120。",
            emergencyEn: "Keep away from fallen wires and call 95598. If somebody had an electric shock, call 120.",
            respondWithin: "1U", finishWithin: "24U"),
        Category("0105", "道路破损、积水", "Damaged road or standing water", .small, respondWithin: "4h", finishWithin: "5d"),
        Category("0106", "健身、活动设施损坏", "Damaged sports or leisure equipment", .small, respondWithin: "1d", finishWithin: "7d"),
    ]

    private static let surroundings = [
        Category("0201", "垃圾乱堆没人清", "Rubbish lying about", .small, respondWithin: "2h", finishWithin: "4h"),
        Category("0202", "建筑垃圾、渣土", "Building waste or spoil", .small, respondWithin: "4h", finishWithin: "2d"),
        Category("0203", "门前三包没做好", "Frontage not kept clean", .small, respondWithin: "1d", finishWithin: "3d"),
        Category("0204", "家禽、杂草、乱搭", "Poultry, weeds or makeshift sheds", .small, respondWithin: "1d", finishWithin: "7d"),
        Category("0205", "污水、水沟、河塘不干净", "Dirty water, ditch or pond", .hard, respondWithin: "1d", finishWithin: "15d"),
        Category("0206", "违法搭建", "Illegal building", .hard, respondWithin: "4h", finishWithin: "20d"),
        Category("0207", "绿化损坏", "Damaged greenery", .small, respondWithin: "1d", finishWithin: "5d"),
    ]

    private static let safety = [
        Category("0301", "企业安全隐患（一般）", "Enterprise hazard, ordinary", .urgent, respondWithin: "4h", finishWithin: "15d"),
        Category(
            "0302", "重大安全隐患", "Major hazard", .urgent, emergencyZh: "已经着火、爆炸或有人被困，请马上打 119。",
            emergencyEn: "If there is fire, an explosion or somebody is trapped, call 119 at once.", respondWithin: "1U",
            finishWithin: "24U"),
        Category(
            "0303", "消防通道堵塞、电动车飞线充电", "Blocked fire lane or unsafe e-bike charging", .urgent,
            emergencyZh: "看到烟或火，请马上打 119，再通知邻居离开。",
            emergencyEn: "If you see smoke or fire, call 119 at once, then warn the neighbours.", respondWithin: "2h",
            finishWithin: "1d"),
        Category(
            "0304", "燃气、用电隐患（小店铺）", "Gas or electrical hazard in a shop", .urgent,
            emergencyZh: "闻到燃气味：先关阀门、开窗，不碰开关，到室外再打 119。",
            emergencyEn: "If you smell gas: close the valve, open the windows, touch no switch, go outside and call 119.",
            respondWithin: "1U", finishWithin: "3d"),
        Category(
            "0305", "危房、老旧房", "Dangerous or very old house", .urgent, emergencyZh: "房子有响声或裂缝变大，请先离开；有人被困打 119。",
            emergencyEn: "If the house creaks or cracks widen, leave first. If somebody is trapped, call 119.",
            respondWithin: "4h", finishWithin: "10d"),
        Category("0306", "小巷通行受阻", "Lane blocked", .small, respondWithin: "4h", finishWithin: "1d"),
    ]

    private static let disputes = [
        Category("0401", "邻里纠纷", "Quarrel between neighbours", .small, respondWithin: "4h", finishWithin: "7d"),
        Category(
            "0402", "婚姻家庭（含家庭暴力）", "Marriage and family, domestic violence", .urgent, visibility: .restricted,
            emergencyZh: "正在发生暴力，请马上打 110。", emergencyEn: "If violence is happening now, call 110 at once.",
            respondWithin: "1U", finishWithin: "7d"),
        Category("0403", "欠薪、劳资纠纷", "Unpaid wages or labour dispute", .urgent, respondWithin: "4h", finishWithin: "15d"),
        Category("0404", "物业和业主纠纷", "Dispute with property management", .hard, respondWithin: "1d", finishWithin: "15d"),
        Category("0405", "土地、宅基地、征迁", "Land, homestead or resettlement", .hard, respondWithin: "1d", finishWithin: "30d"),
    ]

    private static let order = [
        Category(
            "0501", "诈骗线索（含养老诈骗）", "Fraud", .urgent, visibility: .restricted,
            emergencyZh: "正在转账请停下，打 110 或反诈专线 96110。",
            emergencyEn: "If you are about to transfer money, stop and call 110 or the anti-fraud line 96110.",
            respondWithin: "1U", finishWithin: "24U"),
        Category(
            "0502", "可疑情况、噪声扰民", "Something suspicious, or noise", .small, emergencyZh: "有人身危险，请马上打 110。",
            emergencyEn: "If anybody is in danger, call 110 at once.", respondWithin: "2h", finishWithin: "1d"),
        Category("0503", "出租房、流动人口登记", "Registering tenants and newcomers", .small, respondWithin: "1d", finishWithin: "5d"),
    ]

    private static let livelihood = [
        Category(
            "0601", "独居、高龄老人求助", "An elderly person alone needs help", .urgent, visibility: .restricted,
            emergencyZh: "老人摔倒、昏迷、胸痛，请马上打 120。", emergencyEn: "After a fall, fainting or chest pain, call 120 at once.",
            respondWithin: "1U", finishWithin: "24U"),
        Category(
            "0602", "低保、救助、残疾申请", "Applying for allowances or aid", .small, visibility: .restricted, respondWithin: "1d",
            finishWithin: "5d"),
        Category(
            "0603", "留守、困境儿童", "A child left alone or in need", .urgent, visibility: .restricted,
            emergencyZh: "孩子有危险，请马上打 110。", emergencyEn: "If the child is in danger, call 110 at once.",
            respondWithin: "4h", finishWithin: "3d"),
        Category("0604", "暑托、托幼、养老需求", "Child care, summer care, care for elders", .hard, respondWithin: "1d"),
        Category("0605", "开证明、问政策", "Certificates and policy questions", .small, respondWithin: "4h", finishWithin: "1d"),
    ]

    private static let enterprises = [
        Category("0701", "用地用房、闲置厂房", "Land, premises and idle workshops", .hard, respondWithin: "1d", finishWithin: "10d"),
        Category("0702", "用工、融资、政策", "Staff, finance and policy", .hard, respondWithin: "1d", finishWithin: "10d"),
        Category(
            "0703", "会议室、停车等公共服务", "Meeting rooms, parking and other services", .small, respondWithin: "4h", finishWithin: "3d"),
    ]

    private static let health = [
        Category(
            "0801", "疫情报备、密切接触", "Epidemic notice or close contact", .urgent, visibility: .restricted,
            emergencyZh: "病情重请打 120，并说明情况。", emergencyEn: "If seriously ill, call 120 and say why.",
            respondWithin: "1U", finishWithin: "24U"),
        Category(
            "0802", "疫苗、慢病上门", "Vaccination, or a home visit for chronic illness", .small, visibility: .restricted,
            respondWithin: "1d"),
        Category("0803", "食品安全（小店铺）", "Food safety in a shop", .urgent, respondWithin: "4h", finishWithin: "5d"),
    ]

    private static let others = [
        Category(
            "0901", "台风、暴雨、内涝转移", "Typhoon, rainstorm, flood: moving to safety", .urgent,
            emergencyZh: "被水围困，请马上打 119，往高处走。", emergencyEn: "If trapped by water, call 119 at once and go to higher ground.",
            respondWithin: "0.5U"),
        Category(
            "1001", "建议、村务公开疑问", "Suggestions, questions on village affairs", .hard, respondWithin: "1d", finishWithin: "15d"),
    ]
}
