//! Messages composed while a constant is evaluated: text, numbers, names and SQL types in one buffer.

use super::code::Code;
use crate::{
    def::{TableDef, TableName},
    ty::TypeDef,
};

/// Bytes a message may have; what goes beyond is cut.
const CAPACITY: usize = 1024;

/// The bytes of an identifier that count when two are compared for likeness (NAMEDATALEN).
const COMPARED: usize = 63;

/// A message under construction.
pub(crate) struct Message {
    bytes: [u8; CAPACITY],
    len: usize,
}

impl Message {
    /// A message about a kind of mistake, which it names first.
    pub(crate) const fn new(code: Code) -> Self {
        let mut message = Self {
            bytes: [0; CAPACITY],
            len: 0,
        };
        message.text(&["[", code.as_str(), "] "]);
        message
    }

    /// Appends text, whole characters only.
    pub(crate) const fn push(&mut self, text: &str) -> &mut Self {
        let bytes = text.as_bytes();
        let mut end = bytes.len();
        if end > CAPACITY - self.len {
            end = CAPACITY - self.len;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
        }
        let mut i = 0;
        while i < end {
            self.bytes[self.len + i] = bytes[i];
            i += 1;
        }
        self.len += end;
        self
    }

    /// Appends several pieces of text.
    pub(crate) const fn text(&mut self, pieces: &[&str]) -> &mut Self {
        let mut i = 0;
        while i < pieces.len() {
            self.push(pieces[i]);
            i += 1;
        }
        self
    }

    pub(crate) const fn number(&mut self, value: i128) -> &mut Self {
        let digits = Digits::of(value.unsigned_abs());
        if value < 0 {
            self.push("-");
        }
        self.push(digits.as_str())
    }

    /// Appends a table's name, with its namespace unless that is `public`, or the stand-in's of a table with errors.
    pub(crate) const fn table(&mut self, name: &TableName) -> &mut Self {
        if !same(name.namespace, "public") && !name.namespace.is_empty() {
            self.text(&[name.namespace, "."]);
        }
        self.push(name.name)
    }

    /// Appends `` `table.column` ``.
    pub(crate) const fn column(&mut self, table: &TableDef, column: &str) -> &mut Self {
        self.push("`").table(&table.name).text(&[".", column, "`"])
    }

    /// Appends names as `` `a`, `b` and `c` ``, with the given word before the last.
    pub(crate) const fn names(&mut self, names: &[&str], word: &str) -> &mut Self {
        let mut i = 0;
        while i < names.len() {
            self.separator(i, names.len(), word)
                .text(&["`", names[i], "`"]);
            i += 1;
        }
        self
    }

    /// Appends what stands before the item at `index` of a list of `len`.
    const fn separator(&mut self, index: usize, len: usize, word: &str) -> &mut Self {
        if index == 0 {
            self
        } else if index + 1 == len {
            self.text(&[" ", word, " "])
        } else {
            self.push(", ")
        }
    }

    /// Appends an SQL type in capitals, as the manual spells it.
    pub(crate) const fn sql_type(&mut self, ty: &TypeDef) -> &mut Self {
        if let TypeDef::Array(element) = ty {
            return self.sql_type(element).push("[]");
        }
        if let TypeDef::Named {
            namespace: Some(namespace),
            ..
        } = ty
            && !same(namespace, "public")
        {
            self.text(&[namespace, "."]);
        }
        self.push(type_name(ty));
        match ty {
            TypeDef::Varchar(Some(n))
            | TypeDef::Char(Some(n))
            | TypeDef::Bit(Some(n))
            | TypeDef::Varbit(Some(n)) => self.push("(").number(*n as i128).push(")"),
            TypeDef::Time(Some(p))
            | TypeDef::Timetz(Some(p))
            | TypeDef::Timestamp(Some(p))
            | TypeDef::Timestamptz(Some(p)) => self.push("(").number(*p as i128).push(")"),
            TypeDef::Numeric(Some((p, s))) => self
                .push("(")
                .number(*p as i128)
                .push(", ")
                .number(*s as i128)
                .push(")"),
            _ => self,
        }
    }

    /// Appends SQL types as `TEXT, VARCHAR or CHAR`, each followed by `suffix`.
    pub(crate) const fn sql_types(&mut self, types: &[TypeDef], suffix: &str) -> &mut Self {
        let mut i = 0;
        while i < types.len() {
            self.separator(i, types.len(), "or")
                .sql_type(&types[i])
                .push(suffix);
            i += 1;
        }
        self
    }

