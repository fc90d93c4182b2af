//! The engine that works everywhere: words, tune, voice and band in seconds on two cores.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Instant;

use dsp::{SampleRate, Stereo};
use score::{AssetHash, Provenance, Score, StemKind};
use voice::{SingOptions, Singer};

use crate::band::{Band, Procedural, SoundFont};
use crate::{Assets, DryStem, Engine, GenerateError, Phase, Progress, Rendering, Request, mix_song, timeline};

/// Every song is made at this rate.
const RATE: SampleRate = SampleRate::HZ_48000;
/// Seconds after the last bar in which the last chord and the room fade.
const TAIL_S: f64 = 1.9;

/// The offline engine. Assets are read and checked at the first song and kept.
pub struct Songsmith {
    assets: Assets,
    loaded: Mutex<Option<Arc<Loaded>>>,
}

struct Loaded {
    singer: Singer,
    band: Box<dyn Band>,
    hashes: Vec<AssetHash>,
}

impl Loaded {
    fn load(assets: &Assets) -> Result<Self, GenerateError> {
        let mut hashes = Vec::new();
        let singer = match &assets.voice {
            Some(asset) => {
                hashes.push(asset.verify()?);
                Singer::hts(&asset.path)?
            }
            None => Singer::formant(),
        };
        let band: Box<dyn Band> = match &assets.soundfont {
            Some(asset) => {
                hashes.push(asset.verify()?);
                Box::new(SoundFont::load(&asset.path)?)
            }
            None => Box::new(Procedural),
        };
        Ok(Self { singer, band, hashes })
    }
}

type Report<'a> = &'a mut dyn FnMut(Progress) -> ControlFlow<()>;

impl Songsmith {
    /// Nothing is read yet; a damaged asset is an error of the first song.
    pub fn new(assets: Assets) -> Self {
        Self { assets, loaded: Mutex::new(None) }
    }

    fn loaded(&self) -> Result<Arc<Loaded>, GenerateError> {
        // The slot holds a whole value or none, so a panic elsewhere cannot have left it half written.
        let mut slot = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(loaded) = &*slot {
            return Ok(Arc::clone(loaded));
        }
        let loaded = Arc::new(Loaded::load(&self.assets)?);
        *slot = Some(Arc::clone(&loaded));
        Ok(loaded)
    }
}

impl Engine for Songsmith {
    fn name(&self) -> &'static str {
        "songsmith"
    }

    fn singer(&self) -> &str {
        if self.assets.voice.is_some() { "slt" } else { "formant" }
    }

    fn band(&self) -> &str {
        if self.assets.soundfont.is_some() { "soundfont" } else { "procedural" }
    }

    fn generate(&self, request: &Request, progress: Report<'_>) -> Result<Rendering, GenerateError> {
        let mut seconds = BTreeMap::new();
        let mut clock = Instant::now();
        let mut lap = |stage, seconds: &mut BTreeMap<&'static str, f64>| {
            seconds.insert(stage, clock.elapsed().as_secs_f64());
            clock = Instant::now();
        };

        report(progress, Phase::Words, 0.0)?;
        request.brief.check()?;
        let lyrics = match &request.lyrics {
            Some(text) => songwriter::lyrics_from_text(text, &request.brief)?,
            None => songwriter::write_lyrics(&request.brief, request.seed)?,
        };
        report(progress, Phase::Words, 1.0)?;
        lap("words", &mut seconds);

        report(progress, Phase::Tune, 0.0)?;
        let score = songwriter::compose(&request.brief, lyrics, request.seed)?;
        report(progress, Phase::Tune, 1.0)?;
        lap("tune", &mut seconds);

        let loaded = self.loaded()?;
        lap("load", &mut seconds);

        let frames = RATE.frames(score.tempo.seconds(score.end()) + TAIL_S);
        let played = perform(&score, request, &loaded, frames, progress)?;
        seconds.insert("sing", played.sing_s);
        seconds.insert("band", played.band_s);
        lap("sing and band", &mut seconds);
        seconds.remove("sing and band");

        let mixed =
            mix_song(played.vocals, played.band, &mut |fraction| progress(Progress { phase: Phase::Mix, fraction }))?;
        lap("mix", &mut seconds);

        Ok(Rendering {
            timeline: timeline(&score, mixed.mix.duration_s()),
            score,
            loudness: score::Loudness { lufs: mixed.loudness.lufs, true_peak_dbtp: mixed.loudness.true_peak_dbtp },
            mix: mixed.mix,
            stems: mixed.stems,
            provenance: Provenance {
                engine: self.name().to_owned(),
                engine_version: env!("CARGO_PKG_VERSION").to_owned(),
                seed: request.seed,
                assets: loaded.hashes.clone(),
            },
            seconds,
        })
    }
}

