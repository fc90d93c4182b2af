//! Second-order filters for equalising.
//!
//! Source: Robert Bristow-Johnson, "Cookbook formulae for audio equalizer biquad filter coefficients" (formulas only).

use std::f64::consts::TAU;

use crate::{SampleRate, Stereo};

/// The shape of a filter; frequencies in hertz, gains in decibels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Filter {
    HighPass { hz: f64, q: f64 },
    LowPass { hz: f64, q: f64 },
    BandPass { hz: f64, q: f64 },
    LowShelf { hz: f64, db: f64 },
    HighShelf { hz: f64, db: f64 },
    Peak { hz: f64, q: f64, db: f64 },
}

impl Filter {
    /// 12 dB per octave without a bump.
    pub const fn high_pass(hz: f64) -> Self {
        Self::HighPass { hz, q: std::f64::consts::FRAC_1_SQRT_2 }
    }

    /// 12 dB per octave without a bump.
    pub const fn low_pass(hz: f64) -> Self {
        Self::LowPass { hz, q: std::f64::consts::FRAC_1_SQRT_2 }
    }

    /// Filters both channels of a clip in place.
    pub fn apply(self, clip: &mut Stereo) {
        let rate = clip.rate;
        for channel in clip.channels_mut() {
            Biquad::new(self, rate).process(channel);
        }
    }
}

/// One channel's filter with its memory (transposed direct form II, in `f64` so that low cut-offs stay exact).
#[derive(Debug, Clone)]
pub struct Biquad {
    b: [f64; 3],
    a: [f64; 2],
    state: [f64; 2],
}

impl Biquad {
    /// Frequencies are held between 1 Hz and just below half the rate.
    pub fn new(filter: Filter, rate: SampleRate) -> Self {
        let angle = |hz: f64| TAU * hz.clamp(1.0, f64::from(rate.hz()) * 0.499) / f64::from(rate.hz());
        let (b, a) = match filter {
            Filter::HighPass { hz, q } => {
                let (cos, alpha) = cos_alpha(angle(hz), q);
                ([(1.0 + cos) / 2.0, -(1.0 + cos), (1.0 + cos) / 2.0], [1.0 + alpha, -2.0 * cos, 1.0 - alpha])
            }
            Filter::LowPass { hz, q } => {
                let (cos, alpha) = cos_alpha(angle(hz), q);
                ([(1.0 - cos) / 2.0, 1.0 - cos, (1.0 - cos) / 2.0], [1.0 + alpha, -2.0 * cos, 1.0 - alpha])
            }
            Filter::BandPass { hz, q } => {
                let (cos, alpha) = cos_alpha(angle(hz), q);
                ([alpha, 0.0, -alpha], [1.0 + alpha, -2.0 * cos, 1.0 - alpha])
            }
            Filter::Peak { hz, q, db } => {
                let (cos, alpha) = cos_alpha(angle(hz), q);
                let gain = 10.0_f64.powf(db / 40.0);
                (
                    [1.0 + alpha * gain, -2.0 * cos, 1.0 - alpha * gain],
                    [1.0 + alpha / gain, -2.0 * cos, 1.0 - alpha / gain],
                )
            }
            Filter::LowShelf { hz, db } => shelf(angle(hz), db, 1.0),
            Filter::HighShelf { hz, db } => shelf(angle(hz), db, -1.0),
        };
        Self { b: b.map(|c| c / a[0]), a: [a[1] / a[0], a[2] / a[0]], state: [0.0; 2] }
    }

    /// Filters one sample.
    #[inline]
    pub fn step(&mut self, input: f32) -> f32 {
        let x = f64::from(input);
        let y = self.b[0] * x + self.state[0];
        self.state[0] = self.b[1] * x - self.a[0] * y + self.state[1];
        self.state[1] = self.b[2] * x - self.a[1] * y;
        y as f32
    }

    /// Filters a block in place; the memory carries over to the next block.
    pub fn process(&mut self, samples: &mut [f32]) {
        samples.iter_mut().for_each(|sample| *sample = self.step(*sample));
    }
}

fn cos_alpha(angle: f64, q: f64) -> (f64, f64) {
    (angle.cos(), angle.sin() / (2.0 * q.max(0.01)))
}

/// A shelf of slope 1; `side` is 1 for the low shelf and −1 for the high one, which mirrors the signs.
fn shelf(angle: f64, db: f64, side: f64) -> ([f64; 3], [f64; 3]) {
    let gain = 10.0_f64.powf(db / 40.0);
    let cos = side * angle.cos();
    let root = 2.0 * gain.sqrt() * angle.sin() * std::f64::consts::FRAC_1_SQRT_2;
    let (up, down) = (gain + 1.0, gain - 1.0);
    (
        [gain * (up - down * cos + root), side * 2.0 * gain * (down - up * cos), gain * (up - down * cos - root)],
        [up + down * cos + root, side * -2.0 * (down + up * cos), up + down * cos - root],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gain in decibels that a filter gives a steady sine.
    fn gain_at(filter: Filter, hz: f64) -> f64 {
        let rate = SampleRate::HZ_48000;
        let mut samples: Vec<f32> = (0..48_000).map(|i| (TAU * hz * f64::from(i) / 48_000.0).sin() as f32).collect();
        Biquad::new(filter, rate).process(&mut samples);
        let power = samples[24_000..].iter().map(|s| f64::from(*s).powi(2)).sum::<f64>() / 24_000.0;
        10.0 * (2.0 * power).log10()
    }

    #[test]
    fn filters_have_their_textbook_gains() {
        let cases = [
            (Filter::high_pass(100.0), 100.0, -3.01),
            (Filter::high_pass(1_000.0), 100.0, -40.0),
            (Filter::low_pass(1_000.0), 1_000.0, -3.01),
            (Filter::Peak { hz: 2_000.0, q: 1.0, db: -6.0 }, 2_000.0, -6.0),
            (Filter::LowShelf { hz: 500.0, db: 4.0 }, 30.0, 4.0),
            (Filter::LowShelf { hz: 500.0, db: 4.0 }, 10_000.0, 0.0),
            (Filter::HighShelf { hz: 5_000.0, db: -4.0 }, 15_000.0, -4.0),
            (Filter::HighShelf { hz: 5_000.0, db: -4.0 }, 300.0, 0.0),
            (Filter::BandPass { hz: 1_000.0, q: 2.0 }, 1_000.0, 0.0),
        ];
        for (filter, hz, expected) in cases {
            let gain = gain_at(filter, hz);
            assert!((gain - expected).abs() < 0.15, "{filter:?} at {hz} Hz: {gain} dB, not {expected}");
        }
    }
}
