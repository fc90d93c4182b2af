//! The singer from a statistical voice: labels in context → state durations → mel-cepstra → envelopes.
//!
//! The voice says how each phone sounds between its neighbours; the plan says when. Pitch and excitation are ours.

mod label;
mod mlpg;
mod reader;
mod spectrum;
mod tree;

use std::path::{Path, PathBuf};

use score::Lyrics;
use sha2::{Digest, Sha256};

pub use label::Label;
use mlpg::{GlobalVariance, Observed};
use reader::{Defect, Gaussian, VoiceData};

use crate::error::VoiceError;
use crate::plan::Phrase;
use crate::render::{FRAME_S, Frames, Grid, Timbre};
use crate::singer::SingOptions;

/// A voice read from a `.htsvoice` file.
pub struct HtsVoice {
    data: VoiceData,
    file_name: String,
    sha256: String,
}

impl HtsVoice {
    /// Reads and checks a voice file.
    ///
    /// # Errors
    /// [`VoiceError::ReadVoice`], [`VoiceError::DamagedVoice`] or [`VoiceError::UnsupportedVoice`].
    pub fn open(path: &Path) -> Result<Self, VoiceError> {
        let bytes = std::fs::read(path).map_err(|source| VoiceError::ReadVoice { path: path.into(), source })?;
        Self::parse(&bytes, path)
    }

    /// Checks a voice file's bytes; `path` is for messages.
    ///
    /// # Errors
    /// [`VoiceError::DamagedVoice`] or [`VoiceError::UnsupportedVoice`].
    pub fn parse(bytes: &[u8], path: &Path) -> Result<Self, VoiceError> {
        let data = VoiceData::parse(bytes).map_err(|defect| {
            let path = PathBuf::from(path);
            match defect {
                Defect::Damaged(problem) => VoiceError::DamagedVoice { path, problem },
                Defect::Unsupported(problem) => VoiceError::UnsupportedVoice { path, problem },
            }
        })?;
        let sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let file_name = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
        Ok(Self { data, file_name, sha256 })
    }

    pub fn file_name(&self) -> &str {
        &self.file_name
    }

    /// Lower-case hex of the file's bytes.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Mel-cepstra for labels with forced ends: one row a frame, each with the voice's number of coefficients.
    /// A phone gets at least one frame for each state, at the cost of the next.
    pub fn mel_cepstra(&self, labels: &[Label]) -> Vec<Vec<f64>> {
        let utterance = Utterance::new(&self.data, labels);
        let (order, frames) = (self.data.order, utterance.frames.len());
        let gv_model = self.data.global_variance.as_ref();
        let gv = gv_model.zip(labels.first()).and_then(|(model, label)| model.find(0, &label.text));
        let mut cepstra = vec![vec![0.0; order]; frames];
        for m in 0..order {
            let coefficient = Coefficient { utterance: &utterance, order, m };
            let target =
                gv.map(|gv| GlobalVariance { mean: gv.mean[m], variance: gv.variance[m], counts: &utterance.counts });
            let track = mlpg::trajectory(&coefficient, &self.data.windows, frames, target.as_ref());
            cepstra.iter_mut().zip(track).for_each(|(row, value)| row[m] = value);
        }
        cepstra
    }
}

/// The distribution of every frame of an utterance.
struct Utterance<'a> {
    frames: Vec<&'a Gaussian>,
    /// Which frames count for the global variance.
    counts: Vec<bool>,
}

impl<'a> Utterance<'a> {
    fn new(voice: &'a VoiceData, labels: &[Label]) -> Self {
        let mut this = Self { frames: Vec::new(), counts: Vec::new() };
        for label in labels {
            let wanted = label.end_frame - this.frames.len() as f64;
            let Some(duration) = voice.duration.find(0, &label.text) else { continue };
            let counts = !voice.without_variance.iter().any(|pattern| pattern.matches(&label.text));
            for (state, frames) in state_durations(duration, wanted).into_iter().enumerate() {
                let Some(gaussian) = voice.spectrum.find(state, &label.text) else { continue };
                this.frames.extend(std::iter::repeat_n(gaussian, frames));
                this.counts.extend(std::iter::repeat_n(counts, frames));
            }
        }
        this
    }
}

