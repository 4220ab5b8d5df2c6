//! What comes from extensions: types, operator classes and index methods, each of which its extension must be listed for.

use super::{
    code,
    message::{Message, same},
};
use crate::{
    def::{ColumnDef, ExtensionDef, IndexKeyDef, IndexedDef, SchemaDef, TableDef, TypeObjectKind},
    ty::TypeDef,
};

/// Names that come with an extension, by extension.
type Known = &'static [(&'static str, &'static [&'static str])];

/// Types.
const TYPES: Known = &[
    ("citext", &["citext"]),
    ("cube", &["cube"]),
    ("hstore", &["hstore"]),
    ("intarray", &["query_int"]),
    (
        "isn",
        &[
            "ean13", "isbn", "isbn13", "ismn", "ismn13", "issn", "issn13", "upc",
        ],
    ),
    ("lo", &["lo"]),
    ("ltree", &["ltree", "lquery", "ltxtquery"]),
    ("postgis", &["geometry", "geography", "box2d", "box3d"]),
    ("postgis_raster", &["raster"]),
    ("postgis_topology", &["topogeometry"]),
    ("seg", &["seg"]),
    ("vector", &["vector", "halfvec", "sparsevec"]),
];

/// Operator classes.
const OPERATOR_CLASSES: Known = &[
    (
        "btree_gist",
        &[
            "gist_inet_ops",
            "gist_cidr_ops",
            "gist_uuid_ops",
            "gist_text_ops",
            "gist_int4_ops",
            "gist_int8_ops",
        ],
    ),
    ("hstore", &["gin_hstore_ops", "gist_hstore_ops"]),
    (
        "intarray",
        &["gin__int_ops", "gist__int_ops", "gist__intbig_ops"],
    ),
    ("ltree", &["gist_ltree_ops", "gist__ltree_ops"]),
    ("pg_bigm", &["gin_bigm_ops"]),
    ("pg_trgm", &["gin_trgm_ops", "gist_trgm_ops"]),
    (
        "postgis",
        &[
            "gist_geometry_ops_2d",
            "gist_geometry_ops_nd",
            "gist_geography_ops",
            "spgist_geometry_ops_2d",
        ],
    ),
    (
        "vector",
        &[
            "vector_ops",
            "vector_l2_ops",
            "vector_ip_ops",
            "vector_cosine_ops",
            "vector_l1_ops",
            "halfvec_ops",
            "halfvec_l2_ops",
            "halfvec_ip_ops",
            "halfvec_cosine_ops",
            "halfvec_l1_ops",
            "sparsevec_ops",
            "sparsevec_l2_ops",
            "sparsevec_ip_ops",
            "sparsevec_cosine_ops",
            "sparsevec_l1_ops",
            "bit_hamming_ops",
            "bit_jaccard_ops",
        ],
    ),
];

/// Index methods.
const METHODS: Known = &[
    ("bloom", &["bloom"]),
    ("rum", &["rum"]),
    ("vector", &["hnsw", "ivfflat"]),
];

/// Checks that the schema lists the extensions a table needs: those its columns' types, its operator classes and its
/// index methods come from.
///
/// Nearly all tables need none, and the compiler runs this for each: a call costs it more than a pattern.
#[track_caller]
pub(super) const fn extensions(schema: &SchemaDef, table: &TableDef) {
    // A view has its types from the query: what is wrong with them is so where they come from.
    let mut columns = if table.is_view { &[] } else { table.columns };
    while let [first, rest @ ..] = columns {
        if let TypeDef::Citext | TypeDef::Verbatim(_) | TypeDef::Array(_) = first.sql_type {
            column(schema, table, first);
        }
        columns = rest;
    }
    let mut indexes = table.indexes;
    while let [index, rest @ ..] = indexes {
        let mut keys = index.keys;
        while let [first, rest @ ..] = keys {
            if index.method.is_some() || first.operator_class.is_some() {
                key(schema, table, first, index.method);
            }
            keys = rest;
        }
        indexes = rest;
    }
    let mut exclusions = table.exclusions;
    while let [exclusion, rest @ ..] = exclusions {
        let mut elements = exclusion.elements;
        while let [(first, _), rest @ ..] = elements {
            key(schema, table, first, exclusion.method);
            elements = rest;
        }
        exclusions = rest;
    }
}

