//! Notes on a grid: the melody, the chords and the band's parts.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::{Lyrics, SectionKind};

/// Ticks per quarter note.
pub const PPQ: u32 = 480;

/// Musical time in ticks; [`PPQ`] ticks are one quarter note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ticks(pub u32);

impl Ticks {
    /// A whole number of quarter notes.
    pub const fn quarters(n: u32) -> Self {
        Self(n * PPQ)
    }
}

impl std::ops::Add for Ticks {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl std::ops::Sub for Ticks {
    type Output = Self;
    /// Saturates at zero.
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl std::ops::AddAssign for Ticks {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

/// Speed as MIDI writes it: microseconds per quarter note. One tempo for the whole song.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tempo {
    pub micros_per_quarter: u32,
}

impl Tempo {
    /// Rounds to the nearest microsecond. `bpm` counts quarter notes a minute and must be above 4.
    pub fn from_bpm(bpm: f64) -> Self {
        Self { micros_per_quarter: (60_000_000.0 / bpm.max(4.0)).round() as u32 }
    }

    pub fn bpm(self) -> f64 {
        60_000_000.0 / f64::from(self.micros_per_quarter)
    }

    /// Seconds from the start of the song.
    pub fn seconds(self, at: Ticks) -> f64 {
        f64::from(at.0) * f64::from(self.micros_per_quarter) / (1e6 * f64::from(PPQ))
    }
}

/// Time signature: `beats` notes of value `1/unit` in a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meter {
    pub beats: u8,
    pub unit: u8,
}

impl Meter {
    pub const COMMON: Self = Self { beats: 4, unit: 4 };
    pub const WALTZ: Self = Self { beats: 3, unit: 4 };

    /// Length of one bar.
    pub fn bar(self) -> Ticks {
        Ticks(u32::from(self.beats) * PPQ * 4 / u32::from(self.unit))
    }
}

/// Major or natural minor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    Major,
    Minor,
}

impl Scale {
    /// Semitones above the tonic of the seven degrees.
    pub const fn steps(self) -> [u8; 7] {
        match self {
            Self::Major => [0, 2, 4, 5, 7, 9, 11],
            Self::Minor => [0, 2, 3, 5, 7, 8, 10],
        }
    }
}

/// The key: tonic pitch class (0 = C … 11 = B) and scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeySignature {
    pub tonic: u8,
    pub scale: Scale,
}

impl KeySignature {
    /// Whether a MIDI pitch belongs to the key's scale.
    pub fn contains(self, pitch: u8) -> bool {
        let above = (pitch + 12 - self.tonic % 12) % 12;
        self.scale.steps().contains(&above)
    }

    /// "E♭ major".
    pub fn name(self) -> String {
        const NAMES: [&str; 12] = ["C", "D♭", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B"];
        let scale = match self.scale {
            Scale::Major => "major",
            Scale::Minor => "minor",
        };
        format!("{} {scale}", NAMES[usize::from(self.tonic % 12)])
    }
}

/// One note of any part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// MIDI note number, 60 = middle C. For drums: the General MIDI percussion key.
    pub pitch: u8,
    pub onset: Ticks,
    pub duration: Ticks,
    /// MIDI velocity, 1 to 127.
    pub velocity: u8,
}

impl Note {
    pub fn end(self) -> Ticks {
        self.onset + self.duration
    }
}

/// A note of the melody and the syllable it carries. The vowel begins at the onset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SungNote {
    pub note: Note,
    /// Index into [`Lyrics::syllables`]. Two notes in a row with the same index are a melisma.
    pub syllable: usize,
}

/// A chord by root pitch class and quality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chord {
    /// Pitch class of the root, 0 = C.
    pub root: u8,
    pub quality: ChordQuality,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChordQuality {
    Major,
    Minor,
    Diminished,
    Suspended4,
    Dominant7,
    Major7,
    Minor7,
}

impl Chord {
    /// Semitones above the root of each chord tone.
    pub const fn intervals(self) -> &'static [u8] {
        match self.quality {
            ChordQuality::Major => &[0, 4, 7],
            ChordQuality::Minor => &[0, 3, 7],
            ChordQuality::Diminished => &[0, 3, 6],
            ChordQuality::Suspended4 => &[0, 5, 7],
            ChordQuality::Dominant7 => &[0, 4, 7, 10],
            ChordQuality::Major7 => &[0, 4, 7, 11],
            ChordQuality::Minor7 => &[0, 3, 7, 10],
        }
    }

    /// Whether a MIDI pitch is one of the chord's tones.
    pub fn contains(self, pitch: u8) -> bool {
        let above = (pitch + 12 - self.root % 12) % 12;
        self.intervals().contains(&above)
    }
}

/// A chord and how long it sounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChordSpan {
    pub chord: Chord,
    pub span: Range<Ticks>,
}

/// Where a section of the form lies in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionSpan {
    pub kind: SectionKind,
    /// Which of its kind: 1 for the first verse.
    pub number: u8,
    pub span: Range<Ticks>,
}

/// One isolated part of a take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StemKind {
    Vocals,
    Drums,
    Bass,
    Harmony,
    Colour,
}

impl StemKind {
    pub const ALL: &'static [Self] = &[Self::Vocals, Self::Drums, Self::Bass, Self::Harmony, Self::Colour];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Vocals => "vocals",
            Self::Drums => "drums",
            Self::Bass => "bass",
            Self::Harmony => "harmony",
            Self::Colour => "colour",
        }
    }
}

/// What plays a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Instrument {
    /// General MIDI program, 0 to 127.
    Program(u8),
    /// The General MIDI drum kit.
    Kit,
}

/// The notes of one instrument of the band, in order of onset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub stem: StemKind,
    pub instrument: Instrument,
    pub notes: Vec<Note>,
}

/// Everything needed to sing and play the song.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    pub lyrics: Lyrics,
    pub tempo: Tempo,
    pub meter: Meter,
    pub key: KeySignature,
    /// Consecutive sections that cover the song from tick 0 to its end.
    pub sections: Vec<SectionSpan>,
    /// Consecutive chords that cover the song.
    pub chords: Vec<ChordSpan>,
    /// The sung melody: at least one note per syllable, in order, never overlapping.
    pub melody: Vec<SungNote>,
    pub parts: Vec<Part>,
}

impl Score {
    /// The last tick of the form.
    pub fn end(&self) -> Ticks {
        self.sections.last().map_or(Ticks(0), |section| section.span.end)
    }

    /// The chord that sounds at a tick.
    pub fn chord_at(&self, at: Ticks) -> Option<Chord> {
        self.chords.iter().find(|chord| chord.span.contains(&at)).map(|chord| chord.chord)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_at_120_is_120_quarters() {
        assert_eq!(Tempo::from_bpm(120.0).seconds(Ticks::quarters(120)), 60.0);
    }

    #[test]
    fn keys_and_chords_know_their_tones() {
        let d_minor = KeySignature { tonic: 2, scale: Scale::Minor };
        assert!(d_minor.contains(65) && !d_minor.contains(66));
        assert_eq!(d_minor.name(), "D minor");
        let g7 = Chord { root: 7, quality: ChordQuality::Dominant7 };
        assert!(g7.contains(65) && !g7.contains(66));
    }

    #[test]
    fn bars_follow_the_meter() {
        assert_eq!(Meter::WALTZ.bar(), Ticks::quarters(3));
        assert_eq!(Meter { beats: 6, unit: 8 }.bar(), Ticks::quarters(3));
    }
}
