//! The process that the kill harness kills: makes, keeps, mints, lists and buys a song for kid number `N`, going on from
//! wherever the last run was killed. `kill_target HOME N`.
//!
//! Prints `made ID` and `sold ID` once the app has said that it is so; what was printed may never be lost. Prints
//! `begin KIND` before each job it asks for or retries.

#[path = "../tests/support/tiny_engine.rs"]
mod tiny_engine;

use std::path::Path;
use std::time::Duration;

use app::types::{JobKind, JobState, JobView, MakeRequest};
use app::{App, FRIEND, Result};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(home), Some(kid)) = (arguments.next(), arguments.next().and_then(|n| n.parse().ok())) else {
        eprintln!("usage: kill_target HOME N");
        std::process::exit(2);
    };
    let app = App::open_with(Path::new(&home), Box::new(tiny_engine::TinyEngine { pause: Duration::from_millis(1) }))?;
    app.start()?;
    let name = format!("Kid {}", spelled(kid));
    let made = settled(&app, JobKind::Make, |job| job.subject == name, || app.make_song(&request(&name)))?;
    let song = made.song.unwrap_or_default();
    println!("made {song}");
    let of_song = |job: &JobView| job.song.as_deref() == Some(song.as_str());
    settled(&app, JobKind::Keep, of_song, || app.keep_song(&song))?;
    settled(&app, JobKind::Mint, of_song, || app.mint_song(&song, 500, app::YOU))?;
    settled(&app, JobKind::List, of_song, || app.list_song(&song, "0.001"))?;
    let order = || app.song(&song)?.listing.map(|listing| listing.order_hash).ok_or_else(|| no_listing(&song));
    settled(&app, JobKind::Buy, of_song, || app.buy(&order()?, FRIEND))?;
    println!("sold {song}");
    Ok(())
}

/// The job of this kind that `is_it` finds, asked for if there is none, retried if it was interrupted, awaited to its success.
fn settled(
    app: &App,
    kind: JobKind,
    is_it: impl Fn(&JobView) -> bool,
    ask: impl Fn() -> Result<String>,
) -> Result<JobView> {
    loop {
        match app.jobs()?.into_iter().find(|job| job.kind == kind && is_it(job)) {
            None => {
                println!("begin {kind:?}");
                ask()?;
            }
            Some(job) => match job.state {
                JobState::Succeeded => return Ok(job),
                JobState::Interrupted => {
                    println!("begin {kind:?}");
                    app.retry_job(&job.id)?;
                }
                JobState::Failed | JobState::Cancelled => {
                    return Err(job.error.unwrap_or_else(|| no_listing(&job.id)));
                }
                _ => std::thread::sleep(Duration::from_millis(1)),
            },
        }
    }
}

fn no_listing(what: &str) -> app::types::ApiError {
    app::types::ApiError {
        code: app::types::ErrorCode::Internal,
        message: format!("{what} has no listing or no reason"),
    }
}

/// 1 → "a", 27 → "aa": names are letters.
fn spelled(mut n: u32) -> String {
    let mut text = String::new();
    while n > 0 {
        n -= 1;
        text.insert(0, char::from(b'a' + (n % 26) as u8));
        n /= 26;
    }
    text
}

fn request(name: &str) -> MakeRequest {
    MakeRequest {
        occasion: "birthday".into(),
        name: name.into(),
        say: None,
        age: None,
        about: String::new(),
        mood: "joyful".into(),
        style: "pop".into(),
        language: "en".into(),
        lyrics: None,
        seed: None,
        takes: 1,
    }
}
