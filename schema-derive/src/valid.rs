//! Rules over one struct, one function each with the reason it exists.
//!
//! What PostgreSQL accepts is accepted. Facts of Rust types and of other tables are checked by the compiler instead, with
//! the constants `expand` prints.

mod allows;
mod columns;
mod foreign_keys;
mod generated;
mod indexes;
mod keys;
mod names;
mod objects;
mod partition;
mod partition_bound;
mod policies;
mod rest;
mod schema;
mod storage;
mod type_object;
mod view;

pub(crate) use self::{rest::text_enum, schema::schema, type_object::type_object, view::view};

use crate::{ast::Table, attr::DeclaredTable, ctxt::Ctxt};

/// Settles the primary key and applies every rule.
pub(crate) fn table(cx: &Ctxt, declared: DeclaredTable) -> Table {
    let table = keys::primary(cx, declared);
    columns::check(cx, &table);
    generated::check(cx, &table);
    keys::check(cx, &table);
    foreign_keys::check(cx, &table);
    indexes::check(cx, &table);
    storage::check(cx, &table);
    partition::check(cx, &table);
    partition_bound::check(cx, &table);
    policies::check(cx, &table);
    names::check(cx, &table);
    allows::check(cx, &table);
    table
}

#[cfg(test)]
mod tests {
    use proc_macro2::{Group, TokenStream, TokenTree};
    use syn::{DeriveInput, parse_str};

    use crate::{ast::Table, attr, ctxt::Ctxt};

    /// Reads and checks a struct with these attributes and fields.
    fn read(attribute: &str, fields: &str) -> (Option<Table>, Vec<String>) {
        let table = match attribute {
            "" => String::new(),
            _ => format!("#[table({attribute})]"),
        };
        let source = format!("{table} struct Message {{ {fields} }}");
        let input: DeriveInput = parse_str(&source).expect("a struct");
        let cx = Ctxt::default();
        let declared = attr::table(&cx, &input, &mut attr::default_krate());
        let table = declared.map(|declared| super::table(&cx, declared));
        (table, cx.messages())
    }

    #[track_caller]
    fn accepted(attribute: &str, fields: &str) -> Table {
        let (table, errors) = read(attribute, fields);
        assert_eq!(errors, [""; 0], "{attribute} {fields}");
        table.expect("a table without errors")
    }

    const ID: &str = "#[column(primary_key)] id: i64, author: i64, title: String, r#type: String,";

    const ON_STRUCT: &[&str] = &[
        "name = \"messages\", namespace = \"audit\", comment = \"All of them.\"",
        "renamed_from = \"mail\", row_level_security, crate = renamed::core",
        "allow(quoted_name, char_type, reason = \"it is so\"), allow(float_key, reason = \"it is so\")",
        "unique(author, title), unique(title, nulls_not_distinct, include(author))",
        "unique(author, name = \"one\", deferrable = initially_deferred)",
        "index(author, id desc), index(author desc nulls_last), index(id asc nulls_first)",
        "index(sql(\"lower({title})\") text_pattern_ops, title collate = \"C\" desc)",
        "index(title public.gin_trgm_ops, using = gin, with(fastupdate = off, gin_pending_list_limit = 64))",
        "index(title gist_trgm_ops(siglen = 32), using = gist)",
        "index(type, where = sql(\"not {type} = '{{}}'\"), include(id), concurrently, with(fillfactor = 70))",
        "index(r#type)",
        "unique_index(sql(\"lower({title})\"), nulls_not_distinct, name = \"titles\")",
        "foreign_key(columns(author, id), references = crate::people::User(id, r#type), match_full)",
        "foreign_key(columns(author), references = User, on_delete = set_null(author), on_update = no_action)",
        "foreign_key(columns(author), references = Self, deferrable = initially_immediate, not_valid, name = \"f\")",
        "check(sql(\"{id} < {author}\")), check(sql(\"{r#type} <> ''\"), name = \"c\", no_inherit, not_valid)",
        "exclude(using = gist, author with \"=\", title with \"&&\", where = sql(\"true\"), name = \"x\")",
        "exclude(sql(\"int8range({id}, {author})\") with \"&&\", using = gist, deferrable = initially_deferred)",
        "partition_by = range(id)",
        "partition_by = hash(id)",
        "policy(name = \"own\", using = sql(\"{author} = 1\"), with_check = sql(\"true\"))",
        "policy(name = \"a\", as = restrictive, for = select, to = app, using = sql(\"true\"))",
        "policy(name = \"b\", as = permissive, for = insert, to(app, \"the admin\"), with_check = sql(\"true\"))",
        "index(author, author), unique(author, include(author)), index(title, name = \"id\"),",
    ];

