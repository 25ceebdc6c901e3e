/// One picture, ready to be looked for among many others.
package struct LikenessSearch: Sendable {
    private let turned: [Turned]

    private struct Turned: Sendable {
        let likeness: Likeness
        let detail: Detail
    }

    /// How many of 63 bits may differ for a way of lying to be looked at closely.
    static let proposal = 15
    /// How alike the detail must be, in shares of 1, for two pictures to be called the same.
    static let decision: Float = 0.6

    package init(_ likeness: Likeness) {
        turned = likeness.turned.map { Turned(likeness: $0, detail: Detail($0)) }
    }

    /// How sure it is that `other` shows the same picture, in percent; nil when it does not.
    package func sureness(of other: Likeness) -> Int? {
        let proposals = proposals(for: other)
        guard !proposals.isEmpty else { return nil }
        let detail = Detail(other)
        guard detail.isTelling, turned[0].detail.isTelling else { return nil }
        var best: Float = 0
        for proposal in proposals {
            let found = Fit(of: turned[proposal.turn].detail, on: detail, start: proposal.lie).best()
            best = max(best, found)
            if best > 0.8 { break }
        }
        return best >= Self.decision ? min(Int(best * 100), 100) : nil
    }

    private struct Proposal {
        let turn: Int
        let lie: Lie
        let difference: Int
    }

    /// The likeliest ways in which this picture lies in `other` or `other` in this one.
    private func proposals(for other: Likeness) -> [Proposal] {
        var found: [Proposal] = []
        for (turn, one) in turned.enumerated() {
            for (index, part) in Part.all.enumerated() {
                let within = (one.likeness.hashes[0] ^ other.hashes[index]).nonzeroBitCount
                if within <= Self.proposal { found.append(Proposal(turn: turn, lie: Lie(inside: part), difference: within)) }
                let around = (one.likeness.hashes[index] ^ other.hashes[0]).nonzeroBitCount
                if index > 0, around <= Self.proposal {
                    found.append(Proposal(turn: turn, lie: Lie(around: part), difference: around))
                }
            }
        }
        return Array(found.sorted { $0.difference < $1.difference }.prefix(4))
    }
}

/// How one picture lies on another: a point `(x, y)` of it, measured from the middle in shares of the side, is found there at
/// `shift + turn(scale · (x, y))`, likewise from the middle.
struct Lie: Sendable {
    var shift: (x: Float, y: Float)
    var scale: (x: Float, y: Float)
    /// In degrees; small.
    var angle: Float = 0

    /// The whole of it is `part` of the other.
    init(inside part: Part) {
        shift = (part.left + part.width / 2 - 0.5, part.top + part.height / 2 - 0.5)
        scale = (part.width, part.height)
    }

    /// `part` of it is the whole of the other.
    init(around part: Part) {
        scale = (1 / part.width, 1 / part.height)
        shift = (-(part.left + part.width / 2 - 0.5) * scale.x, -(part.top + part.height / 2 - 0.5) * scale.y)
    }
}
