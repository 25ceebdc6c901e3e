/// Who runs the site, what it keeps of visitors, and for how long.
package struct AboutPage: Page {
    package static let template = "web-about"
    package init() {}
}
