//! How the tests listen: pitch by YIN, levels by band, all independent of the singer.

use std::ops::Range;

use voice::Sung;

/// Samples between two moments in seconds.
pub fn cut(sung: &Sung, seconds: Range<f64>) -> &[f32] {
    let at = |s: f64| ((s * f64::from(sung.sample_rate)).round().max(0.0) as usize).min(sung.samples.len());
    &sung.samples[at(seconds.start)..at(seconds.end)]
}

pub fn rms(samples: &[f32]) -> f64 {
    (samples.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>() / samples.len().max(1) as f64).sqrt()
}

pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Fundamental frequency in Hz of 50 ms around a moment.
///
/// Source: de Cheveigné and Kawahara, "YIN, a fundamental frequency estimator for speech and music", 2002.
pub fn f0(sung: &Sung, at_s: f64) -> Option<f64> {
    let x = cut(sung, at_s - 0.025..at_s + 0.025);
    let rate = f64::from(sung.sample_rate);
    let (shortest, longest) = ((rate / 900.0) as usize, (rate / 90.0) as usize);
    let window = x.len().checked_sub(longest + 1)?;
    let mut normal = vec![1.0_f64; longest + 1];
    let mut sum = 0.0;
    for lag in 1..=longest {
        let difference: f64 = (0..window).map(|i| f64::from(x[i] - x[i + lag]).powi(2)).sum();
        sum += difference;
        normal[lag] = difference * lag as f64 / sum.max(1e-12);
    }
    let mut lag = (shortest..longest).find(|lag| normal[*lag] < 0.15)?;
    while lag + 1 < longest && normal[lag + 1] < normal[lag] {
        lag += 1;
    }
    let (before, here, after) = (normal[lag - 1], normal[lag], normal[lag + 1]);
    let shift = (before - after) / (2.0 * (before - 2.0 * here + after));
    Some(rate / (lag as f64 + shift))
}

/// Level of the band below about 1 kHz, where vowels live and hiss does not, in 8 ms around a moment.
pub fn low_level(sung: &Sung, at_s: f64) -> f64 {
    const BOX: usize = 16;
    let x = cut(sung, at_s - 0.004..at_s + 0.004);
    let smooth: Vec<f32> = x.windows(BOX).map(|w| w.iter().sum::<f32>() / BOX as f32).collect();
    let smoother: Vec<f32> = smooth.windows(BOX).map(|w| w.iter().sum::<f32>() / BOX as f32).collect();
    rms(&smoother)
}
