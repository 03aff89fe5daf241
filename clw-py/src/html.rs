//! Results as a notebook shows them: no style of their own, so that light and dark are the notebook's.

/// Text that means nothing to HTML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A text whose first paragraph is its title.
pub(crate) fn paragraphs(text: &str) -> String {
    let text = escaped(text);
    let mut paragraphs = text.split("\n\n");
    let title = paragraphs.next().unwrap_or_default();
    let rest: String = paragraphs.map(|text| format!("<p>{text}</p>")).collect();
    format!("<section><h4>{title}</h4>{rest}</section>")
}
