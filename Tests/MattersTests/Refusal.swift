import Testing

/// Expects that `body` throws exactly `error`.
func refuses<Refusal: Error & Equatable, Value>(
    _ error: Refusal, isolation: isolated (any Actor)? = #isolation, at location: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Value
) async {
    do {
        _ = try await body()
        Issue.record("nothing was refused, expected \(error)", sourceLocation: location)
    } catch let caught as Refusal {
        #expect(caught == error, sourceLocation: location)
    } catch {
        Issue.record("refused with \(error) instead", sourceLocation: location)
    }
}
