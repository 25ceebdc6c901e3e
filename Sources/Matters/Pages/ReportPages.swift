import Directory
import Kernel
import Web

/// The form by which anybody tells of a need. 我要反映
struct ReportPage: Page {
    static let template = "matters-report"
    let request: String
    let faults: [FaultPart]
    let fault: [String: String]
    let groups: [GroupPart]
    let words: String
    let wordsLimit: String
    let latitude: String
    let longitude: String
    let placeFound: String?
    let villages: [VillagePart]
    let map: MapPart?
    let spot: String
    let photoLimit: String
    let phone: String
    let questions: [QuestionPart]
    /// Whether reporters can be told by text message, and whether this one agrees.
    let offersText: Bool
    let tell: Bool
    /// What to do at once, of the category that was chosen before.
    let emergency: String?
    /// What the QR code that led here says of the place.
    var codeNote: String?
    var codeIsLost = false
    /// Photos that came with what was refused; they need not be chosen again.
    var kept: [ChoicePart] = []
}

/// The same for a worker who writes down what somebody said. 代人反映
struct ReportOnBehalfPage: Page {
    static let template = "matters-new"
    let request: String
    let faults: [FaultPart]
    let fault: [String: String]
    let groups: [GroupPart]
    let words: String
    let wordsLimit: String
    let latitude: String
    let longitude: String
    let placeFound: String?
    let villages: [VillagePart]
    let map: MapPart?
    let spot: String
    let photoLimit: String
    let phone: String
    let questions: [QuestionPart]
    let offersText: Bool
    let tell: Bool
    let channels: [ChoicePart]
    let who: String
    let kept: [ChoicePart]

    init(_ form: ReportPage, channels: [ChoicePart], who: String) {
        request = form.request
        faults = form.faults
        fault = form.fault
        groups = form.groups
        words = form.words
        wordsLimit = form.wordsLimit
        latitude = form.latitude
        longitude = form.longitude
        placeFound = form.placeFound
        villages = form.villages
        map = form.map
        spot = form.spot
        photoLimit = form.photoLimit
        phone = form.phone
        questions = form.questions
        offersText = form.offersText
        tell = form.tell
        kept = form.kept
        self.channels = channels
        self.who = who
    }
}

/// A group of categories to choose from.
struct GroupPart: Sendable {
    struct Choice: Sendable {
        let code: String
        let label: String
        let chosen: Bool
    }
    let code: String
    let label: String
    let chosen: Bool
    let categories: [Choice]
}

/// What the chosen category asks besides.
struct QuestionPart: Sendable {
    let id: String
    let text: String
    let isOptional: Bool
    let isChoice: Bool
    let options: [ChoicePart]
    let answer: String
    let fault: String?

    /// - Parameter prefix: what the form calls answers.
    init(_ question: CategoryQuestion, in prefix: String = "answer-", answer: String, fault: String?, _ language: Language) {
        id = prefix + question.id
        text = language == .zh ? question.zh : question.en
        isOptional = !question.isRequired
        isChoice = !question.options.isEmpty
        options = question.options.map { ChoicePart(value: $0, label: $0, chosen: $0 == answer) }
        self.answer = answer
        self.fault = fault
    }
}

/// A village with its grids to choose from.
struct VillagePart: Sendable {
    let code: String
    let label: String
    let chosen: Bool
    let grids: [GroupPart.Choice]
}

/// What a reporter is told when the need is taken in. 收到了
struct ReportedPage: Page {
    static let template = "matters-reported"
    /// Whether somebody else had reported it before.
    let joined: Bool
    let state: String
    let number: String
    let href: String
    /// SVG.
    let qr: String?
    let receivedBy: String
    let handledBy: String
    let followedUpBy: String
    let urgentWords: String
}

/// Asks for a number. 查进度
struct TrackPage: Page {
    static let template = "matters-track"
    let faults: [FaultPart]
    let fault: [String: String]
    let number: String
}
