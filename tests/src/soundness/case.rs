//! One schema to try: made from a seed of its own, so that it can be made again alone.

use super::{
    compile::{Diagnostic, Printed},
    edit::edit,
    generate::generate,
    model::Schema,
    mutate::MISTAKES,
    source::{Site, Source, render_source},
};
use crate::random::Random;

/// A schema with what became of it.
#[derive(Debug)]
pub struct Case {
    /// What it is made from.
    pub seed: u64,
    /// What was done to it once it was valid.
    pub change: Change,
    /// What it says.
    pub schema: Schema,
    /// As Rust.
    pub source: Source,
    /// What the compiler says against it.
    pub errors: Vec<Diagnostic>,
    /// Its statements, where it compiles.
    pub printed: Option<Printed>,
}

/// What was done to a valid schema.
#[derive(Debug, Clone)]
pub enum Change {
    /// Nothing.
    None,
    /// A mistake of this name, which makes these places wrong.
    Mistake(&'static str, Vec<Site>),
    /// A token of an attribute changed, in this line: what it then means is anybody's guess.
    Edit(&'static str, usize),
}

impl Change {
    /// What was done, in a word or a few.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::None => "valid",
            Self::Mistake(name, _) | Self::Edit(name, _) => name,
        }
    }
}

impl Case {
    /// The schema of a seed: of five, two are valid, two have a mistake, and one has another token.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut schema = generate(&mut random);
        let mut change = Change::None;
        let sort = random.below(5);
        if (2..4).contains(&sort) {
            change = mistake(&mut schema, &mut random);
        }
        let mut source = render_source(&schema);
        if sort == 4
            && let Some((name, line)) = edit(&mut source, &mut random)
        {
            change = Change::Edit(name, line);
        }
        Self {
            seed,
            change,
            schema,
            source,
            errors: Vec::new(),
            printed: None,
        }
    }
}

/// Makes a mistake; where the schema has no place for any that is tried, another schema.
fn mistake(schema: &mut Schema, random: &mut Random) -> Change {
    loop {
        let (name, make) = random.pick(MISTAKES);
        let mut mutant = schema.clone();
        match make(&mut mutant, random) {
            Some(sites) => {
                *schema = mutant;
                return Change::Mistake(name, sites);
            }
            None if random.one_in(20) => *schema = generate(random),
            None => {}
        }
    }
}
