import Delivery
import Logging
import ServiceLifecycle

/// Lets the courier make a round every second and serves each subscriber apart: a slow receiver keeps only its own messages waiting.
struct CourierService: Service {
    let courier: Courier
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                while !Task.isCancelled {
                    for subscriber in await attempt({ try await courier.due() }) ?? [] {
                        group.addTask { await attempt { try await courier.serve(subscriber) } }
                    }
                    try? await Task.sleep(for: .seconds(1))
                }
            }
        }
    }

    @discardableResult
    private func attempt<Value: Sendable>(_ body: () async throws -> Value) async -> Value? {
        do {
            return try await body()
        } catch {
            logger.warning("messages not carried", metadata: ["error": "\(error)"])
            return nil
        }
    }
}
