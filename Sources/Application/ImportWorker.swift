import Imports
import Kernel
import Logging
import ServiceLifecycle
import Storage

/// Works on imports while the server runs. Every process tries; the table lets one at a time into a town.
struct ImportWorker: Service {
    let desk: ImportDesk
    let logger: Logger

    func run() async throws {
        let name = desk.ambient.newID(ImportWorker.self).description
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    while try await WorkOnImport(desk, worker: name)(), !Task.isCancelled {}
                } catch let StorageError.unavailable(cause) {
                    logger.warning("imports not reached", metadata: ["error": "\(cause)"])
                } catch {
                    logger.error("import failed", metadata: ["error": "\(error)"])
                    // Whatever it was, it is tried again, but not at once.
                    try? await Task.sleep(for: .seconds(10))
                }
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}
