//! The files of enum types, domains and composite types.

use std::collections::BTreeSet;

use schema_core::schema::{CompositeType, Domain, EnumType};

use super::{
    attribute::{Imports, Word, render_attribute},
    context::Context,
    default::default_of,
    name::{camel, derived, free},
    names::{Item, TYPES},
    rust_type::rust_type,
    table::{documentation, names, title},
    text::{literal, one_line, sql},
    words::{collation_name, comment},
};

/// Renders the file of an enum type.
pub(super) fn render_enum(ty: &EnumType, item: &Item) -> String {
    let mut taken: BTreeSet<String> = ["Self".to_owned()].into();
    let variants: Vec<(String, &String)> = ty
        .labels
        .iter()
        .map(|label| {
            let variant = camel(label);
            let variant = free(&mut taken, &[variant.clone(), format!("{variant}_")]);
            (variant.replace('_', "Label"), label)
        })
        .collect();
    let style = STYLES.iter().find(|(_, spell)| {
        variants
            .iter()
            .all(|(variant, label)| spell(variant) == **label)
    });
    let spell = style.map_or(derived as Spell, |(_, spell)| *spell);
    let (doc, comment) = documentation(ty.comment.as_deref(), 0);
    let mut words = names(item, &ty.name);
    words.extend(
        style
            .filter(|(name, _)| *name != "snake_case")
            .map(|(name, _)| Word::Text(format!("rename_all = \"{name}\""))),
    );
    words.extend(comment);
    let mut lines = String::new();
    for (variant, label) in &variants {
        if spell(variant) != **label {
            let word = Word::Text(format!("name = {}", literal(label)));
            lines.push_str(&render_attribute("sql_enum", &[word], 4));
        }
        lines.push_str(&format!("    {variant},\n"));
    }
    let allow = if repeats_itself(&item.ident, &variants) {
        "#[allow(clippy::enum_variant_names, reason = \"the labels are the database's\")]\n"
    } else {
        ""
    };
    format!(
        "//! {}\n\nuse schema_core::SqlEnum;\n\n{doc}#[derive(SqlEnum, Debug, Clone, Copy, PartialEq, Eq, Hash)]\n{}{allow}pub enum {} {{\n{lines}}}\n",
        title("enum type", &ty.name.to_string()),
        render_attribute("sql_enum", &words, 0),
        item.ident,
    )
}

/// How a variant's name becomes a label.
type Spell = fn(&str) -> String;

/// The spellings of labels that need no word each, as the derives have them.
const STYLES: [(&str, Spell); 8] = [
    ("snake_case", derived),
    ("lowercase", |name| name.to_lowercase()),
    ("UPPERCASE", |name| name.to_uppercase()),
    ("PascalCase", |name| name.to_owned()),
    ("kebab-case", |name| derived(name).replace('_', "-")),
    ("SCREAMING_SNAKE_CASE", |name| derived(name).to_uppercase()),
    ("SCREAMING-KEBAB-CASE", |name| {
        derived(name).to_uppercase().replace('_', "-")
    }),
    ("camelCase", |name| {
        let mut chars = name.chars();
        let first = chars.next().map(|first| first.to_lowercase().to_string());
        first.unwrap_or_default() + chars.as_str()
    }),
];

/// Whether clippy would say so: labels that all begin or end with the same word, or with the enum's name.
fn repeats_itself(ident: &str, variants: &[(String, &String)]) -> bool {
    let first_word = |name: &str| {
        let name = derived(name);
        name.split('_').next().unwrap_or_default().to_owned()
    };
    let last_word = |name: &str| {
        let name = derived(name);
        name.rsplit('_').next().unwrap_or_default().to_owned()
    };
    let names = || variants.iter().map(|(variant, _)| variant.as_str());
    let all_equal = |word: &dyn Fn(&str) -> String| {
        let words: BTreeSet<String> = names().map(word).collect();
        words.len() == 1
    };
    names().any(|name| name.starts_with(ident) || name.ends_with(ident))
        || variants.len() > 2 && (all_equal(&first_word) || all_equal(&last_word))
}

