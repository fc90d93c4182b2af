//! How well a melody does what it should, in numbers for tests and benches.

use score::{Score, SectionKind};

use super::accent::{Accent, accents};

/// Shares are from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MelodyMeasures {
    /// Notes that belong to the key.
    pub in_key: f64,
    /// Notes on strong beats that belong to the chord.
    pub strong_beat_chord_tones: f64,
    /// Stressed syllables that begin on a strong beat: any beat in 4/4, the downbeat in a waltz.
    pub stressed_on_strong: f64,
    /// From the lowest to the highest note.
    pub range_semitones: u8,
    /// Choruses with the words of an earlier one that have the same notes.
    pub chorus_exact: f64,
}

/// Measures a score's melody. A share of nothing is 1.
pub fn measure(score: &Score) -> MelodyMeasures {
    let beat = if score.meter.beats == 3 { score.meter.bar().0 } else { score::PPQ };
    let strong = |onset: u32| onset.is_multiple_of(beat);
    let notes = || score.melody.iter().map(|sung| sung.note);
    let accents = accents(&score.lyrics);
    let mut first_of_syllable = score.melody.clone();
    first_of_syllable.dedup_by_key(|sung| sung.syllable);
    let stressed = first_of_syllable.iter().filter(|sung| accents.get(sung.syllable) == Some(&Accent::Strong));
    let (low, high) = notes().fold((u8::MAX, 0), |(low, high), note| (low.min(note.pitch), high.max(note.pitch)));
    MelodyMeasures {
        in_key: share(notes().map(|note| score.key.contains(note.pitch))),
        strong_beat_chord_tones: share(
            notes()
                .filter(|note| strong(note.onset.0))
                .map(|note| score.chord_at(note.onset).is_some_and(|chord| chord.contains(note.pitch))),
        ),
        stressed_on_strong: share(stressed.map(|sung| strong(sung.note.onset.0))),
        range_semitones: high.saturating_sub(low),
        chorus_exact: share(repeated_choruses(score).into_iter()),
    }
}

/// For each chorus whose words were sung before: whether its notes are the same, moved by whole bars.
fn repeated_choruses(score: &Score) -> Vec<bool> {
    let places = score.lyrics.syllables();
    let notes_of = |section: usize| -> Vec<(u32, u32, u8)> {
        let notes =
            score.melody.iter().filter(|sung| places.get(sung.syllable).is_some_and(|at| at.section == section));
        notes.map(|sung| (sung.note.onset.0, sung.note.duration.0, sung.note.pitch)).collect()
    };
    let bar = score.meter.bar().0;
    let mut exact = Vec::new();
    for (index, section) in score.lyrics.sections.iter().enumerate() {
        let earlier = score.lyrics.sections[..index].iter().position(|other| other == section);
        let (SectionKind::Chorus, Some(earlier)) = (section.kind, earlier) else { continue };
        let (first, again) = (notes_of(earlier), notes_of(index));
        let moved = again.first().zip(first.first()).map_or(0, |(again, first)| again.0.saturating_sub(first.0));
        let same = first.iter().map(|(onset, duration, pitch)| (onset + moved, *duration, *pitch)).eq(again);
        exact.push(same && moved.is_multiple_of(bar));
    }
    exact
}

fn share(hits: impl Iterator<Item = bool>) -> f64 {
    let (mut yes, mut all) = (0_u32, 0_u32);
    for hit in hits {
        all += 1;
        yes += u32::from(hit);
    }
    if all == 0 { 1.0 } else { f64::from(yes) / f64::from(all) }
}
