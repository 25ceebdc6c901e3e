import Directory
import Kernel
import Testing

@testable import Registers

@Suite struct RegisterRulesTests {
    @Test(arguments: [
        ("平安巷12号", Address(words: "平安巷12号", lane: "平安巷", door: "12")),
        ("平安巷 １２－３号", Address(words: "平安巷12-3号", lane: "平安巷", door: "12-3")),
        ("春晖小区3号楼2单元501室", Address(words: "春晖小区3号楼2单元501室", estate: "春晖小区", building: "3", unit: "2", room: "501")),
        ("嘉华花园B座1203室", Address(words: "嘉华花园B座1203室", estate: "嘉华花园", building: "B", room: "1203")),
        ("大埕边老厝", Address(words: "大埕边老厝", lane: "大埕")), ("12号", Address(words: "12号", door: "12")), ("", Address(words: "")),
    ])
    func `an address is taken apart as far as it says`(_ text: String, _ address: Address) {
        #expect(Address(reading: text) == address)
    }

    @Test func `an address is put together from its parts`() {
        #expect(Address(lane: "平安巷", door: "12").words == "平安巷12号")
        #expect(Address(estate: "春晖小区", building: "3", unit: "2", room: "501").words == "春晖小区3号楼2单元501室")
        #expect(Address(estate: "嘉华花园", building: "B座", room: "501室").words == "嘉华花园B座501室")
    }

    @Test func `a person's faults are all found at once`() {
        let draft = PersonDraft(
            name: " ", sex: .female, birth: Day("2030-01-01"), document: "11010519491231002X", phones: ["123", "15412345678", ""])
        #expect(throws: Invalid.self) { try PersonRules.check(draft, on: Scene.today) }
        do {
            _ = try PersonRules.check(draft, on: Scene.today)
        } catch {
            #expect(
                error.faults.map { "\($0.pointer) \($0.code)" } == [
                    "/name required", "/birth in-the-future", "/birth birth-differs", "/phones/0 not-a-phone",
                ])
        }
    }

    @Test func `what a document says is filled in`() throws {
        let checked = try PersonRules.check(PersonDraft(name: "张三", document: "11010519491231002x"), on: Scene.today)
        #expect(checked.birth == Day("1949-12-31") && checked.sex == .female && checked.document?.kind == .citizen)
    }

    @Test(arguments: [
        (DocumentKind.passport, "e12345678", "E12345678" as String?), (.travelPermit, "H 1234-5678 9", "H123456789"),
        (.other, "A/1", nil),
        (.residencePermit, "11010519491231002X", nil), (.citizen, "11010519491231002X", "11010519491231002X"),
    ])
    func `a document is read by its kind`(_ kind: DocumentKind, _ text: String, _ number: String?) {
        #expect((try? Document(kind, text))?.number == number)
    }

    @Test(arguments: [
        (
            DataPurpose(
                code: "x", nameZh: "", nameEn: "", basis: .emergency, isEmergency: true, retentionDays: 30,
                endsOn: Day("2026-03-01")), true
        ),
        (
            DataPurpose(
                code: "x", nameZh: "", nameEn: "", basis: .emergency, isEmergency: true, retentionDays: 30,
                endsOn: Day("2026-03-02")), false
        ),
        (DataPurpose(code: "x", nameZh: "", nameEn: "", basis: .duty, retentionDays: 1, endsOn: Day("2026-03-01")), false),
        (DataPurpose(code: "x", nameZh: "", nameEn: "", basis: .duty, retentionDays: 1, endsOn: Day("2026-02-28")), true),
        (DataPurpose(code: "x", nameZh: "", nameEn: "", basis: .duty, retentionDays: 0), false),
    ])
    func `an emergency is over the day after its last, anything else after its days of grace`(
        _ purpose: DataPurpose, _ isOver: Bool
    ) {
        #expect(RetentionRules.isOver(purpose, on: Scene.today) == isOver)
    }

    @Test(
        arguments: [
            ("陈明", nil, nil, "陈明", nil, nil, true), ("陈　明", nil, nil, "陈明", nil, nil, true),
            ("陈明", nil, nil, "陈民", nil, nil, false),
            ("陈明", "1950-01-02", nil, "陈明", "1950-01-02", nil, true), ("陈明", "1950-01-02", nil, "陈明", "1950-01-03", nil, false),
            ("陈明", "1950-01-02", nil, "陈明", nil, nil, true), ("陈明", nil, "a", "陈明", nil, nil, true),
            ("陈明", "1950-01-02", "a", "陈民", nil, "a", true), ("陈明", "1950-01-02", "a", "陈明", "1950-01-02", "b", false),
        ] as [(String, String?, String?, String, String?, String?, Bool)])
    func `who lives at the same door is the same person unless something says otherwise`(
        _ name: String, _ birth: String?, _ document: String?, _ other: String, _ born: String?, _ paper: String?, _ same: Bool
    ) {
        let said = DuplicateRules.Trait(
            id: Scene.id(1), name: name, birth: birth.flatMap { Day($0) }, document: document, phones: [])
        let resident = DuplicateRules.Trait(
            id: Scene.id(2), name: other, birth: born.flatMap { Day($0) }, document: paper, phones: [])
        #expect(KnownRules.isSame(said, resident) == same)
    }
}
