//! Edits of the source itself: a token of an attribute goes, comes twice, or changes place with its neighbor. What that
//! then means nobody knows beforehand; but it is a message at the attribute, or a schema that the server takes.

use std::ops::Range;

use super::source::Source;
use crate::random::Random;

/// Changes a token of an attribute; returns what was done and in which line.
pub fn edit(source: &mut Source, random: &mut Random) -> Option<(&'static str, usize)> {
    let lines: Vec<&str> = source.text.lines().collect();
    let attributes = attribute_lines(&lines);
    if attributes.is_empty() {
        return None;
    }
    let at = random.pick(&attributes);
    let tokens = tokens(lines[at]);
    let token = random.below(tokens.len());
    let (name, line) = change(lines[at], &tokens, token, random)?;
    let mut lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
    lines[at] = line;
    source.text = lines.join("\n") + "\n";
    Some((name, at))
}

/// What words of attributes and entries of the schema's lists lie behind.
const BEGIN: [&str; 11] = [
    "#[table(",
    "#[column(",
    "#[view(",
    "#[text(",
    "#[sql_enum(",
    "#[sql_domain(",
    "#[sql_composite(",
    ", extensions = [",
    ", collations = [",
    ", sequences = [",
    ", objects = [",
];

/// The lines that hold a word of an attribute, or an entry of the schema's lists.
fn attribute_lines(lines: &[&str]) -> Vec<usize> {
    let mut inside = false;
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        match line.trim() {
            line if BEGIN.contains(&line) => inside = true,
            ")]" | "]" => inside = false,
            _ if inside => found.push(at),
            _ => {}
        }
    }
    found
}

/// The tokens of a line; a pair of parentheses with what is inside is one beside the tokens inside.
fn tokens(line: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = Vec::new();
    let mut rest = line.char_indices().peekable();
    while let Some((from, first)) = rest.next() {
        let mut to = from + first.len_utf8();
        match first {
            ' ' => continue,
            '(' | '[' => {
                open.push(from);
                continue;
            }
            ')' | ']' => {
                found.extend(open.pop().map(|open| open..to));
                continue;
            }
            '"' => {
                let mut escaped = false;
                for (at, next) in rest.by_ref() {
                    to = at + next.len_utf8();
                    if next == '"' && !escaped {
                        break;
                    }
                    escaped = next == '\\' && !escaped;
                }
            }
            _ if first.is_alphanumeric() || first == '_' => {
                while let Some((at, next)) =
                    rest.next_if(|(_, next)| next.is_alphanumeric() || matches!(next, '_' | '#'))
                {
                    to = at + next.len_utf8();
                }
            }
            _ => {}
        }
        found.push(from..to);
    }
    found
}

fn change(
    line: &str,
    tokens: &[Range<usize>],
    at: usize,
    random: &mut Random,
) -> Option<(&'static str, String)> {
    let token = tokens[at].clone();
    let text = &line[token.clone()];
    let with = |other: &str| format!("{}{other}{}", &line[..token.start], &line[token.end..]);
    let words = [
        "name", "sql", "42", "\"x\"", "-", ",", "=", "()", "a::b", "'a", "fn",
    ];
    match random.below(4) {
        0 => Some(("token deleted", with(""))),
        1 => Some(("token doubled", with(&format!("{text} {text}")))),
        2 => {
            let word = random.pick(&words);
            let name = if word == "," || text == "," {
                "another separator"
            } else {
                "another token"
            };
            Some((name, with(&format!(" {word} "))))
        }
        _ => {
            let next = tokens[at + 1..]
                .iter()
                .find(|next| next.start >= token.end)?;
            // What had a sign between it stays apart.
            let swapped = format!(
                "{} {} {} {text} {}",
                &line[..token.start],
                &line[next.clone()],
                &line[token.end..next.start],
                &line[next.end..]
            );
            let is_separator = text == "," || &line[next.clone()] == ",";
            let name = match at {
                _ if is_separator => "separator moved",
                0 => "word of a list moved",
                _ => "tokens swapped",
            };
            Some((name, swapped))
        }
    }
}

/// Whether an edit can make several mistakes: it makes two words of one, or has a list read as another word's.
#[must_use]
pub fn makes_several(edit: &str) -> bool {
    edit.contains("separator") || edit.contains("list")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_its_tokens_and_its_groups() {
        let line = r##"  unique(r#a, name = "a\"b"),"##;
        let found: Vec<&str> = tokens(line).into_iter().map(|token| &line[token]).collect();
        let expected = [
            "unique",
            "r#a",
            ",",
            "name",
            "=",
            r#""a\"b""#,
            r##"(r#a, name = "a\"b")"##,
            ",",
        ];
        assert_eq!(found, expected);
    }
}
