//! Making a song: each take is rendered, written beside its place and renamed into it; the song is saved when all are.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use generate::{Progress, Rendering, Request};
use library::{JobRow, SongRow, TakeRow};
use score::{Brief, Loudness, Provenance, Seed, StemKind, Timeline};
use serde::{Deserialize, Serialize};

use super::{Cancel, Run};
use crate::App;
use crate::error::Result;
use crate::types::{ApiError, ErrorCode, JobPhase};

/// How many slices the waveform of a take has.
const PEAKS: usize = 1200;

/// Everything that decides the bytes, written before anything is rendered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct MakeJob {
    pub brief: Brief,
    pub lyrics: Option<String>,
    pub seed: Seed,
    pub takes: u32,
    /// Random; keeps the commitment to the brief from being guessed. Hex.
    pub salt: String,
}

/// What is known of a finished take; `take.json` in its folder and the same in the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TakeRecord {
    pub title: String,
    pub seed: Seed,
    pub key: String,
    pub bpm: f64,
    pub loudness: Loudness,
    pub timeline: Timeline,
    pub provenance: Provenance,
    /// Salt of the commitment to the brief, hex.
    pub salt: String,
    pub stems: Vec<StemKind>,
    pub unused_facts: Vec<usize>,
    pub peaks: Vec<(f32, f32)>,
    /// Seconds spent in each stage.
    pub seconds: BTreeMap<String, f64>,
}

pub(super) fn run(run: &mut Run<'_>, job: &MakeJob) -> Result<String> {
    let song = run.id.to_owned();
    if run.app.library.song(&song).is_ok() {
        return Ok(song);
    }
    let outcome = (1..=job.takes).map(|number| take(run, job, &song, number)).collect::<Result<Vec<_>>>();
    let records = match outcome {
        Ok(records) => records,
        Err(error) => {
            if error.code == ErrorCode::Cancelled {
                discard(run.app, &song)?;
            }
            return Err(error);
        }
    };
    run.progress(JobPhase::Save, 0.99)?;
    let takes = (1..)
        .zip(&records)
        .map(|(number, record)| {
            Ok(TakeRow { number, duration_s: record.timeline.duration_s, take: serde_json::to_string(record)? })
        })
        .collect::<Result<Vec<_>>>()?;
    let title = records.first().map(|record| record.title.clone()).unwrap_or_default();
    let row = SongRow { id: song.clone(), title, brief: job.brief.clone(), chosen: 1, created: run.app.now() };
    run.app.library.add_song(&row, &takes)?;
    Ok(song)
}

/// Removes the files of a song that was never saved.
pub(super) fn discard(app: &App, song: &str) -> Result<()> {
    if app.library.song(song).is_ok() {
        return Ok(());
    }
    match fs::remove_dir_all(app.home.song(song)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(ApiError::from_io(&error, "cannot remove the unfinished song"))
        }
        _ => Ok(()),
    }
}

/// `(the take being made, how many)` of a running job.
pub(super) fn take_in_progress(row: &JobRow) -> Option<(u32, u32)> {
    let job: MakeJob = serde_json::from_str(&row.request).ok()?;
    let done = (row.progress * f64::from(job.takes)).floor() as u32;
    Some(((done + 1).min(job.takes), job.takes))
}

fn take(run: &mut Run<'_>, job: &MakeJob, song: &str, number: u32) -> Result<TakeRecord> {
    let finished = run.app.home.take(song, number);
    if let Ok(json) = fs::read(finished.join("take.json")) {
        return Ok(serde_json::from_slice(&json)?);
    }
    let request = Request { brief: job.brief.clone(), seed: job.seed.for_take(number), lyrics: job.lyrics.clone() };
    let rendering = render(run, &request, number, job.takes)?;
    let record = record(&rendering, &request, &job.salt);
    let unfinished = finished.with_extension("partial");
    let saved = save(&rendering, &record, &unfinished, run.cancel.clone()).and_then(|()| {
        fs::rename(&unfinished, &finished).map_err(|error| ApiError::from_io(&error, "cannot save the take"))
    });
    if let Err(error) = saved {
        let _leftover = fs::remove_dir_all(&unfinished);
        return Err(error);
    }
    sync_folder(&run.app.home.song(song))?;
    sync_folder(&run.app.songs_folder())?;
    Ok(record)
}

