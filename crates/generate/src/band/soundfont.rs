//! Recorded instruments from a SoundFont 2 file.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::sync::Arc;

use dsp::{SampleRate, Stereo};
use rustysynth::{Synthesizer, SynthesizerSettings};
use score::{Instrument, Part, Tempo};

use super::{Band, without_overlaps};
use crate::GenerateError;

/// A loaded SoundFont; one synthesiser without effects is made per part, so each stem is its own.
pub struct SoundFont {
    font: Arc<rustysynth::SoundFont>,
}

impl SoundFont {
    /// Reads a file into memory (FluidR3 takes 148 MB).
    ///
    /// # Errors
    /// [`GenerateError::SoundFont`] with the path and what is wrong with the file.
    pub fn load(path: &Path) -> Result<Self, GenerateError> {
        let fail = |reason: String| GenerateError::SoundFont { path: path.to_owned(), reason };
        let file = File::open(path).map_err(|error| fail(error.to_string()))?;
        let mut reader = BufReader::with_capacity(1 << 18, file);
        let font = rustysynth::SoundFont::new(&mut reader).map_err(|error| fail(error.to_string()))?;
        Ok(Self { font: Arc::new(font) })
    }
}

/// MIDI status bytes without their channel.
const PROGRAM_CHANGE: i32 = 0xc0;
const VOICES: usize = 96;

impl Band for SoundFont {
    fn name(&self) -> &'static str {
        "soundfont"
    }

    fn render(&self, part: &Part, tempo: Tempo, frames: usize, rate: SampleRate) -> Result<Stereo, GenerateError> {
        let mut settings = SynthesizerSettings::new(rate.hz() as i32);
        settings.enable_reverb_and_chorus = false;
        settings.maximum_polyphony = VOICES;
        let mut synthesizer = Synthesizer::new(&self.font, &settings)
            .map_err(|error| GenerateError::Band { reason: error.to_string() })?;
        let channel = match part.instrument {
            Instrument::Kit => Synthesizer::PERCUSSION_CHANNEL as i32,
            Instrument::Program(program) => {
                synthesizer.process_midi_message(0, PROGRAM_CHANGE, i32::from(program.min(127)), 0);
                0
            }
        };
        let mut clip = Stereo::silence(rate, frames);
        let mut done = 0;
        for Event { frame, key, velocity } in events(part, tempo, rate) {
            let until = frame.clamp(done, frames);
            synthesizer.render(&mut clip.left[done..until], &mut clip.right[done..until]);
            done = until;
            if velocity == 0 {
                synthesizer.note_off(channel, key);
            } else {
                synthesizer.note_on(channel, key, velocity);
            }
        }
        synthesizer.render(&mut clip.left[done..], &mut clip.right[done..]);
        Ok(clip)
    }
}

/// A key going down, or up with velocity 0. Ordered so that at one frame keys go up first.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Event {
    frame: usize,
    velocity: i32,
    key: i32,
}

fn events(part: &Part, tempo: Tempo, rate: SampleRate) -> Vec<Event> {
    let mut events: Vec<Event> = without_overlaps(&part.notes)
        .into_iter()
        .flat_map(|note| {
            let frame = |at| rate.frames(tempo.seconds(at));
            let key = i32::from(note.pitch.min(127));
            [
                Event { frame: frame(note.onset), velocity: i32::from(note.velocity.clamp(1, 127)), key },
                Event { frame: frame(note.end()), velocity: 0, key },
            ]
        })
        .collect();
    events.sort();
    events
}
