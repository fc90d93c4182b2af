//! Singing a whole score: phrases in parallel, laid down in order.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;

use score::{AssetHash, Score, Seed};

use crate::error::VoiceError;
use crate::formant::Formant;
use crate::hts::{HtsTimbre, HtsVoice};
use crate::plan::{self, Phrase, Segment};
use crate::render::{self, Grid, HOP, TAIL_S, Timbre};

/// Samples a second of everything that is sung.
pub const SAMPLE_RATE: u32 = 32_000;
/// The Debian package that holds the voice “slt”.
pub const SLT_PACKAGE: &str = "festvox-us-slt-hts";
/// Where that package puts the voice.
pub const SLT_PATH: &str = "/usr/share/festival/voices/us/cmu_us_slt_arctic_hts/hts/cmu_us_slt_arctic_hts.htsvoice";

/// Phrases sung at the same time.
const THREADS: usize = 2;

/// Somebody who can sing.
pub struct Singer {
    voice: Option<HtsVoice>,
}

/// How to sing; the default is a plain, clear voice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SingOptions {
    /// Decides the small drift of the pitch.
    pub seed: Seed,
    /// Breathiness, 1 as the voice is, 0 to 4.
    pub breath: f64,
    /// Factor on all formants: below 1 a larger body, above 1 a smaller one; 0.7 to 1.4.
    pub formant_shift: f64,
    /// Highest amplitude of the result, above 0 to 1.
    pub peak: f64,
}

impl Default for SingOptions {
    fn default() -> Self {
        Self { seed: Seed(0), breath: 1.0, formant_shift: 1.0, peak: 0.7 }
    }
}

impl SingOptions {
    fn check(&self) -> Result<(), VoiceError> {
        for (option, value, low, high) in [
            ("breath", self.breath, 0.0, 4.0),
            ("formant shift", self.formant_shift, 0.7, 1.4),
            ("peak", self.peak, 0.01, 1.0),
        ] {
            if !(low..=high).contains(&value) {
                return Err(VoiceError::OptionOutOfRange { option, value, low, high });
            }
        }
        Ok(())
    }
}

/// The sung voice of a whole song.
#[derive(Debug, Clone, PartialEq)]
pub struct Sung {
    /// Mono, from tick 0 of the score to a moment past its end.
    pub samples: Vec<f32>,
    /// Samples a second, [`SAMPLE_RATE`].
    pub sample_rate: u32,
    /// Every phone in singing order.
    pub segments: Vec<Segment>,
}

impl Singer {
    /// The singer without any voice data.
    pub fn formant() -> Self {
        Self { voice: None }
    }

    /// The singer whose timbre a `.htsvoice` file holds.
    ///
    /// # Errors
    /// [`VoiceError::ReadVoice`], [`VoiceError::DamagedVoice`] or [`VoiceError::UnsupportedVoice`].
    pub fn hts(voice_file: &Path) -> Result<Self, VoiceError> {
        Ok(Self { voice: Some(HtsVoice::open(voice_file)?) })
    }

    /// "formant" or "slt".
    pub fn name(&self) -> &'static str {
        if self.voice.is_some() { "slt" } else { "formant" }
    }

    /// The file that shapes the timbre, for a song's provenance; `None` for the formant singer.
    pub fn asset(&self) -> Option<AssetHash> {
        self.voice.as_ref().map(|voice| AssetHash {
            name: voice.file_name().to_owned(),
            sha256: voice.sha256().to_owned(),
            licence: "CMU Festvox (festvox-us-slt-hts)".to_owned(),
        })
    }

    /// Sings the melody. `progress` hears the share done, 0 to 1, after each phrase, and may break off.
    ///
    /// The same score, options and voice give the same samples.
    ///
    /// # Errors
    /// [`VoiceError::Cancelled`] when `progress` breaks; [`VoiceError::NothingToSing`],
    /// [`VoiceError::UnsingableNote`], [`VoiceError::TooLong`] for a melody that cannot be sung;
    /// [`VoiceError::OptionOutOfRange`].
    pub fn sing(
        &self,
        score: &Score,
        options: &SingOptions,
        progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
    ) -> Result<Sung, VoiceError> {
        options.check()?;
        let phrases = plan::plan(score)?;
        let timbre: Box<dyn Timbre + '_> = match &self.voice {
            Some(voice) => Box::new(HtsTimbre::new(voice, &score.lyrics, options)),
            None => Box::new(Formant::new(options)),
        };
        let sung_end = phrases.last().and_then(|p| p.segments.last()).map_or(0.0, |s| s.end_s);
        let end_s = score.tempo.seconds(score.end()).max(sung_end) + TAIL_S;
        let mut samples = vec![0.0_f32; (end_s * f64::from(SAMPLE_RATE)).ceil() as usize];

        if progress(0.0).is_break() {
            return Err(VoiceError::Cancelled);
        }
        for (first_sample, phrase) in sing_phrases(&phrases, timbre.as_ref(), options.seed, progress)? {
            lay_down(&mut samples, first_sample, &phrase);
        }
        let peak = samples.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
        if peak > 0.0 {
            let gain = options.peak as f32 / peak;
            samples.iter_mut().for_each(|sample| *sample *= gain);
        }
        let segments = phrases.into_iter().flat_map(|phrase| phrase.segments).collect();
        Ok(Sung { samples, sample_rate: SAMPLE_RATE, segments })
    }
}

/// A phrase's place in the song, in samples from tick 0, and its sound.
type Placed = (i64, Vec<f32>);

/// Sings all phrases on [`THREADS`] threads; the result is in the order of `phrases`.
fn sing_phrases(
    phrases: &[Phrase],
    timbre: &dyn Timbre,
    seed: Seed,
    progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
) -> Result<Vec<Placed>, VoiceError> {
    let next = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let (sender, finished) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..THREADS.min(phrases.len()) {
            let sender = sender.clone();
            let (next, stop) = (&next, &stop);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(phrase) = phrases.get(number) else { return };
                    if sender.send((number, sing_phrase(phrase, number, timbre, seed))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);

        let mut placed: Vec<Option<Placed>> = vec![None; phrases.len()];
        let mut failure = None;
        let mut done = 0;
        for (number, result) in finished {
            done += 1;
            match result {
                Ok(phrase) => placed[number] = Some(phrase),
                Err(error) => failure = failure.or(Some(error)),
            }
            if failure.is_none() && progress(done as f32 / phrases.len() as f32).is_break() {
                failure = Some(VoiceError::Cancelled);
            }
            stop.store(failure.is_some(), Ordering::Relaxed);
        }
        failure.map_or_else(|| Ok(placed.into_iter().flatten().collect()), Err)
    })
}

fn sing_phrase(phrase: &Phrase, number: usize, timbre: &dyn Timbre, seed: Seed) -> Result<Placed, VoiceError> {
    let grid = Grid::around(phrase);
    let f0 = crate::f0::contour(&phrase.notes, grid, &mut seed.stream(&format!("voice drift {number}")));
    let frames = timbre.frames(phrase, grid, &f0)?;
    Ok((grid.origin * HOP as i64, render::synthesise(phrase, grid, &f0, frames)?))
}

/// Adds a phrase to the song; what lies outside it is dropped.
fn lay_down(song: &mut [f32], first_sample: i64, phrase: &[f32]) {
    let skip = (-first_sample).max(0) as usize;
    let from = first_sample.max(0) as usize;
    for (sample, sung) in song.iter_mut().skip(from).zip(phrase.iter().skip(skip)) {
        *sample += sung;
    }
}
