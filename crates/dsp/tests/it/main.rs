//! What `dsp` promises, measured against values known from elsewhere.

mod files;
mod levels;
mod rates;

use dsp::{SampleRate, Stereo};

/// A sine on both channels.
pub fn sine(hz: f64, amplitude: f64, rate: SampleRate, seconds: f64) -> Stereo {
    let samples: Vec<f32> = (0..rate.frames(seconds))
        .map(|i| (amplitude * (std::f64::consts::TAU * hz * i as f64 / f64::from(rate.hz())).sin()) as f32)
        .collect();
    Stereo { rate, left: samples.clone(), right: samples }
}

/// Bursts of a rich sound with silence between: peaks far above the mean level.
pub fn bursts(rate: SampleRate, seconds: f64) -> Stereo {
    let mut clip = Stereo::silence(rate, rate.frames(seconds));
    let mut state = 1_u32;
    for frame in 0..clip.frames() {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = (state >> 8) as f32 / (1 << 23) as f32 - 1.0;
        let decay = (-((frame % 12_000) as f32) / 2_500.0).exp();
        clip.left[frame] = 0.9 * decay * noise;
        clip.right[frame] = 0.6 * decay * noise + 0.05 * (frame as f32 * 0.031).sin();
    }
    clip
}
