//! Reads the name of an SQL type, in whichever of its spellings
//! ([Data Types](https://www.postgresql.org/docs/current/datatype.html)).

use super::token::Token;

/// A type's name as the server's grammar resolves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TypeName {
    /// The namespace, where one is written.
    pub(crate) namespace: Option<String>,
    /// The name in `pg_type`: `int4` for `integer`.
    pub(crate) name: String,
    /// The fields of an interval: `day to second`.
    pub(crate) fields: Option<String>,
    /// What stands in parentheses after it.
    pub(crate) modifiers: Vec<String>,
    /// Whether it is an array, of however many dimensions.
    pub(crate) array: bool,
}

/// Reads a type's name from the front of `tokens`; returns it with the number of tokens it takes.
pub(crate) fn parse_type_name(tokens: &[Token]) -> Option<(TypeName, usize)> {
    let mut reader = Reader { tokens, at: 0 };
    let mut ty = match tokens.first()? {
        Token::Word(word) => match reader.builtin(word) {
            Some(ty) => ty,
            None => reader.generic()?,
        },
        _ => reader.generic()?,
    };
    ty.array = reader.array();
    Some((ty, reader.at))
}

/// The tokens of an interval's fields (`day to second`), which may be none.
pub(crate) fn interval_fields_length(tokens: &[Token]) -> usize {
    let is_field = |token: &Token| {
        ["year", "month", "day", "hour", "minute", "second", "to"]
            .iter()
            .any(|word| token.is_word(word))
    };
    tokens.iter().take_while(|token| is_field(token)).count()
}

struct Reader<'t> {
    tokens: &'t [Token],
    at: usize,
}

impl Reader<'_> {
    fn takes_words(&mut self, words: &[&str]) -> bool {
        let rest = &self.tokens[self.at..];
        let found = rest.len() >= words.len()
            && words
                .iter()
                .zip(rest)
                .all(|(word, token)| token.is_word(word));
        if found {
            self.at += words.len();
        }
        found
    }

    fn takes_symbol(&mut self, symbol: &str) -> bool {
        let found = self
            .tokens
            .get(self.at)
            .is_some_and(|token| token.is_symbol(symbol));
        self.at += usize::from(found);
        found
    }

    /// The types the grammar itself knows: those with names of several words, and aliases.
    fn builtin(&mut self, word: &str) -> Option<TypeName> {
        self.at = 1;
        let name = match word {
            "int" | "integer" => "int4",
            "smallint" => "int2",
            "bigint" => "int8",
            "real" => "float4",
            "boolean" => "bool",
            "decimal" | "dec" | "numeric" => "numeric",
            "double" if self.takes_words(&["precision"]) => "float8",
            "float" => return Some(self.float()),
            "bit" if self.takes_words(&["varying"]) => "varbit",
            "bit" => "bit",
            "varchar" => "varchar",
            "national" if self.takes_words(&["character"]) || self.takes_words(&["char"]) => {
                self.character()
            }
            "character" | "char" | "nchar" => self.character(),
            "time" => return Some(self.time("time", "timetz")),
            "timestamp" => return Some(self.time("timestamp", "timestamptz")),
            "interval" => return Some(self.interval()),
            _ => {
                self.at = 0;
                return None;
            }
        };
        let mut modifiers = self.modifiers();
        if modifiers.is_empty() && matches!(name, "bit" | "bpchar") {
            modifiers.push("1".to_owned());
        }
        Some(plain(name, modifiers))
    }

    fn character(&mut self) -> &'static str {
        if self.takes_words(&["varying"]) {
            "varchar"
        } else {
            "bpchar"
        }
    }

    fn float(&mut self) -> TypeName {
        let bits = self.modifiers();
        let single = bits
            .first()
            .and_then(|bits| bits.parse().ok())
            .is_some_and(|bits: u32| bits <= 24);
        plain(if single { "float4" } else { "float8" }, Vec::new())
    }

    fn time(&mut self, without: &str, with: &str) -> TypeName {
        let modifiers = self.modifiers();
        let zone = self.takes_words(&["with", "time", "zone"]);
        if !zone {
            self.takes_words(&["without", "time", "zone"]);
        }
        plain(if zone { with } else { without }, modifiers)
    }

    fn interval(&mut self) -> TypeName {
        let start = self.at;
        self.at += interval_fields_length(&self.tokens[start..]);
        let fields: Vec<&str> = self.tokens[start..self.at]
            .iter()
            .filter_map(Token::name)
            .collect();
        TypeName {
            fields: (!fields.is_empty()).then(|| fields.join(" ")),
            ..plain("interval", self.modifiers())
        }
    }

    /// A name of one or two parts, with modifiers.
    fn generic(&mut self) -> Option<TypeName> {
        let mut names = vec![self.name()?];
        while self.takes_symbol(".") {
            names.push(self.name()?);
        }
        let name = names.pop()?;
        let namespace = names.pop();
        let modifiers = self.modifiers();
        Some(TypeName {
            namespace,
            ..plain(&name, modifiers)
        })
    }

    fn name(&mut self) -> Option<String> {
        let name = self.tokens.get(self.at)?.name()?.to_owned();
        self.at += 1;
        Some(name)
    }

    /// `(10, 2)`, each modifier as written but for blanks.
    fn modifiers(&mut self) -> Vec<String> {
        let start = self.at;
        if !self.takes_symbol("(") {
            return Vec::new();
        }
        let mut modifiers = vec![String::new()];
        while let Some(token) = self.tokens.get(self.at) {
            self.at += 1;
            match token {
                Token::Symbol(symbol) if symbol == ")" => return modifiers,
                Token::Symbol(symbol) if symbol == "," => modifiers.push(String::new()),
                token => {
                    if let Some(last) = modifiers.last_mut() {
                        last.push_str(&written(token));
                    }
                }
            }
        }
        self.at = start;
        Vec::new()
    }

    fn array(&mut self) -> bool {
        let mut array = self.takes_words(&["array"]);
        while self
            .tokens
            .get(self.at)
            .is_some_and(|token| token.is_symbol("["))
        {
            let bound = usize::from(matches!(
                self.tokens.get(self.at + 1),
                Some(Token::Number(_))
            ));
            if !self
                .tokens
                .get(self.at + 1 + bound)
                .is_some_and(|token| token.is_symbol("]"))
            {
                break;
            }
            self.at += 2 + bound;
            array = true;
        }
        array
    }
}

