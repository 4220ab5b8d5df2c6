//! Soundness, measured: random schemas as Rust source, compiled, and judged by a real server.
//!
//! A schema is made as a [`model`]; [`source`] writes it as Rust, [`sql`] as the statements it means, neither through the
//! code under test. Two of three schemas then get a mistake ([`mutate`]) that knows where a message may point. Many
//! schemas are modules of one crate ([`compile`]), and a server judges both what the derive's DDL says and what was meant
//! ([`measure`]). What is refused on purpose although PostgreSQL takes it is listed in [`rules`].
//!
//! `SOUNDNESS=10000 cargo test -p tests --test it soundness -- --nocapture` is the long run; `SOUNDNESS_SEED` says where it
//! begins.

pub mod case;
pub mod compare;
pub mod compile;
pub mod edit;
pub mod generate;
pub mod judge;
pub mod kinds;
pub mod measure;
pub mod model;
pub mod mutate;
pub mod report;
pub mod rules;
pub mod source;
pub mod sql;
pub mod types;
