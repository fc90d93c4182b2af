//! From frames to samples: levels, phrase ends and the WORLD vocoder.

use std::ops::Range;

use score::PhonemeClass;

use crate::error::VoiceError;
use crate::plan::Phrase;
use crate::singer::SAMPLE_RATE;

/// Time between frames in seconds.
pub(crate) const FRAME_S: f64 = 0.005;
/// Samples between frames.
pub(crate) const HOP: usize = (SAMPLE_RATE as f64 * FRAME_S) as usize;
/// Length of the vocoder's impulse responses in samples.
const FFT_SIZE: usize = 2048;
/// Frequency bins of an envelope, from 0 Hz to half the sample rate.
pub(crate) const BINS: usize = FFT_SIZE / 2 + 1;

/// Silence before a phrase's first phone and after its last, in seconds.
const LEAD_S: f64 = 0.15;
pub(crate) const TAIL_S: f64 = 0.25;
/// How much of the difference between loud and soft vowels is evened out.
const EVENNESS: f64 = 0.6;
/// Amplitude of a vowel of middle velocity: the root of the envelope's sum over the bins.
const VOWEL_LEVEL: f64 = 1.0;
const MIDDLE_VELOCITY: f64 = 96.0;
/// The loudest a consonant may be against a middling vowel: sibilants sting where a voice has them stronger.
const CONSONANT_CEILING: f64 = 0.8;
/// A last consonant is held at this share of its loudest moment, as far as this factor reaches.
const HELD_LEVEL: f64 = 0.5;
const HELD_GAIN: f64 = 4.0;
/// Fade of a phrase that ends in a vowel, in seconds; a final consonant keeps all but the last moment.
const VOWEL_FADE_S: f64 = 0.12;
const CONSONANT_FADE_S: f64 = 0.015;
/// The smallest power of a bin: about −90 dB below a vowel.
const POWER_FLOOR: f64 = 1e-13;

/// Which frames a phrase covers, counted in frames from tick 0 (negative before it).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grid {
    pub origin: i64,
    pub len: usize,
}

impl Grid {
    /// The frames from a moment before the first phone to a moment after the last.
    pub fn around(phrase: &Phrase) -> Self {
        let start = phrase.segments.first().map_or(0.0, |s| s.start_s) - LEAD_S;
        let end = phrase.segments.last().map_or(0.0, |s| s.end_s) + TAIL_S;
        let origin = (start / FRAME_S).floor() as i64;
        Self { origin, len: ((end / FRAME_S).ceil() as i64 - origin).max(2) as usize }
    }

    /// Seconds from tick 0.
    pub fn time(self, frame: usize) -> f64 {
        (self.origin + frame as i64) as f64 * FRAME_S
    }

    /// The frames whose time is at or after `start_s` and before `end_s`.
    pub fn range(self, start_s: f64, end_s: f64) -> Range<usize> {
        let frame = |seconds: f64| {
            let at = (seconds / FRAME_S - 1e-6).ceil() - self.origin as f64;
            at.clamp(0.0, self.len as f64) as usize
        };
        let start = frame(start_s);
        start..frame(end_s).max(start)
    }
}

/// What the vocoder needs: one entry per frame.
pub(crate) struct Frames {
    /// Where the voice sounds; elsewhere there is only noise.
    pub voiced: Vec<bool>,
    /// Power of each bin, `(frames, BINS)`.
    pub power: Vec<Vec<f64>>,
    /// Share of noise in the amplitude of each bin, 0 to 1, `(frames, BINS)`.
    pub aperiodicity: Vec<Vec<f64>>,
}

/// A source of envelopes: what makes one singer sound unlike another.
pub(crate) trait Timbre: Sync {
    /// Envelopes of one phrase sung at pitch `f0` (Hz for every frame of the grid).
    ///
    /// # Errors
    /// As the timbre documents.
    fn frames(&self, phrase: &Phrase, grid: Grid, f0: &[f64]) -> Result<Frames, VoiceError>;
}

/// Samples of a phrase; sample 0 sounds at the grid's first frame.
///
/// # Errors
/// [`VoiceError::Vocoder`] when the envelopes do not fit together.
pub(crate) fn synthesise(phrase: &Phrase, grid: Grid, f0: &[f64], mut frames: Frames) -> Result<Vec<f32>, VoiceError> {
    let gain = gains(phrase, grid, &frames.power);
    for (row, gain) in frames.power.iter_mut().zip(&gain) {
        let factor = gain * gain;
        row.iter_mut().for_each(|power| *power = (*power * factor).max(POWER_FLOOR));
    }
    let f0: Vec<f64> = f0.iter().zip(&frames.voiced).map(|(hz, voiced)| if *voiced { *hz } else { 0.0 }).collect();
    let samples = world_rs::synthesis::synthesis(
        &f0,
        grid.len,
        &frames.power,
        &frames.aperiodicity,
        FFT_SIZE,
        FRAME_S * 1000.0,
        f64::from(SAMPLE_RATE),
        grid.len * HOP,
    )
    .map_err(|error| VoiceError::Vocoder(error.to_string()))?;
    Ok(samples.into_iter().map(|sample| sample as f32).collect())
}

