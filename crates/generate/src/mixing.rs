//! The mix: each stem treated for its role, the voice in front, the whole brought to streaming loudness.
//!
//! Every stem carries its own equaliser, dynamics and room, and the master is one gain curve applied to all of them.
//! So the stems sum to the mix to the last bit that `f32` holds.

use std::ops::ControlFlow;
use std::sync::Mutex;

use dsp::{Biquad, Compressor, Filter, Loudness, Reverb, Stereo, db_to_gain, envelope};
use score::StemKind;

use crate::GenerateError;

/// Integrated loudness of a finished song.
pub const TARGET_LUFS: f64 = -14.0;
/// Highest true peak of a finished song.
pub const CEILING_DBTP: f64 = -1.0;
/// Loudness of the voice before mastering; the levels of the band are relative to it.
const VOCALS_LUFS: f64 = -18.0;
/// Highest gain a stem gets to reach its level: a nearly silent one stays quiet.
const MAX_STEM_GAIN_DB: f64 = 30.0;
const FADE_IN_S: f64 = 0.005;
const FADE_OUT_S: f64 = 1.2;

/// A stem of the band as it was played.
#[derive(Debug, Clone)]
pub struct DryStem {
    pub kind: StemKind,
    pub clip: Stereo,
    /// How much softer (or louder) than usual it was played, in decibels: the mix keeps that.
    pub trim_db: f64,
}

/// A finished song.
#[derive(Debug, Clone)]
pub struct Mixed {
    pub mix: Stereo,
    /// Vocals first, then the band in the order of [`StemKind`].
    pub stems: Vec<(StemKind, Stereo)>,
    pub loudness: Loudness,
}

/// How a stem of the band is treated.
struct Channel {
    /// Loudness relative to the voice in LU, at the velocities a player normally uses.
    level_lu: f64,
    filters: &'static [Filter],
    compressor: Option<Compressor>,
    /// Its room and how loud that is, in decibels.
    room: Option<(Reverb, f32)>,
    /// How much of its 1–4 kHz it gives up while the voice sings, 0 to 1.
    yields: f32,
}

fn channel(kind: StemKind) -> Channel {
    match kind {
        StemKind::Vocals => Channel {
            level_lu: 0.0,
            filters: const {
                &[
                    Filter::high_pass(95.0),
                    Filter::high_pass(70.0),
                    Filter::Peak { hz: 350.0, q: 0.8, db: -2.0 },
                    Filter::HighShelf { hz: 1_500.0, db: 4.0 },
                    Filter::Peak { hz: 2_800.0, q: 0.7, db: 3.5 },
                ]
            },
            compressor: Some(Compressor {
                threshold_db: -20.0,
                ratio: 3.0,
                knee_db: 8.0,
                attack_s: 0.006,
                release_s: 0.11,
                makeup_db: 0.0,
            }),
            room: Some((Reverb::HALL, -15.0)),
            yields: 0.0,
        },
        StemKind::Drums => Channel {
            level_lu: -5.5,
            filters: const { &[Filter::high_pass(32.0), Filter::Peak { hz: 380.0, q: 0.9, db: -2.0 }] },
            compressor: Some(Compressor {
                threshold_db: -16.0,
                ratio: 4.0,
                knee_db: 6.0,
                attack_s: 0.003,
                release_s: 0.09,
                makeup_db: 0.0,
            }),
            room: Some((Reverb::ROOM, -17.0)),
            yields: 0.15,
        },
        StemKind::Bass => Channel {
            level_lu: -6.5,
            filters: const { &[Filter::high_pass(35.0), Filter::LowShelf { hz: 90.0, db: 1.5 }, Filter::low_pass(5_500.0)] },
            compressor: Some(Compressor {
                threshold_db: -20.0,
                ratio: 4.0,
                knee_db: 6.0,
                attack_s: 0.012,
                release_s: 0.15,
                makeup_db: 0.0,
            }),
            room: None,
            yields: 0.0,
        },
        StemKind::Harmony => Channel {
            level_lu: -6.0,
            filters: const { &[Filter::high_pass(140.0), Filter::Peak { hz: 2_500.0, q: 0.7, db: -2.5 }] },
            compressor: None,
            room: Some((Reverb::ROOM, -14.0)),
            yields: 0.4,
        },
        StemKind::Colour => Channel {
            level_lu: -7.5,
            filters: const { &[Filter::high_pass(180.0), Filter::Peak { hz: 2_500.0, q: 0.7, db: -1.5 }] },
            compressor: None,
            room: Some((Reverb::HALL, -11.0)),
            yields: 0.45,
        },
    }
}

