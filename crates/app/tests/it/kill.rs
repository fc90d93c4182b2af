//! `kill -9` at random instants: nothing that was said to be done is lost, nothing is done twice.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use app::App;
use app::types::SongQuery;
use library::{JobStatus, Library};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::tiny_engine::TinyEngine;

const KILLS: u32 = 200;
/// The longest life of a victim that is killed at any instant: making a song takes about that long.
const LONGEST_LIFE_MS: u64 = 700;
/// The longest life after a chosen step began: those take about twenty milliseconds.
const LONGEST_STEP_MS: u64 = 30;

/// The steps after the making, as the victim announces them.
const STEPS: [&str; 4] = ["begin Keep", "begin Mint", "begin List", "begin Buy"];

/// When to kill: after so many milliseconds, counted from the start or from the beginning of a step.
struct Death {
    step: Option<&'static str>,
    delay: Duration,
}

impl Death {
    /// Half of them at any instant, half soon after a step began, for a song of which `done` steps are over.
    fn draw(random: &mut ChaCha8Rng, done: usize) -> Self {
        if random.random_bool(0.5) {
            return Self { step: None, delay: Duration::from_millis(random.random_range(0..LONGEST_LIFE_MS)) };
        }
        let soon: f64 = random.random_range(0.0..1.0);
        let delay = Duration::from_secs_f64(soon * soon * LONGEST_STEP_MS as f64 / 1e3);
        Self { step: Some(STEPS[random.random_range(done..STEPS.len())]), delay }
    }
}

/// How many steps of the song were over when the victim had said this.
fn steps_done(said: &[String]) -> usize {
    let last = said.iter().rev().find_map(|line| STEPS.iter().position(|step| step == line));
    last.unwrap_or(0)
}

/// The harness's victim, built beside this test binary.
fn victim() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    tests.parent().unwrap().parent().unwrap().join("examples/kill_target")
}

/// Runs the victim until its death or its end; gives what it printed and whether it was killed.
fn run(home: &Path, kid: u32, death: Option<Death>) -> (Vec<String>, bool) {
    let mut child = Command::new(victim())
        .args([home.as_os_str(), kid.to_string().as_ref()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("cargo test builds the example kill_target");
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut said = Vec::new();
    if let Some(Death { step, delay }) = death {
        if let Some(step) = step {
            for line in lines.by_ref() {
                said.push(line.clone());
                if line == step {
                    break;
                }
            }
        }
        std::thread::sleep(delay);
        child.kill().unwrap();
    }
    said.extend(lines);
    let status = child.wait().unwrap();
    let mut complaints = String::new();
    child.stderr.take().unwrap().read_to_string(&mut complaints).unwrap();
    let killed = status.code().is_none();
    assert!(killed || status.success(), "the victim failed by itself: {complaints}");
    (said, killed)
}

#[test]
fn two_hundred_kills_lose_nothing_and_double_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    let mut random = ChaCha8Rng::seed_from_u64(20_261_123);
    let mut promised = BTreeSet::new();
    let mut interrupted: BTreeMap<String, u32> = BTreeMap::new();
    let (mut kills, mut kids, mut done) = (0, 1, 0);
    while kills < KILLS {
        let (said, killed) = run(&home, kids, Some(Death::draw(&mut random, done)));
        done = done.max(steps_done(&said));
        promised.extend(said);
        if killed {
            kills += 1;
            for kind in running(&home) {
                *interrupted.entry(kind).or_default() += 1;
            }
        } else {
            kids += 1;
            done = 0;
        }
    }
    promised.extend(run(&home, kids, None).0);
    promised.retain(|line| !line.starts_with("begin"));
    check(&home, kids, &promised);
    eprintln!("{kills} kills, {kids} songs, interrupted: {interrupted:?}");
    for kind in ["make", "keep", "mint", "list", "buy"] {
        assert!(interrupted.contains_key(kind), "no kill fell into a {kind}: {interrupted:?}");
    }
}

/// What was going on when the victim was killed.
fn running(home: &Path) -> Vec<String> {
    let Ok(library) = Library::open(&home.join("catalogue.db")) else { return Vec::new() };
    let rows = [JobStatus::Running, JobStatus::Waiting].map(|status| library.jobs_with(status).unwrap());
    rows.into_iter().flatten().map(|row| row.kind).collect()
}

fn check(home: &Path, kids: u32, promised: &BTreeSet<String>) {
    let app = App::open_with(home, Box::new(TinyEngine { pause: Duration::ZERO })).unwrap();
    let page = app.songs(&SongQuery { search: String::new(), offset: 0, limit: 200 }).unwrap();
    assert_eq!(page.total, kids, "one song a kid");
    let names: BTreeSet<_> = page.songs.iter().map(|song| song.name.clone()).collect();
    assert_eq!(names.len(), kids as usize, "no song was made twice");

    let mut tokens = BTreeSet::new();
    for card in &page.songs {
        assert!(promised.contains(&format!("made {}", card.id)) && promised.contains(&format!("sold {}", card.id)));
        let song = app.song(&card.id).unwrap();
        assert_eq!(song.takes.len(), 1);
        let folder = song.folder.join("take-1");
        dsp::read_wav(&folder.join("song.wav")).unwrap();
        assert!(["song.mid", "song.lrc", "cover.png", "take.json"].iter().all(|file| folder.join(file).is_file()));
        assert_eq!(app.verify(&card.id).unwrap().len(), 3, "audio, cover and metadata are here and right");
        let mint = song.minted.unwrap();
        assert_eq!(mint.owner_name, app::FRIEND, "the buyer owns it");
        tokens.insert(mint.token_id);
    }
    let songs: BTreeSet<_> = page.songs.iter().map(|song| song.id.as_str()).collect();
    for promise in promised {
        assert!(songs.contains(promise.split(' ').nth(1).unwrap()), "{promise} was said and is lost");
    }
    assert_eq!(tokens.len(), kids as usize, "each song has a token of its own");

    drop(app);
    let library = Library::open(&home.join("catalogue.db")).unwrap();
    let mut succeeded: BTreeMap<String, u32> = BTreeMap::new();
    for job in library.jobs(u32::MAX).unwrap() {
        assert_eq!(job.status, JobStatus::Succeeded, "{job:?}");
        *succeeded.entry(job.kind).or_default() += 1;
    }
    let each = ["buy", "keep", "list", "make", "mint"].map(|kind| (kind.to_owned(), kids));
    assert_eq!(succeeded, BTreeMap::from(each), "one job of each kind a song");
    // Every transaction is a block: genesis, three gifts, the contract, and a mint, an approval and a purchase a song.
    // One more would be something that was sent twice.
    assert_eq!(library.chain_blocks().unwrap().len(), 5 + 3 * kids as usize);
}
