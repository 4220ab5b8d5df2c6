//! What came out: every case is judged, counted, and a finding where it is not as it must be.

use std::{collections::BTreeMap, fmt};

use super::{
    case::{Case, Change},
    compare::difference,
    compile::Diagnostic,
    edit::makes_several,
    judge::Judge,
    rules::{our_rule, servers_own},
    source::Site,
    sql::render_sql,
};

/// What was tried, and what came out.
#[derive(Debug, Default)]
pub struct Report {
    /// By what was done to the schema.
    pub counts: BTreeMap<&'static str, Count>,
    /// Refused by a rule of our own that the server does not have, by rule.
    pub ours: BTreeMap<&'static str, u64>,
    /// Compiled and refused for what only the server knows, by what that is.
    pub opaque: BTreeMap<&'static str, u64>,
    /// Everything that must not be.
    pub findings: Vec<Finding>,
}

/// Schemas of one kind.
#[derive(Debug, Default, Clone, Copy)]
pub struct Count {
    /// All of them.
    pub made: u64,
    /// Compiled, and accepted by the server with the catalogs that were meant.
    pub accepted: u64,
    /// Taken neither by the derive nor by the server.
    pub refused: u64,
    /// Refused by a rule of ours.
    pub ours: u64,
    /// Compiled, and refused for what only the server knows.
    pub opaque: u64,
    /// Refused, and what the server would say to it nobody knows: there is no SQL of an edited source.
    pub unjudged: u64,
    /// Refused with more than one message.
    pub several: u64,
}

impl Count {
    fn add(&mut self, other: &Self) {
        self.made += other.made;
        self.accepted += other.accepted;
        self.refused += other.refused;
        self.ours += other.ours;
        self.opaque += other.opaque;
        self.unjudged += other.unjudged;
        self.several += other.several;
    }
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
    /// The server accepts the statements, but not all that was said is in its catalogs.
    OtherCatalogs,
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
    /// The seed that makes the schema again: `SOUNDNESS=1` and this as `SOUNDNESS_SEED`.
    pub seed: u64,
    /// What was done to the schema.
    pub change: &'static str,
    /// What the compiler or the server said.
    pub said: String,
    /// The Rust source.
    pub source: String,
}

impl Report {
    /// Judges a case.
    pub async fn add(&mut self, judge: &Judge, case: &Case) {
        let mut count = self
            .counts
            .get(case.change.name())
            .copied()
            .unwrap_or_default();
        count.made += 1;
        match &case.printed {
            Some(Ok(script)) => self.compiled(judge, case, script, &mut count).await,
            Some(Err(error)) => self.find(case, Class::CompiledWithoutStatements, error.clone()),
            None => self.refused(judge, case, &mut count).await,
        }
        self.counts.insert(case.change.name(), count);
    }

    /// Adds what another one has.
    pub fn merge(&mut self, other: Self) {
        for (change, count) in other.counts {
            self.counts.entry(change).or_default().add(&count);
        }
        for (reason, count) in other.ours {
            *self.ours.entry(reason).or_default() += count;
        }
        for (what, count) in other.opaque {
            *self.opaque.entry(what).or_default() += count;
        }
        self.findings.extend(other.findings);
    }

    /// What compiles is accepted, and is what was meant.
    async fn compiled(&mut self, judge: &Judge, case: &Case, script: &str, count: &mut Count) {
        let catalogs = match judge.judge(&case.schema.extension_names(), script).await {
            Ok(catalogs) => catalogs,
            Err(error) => {
                match servers_own(&error) {
                    Some(own) => {
                        count.opaque += 1;
                        *self.opaque.entry(own).or_default() += 1;
                    }
                    None => {
                        let said = format!("{error}\n{script}");
                        self.find(case, Class::CompiledButRefused, said);
                    }
                }
                return;
            }
        };
        count.accepted += 1;
        if matches!(case.change, Change::Edit(..)) {
            return;
        }
        let sql = render_sql(&case.schema);
        match judge.judge(&case.schema.extension_names(), &sql).await {
            Ok(meant) => {
                if let Some(said) = difference(&case.schema, meant, catalogs) {
                    let said = format!("{said}\n{sql}\n{script}");
                    self.find(case, Class::OtherCatalogs, said);
                }
            }
            // A made-up name may be in the way in another order of the statements.
            Err(error)
                if matches!(case.change, Change::Mistake(..))
                    && error.contains("already exists") => {}
            Err(error) => self.find(case, Class::Generator, format!("{error}\n{sql}")),
        }
    }

    /// A refusal is the server's, or one of our rules'.
    async fn refused(&mut self, judge: &Judge, case: &Case, count: &mut Count) {
        self.errors(case);
        count.several += u64::from(case.errors.len() > 1);
        if matches!(case.change, Change::Edit(..)) {
            count.unjudged += 1;
            return;
        }
        let sql = render_sql(&case.schema);
        match judge.judge(&case.schema.extension_names(), &sql).await {
            Err(error) if matches!(case.change, Change::None) => {
                self.find(case, Class::Generator, format!("{error}\n{sql}"));
            }
            Err(_) => count.refused += 1,
            Ok(_) => match our_rule(&case.errors[0].message) {
                Some(rule) => {
                    count.ours += 1;
                    *self.ours.entry(rule).or_default() += 1;
                }
                None => self.find(case, Class::RefusedButAccepted, rendered(&case.errors)),
            },
        }
    }

