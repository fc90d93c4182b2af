//! A singer made of nothing but rules: phone table → formant tracks → envelope and aperiodicity.
//!
//! The voiced part is a glottal source with a fixed tilt through four moving and two fixed resonators; friction,
//! bursts and breath are noise with spectra of their own. All spectra are kept as power, so that a resonator is one
//! quadratic in f² and no root is taken.

mod phones;

use score::{Phoneme, PhonemeClass};

use crate::error::VoiceError;
use crate::plan::{Phrase, Segment};
use crate::render::{BINS, FRAME_S, Frames, Grid, Timbre, hann, smooth};
use crate::singer::{SAMPLE_RATE, SingOptions};
use phones::{Formants, Target};

/// Factor from the table's large vocal tract to a woman's.
const TRACT: f64 = 1.15;
/// Bandwidths of the moving formants in Hz at pitch 0, and how much a higher pitch widens them.
const BANDWIDTHS: Formants = [60.0, 80.0, 110.0, 160.0];
const BANDWIDTH_PER_HZ: f64 = 0.12;
/// Amplitudes against a vowel.
const NOISE_LEVEL: f64 = 0.3;
const ASPIRATION_LEVEL: f64 = 0.05;
/// Below this voicing there is no pitch; below the second, only the murmur of a closed mouth.
const VOICED: f64 = 0.02;
const MURMUR: f64 = 0.2;
/// Share of breath in the amplitude of a vowel at these frequencies.
const BREATH: [(f64, f64); 5] = [(0.0, 0.004), (1500.0, 0.01), (4000.0, 0.08), (8000.0, 0.35), (16000.0, 0.7)];

/// Spectra that do not change from frame to frame, as power per bin.
pub(crate) struct Formant {
    tract: f64,
    /// Squared bin frequencies.
    squared_hz: Vec<f64>,
    /// Fixed resonators and the correction for the poles above them.
    fixed: Vec<f64>,
    source: Vec<f64>,
    murmur: Vec<f64>,
    aspiration: Vec<f64>,
    breath: Vec<f64>,
    /// Indexed by [`Phoneme`]; empty where a phone has none.
    noise: Vec<Vec<f64>>,
    nasal: Vec<Vec<f64>>,
}

impl Formant {
    pub fn new(options: &SingOptions) -> Self {
        let tract = TRACT * options.formant_shift;
        let hz: Vec<f64> = (0..BINS).map(|bin| bin as f64 * f64::from(SAMPLE_RATE) / 2.0 / (BINS - 1) as f64).collect();
        let table = |power: &dyn Fn(f64) -> f64| hz.iter().map(|f| power(*f)).collect::<Vec<f64>>();
        let breath = |f| (interpolate(&BREATH, f) * options.breath).min(1.0).powi(2);
        Self {
            tract,
            squared_hz: hz.iter().map(|f| f * f).collect(),
            fixed: table(&|f| {
                resonance(f * f, 4300.0 * tract, 350.0)
                    * resonance(f * f, 5300.0 * tract, 500.0)
                    * (1.0 + (f / 6500.0).powi(2)).powf(1.2)
            }),
            source: table(&|f| 1.0 / (1.0 + (f / 300.0).powi(2)) / (1.0 + (f / 4500.0).powi(2)).sqrt()),
            murmur: table(&|f| (1.0 + (f / 400.0).powi(2)).powi(-2)),
            aspiration: table(&|f| (ASPIRATION_LEVEL * (f / 800.0).min(1.0)).powi(2)),
            breath: table(&breath),
            noise: Phoneme::ALL.iter().map(|p| phones::noise(*p).map_or(vec![], |n| table(&|f| n.power(f)))).collect(),
            nasal: Phoneme::ALL
                .iter()
                .map(|p| phones::nasal_zero(*p).map_or(vec![], |zero| table(&|f| nasal_power(f, zero))))
                .collect(),
        }
    }

