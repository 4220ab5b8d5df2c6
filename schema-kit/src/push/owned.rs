//! Which objects of a database are a push's own: those it would make, and those an earlier one made.

use std::collections::BTreeSet;

use schema_core::schema::{QualifiedName, Schema};

/// Takes what is not one's own out of a schema, and returns both: what is left, and the names of the rest.
pub(super) fn split(mut live: Schema, own: &[&Schema]) -> (Schema, Vec<String>) {
    let mut others = Vec::new();
    macro_rules! keep {
        ($($list:ident $kind:literal: $key:expr;)*) => {
            $(
                let names: BTreeSet<String> = own.iter().flat_map(|schema| schema.$list.iter().map($key)).collect();
                live.$list.retain(|object| {
                    let name = $key(object);
                    let is_own = names.contains(&name);
                    if !is_own {
                        others.push(format!("{}{name}", $kind));
                    }
                    is_own
                });
            )*
        };
    }
    let owned_tables: BTreeSet<QualifiedName> = own
        .iter()
        .flat_map(|schema| &schema.tables)
        .map(|table| table.name.clone())
        .collect();
    // What belongs to an object goes with it.
    let has_owner =
        |table: &Option<QualifiedName>| table.as_ref().is_some_and(|it| owned_tables.contains(it));
    let (attached, objects): (Vec<_>, Vec<_>) = std::mem::take(&mut live.objects)
        .into_iter()
        .partition(|object| has_owner(&object.table));
    live.objects = objects;
    keep! {
        namespaces "schema ": |it: &schema_core::schema::Namespace| it.name.clone();
        extensions "extension ": |it: &schema_core::schema::Extension| it.name.clone();
        collations "collation ": |it: &schema_core::schema::CollationObject| it.name.to_string();
        sequences "sequence ": |it: &schema_core::schema::Sequence| it.name.to_string();
        objects "": |it: &schema_core::schema::Object| it.identity();
        enums "type ": |it: &schema_core::schema::EnumType| it.name.to_string();
        domains "domain ": |it: &schema_core::schema::Domain| it.name.to_string();
        composites "type ": |it: &schema_core::schema::CompositeType| it.name.to_string();
        tables "table ": |it: &schema_core::schema::Table| it.name.to_string();
        views "view ": |it: &schema_core::schema::View| it.name.to_string();
    }
    live.objects.extend(attached);
    (live, others)
}
