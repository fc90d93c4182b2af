//! The band: one part of a score in, its sound out.
//!
//! Two bands exist: [`SoundFont`] plays recorded instruments from a file, [`Procedural`] makes every instrument by
//! calculation and needs nothing. Both are dry: room and balance belong to the mix.

mod drums;
mod instruments;
mod procedural;
mod soundfont;
mod voices;

use dsp::{SampleRate, Stereo};
use score::{Note, Part, Tempo, Ticks};

use crate::GenerateError;

pub use procedural::Procedural;
pub use soundfont::SoundFont;

/// Something that plays parts.
pub trait Band: Send + Sync {
    /// "soundfont" or "procedural".
    fn name(&self) -> &'static str;

    /// Plays one part from tick 0; the clip has exactly `frames` frames and notes ring out within them.
    ///
    /// # Errors
    /// [`GenerateError::Band`] if the instruments refuse the sample rate.
    fn render(&self, part: &Part, tempo: Tempo, frames: usize, rate: SampleRate) -> Result<Stereo, GenerateError>;
}

/// The notes in order of onset, each cut where the same key is struck again, so that a release never ends the next note.
pub(crate) fn without_overlaps(notes: &[Note]) -> Vec<Note> {
    let mut notes: Vec<Note> = notes.iter().copied().filter(|note| note.duration > Ticks(0)).collect();
    notes.sort_by_key(|note| (note.onset, note.pitch));
    let mut next_onset = [None; 256];
    for note in notes.iter_mut().rev() {
        let slot = &mut next_onset[usize::from(note.pitch)];
        if let Some(next) = *slot {
            note.duration = note.duration.min(next - note.onset);
        }
        *slot = Some(note.onset);
    }
    // Two strokes of one key at one tick are one stroke.
    notes.retain(|note| note.duration > Ticks(0));
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_struck_again_ends_the_note_before() {
        let note =
            |onset, duration, pitch| Note { pitch, onset: Ticks(onset), duration: Ticks(duration), velocity: 90 };
        let cut = without_overlaps(&[note(100, 50, 60), note(0, 400, 60), note(0, 400, 64), note(0, 0, 67)]);
        assert_eq!(cut, [note(0, 100, 60), note(0, 400, 64), note(100, 50, 60)]);
    }
}
