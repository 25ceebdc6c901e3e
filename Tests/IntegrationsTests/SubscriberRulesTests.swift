import Delivery
import Kernel
import Testing

@testable import Integrations

@Suite struct SubscriberRulesTests {
    @Test(arguments: [
        "https://example.org/hook", "http://127.0.0.1:9000/x?key=a-b", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
    ])
    func `takes an address of the web`(_ url: String) {
        #expect(SubscriberRules.faults(.webhook(url: url, secret: ""), topics: []) == [])
    }

    @Test(arguments: [
        "example.org", "ftp://example.org", "javascript:alert(1)", "https://", "https://a:b@example.org", "http://exam ple.org",
        "https://例子.cn", "https://e.org/" + String(repeating: "a", count: 1000),
    ])
    func `takes nothing else`(_ url: String) {
        #expect(SubscriberRules.faults(.wecom(url: url), topics: []) == [Fault("/url", "integrations-url")])
    }

    @Test func `a gateway must be told the phone and the text, in headers that can be sent`() {
        var sms = SMSGateway.Settings()
        sms.url = "https://sms.example/{phone}?t={text}"
        #expect(SubscriberRules.faults(.sms(sms), topics: ["matter.handled"]) == [])
        sms.url = "https://sms.example/"
        sms.method = "DELETE"
        sms.headers = [["Good", "x"], ["Bad header", "x"]]
        let codes = SubscriberRules.faults(.sms(sms), topics: ["matter.sung"]).map(\.code)
        #expect(codes == ["not-a-choice", "not-a-choice", "integrations-places", "integrations-headers"])
    }
}
