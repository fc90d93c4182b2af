//! CAR files: there and back, and everything that can be wrong with one.

use std::io::{self, Read};

use blobs::{Cid, Codec, Error, Profile, Store};
use proptest::prelude::*;

use crate::content::{cat, formula, temporary_store};

fn export(store: &Store, root: Cid) -> Vec<u8> {
    let mut car = Vec::new();
    store.export_car(root, &mut car).unwrap();
    car
}

#[test]
fn a_car_goes_there_and_back() {
    for profile in Profile::ALL {
        let (here, _here) = temporary_store();
        let (there, _there) = temporary_store();
        let content = formula(2_500_000);
        let song = here.put(content.as_slice(), profile).unwrap();
        let root = here.put_directory(&[("song", song), ("again", song)], profile).unwrap();
        let car = export(&here, root);
        assert_eq!(there.import_car(car.as_slice()).unwrap(), [root]);
        assert!(there.verify(root).unwrap().is_complete());
        assert_eq!(there.pins().unwrap(), []);
        assert!(cat(&there, song) == content);
        assert!(export(&there, root) == car, "the order is fixed");
    }
}

/// The CAR of "hello world", written out by hand from the specification.
#[test]
fn the_bytes_of_a_car() {
    let (store, _folder) = temporary_store();
    let root = store.put(&b"hello world"[..], Profile::default()).unwrap();
    let mut expected = vec![0x3a, 0xa2, 0x65];
    expected.extend(b"roots");
    expected.extend([0x81, 0xd8, 0x2a, 0x58, 0x25, 0x00]);
    expected.extend(root.to_bytes());
    expected.push(0x67);
    expected.extend(b"version");
    expected.extend([0x01, 0x2f]);
    expected.extend(root.to_bytes());
    expected.extend(b"hello world");
    assert_eq!(export(&store, root), expected);
}

/// Made by `@ipld/car` 5: see car.mjs.
#[test]
fn a_car_of_other_software() {
    let (store, _folder) = temporary_store();
    let car = include_bytes!("other.car");
    let roots = store.import_car(&car[..]).unwrap();
    assert_eq!(roots.len(), 2);
    let entries = store.entries(roots[0]).unwrap();
    assert_eq!(entries[0].name, "hello.txt");
    assert_eq!(cat(&store, entries[0].cid), b"hello world");
    assert_eq!(cat(&store, roots[1]), b"hello world");
}

fn small_car() -> (Cid, Vec<u8>) {
    let (store, _folder) = temporary_store();
    let a = store.put(&b"first"[..], Profile::default()).unwrap();
    let b = store.put(&b"second"[..], Profile::default()).unwrap();
    let root = store.put_directory(&[("a", a), ("b", b)], Profile::default()).unwrap();
    (root, export(&store, root))
}

#[test]
fn a_car_cut_anywhere_is_refused() {
    let (_, car) = small_car();
    let (mut cut_short, mut incomplete) = (0, 0);
    for len in 0..car.len() {
        let (store, _folder) = temporary_store();
        match store.import_car(&car[..len]).unwrap_err() {
            Error::Car { reason: "it is cut short" | "it is empty", .. } => cut_short += 1,
            Error::CarIncomplete { .. } => incomplete += 1,
            error => panic!("{len}: {error}"),
        }
        assert_eq!(store.pins().unwrap(), []);
    }
    // Between sections only the missing blocks tell.
    assert_eq!((cut_short, incomplete), (car.len() - 3, 3));
}

#[test]
fn every_wrong_car_is_named() {
    let (root, car) = small_car();
    let (store, home) = temporary_store();
    let import = |car: &[u8]| store.import_car(car).unwrap_err();

    let mut flipped = car.clone();
    *flipped.last_mut().unwrap() ^= 1;
    let error = import(&flipped);
    assert!(matches!(error, Error::CarBlockMismatch { offset, .. } if offset > 100), "{error}");

    let with = |tail: &[u8]| [&car[..], tail].concat();
    assert!(
        matches!(import(&with(&[0])), Error::Car { offset, reason: "a section is empty" } if offset == car.len() as u64)
    );
    assert!(matches!(import(&with(&[0xff; 5])), Error::Car { reason: "a section is too long", .. }));
    assert!(matches!(import(&with(&[0xff, 0xff, 0xff, 0x7f])), Error::Car { reason: "a section is too long", .. }));
    assert!(matches!(
        import(&with(&[4, 1, 0x71, 0x12, 0x20])),
        Error::Car { reason: "a block has an unsupported CID", .. }
    ));
    assert!(matches!(import(b"\x0a\xa1\x67version\x02"), Error::Car { reason: "it is CAR version 2", .. }));
    assert!(matches!(import(b"not a CAR at all, but long enough to look like one, perhaps: it goes on and on and on and on and on and on and on"), Error::Car { .. }));

    // The file fails half way through reading.
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the stick was pulled out"))
        }
    }
    let error = store.import_car(car[..100].chain(Broken)).unwrap_err();
    assert!(matches!(&error, Error::Input(_)), "{error}");
    assert!(error.to_string().contains("the stick was pulled out"));

    // Nothing of all that stays once garbage is collected, and the whole file still goes in.
    assert_eq!(store.pins().unwrap(), []);
    store.gc().unwrap();
    assert_eq!(crate::content::block_files(home.path()).len(), 0);
    assert_eq!(store.import_car(car.as_slice()).unwrap(), [root]);
}

#[test]
fn a_car_of_a_damaged_dag_is_not_written_to_the_end() {
    let (store, _folder) = temporary_store();
    let absent = Cid::of(Codec::Raw, b"not here");
    assert!(matches!(store.export_car(absent, io::sink()), Err(Error::Missing { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_refused_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let (store, _folder) = temporary_store();
        prop_assert!(store.import_car(bytes.as_slice()).is_err());
    }

    /// One changed byte: refused, or (where it changes a root's or a block's CID version only, which
    /// is no part of the content) everything that came in is still right.
    #[test]
    fn a_damaged_car_never_gives_a_wrong_block(at: prop::sample::Index, byte: u8) {
        let (_, mut car) = small_car();
        let at = at.index(car.len());
        car[at] = byte;
        let (store, _folder) = temporary_store();
        if let Ok(roots) = store.import_car(car.as_slice()) {
            for root in roots {
                prop_assert!(store.verify(root).unwrap().is_complete());
            }
        }
    }
}
