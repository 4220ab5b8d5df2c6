//! The order of statements: before and after as the objects they touch demand, otherwise by phase and as given.

use std::collections::{BTreeMap, BTreeSet};

use schema_core::ddl::Address;

use super::step::{Phase, Step};

/// Orders statements. What makes an object runs before what needs it, what releases one before what changes or removes
/// it, and what removes one before what makes another of its name.
pub(super) fn ordered(mut steps: Vec<Step>) -> Vec<Step> {
    let mut after = edges(&steps);
    for at in grant_wishes(&steps, &mut after) {
        steps[at].unchecked = true;
    }
    let mut waits = vec![0_usize; steps.len()];
    for next in after.iter().flatten() {
        waits[*next] += 1;
    }
    let key = |at: usize| (steps[at].phase, at);
    let mut ready: BTreeSet<_> = (0..steps.len())
        .filter(|at| waits[*at] == 0)
        .map(key)
        .collect();
    let mut rest: BTreeSet<_> = (0..steps.len()).map(key).collect();
    let mut order = Vec::with_capacity(steps.len());
    // In a cycle no order is right: the first one of it by phase goes, and what it waited for follows.
    while let Some(first) = ready.pop_first().or_else(|| in_a_cycle(&after, &rest)) {
        if !rest.remove(&first) {
            continue;
        }
        let (_, at) = first;
        order.push(at);
        for next in &after[at] {
            waits[*next] = waits[*next].saturating_sub(1);
            if waits[*next] == 0 && rest.contains(&key(*next)) {
                ready.insert(key(*next));
            }
        }
    }
    let mut steps: Vec<Option<Step>> = steps.into_iter().map(Some).collect();
    order
        .into_iter()
        .filter_map(|at| steps[at].take())
        .collect()
}

/// The first by phase of statements that wait for each other, and for no others.
fn in_a_cycle(
    after: &[BTreeSet<usize>],
    rest: &BTreeSet<(Phase, usize)>,
) -> Option<(Phase, usize)> {
    let mut before = vec![BTreeSet::new(); after.len()];
    for (_, first) in rest {
        for then in &after[*first] {
            before[*then].insert(*first);
        }
    }
    let mut at = rest.first()?.1;
    loop {
        let ahead = reached(&before, at);
        let behind = reached(after, at);
        match ahead.difference(&behind).next() {
            // Fewer run before one that does not wait for this one in turn.
            Some(further) => at = *further,
            None => {
                return rest
                    .iter()
                    .find(|(_, it)| *it == at || ahead.contains(it))
                    .copied();
            }
        }
    }
}

/// For each statement those that run after it.
fn edges(steps: &[Step]) -> Vec<BTreeSet<usize>> {
    let makers = index(steps, |step| &step.makes);
    let releasers = index(steps, |step| &step.releases);
    let removers = index(steps, |step| &step.removes);
    let mut after = vec![BTreeSet::new(); steps.len()];
    let mut before = |first: usize, then: usize| {
        if first != then {
            after[first].insert(then);
        }
    };
    for (at, step) in steps.iter().enumerate() {
        if step.follows && at > 0 {
            before(at - 1, at);
        }
        for maker in step
            .needs
            .iter()
            .filter_map(|needed| makers.get(needed))
            .flatten()
        {
            before(*maker, at);
        }
        for removed in &step.removes {
            for releaser in releasers.get(removed).into_iter().flatten() {
                before(*releaser, at);
            }
            for maker in makers.get(removed).into_iter().flatten() {
                before(at, *maker);
            }
        }
        // A change of what stays waits for those who let go of it, but not where they wait for its own removal, and not
        // where it only gets the name under which they let go of it.
        let is_in_place = step.in_place || step.phase == Phase::Rename;
        let changed = step.makes.iter().filter(|_| !is_in_place);
        for made in changed.filter(|made| !removers.contains_key(made)) {
            for releaser in releasers.get(made).into_iter().flatten() {
                before(*releaser, at);
            }
        }
    }
    after
}

