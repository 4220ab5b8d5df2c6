//! Indexes over a boolean alone.

use schema_core::schema::Indexed;

use super::{Advice, Check, Rule, Subject, subject::is_own};

pub(super) const RULE: Rule = Rule {
    name: "boolean_index",
    summary: "an index over one boolean column",
    reason: "It has two values, so that each stands for a large part of the table, which is read faster without an \
             index. Where one value is rare, a partial index over what is looked for among those rows is smaller and \
             faster.",
    instead_of: "#[column(index)]\nis_sent: bool,",
    write: "#[table(index(created_at, where = sql(\"not {is_sent}\")))]",
    source: "https://www.postgresql.org/docs/current/indexes-partial.html",
    check: Check::Table(check),
};

fn check(subject: &Subject<'_>) -> Vec<Advice> {
    let table = subject.table;
    let indexes = table.indexes.iter().zip(subject.def.indexes);
    let advice = indexes.filter_map(|(index, def)| {
        let [key] = &index.keys[..] else {
            return None;
        };
        let Indexed::Column(name) = &key.key else {
            return None;
        };
        let column = table.column(name)?;
        let is_plain = !index.unique && index.predicate.is_none() && index.include.is_empty();
        if !is_plain || column.sql_type.array || !is_own(&column.sql_type, "boolean") {
            return None;
        }
        let field = subject.field(name).unwrap_or(name);
        let described = subject.describe(std::slice::from_ref(name));
        Some(Advice {
            columns: vec![name.clone()],
            position: Some(def.position),
            message: format!("index `{}` is over the boolean {described} alone", index.name),
            help: format!(
                "remove it, or make it `index(…, where = sql(\"{{{field}}}\"))` over what is looked for"
            ),
        })
    });
    advice.collect()
}

#[cfg(test)]
mod tests {
    use schema_core::Table;

    use super::{super::testing::advice, RULE};

    #[derive(Table)]
    #[table(name = "mails", index(id, is_sent), index(is_sent, where = sql("not {is_sent}")))]
    struct Mail {
        #[column(primary_key)]
        id: i64,
        #[column(index)]
        is_sent: bool,
        #[column(unique)]
        is_default: Option<bool>,
    }

    #[test]
    fn an_index_over_a_boolean_alone_is_found_and_one_that_does_more_is_not() {
        assert_eq!(
            advice(&RULE, &[Mail::ENTRY]),
            [(
                "index `mails_is_sent_idx` is over the boolean `mails.is_sent` alone".to_owned(),
                "remove it, or make it `index(…, where = sql(\"{is_sent}\"))` over what is looked for"
                    .to_owned()
            )]
        );
    }
}
