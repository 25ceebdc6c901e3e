package import Kernel
import Storage

/// What personal data is kept for, on what ground, and for how long (个人信息保护法 art. 13, 17, 19). 处理目的
package struct DataPurpose: Sendable, Hashable {
    /// The ground of art. 13.
    package enum Basis: String, Sendable, Hashable, CaseIterable, SQLValue {
        /// 为履行法定职责或者法定义务所必需.
        case duty
        /// 取得个人的同意.
        case consent
        /// 应对突发公共卫生事件或者紧急情况.
        case emergency
        /// 为订立、履行合同所必需.
        case contract
    }

    package let code: String
    package var nameZh: String
    package var nameEn: String
    package var basis: Basis
    /// Data of an emergency may be used for nothing else and is destroyed when it is over (突发事件应对法 art. 85).
    package var isEmergency: Bool
    /// How many days after its end the data stays.
    package var retentionDays: Int
    /// The last day on which the purpose itself stands; nil while it goes on.
    package var endsOn: Day?
    package var version: Int

    package init(
        code: String, nameZh: String, nameEn: String, basis: Basis, isEmergency: Bool = false, retentionDays: Int,
        endsOn: Day? = nil,
        version: Int = 1
    ) {
        self.code = code
        self.nameZh = nameZh
        self.nameEn = nameEn
        self.basis = basis
        self.isEmergency = isEmergency
        self.retentionDays = retentionDays
        self.endsOn = endsOn
        self.version = version
    }

    /// What every town begins with. A town's own rows take the place of these by code.
    package static let usual = [
        DataPurpose(code: "residence", nameZh: "人口和户籍服务", nameEn: "Residents and households", basis: .duty, retentionDays: 1826),
        DataPurpose(code: "care", nameZh: "走访关爱", nameEn: "Visits and care", basis: .duty, retentionDays: 365),
        DataPurpose(code: "assistance", nameZh: "社会救助", nameEn: "Social assistance", basis: .duty, retentionDays: 1096),
        DataPurpose(code: "health", nameZh: "健康服务", nameEn: "Health services", basis: .consent, retentionDays: 90),
        DataPurpose(code: "volunteering", nameZh: "志愿服务", nameEn: "Volunteering", basis: .consent, retentionDays: 365),
        DataPurpose(
            code: "publicity", nameZh: "公开表扬和公示", nameEn: "Public praise and notices", basis: .consent, retentionDays: 30),
    ]
}
