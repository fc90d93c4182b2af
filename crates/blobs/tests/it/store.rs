//! Keeping and reading blobs.

use std::fs;
use std::io;

use blobs::{Cid, Codec, Error, MAX_BLOCK_BYTES, Profile, Store, cid_of, cid_of_path};

use crate::content::{block_file, block_files, cat, formula, temporary_store};

#[test]
fn what_is_put_is_read_back_under_its_name() {
    let content = formula(350 * 256 * 1024 + 7);
    for profile in Profile::ALL {
        let (store, _folder) = temporary_store();
        let chunk = profile.chunk_bytes();
        for len in [0, 1, chunk, chunk + 1, content.len()] {
            let bytes = &content[..len];
            let cid = store.put(bytes, profile).unwrap();
            assert_eq!(cid, cid_of(bytes, profile).unwrap());
            assert_eq!(store.size(cid).unwrap(), len as u64);
            assert!(cat(&store, cid) == bytes, "{profile} {len}");
            let report = store.verify(cid).unwrap();
            assert!(report.is_complete());
            assert_eq!(report.blocks, store.blocks(cid).unwrap().len() as u64);
        }
    }
}

/// A reader that gives one byte, then an interruption, then the rest in odd pieces.
struct Stutter<'a>(&'a [u8], usize);

impl io::Read for Stutter<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.1 += 1;
        if self.1.is_multiple_of(3) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let n = buffer.len().min(self.1 * 997 - 996);
        io::Read::read(&mut self.0, &mut buffer[..n])
    }
}

#[test]
fn the_name_does_not_depend_on_how_content_arrives() {
    let content = formula(1_500_000);
    for profile in Profile::ALL {
        let whole = cid_of(content.as_slice(), profile).unwrap();
        assert_eq!(cid_of(Stutter(&content, 0), profile).unwrap(), whole);
    }
}

#[test]
fn a_directory_is_kept_and_read_back() {
    let (store, home) = temporary_store();
    let profile = Profile::default();
    let song = store.put(formula(1_200_000).as_slice(), profile).unwrap();
    let words = store.put(&b"words"[..], profile).unwrap();
    let inner = store.put_directory(&[("song.wav", song)], profile).unwrap();
    let root = store.put_directory(&[("words.txt", words), ("audio", inner)], profile).unwrap();

    let entries = store.entries(root).unwrap();
    assert_eq!(entries.iter().map(|e| e.name.as_str()).collect::<Vec<_>>(), ["audio", "words.txt"]);
    assert_eq!(entries[1].cid, words);
    assert_eq!(store.entries(inner).unwrap()[0].cid, song);
    let weight = |cid| store.verify(cid).unwrap().bytes;
    assert_eq!(entries[0].dag_bytes, weight(inner));

    // The same tree on disk has the same name, and keeping it adds nothing.
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("audio")).unwrap();
    fs::write(folder.path().join("audio/song.wav"), formula(1_200_000)).unwrap();
    fs::write(folder.path().join("words.txt"), "words").unwrap();
    let before = block_files(home.path());
    assert_eq!(cid_of_path(folder.path(), profile).unwrap(), root);
    assert_eq!(store.put_path(folder.path(), profile).unwrap(), root);
    assert_eq!(block_files(home.path()), before);

    assert!(matches!(store.cat(root, io::sink()), Err(Error::NotAFile { found: "directory", .. })));
    assert!(matches!(store.entries(song), Err(Error::NotADirectory { .. })));
    assert!(matches!(store.entries(words), Err(Error::NotADirectory { .. })));
}

#[test]
fn a_directory_refuses_bad_entries() {
    let (store, _folder) = temporary_store();
    let profile = Profile::default();
    let x = store.put(&b"x"[..], profile).unwrap();
    for name in ["", ".", "..", "a/b", "../../etc", "nul\0"] {
        let error = store.put_directory(&[(name, x)], profile).unwrap_err();
        assert!(matches!(error, Error::InvalidName { .. }), "{name:?}: {error}");
    }
    let twice = store.put_directory(&[("a", x), ("a", x)], profile).unwrap_err();
    assert!(matches!(twice, Error::DuplicateName { .. }), "{twice}");
    let absent = Cid::of(Codec::Raw, b"not here");
    let error = store.put_directory(&[("a", absent)], profile).unwrap_err();
    assert!(matches!(error, Error::Missing { cid } if cid == absent), "{error}");
}

