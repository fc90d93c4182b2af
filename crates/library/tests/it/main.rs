//! The catalogue on a real file.

use library::{Error, JobError, JobStatus, KeptRow, Library, ListingRow, MintRow, NewJob, SongRow, TakeRow};
use score::{Brief, Language, Mood, Occasion, Style};

fn open(folder: &tempfile::TempDir) -> Library {
    Library::open(&folder.path().join("catalogue.db")).expect("a fresh catalogue opens")
}

fn song(id: &str, title: &str, created: f64) -> SongRow {
    let brief = Brief {
        occasion: Occasion::Birthday,
        name: "Mia".into(),
        say: None,
        age: Some(7),
        facts: vec!["她喜欢恐龙".into(), "100% dog_lover".into()],
        mood: Mood::Joyful,
        style: Style::Pop,
        language: Language::English,
    };
    SongRow { id: id.into(), title: title.into(), brief, chosen: 1, created }
}

fn takes() -> Vec<TakeRow> {
    (1..=2).map(|number| TakeRow { number, duration_s: 40.0 + f64::from(number), take: "{}".into() }).collect()
}

fn job<'a>(id: &'a str) -> NewJob<'a> {
    NewJob { id, kind: "make", subject: "Mia", song: None, request: "{}" }
}

#[test]
fn a_song_is_saved_once_and_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(&folder);
    library.add_song(&song("a", "Mia Turns Seven", 1.0), &takes()).unwrap();
    library.add_song(&song("a", "again", 2.0), &takes()).unwrap();
    drop(library);
    let library = open(&folder);
    assert_eq!(library.song("a").unwrap(), song("a", "Mia Turns Seven", 1.0));
    assert_eq!(library.takes("a").unwrap(), takes());
    for (search, found) in
        [("", 1), ("mia", 1), ("turns", 1), ("恐龙", 1), ("100%", 1), ("dog_l", 1), ("cat", 0), ("dogXl", 0)]
    {
        assert_eq!(library.search(search, 0, 10).unwrap().0, found, "{search:?}");
    }
}

#[test]
fn pages_count_everything_and_newest_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(&folder);
    for n in 0..25 {
        library.add_song(&song(&format!("s{n}"), "Song", f64::from(n)), &takes()).unwrap();
    }
    let (total, page) = library.search("", 10, 5).unwrap();
    assert_eq!(total, 25);
    assert_eq!(page.iter().map(|song| song.id.as_str()).collect::<Vec<_>>(), ["s14", "s13", "s12", "s11", "s10"]);
}

#[test]
fn choosing_renaming_deleting_and_restoring() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(&folder);
    library.add_song(&song("a", "First", 1.0), &takes()).unwrap();
    library.choose_take("a", 2).unwrap();
    assert_eq!(library.summary("a").unwrap().duration_s, 42.0);
    assert!(matches!(library.choose_take("a", 3), Err(Error::NotFound { what: "take", .. })));
    library.rename_song("a", "Second").unwrap();
    assert_eq!(library.search("second", 0, 9).unwrap().0, 1);
    assert_eq!(library.search("first", 0, 9).unwrap().0, 0);
    library.delete_song("a", 3.0).unwrap();
    assert!(matches!(library.song("a"), Err(Error::NotFound { what: "song", .. })));
    library.restore_song("a").unwrap();
    assert_eq!(library.song("a").unwrap().title, "Second");
}