    /// Power of the moving and fixed resonators for one frame.
    fn tract_power(&self, formants: &Formants, f0: f64, power: &mut [f64]) {
        let quadratics: [_; 4] =
            std::array::from_fn(|i| Quadratic::new(formants[i], BANDWIDTHS[i] + BANDWIDTH_PER_HZ * f0));
        for ((power, x), fixed) in power.iter_mut().zip(&self.squared_hz).zip(&self.fixed) {
            *power = fixed / quadratics.iter().map(|q| q.at(*x)).product::<f64>();
        }
    }
}

impl Timbre for Formant {
    /// Never fails.
    fn frames(&self, phrase: &Phrase, grid: Grid, f0: &[f64]) -> Result<Frames, VoiceError> {
        let tracks = tracks(&phrase.segments, grid, self.tract);
        let mouth = Articulation::of(&phrase.segments, grid);
        let mut frames = Frames {
            voiced: mouth.voicing.iter().map(|v| *v > VOICED).collect(),
            power: vec![vec![0.0; BINS]; grid.len],
            aperiodicity: vec![vec![0.0; BINS]; grid.len],
        };
        let (mut tract, mut voice, mut noise) = (vec![0.0; BINS], vec![0.0; BINS], vec![0.0; BINS]);
        for k in 0..grid.len {
            let mut formants = tracks[k];
            // Singers tune the first formant to the pitch when that climbs above it.
            formants[0] = formants[0].max(f0[k] * 1.03);
            self.tract_power(&formants, f0[k], &mut tract);

            let voicing = mouth.voicing[k];
            for ((voice, tract), source) in voice.iter_mut().zip(&tract).zip(&self.source) {
                *voice = voicing * voicing * tract * source;
            }
            if voicing > 0.0 && voicing < MURMUR {
                voice.iter_mut().zip(&self.murmur).for_each(|(voice, murmur)| *voice *= murmur);
            }
            if let Some(nasal) = mouth.nasal[k] {
                voice.iter_mut().zip(&self.nasal[nasal as usize]).for_each(|(voice, nasal)| *voice *= nasal);
            }

            noise.fill(0.0);
            let aspiration = mouth.aspiration[k].powi(2);
            if aspiration > 0.0 {
                for ((noise, tract), shape) in noise.iter_mut().zip(&tract).zip(&self.aspiration) {
                    *noise = aspiration * tract * shape;
                }
            }
            for (phoneme, amplitude) in mouth.friction(k) {
                let level = (NOISE_LEVEL * amplitude).powi(2);
                noise.iter_mut().zip(&self.noise[phoneme as usize]).for_each(|(noise, shape)| *noise += level * shape);
            }

            let (power, aperiodicity) = (&mut frames.power[k], &mut frames.aperiodicity[k]);
            for bin in 0..BINS {
                let breath = voice[bin] * self.breath[bin] + noise[bin];
                let sum = voice[bin] * (1.0 - self.breath[bin]) + breath;
                power[bin] = sum;
                aperiodicity[bin] = (breath / (sum + 1e-16)).sqrt().clamp(0.001, 0.999);
            }
        }
        Ok(frames)
    }
}

/// The denominator of a resonator's power as a quadratic in x = f², 1 at x = 0.
struct Quadratic {
    a: f64,
    b: f64,
}

impl Quadratic {
    /// |H(f)|² of a pole pair at `centre` with `bandwidth`: ((f−F)² + B²/4) ((f+F)² + B²/4), over its value at 0.
    fn new(centre: f64, bandwidth: f64) -> Self {
        let (f2, b2) = (centre * centre, bandwidth * bandwidth / 4.0);
        let scale = 1.0 / ((f2 + b2) * (f2 + b2));
        Self { a: scale, b: 2.0 * (b2 - f2) * scale }
    }

    fn at(&self, x: f64) -> f64 {
        (self.a * x + self.b) * x + 1.0
    }
}

fn resonance(x: f64, centre: f64, bandwidth: f64) -> f64 {
    1.0 / Quadratic::new(centre, bandwidth).at(x)
}