    /// The errors are ours, each once, and at what is wrong.
    fn errors(&mut self, case: &Case) {
        for error in &case.errors {
            if !is_ours(error) && !is_of_a_name(case, error) {
                self.find(case, Class::ForeignWords, error.rendered.clone());
            }
        }
        let sites: Vec<Option<Site>> = case.errors.iter().map(|e| site(case, e)).collect();
        match &case.change {
            Change::None => {}
            Change::Edit(name, line) => {
                let at = |error: &&Diagnostic| error.lines.is_some_and(|(at, _)| at == *line);
                let told = case.errors.iter().filter(at).count();
                // Behind a message at the edit no other message of the macro follows from it.
                let others = case.errors.iter().filter(|error| error.code.is_none());
                if told > 0 && others.count() > 1 && !makes_several(name) {
                    self.find(case, Class::Twice, rendered(&case.errors));
                }
            }
            Change::Mistake(_, places) => {
                let mut left = places.clone();
                for site in &sites {
                    let place = site.and_then(|site| left.iter().position(|left| *left == site));
                    if let Some(place) = place {
                        left.swap_remove(place);
                        continue;
                    }
                    let known = site.is_some_and(|site| places.contains(&site));
                    let class = if known {
                        Class::Twice
                    } else {
                        Class::Elsewhere
                    };
                    let said = format!(
                        "{}\nmeant {places:?}, found {site:?}",
                        rendered(&case.errors)
                    );
                    self.find(case, class, said);
                }
            }
        }
    }

    fn find(&mut self, case: &Case, class: Class, said: String) {
        // At once: a long run need not end to be of use.
        eprintln!(
            "seed {}: {class:?}, {}\n{said}",
            case.seed,
            case.change.name()
        );
        self.findings.push(Finding {
            class,
            seed: case.seed,
            change: case.change.name(),
            said,
            source: case.source.text.clone(),
        });
    }

    /// The number of schemas so far.
    #[must_use]
    pub fn tried(&self) -> u64 {
        self.counts.values().map(|count| count.made).sum()
    }

    /// Tells how far a long run is.
    pub fn progress(&self, of: u64) {
        let (tried, findings) = (self.tried(), self.findings.len());
        eprintln!("{tried} of {of} schemas, {findings} findings");
    }

    /// Puts the findings in the order of their seeds, which threads do not keep.
    pub fn sort(&mut self) {
        self.findings.sort_by_key(|finding| finding.seed);
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

/// What an error points to, where that is one thing.
fn site(case: &Case, error: &Diagnostic) -> Option<Site> {
    let (first, last) = error.lines?;
    let sites = case.source.sites.get(first..=last)?;
    sites.iter().all(|site| *site == sites[0]).then(|| sites[0])
}

/// Whether an error is the compiler's about a name that an edit put in: it says best itself what that is.
fn is_of_a_name(case: &Case, error: &Diagnostic) -> bool {
    let Change::Edit(_, line) = case.change else {
        return false;
    };
    if error.lines != Some((line, line)) {
        return false;
    }
    let code = error.code.as_deref().unwrap_or_default();
    let names = [
        "E0405", "E0412", "E0423", "E0425", "E0432", "E0433", "E0573",
    ];
    names.contains(&code) && !error.message.contains("__")
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let findings = self.findings.len();
        writeln!(f, "{} schemas, {findings} findings", self.tried())?;
        writeln!(
            f,
            "\n{:>8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8}",
            "made", "accepted", "refused", "by rules", "opaque", "unjudged", "several"
        )?;
        let row = |f: &mut fmt::Formatter<'_>, count: &Count, name: &str| {
            let Count {
                made,
                accepted,
                refused,
                ours,
                opaque,
                unjudged,
                several,
            } = count;
            writeln!(
                f,
                "{made:8} {accepted:8} {refused:8} {ours:8} {opaque:8} {unjudged:8} {several:8}  {name}"
            )
        };
        for (change, count) in &self.counts {
            row(f, count, change)?;
        }
        let mut all = Count::default();
        for count in self.counts.values() {
            all.add(count);
        }
        row(f, &all, "all")?;
        writeln!(f, "\nrefused by rules that are ours on purpose:")?;
        for (rule, count) in &self.ours {
            writeln!(f, "{count:8}  {rule}")?;
        }
        writeln!(f, "\ncompiled, and refused for what only the server knows:")?;
        for (what, count) in &self.opaque {
            writeln!(f, "{count:8}  {what}")?;
        }
        self.write_findings(f)
    }
}

impl Report {
    /// The findings, one of a kind with its source.
    fn write_findings(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut groups: BTreeMap<(Class, String), Vec<&Finding>> = BTreeMap::new();
        for finding in &self.findings {
            let first = finding.said.lines().next().unwrap_or_default();
            let words: String = first.split(['`', '"']).step_by(2).collect();
            groups
                .entry((finding.class, words))
                .or_default()
                .push(finding);
        }
        for ((class, words), found) in &groups {
            let first = found[0];
            writeln!(f, "\n{} × {class:?}: {words}", found.len())?;
            writeln!(
                f,
                "made again by SOUNDNESS=1 SOUNDNESS_SEED={} ({}):\n{}\n{}",
                first.seed, first.change, first.said, first.source
            )?;
        }
        Ok(())
    }
}
