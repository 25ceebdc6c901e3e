import Application
import ArgumentParser
import Foundation
import Kernel
import Logging

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serves the pages and the API.")

    @OptionGroup var data: DataOptions
    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: "The port to listen on.") var port = 8080
    @Option(help: "Connections to PostgreSQL.") var connections = 16
    @Flag(help: "People reach the site by https (through a proxy): cookies are Secure and HSTS is sent.") var https = false
    @Flag(help: "A proxy of ours stands before the server: believe its X-Forwarded-For.") var behindProxy = false
    @Flag(help: "Do not hold visitors to so many calls a minute: for load tests on this machine only.") var noLimits = false
    @Option(help: "trace, debug, info, notice, warning, error or critical.") var log = "notice"

    func run() async throws {
        var logger = Logger(label: "jinlin") { StreamLogHandler.standardError(label: $0) }
        guard let level = Logger.Level(rawValue: log) else { throw ValidationError("--log: no such level as \(log)") }
        logger.logLevel = level
        if ProcessInfo.processInfo.environment["JINLIN_WEBHOOK_URL"] != nil {
            logger.warning("JINLIN_WEBHOOK_URL is not read any more: add the receiver with `jinlin subscriber add-webhook`")
        }
        var configuration = data.configuration()
        configuration.host = host
        configuration.port = port
        configuration.connections = connections
        configuration.secure = https
        configuration.behindProxy = behindProxy
        configuration.limitsVisitors = !noLimits
        try await serve(configuration, ambient: .system, logger: logger, environment: ProcessInfo.processInfo.environment)
    }
}
