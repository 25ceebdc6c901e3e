import Delivery
import Logging
import ServiceLifecycle

/// Lets the courier make its rounds, one begun every second whether or not the last one is done: a slow receiver keeps only its own
/// messages waiting.
struct CourierService: Service {
    let courier: Courier
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                while !Task.isCancelled {
                    group.addTask {
                        do {
                            try await courier.round()
                        } catch {
                            logger.warning("messages not carried", metadata: ["error": "\(error)"])
                        }
                    }
                    try? await Task.sleep(for: .seconds(1))
                }
            }
        }
    }
}
