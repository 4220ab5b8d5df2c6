//! Rust names → database names.

use proc_macro2::Ident;
use syn::ext::IdentExt;

/// A name in `snake_case`: a new word starts at an upper-case letter behind a lower-case letter or digit, and at the
/// last of several upper-case letters where a lower-case one follows it. Digits stay with the word before them.
pub(crate) fn snake(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut snake = String::with_capacity(name.len() + 4);
    for (i, &c) in chars.iter().enumerate() {
        let previous = i.checked_sub(1).map(|i| chars[i]);
        let next = chars.get(i + 1);
        let starts_word = c.is_uppercase()
            && previous.is_some_and(|previous| {
                previous.is_lowercase()
                    || previous.is_numeric()
                    || (previous.is_uppercase() && next.is_some_and(|next| next.is_lowercase()))
            });
        if starts_word {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}

/// An identifier's text, a leading `r#` dropped.
pub(crate) fn plain(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// The spellings `rename_all` knows.
pub(crate) const STYLES: [&str; 8] = [
    "snake_case",
    "lowercase",
    "UPPERCASE",
    "camelCase",
    "PascalCase",
    "kebab-case",
    "SCREAMING_SNAKE_CASE",
    "SCREAMING-KEBAB-CASE",
];

/// A Rust name in one of [`STYLES`]; `None` where there is no such style.
pub(crate) fn styled(name: &str, style: &str) -> Option<String> {
    Some(match style {
        "snake_case" => snake(name),
        "lowercase" => name.to_lowercase(),
        "UPPERCASE" => name.to_uppercase(),
        "PascalCase" => name.to_owned(),
        "camelCase" => {
            let mut chars = name.chars();
            let first = chars.next().map(|c| c.to_lowercase().to_string());
            first.unwrap_or_default() + chars.as_str()
        }
        "kebab-case" => snake(name).replace('_', "-"),
        "SCREAMING_SNAKE_CASE" => snake(name).to_uppercase(),
        "SCREAMING-KEBAB-CASE" => snake(name).to_uppercase().replace('_', "-"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{STYLES, snake, styled};

    #[test]
    fn snake_case_splits_at_words_and_keeps_digits_with_the_word_before() {
        for (rust, database) in [
            ("User", "user"),
            ("ServerMember", "server_member"),
            ("HTTPServer", "http_server"),
            ("ServerHTTP", "server_http"),
            ("Point3D", "point3_d"),
            ("Oauth2Token", "oauth2_token"),
            ("V2", "v2"),
            ("A", "a"),
            ("already_snake", "already_snake"),
            ("user", "user"),
            ("Straße", "straße"),
            ("ÄnderungÖffnen", "änderung_öffnen"),
            ("Mixed_Case", "mixed_case"),
        ] {
            assert_eq!(snake(rust), database, "{rust}");
        }
    }

    #[test]
    fn every_style_has_its_spelling() {
        let spelled: Vec<_> = STYLES
            .iter()
            .filter_map(|style| styled("DoNotDisturb", style))
            .collect();
        assert_eq!(
            spelled,
            [
                "do_not_disturb",
                "donotdisturb",
                "DONOTDISTURB",
                "doNotDisturb",
                "DoNotDisturb",
                "do-not-disturb",
                "DO_NOT_DISTURB",
                "DO-NOT-DISTURB",
            ]
        );
    }
}
