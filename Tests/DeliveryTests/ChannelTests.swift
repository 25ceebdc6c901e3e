import Kernel
import Testing

@testable import Delivery

/// What a channel sent, and what it was answered.
private func asked(
    _ reply: WireReply, _ send: (@escaping Wire) async -> Outcome
) async -> (request: WireRequest?, outcome: Outcome) {
    let seen = Guarded<WireRequest?>(nil)
    let outcome = await send { request in
        seen.withLock { $0 = request }
        return reply
    }
    return (seen.withLock { $0 }, outcome)
}

private func parcel(_ content: Parcel.Content) -> Parcel {
    Parcel(
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek", topic: "matter.reported", content: content,
        at: Instant(milliseconds: 1_614_265_330_000))
}

@Suite struct WebhookTests {
    /// The example of the Standard Webhooks libraries.
    @Test func `signs as Standard Webhooks has it`() async {
        let (request, outcome) = await asked(WireReply(status: 204)) { wire in
            await Webhook(url: "http://x/y", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", wire: wire).send(
                parcel(.document(#"{"test": 2432232314}"#)))
        }
        #expect(outcome == .arrived)
        let headers = Dictionary((request?.headers ?? []).map { ($0[0], $0[1]) }) { first, _ in first }
        #expect(headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        #expect(headers["webhook-id"] == "msg_p5jXN8AQM9LWM0D4loKWxJek" && headers["webhook-timestamp"] == "1614265330")
        #expect(request?.method == "POST" && request?.body == Array(#"{"test": 2432232314}"#.utf8))
    }

    @Test(
        arguments: [
            (200, .arrived), (299, .arrived), (302, .later("the receiver answered 302")),
            (404, .later("the receiver answered 404")),
            (410, .never("the receiver answered 410")), (500, .later("the receiver answered 500")),
        ] as [(Int, Outcome)])
    func `takes a status for what it says`(_ status: Int, _ expected: Outcome) async {
        let outcome = await asked(WireReply(status: status)) { wire in
            await Webhook(url: "http://x", secret: "whsec_YQ==", wire: wire).send(parcel(.document("{}")))
        }.outcome
        #expect(outcome == expected)
    }

    @Test func `waits as long as the receiver asks, and not for ever`() {
        #expect(WireReply(status: 429, retryAfter: 90).outcome == .later("the receiver answered 429", after: .seconds(90)))
        #expect(WireReply(status: 503, retryAfter: 9_999_999).outcome == .later("the receiver answered 503", after: .days(1)))
    }

    @Test func `a broken line is tried again`() async {
        struct Broken: Error {}
        let webhook = Webhook(url: "http://x", secret: "whsec_YQ==") { _ in throw Broken() }
        guard case .later = await webhook.send(parcel(.document("{}"))) else { Issue.record("not tried again"); return }
    }
}

@Suite struct WeComRobotTests {
    @Test(
        arguments: [
            (#"{"errcode":0,"errmsg":"ok"}"#, .arrived),
            (#"{"errcode":-1,"errmsg":"system busy"}"#, .later("errcode -1: system busy")),
            (
                #"{"errcode":45009,"errmsg":"api freq out of limit"}"#,
                .later("errcode 45009: api freq out of limit", after: .minutes(1))
            ),
            (#"{"errcode":93000,"errmsg":"invalid webhook url"}"#, .never("errcode 93000: invalid webhook url")),
            (#"{"errcode":40058}"#, .never("errcode 40058: ")), ("<html>", .later("the answer is not WeCom's")),
        ] as [(String, Outcome)])
    func `reads what WeCom answers`(_ body: String, _ expected: Outcome) async {
        let outcome = await asked(WireReply(status: 200, body: Array(body.utf8))) { wire in
            await WeComRobot(url: "http://x", wire: wire).send(parcel(.markdown("**新事项**")))
        }.outcome
        #expect(outcome == expected)
    }

    @Test func `sends Markdown as WeCom documents it`() async {
        let request = await asked(WireReply(status: 200, body: Array(#"{"errcode":0}"#.utf8))) { wire in
            await WeComRobot(url: "http://x/send?key=1", wire: wire).send(parcel(.markdown("**新\n\"事\"**")))
        }.request
        #expect(
            String(decoding: request?.body ?? [], as: UTF8.self)
                == #"{"markdown":{"content":"**新\n\"事\"**"},"msgtype":"markdown"}"#)
    }

    @Test(arguments: [
        ("abc", 3, "abc"), ("abcd", 3, "…"), ("abcdef", 5, "ab…"), ("路灯", 6, "路灯"), ("路灯坏了", 9, "路灯…"), ("👨‍👩‍👧灯", 10, "…"),
    ])
    func `cuts by bytes at a whole character`(_ text: String, _ bytes: Int, _ expected: String) {
        let cut = WeComRobot.cut(text, to: bytes)
        #expect(cut == expected && cut.utf8.count <= bytes)
    }

    @Test func `names cannot become Markdown`() { #expect(WeComRobot.plain("[点我](http://x)\n>**`_") == " 点我  http://x       ") }
}

@Suite struct SMSGatewayTests {
    private let values = ["phone": "13812345678", "text": "【安海镇】\"有\"答复&{phone}", "id": "d1", "time": "100"]

    private func request(_ change: (inout SMSGateway.Settings) -> Void) -> WireRequest {
        var settings = SMSGateway.Settings()
        settings.url = "http://sms.example/send"
        change(&settings)
        return SMSGateway.request(settings, values)
    }

    private func body(_ request: WireRequest) -> String { String(decoding: request.body, as: UTF8.self) }

    @Test func `fills JSON, forms and addresses, each escaped for its place`() {
        let json = request {
            $0.headers = [["Content-Type", "application/json"]]
            $0.body = #"{"to":"{phone}","text":"{text}","n":{"a":1}}"#
        }
        #expect(body(json) == #"{"to":"13812345678","text":"【安海镇】\"有\"答复&{phone}","n":{"a":1}}"#)
        let form = request {
            $0.headers = [["content-type", "application/x-www-form-urlencoded"]]
            $0.body = "to={phone}&text={text}"
        }
        #expect(
            body(form)
                == "to=13812345678&text=%E3%80%90%E5%AE%89%E6%B5%B7%E9%95%87%E3%80%91%22%E6%9C%89%22%E7%AD%94%E5%A4%8D%26%7Bphone%7D"
        )
        let address = request {
            $0.method = "GET"
            $0.url = "http://sms.example/send?to={phone}&id={id}&x={unknown}"
        }
        #expect(address.url == "http://sms.example/send?to=13812345678&id=d1&x={unknown}" && address.method == "GET")
    }

    /// RFC 4231, test case 2, as far as the key and the words go.
    @Test func `signs what the gateway wants signed`() {
        let signed = request {
            $0.secret = "Jefe"
            $0.signed = "what do ya want for nothing?"
            $0.headers = [["X-Sign", "{sign}"], ["X-Time", "{time}"]]
        }
        #expect(
            signed.headers == [
                ["X-Sign", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"], ["X-Time", "100"],
            ])
    }

    @Test(arguments: [
        (200, #"{"code":0}"#, true), (200, #"{"code":7,"msg":"余额不足"}"#, false), (500, #"{"code":0}"#, false),
    ])
    func `believes the gateway's own word`(_ status: Int, _ answer: String, _ arrives: Bool) async {
        var settings = SMSGateway.Settings()
        settings.success = "\"code\":0"
        let outcome = await asked(WireReply(status: status, body: Array(answer.utf8))) { [settings] wire in
            await SMSGateway(settings, wire: wire).send(parcel(.text(phone: "13812345678", words: "有答复")))
        }.outcome
        #expect((outcome == .arrived) == arrives)
    }
}
