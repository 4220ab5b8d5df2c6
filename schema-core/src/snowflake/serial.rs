//! Snowflakes in serde's formats: decimal text where people read it, a number elsewhere.

use std::fmt;

use serde_core::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};

use super::value::Snowflake;
use crate::error::SnowflakeError;

/// Written as a string, because JavaScript has no 64-bit integers; as a 64-bit integer in formats
/// that people do not read.
impl Serialize for Snowflake {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            serializer.serialize_i64(self.get())
        }
    }
}

/// Read from a string or an integer, whose range is checked.
impl<'de> Deserialize<'de> for Snowflake {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(TextOrNumber)
        } else {
            deserializer.deserialize_i64(TextOrNumber)
        }
    }
}

struct TextOrNumber;

impl Visitor<'_> for TextOrNumber {
    type Value = Snowflake;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a snowflake id, as a string of digits or as an integer")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Snowflake, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Snowflake, E> {
        Snowflake::from_i64(value).map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Snowflake, E> {
        match i64::try_from(value) {
            Ok(value) => self.visit_i64(value),
            Err(_) => Err(E::custom(SnowflakeError::ValueOutOfRange {
                value: value.into(),
            })),
        }
    }
}
