//! Things found by namespace and name.

use super::QualifiedName;
use crate::ident::TableName;

/// A namespace and a name in it.
pub(crate) type Name<'n> = (&'n str, &'n str);

impl QualifiedName {
    pub(crate) fn as_key(&self) -> Name<'_> {
        (&self.namespace, &self.name)
    }
}

impl TableName {
    pub(crate) const fn as_key(&self) -> Name<'static> {
        (self.namespace, self.name)
    }
}

/// The places of things in their lists, by name.
#[derive(Debug, Default)]
pub(crate) struct ByName<'n> {
    /// Sorted, and each with the place beside it; of one name, in the order of the places.
    names: Vec<Name<'n>>,
    places: Vec<usize>,
}

impl<'n> ByName<'n> {
    pub(crate) fn new(mut placed: Vec<(Name<'n>, usize)>) -> Self {
        placed.sort_unstable();
        let mut found = Self::default();
        for (name, place) in placed {
            found.names.push(name);
            found.places.push(place);
        }
        found
    }

    /// Numbers things in their order.
    pub(crate) fn of(names: &mut dyn Iterator<Item = Name<'n>>) -> Self {
        let mut placed = Vec::new();
        for name in names {
            placed.push((name, placed.len()));
        }
        Self::new(placed)
    }

    /// Every place, in the order of the names.
    pub(crate) fn places(&self) -> &[usize] {
        &self.places
    }

    /// The places of all that has a name.
    pub(crate) fn all(&self, name: Name<'_>) -> &[usize] {
        let start = self.names.partition_point(|other| *other < name);
        let same = self.names[start..]
            .iter()
            .take_while(|other| **other == name);
        &self.places[start..start + same.count()]
    }

    /// The place of what has a name, of several the last.
    pub(crate) fn get(&self, name: Name<'_>) -> Option<usize> {
        self.all(name).last().copied()
    }

    pub(crate) fn contains(&self, name: Name<'_>) -> bool {
        self.names.binary_search(&name).is_ok()
    }

    /// Two places of one name: of the thing that comes first as the second of its name, and the one before it.
    pub(crate) fn repeated(&self) -> Option<(usize, usize)> {
        let mut found: Option<(usize, usize)> = None;
        for at in 1..self.names.len() {
            let (first, second) = (self.places[at - 1], self.places[at]);
            if self.names[at - 1] == self.names[at] && found.is_none_or(|it| second < it.1) {
                found = Some((first, second));
            }
        }
        found
    }
}

/// Adds a value to a sorted list, unless it is there.
pub(crate) fn insert_sorted<T: Ord>(list: &mut Vec<T>, value: T) {
    if let Err(at) = list.binary_search(&value) {
        list.insert(at, value);
    }
}
