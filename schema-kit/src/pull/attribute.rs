//! Attributes and imports as rustfmt lays them out.

use std::collections::{BTreeMap, BTreeSet};

/// rustfmt's `attr_fn_like_width`: what is longer is broken into lines.
const LIST_WIDTH: usize = 70;
/// rustfmt's `max_width`.
const LINE_WIDTH: usize = 100;

/// One word of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Word {
    /// As it stands.
    Text(String),
    /// A word with a list in parentheses behind it.
    List(String, Vec<Word>),
}

impl Word {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A flag, or a word with its options.
    pub(super) fn with_options(name: &str, options: Vec<Word>) -> Self {
        if options.is_empty() {
            Self::Text(name.to_owned())
        } else {
            Self::List(name.to_owned(), options)
        }
    }

    fn one_line(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::List(name, words) => format!("{name}({})", list(words)),
        }
    }
}

fn list(words: &[Word]) -> String {
    let words: Vec<String> = words.iter().map(Word::one_line).collect();
    words.join(", ")
}

/// Renders `#[name(…)]` with a line break behind it; nothing where there are no words.
pub(super) fn render_attribute(name: &str, words: &[Word], indent: usize) -> String {
    if words.is_empty() {
        return String::new();
    }
    let blank = " ".repeat(indent);
    let text = render_list(&format!("#[{name}"), words, indent, 1);
    format!("{blank}{text}]\n")
}

/// `behind` is how many characters follow the closing parenthesis in its line.
fn render_list(head: &str, words: &[Word], indent: usize, behind: usize) -> String {
    let inside = list(words);
    let width = width(&inside);
    let whole = indent + self::width(head) + 2 + width + behind;
    // rustfmt measures the one text of a list by its line alone, unless lists stand around it in the same line.
    let is_lone_text = matches!(words, [Word::Text(_)]) && !head.contains('(');
    let is_short = width <= LIST_WIDTH || is_lone_text;
    if !inside.contains('\n') && is_short && whole <= LINE_WIDTH {
        return format!("{head}({inside})");
    }
    if let [Word::List(name, words)] = words {
        let inner = render_list(&format!("{head}({name}"), words, indent, behind + 1);
        return format!("{inner})");
    }
    let blank = " ".repeat(indent + 4);
    let lines: Vec<String> = words
        .iter()
        .map(|word| match word {
            Word::Text(text) => format!("{blank}{text}"),
            Word::List(name, words) => {
                format!("{blank}{}", render_list(name, words, indent + 4, 1))
            }
        })
        .collect();
    format!("{head}(\n{}\n{})", lines.join(",\n"), " ".repeat(indent))
}

/// How many columns a text takes on a terminal, which is what rustfmt counts: ideographs and the like take two.
fn width(text: &str) -> usize {
    let of_char = |c: char| match c {
        '\u{300}'..='\u{36f}' | '\n' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1f64f}'
        | '\u{1f900}'..='\u{1f9ff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    };
    text.chars().map(of_char).sum()
}

/// The `use` lines of a file: paths of the standard library, then of other crates, then of this one.
#[derive(Debug, Default)]
pub(super) struct Imports(BTreeSet<String>);

impl Imports {
    pub(super) fn add(&mut self, path: impl Into<String>) {
        self.0.insert(path.into());
    }

    /// Renders the lines, a blank one behind each group.
    pub(super) fn render(&self) -> String {
        let group = |path: &str| match path.split("::").next() {
            Some("std") => 0,
            Some("crate" | "super" | "self") => 2,
            _ => 1,
        };
        let mut text = String::new();
        for wanted in 0..3 {
            let mut roots: BTreeMap<Sorted, Tree> = BTreeMap::new();
            for path in self.0.iter().filter(|path| group(path) == wanted) {
                if let Some((root, rest)) = path.split_once("::") {
                    roots.entry(Sorted(root.to_owned())).or_default().add(rest);
                }
            }
            for (root, tree) in &roots {
                text.push_str(&tree.render_use(&root.0));
            }
            if !roots.is_empty() {
                text.push('\n');
            }
        }
        text
    }
}

/// A name in rustfmt's order, in which numbers count as numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sorted(pub(super) String);

