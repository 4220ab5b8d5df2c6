//! Lists of texts, of which the server reads another expression than it prints.

use std::borrow::Cow;

use crate::normalize::{pieces, split_list};

/// Leaves out the cast behind a list of `varchar`s that something is compared with: `state IN ('a', 'b')` is printed as
/// `(state)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])`, of which the cast is one that
/// the server has put there. Read again, it would go to each text of the list; left out, the server puts it there again.
pub(super) fn without_cast(sql: &str) -> Cow<'_, str> {
    const OPEN: &str = "((ARRAY[";
    const CAST: &str = "])::text[])";
    let mut text = String::new();
    let mut done = 0;
    for (at, _) in pieces(sql).filter(|(_, piece)| *piece == "(") {
        let (before, rest) = sql.split_at(at);
        let is_compared = before.ends_with("ANY ") || before.ends_with("ALL ");
        let list = rest
            .strip_prefix(OPEN)
            .filter(|_| is_compared && at >= done);
        let Some((list, behind)) = list.and_then(list_start) else {
            continue;
        };
        if behind.starts_with(CAST) && split_list(list).iter().all(|it| is_text(it)) {
            text.push_str(&sql[done..at]);
            text.push_str(&format!("(ARRAY[{list}])"));
            done = at + OPEN.len() + list.len() + CAST.len();
        }
    }
    if done == 0 {
        return Cow::Borrowed(sql);
    }
    text.push_str(&sql[done..]);
    Cow::Owned(text)
}

/// Cuts a text that begins behind an opening bracket where that is closed: the list, and the rest from the bracket on.
fn list_start(text: &str) -> Option<(&str, &str)> {
    let mut depth = 1_i32;
    let end = pieces(text).find(|(_, piece)| {
        depth += i32::from(*piece == "[") - i32::from(*piece == "]");
        depth == 0
    });
    end.map(|(at, _)| text.split_at(at))
}

fn is_text(item: &str) -> bool {
    let literal = item.strip_suffix("::character varying");
    literal.is_some_and(|it| it == "NULL" || it.starts_with('\'') || it.starts_with("E'"))
}

#[cfg(test)]
mod tests {
    use super::without_cast;

    #[test]
    fn the_cast_of_a_list_of_varchars_is_left_out() {
        let list = "ARRAY['a'::character varying, 'it''s ], ('::character varying, NULL::character varying]";
        let (one, two) = (
            format!("(s)::text = ANY (({list})::text[])"),
            format!("(n)::text <> ALL (({list})::text[])"),
        );
        let without = format!("(s)::text = ANY ({list}) AND (n)::text <> ALL ({list})");
        assert_eq!(without_cast(&format!("{one} AND {two}")), without);
        assert_eq!(without_cast(&without), without);
    }

    #[test]
    fn any_other_cast_stays() {
        for text in [
            "a = ANY ((ARRAY['a'::text])::citext[])",
            "a = ANY ((ARRAY['a'::character varying, b])::text[])",
            "f((ARRAY['a'::character varying])::text[])",
            "a = '= ANY ((ARRAY[''a''::character varying])::text[])'",
            "a = ANY ((ARRAY['a'::character varying",
        ] {
            assert_eq!(without_cast(text), text);
        }
    }
}
