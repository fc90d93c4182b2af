//! The ways a note can be calculated: struck modes, frequency modulation, a plucked string, and a wavetable tone.
//!
//! Each gives one note as mono samples at about unit level for full velocity, with its release.

use std::f64::consts::TAU;

use dsp::SampleRate;
use rand::Rng;
use rand_chacha::ChaCha8Rng;

/// A note to be calculated.
#[derive(Debug, Clone, Copy)]
pub struct Stroke {
    pub hz: f64,
    /// How long the key is held.
    pub held_s: f64,
    /// 0 to 1.
    pub velocity: f32,
    pub rate: SampleRate,
}

impl Stroke {
    fn frames(&self, release_s: f64) -> usize {
        self.rate.frames(self.held_s + release_s).max(1)
    }

    /// Falls to −60 dB over `release_s` once the key is up.
    fn damp(&self, samples: &mut [f32], release_s: f64) {
        let held = self.rate.frames(self.held_s).min(samples.len());
        let step = 10.0_f64.powf(-3.0 / (release_s * f64::from(self.rate.hz())).max(1.0)) as f32;
        let mut gain = 1.0_f32;
        for sample in &mut samples[held..] {
            gain *= step;
            *sample *= gain;
        }
        end_smoothly(samples);
    }
}

/// Takes the last step to silence over 2 ms or so.
pub fn end_smoothly(samples: &mut [f32]) {
    let fade = samples.len().min(96);
    for (index, sample) in samples.iter_mut().rev().take(fade).enumerate() {
        *sample *= index as f32 / fade as f32;
    }
}

/// One vibrating mode: frequency ratio, level, seconds to −60 dB at middle C.
pub type Mode = (f64, f32, f64);

/// A struck body: bells, bars and, with `string`, a piano.
#[derive(Debug)]
pub struct Struck {
    pub modes: &'static [Mode],
    /// Stretches the harmonics of a stiff string; 0 leaves the ratios.
    pub stiffness: f64,
    pub release_s: f64,
    /// How much of the strike itself is heard.
    pub hammer: f32,
}

impl Struck {
    pub fn play(&self, stroke: Stroke, noise: &mut ChaCha8Rng) -> Vec<f32> {
        let rate = f64::from(stroke.rate.hz());
        let mut out = vec![0.0_f32; stroke.frames(self.release_s)];
        // Low notes ring longer, hard strokes are brighter.
        let ring = (261.6 / stroke.hz).powf(0.6).clamp(0.2, 3.0);
        for &(ratio, level, decay_s) in self.modes {
            let hz = stroke.hz * ratio * (1.0 + self.stiffness * ratio * ratio).sqrt();
            if hz > rate * 0.45 {
                continue;
            }
            let brightness = stroke.velocity.powf(0.25 * (ratio as f32 - 1.0).clamp(0.0, 8.0));
            let decay = 10.0_f64.powf(-3.0 / (decay_s * ring * rate));
            let (cos, sin) = ((TAU * hz / rate).cos() * decay, (TAU * hz / rate).sin() * decay);
            let (mut x, mut y) = (f64::from(level * brightness), 0.0_f64);
            let floor = 1e-5;
            for block in out.chunks_mut(256) {
                for sample in block.iter_mut() {
                    *sample += y as f32;
                    (x, y) = (x * cos - y * sin, x * sin + y * cos);
                }
                if x.abs() + y.abs() < floor {
                    break;
                }
            }
        }
        let mut low = 0.0_f32;
        for (index, sample) in out.iter_mut().take(stroke.rate.frames(0.02)).enumerate() {
            low += 0.35 * (noise.random_range(-1.0_f32..1.0) - low);
            *sample += self.hammer * low * (-(index as f32) / (0.004 * rate as f32)).exp();
        }
        stroke.damp(&mut out, self.release_s);
        out
    }
}