/// Amplitude of every frame: vowels evened out and shaped by velocity, silence around the phrase.
fn gains(phrase: &Phrase, grid: Grid, power: &[Vec<f64>]) -> Vec<f64> {
    let level: Vec<f64> = power.iter().map(|row| row.iter().sum::<f64>().sqrt() + 1e-9).collect();
    let measured: Vec<(bool, Range<usize>, f64)> = phrase
        .segments
        .iter()
        .map(|segment| (segment.phoneme.is_vowel(), grid.range(segment.start_s, segment.end_s)))
        .filter(|(_, range)| !range.is_empty())
        .map(|(is_vowel, range)| (is_vowel, range.clone(), median(&level[range])))
        .collect();
    let middle = median(&measured.iter().filter(|(vowel, ..)| *vowel).map(|(.., level)| *level).collect::<Vec<_>>());
    let base = if middle > 0.0 { VOWEL_LEVEL / middle } else { 1.0 };

    let mut gain = vec![base; grid.len];
    for (is_vowel, range, typical) in measured {
        for k in range {
            let evened = (middle / typical).powf(EVENNESS);
            gain[k] *= if is_vowel { evened } else { (CONSONANT_CEILING * middle / level[k]).min(1.0) };
        }
    }
    hold_last(phrase, grid, &level, &mut gain);
    for note in &phrase.notes {
        let strength = (f64::from(note.velocity.max(1)) / MIDDLE_VELOCITY).sqrt();
        gain[grid.range(note.start_s, note.end_s)].iter_mut().for_each(|gain| *gain *= strength);
    }
    let mut gain = smooth(&gain, &hann(17));

    let (Some(first), Some(last)) = (phrase.segments.first(), phrase.segments.last()) else { return gain };
    let (end, fade) = if last.phoneme.is_vowel() {
        (last.end_s, VOWEL_FADE_S.min(last.duration_s() * 0.4))
    } else {
        (last.end_s + CONSONANT_FADE_S, CONSONANT_FADE_S)
    };
    for (k, gain) in gain.iter_mut().enumerate() {
        let t = grid.time(k);
        let rise = ((t - first.start_s) / CONSONANT_FADE_S + 1.0).clamp(0.0, 1.0);
        *gain *= rise * ((end - t) / fade).clamp(0.0, 1.0);
    }
    gain
}

/// Keeps a phrase's last consonant, if it can be held, from dying away before its end.
fn hold_last(phrase: &Phrase, grid: Grid, level: &[f64], gain: &mut [f64]) {
    let Some(last) = phrase.segments.last() else { return };
    let held = matches!(
        last.phoneme.class(),
        PhonemeClass::Fricative | PhonemeClass::VoicedFricative | PhonemeClass::Nasal | PhonemeClass::Approximant
    );
    if !held {
        return;
    }
    let range = grid.range(last.start_s, last.end_s);
    let loudest = range.clone().map(|k| level[k] * gain[k]).fold(0.0, f64::max);
    for k in range {
        gain[k] *= (HELD_LEVEL * loudest / (level[k] * gain[k])).clamp(1.0, HELD_GAIN);
    }
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(0.0)
}

/// A Hann window of odd length without its zero ends, summing to 1.
pub(crate) fn hann(len: usize) -> Vec<f64> {
    let step = std::f64::consts::TAU / (len + 1) as f64;
    let window: Vec<f64> = (1..=len).map(|i| 0.5 - 0.5 * (step * i as f64).cos()).collect();
    let sum: f64 = window.iter().sum();
    window.into_iter().map(|w| w / sum).collect()
}

/// Smooths with a window of odd length; beyond its ends the signal holds its last value.
pub(crate) fn smooth(signal: &[f64], window: &[f64]) -> Vec<f64> {
    let half = window.len() / 2;
    let last = signal.len().saturating_sub(1);
    (0..signal.len())
        .map(|k| window.iter().enumerate().map(|(i, w)| w * signal[(k + i).saturating_sub(half).min(last)]).sum())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_finds_frames_on_their_boundaries() {
        let grid = Grid { origin: -10, len: 100 };
        assert_eq!(grid.range(0.0, 0.05), 10..20);
        assert_eq!(grid.range(-1.0, 9.0), 0..100);
        assert_eq!(grid.range(0.35, 0.355), 80..81);
        assert_eq!(grid.time(10), 0.0);
    }

    #[test]
    fn smoothing_keeps_a_constant_and_spreads_a_step() {
        assert!(smooth(&[2.0; 9], &hann(5)).iter().all(|v| (v - 2.0).abs() < 1e-12));
        let step = smooth(&[0.0, 0.0, 0.0, 1.0, 1.0, 1.0], &hann(3));
        assert!(step[2] > 0.0 && step[2] < 0.5 && step[3] > 0.5 && step[3] < 1.0, "{step:?}");
    }
}
