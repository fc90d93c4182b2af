//! The command line as scripts see it: documents, exit statuses, and what bad input is told.

mod bad_input;
mod main_job;

use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A home of its own for each test.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keepsong"));
        command.arg("--home").arg(self.path()).args(arguments).stdin(Stdio::null());
        // No sound system: a machine with one must not play in tests.
        command.env("ALSA_CONFIG_PATH", "/nonexistent").env_remove("PULSE_SERVER");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// The JSON document of a command that must succeed.
    fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[&["--json"], arguments].concat());
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{arguments:?} printed no JSON: {error}"))
    }

    /// What a command that must fail with status 1 says.
    fn refusal(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(!said.contains("panicked") && !said.contains("RUST_BACKTRACE"), "{said}");
        said
    }
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const MIA: &[&str] =
    &["make", "--name", "Mia", "--age", "7", "--about", "she loves dinosaurs; her dog Biscuit", "--seed", "7"];
