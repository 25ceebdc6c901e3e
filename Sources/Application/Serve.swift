import Foundation
import Hummingbird
package import Kernel
package import Logging
import ServiceLifecycle
import Storage
import Web

/// Serves until the process is told to stop; then answers what is under way and closes the database.
package func serve(_ configuration: Configuration, ambient: Ambient, logger: Logger, environment: [String: String]) async throws {
    let keys = try MasterKeys.load(from: configuration.data, environment: environment, ambient: ambient)
    let database = try configuration.openDatabase()
    for name in try await Schema.migrate(database, at: ambient.now()) {
        logger.info("migrated", metadata: ["migration": "\(name)"])
    }
    let instance = try Instance(configuration: configuration, database: database, keys: keys, ambient: ambient, logger: logger)
    let application = Hummingbird.Application(
        router: instance.site.router(),
        configuration: .init(address: .hostname(configuration.host, port: configuration.port), serverName: "Jinlin"),
        services: [
            BackgroundJobs(database: database, jobs: instance.jobs, ambient: ambient, logger: logger),
            ImportWorker(desk: instance.imports, logger: logger),
            CourierService(courier: instance.courier, logger: logger),
        ],
        onServerRunning: { _ in
            // For people who start it by hand, whatever the log level.
            FileHandle.standardError.write(Data("Jinlin serves http://\(configuration.host):\(configuration.port)\n".utf8))
        }, logger: logger)
    try await application.runService()
    await database.close()
}
