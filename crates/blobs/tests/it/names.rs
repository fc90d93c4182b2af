//! CIDs against those of other software.

use std::fs;
use std::path::Path;

use blobs::{Error, Profile, cid_of, cid_of_path};

use crate::content::{formula, key_stream, temporary_store};

/// `profile size cid` a line, with "tree" for the directory of [`write_tree`].
const IMPORTER: &str = include_str!("importer.txt");

#[test]
fn files_as_the_javascript_importer_names_them() {
    let longest = formula(349 * 256 * 1024);
    let mut files = 0;
    for line in IMPORTER.lines().filter(|line| !line.starts_with('#')) {
        let [profile, size, cid] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("not a vector: {line}");
        };
        let profile = profile.parse().unwrap();
        if let Ok(size) = size.parse::<usize>() {
            assert_eq!(cid_of(&longest[..size], profile).unwrap().to_string(), cid, "{line}");
            files += 1;
        } else {
            let folder = tempfile::tempdir().unwrap();
            write_tree(folder.path(), profile);
            assert_eq!(cid_of_path(folder.path(), profile).unwrap().to_string(), cid, "{line}");
        }
    }
    assert_eq!(files, 27);
}

/// `b.txt`, `a/c.bin` (two chunks) and the empty `Ünï`, as in importer.mjs; a hidden file, which is
/// left out.
fn write_tree(folder: &Path, profile: Profile) {
    fs::create_dir(folder.join("a")).unwrap();
    fs::write(folder.join("b.txt"), formula(1)).unwrap();
    fs::write(folder.join("a/c.bin"), formula(profile.chunk_bytes() + 1)).unwrap();
    fs::write(folder.join("Ünï"), []).unwrap();
    fs::write(folder.join(".hidden"), "x").unwrap();
}

/// Source: IPIP-0499, section "Test fixtures" (ipfs/specs, CC0).
#[test]
fn files_as_ipip_0499_names_them() {
    const KIB: u64 = 1024;
    let (v0, v1) = (Profile::UnixfsV0_2015, Profile::UnixfsV1_2025);
    let vectors = [
        (v0, "chunk-v0-seed", 256 * KIB, "QmWmRj3dFDZdb6ABvbmKhEL6TmPbAfBZ1t5BxsEyJrcZhE"),
        (v0, "chunk-v0-seed", 256 * KIB + 1, "QmYyLxtzZyW22zpoVAtKANLRHpDjZtNeDjQdJrcQNWoRkJ"),
        (v0, "v0-seed", 174 * 256 * KIB, "QmUbBALi174SnogsUzLpYbD4xPiBSFANF4iztWCsHbMKh2"),
        (v0, "v0-seed", 174 * 256 * KIB + 1, "QmV81WL765sC8DXsRhE5fJv2rwhS4icHRaf3J9Zk5FdRnW"),
        (v1, "chunk-v1-seed", KIB * KIB, "bafkreiacndfy443ter6qr2tmbbdhadvxxheowwf75s6zehscklu6ezxmta"),
        (v1, "chunk-v1-seed", KIB * KIB + 1, "bafybeigmix7t42i6jacydtquhet7srwvgpizfg7gjbq7627d35mjomtu64"),
        // 1025 chunks: one more than a node has links.
        (v1, "v1-2025-seed", KIB * KIB * KIB + 1, "bafybeibdsi225ugbkmpbdohnxioyab6jsqrmkts3twhpvfnzp77xtzpyhe"),
    ];
    for (profile, seed, len, cid) in vectors {
        assert_eq!(cid_of(key_stream(seed, len), profile).unwrap().to_string(), cid, "{seed} {len}");
    }
    let hello = |profile| cid_of(&b"hello world"[..], profile).unwrap().to_string();
    assert_eq!(hello(v0), "Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD");
    assert_eq!(hello(v1), "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");
}