fn report(progress: Report<'_>, phase: Phase, fraction: f32) -> Result<(), GenerateError> {
    match progress(Progress { phase, fraction }) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(GenerateError::Cancelled),
    }
}

/// Dry stems before the mix.
struct Performance {
    vocals: Stereo,
    band: Vec<DryStem>,
    sing_s: f64,
    band_s: f64,
}

/// The singer on this thread and her own, the band on one more. `progress` stays on this thread.
fn perform(
    score: &Score,
    request: &Request,
    loaded: &Loaded,
    frames: usize,
    progress: Report<'_>,
) -> Result<Performance, GenerateError> {
    report(progress, Phase::Sing, 0.0)?;
    report(progress, Phase::Band, 0.0)?;
    let stop = AtomicBool::new(false);
    let (sender, finished) = mpsc::channel();
    std::thread::scope(|scope| {
        let stop = &stop;
        scope.spawn(move || {
            for part in &score.parts {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                let begun = Instant::now();
                let clip = loaded.band.render(part, score.tempo, frames, RATE);
                if sender.send((part.stem, clip, begun.elapsed().as_secs_f64())).is_err() {
                    return;
                }
            }
        });
        let outcome = sing_and_collect(score, request, loaded, frames, &finished, progress);
        stop.store(outcome.is_err(), Ordering::Relaxed);
        outcome
    })
}

type PlayedPart = (StemKind, Result<Stereo, GenerateError>, f64);

fn sing_and_collect(
    score: &Score,
    request: &Request,
    loaded: &Loaded,
    frames: usize,
    finished: &mpsc::Receiver<PlayedPart>,
    progress: Report<'_>,
) -> Result<Performance, GenerateError> {
    let begun = Instant::now();
    let options = SingOptions { seed: request.seed, ..SingOptions::default() };
    let sung =
        loaded.singer.sing(score, &options, &mut |fraction| progress(Progress { phase: Phase::Sing, fraction }))?;
    let mut samples = dsp::resample(&sung.samples, SampleRate::new(sung.sample_rate)?, RATE)?;
    samples.resize(frames, 0.0);
    let vocals = Stereo { rate: RATE, left: samples.clone(), right: samples };
    report(progress, Phase::Sing, 1.0)?;
    let sing_s = begun.elapsed().as_secs_f64();

    let mut band: BTreeMap<StemKind, Stereo> = BTreeMap::new();
    let mut band_s = 0.0;
    for done in 1..=score.parts.len() {
        // The band's thread ends early only when it is told to, or by a fault of ours.
        let (kind, clip, took_s) = finished.recv().map_err(|_| GenerateError::Stopped)?;
        let clip = clip?;
        band_s += took_s;
        match band.entry(kind) {
            std::collections::btree_map::Entry::Occupied(mut stem) => stem.get_mut().add(&clip),
            std::collections::btree_map::Entry::Vacant(slot) => {
                slot.insert(clip);
            }
        }
        report(progress, Phase::Band, done as f32 / score.parts.len() as f32)?;
    }
    let band = band.into_iter().map(|(kind, clip)| DryStem { kind, clip, trim_db: trim_db(score, kind) }).collect();
    Ok(Performance { vocals, band, sing_s, band_s })
}

/// How far the players of a stem are from a usual touch, in decibels: by mean velocity, and a kit without kick and
/// snare (shaker, triangle) stays in the background.
fn trim_db(score: &Score, kind: StemKind) -> f64 {
    const USUAL_VELOCITY: f64 = 80.0;
    let notes = || score.parts.iter().filter(|part| part.stem == kind).flat_map(|part| &part.notes);
    let count = notes().count().max(1) as f64;
    let velocity = notes().map(|note| f64::from(note.velocity)).sum::<f64>() / count;
    let touch = (28.0 * (velocity.max(1.0) / USUAL_VELOCITY).log10()).clamp(-8.0, 2.0);
    let is_light = kind == StemKind::Drums && !notes().any(|note| (35..=41).contains(&note.pitch));
    if is_light { touch - 7.0 } else { touch }
}
