//! Chords: a progression for each kind of section, by style and mood, with cadences.

use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use score::{Brief, Chord, ChordQuality, KeySignature, Mood, Scale, SectionKind, Style};

/// The chords of one line, as scale degrees 1 to 7, one for each quarter of the line.
pub(crate) type Cell = [u8; 4];

/// One progression a kind of section: degrees, two a line, repeated as the section goes on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Harmony {
    style: Style,
    key: KeySignature,
    verse: &'static [u8],
    chorus: &'static [u8],
    bridge: &'static [u8],
}

type Progressions = &'static [&'static [u8]];

fn verse_progressions(style: Style) -> Progressions {
    match style {
        Style::Pop => &[&[1, 5, 6, 4], &[1, 6, 4, 5], &[1, 4, 6, 5], &[1, 3, 6, 4]],
        Style::Folk => &[&[1, 4, 1, 5], &[1, 1, 4, 1, 1, 6, 4, 5], &[1, 5, 6, 4], &[1, 6, 4, 1]],
        Style::Rock => &[&[1, 4, 1, 5], &[1, 5, 4, 4], &[1, 4, 6, 5], &[1, 1, 4, 5]],
        Style::Ballad => &[&[1, 5, 6, 3, 4, 1, 2, 5], &[1, 6, 2, 5], &[1, 3, 4, 5], &[1, 3, 6, 4]],
        Style::Swing => &[&[1, 6, 2, 5], &[1, 4, 3, 6, 2, 5, 1, 5], &[1, 1, 2, 5], &[3, 6, 2, 5]],
        Style::Lullaby => &[&[1, 1, 5, 1], &[1, 4, 1, 5], &[1, 6, 4, 5], &[1, 4, 5, 1]],
    }
}

fn chorus_progressions(style: Style) -> Progressions {
    match style {
        Style::Pop => &[&[4, 5, 1, 6], &[1, 5, 6, 4], &[4, 1, 5, 6], &[6, 4, 1, 5]],
        Style::Folk => &[&[4, 1, 5, 1], &[1, 5, 4, 1], &[4, 1, 4, 5], &[1, 4, 1, 5]],
        Style::Rock => &[&[1, 5, 6, 4], &[4, 1, 5, 1], &[1, 4, 5, 4], &[6, 4, 1, 5]],
        Style::Ballad => &[&[4, 5, 1, 6], &[6, 4, 1, 5], &[1, 5, 6, 4], &[4, 1, 2, 5]],
        Style::Swing => &[&[1, 6, 2, 5], &[4, 2, 1, 6, 2, 5, 1, 5], &[2, 5, 1, 6], &[1, 3, 4, 5]],
        Style::Lullaby => &[&[4, 1, 5, 1], &[1, 4, 1, 5], &[4, 1, 2, 5], &[6, 4, 1, 5]],
    }
}

/// What a mood adds to every style's verses.
fn mood_progressions(mood: Mood) -> Progressions {
    match mood {
        Mood::Joyful => &[&[1, 4, 1, 5], &[1, 5, 4, 5]],
        Mood::Playful => &[&[1, 4, 5, 1], &[1, 6, 2, 5]],
        Mood::Tender => &[&[1, 3, 4, 5], &[1, 6, 4, 5]],
        Mood::Proud => &[&[1, 5, 6, 4], &[6, 4, 1, 5]],
        Mood::Calm => &[&[1, 1, 4, 4], &[1, 4, 1, 4]],
    }
}

const BRIDGES: Progressions = &[&[4, 1, 2, 5], &[6, 3, 4, 5], &[4, 5, 3, 6], &[6, 5, 4, 5]];
const MINOR_VERSES: Progressions = &[&[1, 6, 3, 7], &[1, 7, 6, 7], &[1, 4, 6, 7]];
const MINOR_CHORUSES: Progressions = &[&[6, 7, 1, 3], &[3, 7, 1, 6], &[6, 3, 7, 1]];
const MINOR_BRIDGES: Progressions = &[&[4, 1, 6, 7], &[6, 3, 4, 7]];

