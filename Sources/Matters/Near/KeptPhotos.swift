import Identity
import Kernel
import Web

/// Photos that came with a form and are stored already, carried through the step before sending and through a form that was refused. The mark keeps anybody from naming a photo
/// that is not theirs.
struct KeptPhotos {
    static let field = "kept-photo"
    let vault: Vault
    /// The report they belong to.
    let request: ID<Matter>

    func texts(_ photos: [MatterPhoto.Files]) -> [String] {
        photos.map { photo in
            let text = "\(photo.full)|\(photo.thumb)|\(photo.width)|\(photo.height)"
            return "\(text)|\(mark(text))"
        }
    }

    /// For a form that was refused: ticked, so that one may be left out. More than there may be are not carried on.
    func choices(_ photos: [MatterPhoto.Files], _ call: Call) -> [ChoicePart] {
        guard photos.count <= Matter.photoLimit else { return [] }
        return texts(photos).enumerated().map { place, text in
            ChoicePart(value: text, label: call.text("matters.report.kept-one", ["number": String(place + 1)]), chosen: true)
        }
    }

    func photos(_ form: Form) -> [MatterPhoto.Files] {
        form.all(Self.field).compactMap { text in
            let parts = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 5, mark(parts[0..<4].joined(separator: "|")) == parts[4], let width = Int(parts[2]),
                let height = Int(parts[3])
            else { return nil }
            return MatterPhoto.Files(full: parts[0], thumb: parts[1], width: width, height: height)
        }
    }

    private func mark(_ text: String) -> String { vault.mark("\(request)|\(text)", kind: "photo-kept") }
}
