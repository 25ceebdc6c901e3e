/// What the columns of villages' sheets are called, in Chinese and English, the usual name first: one list for the sheets that come in and for
/// the forms that go out. 列名
package enum ColumnNames {
    package static let village = ["村（社区）", "村", "社区", "村居", "所属村", "所属社区", "行政村", "Village", "Community"]
    package static let grid = ["网格", "所属网格", "网格名称", "所在网格", "网格编码", "Grid"]
    package static let address = ["住址", "现住址", "居住地址", "家庭住址", "现居住地", "地址", "门牌号", "Address"]
    package static let person = ["姓名", "居民姓名", "Name"]
    package static let document = ["身份证号码", "身份证号", "公民身份号码", "身份证", "证件号码", "证件号", "ID number", "Identity number"]
    package static let sex = ["性别", "Sex", "Gender"]
    package static let phone = ["手机", "手机号", "手机号码", "联系电话", "联系方式", "电话", "Phone", "Mobile"]
    package static let relation = ["与户主关系", "与户主的关系", "户主关系", "关系", "Relation", "Relation to head"]
    package static let residence = ["人员类别", "居住类别", "人口类别", "户籍类别", "人口类型", "Kind", "Type"]
    package static let party = ["是否党员", "党员", "Party member"]
    package static let since = ["入住日期", "居住起始日期", "来本地日期", "From", "Since"]

    package static let firm = ["企业名称", "单位名称", "店名", "门店名称", "商户名称", "字号", "名称", "Name"]
    package static let creditCode = ["统一社会信用代码", "信用代码", "社会信用代码", "营业执照号", "Credit code", "Code"]
    package static let noCodeReason = ["没有代码的原因", "无代码原因", "未办证原因", "Why there is no code"]
    package static let firmKind = ["类别", "类型", "企业类型", "单位类型", "Kind", "Type"]
    package static let trade = ["行业", "所属行业", "经营范围", "行业类别", "Trade"]
    package static let premises = ["地址", "经营地址", "注册地址", "详细地址", "门牌号", "Address"]
    package static let contact = ["联系人", "负责人", "经营者", "法定代表人", "法人", "Contact"]
    package static let firmPhone = ["联系电话", "电话", "手机", "手机号码", "Phone"]
    package static let headcount = ["从业人数", "员工人数", "职工人数", "人数", "Headcount"]

    package static let propertyAddress = ["房屋地址", "房屋坐落", "坐落"] + address
    package static let propertyKind = ["房屋类型", "房屋类别", "建筑类型", "类型", "类别", "Kind", "Type"]
    package static let propertyUse = ["使用情况", "房屋用途", "用途", "房屋状态", "出租情况", "Use"]
    package static let roomsLet = ["出租间数", "出租房间数", "出租房间", "Rooms let"]
    package static let owner = ["产权人", "产权人姓名", "房主", "房主姓名", "房东", "户主", "Owner"]
    package static let ownerKind = ["产权人类型", "产权人类别", "产权人是", "Owner kind"]
    package static let ownerPhone = ["产权人电话", "房主电话", "房东电话", "Owner’s phone"] + phone
}
