//! What PostgreSQL reads off an expression when it makes up a name: what an index column is called, and which columns
//! a check is about. Not a parser of SQL: it follows the tokens as far as a name depends on them.

use super::{
    keyword::{Category, category},
    quote,
    token::{Token, parse_spanned_tokens, parse_tokens},
    type_name::{interval_fields_length, parse_type_name},
};

/// Finds the name PostgreSQL gives an index column that is an expression (`FigureIndexColname`,
/// `src/backend/parser/parse_target.c`); `None` is called `expr`.
///
/// # Examples
///
/// ```
/// use schema_core::ident::expression_name;
///
/// assert_eq!(expression_name("lower(email)").as_deref(), Some("lower"));
/// assert_eq!(expression_name("(data ->> 'id')::bigint").as_deref(), Some("int8"));
/// assert_eq!(expression_name("first || last"), None);
/// ```
#[must_use]
pub fn expression_name(sql: &str) -> Option<String> {
    figure(&parse_tokens(sql)).map(|figured| figured.name)
}

/// Finds the columns of a table that an expression uses; the table's own name, used as a whole row, counts as one.
///
/// A check over exactly one column has the column in its name (`AddRelationNewConstraints`, `src/backend/catalog/heap.c`).
///
/// # Examples
///
/// ```
/// use schema_core::ident::columns_in;
///
/// let columns = ["name", "size"];
/// assert_eq!(columns_in("Size > 0 and size < 10", "files", &columns), ["size"]);
/// assert_eq!(columns_in("name <> 'size'", "files", &columns), ["name"]);
/// ```
#[must_use]
pub fn columns_in(sql: &str, table: &str, columns: &[&str]) -> Vec<String> {
    let tokens = parse_tokens(sql);
    let mut found: Vec<&str> = Vec::new();
    for (_, name, is_row) in references(&tokens, table) {
        if (is_row || columns.contains(&name)) && !found.contains(&name) {
            found.push(name);
        }
    }
    found.sort_unstable();
    found.into_iter().map(str::to_owned).collect()
}

/// Renames columns of a table where an expression uses them, as the server does when a column is renamed.
///
/// # Examples
///
/// ```
/// use schema_core::ident::rename_columns;
///
/// let rename = |name: &str| (name == "size").then(|| "Bytes".to_owned());
/// assert_eq!(
///     rename_columns("size > 0 AND note <> 'size' AND size(note) > 1", "files", rename),
///     r#""Bytes" > 0 AND note <> 'size' AND size(note) > 1"#
/// );
/// ```
#[must_use]
pub fn rename_columns(sql: &str, table: &str, rename: impl Fn(&str) -> Option<String>) -> String {
    let (tokens, spans): (Vec<_>, Vec<_>) = parse_spanned_tokens(sql).into_iter().unzip();
    let mut text = String::new();
    let mut end = 0;
    // A column that has its table's name is meant where the name stands alone.
    for (at, name, _) in references(&tokens, table) {
        let Some(next) = rename(name) else {
            continue;
        };
        text.push_str(&sql[end..spans[at].start]);
        text.push_str(&quote(&next));
        end = spans[at].end;
    }
    text + &sql[end..]
}

/// The names in an expression that may be columns, each with its token and whether it is the table's, as a whole row.
fn references<'t>(tokens: &'t [Token], table: &str) -> Vec<(usize, &'t str, bool)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let skipped = no_columns(tokens, at);
        if skipped > 0 {
            at += skipped;
            continue;
        }
        let (name, length) = reference(&tokens[at..], table);
        let is_row = name == Some(table) && !tokens.get(at + length).is_some_and(is_open);
        found.extend(name.map(|name| (at + length - 1, name, is_row)));
        at += length;
    }
    found
}

fn is_open(token: &Token) -> bool {
    token.is_symbol("(")
}

