//! What object identifiers stand for.

use std::collections::{BTreeMap, BTreeSet};

use schema_core::schema::{Collation, QualifiedName, SqlType, Storage};

use super::{
    super::{
        IntrospectError,
        fetch::{Answers, Fields},
    },
    searched_name,
};

/// A system catalog; its object identifier is the same in every database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Type = 1247,
    Relation = 1259,
    Constraint = 2606,
    Namespace = 2615,
    Extension = 3079,
    Policy = 3256,
    Collation = 3456,
}

/// All that other rows refer to.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    namespaces: BTreeMap<u32, String>,
    members: BTreeSet<(u32, u32)>,
    comments: BTreeMap<(u32, u32, i32), String>,
    collations: BTreeMap<u32, Collation>,
    operator_classes: BTreeMap<u32, OperatorClass>,
    /// The operator class that is the default of a method for a type, by both.
    defaults: BTreeMap<(u32, u32), u32>,
    types: BTreeMap<(u32, i32), TypeUsed>,
    columns: BTreeMap<(u32, i16), ColumnFacts>,
    /// The options of an index's column, which are its operator class's.
    index_options: BTreeMap<(u32, i16), Vec<String>>,
}

#[derive(Debug)]
struct OperatorClass {
    name: String,
    method: u32,
    default_for: Option<u32>,
}

/// A type with its modifier.
#[derive(Debug)]
pub(super) struct TypeUsed {
    pub(super) sql_type: SqlType,
    pub(super) collation: u32,
    pub(super) storage: Option<Storage>,
    /// The type itself; of a domain the type below it.
    base: u32,
}

/// What an index needs to know of a column.
#[derive(Debug)]
pub(super) struct ColumnFacts {
    pub(super) name: String,
    pub(super) collation: u32,
    base: u32,
}

impl Lookup {
    pub(super) fn new(answers: &Answers) -> Result<Self, IntrospectError> {
        let mut lookup = Self::default();
        for mut fields in answers.namespaces.rows() {
            lookup.namespaces.insert(fields.next()?, fields.next()?);
        }
        for mut fields in answers.members.rows() {
            lookup.members.insert((fields.next()?, fields.next()?));
        }
        for mut fields in answers.comments.rows() {
            let object = (fields.next()?, fields.next()?, fields.next()?);
            lookup.comments.insert(object, fields.next()?);
        }
        for mut fields in answers.collations.rows() {
            let (oid, collation) = (fields.next()?, collation(fields)?);
            lookup.collations.insert(oid, collation);
        }
        for fields in answers.operator_classes.rows() {
            lookup.read_operator_class(fields)?;
        }
        for fields in answers.types_used.rows() {
            lookup.read_type(fields)?;
        }
        for fields in answers.columns.rows() {
            lookup.read_column(fields)?;
        }
        Ok(lookup)
    }

    fn read_operator_class(&mut self, mut fields: Fields<'_>) -> Result<(), IntrospectError> {
        let oid = fields.next()?;
        let class = OperatorClass {
            name: searched_name(fields.next()?, fields.next()?),
            method: fields.next()?,
            default_for: fields.next()?,
        };
        if let Some(ty) = class.default_for {
            self.defaults.insert((class.method, ty), oid);
        }
        self.operator_classes.insert(oid, class);
        Ok(())
    }

    fn read_type(&mut self, mut fields: Fields<'_>) -> Result<(), IntrospectError> {
        let key = (fields.next()?, fields.next()?);
        let text: &str = fields.next()?;
        let parsed: Result<SqlType, _> = text.parse();
        let mut sql_type = parsed.map_err(|error| fields.error(error.to_string()))?;
        let namespace: String = fields.next()?;
        sql_type.namespace = (namespace != "pg_catalog").then_some(namespace);
        let ty = TypeUsed {
            sql_type,
            collation: fields.next()?,
            storage: storage(fields.next()?),
            base: fields.next()?,
        };
        self.types.insert(key, ty);
        Ok(())
    }

    fn read_column(&mut self, mut fields: Fields<'_>) -> Result<(), IntrospectError> {
        let key = (fields.next()?, fields.next()?);
        let name = fields.next()?;
        let ty = (fields.next()?, fields.next()?);
        fields.skip(5);
        let facts = ColumnFacts {
            name,
            collation: fields.next()?,
            base: self.types.get(&ty).map_or(ty.0, |ty| ty.base),
        };
        fields.skip(3);
        if let Some(options) = fields.next()? {
            self.index_options.insert(key, options);
        }
        self.columns.insert(key, facts);
        Ok(())
    }

