//! The main job and its documents.

use std::path::Path;

use serde_json::Value;

use crate::{Home, MIA};

#[test]
fn make_prints_the_published_document() {
    let home = Home::new();
    let made = home.json(MIA);
    for field in ["song", "title", "engine", "language", "cid"] {
        assert!(made[field].as_str().is_some_and(|text| !text.is_empty()), "{field}");
    }
    assert_eq!(
        (made["take"].as_u64(), made["seed"].as_u64(), made["language"].as_str()),
        (Some(1), Some(7), Some("en"))
    );
    let duration = made["duration_s"].as_f64().unwrap();
    assert!((30.0..=90.0).contains(&duration), "{duration} s");
    assert!((made["lufs"].as_f64().unwrap() + 14.0).abs() <= 1.0, "{}", made["lufs"]);
    assert!(made["true_peak_dbtp"].as_f64().unwrap() <= -1.0, "{}", made["true_peak_dbtp"]);

    let files =
        [&made["audio"], &made["midi"], &made["lrc"]].into_iter().chain(made["stems"].as_object().unwrap().values());
    for file in files.map(|path| Path::new(path.as_str().unwrap())) {
        assert!(file.is_absolute() && file.is_file(), "{}", file.display());
    }
    assert!(made["stems"].as_object().unwrap().len() >= 4, "vocals and at least three instruments");

    let sections = made["sections"].as_array().unwrap();
    assert!(
        ["verse", "chorus"]
            .iter()
            .all(|kind| sections.iter().any(|section| section["name"].as_str().unwrap().starts_with(kind)))
    );
    let lines = made["lyrics"].as_array().unwrap();
    let words = lines.iter().map(|line| line["text"].as_str().unwrap().to_lowercase()).collect::<Vec<_>>().join("\n");
    assert!(words.matches("mia").count() >= 3, "the name is sung three times:\n{words}");
    assert!(words.contains("dinosaur") && words.contains("biscuit"), "both facts are sung:\n{words}");
    let mut last = 0.0;
    for syllable in lines.iter().flat_map(|line| line["syllables"].as_array().unwrap()) {
        let (start, end) = (syllable["start_s"].as_f64().unwrap(), syllable["end_s"].as_f64().unwrap());
        assert!(last <= start && start < end && end <= duration, "{syllable}");
        assert!(syllable["midi"].is_u64() || syllable["midi"].is_array());
        last = start;
    }
    assert_eq!(home.json(&["cid", made["audio"].as_str().unwrap()])["cid"], made["cid"]);
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_does_not() {
    let (one, two) = (Home::new(), Home::new());
    let bytes = |made: &Value| std::fs::read(made["audio"].as_str().unwrap()).unwrap();
    let first = one.json(MIA);
    let again = two.json(MIA);
    assert_eq!(first["cid"], again["cid"]);
    assert!(bytes(&first) == bytes(&again));
    let other = one.json(&["make", "--name", "Mia", "--seed", "8"]);
    assert_ne!(first["cid"], other["cid"]);
}

#[test]
fn the_demo_runs_twice_in_one_home_and_every_wei_arrives() {
    let home = Home::new();
    let first = home.json(&["demo"]);
    let second = home.json(&["demo"]);
    for demo in [&first, &second] {
        assert!(demo["played"].is_null(), "there is no sound system here");
        let sale = &demo["sale"];
        let wei = |field: &str| sale[field].as_str().unwrap().parse::<u128>().unwrap();
        assert_eq!(wei("price_wei"), 10_000_000_000_000_000);
        assert_eq!(wei("royalty_wei"), wei("price_wei") / 20);
        assert_eq!(wei("creator_delta_wei"), wei("royalty_wei"));
        assert_eq!(wei("seller_delta_wei") + wei("creator_delta_wei"), wei("price_wei"));
        assert_eq!(demo["owner"], sale["buyer"]);
        assert_ne!(demo["mint"]["creator"], demo["listing"]["seller"]);
        assert_eq!(demo["song"]["cid"], demo["cids"]["audio"]);
    }
    assert_ne!(first["mint"]["token_id"], second["mint"]["token_id"]);
    let library = home.json(&["library"]);
    assert_eq!(library["total"], 2);
    let song = home.json(&["show", first["song"]["song"].as_str().unwrap()]);
    assert_eq!(song["minted"]["owner"], first["owner"]);
    assert_eq!(song["provenance"]["engine"], "songsmith");
    assert_eq!(home.json(&["verify", first["song"]["song"].as_str().unwrap()]).as_array().unwrap().len(), 3);
}

#[test]
fn a_song_is_exported_kept_archived_and_sold_step_by_step() {
    let home = Home::new();
    let made = home.json(MIA);
    let song = made["song"].as_str().unwrap();
    let folder = home.path().join("out");
    for (format, files) in [("wav", 1), ("midi", 1), ("lrc", 1), ("stems", made["stems"].as_object().unwrap().len())] {
        let written = home.json(&["export", song, "--format", format, folder.to_str().unwrap()]);
        assert_eq!(written.as_array().unwrap().len(), files, "{format}");
    }
    let car = home.path().join("out.car");
    assert_eq!(home.json(&["car", made["audio"].as_str().unwrap(), car.to_str().unwrap()])["cid"], made["cid"]);
    let kept = home.json(&["keep", song]);
    assert_eq!(kept["audio"], made["cid"]);

    let minted = home.json(&["mint", song, "--royalty", "7.5%", "--price", "0.25"]);
    assert_eq!(minted["mint"]["royalty_bps"], 750);
    let order = minted["listing"]["order_hash"].as_str().unwrap();
    assert_eq!(home.json(&["market"])[0]["order_hash"], order);
    home.json(&["cancel", order]);
    assert_eq!(home.json(&["market"])[0]["status"], "cancelled");
    let listed = home.json(&["list", song, "--price", "0.5"]);
    home.json(&["buy", listed["order_hash"].as_str().unwrap(), "--as", "friend"]);
    assert_eq!(home.json(&["show", song])["minted"]["owner_name"], "friend");
    assert_eq!(home.json(&["market", "--search", "mia"])[0]["status"], "sold");
    let jobs = home.json(&["jobs"]);
    assert!(jobs.as_array().unwrap().iter().all(|job| job["state"] == "succeeded"), "{jobs}");
}