#[test]
fn jobs_move_only_from_where_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(&folder);
    library.add_job(&job("j"), 1.0).unwrap();
    library.add_job(&job("j"), 2.0).unwrap();
    assert_eq!(library.jobs(10).unwrap().len(), 1);
    assert!(library.move_job("j", &[JobStatus::Queued], JobStatus::Running, 3.0).unwrap());
    assert!(!library.move_job("j", &[JobStatus::Queued], JobStatus::Running, 4.0).unwrap());
    assert!(!library.dismiss_job("j").unwrap(), "a running job cannot be hidden");
    library.checkpoint("j", r#"{"takes":1}"#, 5.0).unwrap();
    let error = JobError { code: "disk_full".into(), message: "free some space".into() };
    library.finish_job("j", JobStatus::Failed, None, Some(&error), 6.0).unwrap();
    drop(library);
    let library = open(&folder);
    let row = library.job("j").unwrap();
    assert_eq!((row.status, row.error, row.checkpoint.as_str()), (JobStatus::Failed, Some(error), r#"{"takes":1}"#));
    assert!(library.dismiss_job("j").unwrap());
    assert!(library.jobs(10).unwrap().is_empty());
}

#[test]
fn a_mint_and_a_listing_are_noted_once() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(&folder);
    library.add_song(&song("a", "Song", 1.0), &takes()).unwrap();
    let kept = KeptRow { audio: "x".into(), cover: "y".into(), metadata: "z".into() };
    library.set_kept("a", &kept, 1.0).unwrap();
    assert_eq!(library.kept("a").unwrap(), Some(kept));
    let mint = |token: &str| MintRow {
        song: "a".into(),
        contract: "0xc".into(),
        token_id: token.into(),
        tx: "0xt".into(),
        creator: "0xa".into(),
        royalty_bps: 500,
    };
    library.add_mint(&mint("1"), 1.0).unwrap();
    library.add_mint(&mint("2"), 2.0).unwrap();
    assert_eq!(library.mint("a").unwrap(), Some(mint("1")));
    let listing = ListingRow {
        order_hash: "0xo".into(),
        song: Some("a".into()),
        title: "Song".into(),
        token_id: "1".into(),
        seller: "0xa".into(),
        price_wei: "1000".into(),
        royalty_wei: "50".into(),
        signed_order: "{}".into(),
        listed: 1.0,
    };
    library.add_listing(&listing).unwrap();
    library.add_listing(&ListingRow { price_wei: "1".into(), ..listing.clone() }).unwrap();
    assert_eq!(library.listings().unwrap(), [listing]);
    assert_eq!(library.summary("a").unwrap().orders, ["0xo"]);
}

#[test]
fn blocks_follow_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(&folder);
    assert!(matches!(library.append_chain_block(1, b"one"), Err(Error::BlockOutOfOrder { height: 1 })));
    library.append_chain_block(0, b"one").unwrap();
    library.append_chain_block(1, b"two").unwrap();
    assert!(matches!(library.append_chain_block(1, b"two"), Err(Error::BlockOutOfOrder { height: 1 })));
    assert!(matches!(library.append_chain_block(3, b"four"), Err(Error::BlockOutOfOrder { height: 3 })));
    assert_eq!(library.chain_blocks().unwrap(), [b"one".to_vec(), b"two".to_vec()]);
}

#[test]
fn settings_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(&folder);
    assert_eq!(library.setting::<u32>("volume").unwrap(), None);
    library.set_setting("volume", &7_u32).unwrap();
    assert_eq!(library.setting::<u32>("volume").unwrap(), Some(7));
}

#[test]
fn a_damaged_catalogue_is_named_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("catalogue.db");
    std::fs::write(&path, b"this is not a database, not even nearly one").unwrap();
    let error = Library::open(&path).err().expect("garbage is refused");
    assert!(matches!(error, Error::Damaged { .. }), "{error}");
    assert!(error.to_string().contains("catalogue.db") && error.to_string().contains("Put back a copy"));
    assert_eq!(std::fs::read(&path).unwrap(), b"this is not a database, not even nearly one");
}

#[test]
fn flipped_pages_are_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("catalogue.db");
    let library = open(&folder);
    for n in 0..200 {
        library.add_song(&song(&format!("s{n}"), "Song", f64::from(n)), &takes()).unwrap();
    }
    drop(library);
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4096].fill(0xa5);
    std::fs::write(&path, &bytes).unwrap();
    assert!(matches!(Library::open(&path), Err(Error::Damaged { .. })));
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_later_schema_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(&folder));
    let path = folder.path().join("catalogue.db");
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(Library::open(&path), Err(Error::TooNew { found: 99, .. })));
}
