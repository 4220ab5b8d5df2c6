//! A process for tests to run and to kill: `server-user project|own|shared <temp> <name>` gets a
//! server, prints what it got, one item a line, and keeps it until its standard input ends.

use std::{
    env,
    io::{self, Read, Write},
};

use schema_kit::{
    ServerError,
    server::{Environment, Project, Throwaway},
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [mode, temp, name] = arguments.as_slice() else {
        return Err("usage: server-user project|own|shared <temp> <name>".into());
    };
    let mut environment = Environment::from_process();
    environment.temp = temp.into();
    let held = match mode.as_str() {
        "project" => project(environment, name)?,
        "own" => throwaway(Throwaway::start_in(&environment)?),
        _ => throwaway(Throwaway::shared_in(&environment, name)?),
    };
    writeln!(io::stdout(), "{}", held.1)?;
    io::stdin().read_to_end(&mut Vec::new())?;
    drop(held.0);
    Ok(())
}

fn project(
    environment: Environment,
    root: &str,
) -> Result<(Option<Throwaway>, String), ServerError> {
    let running = Project::new(root)
        .with_environment(environment)
        .ensure_running()?;
    Ok((
        None,
        format!(
            "{}\n{}\n{}",
            running.pid,
            running.data.display(),
            running.started
        ),
    ))
}

fn throwaway(server: Throwaway) -> (Option<Throwaway>, String) {
    let pid = server.pid().unwrap_or(0);
    let directory = server.directory().display().to_string();
    let url = server.connection().url();
    (Some(server), format!("{pid}\n{directory}\n{url}"))
}