/// Renders the file of a domain.
pub(super) fn render_domain(cx: &Context, domain: &Domain, item: &Item) -> String {
    let mut imports = Imports::default();
    imports.add("schema_core::SqlDomain");
    let rust = rust_type(&cx.names, &domain.sql_type, TYPES);
    rust.add_imports(&mut imports);
    let (doc, comment_word) = documentation(domain.comment.as_deref(), 0);
    let mut words = names(item, &domain.name);
    words.extend(comment_word);
    words.extend(
        rust.word
            .iter()
            .map(|word| Word::Text(format!("type = {word}"))),
    );
    if let Some(default) = &domain.default {
        let value = default_of(&domain.sql_type, default.as_str());
        words.push(Word::Text(format!("default = {value}")));
    }
    words.extend(domain.not_null.then(|| Word::text("not_null")));
    let collation = domain.collation.as_ref();
    words.extend(
        collation.map(|collation| {
            Word::Text(format!("collate = {}", literal(&collation_name(collation))))
        }),
    );
    for check in &domain.checks {
        let text = sql(&one_line(check.expression.as_str()));
        let mut options = Vec::new();
        if cx.placed.says(&domain.name, &check.name) {
            options.push(Word::Text(format!("name = {}", literal(&check.name))));
        }
        if check.not_valid {
            cx.leave_out(format!(
                "that check {} of domain {} is not valid",
                check.name, domain.name
            ));
        }
        options.extend(comment(check.comment.as_deref()));
        words.push(if options.is_empty() {
            Word::Text(format!("check = {text}"))
        } else {
            options.insert(0, Word::Text(text));
            Word::List("check".to_owned(), options)
        });
    }
    format!(
        "//! {}\n\n{}{doc}#[derive(SqlDomain, Debug, Clone, PartialEq)]\n{}pub struct {}(pub {});\n",
        title("domain", &domain.name.to_string()),
        imports.render(),
        render_attribute("sql_domain", &words, 0),
        item.ident,
        rust.ty,
    )
}

/// Renders the file of a composite type.
pub(super) fn render_composite(cx: &Context, ty: &CompositeType, item: &Item) -> String {
    let mut imports = Imports::default();
    imports.add("schema_core::SqlComposite");
    let mut fields = String::new();
    for attribute in &ty.attributes {
        let rust = rust_type(&cx.names, &attribute.sql_type, TYPES);
        rust.add_imports(&mut imports);
        let (doc, comment) = documentation(attribute.comment.as_deref(), 4);
        let mut words = Vec::new();
        if item.field_name(&attribute.name) != attribute.name {
            words.push(Word::Text(format!("name = {}", literal(&attribute.name))));
        }
        words.extend(
            rust.word
                .iter()
                .map(|word| Word::Text(format!("type = {word}"))),
        );
        let collation = attribute.collation.as_ref();
        words.extend(collation.map(|collation| {
            Word::Text(format!("collate = {}", literal(&collation_name(collation))))
        }));
        words.extend(comment);
        fields.push_str(&format!(
            "{doc}{}    pub {}: Option<{}>,\n",
            render_attribute("sql_composite", &words, 4),
            item.field(&attribute.name),
            rust.ty,
        ));
    }
    let (doc, comment) = documentation(ty.comment.as_deref(), 0);
    let mut words = names(item, &ty.name);
    words.extend(comment);
    format!(
        "//! {}\n\n{}{doc}#[derive(SqlComposite, Debug, Clone, PartialEq)]\n{}pub struct {} {{\n{fields}}}\n",
        title("composite type", &ty.name.to_string()),
        imports.render(),
        render_attribute("sql_composite", &words, 0),
        item.ident,
    )
}
