import Delivery
import Kernel

/// The messages this room sends out. Ids, codes and levels only: whoever receives one asks for the rest, under their own key.
enum MatterMessage {
    static func reported(_ matter: Matter, _ town: ID<Town>, _ ambient: Ambient) -> OutboxMessage {
        message("matter.reported", matter, town, ambient)
    }

    static func acted(_ act: MatterAct, _ matter: Matter, _ town: ID<Town>, _ ambient: Ambient) -> OutboxMessage {
        let topic =
            switch act {
            case .siteCheck: "matter.checked"
            case .handle: "matter.handled"
            case .escalate: "matter.escalated"
            case .return: "matter.returned"
            case .followUp: matter.stage == .closed ? "matter.closed" : "matter.reopened"
            }
        return message(topic, matter, town, ambient)
    }

    static func urged(_ matter: Matter, _ town: ID<Town>, _ ambient: Ambient) -> OutboxMessage {
        message("matter.urged", matter, town, ambient)
    }

    static func marked(_ mark: ClockMark, _ matter: Matter, _ town: ID<Town>, _ ambient: Ambient) -> OutboxMessage {
        message("matter.clock.\(mark.kind.rawValue)", matter, town, ambient, more: ",\"clock\":\"\(mark.clock.rawValue)\"")
    }

    static func changed(_ topic: String, _ matter: Matter, _ town: ID<Town>, _ ambient: Ambient) -> OutboxMessage {
        message("matter.\(topic)", matter, town, ambient)
    }

    /// None of the values can hold a character that JSON would escape.
    private static func message(_ topic: String, _ matter: Matter, _ town: ID<Town>, _ ambient: Ambient, more: String = "")
        -> OutboxMessage
    {
        let holder = matter.holder.grid.map { "\"\($0)\"" } ?? "null"
        let payload =
            "{\"category\":\"\(matter.category)\",\"grid\":\"\(matter.place.grid)\",\"holder\":\(holder),\"id\":\"\(matter.id)\","
            + "\"level\":\(matter.holder.level),\"number\":\"\(matter.number.digits)\",\"stage\":\"\(matter.stage.rawValue)\","
            + "\"tier\":\"\(matter.tier.rawValue)\",\"version\":\(matter.version)\(more)}"
        return OutboxMessage(id: ambient.newID(), town: town, topic: topic, payload: payload)
    }
}
