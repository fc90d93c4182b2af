//! From mel-cepstra to the envelopes and noise shares the vocoder wants.

use std::f64::consts::PI;

use score::{Phoneme, PhonemeClass};

use crate::formant::interpolate;
use crate::plan::Segment;
use crate::render::{BINS, Grid};
use crate::singer::SAMPLE_RATE;

/// How much the post-filter sharpens formants.
const SHARPEN: f64 = 0.25;
/// Bins over which the post-filter keeps the energy.
const ENERGY_BINS: usize = 129;
/// The voice's samples are 16-bit integers; this brings their power near 1.
const POWER_SCALE: f64 = 1e-6;

/// Noise in the amplitude of vowels, of other open sounds and of voiced fricatives, by frequency.
const VOWEL_NOISE: [(f64, f64); 7] =
    [(0.0, 0.01), (1000.0, 0.015), (2500.0, 0.05), (4000.0, 0.12), (6000.0, 0.3), (9000.0, 0.6), (16000.0, 0.9)];
const SONORANT_NOISE: [(f64, f64); 5] = [(0.0, 0.02), (1000.0, 0.05), (3000.0, 0.2), (6000.0, 0.5), (16000.0, 0.95)];
const BUZZ_NOISE: [(f64, f64); 5] = [(0.0, 0.05), (600.0, 0.2), (1500.0, 0.7), (3000.0, 0.97), (16000.0, 0.999)];
const SILENT: f64 = 0.999;

/// Cosines that turn a mel-cepstrum into the logarithm of an amplitude: row m, column bin.
pub(super) struct Envelope {
    wide: Vec<Vec<f64>>,
    coarse: Vec<Vec<f64>>,
}

impl Envelope {
    /// `alpha` is the mel scale's all-pass constant; `shift` moves all formants by a factor.
    pub fn new(order: usize, alpha: f64, shift: f64) -> Self {
        Self { wide: cosines(order, alpha, shift, BINS), coarse: cosines(order, alpha, 1.0, ENERGY_BINS) }
    }

    /// Power of each bin after the post-filter.
    pub fn power(&self, cepstrum: &[f64]) -> Vec<f64> {
        let mut sharp = cepstrum.to_vec();
        sharp.iter_mut().skip(2).for_each(|c| *c *= 1.0 + SHARPEN);
        let energy = |cepstrum: &[f64]| log_amplitude(cepstrum, &self.coarse).map(|a| (2.0 * a).exp()).sum::<f64>();
        let excess = (energy(&sharp) / energy(cepstrum)).ln() / 2.0;
        if excess.is_finite() {
            sharp[0] -= excess;
        }
        log_amplitude(&sharp, &self.wide).map(|a| (2.0 * a).clamp(-40.0, 40.0).exp() * POWER_SCALE).collect()
    }
}

fn cosines(order: usize, alpha: f64, shift: f64, bins: usize) -> Vec<Vec<f64>> {
    let mel: Vec<f64> = (0..bins)
        .map(|bin| {
            let w = (PI * bin as f64 / (bins - 1) as f64 / shift).min(PI);
            w + 2.0 * (alpha * w.sin()).atan2(1.0 - alpha * w.cos())
        })
        .collect();
    (0..order).map(|m| mel.iter().map(|w| (m as f64 * w).cos()).collect()).collect()
}

fn log_amplitude(cepstrum: &[f64], cosines: &[Vec<f64>]) -> std::vec::IntoIter<f64> {
    let mut sum = vec![0.0; cosines.first().map_or(0, Vec::len)];
    for (coefficient, row) in cepstrum.iter().zip(cosines) {
        sum.iter_mut().zip(row).for_each(|(sum, cosine)| *sum += coefficient * cosine);
    }
    sum.into_iter()
}

/// The excitation of every frame: whether it is voiced, and the share of noise in each bin.
pub(super) fn excitation(segments: &[Segment], grid: Grid, breath: f64) -> (Vec<bool>, Vec<Vec<f64>>) {
    let profile = |table: &[(f64, f64)], breath: f64| -> Vec<f64> {
        let hz = |bin: usize| bin as f64 * f64::from(SAMPLE_RATE) / 2.0 / (BINS - 1) as f64;
        (0..BINS).map(|bin| (interpolate(table, hz(bin)) * breath).clamp(0.001, SILENT)).collect()
    };
    let vowel = profile(&VOWEL_NOISE, breath);
    let sonorant = profile(&SONORANT_NOISE, 1.0);
    let buzz = profile(&BUZZ_NOISE, 1.0);
    let of = |phoneme: Phoneme| match phoneme.class() {
        PhonemeClass::Vowel | PhonemeClass::Diphthong => Some(&vowel),
        PhonemeClass::Nasal | PhonemeClass::Approximant | PhonemeClass::VoicedStop => Some(&sonorant),
        PhonemeClass::VoicedFricative | PhonemeClass::VoicedAffricate => Some(&buzz),
        PhonemeClass::Stop | PhonemeClass::Affricate | PhonemeClass::Fricative | PhonemeClass::Aspirate => None,
    };
    let silence = vec![SILENT; BINS];
    let mut profiles: Vec<Option<&Vec<f64>>> = vec![None; grid.len];
    for segment in segments {
        profiles[grid.range(segment.start_s, segment.end_s)].fill(of(segment.phoneme));
    }
    let at = |k: usize| profiles[k].unwrap_or(&silence);
    let noise = (0..grid.len)
        .map(|k| {
            let (before, here, after) = (at(k.saturating_sub(1)), at(k), at((k + 1).min(grid.len - 1)));
            (0..BINS).map(|bin| (before[bin] + 2.0 * here[bin] + after[bin]) / 4.0).collect()
        })
        .collect();
    (profiles.iter().map(Option::is_some).collect(), noise)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flat_cepstrum_is_a_flat_envelope() {
        let envelope = Envelope::new(5, 0.45, 1.0);
        let power = envelope.power(&[2.0, 0.0, 0.0, 0.0, 0.0]);
        let expected = 4.0_f64.exp() * POWER_SCALE;
        assert!(power.iter().all(|p| (p / expected - 1.0).abs() < 1e-9));
    }

    #[test]
    fn a_shift_moves_the_peak_by_its_factor() {
        let cepstrum = [0.0, 0.0, -1.0, 0.0, 0.5];
        let peak = |shift: f64| {
            let power = Envelope::new(5, 0.45, shift).power(&cepstrum);
            (1..BINS / 2).max_by(|a, b| power[*a].total_cmp(&power[*b])).unwrap() as f64
        };
        assert!((peak(1.2) / peak(1.0) - 1.2).abs() < 0.02, "{} {}", peak(1.2), peak(1.0));
    }
}
