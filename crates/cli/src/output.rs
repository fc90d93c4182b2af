//! One JSON document on standard output, or text for people; progress always goes to standard error.

use std::io::{IsTerminal, Write, stderr, stdout};

use app::types::{ApiError, JobView};
use serde::Serialize;

/// Prints the document or the text. A reader that went away is not an error of ours.
pub fn print<T: Serialize>(json: bool, document: &T, text: impl FnOnce() -> String) {
    let rendered = if json { serde_json::to_string(document).unwrap_or_default() } else { text() };
    let _reader_gone = writeln!(stdout(), "{}", rendered.trim_end());
}

pub fn error(error: &ApiError, json: bool) {
    if json {
        print(true, &serde_json::json!({ "error": error }), String::new);
    }
    eprintln!("keepsong: {error}");
}

/// A line for people that is not the result.
pub fn note(text: &str) {
    eprintln!("{text}");
}

/// Shows a job's phase and progress: one line that is rewritten on a terminal, one line a phase elsewhere.
#[derive(Default)]
pub struct ProgressLine {
    phase: String,
}

impl ProgressLine {
    pub fn show(&mut self, job: &JobView) {
        let phase = format!("{:?}", job.phase).to_lowercase();
        let mut stderr = stderr();
        if stderr.is_terminal() {
            let _closed = write!(stderr, "\r\x1b[2K{:>3.0}%  {phase}", job.progress * 100.0);
            if phase == "done" {
                let _closed = writeln!(stderr);
            }
            let _closed = stderr.flush();
        } else if phase != self.phase {
            let _closed = writeln!(stderr, "{phase}");
        }
        self.phase = phase;
    }
}
