//! Constraints of tables and domains.

use std::collections::BTreeMap;

use schema_core::schema::{
    Check, Deferrable, DomainCheck, Exclusion, ExclusionElement, ForeignKey, Index, Indexed,
    PrimaryKey, QualifiedName, ReferentialAction, Table, Unique,
};

use super::{
    super::{
        IntrospectError,
        fetch::{Answers, Fields},
    },
    Class, Lookup, Tables, Unknown, expression,
    index::{AttachedIndexes, Indexes},
};

/// The checks of domains, by the domain's object identifier.
pub(super) type DomainChecks = BTreeMap<u32, Vec<DomainCheck>>;

/// Gives the tables their constraints, and takes the indexes of those out of the list. The checks of domains are returned.
pub(super) fn fill(
    answers: &Answers,
    lookup: &Lookup,
    tables: &mut Tables,
    (indexes, attached): (&mut Indexes, &AttachedIndexes),
    unknown: &mut Unknown,
) -> Result<DomainChecks, IntrospectError> {
    let mut domain_checks = DomainChecks::new();
    for fields in answers.constraints.rows() {
        let constraint = Constraint::read(fields, lookup)?;
        if constraint.domain != 0 {
            let checks: &mut Vec<_> = domain_checks.entry(constraint.domain).or_default();
            checks.push(constraint.into_domain_check());
        } else if let Some(table) = tables.get_mut(&constraint.table) {
            let own = (constraint.kind != "f")
                .then(|| indexes.remove(&constraint.index))
                .flatten();
            // A partition's own key may have an index that is there for a plain one of the table.
            let index = own.map(|found| found.index).or_else(|| {
                let found = attached.get(&constraint.index)?;
                (!constraint.is_partition).then(|| found.index.clone())
            });
            constraint.add_to(table, index, unknown);
        }
    }
    Ok(domain_checks)
}

/// A row of `pg_constraint`.
struct Constraint<'a> {
    table: u32,
    domain: u32,
    kind: &'a str,
    name: String,
    deferrable: Option<Deferrable>,
    not_valid: bool,
    index: u32,
    no_inherit: bool,
    is_local: bool,
    is_partition: bool,
    columns: Vec<String>,
    referenced: Option<Referenced>,
    /// What only newer servers have, where it has any.
    special: Option<&'static str>,
    condition: &'a str,
    operators: Vec<String>,
    comment: Option<String>,
}

/// The other end of a foreign key.
struct Referenced {
    table: QualifiedName,
    columns: Vec<String>,
    on_update: ReferentialAction,
    on_delete: ReferentialAction,
    match_full: bool,
}

impl<'a> Constraint<'a> {
    fn read(mut fields: Fields<'a>, lookup: &Lookup) -> Result<Self, IntrospectError> {
        let oid = fields.next()?;
        let table = fields.next()?;
        let domain = fields.next()?;
        let name = fields.next()?;
        let kind = fields.next()?;
        let deferrable = match (fields.next()?, fields.next()?) {
            (false, _) => None,
            (true, false) => Some(Deferrable::InitiallyImmediate),
            (true, true) => Some(Deferrable::InitiallyDeferred),
        };
        let not_valid = !fields.next::<bool>()?;
        let index = fields.next()?;
        let no_inherit = fields.next()?;
        let is_local = fields.next()?;
        let is_partition = fields.next()?;
        let numbers: Option<Vec<i16>> = fields.next()?;
        let referenced = referenced(fields.clone(), table, lookup)?;
        fields.skip(9);
        let special = match (fields.next()?, fields.next()?) {
            (true, _) => Some("temporal constraint"),
            (false, false) => Some("unenforced constraint"),
            (false, true) => None,
        };
        let condition: Option<&str> = fields.next()?;
        Ok(Self {
            table,
            domain,
            kind,
            name,
            deferrable,
            not_valid,
            index,
            no_inherit,
            is_local,
            is_partition,
            columns: lookup.column_names(table, &numbers.unwrap_or_default()),
            referenced,
            special,
            condition: condition.unwrap_or_default(),
            operators: operators(fields)?,
            comment: lookup.comment(Class::Constraint, oid, 0),
        })
    }

    fn into_domain_check(self) -> DomainCheck {
        DomainCheck {
            name: self.name,
            expression: expression(self.condition),
            not_valid: self.not_valid,
            comment: self.comment,
        }
    }

