//! Jobs that were left, dropped or repeated.

use std::path::{Path, PathBuf};
use std::time::Duration;

use app::types::{ErrorCode, JobState, MakeRequest};
use app::{App, FRIEND, YOU};

use crate::tiny_engine::TinyEngine;

fn open(home: &Path) -> App {
    App::open_with(home, Box::new(TinyEngine { pause: Duration::ZERO })).unwrap()
}

fn request(takes: u32) -> MakeRequest {
    MakeRequest {
        occasion: "birthday".into(),
        name: "Mia".into(),
        say: None,
        age: None,
        about: String::new(),
        mood: "joyful".into(),
        style: "pop".into(),
        language: "en".into(),
        lyrics: None,
        seed: Some("1".into()),
        takes,
    }
}

fn made(app: &App) -> String {
    app.run_job(&app.make_song(&request(1)).unwrap()).unwrap().song.unwrap()
}

fn listed(app: &App) -> (String, String) {
    let song = made(app);
    app.run_job(&app.mint_song(&song, 500, YOU).unwrap()).unwrap();
    app.run_job(&app.list_song(&song, "0.5").unwrap()).unwrap();
    let order = app.song(&song).unwrap().listing.unwrap().order_hash;
    (song, order)
}

/// Every block file of a home.
fn blocks(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { blocks(&path) } else { vec![path] }).collect()
}

#[test]
fn a_purchase_left_queued_waits_for_retry() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path());
    let (song, order) = listed(&app);
    let before = app.wallet().unwrap();
    let job = app.buy(&order, FRIEND).unwrap();
    drop(app);
    let app = open(home.path());
    assert_eq!(app.job(&job).unwrap().state, JobState::Interrupted);
    assert_eq!(app.wallet().unwrap(), before, "nothing was paid");
    app.retry_job(&job).unwrap();
    assert_eq!(app.run_job(&job).unwrap().state, JobState::Succeeded);
    assert_eq!(app.song(&song).unwrap().minted.unwrap().owner_name, FRIEND);
    assert_eq!(app.buy(&order, app::STRANGER).unwrap_err().code, ErrorCode::NotReady, "it is sold");
}

#[test]
fn a_dismissed_job_never_comes_back() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path());
    let (_, order) = listed(&app);
    let job = app.buy(&order, FRIEND).unwrap();
    assert_eq!(app.dismiss_job(&job).unwrap_err().code, ErrorCode::NotReady, "it still waits to run");
    drop(app);
    let app = open(home.path());
    app.dismiss_job(&job).unwrap();
    assert_eq!(app.job(&job).unwrap().state, JobState::Cancelled);
    assert!(app.jobs().unwrap().iter().all(|shown| shown.id != job));
}

#[test]
fn two_mints_of_one_song_make_one_token() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path());
    let song = made(&app);
    let jobs = [app.mint_song(&song, 500, YOU).unwrap(), app.mint_song(&song, 500, YOU).unwrap()];
    for job in &jobs {
        app.run_job(job).unwrap();
    }
    let mint = app.song(&song).unwrap().minted.unwrap();
    assert_eq!(mint.token_id, "1");
    assert_eq!(app.mint_song(&song, 500, YOU).unwrap_err().code, ErrorCode::NotReady);
}

#[test]
fn two_listings_of_one_song_are_never_open_together() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path());
    let song = made(&app);
    app.run_job(&app.mint_song(&song, 500, YOU).unwrap()).unwrap();
    let jobs = [app.list_song(&song, "0.5").unwrap(), app.list_song(&song, "5").unwrap()];
    app.run_job(&jobs[0]).unwrap();
    assert_eq!(app.run_job(&jobs[1]).unwrap_err().code, ErrorCode::NotReady);
    assert_eq!(app.market("").unwrap().len(), 1);
}

#[test]
fn keeping_again_mends_what_is_damaged() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path());
    let song = made(&app);
    app.run_job(&app.keep_song(&song).unwrap()).unwrap();
    let kept = app.song(&song).unwrap().kept;
    for block in blocks(&home.path().join("blobs/blocks")) {
        let mut bytes = std::fs::read(&block).unwrap();
        bytes[0] ^= 1;
        std::fs::write(&block, bytes).unwrap();
    }
    assert_eq!(app.verify(&song).unwrap_err().code, ErrorCode::Damaged);
    app.run_job(&app.keep_song(&song).unwrap()).unwrap();
    assert_eq!(app.verify(&song).unwrap().len(), 3);
    assert_eq!(app.song(&song).unwrap().kept, kept);
}

#[test]
fn a_kept_song_keeps_its_take() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path());
    let song = app.run_job(&app.make_song(&request(2)).unwrap()).unwrap().song.unwrap();
    app.choose_take(&song, 2).unwrap();
    app.run_job(&app.keep_song(&song).unwrap()).unwrap();
    assert_eq!(app.choose_take(&song, 1).unwrap_err().code, ErrorCode::NotReady);
    assert_eq!(app.song(&song).unwrap().chosen, 2);
}

#[test]
fn a_cancelled_make_leaves_nothing_and_can_be_retried() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path());
    let job = app.make_song(&request(1)).unwrap();
    app.cancel_job(&job).unwrap();
    assert_eq!(app.run_job(&job).unwrap().state, JobState::Cancelled, "a cancelled job does not run");
    assert_eq!(std::fs::read_dir(app.songs_folder()).unwrap().count(), 0);
    app.retry_job(&job).unwrap();
    assert_eq!(app.run_job(&job).unwrap().song.as_deref(), Some(job.as_str()));
}
