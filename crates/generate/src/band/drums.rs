//! A drum kit by calculation: sines that fall, noise that is filtered, both that fade.

use std::collections::BTreeMap;
use std::f32::consts::TAU;

use dsp::{Biquad, Filter, SampleRate};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use score::Seed;

use super::voices::end_smoothly;

/// Renders each drum the first time it is hit, in a few variants that take turns.
pub struct Kit {
    rate: SampleRate,
    drums: BTreeMap<u8, Vec<Vec<f32>>>,
    hits: BTreeMap<u8, usize>,
}

/// One hit at full velocity and where it stands, −1 left to 1 right.
pub struct Hit<'a> {
    pub samples: &'a [f32],
    pub position: f32,
}

/// So that a roll is not a machine gun.
const VARIANTS: usize = 3;

impl Kit {
    pub fn new(rate: SampleRate) -> Self {
        Self { rate, drums: BTreeMap::new(), hits: BTreeMap::new() }
    }

    /// The next hit of a General MIDI percussion key; unknown keys sound as a wood block.
    pub fn hit(&mut self, key: u8) -> Hit<'_> {
        let rate = self.rate;
        let variants = self.drums.entry(key).or_insert_with(|| {
            let mut noise = Seed(u64::from(key)).stream("procedural kit");
            (0..VARIANTS)
                .map(|_| {
                    let mut samples = drum(key, rate, &mut noise);
                    end_smoothly(&mut samples);
                    samples
                })
                .collect()
        });
        let count = self.hits.entry(key).or_insert(0);
        *count += 1;
        Hit { samples: &variants[(*count - 1) % VARIANTS], position: position(key) }
    }
}

fn position(key: u8) -> f32 {
    match key {
        35..=40 => 0.0,
        42 | 44 | 46 => 0.25,
        49 | 55 => -0.4,
        51 | 52 | 53 | 57 | 59 => 0.4,
        41 | 43 => 0.3,
        45 | 47 => 0.05,
        48 | 50 => -0.25,
        54 | 69 | 70 | 82 => -0.3,
        _ => 0.15,
    }
}

/// One drum, with `noise` giving each variant its own grain.
fn drum(key: u8, rate: SampleRate, noise: &mut ChaCha8Rng) -> Vec<f32> {
    let touch = noise.random_range(0.985_f32..1.015);
    match key {
        35 | 36 => {
            let mut kick = fall(rate, 0.42, 165.0 * touch, 47.0, 0.035, 0.13);
            add(&mut kick, &hiss(rate, 0.012, 0.003, Filter::high_pass(1_800.0), noise), 0.22);
            kick
        }
        37 => {
            let mut stick = hiss(rate, 0.08, 0.012, Filter::BandPass { hz: 1_900.0, q: 2.5 }, noise);
            add(&mut stick, &fall(rate, 0.06, 820.0 * touch, 780.0, 0.02, 0.012), 0.5);
            stick
        }
        38 | 40 => {
            let mut snare = fall(rate, 0.22, 235.0 * touch, 178.0, 0.02, 0.055);
            scale(&mut snare, 0.6);
            add(&mut snare, &fall(rate, 0.15, 345.0 * touch, 318.0, 0.02, 0.035), 0.25);
            add(&mut snare, &hiss(rate, 0.28, 0.075, Filter::high_pass(1_500.0), noise), 0.55);
            snare
        }
        39 => {
            let mut clap = vec![0.0; rate.frames(0.3)];
            for (delay, level) in [(0.0, 0.7), (0.011, 0.7), (0.021, 0.8), (0.031, 1.0)] {
                let tail = if level == 1.0 { 0.07 } else { 0.004 };
                let burst = hiss(rate, 0.25, tail, Filter::BandPass { hz: 1_250.0, q: 1.1 }, noise);
                add(&mut clap[rate.frames(delay)..], &burst, level);
            }
            clap
        }
        41 | 43 | 45 | 47 | 48 | 50 => {
            let hz = match key {
                41 => 82.0,
                43 => 98.0,
                45 => 118.0,
                47 => 140.0,
                48 => 165.0,
                _ => 196.0,
            } * touch;
            let mut tom = fall(rate, 0.5, hz * 1.35, hz, 0.05, 0.16);
            add(&mut tom, &hiss(rate, 0.05, 0.01, Filter::BandPass { hz: 900.0, q: 0.8 }, noise), 0.25);
            tom
        }
        42 | 44 => metal(rate, 0.09, 0.022, 7_500.0, noise),
        46 => metal(rate, 0.55, 0.16, 7_000.0, noise),
        49 | 52 | 55 | 57 => metal(rate, 2.0, 0.5, 4_500.0, noise),
        51 | 53 | 59 => {
            let mut ride = metal(rate, 1.2, 0.3, 6_000.0, noise);
            scale(&mut ride, 0.5);
            add(&mut ride, &fall(rate, 0.9, 3_150.0 * touch, 3_150.0, 0.1, 0.22), 0.12);
            ride
        }
        54 => metal(rate, 0.22, 0.05, 8_500.0, noise),
        69 | 70 | 82 => {
            let mut shaker = hiss(rate, 0.12, 0.035, Filter::high_pass(5_500.0), noise);
            let rise = rate.frames(0.018).max(1);
            shaker.iter_mut().take(rise).enumerate().for_each(|(i, s)| *s *= i as f32 / rise as f32);
            shaker
        }
        80 | 81 => {
            let (seconds, fade_s) = if key == 81 { (1.0, 0.2) } else { (0.12, 0.024) };
            let mut triangle = fall(rate, seconds, 5_230.0 * touch, 5_230.0, 0.1, fade_s);
            add(&mut triangle, &fall(rate, seconds, 8_120.0 * touch, 8_120.0, 0.1, 0.7 * fade_s), 0.5);
            scale(&mut triangle, 0.4);
            triangle
        }
        _ => fall(rate, 0.1, 1_150.0 * touch, 1_050.0, 0.01, 0.018),
    }
}

