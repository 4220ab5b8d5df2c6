//! The measurement: generates, compiles, applies, compares.

use std::{collections::BTreeMap, fmt, path::Path};

use super::{
    compile::{Compiler, Diagnostic, Printed},
    generate::generate,
    judge::Judge,
    model::Schema,
    mutate::MISTAKES,
    rules::{our_rule, servers_own},
    source::{Site, Source, render_source},
    sql::render_sql,
};
use crate::random::Random;

/// Schemas in one compile.
const CHUNK: usize = 200;

/// What was tried, and what came out.
#[derive(Debug, Default)]
pub struct Report {
    /// Schemas without a mistake.
    pub valid: usize,
    /// Schemas with one.
    pub mutants: usize,
    /// Schemas that compiled and were accepted.
    pub accepted: usize,
    /// Schemas that neither the derive nor the server takes.
    pub refused: usize,
    /// Refused by a rule of our own that the server does not have, by rule.
    pub ours: BTreeMap<&'static str, usize>,
    /// Compiled and refused for what only the server knows, by what that is.
    pub opaque: BTreeMap<&'static str, usize>,
    /// Mutants with more than one error, by mistake.
    pub several: BTreeMap<&'static str, usize>,
    /// Everything that must not be.
    pub findings: Vec<Finding>,
}

/// What must not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// The server refuses a schema that is meant to be valid: the generator is wrong.
    Generator,
    /// It compiles, but the server refuses the statements.
    CompiledButRefused,
    /// It compiles, but there are no statements.
    CompiledWithoutStatements,
    /// It does not compile, but the server would accept it, and no rule of ours says why.
    RefusedButAccepted,
    /// An error not in our own words: it names generated code.
    ForeignWords,
    /// Two errors at one place for one mistake.
    Twice,
    /// An error that points elsewhere than to what is wrong.
    Elsewhere,
}

/// A schema and what is wrong about it.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What kind of thing it is.
    pub class: Class,
    /// Number of the schema in its run, which with the seed makes it again.
    pub number: usize,
    /// The mistake that was made, if one was.
    pub mistake: Option<&'static str>,
    /// What the compiler or the server said.
    pub said: String,
    /// The Rust source.
    pub source: String,
}

struct Case {
    number: usize,
    schema: Schema,
    mistake: Option<&'static str>,
    sites: Vec<Site>,
    source: Source,
    errors: Vec<Diagnostic>,
    printed: Option<Printed>,
}

/// Tries so many schemas from a seed; a third is without a mistake.
pub async fn measure(directory: &Path, seed: u64, count: usize) -> Report {
    let compiler = Compiler::new(directory);
    let judge = Judge::new().await;
    let mut report = Report::default();
    let mut from = 0;
    while from < count {
        let mut cases: Vec<Case> = (from..count.min(from + CHUNK))
            .map(|number| case(seed, number))
            .collect();
        compile(&compiler, seed, &mut cases);
        for case in &cases {
            report.add(&judge, case).await;
        }
        from += CHUNK;
    }
    report
}

/// Each schema has a seed of its own, so that one can be made again alone.
fn case(seed: u64, number: usize) -> Case {
    let mut random = Random::new(
        seed.wrapping_mul(0x0001_0000_0001)
            .wrapping_add(number as u64),
    );
    let mut schema = generate(&mut random);
    let (mut mistake, mut sites) = (None, Vec::new());
    let wants = !number.is_multiple_of(3);
    while wants && mistake.is_none() {
        let (name, make) = random.pick(MISTAKES);
        let mut mutant = schema.clone();
        match make(&mut mutant, &mut random) {
            Some(found) => (schema, mistake, sites) = (mutant, Some(name), found),
            None if random.one_in(20) => schema = generate(&mut random),
            None => {}
        }
    }
    Case {
        number,
        source: render_source(&schema),
        schema,
        mistake,
        sites,
        errors: Vec::new(),
        printed: None,
    }
}

/// Checks until only what is without errors is left (an error of the macro hides those of constants), then runs that.
fn compile(compiler: &Compiler, seed: u64, cases: &mut [Case]) {
    let mut left: Vec<usize> = (0..cases.len()).collect();
    loop {
        let sources: Vec<&Source> = left.iter().map(|case| &cases[*case].source).collect();
        let errors = compiler.check(&format!("check-{seed}"), &sources);
        let mut clean = Vec::new();
        for (case, errors) in left.iter().zip(errors) {
            if errors.is_empty() {
                clean.push(*case);
            }
            cases[*case].errors = errors;
        }
        let done = clean.len() == left.len();
        left = clean;
        if done {
            break;
        }
    }
    let sources: Vec<&Source> = left.iter().map(|case| &cases[*case].source).collect();
    let printed = compiler.run(&format!("run-{seed}"), &sources);
    for (case, printed) in left.iter().zip(printed) {
        cases[*case].printed = Some(printed);
    }
}

