//! Where in a text an error lies, for those who never saw the text: what a binding was given became
//! JSON on the way.

/// The path to the value that ends at a line and column, or to that around it: names and places in
/// lists, counted from 1, between dots.
pub(crate) fn path(text: &str, line: usize, column: usize) -> String {
    let above: usize = text.split('\n').take(line.saturating_sub(1)).map(|row| row.len() + 1).sum();
    let mut path = Path::default();
    let mut bytes = text.bytes().take(above + column);
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => path.text(&quoted(&mut bytes)),
            b'{' => path.steps.push(Step::Name(None)),
            b'[' => path.steps.push(Step::Item(1)),
            b'}' | b']' => drop(path.steps.pop()),
            b',' => path.next(),
            _ => {}
        }
    }
    path.written()
}

/// One way down.
enum Step {
    /// Into an object; the name is not read yet where it is absent.
    Name(Option<String>),
    /// Into a list.
    Item(usize),
}

#[derive(Default)]
struct Path {
    steps: Vec<Step>,
}

impl Path {
    /// A text is the name of a value where none is read, and else a value.
    fn text(&mut self, text: &str) {
        if let Some(Step::Name(name @ None)) = self.steps.last_mut() {
            *name = Some(text.to_owned());
        }
    }

    fn next(&mut self) {
        match self.steps.last_mut() {
            Some(Step::Name(name)) => *name = None,
            Some(Step::Item(place)) => *place += 1,
            None => {}
        }
    }

    fn written(self) -> String {
        let steps = self.steps.into_iter().filter_map(|step| match step {
            Step::Name(name) => name,
            Step::Item(place) => Some(place.to_string()),
        });
        steps.collect::<Vec<_>>().join(".")
    }
}

/// A text up to its quotation mark, as it is written.
fn quoted(bytes: &mut impl Iterator<Item = u8>) -> String {
    let mut text = Vec::new();
    while let Some(byte) = bytes.next().filter(|byte| *byte != b'"') {
        text.push(byte);
        if byte == b'\\' {
            text.extend(bytes.next());
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_the_value_that_ends_there() {
        let text = "{\"a\": [1, {\"b,]\": \"x\\\"}\", \"c\": 95}],\n \"d\": {\"e\": 7}, \"f\": []}";
        for (up_to, expected) in [
            ("{\"a\"", "a"),
            ("{\"a\": [1", "a.1"),
            ("{\"a\": [1, {\"b,]\": \"x\\\"}\"", "a.2.b,]"),
            ("{\"a\": [1, {\"b,]\": \"x\\\"}\", \"c\": 95", "a.2.c"),
            ("{\"a\": [1, {\"b,]\": \"x\\\"}\", \"c\": 95}", "a.2"),
            ("{\"a\": [1, {\"b,]\": \"x\\\"}\", \"c\": 95}]", "a"),
        ] {
            assert_eq!(path(text, 1, up_to.len()), expected, "{up_to}");
        }
        assert_eq!(path(text, 2, " \"d\": {\"e\": 7".len()), "d.e");
        assert_eq!(path(text, 2, 1000), "");
        assert_eq!(path("", 9, 9), "");
        assert_eq!(path("]]", 1, 2), "");
    }
}