    /// Stops the build with this message, at the caller's tokens.
    #[track_caller]
    pub(crate) const fn fail(&self) -> ! {
        let (bytes, _) = self.bytes.split_at(self.len);
        match core::str::from_utf8(bytes) {
            Ok(text) => panic!("{}", text),
            Err(_) => panic!("the message is not UTF-8"),
        }
    }
}

/// A number's decimal digits.
pub(crate) struct Digits {
    bytes: [u8; 40],
    start: usize,
}

impl Digits {
    pub(crate) const fn of(mut value: u128) -> Self {
        let mut digits = Self {
            bytes: [b'0'; 40],
            start: 40,
        };
        while value > 0 || digits.start == 40 {
            digits.start -= 1;
            digits.bytes[digits.start] = b'0' + (value % 10) as u8;
            value /= 10;
        }
        digits
    }

    pub(crate) const fn as_str(&self) -> &str {
        let (_, bytes) = self.bytes.split_at(self.start);
        match core::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}

/// An SQL type's name without its modifiers; two types with one name differ in modifiers only.
pub(crate) const fn type_name(ty: &TypeDef) -> &'static str {
    match ty {
        TypeDef::Boolean => "BOOLEAN",
        TypeDef::SmallInt => "SMALLINT",
        TypeDef::Integer => "INTEGER",
        TypeDef::BigInt => "BIGINT",
        TypeDef::Real => "REAL",
        TypeDef::DoublePrecision => "DOUBLE PRECISION",
        TypeDef::Numeric(_) => "NUMERIC",
        TypeDef::Money => "MONEY",
        TypeDef::Text => "TEXT",
        TypeDef::Varchar(_) => "VARCHAR",
        TypeDef::Char(_) => "CHAR",
        TypeDef::Citext => "CITEXT",
        TypeDef::Bytea => "BYTEA",
        TypeDef::Date => "DATE",
        TypeDef::Time(_) => "TIME",
        TypeDef::Timetz(_) => "TIMETZ",
        TypeDef::Timestamp(_) => "TIMESTAMP",
        TypeDef::Timestamptz(_) => "TIMESTAMPTZ",
        TypeDef::Interval => "INTERVAL",
        TypeDef::Uuid => "UUID",
        TypeDef::Json => "JSON",
        TypeDef::Jsonb => "JSONB",
        TypeDef::Inet => "INET",
        TypeDef::Cidr => "CIDR",
        TypeDef::Macaddr => "MACADDR",
        TypeDef::Macaddr8 => "MACADDR8",
        TypeDef::Int4Range => "INT4RANGE",
        TypeDef::Int8Range => "INT8RANGE",
        TypeDef::NumRange => "NUMRANGE",
        TypeDef::TsRange => "TSRANGE",
        TypeDef::TstzRange => "TSTZRANGE",
        TypeDef::DateRange => "DATERANGE",
        TypeDef::Int4Multirange => "INT4MULTIRANGE",
        TypeDef::Int8Multirange => "INT8MULTIRANGE",
        TypeDef::NumMultirange => "NUMMULTIRANGE",
        TypeDef::TsMultirange => "TSMULTIRANGE",
        TypeDef::TstzMultirange => "TSTZMULTIRANGE",
        TypeDef::DateMultirange => "DATEMULTIRANGE",
        TypeDef::Bit(_) => "BIT",
        TypeDef::Varbit(_) => "VARBIT",
        TypeDef::Oid => "OID",
        TypeDef::Xml => "XML",
        TypeDef::TsVector => "TSVECTOR",
        TypeDef::TsQuery => "TSQUERY",
        TypeDef::Point => "POINT",
        TypeDef::Named { name, .. } | TypeDef::Verbatim(name) => name,
        TypeDef::Array(element) => type_name(element),
    }
}

/// Whether two texts are equal.
pub(crate) const fn same(a: &str, b: &str) -> bool {
    same_bytes(a.as_bytes(), b.as_bytes())
}

/// Whether two texts have the same bytes.
///
/// The compiler runs this for every table, at a price for each step: patterns that copy bytes cost it a fraction of an
/// index and a call of `len`.
pub(crate) const fn same_bytes(mut a: &[u8], mut b: &[u8]) -> bool {
    loop {
        match (a, b) {
            (&[a0, a1, a2, a3, ref a_rest @ ..], &[b0, b1, b2, b3, ref b_rest @ ..]) => {
                if a0 != b0 || a1 != b1 || a2 != b2 || a3 != b3 {
                    return false;
                }
                (a, b) = (a_rest, b_rest);
            }
            (&[a0, ref a_rest @ ..], &[b0, ref b_rest @ ..]) => {
                if a0 != b0 {
                    return false;
                }
                (a, b) = (a_rest, b_rest);
            }
            ([], []) => return true,
            _ => return false,
        }
    }
}