/// How many tokens from here on name something other than a column: a type, a collation, a field.
fn no_columns(tokens: &[Token], at: usize) -> usize {
    let rest = &tokens[at..];
    let next = |offset: usize| rest.get(offset);
    match &rest[0] {
        Token::Symbol(symbol) if symbol == "::" => 1 + type_length(&rest[1..]),
        Token::Symbol(symbol) if symbol == "." => 2,
        Token::Word(word) => match word.as_str() {
            "as" => 1 + type_length(&rest[1..]),
            "collate" => 1 + name_length(&rest[1..]),
            "at" if next(1).is_some_and(|token| token.is_word("time")) => 3,
            "extract" if next(1).is_some_and(is_open) => 3,
            _ => match constant(rest) {
                Some((_, length)) => length,
                None => usize::from(
                    next(1).is_some_and(|token| token.is_symbol("=>") || token.is_symbol(":=")),
                ),
            },
        },
        _ => 0,
    }
}

fn type_length(tokens: &[Token]) -> usize {
    parse_type_name(tokens).map_or(0, |(_, length)| length)
}

/// The tokens of a name with dots in it.
fn name_length(tokens: &[Token]) -> usize {
    let mut length = 1;
    while tokens.get(length).is_some_and(|token| token.is_symbol(".")) {
        length += 2;
    }
    length
}

/// The name a column reference ends in, without the table before it, and its length in tokens.
fn reference<'t>(tokens: &'t [Token], table: &str) -> (Option<&'t str>, usize) {
    let length = name_length(tokens).min(tokens.len());
    let is_function = tokens.get(length).is_some_and(is_open);
    let name = match &tokens[..length] {
        _ if is_function => None,
        [.., qualifier, _, last] if qualifier.name() == Some(table) => {
            if last.is_symbol("*") {
                qualifier.name()
            } else {
                last.name()
            }
        }
        [name] => column_name(name),
        _ => None,
    };
    (name, length)
}

/// The name, unless it is a keyword that no column can be called by without quotes.
fn column_name(token: &Token) -> Option<&str> {
    match token {
        Token::Word(word) => {
            matches!(category(word), None | Some(Category::ColumnName)).then_some(word.as_str())
        }
        token => token.name(),
    }
}

/// A name, and whether a cast around it would replace it.
struct Figured {
    name: String,
    weak: bool,
}

fn strong(name: &str) -> Option<Figured> {
    Some(Figured {
        name: name.to_owned(),
        weak: false,
    })
}

fn weak(name: &str) -> Option<Figured> {
    Some(Figured {
        name: name.to_owned(),
        weak: true,
    })
}

/// Names a whole expression: that of its outermost node.
fn figure(tokens: &[Token]) -> Option<Figured> {
    let signed = tokens
        .first()
        .is_some_and(|token| token.is_symbol("-") || token.is_symbol("+"));
    let (operand, mut at) = operand(&tokens[usize::from(signed)..])?;
    at += usize::from(signed);
    let mut figured = operand.filter(|_| !signed);
    while let Some(token) = tokens.get(at) {
        let rest = &tokens[at + 1..];
        if token.is_word("collate") {
            at += 1 + name_length(rest);
        } else if token.is_word("at") && rest.first().is_some_and(|next| next.is_word("local")) {
            (figured, at) = (strong("timezone"), at + 2);
        } else if token.is_word("at") {
            let zone = rest.get(2..)?;
            (figured, at) = (strong("timezone"), at + 3 + self::operand(zone)?.1);
        } else if token.is_word("overlaps") {
            return strong("overlaps");
        } else {
            return is_normalized(&tokens[at..]).then(|| strong("is_normalized"))?;
        }
    }
    figured
}

/// Whether this is `IS [form] NORMALIZED`, which is a call.
fn is_normalized(tokens: &[Token]) -> bool {
    (2..=3).contains(&tokens.len())
        && tokens[0].is_word("is")
        && tokens[tokens.len() - 1].is_word("normalized")
        && !tokens[1].is_word("not")
}