/// One coefficient of an utterance.
struct Coefficient<'a> {
    utterance: &'a Utterance<'a>,
    order: usize,
    m: usize,
}

impl Observed for Coefficient<'_> {
    fn mean(&self, frame: usize, window: usize) -> f64 {
        self.utterance.frames[frame].mean[window * self.order + self.m]
    }

    fn variance(&self, frame: usize, window: usize) -> f64 {
        self.utterance.frames[frame].variance[window * self.order + self.m]
    }
}

/// Shares `wanted` frames among a phone's states: each moves from its mean in proportion to its variance.
fn state_durations(duration: &Gaussian, wanted: f64) -> Vec<usize> {
    let states = duration.mean.len();
    let target = wanted.round().clamp(0.0, 1e6) as usize;
    if target <= states {
        return vec![1; states];
    }
    let rho = (target as f64 - duration.mean.iter().sum::<f64>()) / duration.variance.iter().sum::<f64>();
    let ideal = |state: usize| duration.mean[state] + rho * duration.variance[state];
    let mut frames: Vec<usize> = (0..states).map(|state| ideal(state).round().max(1.0) as usize).collect();
    // Rounding leaves a few frames over or short: they go where they change the likelihood least.
    loop {
        let sum: usize = frames.iter().sum();
        if sum == target {
            return frames;
        }
        let change = |state: usize| if sum < target { frames[state] + 1 } else { frames[state] - 1 };
        let strain =
            |state: &usize| (rho - (change(*state) as f64 - duration.mean[*state]) / duration.variance[*state]).abs();
        let best = (0..states)
            .filter(|state| sum < target || frames[*state] > 1)
            .min_by(|a, b| strain(a).total_cmp(&strain(b)));
        match best {
            Some(state) => frames[state] = change(state),
            None => return frames,
        }
    }
}

/// A voice ready to sing one song.
pub(crate) struct HtsTimbre<'a> {
    voice: &'a HtsVoice,
    lyrics: &'a Lyrics,
    envelope: spectrum::Envelope,
    breath: f64,
}

impl<'a> HtsTimbre<'a> {
    pub fn new(voice: &'a HtsVoice, lyrics: &'a Lyrics, options: &SingOptions) -> Self {
        let envelope = spectrum::Envelope::new(voice.data.order, voice.data.alpha, options.formant_shift);
        Self { voice, lyrics, envelope, breath: options.breath }
    }
}

impl Timbre for HtsTimbre<'_> {
    /// Never fails: the voice was checked when it was read.
    fn frames(&self, phrase: &Phrase, grid: Grid, _f0: &[f64]) -> Result<Frames, VoiceError> {
        let to_frames = |seconds: f64| seconds / FRAME_S - grid.origin as f64;
        let labels = label::labels(phrase, self.lyrics, to_frames, grid.len);
        let cepstra = self.voice.mel_cepstra(&labels);
        let mut power: Vec<Vec<f64>> = cepstra.iter().map(|cepstrum| self.envelope.power(cepstrum)).collect();
        let silence = vec![0.0; crate::render::BINS];
        power.resize(grid.len, silence);
        let (voiced, aperiodicity) = spectrum::excitation(&phrase.segments, grid, self.breath);
        Ok(Frames { voiced, power, aperiodicity })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn state_durations_fill_the_phone_and_stretch_the_free_states() {
        let model = Gaussian { mean: vec![3.0, 5.0, 8.0, 5.0, 3.0], variance: vec![1.0, 2.0, 20.0, 2.0, 1.0] };
        for wanted in [1.0, 5.0, 6.0, 24.0, 77.4, 300.0] {
            let frames = state_durations(&model, wanted);
            assert_eq!(frames.iter().sum::<usize>(), (wanted.round() as usize).max(5), "{wanted}");
            assert!(frames.iter().all(|f| *f >= 1));
        }
        assert!(state_durations(&model, 100.0)[2] > 60);
    }
}