#[track_caller]
const fn column(schema: &SchemaDef, table: &TableDef, column: &ColumnDef) {
    let ty = match &column.sql_type {
        TypeDef::Array(element) => element,
        ty => ty,
    };
    let name = match ty {
        TypeDef::Citext => "citext",
        TypeDef::Verbatim(text) => plain_name(text),
        _ => return,
    };
    let Some(extension) = find(TYPES, name) else {
        return;
    };
    if has_type(schema, name) {
        return;
    }
    if listed(schema, extension).is_none() {
        let mut message = Message::new(code::EXTENSION_NOT_LISTED);
        message
            .push("column ")
            .column(table, column.name)
            .push(" is ")
            .sql_type(ty);
        unlisted(schema, extension, &mut message, "a type")
    }
    // Statements find what lies in `public`; what lies elsewhere they must be told.
    if is_plain(ty)
        && let Some(namespace) = elsewhere(schema, extension)
    {
        let mut message = Message::new(code::EXTENSION_ELSEWHERE);
        message
            .push("column ")
            .column(table, column.name)
            .push(" is ")
            .sql_type(ty);
        lies(&mut message, "a type", extension, namespace)
            .text(&["\nhelp: write `type = \"", namespace, ".", name])
            .push("\"`, or leave out the extension's `namespace`")
            .fail()
    }
}

#[track_caller]
const fn key(schema: &SchemaDef, table: &TableDef, key: &IndexKeyDef, method: Option<&str>) {
    let method = match method {
        Some(method) => {
            if let Some(extension) = find(METHODS, method) {
                if listed(schema, extension).is_none() {
                    let mut message = of_index(table);
                    message.text(&[" is of the method `", method, "`"]);
                    unlisted(schema, extension, &mut message, "a method")
                }
                return;
            }
            method
        }
        None => "btree",
    };
    if let Some(class) = key.operator_class {
        return operator_class(schema, table, class);
    }
    let extension = if same(method, "gist") {
        "btree_gist"
    } else if same(method, "gin") {
        "btree_gin"
    } else {
        return;
    };
    let IndexedDef::Column(name) = key.key else {
        return;
    };
    let mut i = 0;
    while i < table.columns.len() {
        let column = &table.columns[i];
        if same(column.name, name)
            && is_scalar(column.beneath())
            && listed(schema, extension).is_none()
        {
            let mut message = of_index(table);
            message
                .text(&[" by `", method, "` has the key `", name, "`, which is "])
                .sql_type(&column.sql_type);
            unlisted(schema, extension, &mut message, "an operator class for it")
        }
        i += 1;
    }
}

#[track_caller]
const fn operator_class(schema: &SchemaDef, table: &TableDef, class: &str) {
    let name = plain_name(class);
    let Some(extension) = find(OPERATOR_CLASSES, name) else {
        return;
    };
    if listed(schema, extension).is_none() {
        let mut message = of_index(table);
        message.text(&[" has the operator class `", name, "`"]);
        unlisted(schema, extension, &mut message, "one")
    }
    if same(name, class)
        && let Some(namespace) = elsewhere(schema, extension)
    {
        let mut message = Message::new(code::EXTENSION_ELSEWHERE);
        message
            .push("an index of `")
            .table(&table.name)
            .push("` has the operator class");
        lies(&mut message, name, extension, namespace)
            .text(&["\nhelp: write `", namespace, ".", name])
            .push("`, or leave out the extension's `namespace`")
            .fail()
    }
}

const fn of_index(table: &TableDef) -> Message {
    let mut message = Message::new(code::EXTENSION_NOT_LISTED);
    message.push("an index of `").table(&table.name).push("`");
    message
}

/// Fails for an extension that is not listed, with what the message says already.
#[track_caller]
const fn unlisted(schema: &SchemaDef, extension: &str, message: &mut Message, what: &str) -> ! {
    message
        .text(&[
            ", ",
            what,
            " of the extension `",
            extension,
            "`, which schema `",
        ])
        .text(&[schema.name, "` does not list\nhelp: "]);
    if schema.extensions.is_empty() {
        message.text(&[
            "write `extensions = [\"",
            extension,
            "\"]` behind the tables",
        ]);
    } else {
        message.text(&["add \"", extension, "\" to `extensions`"]);
    }
    message.fail()
}

/// The namespace an extension lies in, where statements do not look there.
const fn elsewhere(schema: &SchemaDef, extension: &str) -> Option<&'static str> {
    match listed(schema, extension) {
        Some(listed) => match listed.namespace {
            Some(namespace) if !same(namespace, "public") => Some(namespace),
            _ => None,
        },
        None => None,
    }
}