fn plain(name: &str, modifiers: Vec<String>) -> TypeName {
    TypeName {
        namespace: None,
        name: name.to_owned(),
        fields: None,
        modifiers,
        array: false,
    }
}

fn written(token: &Token) -> String {
    match token {
        Token::Word(text) | Token::Number(text) | Token::Symbol(text) => text.clone(),
        Token::Quoted(name) => super::quote(name).into_owned(),
        Token::Text(text) => super::quote_literal(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ident::token::parse_tokens;

    fn resolved(sql: &str) -> String {
        let tokens = parse_tokens(sql);
        let (ty, length) = parse_type_name(&tokens).unwrap();
        assert_eq!(length, tokens.len(), "all of {sql}");
        let namespace = ty.namespace.map(|name| name + ".").unwrap_or_default();
        let fields = ty
            .fields
            .map(|fields| format!(" {fields}"))
            .unwrap_or_default();
        let array = if ty.array { "[]" } else { "" };
        format!(
            "{namespace}{}{fields}({}){array}",
            ty.name,
            ty.modifiers.join(",")
        )
    }

    #[test]
    fn types_of_several_words_and_aliases_resolve_to_their_catalog_name() {
        assert_eq!(resolved("timestamp (3) with time zone"), "timestamptz(3)");
        assert_eq!(resolved("character varying(32)[]"), "varchar(32)[]");
        assert_eq!(resolved("DOUBLE precision"), "float8()");
        assert_eq!(resolved("float(24)"), "float4()");
        assert_eq!(resolved("bit"), "bit(1)");
        assert_eq!(resolved("char"), "bpchar(1)");
        assert_eq!(
            resolved("interval day to second (2)"),
            "interval day to second(2)"
        );
        assert_eq!(resolved("numeric(10, -2)"), "numeric(10,-2)");
        assert_eq!(resolved("int array[3]"), "int4()[]");
    }

    #[test]
    fn other_names_stay_as_they_are() {
        assert_eq!(resolved("Mood"), "mood()");
        assert_eq!(resolved(r#"audit."Mood"[3][]"#), "audit.Mood()[]");
        assert_eq!(resolved(r#""char""#), "char()");
        assert_eq!(resolved("geometry(Point, 4326)"), "geometry(point,4326)");
    }
}