/// A directory block from elsewhere whose only entry has this name.
fn hostile_directory(name: &[u8]) -> Vec<u8> {
    let cid = Cid::of(Codec::Raw, b"x").to_bytes();
    let mut link = vec![0x0a, cid.len() as u8];
    link.extend(cid);
    link.extend([0x12, name.len() as u8]);
    link.extend(name);
    let mut block = vec![0x12, link.len() as u8];
    block.extend(link);
    block.extend([0x0a, 2, 0x08, 1]);
    block
}

#[test]
fn names_that_reach_outside_are_refused_when_read() {
    let (store, home) = temporary_store();
    let place = |block: &[u8]| {
        let cid = Cid::of(Codec::DagPb, block);
        let path = block_file(home.path(), cid);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, block).unwrap();
        cid
    };
    assert_eq!(store.entries(place(&hostile_directory(b"good"))).unwrap().len(), 1);
    for name in [&b"../x"[..], b"..", b"", b"a\0", b"\xff"] {
        let error = store.entries(place(&hostile_directory(name))).unwrap_err();
        assert!(matches!(error, Error::Malformed { .. }), "{name:?}: {error}");
    }
}

#[test]
fn damage_is_found_wherever_it_is_and_healed_by_keeping_again() {
    let (store, home) = temporary_store();
    let content = formula(3 * 1024 * 1024 + 5);
    let root = store.put(content.as_slice(), Profile::default()).unwrap();
    let blocks = store.blocks(root).unwrap();
    assert_eq!((blocks.len(), blocks[0]), (5, root));
    for &cid in &blocks {
        let path = block_file(home.path(), cid);
        let good = fs::read(&path).unwrap();
        let mut flipped = good.clone();
        flipped[good.len() / 2] ^= 1;
        let huge = vec![0; MAX_BLOCK_BYTES + 2];
        for bad in [&flipped[..], &good[..good.len() - 1], &[], &huge] {
            fs::write(&path, bad).unwrap();
            assert!(matches!(store.get_block(cid), Err(Error::Corrupt { cid: named }) if named == cid));
            assert!(matches!(store.cat(root, io::sink()), Err(Error::Corrupt { cid: named }) if named == cid));
            let report = store.verify(root).unwrap();
            assert_eq!((report.corrupt.as_slice(), report.is_complete()), (&[cid][..], false));
            assert_eq!(store.put(content.as_slice(), Profile::default()).unwrap(), root);
            assert!(store.verify(root).unwrap().is_complete());
        }
        fs::remove_file(&path).unwrap();
        assert!(!store.has(cid).unwrap());
        assert_eq!(store.verify(root).unwrap().missing, [cid]);
        assert!(matches!(store.blocks(root), Err(Error::Missing { cid: named }) if named == cid));
        store.put(content.as_slice(), Profile::default()).unwrap();
        assert!(store.has(cid).unwrap());
    }
    let error = Error::Corrupt { cid: root }.to_string();
    assert!(error.contains("keep the original again or fetch it again"), "{error}");
}

#[test]
fn only_whole_files_can_be_pinned_and_pins_survive_reopening() {
    let (store, home) = temporary_store();
    let root = store.put(formula(2_500_000).as_slice(), Profile::UnixfsV0_2015).unwrap();
    let leaf = store.blocks(root).unwrap()[3];
    let path = block_file(home.path(), leaf);
    let bytes = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    assert!(matches!(store.pin(root), Err(Error::Missing { cid }) if cid == leaf));
    assert_eq!(store.pins().unwrap(), []);
    fs::write(&path, bytes).unwrap();
    store.pin(root).unwrap();
    store.pin(root).unwrap();
    assert_eq!(Store::open(home.path()).unwrap().pins().unwrap(), [root]);
    assert!(store.unpin(root).unwrap());
    assert!(!store.unpin(root).unwrap());
}