    #[test]
    fn every_word_on_the_struct_is_taken() {
        for attribute in ON_STRUCT {
            accepted(attribute, ID);
        }
        accepted("primary_key(id, author)", "id: i64, author: i64");
        accepted(
            "primary_key(id, name = \"k\", include(author))",
            "id: i64, author: i64",
        );
        accepted(
            "no_primary_key, partition_by = list(sql(\"{id} / 2\"))",
            "id: i64",
        );
    }

    const ON_FIELD: &[&str] = &[
        "allow(char_type, reason = \"it is so\"), allow(json_instead_of_jsonb, reason = \"it is so\")",
        "type = varchar(32)",
        "type = \"vector(3)\", name = \"weird name\", comment = \"\"",
        "unique, index",
        "unique(nulls_not_distinct, name = \"u\")",
        "index(desc, nulls_last, using = btree, where = sql(\"{x} > 0\")), index(text_pattern_ops)",
        "index(collate = \"C\"), index(collate = \"C\" desc, name = \"x\")",
        "index(desc nulls_last collate = \"C\"), unique_index(where = sql(\"{x} > 0\"))",
        "references = User(id), on_delete = cascade, on_update = restrict",
        "references = ::people::User, on_delete = set_default(x), match_full, not_valid",
        "references = Message, deferrable = initially_deferred, on_delete = set_null",
        "default = \"offline\"",
        "default = -1",
        "default = 0xff",
        "default = 1.5e3",
        "default = true",
        "default = sql(\"now()\")",
        "check = sql(\"{x} >= 0\"), check(sql(\"{x} < 9\"), name = \"small\")",
        "generated = sql(\"{id} + 1\")",
        "identity = always",
        "identity = by_default",
        "collate = \"C\", storage = external, compression = lz4",
        "json",
        "json, type = jsonb, default = sql(\"'{{}}'\")",
        "renamed_from = \"y\"",
        "skip",
    ];

    fn with_field(attribute: &str) -> String {
        format!("#[column(primary_key)] id: i64, #[column({attribute})] x: X,")
    }

    #[test]
    fn every_word_on_a_field_is_taken() {
        for attribute in ON_FIELD {
            accepted("", &with_field(attribute));
        }
    }

    #[test]
    fn keys_and_placeholders_count_columns_without_the_skipped_fields() {
        let fields = "#[column(skip)] cache: u8, #[column(primary_key)] id: i64, #[column(skip)] more: u8, body: String";
        let table = accepted("index(body, id)", fields);
        let indexed: Vec<_> = table.indexes[0]
            .keys
            .iter()
            .map(|key| match &key.key {
                crate::ast::Indexed::Column(column) => column.index,
                crate::ast::Indexed::Expression(_) => usize::MAX,
            })
            .collect();
        assert_eq!(indexed, [1, 0]);
        assert_eq!(table.skipped.len(), 2);
    }

    #[test]
    fn the_default_names_are_those_of_the_struct_and_its_fields() {
        let table = accepted("", "#[column(primary_key)] r#type: i64");
        let column = &table.columns[0];
        assert_eq!(table.name.value, "message");
        assert_eq!(
            (column.field.as_str(), column.name.value.as_str()),
            ("type", "type")
        );
    }

