//! When two states of a database are the same: what no statement changes, and what the server alone chooses, counts for
//! nothing.

use schema_core::schema::Schema;

/// What stands between two statements of a sorted dump.
const SEPARATOR: &str = "-- ";

/// A dump without the tables that inherit.
pub(super) fn without_inheriting(dump: &str) -> String {
    let statements = dump.split(SEPARATOR);
    let statements = statements.filter(|statement| !statement.contains("\nINHERITS ("));
    statements.collect::<Vec<_>>().join(SEPARATOR)
}

/// A schema as text, its columns in the order of their names: no statement changes it.
pub(super) fn text(schema: &Schema, any_local: bool) -> String {
    let mut schema = schema.clone();
    for table in &mut schema.tables {
        let columns = &mut table.columns;
        if any_local {
            columns
                .iter_mut()
                .for_each(|column| column.inherited = false);
        }
        columns.sort_by(|one, other| one.name.cmp(&other.name));
    }
    format!("{schema:#?}")
}

/// A dump whose statements stand in the order of their texts, as do the columns in them: the one order is the server's
/// choice, the other no statement changes.
pub(super) fn sorted(dump: &str) -> String {
    let mut statements: Vec<String> = dump.split("--\n-- Name: ").map(sorted_columns).collect();
    statements.sort();
    statements.join(SEPARATOR)
}

fn sorted_columns(statement: &str) -> String {
    let mut lines: Vec<&str> = statement.lines().collect();
    let first = lines
        .iter()
        .position(|line| line.ends_with('(') && line.starts_with("CREATE"));
    let last = lines.iter().position(|line| line.starts_with(')'));
    if let (Some(first), Some(last)) = (first, last)
        && first < last
    {
        let columns = &mut lines[first + 1..last];
        columns
            .iter_mut()
            .for_each(|line| *line = line.trim_end_matches(','));
        columns.sort_unstable();
    }
    let lines: Vec<String> = lines.into_iter().map(sorted_parameters).collect();
    lines.join("\n") + "\n"
}

/// A line whose storage parameters stand in the order of their names: the server keeps that in which they were set.
fn sorted_parameters(line: &str) -> String {
    let end = line.rfind(')');
    let start = line.find("WITH (").map(|at| at + "WITH (".len());
    let (Some(start), Some(end)) = (start.filter(|_| line.contains('=')), end) else {
        return line.to_owned();
    };
    let Some(inside) = line.get(start..end) else {
        return line.to_owned();
    };
    let mut parameters: Vec<&str> = inside.split(", ").collect();
    parameters.sort_unstable();
    format!(
        "{}{}{}",
        &line[..start],
        parameters.join(", "),
        &line[end..]
    )
}

/// Compares texts line by line; the error names the lines that only one has.
pub(super) fn compare(what: &str, live: &str, expected: &str) -> Result<(), String> {
    if live == expected {
        return Ok(());
    }
    let (live, expected): (Vec<&str>, Vec<&str>) =
        (live.lines().collect(), expected.lines().collect());
    let only = |here: &[&str], there: &[&str], sign: char| {
        let mut rest = there.to_vec();
        let mut text = String::new();
        for line in here {
            match rest.iter().position(|it| it == line) {
                Some(at) => drop(rest.swap_remove(at)),
                None => text.push_str(&format!("  {sign} {line}\n")),
            }
        }
        text
    };
    Err(format!(
        "{what} is not the expected one:\n{}{}",
        only(&live, &expected, '+'),
        only(&expected, &live, '-')
    ))
}
