import CXML
import Foundation

/// The attributes of an element, valid while its start is told.
struct XMLAttributes {
    fileprivate let values: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    fileprivate let count: Int

    /// The bytes of the attribute with this local name, whatever its prefix.
    func bytes(_ name: StaticString) -> UnsafeBufferPointer<UInt8>? {
        guard let values else { return nil }
        for index in 0..<count {
            guard let key = values[index * 5], name.isSame(as: key), let start = values[index * 5 + 3],
                let end = values[index * 5 + 4]
            else { continue }
            return UnsafeBufferPointer(start: start, count: end - start)
        }
        return nil
    }

    func text(_ name: StaticString) -> String? { bytes(name).map { String(decoding: $0, as: UTF8.self) } }
}

extension StaticString {
    /// Whether a C string is exactly this.
    func isSame(as text: UnsafePointer<UInt8>) -> Bool {
        let own = utf8Start
        for index in 0..<utf8CodeUnitCount where text[index] != own[index] { return false }
        return text[utf8CodeUnitCount] == 0
    }
}

/// What listens to a document as it is read.
class XMLListener {
    /// Set to end reading with this fault.
    var fault: SpreadsheetFault?

    func start(_ name: UnsafePointer<UInt8>, _ attributes: XMLAttributes) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
    func end(_ name: UnsafePointer<UInt8>) {}

    fileprivate var depth = 0
    /// No real part is deeper than a dozen.
    fileprivate static let deepest = 64
}

/// Reads one part of a container as XML, piece by piece. Document types are refused, so there are no entities, no outside
/// references and nothing to unfold.
final class XMLStream {
    private let part: ZipPart
    private let listener: XMLListener
    private var parser: xmlParserCtxtPtr?
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

    init(_ part: ZipPart, _ listener: XMLListener) throws(SpreadsheetFault) {
        self.part = part
        self.listener = listener
        var handler = Self.handler()
        parser = xmlCreatePushParserCtxt(&handler, Unmanaged.passUnretained(listener).toOpaque(), nil, 0, nil)
        guard let parser else { throw SpreadsheetFault(.unavailable) }
        xmlCtxtUseOptions(parser, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOCDATA.rawValue | XML_PARSE_COMPACT.rawValue))
    }

    deinit {
        if let parser { xmlFreeParserCtxt(parser) }
        buffer.deallocate()
    }

    /// Reads the next piece; false at the end.
    func advance() throws(SpreadsheetFault) -> Bool {
        let count = try part.read(into: buffer)
        let failed =
            xmlParseChunk(parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(count), count == 0 ? 1 : 0) != 0
        if let fault = listener.fault { throw fault }
        if failed { throw SpreadsheetFault(.damaged, at: part.name) }
        return count > 0
    }

    /// Reads a whole part.
    static func read(_ part: ZipPart, _ listener: XMLListener) throws(SpreadsheetFault) {
        let stream = try XMLStream(part, listener)
        while try stream.advance() {}
    }

    private static func handler() -> xmlSAXHandler {
        var handler = xmlSAXHandler()
        handler.initialized = XML_SAX2_MAGIC
        handler.startElementNs = { context, name, _, _, _, _, count, _, values in
            guard let listener = listening(context), let name else { return }
            listener.depth += 1
            if listener.depth > XMLListener.deepest { listener.fault = SpreadsheetFault(.unsafe) }
            if listener.fault == nil { listener.start(name, XMLAttributes(values: values, count: Int(count))) }
        }
        handler.endElementNs = { context, name, _, _ in
            guard let listener = listening(context), let name else { return }
            listener.depth -= 1
            if listener.fault == nil { listener.end(name) }
        }
        handler.characters = { context, bytes, count in
            guard let listener = listening(context), listener.fault == nil else { return }
            listener.text(UnsafeBufferPointer(start: bytes, count: Int(count)))
        }
        handler.cdataBlock = handler.characters
        handler.internalSubset = { context, _, _, _ in listening(context)?.fault = SpreadsheetFault(.unsafe) }
        // Without a listener of its own the parser writes to standard error.
        handler.serror = { _, _ in }
        return handler
    }
}

private func listening(_ context: UnsafeMutableRawPointer?) -> XMLListener? {
    context.map { Unmanaged<XMLListener>.fromOpaque($0).takeUnretainedValue() }
}
