//! Rows as text.
//!
//! ```sql
//! --# what the row shows, as a sentence without a full stop
//! --: rename users.nick=name          an option, see [`Row::set`]
//! --> both                            what both schemas begin with
//! --> old                             the rest of the old schema
//! --> rows                            the data of the old schema; where it is left out, rows are made up
//! --> new                             the rest of the new schema
//! --> plan                            the statements from old to new, written by `BLESS=1`
//! --> refused                         instead: why there is no plan
//! --> back refused                    why there is none from new to old
//! ```
//!
//! All sections may be left out.

use std::fmt::Write as _;

/// A file of rows.
#[derive(Debug)]
pub(super) struct File {
    head: String,
    pub(super) rows: Vec<Row>,
}

/// One pair of schemas.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) title: String,
    options: Vec<String>,
    /// The sections in the order of [`SECTIONS`]; `None` where one is left out.
    sections: [Option<String>; SECTIONS.len()],
}

const SECTIONS: [&str; 7] = [
    "both",
    "old",
    "rows",
    "new",
    "plan",
    "refused",
    "back refused",
];

impl File {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut parts = text.split("--# ");
        let head = parts.next().unwrap_or_default().trim_end().to_owned();
        let rows = parts.map(Row::parse).collect::<Result<_, _>>()?;
        Ok(Self { head, rows })
    }

    pub(super) fn render(&self) -> String {
        let rows: Vec<String> = self.rows.iter().map(Row::render).collect();
        format!("{}\n\n{}", self.head, rows.join("\n"))
    }
}

impl Row {
    fn parse(text: &str) -> Result<Self, String> {
        let (title, body) = text.split_once('\n').unwrap_or((text, ""));
        let mut row = Self {
            title: title.trim().to_owned(),
            ..Self::default()
        };
        let mut at = None;
        for line in body.lines() {
            if let Some(option) = line.strip_prefix("--: ") {
                row.set(option.trim())?;
            } else if let Some(name) = line.strip_prefix("--> ") {
                let found = SECTIONS.iter().position(|section| *section == name.trim());
                at = Some(found.ok_or_else(|| format!("{title}: `{name}` is no section"))?);
            } else if let Some(at) = at {
                let section = row.sections[at].get_or_insert_default();
                section.push_str(line);
                section.push('\n');
            } else if !line.trim().is_empty() {
                return Err(format!("{title}: `{line}` stands in no section"));
            }
            if let Some(at) = at {
                row.sections[at].get_or_insert_default();
            }
        }
        for section in row.sections.iter_mut().flatten() {
            *section = section.trim().to_owned();
        }
        Ok(row)
    }

    /// Options: `rename old=new` and `rename back new=old` are hints; `one way` leaves the way back out; `remakes t.c` names a column
    /// that can only be dropped and added; `local columns` leaves out
    /// which columns a table that inherits declares itself, for no statement changes that; `since 15` and `until 16` name the first and the last release it is for.
    fn set(&mut self, option: &str) -> Result<(), String> {
        let known = [
            "rename ",
            "one way",
            "local columns",
            "remakes ",
            "since ",
            "until ",
        ];
        if !known.iter().any(|known| option.starts_with(known)) {
            return Err(format!("{}: `{option}` is no option", self.title));
        }
        self.options.push(option.to_owned());
        Ok(())
    }

    fn render(&self) -> String {
        let mut text = format!("--# {}\n", self.title);
        for option in &self.options {
            let _ = writeln!(text, "--: {option}");
        }
        for (name, section) in SECTIONS.iter().zip(&self.sections) {
            if let Some(section) = section {
                let newline = if section.is_empty() { "" } else { "\n" };
                let _ = write!(text, "--> {name}\n{section}{newline}");
            }
        }
        text
    }

    fn values<'r>(&'r self, option: &'r str) -> impl Iterator<Item = &'r str> {
        let options = self.options.iter();
        options.filter_map(move |it| it.strip_prefix(option).map(str::trim))
    }

    /// Whether it is for this release of the server.
    pub(super) fn is_for(&self, release: u32) -> bool {
        let number = |text: &str| text.parse::<u32>().unwrap();
        self.values("since ").all(|it| number(it) <= release)
            && self.values("until ").all(|it| number(it) >= release)
    }

    /// The renames of the way there.
    pub(super) fn renames(&self) -> Vec<&str> {
        let hints = self.values("rename ");
        hints.filter(|hint| !hint.starts_with("back ")).collect()
    }

    /// The renames of the way back.
    pub(super) fn renames_back(&self) -> Vec<&str> {
        self.values("rename back ").collect()
    }

    /// Whether it is no difference which columns a table that inherits declares itself.
    pub(super) fn is_local_left_out(&self) -> bool {
        self.values("local columns").next().is_some()
    }

    pub(super) fn is_one_way(&self) -> bool {
        self.values("one way").next().is_some()
    }

    /// The columns, as `table.column`, that can only be made again.
    pub(super) fn remade(&self) -> Vec<&str> {
        self.values("remakes ").collect()
    }

    fn section(&self, name: &str) -> Option<&str> {
        let at = SECTIONS.iter().position(|section| *section == name)?;
        self.sections[at].as_deref()
    }

    fn set_section(&mut self, name: &str, text: Option<String>) {
        if let Some(at) = SECTIONS.iter().position(|section| *section == name) {
            self.sections[at] = text.map(|text| text.trim().to_owned());
        }
    }

    pub(super) fn old_side(&self) -> String {
        self.side("old")
    }

    pub(super) fn new_side(&self) -> String {
        self.side("new")
    }

    fn side(&self, name: &str) -> String {
        let both = self.section("both").unwrap_or_default();
        format!("{both}\n{}", self.section(name).unwrap_or_default())
    }

    pub(super) fn rows(&self) -> Option<&str> {
        self.section("rows")
    }

    /// Notes the plan, or why there is none.
    pub(super) fn set_plan(&mut self, plan: Result<String, String>) {
        let (plan, refused) = match plan {
            Ok(plan) => (Some(plan), None),
            Err(refused) => (None, Some(refused)),
        };
        self.set_section("plan", plan);
        self.set_section("refused", refused);
    }

    /// Notes why there is no plan back.
    pub(super) fn set_back_refused(&mut self, refused: Option<String>) {
        self.set_section("back refused", refused);
    }

    /// Takes over the text of the plan where there is one in both.
    pub(super) fn spell_as(&mut self, other: &Self) {
        if self.section("plan").is_some()
            && let Some(plan) = other.section("plan")
        {
            self.set_section("plan", Some(plan.to_owned()));
        }
    }

    /// How the row as it came out is not the one that is written. One without a plan is from elsewhere, and says nothing.
    pub(super) fn unlike(&self, expected: &Self) -> Option<String> {
        let is_silent = expected.section("plan").is_none() && expected.section("refused").is_none();
        let is_same = |name| self.section(name) == expected.section(name);
        if is_silent && self.section("refused").is_none() && self.section("back refused").is_none()
            || ["plan", "refused", "back refused"].into_iter().all(is_same)
        {
            return None;
        }
        Some(format!(
            "{}: it is not as written:\n{}",
            self.title,
            self.render()
        ))
    }
}