/// Source: IPIP-0499, section "Test fixtures": directories at the size where sharding begins.
#[test]
fn directories_up_to_the_sharding_threshold() {
    let (v0, v1) = (Profile::UnixfsV0_2015, Profile::UnixfsV1_2025);
    let name = |profile, seed, files, name_len, last_len| {
        let (store, _folder) = temporary_store();
        let x = store.put(&b"x"[..], profile).unwrap();
        let names = names_from(seed, files, name_len, last_len);
        let entries: Vec<_> = names.iter().map(|name| (name, x)).collect();
        store.put_directory(&entries, profile)
    };
    assert_eq!(
        name(v0, "hamt-unixfs-v0-2015", 4096, 30, 30).unwrap().to_string(),
        "QmX5GtRk3TSSEHtdrykgqm4eqMEn3n2XhfkFAis5fjyZmN"
    );
    assert_eq!(
        name(v1, "hamt-unixfs-v1-2025", 4766, 11, 21).unwrap().to_string(),
        "bafybeic3h7rwruealwxkacabdy45jivq2crwz6bufb5ljwupn36gicplx4"
    );
    for too_large in [name(v0, "hamt-unixfs-v0-2015", 4033, 31, 31), name(v1, "hamt-unixfs-v1-2025", 4766, 11, 22)] {
        assert!(matches!(too_large, Err(Error::DirectoryTooLarge { bytes: 262_145 })), "{too_large:?}");
    }
}

fn names_from(seed: &str, files: usize, name_len: usize, last_len: usize) -> Vec<String> {
    const ALPHABET: &[u8] = b"abcdefghijklmnopqrstuvwxyz01234567890-_";
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut key_stream(seed, 1 << 20), &mut bytes).unwrap();
    let mut bytes = bytes.into_iter().map(|byte| char::from(ALPHABET[usize::from(byte) % ALPHABET.len()]));
    (1..=files).map(|n| bytes.by_ref().take(if n == files { last_len } else { name_len }).collect()).collect()
}

/// Source: the UnixFS specification's test vectors.
#[test]
fn the_empty_directory() {
    let folder = tempfile::tempdir().unwrap();
    let name = |profile| cid_of_path(folder.path(), profile).unwrap().to_string();
    assert_eq!(name(Profile::UnixfsV0_2015), "QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn");
    let v1 = "bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354";
    assert_eq!(name(Profile::UnixfsV1_2025), v1);
    assert_eq!(name(Profile::Kubo), v1);
}

/// A link "a" to "b": the CID go-ipfs gave it.
#[cfg(unix)]
#[test]
fn links_inside_a_directory_stay_links() {
    let (store, _home) = temporary_store();
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("b", folder.path().join("a")).unwrap();
    let root = store.put_path(folder.path(), Profile::UnixfsV0_2015).unwrap();
    let entries = store.entries(root).unwrap();
    assert_eq!(entries[0].cid.to_string(), "QmfLJN6HLyREnWr7QQNmgmuNziUhcbwUopkHQ8gD3pMfp6");
    let error = store.cat(entries[0].cid, std::io::sink()).unwrap_err();
    assert!(matches!(error, Error::NotAFile { found: "link to another name", .. }));
}

#[test]
fn what_cannot_be_named_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let missing = cid_of_path(&folder.path().join("nothing"), Profile::default()).unwrap_err();
    assert!(matches!(missing, Error::Io { .. }), "{missing}");
    #[cfg(target_os = "linux")]
    {
        let device = cid_of_path(Path::new("/dev/null"), Profile::default()).unwrap_err();
        assert!(matches!(device, Error::UnsupportedFile { .. }), "{device}");
        use std::os::unix::ffi::OsStrExt;
        fs::write(folder.path().join(std::ffi::OsStr::from_bytes(b"\xff")), "x").unwrap();
        let name = cid_of_path(folder.path(), Profile::default()).unwrap_err();
        assert!(matches!(name, Error::InvalidName { .. }), "{name}");
    }
}