    /// A constraint that comes from another table is that table's.
    fn add_to(self, table: &mut Table, index: Option<Index>, unknown: &mut Unknown) {
        if let Some(kind) = self.special {
            unknown.push_part(kind, table, &self.name);
            return;
        }
        if index.as_ref().is_some_and(|index| index.comment.is_some()) {
            unknown.push_part("comment on the index of constraint", table, &self.name);
        }
        match (self.kind, index) {
            ("c", _) if self.is_local => table.checks.push(self.into_check()),
            ("f", _) if !self.is_partition => table.foreign_keys.extend(self.into_foreign_key()),
            ("p", Some(index)) => table.primary_key = Some(self.into_primary_key(index)),
            ("u", Some(index)) => table.uniques.push(self.into_unique(index)),
            ("x", Some(index)) => table.exclusions.push(self.into_exclusion(index)),
            _ => {}
        }
    }

    fn into_check(self) -> Check {
        Check {
            name: self.name,
            expression: expression(self.condition),
            no_inherit: self.no_inherit,
            not_valid: self.not_valid,
            comment: self.comment,
        }
    }

    fn into_foreign_key(self) -> Option<ForeignKey> {
        let referenced = self.referenced?;
        Some(ForeignKey {
            name: self.name,
            columns: self.columns,
            referenced_table: referenced.table,
            referenced_columns: referenced.columns,
            on_delete: referenced.on_delete,
            on_update: referenced.on_update,
            match_full: referenced.match_full,
            deferrable: self.deferrable,
            not_valid: self.not_valid,
            comment: self.comment,
        })
    }

    fn into_primary_key(self, index: Index) -> PrimaryKey {
        PrimaryKey {
            name: self.name,
            columns: columns(&index),
            include: index.include,
            with: index.with,
            deferrable: self.deferrable,
            comment: self.comment,
        }
    }

    fn into_unique(self, index: Index) -> Unique {
        Unique {
            name: self.name,
            columns: columns(&index),
            include: index.include,
            nulls_not_distinct: index.nulls_not_distinct,
            with: index.with,
            deferrable: self.deferrable,
            comment: self.comment,
        }
    }

    fn into_exclusion(self, index: Index) -> Exclusion {
        let elements = index.keys.into_iter().zip(self.operators);
        Exclusion {
            name: self.name,
            method: index.method,
            elements: elements
                .map(|(key, operator)| ExclusionElement { key, operator })
                .collect(),
            include: index.include,
            with: index.with,
            predicate: index.predicate,
            deferrable: self.deferrable,
            comment: self.comment,
        }
    }
}

/// The columns of an index, in its order.
fn columns(index: &Index) -> Vec<String> {
    let columns = index.keys.iter().filter_map(|key| match &key.key {
        Indexed::Column(name) => Some(name.clone()),
        Indexed::Expression(_) => None,
    });
    columns.collect()
}

fn referenced(
    mut fields: Fields<'_>,
    table: u32,
    lookup: &Lookup,
) -> Result<Option<Referenced>, IntrospectError> {
    let numbers: Option<Vec<i16>> = fields.next()?;
    let namespace: Option<String> = fields.next()?;
    let name: Option<String> = fields.next()?;
    let relation = fields.next()?;
    let elsewhere: Option<Vec<String>> = fields.next()?;
    let (Some(namespace), Some(name)) = (namespace, name) else {
        return Ok(None);
    };
    let numbers = numbers.unwrap_or_default();
    let (update, delete): (&str, &str) = (fields.next()?, fields.next()?);
    let matches: &str = fields.next()?;
    let changed: Option<Vec<i16>> = fields.next()?;
    let changed = lookup.column_names(table, &changed.unwrap_or_default());
    Ok(Some(Referenced {
        table: QualifiedName::new(namespace, name),
        columns: elsewhere.unwrap_or_else(|| lookup.column_names(relation, &numbers)),
        on_update: action(update, Vec::new()),
        on_delete: action(delete, changed),
        match_full: matches == "f",
    }))
}

/// The letters of `confupdtype` and `confdeltype`.
fn action(letter: &str, columns: Vec<String>) -> ReferentialAction {
    match letter {
        "r" => ReferentialAction::Restrict,
        "c" => ReferentialAction::Cascade,
        "n" => ReferentialAction::SetNull(columns),
        "d" => ReferentialAction::SetDefault(columns),
        _ => ReferentialAction::NoAction,
    }
}

/// The operators of an exclusion constraint as SQL.
fn operators(mut fields: Fields<'_>) -> Result<Vec<String>, IntrospectError> {
    let names: Option<Vec<String>> = fields.next()?;
    let namespaces: Option<Vec<String>> = fields.next()?;
    let namespaces = namespaces.into_iter().flatten();
    let operators = names.into_iter().flatten().zip(namespaces);
    let render = |(name, namespace): (String, String)| match namespace.as_str() {
        "pg_catalog" | schema_core::ident::PUBLIC => name,
        namespace => format!("OPERATOR({}.{name})", schema_core::ident::quote(namespace)),
    };
    Ok(operators.map(render).collect())
}
