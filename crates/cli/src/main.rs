//! The `keepsong` command: the headless twin of the window.
//!
//! Exit status: 0 done, 1 failed with a message that says what to do, 2 bad usage, 130 cancelled.

mod args;
mod commands;
mod interrupt;
mod output;

use std::process::ExitCode;

use app::types::ErrorCode;
use clap::Parser;

use crate::args::Cli;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match commands::run(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::error(&error, cli.json);
            ExitCode::from(if error.code == ErrorCode::Cancelled { 130 } else { 1 })
        }
    }
}
