//! The band: drums, bass, harmony and colour around a finished melody.
//!
//! Each player reads the same [`Plan`]. Patterns are one bar of sixteenths written as text, a character a sixteenth,
//! so that they can be read like a drum machine. Players thin out in verses, lift in choruses, mark every new section
//! with a fill, answer the singer in the gaps and stop together on the final hit.

mod bass;
mod colour;
mod drums;
mod harmony;
mod player;

use score::{Chord, ChordSpan, PPQ, Part, SectionKind, SectionSpan, Seed};

use crate::tune::{Compass, Feel};

/// Ticks of a sixteenth, the pattern unit.
pub(crate) const SIXTEENTH: u32 = PPQ / 4;

/// What the band needs to know of the song. Times are straight ticks; players swing them.
#[derive(Debug)]
pub(crate) struct Plan<'a> {
    pub feel: Feel,
    pub compass: Compass,
    pub sections: Vec<SectionSpan>,
    pub chords: &'a [ChordSpan],
    pub phrases: Vec<Phrase>,
    /// The chorus's first line as `(onset from the line's bar, duration, pitch)`: intro and outro quote it.
    pub hook: Vec<(i32, u32, u8)>,
    /// Where the band strikes the last chord.
    pub final_hit: u32,
    pub end: u32,
}

/// A sung line as the band hears it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Phrase {
    /// End of the line's last bar.
    pub end: u32,
    /// Onset of the line's last note.
    pub last_onset: u32,
    pub kind: SectionKind,
    /// Whether the line closes a pair, after which an answer is due.
    pub answers: bool,
}

/// One bar of the form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bar {
    pub start: u32,
    pub kind: SectionKind,
    /// How full the band plays, 0 to 1.
    pub level: f32,
    pub index_in_section: u32,
    /// Whether the next bar begins another section.
    pub last: bool,
}

impl Bar {
    /// Whether the band plays its fuller patterns.
    pub fn is_full(&self) -> bool {
        self.level >= 0.8
    }
}

impl Plan<'_> {
    /// Every bar before the final hit.
    pub fn bars(&self) -> Vec<Bar> {
        let length = self.feel.meter.bar().0;
        let last_chorus = self.sections.iter().rposition(|section| section.kind == SectionKind::Chorus);
        let mut bars = Vec::new();
        for (index, section) in self.sections.iter().enumerate() {
            let level = match section.kind {
                SectionKind::Chorus if Some(index) == last_chorus => 1.0,
                SectionKind::Chorus => 0.9,
                SectionKind::Bridge => 0.7,
                SectionKind::Verse if section.number > 1 => 0.7,
                SectionKind::Verse => 0.6,
                SectionKind::Intro => 0.55,
                SectionKind::Outro => 0.8,
            };
            let (start, end) = (section.span.start.0, section.span.end.0.min(self.final_hit));
            for (index_in_section, start) in (0..).zip((start..end).step_by(length as usize)) {
                let last = start + length >= end;
                bars.push(Bar { start, kind: section.kind, level, index_in_section, last });
            }
        }
        bars
    }

    /// The chord at a tick and the tick it lasts to.
    pub fn chord_at(&self, at: u32) -> (Chord, u32) {
        let index = self.chords.partition_point(|span| span.span.end.0 <= at).min(self.chords.len().saturating_sub(1));
        let span = &self.chords[index];
        (span.chord, span.span.end.0)
    }

    /// Whether a chord begins exactly at a tick.
    pub fn chord_begins(&self, at: u32) -> bool {
        self.chords.binary_search_by_key(&at, |span| span.span.start.0).is_ok()
    }

    /// The events of one bar of a pattern: `(tick, character)`, rests left out. Where a chord begins on a rest,
    /// `on_change` is played, so that no chord goes unheard.
    pub fn events(&self, bar: &Bar, pattern: &str, on_change: Option<char>) -> Vec<(u32, char)> {
        let mut events = Vec::new();
        for (at, mark) in
            (bar.start..bar.start + self.feel.meter.bar().0).step_by(SIXTEENTH as usize).zip(pattern.chars())
        {
            match (mark, on_change) {
                ('.', Some(change)) if self.chord_begins(at) => events.push((at, change)),
                ('.', _) => {}
                (mark, _) => events.push((at, mark)),
            }
        }
        events
    }
}

/// Writes every part of the band.
pub(crate) fn arrange(plan: &Plan<'_>, seed: Seed) -> Vec<Part> {
    vec![drums::play(plan, seed), bass::play(plan, seed), harmony::play(plan, seed), colour::play(plan, seed)]
        .into_iter()
        .filter(|part| !part.notes.is_empty())
        .collect()
}