/// Names an operand with the casts and subscripts that bind tighter than any operator; returns its length in tokens.
/// The outer `None` is an operator in front, after which nothing has a name.
fn operand(tokens: &[Token]) -> Option<(Option<Figured>, usize)> {
    let (mut figured, mut at) = primary(tokens)?;
    while let Some(token) = tokens.get(at) {
        if token.is_symbol("::") {
            let (ty, length) = parse_type_name(&tokens[at + 1..])?;
            figured = cast(figured, &ty.name);
            at += 1 + length;
        } else if token.is_symbol("[") {
            at = closing(tokens, at)? + 1;
        } else if token.is_symbol(".") {
            figured = tokens
                .get(at + 1)
                .and_then(Token::name)
                .map_or(figured, strong);
            at += 2;
        } else {
            break;
        }
    }
    Some((figured, at))
}

fn cast(inner: Option<Figured>, type_name: &str) -> Option<Figured> {
    match inner {
        Some(figured) if !figured.weak => Some(figured),
        _ => weak(type_name),
    }
}

fn primary(tokens: &[Token]) -> Option<(Option<Figured>, usize)> {
    match tokens.first()? {
        Token::Number(_) | Token::Text(_) => Some((None, 1)),
        Token::Symbol(symbol) if symbol == "(" => {
            let end = closing(tokens, 0)?;
            Some((parenthesized(&tokens[1..end]), end + 1))
        }
        Token::Symbol(_) => None,
        Token::Quoted(_) => named(tokens),
        Token::Word(word) => special(word, tokens).or_else(|| named(tokens)),
    }
}

fn parenthesized(inner: &[Token]) -> Option<Figured> {
    let is_query = ["select", "with", "values"]
        .iter()
        .any(|word| inner.first().is_some_and(|token| token.is_word(word)));
    if is_query {
        None
    } else if top_level(inner, |token| token.is_symbol(",")).is_some() {
        strong("row")
    } else {
        figure(inner)
    }
}

/// The forms the grammar gives a name of their own.
fn special(word: &str, tokens: &[Token]) -> Option<(Option<Figured>, usize)> {
    let next = tokens.get(1);
    let call = || closing(tokens, 1).filter(|_| next.is_some_and(is_open));
    match word {
        "case" => case(tokens),
        "array" => Some((strong("array"), closing(tokens, 1)? + 1)),
        "null" | "true" | "false" => Some((None, 1)),
        "cast" | "treat" => {
            let end = call()?;
            let inner = &tokens[2..end];
            let split = top_level(inner, |token| token.is_word("as"))?;
            let (ty, _) = parse_type_name(&inner[split + 1..])?;
            let figured = match word {
                "cast" => cast(figure(&inner[..split]), &ty.name),
                _ => strong(&ty.name),
            };
            Some((figured, end + 1))
        }
        "trim" => {
            let end = call()?;
            let side = tokens[2].name().unwrap_or_default();
            let name = match side {
                "leading" => "ltrim",
                "trailing" => "rtrim",
                _ => "btrim",
            };
            Some((strong(name), end + 1))
        }
        "collation" => Some((strong("pg_collation_for"), closing(tokens, 2)? + 1)),
        _ => None,
    }
}

/// A `CASE` has the name of its `ELSE`.
fn case(tokens: &[Token]) -> Option<(Option<Figured>, usize)> {
    let mut depth = 0_usize;
    let mut default = None;
    for (at, token) in tokens.iter().enumerate() {
        if token.is_word("case") || is_opening(token) {
            depth += 1;
        } else if token.is_word("end") || is_closing(token) {
            depth -= 1;
            if depth == 0 {
                let inner = default.and_then(|start: usize| figure(&tokens[start..at]));
                return Some((cast(inner, "case"), at + 1));
            }
        } else if depth == 1 && token.is_word("else") {
            default = Some(at + 1);
        }
    }
    None
}

