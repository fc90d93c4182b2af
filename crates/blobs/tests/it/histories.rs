//! Random histories of one store against a model: nothing pinned is ever lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use blobs::{Cid, Codec, Profile, Store};
use proptest::prelude::*;

use crate::content::{block_files, cat, formula, temporary_store};

#[derive(Clone, Debug)]
enum Step {
    Put { content: usize, profile: usize },
    PutDirectory { of: usize, and: usize },
    Pin(usize),
    Unpin(usize),
    Collect,
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    let n = 0..12usize;
    prop_oneof![
        4 => (n.clone(), 0..3usize).prop_map(|(content, profile)| Step::Put { content, profile }),
        2 => (n.clone(), n.clone()).prop_map(|(of, and)| Step::PutDirectory { of, and }),
        3 => n.clone().prop_map(Step::Pin),
        2 => n.prop_map(Step::Unpin),
        2 => Just(Step::Collect),
        1 => Just(Step::Reopen),
    ]
}

/// Twelve contents; some share chunks, some are longer than one chunk.
fn content(n: usize) -> Vec<u8> {
    let len = [0, 1, 5, 300, 262_144, 262_145, 524_288, 600_000][n % 8];
    let mut bytes = formula(len);
    if n >= 8 {
        bytes.push(n as u8);
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn nothing_pinned_is_lost(steps in prop::collection::vec(step(), 1..40)) {
        let (mut store, home) = temporary_store();
        // Everything put since the last collection, and every pin; files with their content.
        let mut known: Vec<Cid> = Vec::new();
        let mut files: BTreeMap<Cid, Vec<u8>> = BTreeMap::new();
        let mut pinned: BTreeSet<Cid> = BTreeSet::new();
        let pick = |known: &[Cid], n: usize| (!known.is_empty()).then(|| known[n % known.len()]);
        for step in steps {
            match step {
                Step::Put { content: n, profile } => {
                    let bytes = content(n);
                    let cid = store.put(bytes.as_slice(), Profile::ALL[profile]).unwrap();
                    files.insert(cid, bytes);
                    known.push(cid);
                }
                Step::PutDirectory { of, and } => {
                    if let (Some(of), Some(and)) = (pick(&known, of), pick(&known, and)) {
                        let entries = [("of", of), ("and", and)];
                        known.push(store.put_directory(&entries, Profile::default()).unwrap());
                    }
                }
                Step::Pin(n) => {
                    if let Some(cid) = pick(&known, n) {
                        store.pin(cid).unwrap();
                        pinned.insert(cid);
                    }
                }
                Step::Unpin(n) => {
                    if let Some(cid) = pick(&known, n) {
                        prop_assert_eq!(store.unpin(cid).unwrap(), pinned.remove(&cid));
                    }
                }
                Step::Collect => {
                    let report = store.gc().unwrap();
                    // What stays is exactly what the pins need.
                    let mut needed = BTreeSet::new();
                    for &pin in &pinned {
                        needed.extend(store.blocks(pin).unwrap().iter().map(|cid| cid.digest().to_vec()));
                    }
                    prop_assert_eq!(report.kept, needed.len() as u64);
                    prop_assert_eq!(block_files(home.path()).len(), needed.len());
                    known = pinned.iter().copied().collect();
                }
                Step::Reopen => store = Store::open(home.path()).unwrap(),
            }
            prop_assert_eq!(store.pins().unwrap(), pinned.iter().copied().collect::<Vec<_>>());
        }
        for &pin in &pinned {
            prop_assert!(store.verify(pin).unwrap().is_complete());
            if let Some(bytes) = files.get(&pin) {
                prop_assert!(cat(&store, pin) == *bytes);
            }
        }
        // Every visible file holds what its name says.
        for path in block_files(home.path()) {
            let name = Cid::of(Codec::Raw, &fs::read(&path).unwrap());
            let name: String = name.digest().iter().map(|byte| format!("{byte:02x}")).collect();
            prop_assert_eq!(path.file_name().unwrap().to_str().unwrap(), name);
        }
    }
}
