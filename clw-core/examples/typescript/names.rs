//! Names as serde writes them, as JavaScript reads them, and comments as TSDoc.

/// `RunOnOneSide` or `run_on_one_side` as `run-on-one-side`, as serde makes it.
pub(crate) fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for letter in name.trim_start_matches("r#").chars() {
        match letter {
            '_' => kebab.push('-'),
            _ if letter.is_uppercase() => {
                if !kebab.is_empty() {
                    kebab.push('-');
                }
                kebab.extend(letter.to_lowercase());
            }
            _ => kebab.push(letter),
        }
    }
    kebab
}

/// The name of a field, `run-on-one-side` as `runOnOneSide`.
pub(crate) fn camel(kebab: &str) -> String {
    let mut words = kebab.split('-');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &capital(word))
}

/// The name of a type, `control_chart` as `ControlChart`.
pub(crate) fn pascal(snake: &str) -> String {
    snake.split('_').map(capital).collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|letter| letter.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A comment without its examples, the sections for callers in Rust and its links; indented.
pub(crate) fn comment(doc: &str, indent: &str) -> String {
    let ends =
        |line: &&str| !line.trim_start().starts_with("```") && !line.trim_start().starts_with('#');
    let text = doc.lines().take_while(ends).map(|line| line.strip_prefix(' ').unwrap_or(line));
    let text = plain(text.collect::<Vec<_>>().join("\n").trim());
    let lines: Vec<_> = text.lines().collect();
    match lines.as_slice() {
        [] => String::new(),
        [line] => format!("{indent}/** {line} */\n"),
        lines => {
            let lines =
                lines.iter().map(|line| format!("{indent} * {line}").trim_end().to_owned() + "\n");
            format!("{indent}/**\n{}{indent} */\n", lines.collect::<String>())
        }
    }
}

/// ``[`Self::merge`](Self::merge)`` as `` `merge` ``: the page behind it is one of Rust's.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        let Some((name, after)) = after.split_once(']') else {
            plain.push('[');
            rest = after;
            continue;
        };
        let target = after.strip_prefix('(').and_then(|target| target.split_once(')'));
        let is_page = target.is_some_and(|(target, _)| target.starts_with("http"));
        if is_page || !(name.starts_with('`') || target.is_some()) {
            plain.push('[');
            plain.push_str(name);
            plain.push(']');
            rest = after;
        } else {
            plain.push_str(&local(name));
            rest = target.map_or(after, |(_, after)| after);
        }
    }
    (plain + rest).replace("`None`", "`null`").replace("*/", "* /")
}

/// The last part of a path, as JavaScript has it.
fn local(name: &str) -> String {
    let Some(code) = name.strip_prefix('`').and_then(|name| name.strip_suffix('`')) else {
        return name.to_owned();
    };
    let last = code.rsplit("::").next().unwrap_or(code);
    let is_field = last.chars().all(|letter| letter.is_lowercase() || letter == '_');
    format!("`{}`", if is_field { camel(&kebab(last)) } else { last.to_owned() })
}