/// Two sine oscillators, one bending the other: electric piano.
#[derive(Debug)]
pub struct Modulated {
    pub ratio: f64,
    pub index: f64,
    pub index_decay_s: f64,
    pub decay_s: f64,
    pub release_s: f64,
    /// The tine that is struck: frequency ratio, level, seconds to −60 dB.
    pub tine: Mode,
}

impl Modulated {
    pub fn play(&self, stroke: Stroke) -> Vec<f32> {
        let rate = f64::from(stroke.rate.hz());
        let per_sample = |seconds: f64| 10.0_f64.powf(-3.0 / (seconds * rate));
        let (level_step, index_step) = (per_sample(self.decay_s), per_sample(self.index_decay_s));
        let limit = (rate * 0.45 / stroke.hz / self.ratio).min(1.0);
        let (tine_ratio, tine_level, tine_decay_s) = self.tine;
        let tine_step = per_sample(tine_decay_s);
        let audible = stroke.hz * tine_ratio < rate * 0.45;
        let mut tine = if audible { f64::from(tine_level) } else { 0.0 };
        let (mut level, mut index) = (1.0, self.index * f64::from(0.45 + 0.55 * stroke.velocity) * limit);
        let attack = 0.002 * rate;
        let mut out: Vec<f32> = (0..stroke.frames(self.release_s))
            .map(|frame| {
                let phase = TAU * stroke.hz * frame as f64 / rate;
                let sample =
                    level * (phase + index * (phase * self.ratio).sin()).sin() + tine * (phase * tine_ratio).sin();
                tine *= tine_step;
                level *= level_step;
                index *= index_step;
                (sample * (frame as f64 / attack).min(1.0)) as f32
            })
            .collect();
        stroke.damp(&mut out, self.release_s);
        out
    }
}

/// A plucked string.
///
/// Source: K. Karplus and A. Strong, "Digital synthesis of plucked-string and drum timbres", Computer Music Journal
/// 1983; D. Jaffe and J. Smith, "Extensions of the Karplus-Strong plucked-string algorithm", same issue (tuning by an
/// all-pass, pick position).
#[derive(Debug)]
pub struct Plucked {
    /// Seconds to −60 dB at middle C.
    pub decay_s: f64,
    /// 0 dark, 1 bright.
    pub brightness: f32,
    /// Where along the string it is plucked, 0 to 0.5.
    pub position: f64,
    pub release_s: f64,
}

impl Plucked {
    pub fn play(&self, stroke: Stroke, noise: &mut ChaCha8Rng) -> Vec<f32> {
        let rate = f64::from(stroke.rate.hz());
        let period = rate / stroke.hz.min(rate / 8.0);
        // The loop: delay line, two-point low-pass (delay `blend`), all-pass (delay 0.3 to 1.3).
        let blend = 0.5 - 0.4 * f64::from(self.brightness);
        let length = ((period - blend - 0.3).floor() as usize).max(2);
        let rest = period - blend - length as f64;
        let tuning = ((1.0 - rest) / (1.0 + rest)) as f32;
        let loss = 10.0_f64.powf(-3.0 / (self.decay_s * (261.6 / stroke.hz).powf(0.4) * stroke.hz)) as f32;
        let blend = blend as f32;

        let mut string: Vec<f32> = (0..length).map(|_| noise.random_range(-1.0_f32..1.0)).collect();
        soften(&mut string, (0.15 + 0.75 * self.brightness) * (0.4 + 0.6 * stroke.velocity));
        let pick = ((self.position * length as f64) as usize).clamp(1, length - 1);
        let shifted: Vec<f32> = (0..length).map(|i| string[(i + length - pick) % length]).collect();
        string.iter_mut().zip(shifted).for_each(|(sample, other)| *sample -= other);
        let mean = string.iter().sum::<f32>() / length as f32;
        string.iter_mut().for_each(|sample| *sample -= mean);
        let power = (string.iter().map(|s| s * s).sum::<f32>() / length as f32).sqrt().max(1e-6);
        string.iter_mut().for_each(|sample| *sample *= 0.5 / power);

        let (mut position, mut before, mut all_in, mut all_out) = (0, 0.0_f32, 0.0_f32, 0.0_f32);
        let mut out: Vec<f32> = (0..stroke.frames(self.release_s))
            .map(|_| {
                let sample = string[position];
                let low = loss * ((1.0 - blend) * sample + blend * before);
                before = sample;
                let tuned = tuning * (low - all_out) + all_in;
                (all_in, all_out) = (low, tuned);
                string[position] = if tuned.abs() < 1e-12 { 0.0 } else { tuned };
                position = if position + 1 == length { 0 } else { position + 1 };
                sample
            })
            .collect();
        let attack = stroke.rate.frames(0.001).max(1);
        out.iter_mut().take(attack).enumerate().for_each(|(i, sample)| *sample *= i as f32 / attack as f32);
        stroke.damp(&mut out, self.release_s);
        out
    }
}

