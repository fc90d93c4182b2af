//! Short-time spectra, for measuring what a mix holds where.

use std::f32::consts::TAU;
use std::ops::Range;
use std::sync::Arc;

use realfft::{RealFftPlanner, RealToComplex};

use crate::SampleRate;

/// A short-time Fourier transform with a Hann window.
pub struct Stft {
    transform: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    hop: usize,
}

impl Stft {
    /// `size` is raised to at least 16 samples, `hop` to at least 1.
    pub fn new(size: usize, hop: usize) -> Self {
        let size = size.max(16);
        let window = (0..size).map(|i| 0.5 - 0.5 * (TAU * i as f32 / size as f32).cos()).collect();
        Self { transform: RealFftPlanner::new().plan_fft_forward(size), window, hop: hop.max(1) }
    }

    /// Power per bin of each frame: `frames × (size / 2 + 1)`. A sine of amplitude 1 in the middle of a bin has power
    /// 0.5 there. Samples after the last whole frame are left out.
    pub fn power(&self, samples: &[f32]) -> Vec<Vec<f32>> {
        let size = self.window.len();
        let scale = {
            let sum: f32 = self.window.iter().sum();
            2.0 / (sum * sum)
        };
        let mut input = self.transform.make_input_vec();
        let mut bins = self.transform.make_output_vec();
        let mut frames = Vec::with_capacity(samples.len() / self.hop);
        for frame in samples.windows(size).step_by(self.hop) {
            for ((slot, sample), weight) in input.iter_mut().zip(frame).zip(&self.window) {
                *slot = sample * weight;
            }
            // Lengths are the plan's own, so the transform cannot refuse them.
            if self.transform.process(&mut input, &mut bins).is_ok() {
                frames.push(bins.iter().map(|bin| bin.norm_sqr() * scale).collect());
            }
        }
        frames
    }
}

/// Mean power of a signal between two frequencies in hertz; a full-scale sine inside gives 0.5.
pub fn band_power(samples: &[f32], rate: SampleRate, hz: Range<f64>) -> f64 {
    const SIZE: usize = 4096;
    let frames = Stft::new(SIZE, SIZE / 2).power(samples);
    let bin_hz = f64::from(rate.hz()) / SIZE as f64;
    let bins =
        ((hz.start / bin_hz).ceil() as usize).min(SIZE / 2)..((hz.end / bin_hz).ceil() as usize).min(SIZE / 2 + 1);
    let total: f64 = frames.iter().map(|frame| frame[bins.clone()].iter().map(|p| f64::from(*p)).sum::<f64>()).sum();
    // A Hann window spreads a sine over bins of 1, ¼ and ¼ of its power.
    total / 1.5 / frames.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sine_lies_in_its_bin_and_band() {
        let hz = 48_000.0 / 1024.0 * 40.0;
        let samples: Vec<f32> = (0..48_000).map(|i| (TAU * hz * i as f32 / 48_000.0).sin()).collect();
        let power = Stft::new(1024, 512).power(&samples);
        let loudest = power[10].iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).unwrap();
        assert_eq!(loudest.0, 40);
        assert!((loudest.1 - 0.5).abs() < 0.01);
        let rate = SampleRate::HZ_48000;
        assert!((band_power(&samples, rate, 1_000.0..4_000.0) - 0.5).abs() < 0.01);
        assert!(band_power(&samples, rate, 5_000.0..20_000.0) < 1e-6);
        assert_eq!(band_power(&[], rate, 0.0..100.0), 0.0);
    }
}
