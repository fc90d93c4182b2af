//! Instruments by calculation: always there, the same on every machine.

use dsp::{SampleRate, Stereo, pan};
use score::{Instrument, Part, Seed, Tempo};

use super::drums::Kit;
use super::instruments::Timbre;
use super::voices::Stroke;
use super::{Band, without_overlaps};
use crate::GenerateError;

/// The band that needs no files.
#[derive(Debug, Clone, Copy, Default)]
pub struct Procedural;

impl Band for Procedural {
    fn name(&self) -> &'static str {
        "procedural"
    }

    fn render(&self, part: &Part, tempo: Tempo, frames: usize, rate: SampleRate) -> Result<Stereo, GenerateError> {
        let mut clip = Stereo::silence(rate, frames);
        match part.instrument {
            Instrument::Kit => {
                let mut kit = Kit::new(rate);
                for note in without_overlaps(&part.notes) {
                    let hit = kit.hit(note.pitch);
                    let start = rate.frames(tempo.seconds(note.onset));
                    add(&mut clip, hit.samples, start, strength(note.velocity), hit.position);
                }
            }
            Instrument::Program(program) => {
                let timbre = Timbre::of(program);
                // Its own stream: a part sounds the same whatever else is played. The song's seed has already decided
                // every note and velocity.
                let mut noise = Seed(u64::from(program)).stream("procedural band");
                for note in without_overlaps(&part.notes) {
                    let start = tempo.seconds(note.onset);
                    let velocity = strength(note.velocity);
                    let hz = 440.0 * 2.0_f64.powf((f64::from(note.pitch) - 69.0) / 12.0);
                    let stroke = Stroke { hz, held_s: tempo.seconds(note.end()) - start, velocity, rate };
                    let samples = timbre.play(stroke, &mut noise);
                    // Low keys a little to the left, as one sits at a keyboard.
                    let position = (f32::from(note.pitch) - 62.0) / 60.0;
                    add(&mut clip, &samples, rate.frames(start), velocity, position.clamp(-0.35, 0.35));
                }
            }
        }
        Ok(clip)
    }
}

/// MIDI velocity to an amplitude; 127 gives 1.
fn strength(velocity: u8) -> f32 {
    (f32::from(velocity.clamp(1, 127)) / 127.0).powf(1.4)
}

/// Adds mono samples at a frame, cutting what lies beyond the clip.
fn add(clip: &mut Stereo, samples: &[f32], start: usize, gain: f32, position: f32) {
    if start >= clip.frames() {
        return;
    }
    let (left, right) = pan(position);
    clip.left[start..].iter_mut().zip(samples).for_each(|(sum, sample)| *sum += left * gain * sample);
    clip.right[start..].iter_mut().zip(samples).for_each(|(sum, sample)| *sum += right * gain * sample);
}