/// A column, a function call, or a constant of a type.
fn named(tokens: &[Token]) -> Option<(Option<Figured>, usize)> {
    if let Some((name, length)) = constant(tokens) {
        return Some((weak(&name), length));
    }
    if tokens[0].is_word("not") {
        return None;
    }
    let length = name_length(tokens);
    let name = tokens.get(length - 1)?.name()?;
    let length = match tokens.get(length) {
        Some(token) if is_open(token) => closing(tokens, length)? + 1,
        _ => length,
    };
    Some((strong(name), length))
}

/// A constant of a type (`date '2020-01-01'`, `interval '1' day`): the type's name, and its length in tokens.
fn constant(tokens: &[Token]) -> Option<(String, usize)> {
    let (ty, length) = parse_type_name(tokens)?;
    if !matches!(tokens.get(length), Some(Token::Text(_))) {
        return None;
    }
    let rest = &tokens[length + 1..];
    let fields = if ty.name == "interval" {
        interval_fields_length(rest)
    } else {
        0
    };
    Some((ty.name, length + 1 + fields))
}

fn is_opening(token: &Token) -> bool {
    token.is_symbol("(") || token.is_symbol("[")
}

fn is_closing(token: &Token) -> bool {
    token.is_symbol(")") || token.is_symbol("]")
}

/// The index of the bracket that closes the one at `open`.
fn closing(tokens: &[Token], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        if is_opening(token) {
            depth += 1;
        } else if is_closing(token) {
            depth = depth.checked_sub(1)?;
        }
        if depth == 0 {
            return Some(at).filter(|at| *at > open);
        }
    }
    None
}

/// The index of the first token outside of brackets that fits.
fn top_level(tokens: &[Token], fits: impl Fn(&Token) -> bool) -> Option<usize> {
    let mut depth = 0_usize;
    tokens.iter().position(|token| {
        if is_opening(token) {
            depth += 1;
        } else if is_closing(token) {
            depth = depth.saturating_sub(1);
        }
        depth == 0 && fits(token)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(sql: &str) -> String {
        expression_name(sql).unwrap_or_else(|| "expr".to_owned())
    }

    fn columns(sql: &str) -> String {
        columns_in(sql, "t", &["a", "b", "date", "year", "Big", "order"]).join(" ")
    }

    #[test]
    fn an_operator_outside_of_brackets_leaves_no_name() {
        for sql in [
            "a + b",
            "-a",
            "not a",
            "a is null",
            "a and b",
            "a in (1)",
            "~ a",
            "- a::int",
        ] {
            assert_eq!(name(sql), "expr", "{sql}");
        }
    }

    #[test]
    fn a_cast_gives_its_type_only_where_nothing_stronger_is_inside() {
        assert_eq!(name("a::int"), "a");
        assert_eq!(name("(a + b)::timestamp with time zone"), "timestamptz");
        assert_eq!(name("cast(a || b as varchar(3))"), "varchar");
        assert_eq!(name("cast(lower(a) as text)"), "lower");
    }

    #[test]
    fn broken_sql_has_no_name_and_does_not_panic() {
        for sql in [
            "",
            ")",
            "(",
            "a)",
            "case",
            "cast(a",
            "a::",
            "a at time",
            "array",
            "a.",
            "trim(",
        ] {
            let _ = (expression_name(sql), columns(sql));
        }
    }

    #[test]
    fn columns_are_found_in_any_spelling() {
        assert_eq!(columns("A > 0 and t.b < 1"), "a b");
        assert_eq!(columns(r#""Big" > 0"#), "Big");
        assert_eq!(columns("big > 0"), "");
        assert_eq!(columns(r#""order" is not null"#), "order");
        assert_eq!(columns("(t).a > 0"), "t");
    }

    #[test]
    fn types_functions_fields_and_texts_are_no_columns() {
        assert_eq!(columns("a::date > date '2020-01-01'"), "a");
        assert_eq!(columns("extract(year from a) > 0"), "a");
        assert_eq!(columns("cast(a as date) is null"), "a");
        assert_eq!(columns("date(a) > 'b'"), "a");
        assert_eq!(columns("make(a => 1, b := 2) > 0"), "");
        assert_eq!(columns(r#"a > 'x' collate "Big""#), "a");
    }
}
