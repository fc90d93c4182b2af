//! A writer that is killed again and again.
//!
//! The test binary runs itself as the writer: [`writer`] keeps files without end and says the CID of
//! each that is kept and pinned. [`a_killed_writer_loses_nothing_it_reported`] kills it, then checks
//! what is on the disk.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use blobs::{Cid, Codec, Error, Profile, Store};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

use crate::content::{block_file, block_files};

const STORE: &str = "BLOBS_TEST_STORE";
const SEED: &str = "BLOBS_TEST_SEED";
const KILLS: u64 = 40;

#[test]
fn a_killed_writer_loses_nothing_it_reported() {
    let home = tempfile::tempdir().unwrap();
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut reported: Vec<Cid> = Vec::new();
    let mut leftovers = 0;
    for kill in 0..KILLS {
        let kept_before_kill = random.next_u32() % 3 + 1;
        let delay = Duration::from_micros(u64::from(random.next_u32() % 8000));
        reported.extend(run_and_kill(home.path(), kill, kept_before_kill, delay));

        leftovers += fs::read_dir(home.path().join("tmp")).unwrap().count();
        let store = Store::open(home.path()).unwrap();
        assert_eq!(fs::read_dir(home.path().join("tmp")).unwrap().count(), 0);
        for path in block_files(home.path()) {
            let named = Cid::of(Codec::Raw, &fs::read(&path).unwrap());
            assert_eq!(path, block_file(home.path(), named), "kill {kill}: a wrong block is visible");
        }
        let pins = store.pins().unwrap();
        for cid in &reported {
            assert!(pins.contains(cid), "kill {kill}: the pin of {cid} is lost");
            assert!(store.verify(*cid).unwrap().is_complete(), "kill {kill}: {cid} is damaged");
        }
        for pin in pins {
            assert!(store.verify(pin).unwrap().is_complete(), "kill {kill}: {pin} is pinned but damaged");
        }
        if kill % 8 == 7 {
            store.gc().unwrap();
        }
    }
    assert!(reported.len() as u64 >= KILLS);
    println!("{} files reported, {leftovers} temporary files left by {KILLS} kills", reported.len());
}

/// Runs a writer until it has reported `kept` files and `delay` has passed, then kills it. Returns all
/// it reported.
fn run_and_kill(home: &Path, seed: u64, kept: u32, delay: Duration) -> Vec<Cid> {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "kill::writer", "--ignored", "--nocapture", "--test-threads=1"])
        .env(STORE, home)
        .env(SEED, seed.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut reported = Vec::new();
    let mut next = || lines.by_ref().map_while(Result::ok).find_map(|line| line.strip_prefix("kept ")?.parse().ok());
    for _ in 0..kept {
        reported.push(next().expect("the writer ended by itself"));
    }
    thread::sleep(delay);
    child.kill().unwrap();
    child.wait().unwrap();
    // What it said while we slept counts as well.
    reported.extend(std::iter::from_fn(next));
    reported
}

#[test]
#[ignore = "needs to be started, and killed, by a_killed_writer_loses_nothing_it_reported"]
fn writer() {
    let store = Store::open(env::var(STORE).unwrap()).unwrap();
    let mut random = ChaCha8Rng::seed_from_u64(env::var(SEED).unwrap().parse().unwrap());
    loop {
        let mut content = vec![0; random.next_u32() as usize % 700_000];
        random.fill_bytes(&mut content);
        let hold = store.hold().unwrap();
        let cid = store.put(content.as_slice(), Profile::Kubo).unwrap();
        store.pin(cid).unwrap();
        drop(hold);
        // The line is complete or it does not count: the newline goes with it in one write.
        std::io::stdout().write_all(format!("\nkept {cid}\n").as_bytes()).unwrap();
        if random.next_u32() % 4 == 0 {
            match store.gc() {
                Ok(_) | Err(Error::Busy) => {}
                Err(error) => panic!("{error}"),
            }
        }
    }
}
