//! Database names → Rust names: words, singulars, keywords, and what is taken already.

use std::collections::BTreeSet;

/// Rust's keywords, which stand as raw identifiers
/// ([Keywords](https://doc.rust-lang.org/reference/keywords.html)).
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that cannot even be raw.
const NEVER_RAW: [&str; 5] = ["self", "Self", "super", "crate", "_"];

/// Names that mean something else in the files that are written: what they import, and what every file has.
const IMPORTED: [&str; 40] = [
    "Box",
    "Clone",
    "Copy",
    "Date",
    "DateTime",
    "Debug",
    "Decimal",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Fn",
    "From",
    "Hash",
    "Id",
    "Into",
    "IpAddr",
    "IpCidr",
    "Iterator",
    "MacAddress",
    "Multirange",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "Range",
    "RawValue",
    "Result",
    "Self",
    "Send",
    "Some",
    "SqlComposite",
    "SqlDomain",
    "SqlEnum",
    "String",
    "Table",
    "Time",
    "Uuid",
    "Vec",
];

/// As [`IMPORTED`]; a list of its own for its length alone.
const IMPORTED_TOO: [&str; 6] = ["Sized", "Sync", "Timestamp", "ToString", "Value", "View"];

/// Splits a name into words, in lower case: at anything that is no letter or digit, and before an upper-case letter that
/// follows a lower-case one or begins one.
fn words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (at, c) in chars.iter().copied().enumerate() {
        if !is_letter(c) && !c.is_ascii_digit() {
            words.push(String::new());
            continue;
        }
        let previous = at.checked_sub(1).map(|at| chars[at]);
        let next_is_lower = chars.get(at + 1).is_some_and(|next| next.is_lowercase());
        let starts = c.is_uppercase()
            && previous.is_some_and(|previous| {
                previous.is_lowercase()
                    || previous.is_ascii_digit()
                    || previous.is_uppercase() && next_is_lower
            });
        if starts {
            words.push(String::new());
        }
        let word = words.last_mut().expect("there is a word to begin with");
        word.extend(
            c.to_lowercase()
                .filter(|c| is_letter(*c) || c.is_ascii_digit()),
        );
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Letters that are an identifier's as they stand: of ASCII, and those other ones that have one form alone.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
        || c.is_alphabetic()
            && matches!(c,
                '\u{c0}'..='\u{17e}' | '\u{386}'..='\u{3ce}' | '\u{400}'..='\u{481}' | '\u{5d0}'..='\u{5ea}'
                | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
            && !matches!(
                c,
                '\u{132}' | '\u{133}' | '\u{13f}' | '\u{140}' | '\u{149}' | '\u{387}' | '\u{130}'
            )
}

/// A name in `UpperCamelCase`.
pub(super) fn camel(name: &str) -> String {
    let words = words(name);
    let mut camel = String::new();
    for word in words {
        let mut chars = word.chars();
        camel.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        camel.push_str(chars.as_str());
    }
    match camel.chars().next() {
        None => "Unnamed".to_owned(),
        // Without a case, a struct would be called as its module is.
        Some(first) if !first.is_uppercase() => format!("N{camel}"),
        Some(_) => camel,
    }
}

/// A name in `snake_case`, which is the name itself where that is one.
pub(super) fn snake(name: &str) -> String {
    let plain = |c: char| c == '_' || c.is_ascii_digit() || is_letter(c) && !c.is_uppercase();
    let is_plain = name.chars().all(plain)
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().any(|c| c != '_')
        && !name.contains("__");
    if is_plain {
        return name.to_owned();
    }
    let snake = words(name).join("_");
    match snake.chars().next() {
        None => "unnamed".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("n{snake}"),
        Some(_) => snake,
    }
}

/// What the derives call a struct's table or type where its attribute gives no name.
pub(super) fn derived(ident: &str) -> String {
    let chars: Vec<char> = ident.chars().collect();
    let mut name = String::new();
    for (at, c) in chars.iter().copied().enumerate() {
        let previous = at.checked_sub(1).map(|at| chars[at]);
        let next_is_lower = chars.get(at + 1).is_some_and(|next| next.is_lowercase());
        let starts = c.is_uppercase()
            && previous.is_some_and(|previous| {
                previous.is_lowercase()
                    || previous.is_numeric()
                    || previous.is_uppercase() && next_is_lower
            });
        if starts {
            name.push('_');
        }
        name.extend(c.to_lowercase());
    }
    name
}

/// A field or module as Rust spells it: a keyword is raw.
pub(super) fn raw(name: &str) -> String {
    if KEYWORDS.contains(&name) {
        format!("r#{name}")
    } else {
        name.to_owned()
    }
}

/// A name that is free, which is taken by it: the first of these, or the last with a number behind it.
pub(super) fn free(taken: &mut BTreeSet<String>, candidates: &[String]) -> String {
    let is_free = |name: &str, taken: &BTreeSet<String>| !taken.contains(name);
    let found = candidates.iter().find(|name| is_free(name, taken)).cloned();
    let last = candidates.last().cloned().unwrap_or_default();
    let name = found.unwrap_or_else(|| {
        (2..)
            .map(|number| format!("{last}{number}"))
            .find(|name| is_free(name, taken))
            .unwrap_or(last)
    });
    taken.insert(name.clone());
    name
}

/// The struct names that are taken before any table has one.
pub(super) fn taken_structs() -> BTreeSet<String> {
    let names = IMPORTED.iter().chain(&IMPORTED_TOO);
    names.map(|name| (*name).to_owned()).collect()
}

/// The names no field and no module can have.
pub(super) fn taken_fields() -> BTreeSet<String> {
    NEVER_RAW.iter().map(|name| (*name).to_owned()).collect()
}

/// What one of several is called: English plurals, as far as a table's name goes. Only the last word is looked at.
pub(super) fn singular(name: &str) -> String {
    let lower = name.to_lowercase();
    let start = words(name)
        .last()
        .map_or(0, |word| lower.rfind(word.as_str()).unwrap_or(0));
    let Some((before, last)) = name.split_at_checked(start) else {
        return name.to_owned();
    };
    format!("{before}{}", singular_word(last))
}

/// Plurals that follow no rule, with their singulars.
const IRREGULAR: [(&str, &str); 24] = [
    ("people", "person"),
    ("children", "child"),
    ("men", "man"),
    ("women", "woman"),
    ("mice", "mouse"),
    ("geese", "goose"),
    ("feet", "foot"),
    ("teeth", "tooth"),
    ("indices", "index"),
    ("vertices", "vertex"),
    ("matrices", "matrix"),
    ("appendices", "appendix"),
    ("criteria", "criterion"),
    ("phenomena", "phenomenon"),
    ("movies", "movie"),
    ("cookies", "cookie"),
    ("zombies", "zombie"),
    ("calories", "calorie"),
    ("caches", "cache"),
    ("headaches", "headache"),
    ("shoes", "shoe"),
    ("lives", "life"),
    ("shelves", "shelf"),
    ("quizzes", "quiz"),
];

/// Words that are their own singular, although they end in `s`.
const UNCHANGED: [&str; 14] = [
    "news", "series", "species", "sms", "dns", "rss", "css", "https", "always", "canvas", "atlas",
    "bias", "gas", "lens",
];

/// Endings of plurals, with those of their singulars; the first that fits.
const ENDINGS: [(&str, &str); 17] = [
    ("analyses", "analysis"),
    ("theses", "thesis"),
    ("crises", "crisis"),
    ("databases", "database"),
    ("statuses", "status"),
    ("viruses", "virus"),
    ("campuses", "campus"),
    ("aliases", "alias"),
    ("bonuses", "bonus"),
    ("buses", "bus"),
    ("sses", "ss"),
    ("shes", "sh"),
    ("ches", "ch"),
    ("xes", "x"),
    ("zzes", "zz"),
    ("ies", "y"),
    ("oes", "o"),
];

fn singular_word(word: &str) -> String {
    let lower = word.to_lowercase();
    if UNCHANGED.contains(&lower.as_str()) {
        return word.to_owned();
    }
    let ends_as_singular = ["ss", "us", "is"].iter().any(|end| lower.ends_with(end));
    let irregular = IRREGULAR.iter().find(|(plural, _)| *plural == lower);
    let ending = ENDINGS
        .iter()
        .find(|(plural, _)| lower.ends_with(plural) && lower.len() > 3);
    let (plural, one) = match (irregular, ending) {
        (Some((plural, one)), _) => (*plural, *one),
        (None, Some((plural, one))) => (*plural, *one),
        (None, None) if lower.len() > 2 && lower.ends_with('s') && !ends_as_singular => ("s", ""),
        (None, None) => return word.to_owned(),
    };
    let kept = word.len().saturating_sub(plural.len());
    // The first letter's case is the name's own.
    let (start, end) = (&word[..kept], &word[kept..]);
    match end.chars().next() {
        Some(first) if start.is_empty() && first.is_uppercase() => {
            let mut chars = one.chars();
            let first = chars.next().into_iter().flat_map(char::to_uppercase);
            first.chain(chars).collect()
        }
        _ => format!("{start}{one}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_called_as_one_of_its_rows() {
        for (table, expected) in [
            ("users", "User"),
            ("server_members", "ServerMember"),
            ("channel_categories", "ChannelCategory"),
            ("addresses", "Address"),
            ("statuses", "Status"),
            ("boxes", "Box"),
            ("batches", "Batch"),
            ("people", "Person"),
            ("sales_people", "SalesPerson"),
            ("caches", "Cache"),
            ("news", "News"),
            ("status", "Status"),
            ("process", "Process"),
            ("UserAccounts", "UserAccount"),
            ("OrderDetails", "OrderDetail"),
            ("movies", "Movie"),
            ("databases", "Database"),
            ("analyses", "Analysis"),
            ("heroes", "Hero"),
            ("houses", "House"),
            ("purchases", "Purchase"),
            ("2fa_codes", "N2faCode"),
            ("größen", "Größen"),
            ("日本", "N日本"),
            ("order items", "OrderItem"),
            ("\"$\"", "Unnamed"),
        ] {
            assert_eq!(camel(&singular(table)), expected, "{table}");
        }
    }

    #[test]
    fn a_field_is_the_column_where_that_is_rust() {
        for (column, expected) in [
            ("created_at", "created_at"),
            ("_private", "_private"),
            ("größe", "größe"),
            ("CreatedAt", "created_at"),
            ("userID", "user_id"),
            ("HTTPStatus", "http_status"),
            ("2fa", "n2fa"),
            ("na me", "na_me"),
            ("a.b", "a_b"),
            ("a__b", "a_b"),
            ("_", "unnamed"),
            ("日本", "日本"),
            ("😀", "unnamed"),
        ] {
            assert_eq!(snake(column), expected, "{column}");
        }
        assert_eq!(raw("type"), "r#type");
        assert_eq!(raw("kind"), "kind");
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        let mut taken = taken_fields();
        let mut next = |name: &str| free(&mut taken, &[name.to_owned(), format!("{name}_")]);
        assert_eq!(next("self"), "self_");
        assert_eq!(next("self"), "self_2");
        assert_eq!(next("id"), "id");
    }
}
