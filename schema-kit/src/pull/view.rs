//! The files of views.

use schema_core::schema::{CheckOption, SqlType, View};

use super::{
    attribute::{Imports, Word, render_attribute},
    context::Context,
    names::{Item, VIEWS},
    rust_type::rust_type,
    table::{documentation, names, title},
    text::{doubled, literal, literal_of_lines},
    words::{self, Scope},
};

/// Renders the file of a view, whose columns have these types.
///
/// Every column may be NULL: the catalogs do not tell which ones never are.
pub(super) fn render(cx: &Context, view: &View, types: &[SqlType], item: &Item) -> String {
    let mut imports = Imports::default();
    imports.add("schema_core::View");
    let mut fields = String::new();
    for (column, ty) in view.columns.iter().zip(types) {
        let rust = rust_type(&cx.names, ty, VIEWS);
        rust.add_imports(&mut imports);
        let (doc, comment) = documentation(column.comment.as_deref(), 4);
        let mut words = Vec::new();
        if item.field_name(&column.name) != column.name {
            words.push(Word::Text(format!("name = {}", literal(&column.name))));
        }
        // A length or precision is the query's.
        let word = rust.word.iter().filter(|word| word.starts_with(['"', 'r']));
        words.extend(word.map(|word| Word::Text(format!("type = {word}"))));
        words.extend(comment);
        fields.push_str(&format!(
            "{doc}{}    pub {}: Option<{}>,\n",
            render_attribute("column", &words, 4),
            item.field(&column.name),
            rust.ty,
        ));
    }
    let (doc, comment) = documentation(view.comment.as_deref(), 0);
    let words = struct_words(cx, view, item, (comment, &mut imports));
    format!(
        "//! {}\n\n{}{doc}#[derive(View, Debug, Clone, PartialEq)]\n{}pub struct {} {{\n{fields}}}\n",
        title(
            if view.materialized {
                "materialized view"
            } else {
                "view"
            },
            &view.name.to_string()
        ),
        imports.render(),
        render_attribute("view", &words, 0),
        item.ident,
    )
}

fn struct_words(
    cx: &Context,
    view: &View,
    item: &Item,
    (comment, imports): (Option<Word>, &mut Imports),
) -> Vec<Word> {
    let mut words = names(item, &view.name);
    words.extend(comment);
    let query = literal_of_lines(&doubled(view.query.as_str()));
    words.push(Word::Text(format!("query = sql({query})")));
    let depends = view.depends_on.iter().filter_map(|name| {
        let item = cx.import_relation(name, &view.name, VIEWS, imports)?;
        Some(Word::text(item.ident.clone()))
    });
    let mut depends: Vec<Word> = depends.collect();
    depends.dedup();
    if !depends.is_empty() {
        words.push(Word::List("depends".to_owned(), depends));
    }
    words.extend(view.materialized.then(|| Word::text("materialized")));
    words.extend(words::with(&view.with));
    words.extend(view.check_option.map(|option| {
        Word::text(match option {
            CheckOption::Local => "check_option = local",
            CheckOption::Cascaded => "check_option = cascaded",
        })
    }));
    words.extend(
        view.method
            .iter()
            .map(|method| Word::Text(format!("using = {}", words::word(method)))),
    );
    words.extend(
        view.tablespace
            .iter()
            .map(|name| Word::Text(format!("tablespace = {}", literal(name)))),
    );
    words.extend((view.materialized && view.with_no_data).then(|| Word::text("with_no_data")));
    let scope = Scope {
        cx,
        owner: &view.name,
        item,
    };
    words.extend(view.indexes.iter().map(|index| scope.index(index, None)));
    words
}