/// What a nasal changes: a zero, a low resonance and a softer top.
fn nasal_power(f: f64, zero: f64) -> f64 {
    let notch = 1.0 - 0.85 / (1.0 + ((f - zero) / 180.0).powi(2));
    notch * notch * resonance(f * f, 270.0, 90.0).powf(0.25) / (1.0 + (f / 2200.0).powi(2)).sqrt()
}

impl phones::Noise {
    fn power(&self, f: f64) -> f64 {
        let amplitude = |db: f64| 10.0_f64.powf(db / 20.0);
        let peaks: f64 = self
            .peaks
            .iter()
            .map(|(centre, width, db)| amplitude(*db) / (1.0 + ((f - centre) / (width / 2.0)).powi(2)).sqrt())
            .sum();
        ((amplitude(self.floor_db) + peaks) * amplitude(self.level_db)).powi(2)
    }
}

/// Formants of every frame: targets of the phones, joined by lines and smoothed.
fn tracks(segments: &[Segment], grid: Grid, scale: f64) -> Vec<Formants> {
    let mut keys: Vec<(f64, Formants)> = Vec::new();
    for segment in segments {
        let (start, end, length) = (segment.start_s, segment.end_s, segment.duration_s());
        match phones::target(segment.phoneme) {
            Target::Free => {}
            Target::Glide(from, to) => {
                let glide = (length * 0.5).min(0.16);
                keys.push((start + (length * 0.3).min(0.05), from));
                keys.push((end - glide, from));
                keys.push((end - glide.min(0.02), to));
            }
            Target::Steady(formants) => {
                let edge = if segment.phoneme.is_vowel() { (length * 0.35).min(0.055) } else { length * 0.25 };
                keys.push((start + edge, formants));
                keys.push((end - edge, formants));
            }
        }
    }
    let Some((first, last)) = keys.first().copied().zip(keys.last().copied()) else {
        return vec![[500.0, 1500.0, 2500.0, 3500.0].map(|f| f * scale); grid.len];
    };
    let raw: Vec<Formants> = (0..grid.len)
        .map(|k| {
            let t = grid.time(k);
            let after = keys.partition_point(|(at, _)| *at <= t);
            let (t0, from) = if after == 0 { first } else { keys[after - 1] };
            let (t1, to) = keys.get(after).copied().unwrap_or(last);
            let share = if t1 > t0 { ((t - t0) / (t1 - t0)).clamp(0.0, 1.0) } else { 0.0 };
            std::array::from_fn(|i| scale * (from[i] + share * (to[i] - from[i])))
        })
        .collect();
    let window = hann(9);
    let smoothed: [Vec<f64>; 4] =
        std::array::from_fn(|i| smooth(&raw.iter().map(|formants| formants[i]).collect::<Vec<_>>(), &window));
    (0..grid.len).map(|k| std::array::from_fn(|i| smoothed[i][k])).collect()
}

/// What the mouth does in every frame.
struct Articulation {
    /// Amplitude of the voice, 1 in a vowel.
    voicing: Vec<f64>,
    /// Amplitude of breath through the open throat.
    aspiration: Vec<f64>,
    nasal: Vec<Option<Phoneme>>,
    noise: Vec<Option<(Phoneme, f64)>>,
}

impl Articulation {
    fn of(segments: &[Segment], grid: Grid) -> Self {
        let mut this = Self {
            voicing: vec![0.0; grid.len],
            aspiration: vec![0.0; grid.len],
            nasal: vec![None; grid.len],
            noise: vec![None; grid.len],
        };
        for segment in segments {
            this.add(segment, grid);
        }
        this.voicing = smooth(&this.voicing, &hann(5));
        this.aspiration = smooth(&this.aspiration, &hann(5));
        this
    }

