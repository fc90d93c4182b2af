//! Bad input gets a sentence that says what to do, and loses nothing.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::{Home, MIA, stderr};

#[test]
fn a_wrong_brief_says_what_to_change() {
    let home = Home::new();
    let long = "x".repeat(5000);
    let cases: [(&[&str], &str); 8] = [
        (&["--name", "  "], "needs a name"),
        (&["--name", "🎉"], "sounds like"),
        (&["--name", "محمد"], "sounds like"),
        (&["--name", "Mia", "--about", &long], "5000 characters"),
        (&["--name", "Mia", "--language", "zh"], "choose English"),
        (&["--name", "Mia", "--language", "tlh"], "choose one of"),
        (&["--name", "Mia", "--style", "opera"], "choose one of"),
        (&["--name", "Mia", "--say", "🎈"], "spell how the name sounds"),
    ];
    for (arguments, part) in cases {
        let said = home.refusal(&[&["make"], arguments].concat());
        assert!(said.contains(part), "{arguments:?}: {said}");
    }
    assert_eq!(home.json(&["library"])["total"], 0);
}

#[test]
fn odd_but_singable_names_are_sung() {
    for name in ["Ng", "Bjrk", "O'Neill-Smith", "Zoë 🎉"] {
        let made = Home::new().json(&["make", "--name", name, "--seed", "3"]);
        assert!(made["duration_s"].as_f64().unwrap() > 20.0, "{name}");
    }
    let spelled = Home::new().json(&["make", "--name", "美雅", "--say", "MAY-yah", "--seed", "3"]);
    assert!(spelled["duration_s"].as_f64().unwrap() > 20.0);
}

#[test]
fn wrong_usage_is_status_2() {
    let home = Home::new();
    for arguments in [&["make"][..], &["sing"], &["export", "x"], &["make", "--name", "Mia", "--takes", "many"]] {
        assert_eq!(home.run(arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn unknown_things_are_named() {
    let home = Home::new();
    for arguments in [
        &["show", "nope"][..],
        &["keep", "nope"],
        &["verify", "nope"],
        &["mint", "nope"],
        &["buy", "nope"],
        &["cancel", "nope"],
    ] {
        assert!(home.refusal(arguments).contains("nope"), "{arguments:?}");
    }
    assert!(home.refusal(&["cid", "/nonexistent/file"]).contains("/nonexistent/file"));
}

#[test]
fn prices_have_bounds_and_money_is_needed() {
    let home = Home::new();
    let song = home.json(MIA)["song"].as_str().unwrap().to_owned();
    assert!(home.refusal(&["list", &song, "--price", "1"]).contains("mint it"));
    assert!(home.refusal(&["mint", &song, "--royalty", "101%"]).contains("0% to 100%"));
    home.json(&["mint", &song]);
    assert!(home.refusal(&["mint", &song]).contains("minted already"));
    for (price, part) in [
        ("0", "above 0"),
        ("79228162515", "too high"),
        ("-1", "write it like 0.01"),
        ("0.0000000000000000001", "18 decimals"),
    ] {
        let said = home.refusal(&["list", &song, &format!("--price={price}")]);
        assert!(said.contains(part), "{price}: {said}");
    }
    let order = home.json(&["list", &song, "--price", "79228162514"])["order_hash"].as_str().unwrap().to_owned();
    let said = home.refusal(&["buy", &order, "--as", "friend"]);
    assert!(said.contains("needs 79228162514 ETH") && said.contains("add funds"), "{said}");
    assert!(home.refusal(&["buy", &order, "--as", "you"]).contains("is the seller"));
    assert!(home.refusal(&["buy", &order, "--as", "nobody"]).contains("you, friend, stranger"));
    assert!(home.refusal(&["list", &song, "--price", "1"]).contains("for sale already"));
}

#[test]
fn a_second_keepsong_is_told_so() {
    let home = Home::new();
    let held = app::Home::open(home.path()).unwrap();
    assert!(home.refusal(&["library"]).contains("already open"));
    drop(held);
    home.json(&["library"]);
}

#[test]
fn a_damaged_catalogue_is_left_as_it_is() {
    let home = Home::new();
    home.json(&["library"]);
    let catalogue = home.path().join("catalogue.db");
    std::fs::remove_file(home.path().join("catalogue.db-wal")).ok();
    std::fs::write(&catalogue, vec![0x5a; 8192]).unwrap();
    let said = home.refusal(&["library"]);
    assert!(said.contains("damaged") && said.contains("catalogue.db"), "{said}");
    assert_eq!(std::fs::read(&catalogue).unwrap(), vec![0x5a; 8192]);
}

#[test]
fn no_audio_device_is_said_and_the_song_is_safe() {
    let home = Home::new();
    let song = home.json(MIA)["song"].as_str().unwrap().to_owned();
    let said = home.refusal(&["play", &song]);
    assert!(said.to_lowercase().contains("output") || said.contains("device"), "{said}");
    assert_eq!(home.json(&["library"])["total"], 1);
}

#[test]
fn interrupting_a_make_is_status_130_and_leaves_nothing() {
    let home = Home::new();
    let mut child = home
        .command(&["make", "--name", "Mia", "--takes", "4"])
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let songs = home.path().join("songs");
    let begun = Instant::now();
    while !std::fs::read_dir(&songs).is_ok_and(|mut songs| songs.next().is_some()) {
        assert!(begun.elapsed() < Duration::from_secs(120), "the first take never came");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(std::fs::read_dir(&songs).unwrap().count(), 0);
    assert_eq!(home.json(&["library"])["total"], 0);
    assert_eq!(home.json(&["jobs"])[0]["state"], "cancelled");
}

/// A file system of 12 MiB, in a mount namespace of the command's own.
#[test]
fn a_full_disk_is_said_and_what_was_saved_stays() {
    let home = Home::new();
    let script = r#"
        mount -t tmpfs -o size=12m keepsong "$1" || exit 77
        "$2" --home "$1" library >/dev/null || exit 78
        "$2" --home "$1" make --name Mia --seed 7
        echo "status $?" >&2
        "$2" --home "$1" --json jobs
    "#;
    let output = Command::new("unshare")
        .args(["--mount", "--map-root-user", "sh", "-c", script, "sh"])
        .arg(home.path())
        .arg(env!("CARGO_BIN_EXE_keepsong"))
        .output()
        .unwrap();
    let said = stderr(&output);
    assert!(output.status.success(), "this test needs mount namespaces: {said}");
    assert!(said.contains("disk is full") && said.contains("status 1"), "{said}");
    let jobs: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((jobs[0]["state"].as_str(), jobs[0]["error"]["code"].as_str()), (Some("failed"), Some("disk_full")));
}