    #[test]
    fn a_name_of_63_bytes_and_a_key_of_32_columns_are_taken() {
        accepted(&format!("name = \"{}\"", "a".repeat(63)), ID);
        let columns: Vec<_> = (0..32).map(|i| format!("c{i}")).collect();
        let fields: Vec<_> = columns
            .iter()
            .map(|column| format!("{column}: i64"))
            .collect();
        accepted(
            &format!("primary_key({})", columns.join(", ")),
            &fields.join(", "),
        );
    }

    #[test]
    fn a_table_has_at_most_1600_columns() {
        let fields =
            |count: usize| -> String { (0..count).map(|i| format!("c{i}: i64,")).collect() };
        accepted("no_primary_key", &fields(1600));
        let (_, errors) = read("no_primary_key", &fields(1601));
        let expected = "[T0205] table `message` has 1601 columns, PostgreSQL takes at most 1600\nhelp: move some to a table of their own";
        assert_eq!(errors, [expected]);
    }

    /// The attribute without one of its tokens, for each token, groups as a whole and inside.
    fn with_one_token_less(tokens: TokenStream) -> Vec<TokenStream> {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut all = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            let around = |middle: Option<TokenTree>| -> TokenStream {
                let (before, after) = (&tokens[..at], &tokens[at + 1..]);
                let before = before.iter().cloned().chain(middle);
                before.chain(after.iter().cloned()).collect()
            };
            all.push(around(None));
            if let TokenTree::Group(group) = token {
                let inside = with_one_token_less(group.stream());
                let group = |inside| TokenTree::Group(Group::new(group.delimiter(), inside));
                all.extend(inside.into_iter().map(|inside| around(Some(group(inside)))));
            }
        }
        all
    }

    #[test]
    fn whatever_token_is_missing_every_message_says_how_to_put_it_right() {
        let check = |attribute: &str, fields: &str| {
            for error in read(attribute, fields).1 {
                assert!(error.contains("\nhelp: "), "{attribute} {fields}: {error}");
            }
        };
        let less = |attribute: &str| with_one_token_less(attribute.parse().expect("tokens"));
        for attribute in ON_STRUCT.iter().flat_map(|attribute| less(attribute)) {
            check(&attribute.to_string(), ID);
        }
        for attribute in ON_FIELD.iter().flat_map(|attribute| less(attribute)) {
            check("", &with_field(&attribute.to_string()));
        }
    }

    #[test]
    fn one_mistake_gives_one_message() {
        for (attribute, fields) in [
            ("", "#[column(primry_key)] id: i64"),
            ("primry_key(id)", "id: i64"),
            ("primary_key = id", "id: i64"),
            ("no_primary_keys", "id: i64"),
            (
                "foreign_key(columns(autor, title), references = User(a, b))",
                ID,
            ),
            ("foreign_key(columns(author), refs = User(a))", ID),
            ("", "#[column(pk)] id: i64"),
            (
                "",
                "#[column(primary_key, refrences = User(id), on_delete = cascade)] id: i64",
            ),
            (
                "",
                "#[column(primary_key, references = 3, on_delete = cascade)] id: i64",
            ),
            ("policy(nam = \"x\", using = sql(\"true\"))", ID),
            ("policy(name = x, using = sql(\"true\"))", ID),
            ("partition_by = range(idd)", ID),
            ("index(autor)", ID),
            ("index(lower(title))", ID),
            ("unique(autor)", ID),
            ("allow(char_typ, reason = \"so\")", ID),
            ("allow(char_type, resaon = \"so\")", ID),
            ("alow(char_type, reason = \"so\")", ID),
        ] {
            let (_, errors) = read(attribute, fields);
            assert_eq!(errors.len(), 1, "{attribute} {fields}: {errors:#?}");
        }
    }
}
