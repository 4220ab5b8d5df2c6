//! What is wrong with a schema as it is declared.

use std::fmt;

/// A definition that PostgreSQL would refuse, or that does not fit the others.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemaError {
    /// One table is listed twice.
    DuplicateTable {
        /// The table.
        table: String,
        /// Where it is declared first.
        first: Place,
        /// Where it is declared again.
        second: Place,
    },
    /// Two types have one name.
    DuplicateType {
        /// The name.
        name: String,
        /// Where one is declared.
        first: Place,
        /// Where the other is declared.
        second: Place,
    },
    /// A foreign key references a table that is not in the schema.
    MissingTable {
        /// The foreign key, by its table and columns.
        foreign_key: String,
        /// The referenced table.
        table: String,
        /// The struct that has the foreign key.
        place: Place,
    },
    /// A view reads a table or view that is not in the schema.
    MissingRelation {
        /// The view.
        view: String,
        /// What it reads.
        relation: String,
        /// The view's struct.
        place: Place,
    },
    /// Views read each other in a circle.
    ViewCycle {
        /// Those of the circle, and those that read them.
        views: Vec<String>,
        /// The struct of the first.
        place: Place,
    },
    /// A foreign key names no columns, and the table it references has no primary key.
    MissingPrimaryKey {
        /// The foreign key, by its table and columns.
        foreign_key: String,
        /// The referenced table.
        table: String,
        /// The struct that has the foreign key.
        place: Place,
    },
    /// A foreign key references a field that the referenced table's struct does not have.
    MissingField {
        /// The foreign key, by its table and columns.
        foreign_key: String,
        /// The referenced table.
        table: String,
        /// The field.
        field: String,
        /// The referenced struct.
        place: Place,
    },
    /// A foreign key has more or fewer columns than it references.
    ColumnCount {
        /// The foreign key, by its table and columns.
        foreign_key: String,
        /// How many columns it has.
        columns: usize,
        /// The referenced table.
        table: String,
        /// How many columns it references.
        referenced_columns: usize,
    },
    /// A constraint or index names a column that its table does not have.
    MissingColumn {
        /// What names it.
        object: &'static str,
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// The table's struct.
        place: Place,
    },
    /// Two objects that may not share a name do.
    NameClash {
        /// The name.
        name: String,
        /// What has it first.
        first: String,
        /// What would have it too.
        second: String,
    },
    /// A name that PostgreSQL does not take as it is.
    InvalidName {
        /// The name.
        name: String,
        /// What it is the name of.
        object: String,
        /// Why not.
        reason: &'static str,
    },
    /// Tables and objects need each other, so that none can be created first.
    DependencyCycle {
        /// Each with its kind, and each needing the next; the last needs the first.
        cycle: Vec<String>,
    },
    /// An index that a table does not have.
    MissingIndex {
        /// The table.
        table: String,
        /// The word that names it.
        word: &'static str,
        /// The index.
        index: String,
    },
    /// Text that is no type's name.
    InvalidType {
        /// The text.
        text: String,
    },
}

/// Where a struct or enum is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The struct's or enum's name.
    pub rust_name: &'static str,
    /// The file, as rustc was given it.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: u32,
}

impl Place {
    /// As for a struct or enum alike.
    fn without_kind(&self) -> impl fmt::Display {
        let Self {
            rust_name,
            file,
            line,
        } = self;
        format!("`{rust_name}` ({file}:{line})")
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "struct `{}`, {}:{}",
            self.rust_name, self.file, self.line
        )
    }
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DuplicateTable {
                table,
                first,
                second,
            } => write!(
                f,
                "table `{table}` is declared twice: {first}, and {second}; \
                 give one another `name`, or list it once"
            ),
            Self::DuplicateType {
                name,
                first,
                second,
            } => write!(
                f,
                "type `{name}` is declared twice: as {}, and as {}; give one another `name`",
                first.without_kind(),
                second.without_kind()
            ),
            Self::MissingColumn {
                object,
                table,
                column,
                place,
            } => write!(
                f,
                "{object} of table `{table}` ({place}) names column `{column}`, which the table does not \
                 have; name one of its columns"
            ),
            Self::NameClash {
                name,
                first,
                second,
            } => write!(
                f,
                "{second} and {first} are both called `{name}`; give one another `name`"
            ),
            Self::InvalidName {
                name,
                object,
                reason,
            } => {
                write!(
                    f,
                    "`{}` cannot be the name of {object}: it {reason}",
                    name.escape_debug()
                )
            }
            Self::MissingIndex { table, word, index } => write!(
                f,
                "`{word}` names the index `{index}`, which table `{table}` does not have; write the name of one of \
                 its indexes or keys"
            ),
            Self::InvalidType { text } => write!(
                f,
                "`{text}` is not the name of a type; write it as in a column of CREATE TABLE, like \
                 `vector(3)`"
            ),
            _ => self.fmt_order(f),
        }
    }
}

impl SchemaError {
    /// The messages about what has to be there before something else.
    fn fmt_order(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DependencyCycle { cycle } => {
                let first = cycle.first().map_or("", String::as_str);
                let rest = cycle.iter().skip(1).map(String::as_str);
                let needed: Vec<&str> = rest.chain([first]).collect();
                write!(
                    f,
                    "nothing can be created first: {first} needs {}; take one of these out, or qualify a name \
                     that means another object",
                    needed.join(", which needs ")
                )
            }
            Self::MissingRelation {
                view,
                relation,
                place,
            } => write!(
                f,
                "view `{view}` ({place}) reads `{relation}`, which this schema does not have; \
                 add its struct to the schema!"
            ),
            Self::ViewCycle { views, place } => write!(
                f,
                "views read each other in a circle ({place}): none of `{}` can be made first",
                views.join("`, `")
            ),
            _ => self.fmt_foreign_key(f),
        }
    }

    /// The messages about the two ends of a foreign key.
    fn fmt_foreign_key(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingTable {
                foreign_key,
                table,
                place,
            } => write!(
                f,
                "foreign key `{foreign_key}` ({place}) references table `{table}`, which this schema \
                 does not have; add the table to the schema!, or reference another"
            ),
            Self::MissingPrimaryKey {
                foreign_key,
                table,
                place,
            } => write!(
                f,
                "foreign key `{foreign_key}` ({place}) references the primary key of `{table}`, which \
                 has none; name the columns of one of its unique constraints"
            ),
            Self::MissingField {
                foreign_key,
                table,
                field,
                place,
            } => write!(
                f,
                "foreign key `{foreign_key}` references field `{field}` of table `{table}`, which does \
                 not have it ({place}); name one of that struct's fields"
            ),
            Self::ColumnCount {
                foreign_key,
                columns,
                table,
                referenced_columns,
            } => write!(
                f,
                "foreign key `{foreign_key}` has {columns} columns, but references {referenced_columns} \
                 of `{table}`; name as many on both sides"
            ),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for SchemaError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_both_ends_and_the_way_out() {
        let place = Place {
            rust_name: "Message",
            file: "src/message.rs",
            line: 7,
        };
        let error = SchemaError::MissingTable {
            foreign_key: "messages.author_id".into(),
            table: "user".into(),
            place,
        };
        assert_eq!(
            error.to_string(),
            "foreign key `messages.author_id` (struct `Message`, src/message.rs:7) references table `user`, \
             which this schema does not have; add the table to the schema!, or reference another"
        );
    }
}
