//! A player: collects notes, swings them and plays them a little like a person.

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use score::{Instrument, Note, Part, Seed, StemKind, Ticks};

use super::Plan;
use crate::tune::Feel;

/// Collects the notes of one part.
#[derive(Debug)]
pub(crate) struct Player {
    stem: StemKind,
    instrument: Instrument,
    feel: Feel,
    end: u32,
    /// The most ticks a note comes early or late.
    looseness: i32,
    rng: ChaCha8Rng,
    notes: Vec<Note>,
}

impl Player {
    pub fn new(plan: &Plan<'_>, stem: StemKind, instrument: Instrument, looseness: i32, seed: Seed) -> Self {
        let rng = seed.stream(&format!("humanise {}", stem.as_str()));
        Self { stem, instrument, feel: plan.feel, end: plan.end, looseness, rng, notes: Vec::new() }
    }

    /// Plays a note of straight time `at` to `at + length`; `loudness` from 0 to 1.
    pub fn note(&mut self, pitch: u8, at: u32, length: u32, loudness: f32) {
        let late = self.rng.random_range(-self.looseness..=self.looseness);
        let louder = self.rng.random_range(-5_i32..=5);
        let onset = self.feel.swung(at).saturating_add_signed(late);
        let end = self.feel.swung(at + length.max(1)).saturating_add_signed(late).min(self.end);
        if end <= onset {
            return;
        }
        let velocity = ((loudness * 110.0) as i32 + louder).clamp(1, 127) as u8;
        self.notes.push(Note { pitch: pitch.min(127), onset: Ticks(onset), duration: Ticks(end - onset), velocity });
    }

    /// The part: in order of onset, and no key struck again before it is released.
    pub fn finish(mut self) -> Part {
        self.notes.sort_by_key(|note| (note.onset, note.pitch));
        let mut sounding: [Option<usize>; 128] = [None; 128];
        for index in 0..self.notes.len() {
            let note = self.notes[index];
            if let Some(before) = sounding[usize::from(note.pitch)].replace(index) {
                let room = note.onset - self.notes[before].onset;
                self.notes[before].duration = self.notes[before].duration.min(room);
            }
        }
        self.notes.retain(|note| note.duration.0 > 0);
        Part { stem: self.stem, instrument: self.instrument, notes: self.notes }
    }
}
