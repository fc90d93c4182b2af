//! Keeping a song: its audio, cover and metadata go into the blob store under their content names.

use std::fs::File;
use std::path::Path;

use blobs::{Cid, Profile};
use library::KeptRow;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Run, TakeRecord};
use crate::App;
use crate::error::Result;
use crate::types::{ApiError, ErrorCode, JobPhase};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct KeepRequest {
    pub song: String,
}

pub(super) fn run(run: &mut Run<'_>, request: &KeepRequest) -> Result<String> {
    run.progress(JobPhase::Store, 0.0)?;
    keep(run, &request.song)?;
    Ok(request.song.clone())
}

/// Keeps the chosen take. A song that is kept already keeps its names, and what is damaged of it is put again.
pub(super) fn keep(run: &mut Run<'_>, song: &str) -> Result<KeptRow> {
    let app = run.app;
    let before = app.library.kept(song)?;
    if let Some(kept) = &before
        && whole(app, kept)?
    {
        return Ok(kept.clone());
    }
    let (number, take) = app.chosen_take(song)?;
    let folder = app.home.take(song, number);
    // Until it is pinned, a clean-up may not take it.
    let _hold = app.store.hold()?;
    let audio = put_file(app, &folder.join("song.wav"))?;
    run.cancel.check()?;
    run.progress(JobPhase::Store, 0.7)?;
    let cover = put_file(app, &folder.join("cover.png"))?;
    run.cancel.check()?;
    let document = metadata(app, song, &take, audio, cover)?;
    let metadata = app.store.put(serde_json::to_vec(&document)?.as_slice(), Profile::default())?;
    for cid in [audio, cover, metadata] {
        app.store.pin(cid)?;
    }
    let kept = KeptRow { audio: audio.to_string(), cover: cover.to_string(), metadata: metadata.to_string() };
    if before.is_some_and(|before| before != kept) || app.library.song(song)?.chosen != number {
        return Err(ApiError::new(
            ErrorCode::NotReady,
            "the song's files are not those it was kept with, or another take was chosen meanwhile; look at the song, then keep it again",
        ));
    }
    app.library.set_kept(song, &kept, app.now())?;
    Ok(kept)
}

/// Whether every block of what was kept is here and right.
fn whole(app: &App, kept: &KeptRow) -> Result<bool> {
    for cid in [&kept.audio, &kept.cover, &kept.metadata] {
        let cid: Cid = cid.parse().map_err(|error: blobs::ParseCidError| ApiError::bad_input(error))?;
        if !app.store.verify(cid)?.is_complete() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn put_file(app: &App, path: &Path) -> Result<Cid> {
    let file = File::open(path).map_err(|error| ApiError::from_io(&error, "cannot read the song's files"))?;
    Ok(app.store.put(file, Profile::default())?)
}

/// What a stranger may know of the song. Names, facts and words stay on this machine: the metadata speaks of the
/// occasion and of how the song was made, and commits to the brief with a salted hash.
///
/// Source: OpenSea metadata standards; music fields of the `catalog-20220222` schema.
fn metadata(app: &App, song: &str, take: &TakeRecord, audio: Cid, cover: Cid) -> Result<Value> {
    let brief = app.library.song(song)?.brief;
    let commitment = commitment(take, &serde_json::to_vec(&brief)?);
    let occasion = brief.occasion.as_str().replace('-', " ");
    let assets: Vec<_> = take
        .provenance
        .assets
        .iter()
        .map(|asset| json!({"name": asset.name, "sha256": asset.sha256, "licence": asset.licence}))
        .collect();
    Ok(json!({
        "version": "catalog-20220222",
        "name": format!("A {occasion} song"),
        "title": format!("A {occasion} song"),
        "description": format!("A {} {occasion} song, made and sung by Keepsong.", brief.mood),
        "image": format!("ipfs://{cover}"),
        "animation_url": format!("ipfs://{audio}"),
        "losslessAudio": format!("ipfs://{audio}"),
        "mimeType": "audio/wav",
        "artwork": {"uri": format!("ipfs://{cover}"), "mimeType": "image/png"},
        "duration": take.timeline.duration_s,
        "genre": brief.style.as_str(),
        "bpm": take.bpm,
        "key": take.key,
        "provenance": {
            "engine": take.provenance.engine,
            "engine_version": take.provenance.engine_version,
            "seed": take.seed.0.to_string(),
            "assets": assets,
            "brief_commitment": commitment,
            "ai_generated": true,
        },
    }))
}

/// SHA-256 of the take's salt and the brief: shows later what the song was made from, tells nothing now.
pub(super) fn commitment(take: &TakeRecord, brief_json: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(take.salt.as_bytes());
    hash.update(brief_json);
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
