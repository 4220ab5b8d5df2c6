//! How two lists of objects of one kind differ: the one comparison all kinds share.

use std::collections::BTreeMap;

/// One object's change.
#[derive(Debug, PartialEq, Eq)]
pub enum Change<'a, T> {
    /// Only the previous schema has it.
    Drop(&'a T),
    /// Both have it, and it differs.
    Alter(Pair<'a, T>),
    /// Only the next schema has it.
    Create(&'a T),
}

/// An object as it was and as it is to be.
#[derive(Debug, PartialEq, Eq)]
pub struct Pair<'a, T> {
    /// As it was.
    pub previous: &'a T,
    /// As it is to be.
    pub next: &'a T,
}

// By hand: references are copied whatever they lead to.
impl<T> Clone for Change<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Change<'_, T> {}

impl<T> Clone for Pair<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Pair<'_, T> {}

impl<'a, T> Change<'a, T> {
    /// The object on the one side that has it, where only one does.
    pub(crate) fn any(self) -> Option<&'a T> {
        match self {
            Self::Drop(object) | Self::Create(object) => Some(object),
            Self::Alter(_) => None,
        }
    }
}

impl<'a, T> Pair<'a, T> {
    /// Whether a fact of the two differs.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::schema::Column;
    /// use schema_kit::diff::Pair;
    ///
    /// let previous = Column::new("age", "integer".parse()?);
    /// let next = Column::new("age", "bigint".parse()?);
    /// let pair = Pair { previous: &previous, next: &next };
    /// assert!(pair.differs(|column| &column.sql_type));
    /// assert!(!pair.differs(|column| &column.default));
    /// # Ok::<(), schema_core::error::SchemaError>(())
    /// ```
    pub fn differs<F: PartialEq + ?Sized + 'a>(&self, fact: impl Fn(&'a T) -> &'a F) -> bool {
        fact(self.previous) != fact(self.next)
    }
}

/// Compares two lists whose objects are told apart by a key.
pub(crate) fn changes<'a, T: PartialEq, K: Ord + ?Sized>(
    previous: &'a [T],
    next: &'a [T],
    key: impl Fn(&T) -> &K,
) -> Vec<Change<'a, T>> {
    let (dropped, pairs, created) = matched(previous, next, key);
    let altered = pairs
        .into_iter()
        .filter(|pair| pair.previous != pair.next)
        .map(Change::Alter);
    (dropped.into_iter().map(Change::Drop))
        .chain(altered)
        .chain(created.into_iter().map(Change::Create))
        .collect()
}

/// As [`changes`], but an object without a namesake is compared with one that is equal but for its name, given by
/// `facts`: what holds the same facts is renamed, not made again.
pub(crate) fn changes_with_renames<'a, T: PartialEq, K: Ord + ?Sized, F: Ord>(
    previous: &'a [T],
    next: &'a [T],
    name: impl Fn(&T) -> &K,
    facts: impl Fn(&'a T) -> F,
) -> Vec<Change<'a, T>> {
    let (dropped, pairs, created) = matched(previous, next, name);
    let mut unnamed: BTreeMap<F, Vec<&'a T>> = BTreeMap::new();
    // From behind, so that the first of several equal ones is taken first.
    for object in dropped.iter().rev() {
        unnamed.entry(facts(object)).or_default().push(object);
    }
    let mut renamed = Vec::new();
    let mut made = Vec::new();
    for next in created {
        match unnamed.get_mut(&facts(next)).and_then(Vec::pop) {
            Some(previous) => renamed.push(Pair { previous, next }),
            None => made.push(next),
        }
    }
    let is_renamed = |object: &&T| {
        renamed
            .iter()
            .any(|pair| std::ptr::eq(pair.previous, *object))
    };
    let dropped = dropped.into_iter().filter(|object| !is_renamed(object));
    let altered = pairs.into_iter().filter(|pair| pair.previous != pair.next);
    let mut changes: Vec<_> = dropped.map(Change::Drop).collect();
    changes.extend(altered.chain(renamed.iter().copied()).map(Change::Alter));
    changes.extend(made.into_iter().map(Change::Create));
    changes
}

type Matched<'a, T> = (Vec<&'a T>, Vec<Pair<'a, T>>, Vec<&'a T>);

/// What only the previous list has, what both have, what only the next one has; each in its list's order.
fn matched<'a, T, K: Ord + ?Sized>(
    previous: &'a [T],
    next: &'a [T],
    key: impl Fn(&T) -> &K,
) -> Matched<'a, T> {
    let pairs = || previous.iter().zip(next);
    // Two versions of one schema are alike in most lists.
    if previous.len() == next.len() && pairs().all(|(one, other)| key(one) == key(other)) {
        let pairs = pairs().map(|(previous, next)| Pair { previous, next });
        return (Vec::new(), pairs.collect(), Vec::new());
    }
    let mut rest: BTreeMap<&K, &'a T> = previous.iter().map(|it| (key(it), it)).collect();
    let mut pairs = Vec::new();
    let mut created = Vec::new();
    for next in next {
        match rest.remove(key(next)) {
            Some(previous) => pairs.push(Pair { previous, next }),
            None => created.push(next),
        }
    }
    let dropped = previous
        .iter()
        .filter(|it| rest.contains_key(key(it)))
        .collect();
    (dropped, pairs, created)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Object = (&'static str, u8);

    fn shown(changes: &[Change<'_, Object>]) -> Vec<String> {
        let show = |change: &Change<'_, Object>| match change {
            Change::Drop((name, _)) => format!("-{name}"),
            Change::Alter(Pair { previous, next }) => format!("{}>{}", previous.0, next.0),
            Change::Create((name, _)) => format!("+{name}"),
        };
        changes.iter().map(show).collect()
    }

    #[test]
    fn objects_are_the_same_where_their_names_are() {
        let previous = [("c", 1), ("a", 1), ("b", 1), ("e", 1)];
        let next = [("d", 1), ("b", 2), ("a", 1)];
        let changes = changes(&previous, &next, |it| it.0);
        assert_eq!(shown(&changes), ["-c", "-e", "b>b", "+d"]);
    }

    #[test]
    fn what_holds_the_same_facts_is_renamed() {
        let previous = [("a", 1), ("b", 1), ("c", 2), ("d", 3)];
        let next = [("x", 1), ("d", 4), ("y", 2), ("z", 1), ("w", 1)];
        let changes = changes_with_renames(&previous, &next, |it| it.0, |it| it.1);
        assert_eq!(shown(&changes), ["d>d", "a>x", "c>y", "b>z", "+w"]);
    }
}
