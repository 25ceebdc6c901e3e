package import Kernel

/// The clocks of a matter from what happened to it: pure, so that it does not matter when anybody looks (domain.md §2.2, §5). 计时
package enum ClockRules {
    /// Every clock that ever ran, those that have stopped first.
    /// - Parameters:
    ///   - facts: in order of time, the report first, none after `now`.
    ///   - now: states and times used are as of then; marks and ends to come are what follows if nothing else happens.
    package static func clocks(
        _ limits: ClockLimits, _ facts: [ClockFact], _ timing: ClockTiming, at now: Instant
    ) -> [MatterClock] {
        var watch = Watch(limits: limits, timing: timing)
        for fact in facts { watch.take(fact) }
        return watch.read(at: now)
    }

    /// A matter opened again goes on with the time that was left, and has at least a day, or its whole limit when that is shorter.
    static func budgetOfRework(_ left: Span, _ limit: TimeLimit, _ timing: ClockTiming) -> Span {
        let day: Span = limit.isAroundTheClock ? .days(1) : timing.hours.length
        return max(left, min(timing.length(of: limit), day))
    }

    private struct Watch {
        let limits: ClockLimits
        let timing: ClockTiming
        private var done: [MatterClock] = []
        private var running: [MatterClock] = []
        private var frozen: Instant?

        init(limits: ClockLimits, timing: ClockTiming) {
            self.limits = limits
            self.timing = timing
        }

        mutating func take(_ fact: ClockFact) {
            let at = fact.at
            switch fact.kind {
            case .reported:
                begin(.respond, limits.respond, at)
                begin(.finish, limits.finish, at)
            case .responded: stop(.respond, at)
            case .handled:
                stop(.respond, at)
                stop(.finish, at)
                begin(.followUp, limits.followUp, at, round: rounds(of: .followUp) + 1)
            case .reopened:
                stop(.followUp, at)
                reopen(at)
            case .closed: for kind in MatterClock.Kind.allCases { stop(kind, at) }
            case .paused(let until): onFinish { $0.pause(at: at, until: until, review: nil, $1) }
            case .shelved(let review): onFinish { $0.pause(at: at, until: nil, review: review, $1) }
            case .resumed: onFinish { $0.resume(at: at, $1) }
            case .extended(let limit): onFinish { $0.extend(by: $1.length(of: limit), at: at, $1) }
            case .took(let clock): take(clock, at)
            case .frozen:
                for index in running.indices { running[index].run(to: at, timing) }
                frozen = at
            case .thawed:
                for index in running.indices { running[index].thaw(at: at) }
                frozen = nil
            }
        }

        func read(at now: Instant) -> [MatterClock] {
            if frozen != nil { return done + running.map(\.withoutEnd) }
            return done
                + running.map { clock in
                    var present = clock
                    present.run(to: now, timing)
                    var later = present
                    later.run(to: nil, timing)
                    later.state = present.state
                    return later
                }
        }

        private func rounds(of kind: MatterClock.Kind) -> Int { done.count { $0.kind == kind } }

        private mutating func begin(
            _ kind: MatterClock.Kind, _ limit: TimeLimit?, _ at: Instant, round: Int = 1, budget: Span? = nil
        ) {
            guard let limit, !running.contains(where: { $0.kind == kind }) else { return }
            running.append(
                MatterClock(kind, round: round, limit: limit, start: at, budget: budget ?? timing.budget(limit, from: at)))
        }

        private mutating func stop(_ kind: MatterClock.Kind, _ at: Instant) {
            guard let index = running.firstIndex(where: { $0.kind == kind }) else { return }
            var clock = running.remove(at: index)
            clock.stop(at: at, timing)
            done.append(clock)
        }

        /// Nothing that is done already begins again by it.
        private mutating func take(_ clock: TakenClock, _ at: Instant) {
            if let index = running.firstIndex(where: { $0.kind == clock.kind }) {
                running[index].take(clock, at: at, timing)
            } else if !done.contains(where: { $0.kind == clock.kind }) {
                var taken = MatterClock(clock.kind, round: 1, limit: clock.limit, start: clock.start, budget: clock.budget)
                taken.used = clock.used
                taken.state = .running(since: at)
                running.append(taken)
            }
        }

        private mutating func reopen(_ at: Instant) {
            guard let last = done.last(where: { $0.kind == .finish }) else { return }
            let budget = ClockRules.budgetOfRework(last.left, last.limit, timing)
            begin(.finish, last.limit, at, round: last.round + 1, budget: budget)
        }

        private mutating func onFinish(_ change: (inout MatterClock, ClockTiming) -> Void) {
            guard let index = running.firstIndex(where: { $0.kind == .finish }) else { return }
            change(&running[index], timing)
        }
    }
}

