//! One schema in another's words.

use std::{borrow::Cow, collections::BTreeMap};

use schema_core::schema::{Domain, QualifiedName, Schema, Table, View};

use super::schema::{normalize_domain, normalize_table, normalize_view};

/// Gives a schema the other one's spelling of every fact that both have and whose
/// [normal forms](super::comparable) are equal: what differs afterwards differs in more than its spelling. A schema of
/// which nothing is spelled otherwise is not copied.
///
/// # Examples
///
/// ```
/// use schema_core::schema::{Column, Expression, QualifiedName, Schema, Table};
/// use schema_kit::normalize;
///
/// let schema = |default| {
///     let mut column = Column::new("created_at", "timestamptz".parse().unwrap());
///     column.default = Some(Expression::new(default));
///     let columns = vec![column];
///     let table = Table { columns, ..Table::new(QualifiedName::new("public", "users")) };
///     Schema { tables: vec![table], ..Schema::default() }
/// };
/// let (live, code) = (schema("now()"), schema("CURRENT_TIMESTAMP"));
/// assert_eq!(*normalize::respell(&live, &code), code);
/// ```
#[must_use]
pub fn respell<'s>(schema: &'s Schema, other: &Schema) -> Cow<'s, Schema> {
    let tables = respelled(&schema.tables, &other.tables, |it| &it.name, table);
    let views = respelled(&schema.views, &other.views, |it| &it.name, view);
    let domains = respelled(&schema.domains, &other.domains, |it| &it.name, domain);
    if tables.is_empty() && views.is_empty() && domains.is_empty() {
        return Cow::Borrowed(schema);
    }
    let mut schema = schema.clone();
    put(&mut schema.tables, tables);
    put(&mut schema.views, views);
    put(&mut schema.domains, domains);
    Cow::Owned(schema)
}

/// What both lists have and one of them spells otherwise, in the other's words, by its place. The time it takes grows with
/// their lengths alone.
fn respelled<T: Clone + PartialEq>(
    list: &[T],
    others: &[T],
    name: impl Fn(&T) -> &QualifiedName,
    respell: impl Fn(&mut T, &T),
) -> Vec<(usize, T)> {
    let mut by_name: Option<BTreeMap<&QualifiedName, &T>> = None;
    let respelled = list.iter().enumerate().filter_map(|(at, object)| {
        // Most stand in the same place.
        let beside = others.get(at).filter(|other| name(other) == name(object));
        let other = beside.or_else(|| {
            let others = others.iter().map(|other| (name(other), other));
            let by_name = by_name.get_or_insert_with(|| others.collect());
            by_name.get(name(object)).copied()
        })?;
        if object == other {
            return None;
        }
        let mut respelled = object.clone();
        respell(&mut respelled, other);
        (respelled != *object).then_some((at, respelled))
    });
    respelled.collect()
}

fn put<T>(list: &mut [T], respelled: Vec<(usize, T)>) {
    for (at, object) in respelled {
        list[at] = object;
    }
}

/// Takes the other's parts that have the same name and are equal in their normal forms; the lists of normal forms are in
/// the order of those they were made from.
macro_rules! take_equal {
    ($own:expr, $other:expr, $own_key:expr, $other_key:expr, $($list:ident)*) => {
        $({
            let by_name: BTreeMap<&str, usize> = ($other.$list.iter().enumerate())
                .map(|(at, it)| (it.name.as_str(), at))
                .collect();
            for (at, part) in $own.$list.iter_mut().enumerate() {
                if let Some(found) = by_name.get(part.name.as_str())
                    && $own_key.$list[at] == $other_key.$list[*found]
                {
                    *part = $other.$list[*found].clone();
                }
            }
        })*
    };
}

fn table(table: &mut Table, other: &Table) {
    let (mut key, mut other_key) = (table.clone(), other.clone());
    normalize_table(&mut key);
    normalize_table(&mut other_key);
    take_equal!(table, other, key, other_key, columns checks exclusions indexes policies);
    // Of a column that differs elsewhere, one text may still be the same.
    let by_name = other.columns.iter().zip(&other_key.columns);
    let by_name: BTreeMap<&str, _> = by_name.map(|pair| (pair.0.name.as_str(), pair)).collect();
    for (column, key) in table.columns.iter_mut().zip(&key.columns) {
        if let Some((other, other_key)) = by_name.get(column.name.as_str()) {
            if key.default == other_key.default {
                column.default.clone_from(&other.default);
            }
            if key.generated == other_key.generated {
                column.generated.clone_from(&other.generated);
            }
        }
    }
    if key.partition_by == other_key.partition_by {
        table.partition_by.clone_from(&other.partition_by);
    }
}

fn view(view: &mut View, other: &View) {
    let (mut key, mut other_key) = (view.clone(), other.clone());
    normalize_view(&mut key);
    normalize_view(&mut other_key);
    take_equal!(view, other, key, other_key, indexes);
    if key.query == other_key.query {
        view.query.clone_from(&other.query);
    }
}

fn domain(domain: &mut Domain, other: &Domain) {
    let (mut key, mut other_key) = (domain.clone(), other.clone());
    normalize_domain(&mut key);
    normalize_domain(&mut other_key);
    take_equal!(domain, other, key, other_key, checks);
    if key.default == other_key.default {
        domain.default.clone_from(&other.default);
    }
}