impl Report {
    async fn add(&mut self, judge: &Judge, case: &Case) {
        *(if case.mistake.is_some() {
            &mut self.mutants
        } else {
            &mut self.valid
        }) += 1;
        let extended = !case.schema.extensions.is_empty();
        let sql = render_sql(&case.schema);
        let meant = judge.judge(extended, &sql).await;
        if let (None, Err(error)) = (case.mistake, &meant) {
            self.find(case, Class::Generator, format!("{error}\n{sql}"));
        }
        match &case.printed {
            Some(Ok(script)) => match judge.judge(extended, script).await {
                Ok(()) => self.accepted += 1,
                Err(error) if servers_own(&error).is_some() => {
                    *self
                        .opaque
                        .entry(servers_own(&error).unwrap_or_default())
                        .or_default() += 1;
                }
                Err(error) => self.find(
                    case,
                    Class::CompiledButRefused,
                    format!("{error}\n{script}"),
                ),
            },
            Some(Err(error)) => self.find(case, Class::CompiledWithoutStatements, error.clone()),
            None => {
                self.errors(case);
                self.refusal(case, meant.is_ok());
            }
        }
    }

    /// A refusal is the server's, or one of our rules'.
    fn refusal(&mut self, case: &Case, accepted: bool) {
        if !accepted {
            self.refused += 1;
            return;
        }
        let rules: Vec<_> = case
            .errors
            .iter()
            .map(|error| our_rule(&error.message))
            .collect();
        match rules.first() {
            Some(Some(rule)) => *self.ours.entry(rule).or_default() += 1,
            _ => self.find(case, Class::RefusedButAccepted, rendered(&case.errors)),
        }
    }

    /// The errors are ours, each once, and at what is wrong.
    fn errors(&mut self, case: &Case) {
        let mut seen: Vec<Site> = Vec::new();
        for error in &case.errors {
            if !is_ours(error) {
                self.find(case, Class::ForeignWords, error.rendered.clone());
            }
            let site = error.lines.and_then(|(first, last)| {
                let mut sites = case.source.sites.get(first..=last)?.to_vec();
                sites.dedup();
                (sites.len() == 1).then(|| sites[0])
            });
            match site {
                Some(site) if seen.contains(&site) => {
                    self.find(case, Class::Twice, rendered(&case.errors));
                }
                Some(site) if case.mistake.is_none() || case.sites.contains(&site) => {
                    seen.push(site)
                }
                _ => self.find(
                    case,
                    Class::Elsewhere,
                    format!(
                        "meant {:?}, found {site:?}\n{}",
                        case.sites,
                        rendered(&case.errors)
                    ),
                ),
            }
        }
        if let (Some(mistake), true) = (case.mistake, case.errors.len() > 1) {
            *self.several.entry(mistake).or_default() += 1;
        }
    }

    fn find(&mut self, case: &Case, class: Class, said: String) {
        self.findings.push(Finding {
            class,
            number: case.number,
            mistake: case.mistake,
            said,
            source: case.source.text.clone(),
        });
    }
}

fn rendered(errors: &[Diagnostic]) -> String {
    errors.iter().map(|error| error.rendered.as_str()).collect()
}

/// Whether an error says with a code and in our own words what is wrong and how to put it right.
fn is_ours(error: &Diagnostic) -> bool {
    let message = &error.message;
    let is_told = match error.code.as_deref() {
        None => message.starts_with("[T"),
        Some("E0080") => message.starts_with("evaluation panicked: [T"),
        Some(_) => return false,
    };
    is_told && message.contains("\nhelp: ") && !message.contains("__private")
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} schemas ({} valid, {} with a mistake): {} accepted by both, {} refused by both",
            self.valid + self.mutants,
            self.valid,
            self.mutants,
            self.accepted,
            self.refused
        )?;
        for (rule, count) in &self.ours {
            writeln!(f, "{count:6} refused by our own rule: {rule}")?;
        }
        for (what, count) in &self.opaque {
            writeln!(
                f,
                "{count:6} refused for what only the server knows: {what}"
            )?;
        }
        for (mistake, count) in &self.several {
            writeln!(f, "{count:6} with several errors: {mistake}")?;
        }
        let mut groups: BTreeMap<(Class, &str, String), Vec<&Finding>> = BTreeMap::new();
        for finding in &self.findings {
            let words: String = finding
                .said
                .lines()
                .next()
                .unwrap_or_default()
                .split(['`', '"'])
                .step_by(2)
                .collect();
            groups
                .entry((finding.class, finding.mistake.unwrap_or("valid"), words))
                .or_default()
                .push(finding);
        }
        for ((class, mistake, words), found) in &groups {
            let first = found[0];
            writeln!(
                f,
                "\n{:6} {class:?} ({mistake}): {words}\nfirst of them, number {}:\n{}",
                found.len(),
                first.number,
                first.said
            )?;
        }
        Ok(())
    }
}