const fn lies<'m>(
    message: &'m mut Message,
    what: &str,
    extension: &str,
    namespace: &str,
) -> &'m mut Message {
    let comma = if starts_with(what, "a ") { ", " } else { " " };
    message
        .text(&[comma, what, " of the extension `", extension])
        .text(&["`, which lies in namespace `", namespace])
        .push("`, where statements do not look for it")
}

const fn listed<'s>(schema: &'s SchemaDef, extension: &str) -> Option<&'s ExtensionDef> {
    let mut i = 0;
    while i < schema.extensions.len() {
        let listed = &schema.extensions[i];
        if same(listed.name, extension) {
            return Some(listed);
        }
        // One that brings what it needs along.
        if listed.cascade && same(extension, "postgis") && starts_with(listed.name, "postgis_") {
            return Some(listed);
        }
        i += 1;
    }
    None
}

/// Whether the schema makes a type of this name itself.
const fn has_type(schema: &SchemaDef, name: &str) -> bool {
    let mut i = 0;
    while i < schema.objects.len() {
        let object = &schema.objects[i];
        if (same(object.kind, "TYPE") || same(object.kind, "DOMAIN")) && same(object.name, name) {
            return true;
        }
        i += 1;
    }
    false
}

const fn find(known: Known, name: &str) -> Option<&'static str> {
    let mut i = 0;
    while i < known.len() {
        let (extension, names) = known[i];
        let mut j = 0;
        while j < names.len() {
            if names[j].eq_ignore_ascii_case(name) {
                return Some(extension);
            }
            j += 1;
        }
        i += 1;
    }
    None
}

/// Types that need an extension to be a key of GiST or GIN, which index what has parts.
const fn is_scalar(column: &ColumnDef) -> bool {
    if let Some(object) = column.facts.type_object {
        let is_one = !matches!(column.sql_type, TypeDef::Array(_));
        return is_one && matches!(object.kind, TypeObjectKind::Enum(_));
    }
    matches!(
        column.sql_type,
        TypeDef::Boolean
            | TypeDef::SmallInt
            | TypeDef::Integer
            | TypeDef::BigInt
            | TypeDef::Real
            | TypeDef::DoublePrecision
            | TypeDef::Numeric(_)
            | TypeDef::Money
            | TypeDef::Text
            | TypeDef::Citext
            | TypeDef::Varchar(_)
            | TypeDef::Char(_)
            | TypeDef::Bytea
            | TypeDef::Date
            | TypeDef::Time(_)
            | TypeDef::Timetz(_)
            | TypeDef::Timestamp(_)
            | TypeDef::Timestamptz(_)
            | TypeDef::Interval
            | TypeDef::Uuid
            | TypeDef::Inet
            | TypeDef::Cidr
            | TypeDef::Macaddr
            | TypeDef::Macaddr8
            | TypeDef::Bit(_)
            | TypeDef::Varbit(_)
            | TypeDef::Oid
    )
}

/// Whether a type is written without its namespace.
const fn is_plain(ty: &TypeDef) -> bool {
    match ty {
        TypeDef::Verbatim(text) => text.is_empty() || same(until(text, b'.'), text),
        _ => true,
    }
}

/// The name without a namespace before it and modifiers or brackets behind it.
const fn plain_name(text: &str) -> &str {
    let name = until(until(until(text, b'('), b'['), b' ');
    let bytes = name.as_bytes();
    let mut i = bytes.len();
    while i > 0 {
        if bytes[i - 1] == b'.' {
            return name.split_at(i).1;
        }
        i -= 1;
    }
    name
}

/// What stands before the first of this byte, which is ASCII.
const fn until(text: &str, end: u8) -> &str {
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i] == end {
            return text.split_at(i).0;
        }
        i += 1;
    }
    text
}

const fn starts_with(text: &str, start: &str) -> bool {
    text.len() >= start.len()
        && text.is_char_boundary(start.len())
        && same(text.split_at(start.len()).0, start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_known_by_its_name_alone() {
        for text in [
            "vector(3)",
            "public.VECTOR ( 3 )",
            "halfvec[]",
            "x.sparsevec",
        ] {
            assert_eq!(find(TYPES, plain_name(text)), Some("vector"), "{text}");
        }
        assert_eq!(find(TYPES, plain_name("vectors")), None);
    }
}