/// Mixes dry stems of one rate and length. `progress` hears the share done and cancels by `Break`.
///
/// # Errors
/// [`GenerateError::Cancelled`]; [`GenerateError::Sound`] if a stem cannot be measured.
pub fn mix_song(
    vocals: Stereo,
    band: Vec<DryStem>,
    progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
) -> Result<Mixed, GenerateError> {
    let mut step = |fraction| match progress(fraction) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(GenerateError::Cancelled),
    };
    step(0.0)?;
    let presence = singing(&vocals);
    let vocals = DryStem { kind: StemKind::Vocals, clip: vocals, trim_db: 0.0 };
    let dry = std::iter::once(vocals).chain(band).collect();
    let mut stems = treat_all(dry, &presence)?;
    for (_, clip) in &mut stems {
        clip.fade_edges(clip.rate.frames(FADE_IN_S), clip.rate.frames(FADE_OUT_S));
    }
    step(0.6)?;
    let mastering = dsp::master(&dsp::mix(stems.iter().map(|(_, clip)| clip)), TARGET_LUFS, CEILING_DBTP)?;
    step(0.85)?;
    for (_, clip) in &mut stems {
        mastering.apply(clip);
    }
    let mix = dsp::mix(stems.iter().map(|(_, clip)| clip));
    let loudness = dsp::loudness(&mix)?;
    step(1.0)?;
    Ok(Mixed { mix, stems, loudness })
}

/// Treats the stems on two threads; the result keeps their order.
fn treat_all(dry: Vec<DryStem>, presence: &[f32]) -> Result<Vec<(StemKind, Stereo)>, GenerateError> {
    let count = dry.len();
    let waiting = Mutex::new(dry.into_iter().enumerate());
    let work = || {
        let mut done = Vec::new();
        loop {
            // Taking the next stem cannot panic, so the lock cannot be poisoned with anything half done.
            let next = waiting.lock().unwrap_or_else(std::sync::PoisonError::into_inner).next();
            let Some((index, stem)) = next else { return done };
            done.push((index, stem.kind, treat(stem, presence)));
        }
    };
    let results = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        let mut results = work();
        results.extend(other.join().unwrap_or_default());
        results
    });
    if results.len() != count {
        return Err(GenerateError::Stopped);
    }
    let mut stems = results
        .into_iter()
        .map(|(index, kind, clip)| Ok((index, kind, clip?)))
        .collect::<Result<Vec<_>, GenerateError>>()?;
    stems.sort_by_key(|(index, ..)| *index);
    Ok(stems.into_iter().map(|(_, kind, clip)| (kind, clip)).collect())
}

/// One dry stem to how it sounds in the mix, before mastering.
fn treat(stem: DryStem, presence: &[f32]) -> Result<Stereo, GenerateError> {
    let DryStem { kind, mut clip, trim_db } = stem;
    let channel = channel(kind);
    for filter in channel.filters {
        filter.apply(&mut clip);
    }
    let level = VOCALS_LUFS + channel.level_lu + trim_db;
    bring_to(&mut clip, level)?;
    if let Some(compressor) = channel.compressor {
        compressor.apply(&mut clip);
        // A gain that moves within a wave leaves a little direct current behind.
        Filter::high_pass(25.0).apply(&mut clip);
        bring_to(&mut clip, level)?;
    }
    if channel.yields > 0.0 {
        make_room(&mut clip, presence, channel.yields);
    }
    if let Some((reverb, level_db)) = channel.room {
        let mut room = reverb.wet(&clip);
        Filter::high_pass(200.0).apply(&mut room);
        room.scale(db_to_gain(level_db));
        if kind == StemKind::Vocals {
            double(&mut clip);
        }
        clip.add(&room);
    }
    Ok(clip)
}

