//! The variants of an enum, as Rust and as labels.

use super::{sql::literal, types::attribute_lines};
use crate::random::Random;

/// The variants of an enum.
#[derive(Debug, Clone)]
pub struct Variants {
    /// Each, with a label of its own.
    pub list: Vec<(&'static str, Option<&'static str>)>,
    /// `rename_all`, as its place in the list of styles.
    pub style: Option<usize>,
}

const VARIANTS: &[(&str, &str)] = &[
    ("Online", "online"),
    ("DoNotDisturb", "do_not_disturb"),
    ("A", "a"),
    ("B2", "b2"),
    ("Größe", "größe"),
    ("None_", "none_"),
    ("r#type", "type"),
];

/// Styles of `rename_all`, with what they make of the variants in their order.
const STYLES: [(&str, [&str; 7]); 5] = [
    (
        "UPPERCASE",
        [
            "ONLINE",
            "DONOTDISTURB",
            "A",
            "B2",
            "GRÖSSE",
            "NONE_",
            "TYPE",
        ],
    ),
    (
        "camelCase",
        [
            "online",
            "doNotDisturb",
            "a",
            "b2",
            "größe",
            "none_",
            "type",
        ],
    ),
    (
        "PascalCase",
        [
            "Online",
            "DoNotDisturb",
            "A",
            "B2",
            "Größe",
            "None_",
            "type",
        ],
    ),
    (
        "kebab-case",
        [
            "online",
            "do-not-disturb",
            "a",
            "b2",
            "größe",
            "none-",
            "type",
        ],
    ),
    (
        "SCREAMING_SNAKE_CASE",
        [
            "ONLINE",
            "DO_NOT_DISTURB",
            "A",
            "B2",
            "GRÖSSE",
            "NONE_",
            "TYPE",
        ],
    ),
];

const LABELS: &[&str] = &[
    "it's",
    "",
    " two words",
    "日本",
    "\"q\"",
    "a\\b",
    "{}",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
];

impl Variants {
    /// Makes some.
    pub(super) fn new(random: &mut Random) -> Self {
        let some = random.some(VARIANTS, 4);
        let mut labels = LABELS.to_vec();
        let mut label = || {
            let at = random.below(labels.len() * 2);
            (at < labels.len()).then(|| labels.swap_remove(at))
        };
        Self {
            list: some
                .into_iter()
                .map(|(ident, _)| (ident, label()))
                .collect(),
            style: random.one_in(3).then(|| random.below(STYLES.len())),
        }
    }

    /// The word of the style.
    pub(super) fn word(&self) -> Option<String> {
        let style = self.style.map(|style| STYLES[style].0);
        style.map(|style| format!("rename_all = {style:?}"))
    }

    /// As Rust, from the enum's name on.
    pub(super) fn body(&self, ident: &str, attribute: &str) -> Vec<String> {
        let mut lines = vec![format!("pub enum {ident} {{")];
        for (variant, label) in &self.list {
            if let Some(label) = label {
                let words = [format!("name = {label:?}")];
                lines.extend(attribute_lines("    ", attribute, &words));
            }
            lines.push(format!("    {variant},"));
        }
        lines.push("}".to_owned());
        lines
    }

    /// What the database calls the variants.
    pub(super) fn labels(&self) -> Vec<&'static str> {
        let label = |(ident, label): &(&'static str, Option<&'static str>)| {
            let at = VARIANTS.iter().position(|(known, _)| known == ident);
            let usual = at.map(|at| match self.style {
                Some(style) => STYLES[style].1[at],
                None => VARIANTS[at].1,
            });
            label.or(usual).unwrap_or_default()
        };
        self.list.iter().map(label).collect()
    }

    /// Each label as a default.
    pub(super) fn texts(&self) -> &'static [(&'static str, &'static str)] {
        let text = |label: &str| -> (&'static str, &'static str) {
            (format!("{label:?}").leak(), literal(label).leak())
        };
        self.labels()
            .into_iter()
            .map(text)
            .collect::<Vec<_>>()
            .leak()
    }
}
