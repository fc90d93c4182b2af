//! Loud made softer: a feed-forward compressor, and the envelope follower that also drives ducking.

use crate::{SampleRate, Stereo, db_to_gain, gain_to_db};

/// A feed-forward compressor with a soft knee; both channels share one gain, so the image stays still.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compressor {
    pub threshold_db: f32,
    /// Input decibels above the threshold for one more decibel of output; 1 does nothing.
    pub ratio: f32,
    /// Width in decibels over which the ratio sets in.
    pub knee_db: f32,
    pub attack_s: f32,
    pub release_s: f32,
    pub makeup_db: f32,
}

impl Compressor {
    /// Gain in decibels for a level in decibels, before make-up. Never positive.
    pub fn gain_db(&self, level_db: f32) -> f32 {
        let slope = 1.0 / self.ratio.max(1.0) - 1.0;
        let over = level_db - self.threshold_db;
        let half = self.knee_db.max(0.0) / 2.0;
        if over <= -half {
            0.0
        } else if over < half {
            slope * (over + half).powi(2) / (4.0 * half)
        } else {
            slope * over
        }
    }

    /// Compresses a clip in place.
    pub fn apply(&self, clip: &mut Stereo) {
        let loudest: Vec<f32> = clip.left.iter().zip(&clip.right).map(|(l, r)| l.abs().max(r.abs())).collect();
        let mut gains = envelope(&loudest, clip.rate, self.attack_s, self.release_s);
        // Gain in blocks of 16 frames with straight lines between: a logarithm per sample would buy nothing audible.
        const BLOCK: usize = 16;
        let mut before = db_to_gain(self.makeup_db);
        for block in gains.chunks_mut(BLOCK) {
            let level = block.iter().copied().fold(0.0, f32::max);
            let after = db_to_gain(self.gain_db(gain_to_db(level)) + self.makeup_db);
            let step = (after - before) / block.len() as f32;
            for (index, gain) in block.iter_mut().enumerate() {
                *gain = before + step * (index + 1) as f32;
            }
            before = after;
        }
        clip.scale_by(&gains);
    }
}

/// Follows the level of a signal: rises with time constant `attack_s`, falls with `release_s`.
pub fn envelope(samples: &[f32], rate: SampleRate, attack_s: f32, release_s: f32) -> Vec<f32> {
    let coefficient = |seconds: f32| (-1.0 / (seconds.max(1e-5) * rate.hz() as f32)).exp();
    let (attack, release) = (coefficient(attack_s), coefficient(release_s));
    let mut level = 0.0_f32;
    samples
        .iter()
        .map(|sample| {
            let target = sample.abs();
            let keep = if target > level { attack } else { release };
            level = target + keep * (level - target);
            if level < 1e-12 {
                level = 0.0;
            }
            level
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPRESSOR: Compressor =
        Compressor { threshold_db: -20.0, ratio: 4.0, knee_db: 6.0, attack_s: 0.005, release_s: 0.1, makeup_db: 0.0 };

    #[test]
    fn the_curve_is_continuous_and_reaches_its_ratio() {
        assert_eq!(COMPRESSOR.gain_db(-30.0), 0.0);
        assert!((COMPRESSOR.gain_db(0.0) + 15.0).abs() < 1e-4);
        for edge in [-23.0, -17.0] {
            assert!((COMPRESSOR.gain_db(edge - 0.001) - COMPRESSOR.gain_db(edge + 0.001)).abs() < 0.01);
        }
    }

    #[test]
    fn a_steady_level_settles_where_the_curve_says() {
        let mut clip = Stereo::new(SampleRate::HZ_48000, vec![1.0; 48_000], vec![1.0; 48_000]).unwrap();
        COMPRESSOR.apply(&mut clip);
        let settled = gain_to_db(clip.left[47_000]);
        assert!((settled + 15.0).abs() < 0.1, "{settled}");
    }
}
