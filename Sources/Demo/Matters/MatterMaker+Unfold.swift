import Kernel
import Matters

extension MatterMaker {
    /// What happens after the report, as far as there was time: somebody looks, some are passed up and back, most are handled,
    /// somebody else asks again, and a few open once more.
    mutating func unfold(_ life: inout MatterLife, hasTelephone: Bool) {
        let pace = Pace(life.matter.tier, isSlow: chance.happens(380))
        guard passOn(&life, pace, share: 45) else { return }
        guard look(&life, pace) else { return }
        if life.matter.stage == .accepted {
            guard passOn(&life, pace, share: 35), treat(&life, pace, again: false) else { return }
        }
        guard ask(&life, pace, hasTelephone, satisfied: !chance.happens(42)) else { return }
        if life.matter.stage == .accepted {
            guard treat(&life, pace, again: true) else { return }
            _ = ask(&life, pace, hasTelephone, satisfied: true)
        }
    }

    /// How many minutes the staff take.
    struct Pace {
        let isUrgent: Bool
        let look: ClosedRange<Int>
        let handle: ClosedRange<Int>
        let ask: ClosedRange<Int>

        /// - Parameter isSlow: one of those that lie.
        init(_ tier: Tier, isSlow: Bool) {
            let (look, handle, ask) =
                switch tier {
                case .small: (30...900, 60...3600, 300...5000)
                case .urgent: (10...150, 60...2000, 300...4000)
                case .hard: (200...2500, 7000...50_000, 1000...7000)
                }
            isUrgent = tier == .urgent && !isSlow
            self.look = look.lowerBound...look.upperBound * (isSlow ? 9 : 1)
            self.handle = handle.lowerBound...handle.upperBound * (isSlow ? (tier == .hard ? 3 : 16) : 1)
            self.ask = ask.lowerBound...ask.upperBound * (isSlow ? 3 : 1)
        }
    }

    /// - Parameters:
    ///   - clock: whose end most of the staff keep.
    ///   - punctual: how many of a thousand do.
    private mutating func next(
        _ life: MatterLife, _ minutes: ClosedRange<Int>, _ pace: Pace, by clock: MatterClock.Kind? = nil, punctual: Int = 0
    ) -> (at: Instant, handler: MatterEvent.Actor?) {
        var at = WorkingTime.after(life.at, minutes: minutes, isUrgent: pace.isUrgent, &chance)
        if let clock, chance.happens(punctual) { at = min(at, deadlines.moment(before: clock, of: life, &chance) ?? at) }
        return (at, staff.handler(of: life.matter.holder, on: at.day(), &chance))
    }

    /// Of a thousand, `share` go up a level, sometimes two, and some of those come back.
    private mutating func passOn(_ life: inout MatterLife, _ pace: Pace, share: Int) -> Bool {
        guard chance.happens(share), life.matter.holder != .town else { return true }
        repeat {
            let (at, actor) = next(life, pace.look, pace)
            guard life.escalate(at: at, by: actor, reason: chance.pick(StaffWords.escalated), &chance) else { return false }
        } while life.matter.holder != .town && chance.happens(250)
        guard chance.happens(260) else { return true }
        let (at, actor) = next(life, pace.look, pace)
        return life.return(at: at, by: actor, reason: chance.pick(StaffWords.returned), &chance)
    }

    private mutating func look(_ life: inout MatterLife, _ pace: Pace) -> Bool {
        let (at, actor) = next(life, pace.look, pace, by: .respond, punctual: 920)
        let isSmall = life.matter.tier == .small
        if chance.happens(40) {
            return life.check(at: at, by: actor, .notAsReported, reply: chance.pick(StaffWords.notAsReported), &chance)
        }
        if chance.happens(isSmall ? 220 : 30) {
            return life.check(at: at, by: actor, .solvedOnSpot, reply: chance.pick(StaffWords.solvedOnSpot), &chance)
        }
        return life.check(at: at, by: actor, .confirmed, note: chance.pick(StaffWords.confirmed), &chance)
    }

    private mutating func treat(_ life: inout MatterLife, _ pace: Pace, again: Bool) -> Bool {
        let (at, actor) = next(life, pace.handle, pace, by: .finish, punctual: 880)
        let isForOthers = life.matter.category == "0501"
        if chance.happens(isForOthers ? 800 : 25) {
            return life.handle(at: at, by: actor, .referred, reply: chance.pick(StaffWords.referred), &chance)
        }
        if !again, chance.happens(25) {
            return life.handle(at: at, by: actor, .cannotBeDone, reply: chance.pick(StaffWords.cannotBeDone), &chance)
        }
        let replies = phrases(for: life.matter.category)?.replies ?? []
        let reply = again || replies.isEmpty ? chance.pick(StaffWords.again) : chance.pick(replies).at(life.matter.place.spot)
        return life.handle(at: at, by: actor, .resolved, reply: reply, &chance)
    }

    private mutating func ask(_ life: inout MatterLife, _ pace: Pace, _ hasTelephone: Bool, satisfied: Bool) -> Bool {
        let at = next(life, pace.ask, pace, by: .followUp, punctual: 950).at
        let actor = staff.follower(on: life.path, on: at.day(), except: life.handlers, &chance)
        let way: FollowUpWay = hasTelephone ? chance.pick([.phone, .phone, .visit]) : chance.pick([.onSite, .onSite, .visit])
        let rating = chance.happens(600) ? (satisfied ? chance.pick([3, 4, 4, 5, 5, 5]) : chance.pick([1, 2, 2])) : nil
        let note = chance.pick(satisfied ? StaffWords.satisfied : StaffWords.dissatisfied)
        return life.followUp(at: at, by: actor, way, satisfied: satisfied, rating: rating, note: note, &chance)
    }
}