/// A sine gliding from `from` to `to` hertz with time constant `glide_s`, fading with `fade_s`.
fn fall(rate: SampleRate, seconds: f64, from: f32, to: f32, glide_s: f32, fade_s: f32) -> Vec<f32> {
    let step = 1.0 / rate.hz() as f32;
    let mut phase = 0.0_f32;
    (0..rate.frames(seconds))
        .map(|frame| {
            let time = frame as f32 * step;
            phase = (phase + (to + (from - to) * (-time / glide_s).exp()) * step).fract();
            (TAU * phase).sin() * (-time / fade_s).exp() * (time / 0.0008).min(1.0)
        })
        .collect()
}

/// Filtered noise that fades with `fade_s`.
fn hiss(rate: SampleRate, seconds: f64, fade_s: f32, filter: Filter, noise: &mut ChaCha8Rng) -> Vec<f32> {
    let step = 1.0 / rate.hz() as f32;
    let mut filter = Biquad::new(filter, rate);
    (0..rate.frames(seconds))
        .map(|frame| {
            let time = frame as f32 * step;
            filter.step(noise.random_range(-1.0_f32..1.0)) * (-time / fade_s).exp() * (time / 0.0004).min(1.0)
        })
        .collect()
}

/// Six square waves without a common pitch, with noise, above `above` hertz: cymbals and hats.
fn metal(rate: SampleRate, seconds: f64, fade_s: f32, above: f64, noise: &mut ChaCha8Rng) -> Vec<f32> {
    const PITCHES: [f32; 6] = [263.0, 400.0, 421.0, 474.0, 587.0, 845.0];
    let step = 1.0 / rate.hz() as f32;
    let mut filters = [Biquad::new(Filter::high_pass(above), rate), Biquad::new(Filter::low_pass(15_000.0), rate)];
    let offset = noise.random_range(0.0_f32..1.0);
    (0..rate.frames(seconds))
        .map(|frame| {
            let time = frame as f32 * step;
            let squares: f32 =
                PITCHES.iter().map(|hz| if (time * hz * 1.9 + offset).fract() < 0.5 { 0.2 } else { -0.2 }).sum();
            let raw = 0.5 * squares + 0.8 * noise.random_range(-1.0_f32..1.0);
            let filtered = filters.iter_mut().fold(raw, |sample, filter| filter.step(sample));
            filtered * (-time / fade_s).exp() * (time / 0.0004).min(1.0)
        })
        .collect()
}

fn add(sum: &mut [f32], other: &[f32], gain: f32) {
    sum.iter_mut().zip(other).for_each(|(sum, sample)| *sum += gain * sample);
}

fn scale(samples: &mut [f32], gain: f32) {
    samples.iter_mut().for_each(|sample| *sample *= gain);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_gives_a_finite_hit_that_starts_and_ends_at_rest() {
        let mut kit = Kit::new(SampleRate::HZ_48000);
        for key in 0..=127 {
            let hit = kit.hit(key);
            assert!(hit.samples.iter().all(|s| s.is_finite() && s.abs() < 3.0), "key {key}");
            assert!(hit.samples.iter().any(|s| s.abs() > 0.05), "key {key} is silent");
            assert!(hit.samples[0].abs() < 0.01 && hit.samples.last().unwrap().abs() < 0.01, "key {key} clicks");
        }
    }

    #[test]
    fn variants_take_turns() {
        let mut kit = Kit::new(SampleRate::HZ_48000);
        let hits: Vec<Vec<f32>> = (0..4).map(|_| kit.hit(38).samples.to_vec()).collect();
        assert_ne!(hits[0], hits[1]);
        assert_eq!(hits[0], hits[3]);
    }
}
