//! One schema in another's words.

use std::collections::BTreeMap;

use schema_core::schema::{Domain, QualifiedName, Schema, Table, View};

use super::schema::{normalize_domain, normalize_table, normalize_view};

/// Gives a schema the other one's spelling of every fact that both have and whose
/// [normal forms](super::comparable) are equal: what differs afterwards differs in more than its spelling.
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
/// let (mut live, code) = (schema("now()"), schema("CURRENT_TIMESTAMP"));
/// normalize::respell(&mut live, &code);
/// assert_eq!(live, code);
/// ```
pub fn respell(schema: &mut Schema, other: &Schema) {
    each(&mut schema.tables, &other.tables, |it| &it.name, table);
    each(&mut schema.views, &other.views, |it| &it.name, view);
    each(&mut schema.domains, &other.domains, |it| &it.name, domain);
}

/// Looks at what both lists have and differs; the time it takes grows with their lengths alone.
fn each<T: PartialEq>(
    list: &mut [T],
    others: &[T],
    name: impl Fn(&T) -> &QualifiedName,
    respell: impl Fn(&mut T, &T),
) {
    let others: BTreeMap<_, _> = others.iter().map(|other| (name(other), other)).collect();
    for object in list {
        if let Some(other) = others.get(name(object))
            && object != *other
        {
            respell(object, other);
        }
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