/// Renders one take, passing on the engine's own progress as a share of the whole job.
fn render(run: &mut Run<'_>, request: &Request, number: u32, takes: u32) -> Result<Rendering> {
    let mut fractions = [0.0_f64; WEIGHTS.len()];
    let mut failed = None;
    let app = run.app;
    let rendering = app.engine.generate(request, &mut |progress: Progress| {
        let index = progress.phase as usize;
        fractions[index] = fractions[index].max(f64::from(progress.fraction));
        // Voice and band go on side by side: what is shown is the first that is not done.
        let phase = PHASES[fractions.iter().position(|fraction| *fraction < 1.0).unwrap_or(PHASES.len() - 1)];
        let done: f64 = fractions.iter().zip(WEIGHTS).map(|(fraction, weight)| fraction * weight).sum();
        let whole = (f64::from(number - 1) + done) / f64::from(takes);
        match run.progress(phase, whole * 0.98).and_then(|()| run.cancel.check()) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    match failed {
        Some(error) => Err(error),
        None => Ok(rendering?),
    }
}

/// Share of the time each phase takes, by measurement of a minute of song.
const WEIGHTS: [f64; 5] = [0.02, 0.03, 0.40, 0.30, 0.25];

/// The engine's phases as jobs show them, in order.
const PHASES: [JobPhase; 5] = [JobPhase::Words, JobPhase::Tune, JobPhase::Sing, JobPhase::Band, JobPhase::Mix];

fn record(rendering: &Rendering, request: &Request, salt: &str) -> TakeRecord {
    TakeRecord {
        title: rendering.score.lyrics.title.clone(),
        seed: request.seed,
        key: rendering.score.key.name(),
        bpm: rendering.score.tempo.bpm(),
        loudness: rendering.loudness,
        timeline: rendering.timeline.clone(),
        provenance: rendering.provenance.clone(),
        salt: salt.to_owned(),
        stems: rendering.stems.iter().map(|(kind, _)| *kind).collect(),
        unused_facts: rendering.score.lyrics.unused_facts.clone(),
        peaks: dsp::peaks(&rendering.mix, PEAKS),
        seconds: rendering.seconds.iter().map(|(stage, seconds)| ((*stage).to_owned(), *seconds)).collect(),
    }
}

/// Writes a take's files into `folder`, each synced; `take.json` comes last.
fn save(rendering: &Rendering, record: &TakeRecord, folder: &Path, cancel: Cancel) -> Result<()> {
    let failed = |error: io::Error| ApiError::from_io(&error, "cannot save the take");
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(failed)?;
    }
    fs::create_dir_all(folder.join("stems")).map_err(failed)?;
    dsp::write_wav(&folder.join("song.wav"), &rendering.mix, dsp::BitDepth::Int16, record.seed.0)?;
    for (kind, stem) in &rendering.stems {
        cancel.check()?;
        // 24 bits, so that the stems' dither does not add up to more than the mix's own.
        dsp::write_wav(
            &folder.join("stems").join(format!("{}.wav", kind.as_str())),
            stem,
            dsp::BitDepth::Int24,
            record.seed.0,
        )?;
    }
    let texts: [(&str, Vec<u8>); 5] = [
        ("song.mid", generate::midi(&rendering.score)?),
        ("song.lrc", generate::lrc(&rendering.timeline, &rendering.score.lyrics.title).into_bytes()),
        ("cover.png", generate::cover(&rendering.score, 1024)?),
        ("score.json", serde_json::to_vec(&rendering.score)?),
        ("take.json", serde_json::to_vec(record)?),
    ];
    for (name, bytes) in texts {
        cancel.check()?;
        write_synced(&folder.join(name), &bytes).map_err(failed)?;
    }
    sync_folder(&folder.join("stems"))?;
    sync_folder(folder)
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    io::Write::write_all(&mut file, bytes)?;
    file.sync_all()
}

/// Makes renames in a folder survive a power cut.
fn sync_folder(folder: &Path) -> Result<()> {
    let synced = fs::File::open(folder).and_then(|folder| folder.sync_all());
    if cfg!(unix) { synced.map_err(|error| ApiError::from_io(&error, "cannot save the take")) } else { Ok(()) }
}
