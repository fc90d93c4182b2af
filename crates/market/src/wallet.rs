//! The practice wallet: named accounts whose keys all come from one random seed in a private file.
//!
//! It guards practice money. The seed is never logged, `Debug` does not print it, and the file is written
//! whole (a new file, then linked into place) with access for its owner only.

use crate::{Error, Result};
use alloy::{
    primitives::{Address, B256, Signature, keccak256},
    signers::{SignerSync, local::PrivateKeySigner},
};
use serde::{Deserialize, Serialize};
use std::{
    fmt, fs,
    io::{self, Write},
    path::Path,
};

/// A name people use and its address on the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub name: String,
    pub address: Address,
}

/// The keys of all accounts.
#[derive(Clone)]
pub struct Keys {
    seed: B256,
}

#[derive(Serialize, Deserialize)]
struct File {
    version: u8,
    seed: B256,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(redacted)")
    }
}

impl Keys {
    /// Makes keys from a given seed, which must be secret and random.
    pub fn from_seed(seed: B256) -> Self {
        Self { seed }
    }

    /// Makes a new wallet file, and never touches an existing one.
    ///
    /// # Errors
    /// [`Error::WalletExists`], [`Error::WalletFile`], [`Error::Randomness`].
    pub fn create(path: &Path) -> Result<Self> {
        let mut seed = B256::ZERO;
        getrandom::fill(seed.as_mut_slice()).map_err(|_| Error::Randomness)?;
        let failed = |source: io::Error| match source.kind() {
            io::ErrorKind::AlreadyExists => Error::WalletExists { path: path.into() },
            _ => Error::WalletFile { path: path.into(), source },
        };
        if path.exists() {
            return Err(Error::WalletExists { path: path.into() });
        }
        let text = serde_json::to_vec(&File { version: 1, seed }).map_err(|e| failed(e.into()))?;
        write_new(path, &text).map_err(failed)?;
        Ok(Self { seed })
    }

    /// # Errors
    /// [`Error::WalletMissing`], [`Error::WalletDamaged`], [`Error::WalletExposed`], [`Error::WalletFile`].
    pub fn open(path: &Path) -> Result<Self> {
        let failed = |source: io::Error| match source.kind() {
            io::ErrorKind::NotFound => Error::WalletMissing { path: path.into() },
            _ => Error::WalletFile { path: path.into(), source },
        };
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            if fs::metadata(path).map_err(failed)?.permissions().mode() & 0o077 != 0 {
                return Err(Error::WalletExposed { path: path.into() });
            }
        }
        let text = fs::read(path).map_err(failed)?;
        match serde_json::from_slice(&text) {
            Ok(File { version: 1, seed }) => Ok(Self { seed }),
            _ => Err(Error::WalletDamaged { path: path.into() }),
        }
    }

    /// Opens the wallet, or makes it when there is none.
    ///
    /// # Errors
    /// As [`Keys::open`] and [`Keys::create`].
    pub fn open_or_create(path: &Path) -> Result<Self> {
        match Self::open(path) {
            Err(Error::WalletMissing { .. }) => Self::create(path),
            other => other,
        }
    }

    /// The account of that name; the same name always gives the same address.
    ///
    /// # Errors
    /// [`Error::AccountName`].
    pub fn account(&self, name: &str) -> Result<Account> {
        Ok(Account { name: name.into(), address: self.signer(name)?.address() })
    }

    /// Signs a digest (of a transaction or of EIP-712 data) with an account's key.
    ///
    /// # Errors
    /// [`Error::AccountName`], [`Error::Signing`].
    pub(crate) fn sign(&self, name: &str, digest: B256) -> Result<Signature> {
        self.signer(name)?.sign_hash_sync(&digest).map_err(|_| Error::Signing)
    }

    fn signer(&self, name: &str) -> Result<PrivateKeySigner> {
        let good = |c: char| c.is_alphanumeric() || c == '-';
        if name.is_empty() || name.chars().count() > 40 || !name.chars().all(good) {
            return Err(Error::AccountName { name: name.chars().take(40).collect() });
        }
        let key = keccak256([b"keepsong account 1".as_slice(), self.seed.as_slice(), name.as_bytes()].concat());
        PrivateKeySigner::from_bytes(&key).map_err(|_| Error::Signing)
    }
}

/// Writes a file that must not exist yet: all of it or nothing, readable by its owner only.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let partial = path.with_extension(format!("{}.partial", std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // What a kill left of an earlier try; a whole wallet never has this name.
    let _none_left = fs::remove_file(&partial);
    let written = (|| {
        let mut file = options.open(&partial)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        // A link, unlike a rename, fails when the name is taken.
        fs::hard_link(&partial, path)
    })();
    let removed = fs::remove_file(&partial);
    written.and(removed)?;
    #[cfg(unix)]
    fs::File::open(path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wallet_is_private_opens_again_and_is_never_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("wallet.json");
        assert!(matches!(Keys::open(&path), Err(Error::WalletMissing { .. })));
        let made = Keys::create(&path).unwrap();
        let opened = Keys::open(&path).unwrap();
        assert_eq!(made.account("creator").unwrap(), opened.account("creator").unwrap());
        assert_ne!(made.account("creator").unwrap().address, made.account("buyer").unwrap().address);
        assert!(matches!(Keys::create(&path), Err(Error::WalletExists { .. })));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "no partial file stays behind");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
            assert!(matches!(Keys::open(&path), Err(Error::WalletExposed { .. })));
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        }
        fs::write(&path, "{").unwrap();
        assert!(matches!(Keys::open(&path), Err(Error::WalletDamaged { .. })));
        assert!(matches!(Keys::open_or_create(&path), Err(Error::WalletDamaged { .. })));
    }

    #[test]
    fn secrets_are_not_printed_and_names_are_checked() {
        let keys = Keys::from_seed(B256::repeat_byte(0xab));
        assert!(!format!("{keys:?}").contains("abab"));
        for name in ["", "a b", "../x", &"a".repeat(41)] {
            assert!(matches!(keys.account(name), Err(Error::AccountName { .. })), "{name:?}");
        }
    }
}
