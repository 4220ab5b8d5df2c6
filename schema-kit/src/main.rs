//! The binary `schema-kit`: the command line without a compiled schema, over databases and files alone.

use std::process::ExitCode;

use schema_kit::Kit;

fn main() -> ExitCode {
    Kit::without_schema().main()
}
