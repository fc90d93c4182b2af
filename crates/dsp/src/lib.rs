//! Sound as numbers: sample rates, mixing, filters, dynamics, reverb, loudness, spectra and WAV files.
//!
//! Everything works on slices and whole clips; only [`wav`] touches files. Amplitudes are `f32` with full scale at
//! ±1. Nothing here draws random numbers except the seeded dither of [`write_wav`].

mod biquad;
mod dynamics;
mod error;
mod limiter;
mod loudness;
mod resample;
mod reverb;
mod spectrum;
mod stereo;
mod wav;

pub use biquad::{Biquad, Filter};
pub use dynamics::{Compressor, envelope};
pub use error::Error;
pub use limiter::{Limiter, limiter_gains, true_peak_per_frame};
pub use loudness::{Loudness, Mastering, integrated_loudness, loudness, master, normalise_to};
pub use resample::{resample, resample_stereo};
pub use reverb::Reverb;
pub use spectrum::{Stft, band_power};
pub use stereo::{SampleRate, Stereo, mix, pan, peaks};
pub use wav::{BitDepth, read_wav, write_wav};

/// Decibels to an amplitude factor: −6.02 dB is 0.5.
pub fn db_to_gain(db: f32) -> f32 {
    10.0_f32.powf(db / 20.0)
}

/// An amplitude to decibels; silence gives −200 dB, not minus infinity.
pub fn gain_to_db(gain: f32) -> f32 {
    20.0 * gain.abs().max(1e-10).log10()
}