impl Harmony {
    pub fn choose(brief: &Brief, key: KeySignature, rng: &mut ChaCha8Rng) -> Self {
        let mut pick = |lists: &[Progressions]| -> &'static [u8] {
            let all: Vec<&'static [u8]> = lists.concat();
            all.choose(rng).copied().unwrap_or(&[1, 4, 1, 5])
        };
        let (verse, chorus, bridge) = match key.scale {
            Scale::Major => (
                pick(&[verse_progressions(brief.style), mood_progressions(brief.mood)]),
                pick(&[chorus_progressions(brief.style)]),
                pick(&[BRIDGES]),
            ),
            Scale::Minor => (pick(&[MINOR_VERSES]), pick(&[MINOR_CHORUSES]), pick(&[MINOR_BRIDGES])),
        };
        Self { style: brief.style, key, verse, chorus, bridge }
    }

    /// The degree that leads home: the dominant, or in natural minor the subtonic.
    pub fn leading(&self) -> u8 {
        match self.key.scale {
            Scale::Major => 5,
            Scale::Minor => 7,
        }
    }

    /// The chords of a section of `lines` lines: a half cadence in the middle, an authentic one at the end.
    pub fn cells(&self, kind: SectionKind, lines: usize) -> Vec<Cell> {
        let loop_of = match kind {
            SectionKind::Chorus => self.chorus,
            SectionKind::Bridge => self.bridge,
            SectionKind::Intro | SectionKind::Verse | SectionKind::Outro => self.verse,
        };
        (0..lines)
            .map(|line| {
                let [a, b] = [0, 1].map(|half| loop_of[(2 * line + half) % loop_of.len()]);
                if line + 1 == lines {
                    self.closing(a)
                } else if lines > 2 && line + 1 == lines.div_ceil(2) {
                    [a, a, self.leading(), self.leading()]
                } else {
                    [a, a, b, b]
                }
            })
            .collect()
    }

    /// A line that goes home, from a chord near `from`.
    pub fn closing(&self, from: u8) -> Cell {
        let before = if matches!(from, 2 | 4 | 6) { from } else { 4 };
        [before, self.leading(), 1, 1]
    }

    /// The chord on a degree, as this style plays it.
    pub fn chord(&self, degree: u8) -> Chord {
        let steps = self.key.scale.steps();
        let at = |above: u8| {
            let index = degree.saturating_sub(1) + above;
            steps[usize::from(index % 7)] + 12 * (index / 7)
        };
        let (root, third, fifth) = (at(0), at(2) - at(0), at(4) - at(0));
        let triad = match (third, fifth) {
            (4, _) => ChordQuality::Major,
            (_, 6) => ChordQuality::Diminished,
            _ => ChordQuality::Minor,
        };
        let major_key = self.key.scale == Scale::Major;
        let quality = match (self.style, triad, degree) {
            (Style::Swing | Style::Folk | Style::Lullaby, ChordQuality::Major, 5) if major_key => {
                ChordQuality::Dominant7
            }
            (Style::Swing | Style::Ballad, ChordQuality::Major, 4) if major_key => ChordQuality::Major7,
            (Style::Swing, ChordQuality::Minor, _) => ChordQuality::Minor7,
            (Style::Ballad, ChordQuality::Minor, 2) => ChordQuality::Minor7,
            (_, triad, _) => triad,
        };
        Chord { root: (self.key.tonic + root) % 12, quality }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn harmony(style: Style, scale: Scale) -> Harmony {
        Harmony {
            style,
            key: KeySignature { tonic: 7, scale },
            verse: &[1, 6, 4, 5],
            chorus: &[4, 5, 1, 6],
            bridge: &[6, 3, 4, 5],
        }
    }

    #[test]
    fn every_chord_is_diatonic() {
        for style in Style::ALL {
            for scale in [Scale::Major, Scale::Minor] {
                let harmony = harmony(*style, scale);
                for degree in 1..=7 {
                    let chord = harmony.chord(degree);
                    for interval in chord.intervals() {
                        assert!(
                            harmony.key.contains(48 + chord.root + interval),
                            "{style} {scale:?} {degree} {chord:?}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn sections_breathe_on_the_dominant_and_come_home() {
        let cells = harmony(Style::Pop, Scale::Major).cells(SectionKind::Verse, 4);
        assert_eq!(cells, [[1, 1, 6, 6], [4, 4, 5, 5], [1, 1, 6, 6], [4, 5, 1, 1]]);
        assert_eq!(harmony(Style::Pop, Scale::Major).chord(5), Chord { root: 2, quality: ChordQuality::Major });
    }
}