/// Scales a stem to a loudness; silence stays silence.
fn bring_to(clip: &mut Stereo, lufs: f64) -> Result<(), GenerateError> {
    let measured = dsp::integrated_loudness(clip)?;
    if measured > -70.0 {
        clip.scale(db_to_gain((lufs - measured).min(MAX_STEM_GAIN_DB) as f32));
    }
    Ok(())
}

/// How present the voice is at each frame, 0 to 1, smooth.
fn singing(vocals: &Stereo) -> Vec<f32> {
    let rate = vocals.rate;
    let mut mono = vocals.to_mono();
    Biquad::new(Filter::high_pass(200.0), rate).process(&mut mono);
    let peak = mono.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    let mut level = envelope(&mono, rate, 0.01, 0.16);
    let full = (peak * 0.12).max(1e-9);
    level.iter_mut().for_each(|level| *level = (*level / full).min(1.0));
    level
}

/// Takes a band around 2 kHz out of the stem while the voice sings.
fn make_room(clip: &mut Stereo, presence: &[f32], depth: f32) {
    let rate = clip.rate;
    for channel in clip.channels_mut() {
        let mut band = Biquad::new(Filter::BandPass { hz: 2_000.0, q: 0.6 }, rate);
        for (sample, presence) in channel.iter_mut().zip(presence) {
            *sample -= depth * presence * band.step(*sample);
        }
    }
}

/// Doubles the voice softly at both sides, with slowly moving delays as a second singer would have.
fn double(clip: &mut Stereo) {
    let mono = clip.to_mono();
    let rate = clip.rate;
    let level = db_to_gain(-13.0);
    let voice = |delay_s: f32, sway_hz: f32, frame: usize| {
        let time = frame as f32 / rate.hz() as f32;
        let delay = (delay_s + 0.0009 * (std::f32::consts::TAU * sway_hz * time).sin()) * rate.hz() as f32;
        let whole = delay.floor();
        let fraction = delay - whole;
        let read = |back: usize| frame.checked_sub(back).map_or(0.0, |at| mono[at]);
        (1.0 - fraction) * read(whole as usize) + fraction * read(whole as usize + 1)
    };
    for frame in 0..mono.len() {
        clip.left[frame] += level * voice(0.014, 0.61, frame);
        clip.right[frame] += level * voice(0.019, 0.47, frame);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dsp::SampleRate;

    fn tone(hz: f32, level: f32) -> Stereo {
        let rate = SampleRate::HZ_48000;
        let samples: Vec<f32> =
            (0..144_000).map(|i| level * (std::f32::consts::TAU * hz * i as f32 / 48_000.0).sin()).collect();
        Stereo { rate, left: samples.clone(), right: samples }
    }

    #[test]
    fn levels_do_not_depend_on_how_loud_the_stems_come_in() {
        let mix = |level| {
            let stem = |kind, clip| DryStem { kind, clip, trim_db: 0.0 };
            let band = vec![stem(StemKind::Harmony, tone(330.0, level)), stem(StemKind::Bass, tone(82.0, 0.2))];
            mix_song(tone(440.0, 0.3), band, &mut |_| ControlFlow::Continue(())).unwrap()
        };
        let (soft, loud) = (mix(0.05), mix(0.5));
        let difference = soft.stems[1].1.sample_peak() - loud.stems[1].1.sample_peak();
        assert!(difference.abs() < 0.01, "{difference}");
        assert!((loud.loudness.lufs + 14.0).abs() < 0.5 && loud.loudness.true_peak_dbtp <= -1.0, "{:?}", loud.loudness);
    }

    #[test]
    fn the_band_steps_back_while_the_voice_sings() {
        let mut clip = tone(2_000.0, 0.5);
        let half = clip.frames() / 2;
        let presence: Vec<f32> = (0..clip.frames()).map(|frame| if frame < half { 1.0 } else { 0.0 }).collect();
        make_room(&mut clip, &presence, 0.4);
        let peak = |range: std::ops::Range<usize>| clip.left[range].iter().fold(0.0_f32, |p, s| p.max(s.abs()));
        assert!((peak(2_000..half) - 0.3).abs() < 0.02);
        assert!((peak(half + 2_000..clip.frames()) - 0.5).abs() < 0.01);
    }
}
