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
    @Option(help: "trace, debug, info, notice, warning, error or critical.") var log: Logger.Level = .notice

    func run() async throws {
        var logger = Logger(label: "jinlin") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = log
        var configuration = data.configuration()
        configuration.host = host
        configuration.port = port
        configuration.connections = connections
        configuration.secure = https
        configuration.behindProxy = behindProxy
        try await serve(configuration, ambient: .system, logger: logger, environment: ProcessInfo.processInfo.environment)
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