/// A circular one-pole low-pass, run twice so that the end meets the start.
fn soften(samples: &mut [f32], openness: f32) {
    let mut low = 0.0;
    for _ in 0..2 {
        for sample in samples.iter_mut() {
            low += openness.clamp(0.05, 1.0) * (*sample - low);
            *sample = low;
        }
    }
}

/// A sustained tone from a table of harmonics: organ, strings, flute, brass, reeds, bass.
#[derive(Debug)]
pub struct Tone {
    /// Level of each harmonic from the first.
    pub harmonics: &'static [f32],
    pub attack_s: f64,
    /// Seconds to fall from full level to `sustain`.
    pub decay_s: f64,
    pub sustain: f32,
    pub release_s: f64,
    /// How many detuned copies play, and how far apart in cents.
    pub copies: usize,
    pub detune_cents: f64,
    pub vibrato_cents: f64,
    /// Breath or bow noise.
    pub breath: f32,
    /// How strongly the tone darkens while it is held, 0 to 1.
    pub darkening: f32,
}

const TABLE: usize = 2048;

impl Tone {
    pub fn play(&self, stroke: Stroke, noise: &mut ChaCha8Rng) -> Vec<f32> {
        let rate = f64::from(stroke.rate.hz());
        let highest = ((rate * 0.42 / stroke.hz) as usize).clamp(1, self.harmonics.len());
        let bright = table(&self.harmonics[..highest], 0.0);
        let dark = table(&self.harmonics[..highest], 0.55);
        let mut out = vec![0.0_f32; stroke.frames(self.release_s)];
        let copies = self.copies.max(1);
        for copy in 0..copies {
            let spread = if copies == 1 { 0.0 } else { copy as f64 / (copies - 1) as f64 - 0.5 };
            let hz = stroke.hz * 2.0_f64.powf(spread * self.detune_cents / 1200.0);
            let mut phase = noise.random_range(0.0..1.0_f64);
            let vibrato_phase = noise.random_range(0.0..TAU);
            let mut step = hz / rate;
            for (index, block) in out.chunks_mut(64).enumerate() {
                let seconds = (index * 64) as f64 / rate;
                if self.vibrato_cents > 0.0 {
                    // Vibrato sets in over the first half second, as players do.
                    let depth = self.vibrato_cents * ((seconds - 0.15) / 0.4).clamp(0.0, 1.0);
                    let cents = depth * (TAU * (5.0 + 0.3 * spread) * seconds + vibrato_phase).sin();
                    step = hz * 2.0_f64.powf(cents / 1200.0) / rate;
                }
                let shade = self.darkening * (1.0 - (-seconds / 0.25).exp()) as f32 + (1.0 - stroke.velocity) * 0.5;
                let shade = shade.clamp(0.0, 1.0);
                for sample in block {
                    let at = phase * TABLE as f64;
                    let (left, fraction) = (at as usize % TABLE, at.fract() as f32);
                    let read = |table: &[f32]| table[left] + fraction * (table[left + 1] - table[left]);
                    *sample += (1.0 - shade) * read(&bright) + shade * read(&dark);
                    phase += step;
                    if phase >= 1.0 {
                        phase -= 1.0;
                    }
                }
            }
        }
        let level = 0.7 / (copies as f32).sqrt();
        let (attack, decay) = (self.attack_s.max(0.002) * rate, self.decay_s.max(0.01) * rate);
        let mut low = 0.0_f32;
        for (frame, sample) in out.iter_mut().enumerate() {
            let frame = frame as f64;
            let rise = (frame / attack).min(1.0);
            let rise = rise * rise * (3.0 - 2.0 * rise);
            let fall = self.sustain + (1.0 - self.sustain) * (-(frame - attack).max(0.0) / decay).exp() as f32;
            if self.breath > 0.0 {
                low += 0.3 * (noise.random_range(-1.0_f32..1.0) - low);
                *sample += self.breath * low;
            }
            *sample *= level * rise as f32 * fall;
        }
        stroke.damp(&mut out, self.release_s);
        out
    }
}