impl Sorted {
    /// An underscore stands before every number, and a number before every letter.
    fn key(&self) -> Vec<(u8, u128)> {
        let text = self.0.strip_prefix("r#").unwrap_or(&self.0);
        let mut key: Vec<(u8, u128)> = Vec::new();
        let mut is_behind_digit = false;
        for c in text.chars() {
            match (c, c.to_digit(10)) {
                (_, Some(digit)) => {
                    let digit = u128::from(digit);
                    match key.last_mut().filter(|_| is_behind_digit) {
                        Some((_, number)) => {
                            *number = number.saturating_mul(10).saturating_add(digit)
                        }
                        None => key.push((1, digit)),
                    }
                }
                ('_', None) => key.push((0, 0)),
                (c, None) => key.push((2, u128::from(u32::from(c)))),
            }
            is_behind_digit = c.is_ascii_digit();
        }
        key
    }
}

impl Ord for Sorted {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let rank = |name: &str| match name {
            "super" => 0,
            "crate" => 1,
            _ => 2,
        };
        rank(&self.0)
            .cmp(&rank(&other.0))
            .then_with(|| self.key().cmp(&other.key()))
            .then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Sorted {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

#[derive(Debug, Default)]
struct Tree(BTreeMap<Sorted, Tree>);

impl Tree {
    fn add(&mut self, path: &str) {
        let (first, rest) = path.split_once("::").unwrap_or((path, ""));
        let below = self.0.entry(Sorted(first.to_owned())).or_default();
        if !rest.is_empty() {
            below.add(rest);
        }
    }

    /// Whether a list stands in the list, which rustfmt breaks into lines.
    fn is_nested(&self) -> bool {
        self.0.len() > 1 && self.items().iter().any(|item| item.contains('{'))
    }

    fn items(&self) -> Vec<String> {
        let items = self
            .0
            .iter()
            .map(|(name, below)| match below.items().as_slice() {
                [] => name.0.clone(),
                [one] => format!("{}::{one}", name.0),
                several => format!("{}::{{{}}}", name.0, several.join(", ")),
            });
        items.collect()
    }

    fn render_use(&self, root: &str) -> String {
        if let Some((name, below)) = self.0.iter().next()
            && self.0.len() == 1
            && !below.0.is_empty()
        {
            return below.render_use(&format!("{root}::{}", name.0));
        }
        let items = self.items();
        if let [one] = items.as_slice() {
            return format!("use {root}::{one};\n");
        }
        let line = format!("use {root}::{{{}}};\n", items.join(", "));
        if width(&line) <= LINE_WIDTH && !self.is_nested() {
            return line;
        }
        // Names fill lines; what has a list of its own has a line of its own, and so has then everything.
        let is_nested = items.iter().any(|item| item.contains('{'));
        let mut text = format!("use {root}::{{\n");
        let mut width = 0;
        for (at, item) in items.iter().enumerate() {
            let length = self::width(item) + 1;
            if at > 0 && (is_nested || width + 1 + length > LINE_WIDTH) {
                text.push('\n');
                width = 0;
            }
            if width == 0 {
                text.push_str("    ");
                width = 4;
            } else {
                text.push(' ');
                width += 1;
            }
            text.push_str(item);
            text.push(',');
            width += length;
        }
        text + "\n};\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_is_broken_where_rustfmt_breaks_it() {
        let long = format!("comment = \"{}\"", "a".repeat(70));
        let lone = render_attribute("table", &[Word::text(long.clone())], 0);
        assert_eq!(lone, format!("#[table({long})]\n"));
        let two = [Word::text("unique"), Word::text(long.clone())];
        let broken = render_attribute("column", &two, 4);
        assert_eq!(
            broken,
            format!("    #[column(\n        unique,\n        {long}\n    )]\n")
        );
        let chain = [Word::List("unique".to_owned(), two.to_vec())];
        let chained = render_attribute("column", &chain, 0);
        assert_eq!(
            chained,
            format!("#[column(unique(\n    unique,\n    {long}\n))]\n")
        );
    }

    #[test]
    fn imports_come_in_groups_and_in_rustfmts_order() {
        let mut imports = Imports::default();
        for path in [
            "crate::types::Mood",
            "super::User2",
            "super::User10",
            "super::UserRole",
            "super::User",
            "schema_core::Table",
            "schema_core::range::Range",
            "std::net::IpAddr",
            "jiff::Timestamp",
            "jiff::civil::Date",
            "jiff::civil::Time",
        ] {
            imports.add(path);
        }
        assert_eq!(
            imports.render(),
            "use std::net::IpAddr;\n\n\
            use jiff::{\n    Timestamp,\n    civil::{Date, Time},\n};\n\
            use schema_core::{Table, range::Range};\n\n\
            use super::{User, User2, User10, UserRole};\nuse crate::types::Mood;\n\n"
        );
    }
}