/// Adds the edges that wishes ask for where they close no cycle; returns the statements of which not all came true.
fn grant_wishes(steps: &[Step], after: &mut [BTreeSet<usize>]) -> Vec<usize> {
    let makers = index(steps, |step| &step.makes);
    let mut refused = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let wished = step.wishes.iter().filter_map(|wished| makers.get(wished));
        let wished: BTreeSet<usize> = wished
            .flatten()
            .copied()
            .filter(|maker| *maker != at)
            .collect();
        if wished.is_empty() {
            continue;
        }
        let behind = reached(after, at);
        for maker in wished {
            if behind.contains(&maker) {
                refused.push(at);
            } else {
                after[maker].insert(at);
            }
        }
    }
    refused
}

/// The statements that run after one.
fn reached(after: &[BTreeSet<usize>], from: usize) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        open.extend(after[at].iter().filter(|next| reached.insert(**next)));
    }
    reached
}

fn index<'s>(
    steps: &'s [Step],
    of: impl Fn(&'s Step) -> &'s [Address],
) -> BTreeMap<&'s Address, Vec<usize>> {
    let mut index: BTreeMap<&Address, Vec<usize>> = BTreeMap::new();
    for (at, step) in steps.iter().enumerate() {
        for address in of(step) {
            index.entry(address).or_default().push(at);
        }
    }
    index
}

#[cfg(test)]
mod tests {
    use schema_core::schema::QualifiedName;

    use super::*;

    fn address(name: &str) -> Address {
        Address::Index(QualifiedName::new("public", name))
    }

    fn order(steps: Vec<Step>) -> Vec<String> {
        ordered(steps).into_iter().map(|step| step.sql).collect()
    }

    fn step(sql: &str) -> Step {
        Step::new(Phase::Index, sql.to_owned())
    }

    #[test]
    fn what_is_needed_is_made_first() {
        let use_a = step("use a").needs([address("a")]);
        let make_a = step("make a").makes(address("a")).needs([address("b")]);
        let make_b = step("make b").makes(address("b"));
        assert_eq!(
            order(vec![use_a, make_a, make_b]),
            ["make b", "make a", "use a"]
        );
    }

    #[test]
    fn what_is_removed_is_released_first_and_made_again_later() {
        let make = step("make").makes(address("a"));
        let remove = step("remove").removes(address("a"));
        let release = step("release").releases([address("a")]);
        assert_eq!(
            order(vec![make, remove, release]),
            ["release", "remove", "make"]
        );
    }

    #[test]
    fn a_wish_comes_true_unless_that_closes_a_cycle() {
        let wish = step("wish").wishes([address("a")]).makes(address("b"));
        let make = step("make").makes(address("a"));
        assert_eq!(order(vec![wish, make]), ["make", "wish"]);
        let wish = step("wish").wishes([address("a")]).makes(address("b"));
        let make = step("make").makes(address("a")).needs([address("b")]);
        let ordered = ordered(vec![make, wish]);
        let unchecked = ordered
            .iter()
            .map(|step| (step.sql.as_str(), step.unchecked));
        assert_eq!(
            unchecked.collect::<Vec<_>>(),
            [("wish", true), ("make", false)]
        );
    }

    #[test]
    fn what_nothing_orders_stands_by_phase_and_as_given() {
        let steps = vec![
            Step::new(Phase::Remove, "c".to_owned()),
            Step::new(Phase::Rename, "a".to_owned()),
            Step::new(Phase::Remove, "d".to_owned()),
            Step::new(Phase::Rename, "b".to_owned()),
        ];
        assert_eq!(order(steps), ["a", "b", "c", "d"]);
    }

    #[test]
    fn what_waits_for_a_cycle_comes_behind_it() {
        let last = Step::new(Phase::Rename, "last".to_owned()).needs([address("a"), address("b")]);
        let one = step("one").makes(address("a")).needs([address("b")]);
        let two = step("two").makes(address("b")).needs([address("a")]);
        assert_eq!(order(vec![last, one, two]), ["one", "two", "last"]);
    }

    #[test]
    fn a_cycle_ends_in_some_order_and_loses_nothing() {
        let one = step("one").makes(address("a")).needs([address("b")]);
        let two = step("two").makes(address("b")).needs([address("a")]);
        assert_eq!(order(vec![one, two]), ["one", "two"]);
    }
}
