//! Soundness, measured: random schemas as Rust source, compiled, and judged by a real server.
//!
//! A schema is made as a [`model`]; [`source`] writes it as Rust, [`sql`] as the statements it means, neither through the
//! code under test; [`types`], [`views`], [`partitions`] and what stands [`beside`] tables each know both. Two of five schemas then get a mistake ([`mutate`]) that knows where a message may point, and one gets
//! another token in an attribute ([`edit`]). Many schemas are modules of one crate ([`compile`]), and a server runs both
//! what the derive's DDL says and what was meant; the catalogs must then be the same ([`report`]). What is refused on
//! purpose although PostgreSQL takes it is listed in [`rules`].
//!
//! `SOUNDNESS=10000 cargo test -p tests --test it soundness -- --nocapture` is the long run; `SOUNDNESS_SEED` says where it
//! begins.

pub mod beside;
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
pub mod objects;
pub mod partitions;
pub mod program;
pub mod queries;
pub mod report;
pub mod rules;
pub mod source;
pub mod sql;
pub mod types;
pub mod variants;
pub mod views;
