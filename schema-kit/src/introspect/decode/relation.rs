//! Tables, as far as `pg_class` describes them.

use std::collections::BTreeMap;

use schema_core::schema::{
    IndexKey, Indexed, PartitionBound, PartitionBy, PartitionStrategy, QualifiedName,
    ReplicaIdentity, Table,
};

use super::{
    super::{
        IntrospectError,
        fetch::{Answers, Fields},
    },
    Class, Lookup, Tables, Unknown, expression, options,
    partition::{Partitions, bound as bound_of},
};
use crate::normalize::split_list;

/// Every table that the model has a place for, without its columns; and which of them are partitions.
pub(super) fn tables(
    answers: &Answers,
    lookup: &Lookup,
    unknown: &mut Unknown,
) -> Result<(Tables, Partitions), IntrospectError> {
    let mut tables = Tables::new();
    let mut partitions = Partitions::new();
    let mut parents = BTreeMap::new();
    for mut fields in answers.relations.rows() {
        let oid = fields.next()?;
        let namespace = fields.next()?;
        let Some(name) = lookup.qualified(namespace, fields.next()?) else {
            continue;
        };
        let kind: &str = fields.next()?;
        if kind == "c" || lookup.is_member(Class::Relation, oid) {
            continue;
        }
        let reader = Reader {
            oid,
            name,
            lookup,
            unknown,
        };
        if let Some((table, inherits, bound)) = reader.read(fields)? {
            tables.insert(oid, table);
            match (bound, inherits.as_slice()) {
                (Some(bound), [parent]) => {
                    partitions.insert(oid, (*parent, bound));
                }
                _ => {
                    parents.insert(oid, inherits);
                }
            }
        }
    }
    for (oid, inherits) in parents {
        let names = inherits.iter().filter_map(|parent| tables.get(parent));
        let names: Vec<QualifiedName> = names.map(|parent| parent.name.clone()).collect();
        if let Some(table) = tables.get_mut(&oid) {
            if names.len() < inherits.len() {
                unknown.push("inheritance from elsewhere", table.name.render());
            }
            table.inherits = names;
        }
    }
    Ok((tables, partitions))
}

/// A table, those it inherits from, and its bound as a partition.
type Found = (Table, Vec<u32>, Option<PartitionBound>);

struct Reader<'a> {
    oid: u32,
    name: QualifiedName,
    lookup: &'a Lookup,
    unknown: &'a mut Unknown,
}

impl Reader<'_> {
    /// The table, those it inherits from, and its bound as a partition; a table of a composite type is none of the model's.
    fn read(self, mut fields: Fields<'_>) -> Result<Option<Found>, IntrospectError> {
        let persistence: &str = fields.next()?;
        let bound: Option<&str> = fields.next()?;
        if fields.next()? {
            return Ok(None);
        }
        let unread = |sql: &str| fields.error(format!("`{sql}` is no bound of a partition"));
        let bound = bound.map(|sql| bound_of(sql).ok_or_else(|| unread(sql)));
        let bound = bound.transpose()?;
        let mut table = Table::new(self.name.clone());
        table.comment = self.lookup.comment(Class::Relation, self.oid, 0);
        table.unlogged = persistence == "u";
        table.with = options(fields.next()?);
        let toast = options(fields.next()?).into_iter();
        let toast = toast.map(|(name, value)| (format!("toast.{name}"), value));
        table.with.extend(toast);
        table.replica_identity = match fields.next()? {
            "f" => ReplicaIdentity::Full,
            "n" => ReplicaIdentity::Nothing,
            // Its index says so too.
            _ => ReplicaIdentity::Default,
        };
        table.row_level_security = fields.next()?;
        table.force_row_level_security = fields.next()?;
        for kind in ["tablespace of table", "access method of table"] {
            if let Some(name) = fields.next::<Option<String>>()? {
                let table = table.name.render();
                self.unknown.push(kind, format!("{table}: {name}"));
            }
        }
        table.partition_by = partition_by(fields.clone(), self.oid, self.lookup)?;
        fields.skip(5);
        Ok(Some((table, fields.next()?, bound)))
    }
}

fn partition_by(
    mut fields: Fields<'_>,
    table: u32,
    lookup: &Lookup,
) -> Result<Option<PartitionBy>, IntrospectError> {
    let strategy = match fields.next::<Option<&str>>()? {
        None => return Ok(None),
        Some("r") => PartitionStrategy::Range,
        Some("l") => PartitionStrategy::List,
        Some("h") => PartitionStrategy::Hash,
        Some(other) => return Err(fields.error(format!("`{other}` is no way to partition"))),
    };
    let numbers: Vec<i16> = fields.next()?;
    let classes: Vec<u32> = fields.next()?;
    let collations: Vec<u32> = fields.next()?;
    let expressions: Option<&str> = fields.next()?;
    let mut expressions = expressions.map_or_else(Vec::new, split_list).into_iter();
    let mut keys = Vec::new();
    for ((number, class), collation) in numbers.into_iter().zip(classes).zip(collations) {
        let column = lookup.column(table, number);
        let key = match column {
            Some(column) => Indexed::Column(column.name.clone()),
            None => match expressions.next() {
                Some(sql) => Indexed::Expression(expression(sql)),
                None => return Err(fields.error("a key is missing".to_owned())),
            },
        };
        let usual = column.map_or(collation, |column| column.collation);
        keys.push(IndexKey {
            operator_class: lookup.operator_class(class, column, &[]),
            collation: lookup.collation(collation, usual),
            ..IndexKey::new(key)
        });
    }
    Ok(Some(PartitionBy {
        strategy,
        keys,
        partitions: Vec::new(),
    }))
}