#[test]
fn collection_deletes_nothing_when_in_doubt() {
    let (store, home) = temporary_store();
    let pinned = store.put(formula(2_500_000).as_slice(), Profile::default()).unwrap();
    store.pin(pinned).unwrap();
    store.put(&b"garbage"[..], Profile::default()).unwrap();
    let all = block_files(home.path());
    let [root, leaf] = [0, 2].map(|i| block_file(home.path(), store.blocks(pinned).unwrap()[i]));
    let undamaged = |path: &std::path::Path| fs::read(path).unwrap();

    // The root is damaged.
    let good = undamaged(&root);
    fs::write(&root, b"rubbish").unwrap();
    assert!(matches!(store.gc(), Err(Error::Corrupt { .. })));
    assert_eq!(block_files(home.path()), all);
    fs::write(&root, good).unwrap();

    // A leaf is missing.
    let good = undamaged(&leaf);
    fs::remove_file(&leaf).unwrap();
    assert!(matches!(store.gc(), Err(Error::Missing { .. })));
    assert_eq!(block_files(home.path()).len(), all.len() - 1);
    fs::write(&leaf, good).unwrap();

    // Something among the pins is not a pin.
    let stray = home.path().join("pins/notes.txt");
    fs::write(&stray, "x").unwrap();
    assert!(matches!(store.gc(), Err(Error::MalformedPin { path }) if path == stray));
    assert_eq!(block_files(home.path()), all);
    fs::remove_file(stray).unwrap();

    // Somebody is adding.
    let hold = store.hold().unwrap();
    assert!(matches!(store.gc(), Err(Error::Busy)));
    assert_eq!(block_files(home.path()), all);
    drop(hold);

    let report = store.gc().unwrap();
    assert_eq!((report.kept, report.deleted, report.deleted_bytes), (4, 1, 7));
    assert!(store.verify(pinned).unwrap().is_complete());
}

#[test]
fn opening_removes_what_a_killed_writer_left() {
    let (store, home) = temporary_store();
    let leftover = home.path().join("tmp/4242-0");
    fs::write(&leftover, "half a block").unwrap();
    let hold = store.hold().unwrap();
    Store::open(home.path()).unwrap();
    assert!(leftover.exists(), "somebody is writing: it may be theirs");
    drop(hold);
    Store::open(home.path()).unwrap();
    assert!(!leftover.exists());
}

#[test]
fn several_threads_keep_at_once() {
    let (store, home) = temporary_store();
    let shared = formula(600_000);
    std::thread::scope(|scope| {
        for thread in 0..4u8 {
            let (store, shared) = (&store, &shared);
            scope.spawn(move || {
                for n in 0..10u8 {
                    let hold = store.hold().unwrap();
                    let same = store.put(shared.as_slice(), Profile::Kubo).unwrap();
                    let own = store.put(&[thread, n][..], Profile::Kubo).unwrap();
                    store.pin(same).unwrap();
                    store.pin(own).unwrap();
                    drop(hold);
                    match store.gc() {
                        Ok(_) | Err(Error::Busy) => {}
                        Err(error) => panic!("{error}"),
                    }
                }
            });
        }
    });
    let pins = store.pins().unwrap();
    assert_eq!(pins.len(), 41);
    assert!(pins.iter().all(|&pin| store.verify(pin).unwrap().is_complete()));
    assert_eq!(fs::read_dir(home.path().join("tmp")).unwrap().count(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_output_is_an_error() {
    let (store, _folder) = temporary_store();
    let cid = store.put(&b"x"[..], Profile::default()).unwrap();
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    assert!(matches!(store.cat(cid, full()), Err(Error::Output(_))));
    assert!(matches!(store.export_car(cid, full()), Err(Error::Output(_))));
}

/// Run as root: `cargo test -p blobs -- --ignored full_disk`.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs root, to mount a small disk"]
fn a_full_disk_is_said_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let run = |program: &str, args: &[&str]| {
        assert!(std::process::Command::new(program).args(args).status().unwrap().success());
    };
    let place = folder.path().to_str().unwrap();
    run("mount", &["-t", "tmpfs", "-o", "size=4m", "tmpfs", place]);
    let store = Store::open(place).unwrap();
    let small = store.put(formula(1_000_000).as_slice(), Profile::default()).unwrap();
    store.pin(small).unwrap();
    let full = store.put(formula(8_000_000).as_slice(), Profile::default());
    let whole = block_files(folder.path()).iter().all(|path| {
        let bytes = fs::read(path).unwrap();
        *path == block_file(folder.path(), Cid::of(Codec::Raw, &bytes))
    });
    let leftovers = fs::read_dir(folder.path().join("tmp")).unwrap().count();
    let small_is_whole = store.verify(small).unwrap().is_complete();
    let freed = store.gc().unwrap().deleted;
    run("umount", &[place]);
    assert!(matches!(full, Err(Error::StorageFull { .. })), "{full:?}");
    assert!(whole && small_is_whole);
    assert_eq!((leftovers, freed), (0, 3));
}
