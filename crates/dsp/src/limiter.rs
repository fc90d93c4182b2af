//! A look-ahead limiter on true peaks, as a gain curve that can be given to every stem of a mix.

use std::sync::OnceLock;

use crate::{SampleRate, Stereo};

/// Half the length of the interpolator in samples.
const REACH: usize = 12;
/// Points per sample at which the reconstructed waveform is looked at.
const OVERSAMPLING: usize = 4;

/// Highest value of the reconstructed waveform around each frame, over both channels and four points per sample.
///
/// Source: ITU-R BS.1770-4, annex 2 (the method; the interpolator is our own Kaiser-windowed sinc).
pub fn true_peak_per_frame(clip: &Stereo) -> Vec<f32> {
    let mut peaks = vec![0.0_f32; clip.frames()];
    for channel in [&clip.left, &clip.right] {
        let mut padded = vec![0.0_f32; REACH];
        padded.extend_from_slice(channel);
        padded.resize(channel.len() + 2 * REACH, 0.0);
        for (peak, window) in peaks.iter_mut().zip(padded.windows(2 * REACH)) {
            // `window[REACH]` is the frame itself; the phases lie between it and its predecessor.
            let between = interpolator().iter().map(|taps| dot(taps, window).abs());
            *peak = between.fold(peak.max(window[REACH].abs()), f32::max);
        }
    }
    // A point between two frames belongs to both.
    for index in 1..peaks.len() {
        peaks[index - 1] = peaks[index - 1].max(peaks[index]);
    }
    peaks
}

/// A product sum over eight lanes, so that the compiler may use vector instructions (it must not reorder a plain sum).
#[inline]
fn dot(taps: &[f32; 2 * REACH], window: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 8];
    for (taps, samples) in taps.chunks_exact(8).zip(window.chunks_exact(8)) {
        for lane in 0..8 {
            lanes[lane] += taps[lane] * samples[lane];
        }
    }
    lanes.iter().sum()
}

/// How a limiter moves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limiter {
    /// The amplitude that is never passed.
    pub ceiling: f32,
    /// How long before a peak the gain starts to fall.
    pub look_ahead_s: f64,
    /// Time constant of its return.
    pub release_s: f64,
}

/// Gain per frame that keeps peaks, as [`true_peak_per_frame`] found them, at or below the ceiling.
///
/// The gain falls and rises without corners. Quiet clips get exactly 1 everywhere.
pub fn limiter_gains(true_peaks: &[f32], rate: SampleRate, limiter: Limiter) -> Vec<f32> {
    let Limiter { ceiling, look_ahead_s, release_s } = limiter;
    let half = rate.frames(look_ahead_s).max(1);
    let needed: Vec<f32> = true_peaks.iter().map(|peak| if *peak > ceiling { ceiling / peak } else { 1.0 }).collect();
    if needed.iter().all(|gain| *gain >= 1.0) {
        return needed;
    }
    let mut held = sliding_minimum(&needed, half);
    let keep = (-1.0 / (release_s.max(1e-3) * f64::from(rate.hz()))).exp() as f32;
    let mut reduction = 0.0_f32;
    for gain in &mut held {
        reduction = (reduction * keep).max(1.0 - *gain);
        if reduction < 1e-6 {
            reduction = 0.0;
        }
        *gain = 1.0 - reduction;
    }
    // Every value under the kernel is at most what the middle frame needs, so its weighted mean is too.
    smooth(&held, half)
}

/// The three fractional phases of the interpolator; tap `k` weighs the sample at `k - REACH`.
fn interpolator() -> &'static [[f32; 2 * REACH]; OVERSAMPLING - 1] {
    static TAPS: OnceLock<[[f32; 2 * REACH]; OVERSAMPLING - 1]> = OnceLock::new();
    TAPS.get_or_init(|| {
        std::array::from_fn(|phase| {
            let fraction = (phase + 1) as f64 / OVERSAMPLING as f64;
            std::array::from_fn(|tap| {
                let distance = tap as f64 - REACH as f64 + fraction;
                (sinc(distance) * kaiser(distance / REACH as f64, 7.0)) as f32
            })
        })
    })
}

fn sinc(x: f64) -> f64 {
    let angle = std::f64::consts::PI * x;
    if angle.abs() < 1e-9 { 1.0 } else { angle.sin() / angle }
}

/// Kaiser window over −1 to 1.
fn kaiser(x: f64, beta: f64) -> f64 {
    let bessel = |z: f64| {
        let (mut term, mut sum) = (1.0, 1.0);
        for k in 1..40 {
            term *= (z / (2.0 * f64::from(k))).powi(2);
            sum += term;
        }
        sum
    };
    bessel(beta * (1.0 - x * x).max(0.0).sqrt()) / bessel(beta)
}

/// Minimum over `half` frames to both sides, in one pass with a monotone queue.
fn sliding_minimum(values: &[f32], half: usize) -> Vec<f32> {
    let mut queue = std::collections::VecDeque::<usize>::new();
    let mut minimum = Vec::with_capacity(values.len());
    let mut next = 0;
    for middle in 0..values.len() {
        while next < values.len() && next <= middle + half {
            while queue.back().is_some_and(|back| values[*back] >= values[next]) {
                queue.pop_back();
            }
            queue.push_back(next);
            next += 1;
        }
        while queue.front().is_some_and(|front| front + half < middle) {
            queue.pop_front();
        }
        minimum.push(queue.front().map_or(1.0, |front| values[*front]));
    }
    minimum
}

/// Two running means, together `half` frames to both sides: a triangular kernel.
fn smooth(values: &[f32], half: usize) -> Vec<f32> {
    let first = half / 2;
    running_mean(&running_mean(values, first), half - first)
}

fn running_mean(values: &[f32], half: usize) -> Vec<f32> {
    let at = |index: isize| f64::from(values[index.clamp(0, values.len() as isize - 1) as usize]);
    let (half, width) = (half as isize, (2 * half + 1) as f64);
    let mut sum: f64 = (-half..=half).map(at).sum();
    let mut mean = Vec::with_capacity(values.len());
    for middle in 0..values.len() as isize {
        mean.push((sum / width).min(1.0) as f32);
        sum += at(middle + half + 1) - at(middle - half);
    }
    mean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peaks_between_samples_are_found() {
        // A quarter-rate sine sampled at 45° off its crests: samples reach 0.707, the waveform reaches 1.
        let samples: Vec<f32> =
            (0..480).map(|i| (std::f32::consts::FRAC_PI_2 * i as f32 + std::f32::consts::FRAC_PI_4).sin()).collect();
        let clip = Stereo::new(SampleRate::HZ_48000, samples.clone(), samples).unwrap();
        let peak = true_peak_per_frame(&clip)[100..380].iter().copied().fold(0.0, f32::max);
        assert!((peak - 1.0).abs() < 0.005, "{peak}");
    }

    #[test]
    fn the_minimum_slides() {
        assert_eq!(sliding_minimum(&[3.0, 1.0, 4.0, 1.5, 9.0], 1), [1.0, 1.0, 1.0, 1.5, 1.5]);
    }

    #[test]
    fn a_quiet_clip_keeps_unit_gain() {
        let limiter = Limiter { ceiling: 0.5, look_ahead_s: 0.005, release_s: 0.1 };
        assert!(limiter_gains(&[0.1; 1_000], SampleRate::HZ_48000, limiter).iter().all(|gain| *gain == 1.0));
        assert!(limiter_gains(&[], SampleRate::HZ_48000, limiter).is_empty());
    }
}
