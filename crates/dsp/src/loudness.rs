//! Loudness as people hear it, and bringing a mix to the loudness it should have.

use ebur128::{EbuR128, Mode};

use crate::{Error, Limiter, Stereo, db_to_gain, limiter_gains, true_peak_per_frame};

/// Loudness of a clip. Source: ITU-R BS.1770-4, EBU R 128.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loudness {
    /// Integrated loudness in LUFS; −70 for silence.
    pub lufs: f64,
    /// Highest true peak of both channels in dBTP; −200 for silence.
    pub true_peak_dbtp: f64,
}

/// Measures integrated loudness and true peak.
///
/// # Errors
/// [`Error::Loudness`] if the meter refuses the clip's rate.
pub fn loudness(clip: &Stereo) -> Result<Loudness, Error> {
    let meter = metered(clip, Mode::I | Mode::TRUE_PEAK)?;
    let peak = meter.true_peak(0).map_err(refused)?.max(meter.true_peak(1).map_err(refused)?);
    let lufs = meter.loudness_global().map_err(refused)?;
    Ok(Loudness { lufs: lufs.max(-70.0), true_peak_dbtp: 20.0 * peak.max(1e-10).log10() })
}

/// Only the integrated loudness in LUFS, −70 for silence; a third of the work of [`loudness`].
///
/// # Errors
/// [`Error::Loudness`] if the meter refuses the clip's rate.
pub fn integrated_loudness(clip: &Stereo) -> Result<f64, Error> {
    Ok(metered(clip, Mode::I)?.loudness_global().map_err(refused)?.max(-70.0))
}

fn metered(clip: &Stereo, mode: Mode) -> Result<EbuR128, Error> {
    let mut meter = EbuR128::new(2, clip.rate.hz(), mode).map_err(refused)?;
    meter.add_frames_planar_f32(&[&clip.left, &clip.right]).map_err(refused)?;
    Ok(meter)
}

fn refused(error: ebur128::Error) -> Error {
    Error::Loudness { reason: error.to_string() }
}

/// The gain per frame that masters a mix: one static gain times the limiter's curve.
///
/// It is the same for every stem, so mastered stems still sum to the mastered mix.
#[derive(Debug, Clone, PartialEq)]
pub struct Mastering {
    pub gains: Vec<f32>,
    /// The static part in decibels.
    pub gain_db: f32,
    /// The most the limiter takes away, in decibels; 0 when it is idle.
    pub deepest_reduction_db: f32,
}

impl Mastering {
    pub fn apply(&self, clip: &mut Stereo) {
        clip.scale_by(&self.gains);
    }
}

/// How far below the asked ceiling the limiter aims, in decibels: meters differ in their interpolators.
const CEILING_MARGIN_DB: f32 = 0.2;
/// Longest way in decibels that a quiet clip is raised: noise should stay noise.
const MAX_GAIN_DB: f64 = 40.0;

/// Finds the gains that bring `clip` to `target_lufs` with its true peak at or below `ceiling_dbtp`.
///
/// Silence gets unit gain. When the limiter works, the static gain is raised a little (at most three times) so that
/// the limited clip meets the target too.
///
/// # Errors
/// [`Error::Loudness`] as [`loudness`].
pub fn master(clip: &Stereo, target_lufs: f64, ceiling_dbtp: f64) -> Result<Mastering, Error> {
    let measured = integrated_loudness(clip)?;
    if measured <= -70.0 {
        return Ok(Mastering { gains: vec![1.0; clip.frames()], gain_db: 0.0, deepest_reduction_db: 0.0 });
    }
    let mut gain_db = (target_lufs - measured).min(MAX_GAIN_DB);
    let ceiling = db_to_gain(ceiling_dbtp as f32 - CEILING_MARGIN_DB);
    let peaks = true_peak_per_frame(clip);
    let mut attempts = 0;
    loop {
        let gain = db_to_gain(gain_db as f32);
        let limiter = Limiter { ceiling: ceiling / gain, look_ahead_s: 0.004, release_s: 0.12 };
        let mut gains = limiter_gains(&peaks, clip.rate, limiter);
        let lowest = gains.iter().copied().fold(1.0, f32::min);
        gains.iter_mut().for_each(|g| *g *= gain);
        let missing = if lowest < 1.0 {
            let mut trial = clip.clone();
            trial.scale_by(&gains);
            target_lufs - integrated_loudness(&trial)?
        } else {
            0.0
        };
        attempts += 1;
        if missing < 0.1 || attempts == 3 || gain_db >= MAX_GAIN_DB {
            return Ok(Mastering { gains, gain_db: gain_db as f32, deepest_reduction_db: -20.0 * lowest.log10() });
        }
        gain_db += missing;
    }
}

/// Brings one clip to a loudness in place and tells what it then measures.
///
/// # Errors
/// [`Error::Loudness`] as [`loudness`].
pub fn normalise_to(clip: &mut Stereo, target_lufs: f64, ceiling_dbtp: f64) -> Result<Loudness, Error> {
    master(clip, target_lufs, ceiling_dbtp)?.apply(clip);
    loudness(clip)
}
