//! The forms of an id: text, JSON, SQL; and the worker and process in the environment.

use std::{
    cmp::Ordering,
    env,
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher},
    process::{Command, Output},
};

use proptest::{prop_assert, prop_assert_eq, proptest};
use schema_core::{
    Id, Snowflake, SnowflakeGenerator,
    postgres_types::{FromSql, ToSql, Type, private::BytesMut},
};

/// A table that implements nothing.
struct User;

fn snowflake(value: i64) -> Snowflake {
    Snowflake::from_i64(value).unwrap()
}

fn id(value: i64) -> Id<User> {
    Id::from_i64(value).unwrap()
}

proptest! {
    #[test]
    fn text_and_json_read_back_as_the_same_id(value in 0..=i64::MAX) {
        let id = snowflake(value);
        prop_assert_eq!(id.to_string().parse(), Ok(id));
        prop_assert_eq!(serde_json::from_str::<Snowflake>(&serde_json::to_string(&id)?)?, id);
        prop_assert_eq!(serde_json::from_str::<Snowflake>(&value.to_string())?, id);
    }

    #[test]
    fn the_parts_of_an_id_make_the_same_id(value in 0..=i64::MAX) {
        let id = snowflake(value);
        let parts =
            Snowflake::from_parts(id.timestamp_ms(), id.worker(), id.process(), id.sequence());
        prop_assert_eq!(parts, Ok(id));
    }

    #[test]
    fn a_text_that_is_read_is_the_decimal_spelling(text in "[-+]?[0-9a-z ]{0,22}") {
        if let Ok(id) = text.parse::<Snowflake>() {
            prop_assert!(text.bytes().all(|byte| byte.is_ascii_digit()));
            prop_assert_eq!(id.to_string(), match text.trim_start_matches('0') {
                "" => "0",
                digits => digits,
            });
        }
    }
}

#[test]
fn json_spells_an_id_as_a_string() {
    assert_eq!(
        serde_json::to_string(&snowflake(i64::MAX)).unwrap(),
        "\"9223372036854775807\""
    );
    assert_eq!(serde_json::to_string(&id(42)).unwrap(), "\"42\"");
}

#[test]
fn json_that_is_not_an_id_is_refused_with_the_reason() {
    let cases = [
        (
            "-1",
            "-1 is not a snowflake id; ids are from 0 to 9223372036854775807",
        ),
        (
            "9223372036854775808",
            "9223372036854775808 is not a snowflake id",
        ),
        (
            "\"-1\"",
            "\"-1\" is not a snowflake id; write it as decimal digits",
        ),
        (
            "1.5",
            "expected a snowflake id, as a string of digits or as an integer",
        ),
        (
            "null",
            "expected a snowflake id, as a string of digits or as an integer",
        ),
    ];
    for (json, reason) in cases {
        let error = serde_json::from_str::<Id<User>>(json)
            .unwrap_err()
            .to_string();
        assert!(error.contains(reason), "{json}: {error}");
    }
}

#[test]
fn sql_holds_an_id_as_a_bigint() {
    let mut out = BytesMut::new();
    id(0x0102_0304_0506_0708)
        .to_sql_checked(&Type::INT8, &mut out)
        .unwrap();
    assert_eq!(&out[..], [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(
        Id::<User>::from_sql(&Type::INT8, &out).unwrap(),
        id(0x0102_0304_0506_0708)
    );
    assert_eq!(
        Snowflake::from_sql(&Type::INT8, &out).unwrap(),
        snowflake(0x0102_0304_0506_0708)
    );
}

#[test]
fn sql_holds_an_id_in_no_other_type() {
    for ty in [Type::INT4, Type::NUMERIC, Type::TEXT] {
        assert!(!<Snowflake as ToSql>::accepts(&ty));
        assert!(!<Snowflake as FromSql>::accepts(&ty));
        assert!(!<Id<User> as FromSql>::accepts(&ty));
        assert!(id(1).to_sql_checked(&ty, &mut BytesMut::new()).is_err());
    }
}

#[test]
fn a_negative_bigint_is_not_an_id() {
    let error = Id::<User>::from_sql(&Type::INT8, &(-7_i64).to_be_bytes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "-7 is not a snowflake id; ids are from 0 to 9223372036854775807"
    );
}

#[test]
fn a_typed_id_compares_and_hashes_as_its_number_whatever_its_table_can_do() {
    let (small, large) = (id(1), id(2));
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    assert_eq!(small.cmp(&large), Ordering::Less);
    assert!(small < large && small == id(1) && small != large);
    assert_eq!(hasher.hash_one(small), hasher.hash_one(snowflake(1)));
    assert_eq!(format!("{small:?} {small} {small:>3}"), "Id(1) 1   1");
    assert_eq!(Snowflake::from(small), snowflake(1));
    assert_eq!(i64::from(Id::<User>::from(snowflake(9))), 9);
}

#[test]
fn a_typed_id_is_shared_between_threads_whatever_its_table_can_do() {
    fn shared<T: Send + Sync + Copy>() {}
    shared::<Id<*const User>>();
    shared::<Id<str>>();
}

#[test]
fn an_id_made_now_reads_the_same_in_both_kinds_of_time() {
    let made = SnowflakeGenerator::default().generate().unwrap();
    let since = made
        .timestamp()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    assert_eq!(since.as_millis() as i64, made.unix_ms());
    assert_eq!(made.to_jiff().as_millisecond(), made.unix_ms());
}

/// Runs the test below in a process of its own, where the variable can be set safely.
fn run_with(name: &str, value: &str) -> Output {
    let test = "snowflake::forms::the_program_takes_worker_and_process_from_its_environment";
    let program = env::current_exe().unwrap();
    let arguments = ["--exact", test, "--nocapture"];
    Command::new(program)
        .args(arguments)
        .env(name, value)
        .output()
        .unwrap()
}

#[test]
fn the_program_takes_worker_and_process_from_its_environment() {
    let number = |name| env::var(name).map_or(0, |value| value.parse().unwrap_or(0));
    let made = schema_core::generate_id();
    assert_eq!(made.worker(), number("SNOWFLAKE_WORKER"));
    assert_eq!(made.process(), number("SNOWFLAKE_PROCESS"));
}

#[test]
fn a_worker_and_process_that_are_set_are_in_the_id() {
    for name in ["SNOWFLAKE_WORKER", "SNOWFLAKE_PROCESS"] {
        let output = run_with(name, "17");
        let stdout = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && stdout.contains("1 passed"),
            "{stdout}"
        );
    }
}

#[test]
fn a_bad_worker_or_process_stops_the_program_with_the_reason() {
    for name in ["SNOWFLAKE_WORKER", "SNOWFLAKE_PROCESS"] {
        let output = run_with(name, "32");
        let stderr = String::from_utf8_lossy(&output.stderr);
        let reason = format!(
            "no snowflake id: environment variable {name} is \"32\"; set it to a whole number \
             from 0 to 31, or unset it for 0"
        );
        assert!(
            !output.status.success() && stderr.contains(&reason),
            "{stderr}"
        );
    }
}
