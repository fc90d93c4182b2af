//! Resampling keeps pitch, level and time.

use dsp::{SampleRate, band_power, resample, resample_stereo};

use crate::sine;

#[test]
fn a_kilohertz_stays_a_kilohertz() {
    for (from, to) in [(32_000, 48_000), (44_100, 48_000), (48_000, 44_100), (48_000, 16_000)] {
        let (from, to) = (SampleRate::new(from).unwrap(), SampleRate::new(to).unwrap());
        let source = sine(1_000.0, 0.5, from, 1.0);
        let expected = sine(1_000.0, 0.5, to, 1.0);
        let result = resample_stereo(&source, to).unwrap();
        assert_eq!(result.frames(), expected.frames());
        let middle = result.frames() / 4..3 * result.frames() / 4;
        let worst = result.left[middle.clone()].iter().zip(&expected.left[middle]).map(|(a, b)| (a - b).abs());
        let worst = worst.fold(0.0, f32::max);
        assert!(worst < 1e-3, "{from:?} to {to:?}: off by {worst}");
        assert_eq!(result.left, result.right);
    }
}

#[test]
fn nothing_above_the_new_limit_folds_back() {
    let source = sine(20_000.0, 1.0, SampleRate::HZ_48000, 1.0);
    let low = SampleRate::new(32_000).unwrap();
    let result = resample(&source.left, SampleRate::HZ_48000, low).unwrap();
    let left = band_power(&result, low, 20.0..16_000.0);
    assert!(10.0 * (left / 0.5).log10() < -80.0, "{left}");
}
