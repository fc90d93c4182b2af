//! Loudness, limiting, reverb: levels.

use dsp::{
    Filter, Limiter, Reverb, SampleRate, Stereo, db_to_gain, limiter_gains, loudness, master, mix, normalise_to,
    true_peak_per_frame,
};

use crate::{bursts, sine};

const RATE: SampleRate = SampleRate::HZ_48000;

/// EBU Tech 3341, cases 1 and 2: a stereo 1 kHz sine at −23 dBFS reads −23 LUFS, at −33 dBFS −33 LUFS.
#[test]
fn a_sine_has_the_loudness_of_the_standard() {
    for level in [-23.0, -33.0] {
        let measured = loudness(&sine(1_000.0, 10.0_f64.powf(level / 20.0), RATE, 20.0)).unwrap();
        assert!((measured.lufs - level).abs() < 0.1, "{measured:?}");
        assert!((measured.true_peak_dbtp - level).abs() < 0.1, "{measured:?}");
    }
}

#[test]
fn silence_is_measured_and_left_alone() {
    let mut clip = Stereo::silence(RATE, 96_000);
    let measured = normalise_to(&mut clip, -14.0, -1.0).unwrap();
    assert_eq!(measured.lufs, -70.0);
    assert_eq!(clip.sample_peak(), 0.0);
    assert_eq!(loudness(&Stereo::silence(RATE, 0)).unwrap().lufs, -70.0);
}

#[test]
fn normalising_meets_target_and_ceiling() {
    for mut clip in [sine(440.0, 0.01, RATE, 4.0), bursts(RATE, 6.0)] {
        let measured = normalise_to(&mut clip, -14.0, -1.0).unwrap();
        assert!((measured.lufs + 14.0).abs() < 0.5, "{measured:?}");
        assert!(measured.true_peak_dbtp <= -1.0, "{measured:?}");
    }
}

#[test]
fn the_limiter_never_lets_a_peak_through() {
    let mut clip = bursts(RATE, 3.0);
    clip.scale(6.0);
    for ceiling_db in [-1.15_f32, -6.0] {
        let mut limited = clip.clone();
        let limiter = Limiter { ceiling: db_to_gain(ceiling_db), look_ahead_s: 0.004, release_s: 0.1 };
        limited.scale_by(&limiter_gains(&true_peak_per_frame(&clip), RATE, limiter));
        let peak = loudness(&limited).unwrap().true_peak_dbtp;
        assert!(peak <= f64::from(ceiling_db) + 0.15, "{peak} above {ceiling_db}");
    }
}

#[test]
fn mastered_stems_sum_to_the_mastered_mix() {
    let stems = [bursts(RATE, 3.0), sine(220.0, 0.05, RATE, 3.0)];
    let mut whole = mix(&stems);
    let mastering = master(&whole, -14.0, -1.0).unwrap();
    assert!(mastering.deepest_reduction_db > 0.0, "this mix should need the limiter");
    mastering.apply(&mut whole);
    let mut sum = Stereo::silence(RATE, whole.frames());
    for mut stem in stems {
        mastering.apply(&mut stem);
        sum.add(&stem);
    }
    let worst = sum.left.iter().zip(&whole.left).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(worst < db_to_gain(-120.0), "{worst}");
}

#[test]
fn reverb_decays_as_asked_and_stays_finite() {
    let mut impulse = Stereo::silence(RATE, RATE.frames(3.0));
    impulse.left[0] = 1.0;
    impulse.right[0] = 1.0;
    let wet = Reverb { decay_s: 1.0, size: 1.0, damping: 0.0, pre_delay_s: 0.0 }.wet(&impulse);
    let energy = |from: f64, to: f64| -> f64 {
        wet.left[RATE.frames(from)..RATE.frames(to)].iter().map(|s| f64::from(*s).powi(2)).sum()
    };
    let fall_db = 10.0 * (energy(0.2, 0.4) / energy(0.7, 0.9)).log10();
    assert!((fall_db - 30.0).abs() < 4.0, "half a second should take 30 dB, took {fall_db}");
    assert!(wet.left != wet.right, "both sides should differ");

    let mut loud = bursts(RATE, 4.0);
    Filter::high_pass(90.0).apply(&mut loud);
    let hall = Reverb::HALL.wet(&loud);
    assert!(hall.left.iter().chain(&hall.right).all(|s| s.is_finite() && s.abs() < 4.0));
}
