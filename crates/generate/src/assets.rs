//! The files a better-sounding song uses: where they are, and that they are the right ones.
//!
//! Nothing here is in the repository. Packages of the system bring the files; without them the song is made by
//! calculation alone.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use score::AssetHash;
use sha2::{Digest, Sha256};

use crate::GenerateError;

/// Environment variable with one more folder to look in, after those the caller gives.
pub const ASSETS_VARIABLE: &str = "KEEPSONG_ASSETS";

/// What an asset is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssetKind {
    SoundFont,
    Voice,
}

/// What is known of an asset before it is seen.
#[derive(Debug, PartialEq, Eq)]
pub struct Manifest {
    pub kind: AssetKind,
    /// Debian and Ubuntu package that installs it.
    pub package: &'static str,
    pub file: &'static str,
    /// The folder that package puts it in.
    pub folder: &'static str,
    /// Lower-case hex of the file's bytes.
    pub sha256: &'static str,
    /// SPDX identifier or the licence's own name.
    pub licence: &'static str,
}

/// FluidR3 by Frank Wen.
pub const FLUID_R3: Manifest = Manifest {
    kind: AssetKind::SoundFont,
    package: "fluid-soundfont-gm",
    file: "FluidR3_GM.sf2",
    folder: "/usr/share/sounds/sf2",
    sha256: "74594e8f4250680adf590507a306655a299935343583256f3b722c48a1bc1cb0",
    licence: "MIT",
};

/// The voice "slt" by Carnegie Mellon University.
pub const SLT: Manifest = Manifest {
    kind: AssetKind::Voice,
    package: voice::SLT_PACKAGE,
    file: "cmu_us_slt_arctic_hts.htsvoice",
    folder: "/usr/share/festival/voices/us/cmu_us_slt_arctic_hts/hts",
    sha256: "04475446a92233deabaad85fa52a1e2df562cb269cf4acf463752644d6e4ce2e",
    licence: "LicenseRef-CMU-Festvox",
};

/// A file that was found; its bytes are not read until [`Asset::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    pub path: PathBuf,
    pub manifest: &'static Manifest,
}

impl Asset {
    /// Reads the file once and compares its hash: 0.1 s for the SoundFont where the processor hashes in hardware.
    ///
    /// # Errors
    /// [`GenerateError::ReadAsset`], or [`GenerateError::WrongAsset`] with both hashes.
    pub fn verify(&self) -> Result<AssetHash, GenerateError> {
        let found = sha256(&self.path).map_err(|source| GenerateError::ReadAsset {
            path: self.path.clone(),
            package: self.manifest.package,
            source,
        })?;
        if found != self.manifest.sha256 {
            return Err(GenerateError::WrongAsset {
                path: self.path.clone(),
                package: self.manifest.package,
                expected: self.manifest.sha256,
                found,
            });
        }
        Ok(AssetHash { name: self.manifest.file.to_owned(), sha256: found, licence: self.manifest.licence.to_owned() })
    }
}

/// What this machine has; `None` means the built-in way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assets {
    pub soundfont: Option<Asset>,
    pub voice: Option<Asset>,
}

impl Assets {
    /// The built-in band and singer only.
    pub const NONE: Self = Self { soundfont: None, voice: None };

    /// Looks in `folders`, then in the folder of [`ASSETS_VARIABLE`], then where the packages install. No file is read.
    ///
    /// # Errors
    /// [`GenerateError::NoAssetFolder`] if the variable names a folder that is not there.
    pub fn find(folders: &[PathBuf]) -> Result<Self, GenerateError> {
        let mut folders = folders.to_vec();
        if let Some(folder) = std::env::var_os(ASSETS_VARIABLE).filter(|value| !value.is_empty()) {
            let path = PathBuf::from(folder);
            if !path.is_dir() {
                return Err(GenerateError::NoAssetFolder { variable: ASSETS_VARIABLE, path });
            }
            folders.push(path);
        }
        let find = |manifest: &'static Manifest| {
            let places = folders.iter().map(PathBuf::as_path).chain([Path::new(manifest.folder)]);
            places
                .map(|folder| folder.join(manifest.file))
                .find(|path| path.is_file())
                .map(|path| Asset { path, manifest })
        };
        Ok(Self { soundfont: find(&FLUID_R3), voice: find(&SLT) })
    }
}

/// Hash of a file's bytes, lower-case hex.
fn sha256(path: &Path) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0_u8; 1 << 20];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            read => hash.update(&buffer[..read]),
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
