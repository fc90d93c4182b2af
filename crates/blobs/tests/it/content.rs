//! Content for the tests, made from formulas.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use blobs::{Cid, Store};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use sha2::{Digest, Sha256};

/// `len` bytes: byte `i` is the top byte of `(i mod 1048583) * 2654435761 mod 2^32`. The period is a
/// prime just above 1 MiB, so that no two chunks of a file are equal.
pub fn formula(len: usize) -> Vec<u8> {
    let byte = |i: usize| ((i % 1_048_583) as u32).wrapping_mul(2_654_435_761) >> 24;
    (0..len).map(|i| byte(i) as u8).collect()
}

/// The key stream of ChaCha20 under the key sha256(`seed`) and a zero nonce: the content from which
/// Kubo's own tests, and the vectors of IPIP-0499, are made.
pub fn key_stream(seed: &str, len: u64) -> impl Read {
    KeyStream(ChaCha20Rng::from_seed(Sha256::digest(seed).into())).take(len)
}

struct KeyStream(ChaCha20Rng);

impl Read for KeyStream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // The generator draws words of four bytes; only the end of the content may cut one.
        let whole_words = buffer.len() & !3;
        let len = if whole_words == 0 { buffer.len() } else { whole_words };
        self.0.fill_bytes(&mut buffer[..len]);
        Ok(len)
    }
}

/// A store in a folder of its own, which goes when the folder is dropped.
pub fn temporary_store() -> (Store, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (Store::open(folder.path()).unwrap(), folder)
}

/// Every file below the store's `blocks` folder, found without the store's help.
pub fn block_files(store_folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(store_folder.join("blocks"))
        .unwrap()
        .flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap())
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    files
}

/// Where the store keeps `cid`, computed without the store's help.
pub fn block_file(store_folder: &Path, cid: Cid) -> PathBuf {
    let name: String = cid.digest().iter().map(|byte| format!("{byte:02x}")).collect();
    store_folder.join("blocks").join(&name[..2]).join(name)
}

/// The file `cid` as bytes.
pub fn cat(store: &Store, cid: Cid) -> Vec<u8> {
    let mut bytes = Vec::new();
    store.cat(cid, &mut bytes).unwrap();
    bytes
}