extension MatterClock {
    /// Lets the clock go as far as `end`, or for ever, and notes what it passes. A pause that ends by itself ends on the way.
    mutating func run(to end: Instant?, _ timing: ClockTiming) {
        if case .paused(_, let until?) = state, end.map({ until <= $0 }) ?? true {
            mark(.resumed, pauses - 1, until)
            state = .running(since: until)
        }
        guard case .running(let since) = state else { return }
        let around = limit.isAroundTheClock
        let fresh = budget.milliseconds - usedBefore.milliseconds
        let warning = Span(milliseconds: usedBefore.milliseconds + fresh * timing.warnPercent / 100)
        func moment(_ level: Span) -> Instant {
            timing.moment(around, after: Span(milliseconds: level.milliseconds - used.milliseconds), from: since)
        }
        // What is done at the very end is done in time.
        if !isWarned, case let at = moment(warning), end.map({ at < $0 }) ?? true {
            isWarned = end != nil
            mark(.warning, extensions, at)
        }
        if !isBreached {
            due = moment(budget)
            if let at = due, end.map({ at < $0 }) ?? true {
                isBreached = end != nil
                mark(.breach, extensions, at)
            }
        }
        guard let end else { return }
        used = Span(milliseconds: used.milliseconds + timing.counted(around, from: since, to: end).milliseconds)
        state = .running(since: end)
    }

    mutating func stop(at end: Instant, _ timing: ClockTiming) {
        run(to: end, timing)
        marks.removeAll { $0.kind == .review && end <= $0.at }
        state = .stopped(at: end)
    }

    mutating func pause(at now: Instant, until: Instant?, review: Instant?, _ timing: ClockTiming) {
        run(to: now, timing)
        guard until.map({ now < $0 }) ?? true, !isStopped else { return }
        let since = if case .paused(let since, _) = state { since } else { now }
        state = .paused(since: since, until: until)
        marks.removeAll { $0.kind == .review && now <= $0.at }
        if let review { mark(.review, pauses, review) }
        pauses += 1
        if until == nil, !isBreached { due = nil }
    }

    mutating func resume(at now: Instant, _ timing: ClockTiming) {
        run(to: now, timing)
        guard isPaused else { return }
        marks.removeAll { $0.kind == .review && now <= $0.at }
        state = .running(since: now)
    }

    /// More time, from now on when the time is over. A breach of before stays what it was, and the clock can be late once more.
    mutating func extend(by span: Span, at now: Instant, _ timing: ClockTiming) {
        run(to: now, timing)
        guard !isStopped else { return }
        budget = Span(milliseconds: max(budget, used).milliseconds + span.milliseconds)
        usedBefore = used
        extensions += 1
        (isWarned, isBreached) = (false, false)
    }

    /// Goes on with another matter's time. It began when the first of the two did.
    mutating func take(_ other: TakenClock, at now: Instant, _ timing: ClockTiming) {
        run(to: now, timing)
        guard !isStopped, !isBreached else { return }
        (limit, start, used, budget) = (other.limit, min(start, other.start), other.used, other.budget)
        usedBefore = .seconds(0)
    }

    /// Goes on with the time it had when it stood still. A pause that would have ended meanwhile has ended.
    mutating func thaw(at now: Instant) {
        switch state {
        case .running: state = .running(since: now)
        case .paused(_, let until?) where until <= now:
            mark(.resumed, pauses - 1, now)
            state = .running(since: now)
        case .paused, .stopped: break
        }
    }

    /// As part of another matter: it does not end by itself, and nothing is to come.
    var withoutEnd: MatterClock {
        var clock = self
        clock.due = nil
        return clock
    }

    private mutating func mark(_ kind: ClockMark.Kind, _ number: Int, _ at: Instant) {
        marks.append(ClockMark(clock: self.kind, round: round, number: number, kind: kind, at: at))
    }
}