/// One period of a sum of sines, at unit power, with a guard point; `tilt` takes level from the high harmonics.
fn table(harmonics: &[f32], tilt: f64) -> Vec<f32> {
    let mut samples = vec![0.0_f64; TABLE + 1];
    let mut power = 0.0;
    for (index, level) in harmonics.iter().enumerate() {
        let number = (index + 1) as f64;
        let level = f64::from(*level) * (-tilt * (number - 1.0)).exp();
        power += level * level / 2.0;
        // A fixed spread of phases keeps the peaks low.
        let offset = number * number * 0.7;
        for (frame, sample) in samples.iter_mut().enumerate() {
            *sample += level * (TAU * number * frame as f64 / TABLE as f64 + offset).sin();
        }
    }
    let scale = 0.5 / power.sqrt().max(1e-9);
    samples.into_iter().map(|sample| (sample * scale) as f32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::band::instruments::Timbre;
    use score::Seed;

    /// Pitch by the autocorrelation peak around the expected period, refined by a parabola.
    fn measured_hz(samples: &[f32], rate: f64, near: f64) -> f64 {
        let middle = &samples[samples.len() / 4..];
        let window = 8_000.min(middle.len() / 2);
        let score =
            |lag: usize| -> f64 { (0..window).map(|i| f64::from(middle[i]) * f64::from(middle[i + lag])).sum() };
        let expected = rate / near;
        let (low, high) = ((expected * 0.9) as usize, (expected * 1.1) as usize + 2);
        let best = (low..high).max_by(|a, b| score(*a).total_cmp(&score(*b))).unwrap();
        let (a, b, c) = (score(best - 1), score(best), score(best + 1));
        rate / (best as f64 + 0.5 * (a - c) / (a - 2.0 * b + c))
    }

    #[test]
    fn every_program_is_in_tune_finite_and_ends_in_silence() {
        for program in 0..=127_u8 {
            let timbre = Timbre::of(program);
            for hz in [110.0, 440.0] {
                let stroke = Stroke { hz, held_s: 0.6, velocity: 0.8, rate: SampleRate::HZ_48000 };
                let samples = timbre.play(stroke, &mut Seed(1).stream("test"));
                assert!(samples.iter().all(|s| s.is_finite() && s.abs() < 4.0), "program {program}");
                assert!(samples.last().unwrap().abs() < 1e-3, "program {program} clicks off");
                assert!(samples[0].abs() < 0.05, "program {program} clicks on: {}", samples[0]);
                if timbre.is_harmonic() {
                    let cents = 1200.0 * (measured_hz(&samples[..28_800], 48_000.0, hz) / hz).log2();
                    assert!(cents.abs() < 9.0, "program {program} at {hz} Hz is off by {cents} cents");
                }
            }
        }
    }
}
