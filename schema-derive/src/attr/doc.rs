//! Doc comments → database comments.

use syn::{Attribute, Expr, Lit, Meta};

/// The text of an item's doc comment: one leading space per line and blank lines at the end dropped.
pub(super) fn comment(attributes: &[Attribute]) -> Option<String> {
    let mut lines: Vec<String> = Vec::new();
    for text in attributes.iter().filter_map(text) {
        lines.extend(text.split('\n').map(|line| {
            let line = line.strip_prefix(' ').unwrap_or(line);
            line.trim_end().to_owned()
        }));
    }
    let text = lines.join("\n");
    let text = text.trim_end_matches('\n').trim_start_matches('\n');
    (!text.is_empty()).then(|| text.to_owned())
}

/// The text of `#[doc = "…"]`, which is what a doc comment is by now.
fn text(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(doc) = &attribute.meta else {
        return None;
    };
    match &doc.value {
        Expr::Lit(literal) if doc.path.is_ident("doc") => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use syn::{DeriveInput, parse_str};

    fn comment(source: &str) -> Option<String> {
        let input: DeriveInput = parse_str(source).expect("a struct");
        super::comment(&input.attrs)
    }

    #[test]
    fn a_doc_comment_loses_one_space_per_line_and_blank_lines_at_the_end() {
        let source = "/// One.\n///\n///   Indented.\n///\nstruct A;";
        assert_eq!(comment(source).as_deref(), Some("One.\n\n  Indented."));
    }

    #[test]
    fn other_attributes_and_empty_comments_say_nothing() {
        assert_eq!(
            comment("#[doc(hidden)] #[allow(dead_code)] struct A;"),
            None
        );
        assert_eq!(comment("///\nstruct A;"), None);
    }
}
