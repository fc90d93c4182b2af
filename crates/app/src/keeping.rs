//! Content names outside of jobs: naming a file, archiving it, checking what is kept.

use std::fs::File;
use std::path::Path;

use blobs::{Cid, Profile, Store};
use serde::Serialize;

use crate::App;
use crate::error::Result;
use crate::jobs::KeepRequest;
use crate::types::{ApiError, ErrorCode, JobKind};

/// A root whose every block is here and right.
#[derive(Debug, Clone, Serialize)]
pub struct Verified {
    pub cid: String,
    pub blocks: u64,
    pub bytes: u64,
}

impl App {
    /// Queues keeping a song. Gives the job's id.
    ///
    /// # Errors
    /// `NotFound` when there is no such song.
    pub fn keep_song(&self, song: &str) -> Result<String> {
        let title = self.library.song(song)?.title;
        self.submit(JobKind::Keep, &title, Some(song), &KeepRequest { song: song.to_owned() })
    }

    /// Checks a CID, or the three of a kept song, block by block.
    ///
    /// # Errors
    /// `NotReady` when the song was never kept, `Damaged` when a block is missing or wrong.
    pub fn verify(&self, what: &str) -> Result<Vec<Verified>> {
        let cids = match what.parse::<Cid>() {
            Ok(cid) => vec![cid],
            Err(_) => {
                self.library.song(what)?;
                let kept = self
                    .library
                    .kept(what)?
                    .ok_or_else(|| ApiError::new(ErrorCode::NotReady, "this song is not kept yet; keep it first"))?;
                [kept.audio, kept.cover, kept.metadata]
                    .iter()
                    .map(|cid| cid.parse().map_err(bad_cid))
                    .collect::<Result<_>>()?
            }
        };
        cids.into_iter().map(|cid| self.verify_cid(cid)).collect()
    }

    fn verify_cid(&self, cid: Cid) -> Result<Verified> {
        let report = self.store.verify(cid)?;
        if !report.is_complete() {
            return Err(ApiError::new(
                ErrorCode::Damaged,
                format!(
                    "{cid} is not whole: {} blocks are missing and {} are damaged. Keep the song again, or fetch it from where it is shared",
                    report.missing.len(),
                    report.corrupt.len()
                ),
            ));
        }
        Ok(Verified { cid: cid.to_string(), blocks: report.blocks, bytes: report.bytes })
    }
}

/// The CID of a file or folder under a named profile ("unixfs-v1-2025", "unixfs-v0-2015", "kubo").
pub fn cid_of_path(path: &Path, profile: &str) -> Result<String> {
    let profile: Profile = profile.parse().map_err(|error: blobs::ParseProfileError| ApiError::bad_input(error))?;
    Ok(blobs::cid_of_path(path, profile)?.to_string())
}

/// Writes a file or folder as a CAR archive and gives its root.
pub fn archive(path: &Path, out: &Path) -> Result<String> {
    let failed = |error: std::io::Error| ApiError::from_io(&error, "cannot write the archive");
    let folder = tempfile::tempdir().map_err(failed)?;
    let store = Store::open(folder.path())?;
    let root = store.put_path(path, Profile::default())?;
    let partial = out.with_extension("car.partial");
    let written = File::create(&partial).map_err(failed).and_then(|file| {
        let mut file = std::io::BufWriter::new(file);
        store.export_car(root, &mut file)?;
        let file = file.into_inner().map_err(|error| failed(error.into_error()))?;
        file.sync_all().map_err(failed)?;
        std::fs::rename(&partial, out).map_err(failed)
    });
    if written.is_err() {
        let _half_written = std::fs::remove_file(&partial);
    }
    written.map(|()| root.to_string())
}

fn bad_cid(error: blobs::ParseCidError) -> ApiError {
    ApiError::bad_input(error)
}