    /// Whether an extension made it.
    pub(super) fn is_member(&self, class: Class, oid: u32) -> bool {
        self.members.contains(&(class as u32, oid))
    }

    /// As [`is_member`](Self::is_member), of any catalog.
    pub(super) fn is_any_member(&self, class: u32, oid: u32) -> bool {
        self.members.contains(&(class, oid))
    }

    /// The comment on an object of any catalog.
    pub(super) fn comment_on(&self, class: u32, oid: u32) -> Option<String> {
        self.comments.get(&(class, oid, 0)).cloned()
    }

    pub(super) fn comment(&self, class: Class, oid: u32, part: i32) -> Option<String> {
        self.comments.get(&(class as u32, oid, part)).cloned()
    }

    /// An object's name; what lies elsewhere has none.
    pub(super) fn qualified(&self, namespace: u32, name: String) -> Option<QualifiedName> {
        let namespace = self.namespaces.get(&namespace)?;
        Some(QualifiedName::new(namespace, name))
    }

    pub(super) fn type_used(&self, oid: u32, modifier: i32) -> Option<&TypeUsed> {
        self.types.get(&(oid, modifier))
    }

    pub(super) fn column(&self, relation: u32, number: i16) -> Option<&ColumnFacts> {
        self.columns.get(&(relation, number))
    }

    /// The names of columns by their numbers.
    pub(super) fn column_names(&self, relation: u32, numbers: &[i16]) -> Vec<String> {
        let columns = numbers
            .iter()
            .filter_map(|number| self.column(relation, *number));
        columns.map(|column| column.name.clone()).collect()
    }

    /// A collation, where it is not what it would be without being named.
    pub(super) fn collation(&self, oid: u32, usual: u32) -> Option<Collation> {
        if oid == usual {
            return None;
        }
        self.collations.get(&oid).cloned()
    }

    /// The operator class of an index's key as SQL, where it is not the default for what is indexed or has parameters.
    /// One that is the default of another type may be that of a type that has none of its own.
    pub(super) fn operator_class(
        &self,
        class: u32,
        column: Option<&ColumnFacts>,
        options: &[String],
    ) -> Option<String> {
        let found = self.operator_classes.get(&class)?;
        let own = column.and_then(|column| self.defaults.get(&(found.method, column.base)));
        let is_default = match own {
            Some(own) => *own == class,
            None => found.default_for.is_some(),
        };
        if is_default && options.is_empty() {
            return None;
        }
        self.named_operator_class(class, options)
    }

    /// An operator class as SQL.
    pub(super) fn named_operator_class(&self, class: u32, options: &[String]) -> Option<String> {
        let found = self.operator_classes.get(&class)?;
        Some(format!("{}{}", found.name, render_options(options)))
    }

    /// The parameters of an index key's operator class.
    pub(super) fn index_options(&self, index: u32, key: i16) -> &[String] {
        let options = self.index_options.get(&(index, key));
        options.map_or(&[], Vec::as_slice)
    }
}

fn collation(mut fields: Fields<'_>) -> Result<Collation, IntrospectError> {
    let namespace: String = fields.next()?;
    let searched = matches!(
        namespace.as_str(),
        "pg_catalog" | schema_core::ident::PUBLIC
    );
    Ok(Collation {
        namespace: (!searched).then_some(namespace),
        name: fields.next()?,
    })
}

fn render_options(options: &[String]) -> String {
    let options: Vec<String> = options
        .iter()
        .filter_map(|option| {
            let (name, value) = option.split_once('=')?;
            let (name, value) = (
                schema_core::ident::quote(name),
                schema_core::ident::quote_literal(value),
            );
            Some(format!("{name}={value}"))
        })
        .collect();
    match options.as_slice() {
        [] => String::new(),
        options => format!("({})", options.join(", ")),
    }
}

/// Reads how a type or column is stored.
pub(super) fn storage(letter: &str) -> Option<Storage> {
    match letter {
        "p" => Some(Storage::Plain),
        "e" => Some(Storage::External),
        "m" => Some(Storage::Main),
        "x" => Some(Storage::Extended),
        _ => None,
    }
}