/// Whether two tables have one name.
pub(crate) const fn same_table(a: &TableName, b: &TableName) -> bool {
    a.is_same(b)
}

/// Whether `names` holds `name`.
pub(crate) const fn contains(mut names: &[&str], name: &str) -> bool {
    let name = name.as_bytes();
    while let [first, rest @ ..] = names {
        if same_bytes(first.as_bytes(), name) {
            return true;
        }
        names = rest;
    }
    false
}

/// How many insertions, deletions and replacements of bytes lie between two names (Levenshtein's distance).
pub(crate) const fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() > COMPARED || b.len() > COMPARED {
        return usize::MAX;
    }
    let mut row = [0; COMPARED + 1];
    let mut j = 0;
    while j <= b.len() {
        row[j] = j;
        j += 1;
    }
    let mut i = 0;
    while i < a.len() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        let mut j = 0;
        while j < b.len() {
            let replaced = diagonal + (a[i] != b[j]) as usize;
            diagonal = row[j + 1];
            row[j + 1] = least(replaced, least(row[j], diagonal) + 1);
            j += 1;
        }
        i += 1;
    }
    row[b.len()]
}

/// The index of the name most like `name`, if any is like enough to have been meant; of several, the one that agrees
/// longest from the start.
pub(crate) const fn nearest(name: &str, names: &[&str]) -> Option<usize> {
    let (mut found, mut shortest, mut longest) = (None, usize::MAX, 0);
    let mut i = 0;
    while i < names.len() {
        let distance = distance(name, names[i]);
        let prefix = common_prefix(name, names[i]);
        let is_better = distance < shortest || (distance == shortest && prefix > longest);
        if is_better && is_close(name, distance) {
            (found, shortest, longest) = (Some(i), distance, prefix);
        }
        i += 1;
    }
    found
}

const fn common_prefix(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i
}

const fn least(a: usize, b: usize) -> usize {
    if a < b { a } else { b }
}

/// Whether a distance is small enough for a slip of the pen.
pub(crate) const fn is_close(name: &str, distance: usize) -> bool {
    distance <= name.len() / 3 || (distance == 1 && name.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::{super::code, *};

    fn text(message: &Message) -> &str {
        let text = core::str::from_utf8(&message.bytes[..message.len]).unwrap();
        text.strip_prefix("[T0512] ").unwrap()
    }

    /// Bytes of the code and what surrounds it.
    const PREFIX: usize = "[T0512] ".len();

    #[test]
    fn numbers_are_written_in_full() {
        let mut message = Message::new(code::MISFIT);
        message
            .number(i128::MIN)
            .push(" ")
            .number(0)
            .push(" ")
            .number(-7);
        assert_eq!(
            text(&message),
            "-170141183460469231731687303715884105728 0 -7"
        );
    }

    #[test]
    fn types_are_written_with_their_modifiers() {
        let mut message = Message::new(code::MISFIT);
        message.sql_types(
            &[
                TypeDef::Varchar(Some(32)),
                TypeDef::Numeric(Some((10, -2))),
                TypeDef::Array(&TypeDef::Timestamptz(Some(3))),
            ],
            "",
        );
        assert_eq!(
            text(&message),
            "VARCHAR(32), NUMERIC(10, -2) or TIMESTAMPTZ(3)[]"
        );
    }

    #[test]
    fn a_message_too_long_is_cut_between_characters() {
        let mut message = Message::new(code::MISFIT);
        message.push(&"ä".repeat(CAPACITY)).push("x");
        assert_eq!(text(&message), "ä".repeat((CAPACITY - PREFIX) / 2));
        let mut message = Message::new(code::MISFIT);
        message.push("x").push(&"ä".repeat(CAPACITY));
        assert_eq!(message.len, CAPACITY - 1);
    }

    #[test]
    fn distances_count_edits() {
        assert_eq!(distance("id", "id"), 0);
        assert_eq!(distance("idd", "id"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }

    #[test]
    fn of_two_near_names_the_one_that_begins_alike_is_nearer() {
        assert_eq!(nearest("ofline", &["online", "offline"]), Some(1));
        assert_eq!(nearest("zzz", &["online", "offline"]), None);
    }

    #[test]
    fn one_edit_is_close_and_half_the_name_is_not() {
        assert!(is_close("id", distance("id", "ix")));
        assert!(is_close("usernmae", distance("usernmae", "username")));
        assert!(!is_close("email", distance("email", "name")));
    }
}
