//! Results as a notebook shows them: no style of their own, so that light and dark are the notebook's.

/// Text that means nothing to HTML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