    fn add(&mut self, segment: &Segment, grid: Grid) {
        let Segment { phoneme, start_s, end_s, .. } = *segment;
        let length = segment.duration_s();
        // Even the shortest burst lasts one frame.
        let burst = |from: f64, to: f64| grid.range(from, to.max(from + FRAME_S));
        let all = grid.range(start_s, end_s);
        match phoneme.class() {
            PhonemeClass::Vowel | PhonemeClass::Diphthong => self.voicing[all].fill(1.0),
            PhonemeClass::Nasal => {
                self.voicing[all.clone()].fill(0.8);
                self.nasal[all].fill(Some(phoneme));
            }
            PhonemeClass::Approximant => self.voicing[all].fill(0.75),
            PhonemeClass::Aspirate => self.aspiration[all].fill(0.5),
            PhonemeClass::Fricative => self.noise[all].fill(Some((phoneme, 1.0))),
            PhonemeClass::VoicedFricative => {
                self.voicing[all.clone()].fill(0.25);
                self.noise[all].fill(Some((phoneme, 1.0)));
            }
            PhonemeClass::Stop | PhonemeClass::Affricate => {
                let stop = phoneme.class() == PhonemeClass::Stop;
                let open = start_s + length * if stop { 0.5 } else { 0.35 };
                let until = if stop { open + 0.02 } else { end_s };
                self.noise[burst(open, until)].fill(Some((phoneme, 1.0)));
                self.aspiration[burst(open + 0.015, end_s + 0.015)].fill(if stop { 0.35 } else { 0.1 });
            }
            PhonemeClass::VoicedStop | PhonemeClass::VoicedAffricate => {
                let stop = phoneme.class() == PhonemeClass::VoicedStop;
                let open = start_s + length * if stop { 0.7 } else { 0.4 };
                self.voicing[grid.range(start_s, open)].fill(0.12);
                self.voicing[grid.range(open, end_s)].fill(0.5);
                self.noise[burst(open, if stop { open + 0.012 } else { end_s })].fill(Some((phoneme, 1.5)));
            }
        }
    }

    /// The noises of a frame with their amplitudes, blended over three frames.
    fn friction(&self, frame: usize) -> impl Iterator<Item = (Phoneme, f64)> + '_ {
        let last = self.noise.len() - 1;
        let near = [(frame.saturating_sub(1), 0.25), (frame, 0.5), ((frame + 1).min(last), 0.25)];
        let mut found: Vec<(Phoneme, f64)> = Vec::new();
        for (at, weight) in near {
            if let Some((phoneme, amplitude)) = self.noise[at] {
                match found.iter_mut().find(|(other, _)| *other == phoneme) {
                    Some((_, sum)) => *sum += weight * amplitude,
                    None => found.push((phoneme, weight * amplitude)),
                }
            }
        }
        found.into_iter()
    }
}

/// Linear interpolation in a table sorted by its first column; beyond its ends the last value holds.
pub(crate) fn interpolate(table: &[(f64, f64)], x: f64) -> f64 {
    let after = table.partition_point(|(at, _)| *at <= x);
    match (after.checked_sub(1).and_then(|i| table.get(i)), table.get(after)) {
        (Some((x0, y0)), Some((x1, y1))) => y0 + (x - x0) / (x1 - x0) * (y1 - y0),
        (Some((_, y)), None) | (None, Some((_, y))) => *y,
        (None, None) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resonator_peaks_at_its_formant() {
        let at = |f: f64| resonance(f * f, 700.0, 80.0);
        assert!((at(0.0) - 1.0).abs() < 1e-12);
        assert!(at(700.0) > 50.0 * at(0.0) && at(700.0) > at(650.0) && at(700.0) > at(750.0));
    }

    #[test]
    fn every_sound_is_voiced_or_noisy() {
        for phoneme in Phoneme::ALL {
            let segment = Segment { phoneme: *phoneme, start_s: 0.0, end_s: 0.1, syllable: 0 };
            let mouth = Articulation::of(&[segment], Grid { origin: 0, len: 40 });
            let voiced = mouth.voicing.iter().any(|v| *v > VOICED);
            let noisy = mouth.noise.iter().any(Option::is_some) || mouth.aspiration.iter().any(|a| *a > 0.1);
            assert_eq!(voiced, phoneme.is_voiced(), "{phoneme}");
            assert!(voiced || noisy, "{phoneme}");
        }
    }
}
