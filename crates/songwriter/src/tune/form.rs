//! The form of the song: intro, sections of lines, outro; which lines and sections repeat which.

use rand::seq::IndexedRandom;
use score::{Brief, ChordSpan, Lyrics, Section, SectionKind, SectionSpan, Seed, Ticks};

use super::accent::{Accent, LineShape};
use super::feel::{Compass, Feel, Frame, choose_compass, choose_feel, wants_waltz};
use super::harmony::{Cell, Harmony};
use super::melody::{Contour, Ending, LineTask, Place, write_line};
use super::rhythm::{Grid, Groove, LineRhythm, bars_for, place};

/// Share of stressed syllables that must find a downbeat for a song to be in three.
const WALTZ_FIT: f64 = 0.9;

/// A line set to music.
#[derive(Debug, Clone)]
pub(crate) struct SungLine {
    pub shape: LineShape,
    pub rhythm: LineRhythm,
    pub cell: Cell,
    /// First tick of the line's first bar.
    pub start: u32,
    /// One scale step a syllable.
    pub steps: Vec<i32>,
}

impl SungLine {
    /// `(onset, end, pitch)` of each note in straight ticks of the song.
    pub fn sounding(&self, compass: &Compass) -> Vec<(u32, u32, u8)> {
        let notes = self.rhythm.notes.iter().zip(&self.steps);
        notes
            .map(|(placed, step)| {
                let onset = self.start.saturating_add_signed(placed.onset);
                (onset, onset + placed.duration, compass.pitch(*step))
            })
            .collect()
    }

    fn motif(&self) -> Vec<(i32, i32)> {
        self.rhythm.notes.iter().map(|placed| placed.onset).zip(self.steps.iter().copied()).collect()
    }
}

/// A section of the words set to music.
#[derive(Debug, Clone)]
pub(crate) struct SungSection {
    pub kind: SectionKind,
    pub lines: Vec<SungLine>,
}

/// The whole song before the band.
#[derive(Debug)]
pub(crate) struct Form {
    pub feel: Feel,
    pub compass: Compass,
    pub sections: Vec<SungSection>,
    harmony: Harmony,
    frame: Frame,
}

impl Form {
    /// Composes everything that is sung. The lyrics have at least one syllable.
    pub fn compose(brief: &Brief, lyrics: &Lyrics, seed: Seed) -> Self {
        let sections: Vec<&Section> =
            lyrics.sections.iter().filter(|section| !sung_lines(section).is_empty()).collect();
        let (feel, frame, rhythms) = set_rhythms(brief, &sections, seed);
        let compass = choose_compass(brief, &mut seed.stream("key"));
        let harmony = Harmony::choose(brief, compass.key, &mut seed.stream("harmony"));
        let mut form = Self { feel, compass, sections: Vec::new(), harmony, frame };
        let letters = Letters::draw(seed);
        let mut start = frame.intro * feel.meter.bar().0;
        for (index, (section, rhythms)) in sections.iter().zip(rhythms).enumerate() {
            let cells = harmony.cells(section.kind, rhythms.len());
            let mut lines = Vec::new();
            for ((shape, rhythm), cell) in rhythms.into_iter().zip(cells) {
                let bars = rhythm.bars;
                lines.push(SungLine { shape, rhythm, cell, start, steps: Vec::new() });
                start += bars * feel.meter.bar().0;
            }
            let twin = sections[..index].iter().position(|earlier| same_words(earlier, section));
            let mut sung = SungSection { kind: section.kind, lines };
            match twin {
                Some(twin) => {
                    for (line, earlier) in sung.lines.iter_mut().zip(&form.sections[twin].lines) {
                        line.steps.clone_from(&earlier.steps);
                    }
                }
                None => form.write_melody(&mut sung, &letters, seed.stream(&format!("melody {index}"))),
            }
            form.sections.push(sung);
        }
        form
    }

    fn write_melody(&self, section: &mut SungSection, letters: &Letters, mut rng: rand_chacha::ChaCha8Rng) {
        let model = self.sections.iter().find(|earlier| earlier.kind == section.kind);
        let count = section.lines.len();
        let low = self.compass.low as f32;
        let width = (self.compass.high - self.compass.low) as f32;
        let centre = low
            + width
                * match section.kind {
                    SectionKind::Chorus => 0.66,
                    SectionKind::Bridge => 0.52,
                    SectionKind::Intro | SectionKind::Verse | SectionKind::Outro => 0.40,
                };
        // One contour a letter: lines that share a motif share their curve.
        let contours: [Contour; 3] = std::array::from_fn(|_| Contour::draw(&mut rng));
        let mut previous =
            self.sections.last().and_then(|s| s.lines.last()).and_then(|line| line.steps.last().copied());
        for index in 0..count {
            let earlier = (0..index).find(|other| letters.of(section.kind, *other) == letters.of(section.kind, index));
            let motif = match model.and_then(|model| model.lines.get(index)) {
                Some(line) => Some(line.motif()),
                None => earlier.map(|line| section.lines[line].motif()),
            };
            let line = &section.lines[index];
            let places = self.places(line);
            let ending = if index + 1 == count {
                Ending::Closed
            } else if line.cell[3] == self.harmony.leading() && line.cell[2] == line.cell[3] {
                Ending::Half
            } else {
                Ending::Open
            };
            let task = LineTask {
                shape: &line.shape,
                places: &places,
                compass: self.compass,
                ending,
                centre,
                contour: contours[usize::from(letters.of(section.kind, index) - b'A') % 3],
                motif: motif.as_deref(),
                previous,
            };
            let steps = write_line(&task, &mut rng);
            previous = steps.last().copied().or(previous);
            section.lines[index].steps = steps;
        }
    }

    fn places(&self, line: &SungLine) -> Vec<Place> {
        let grid = Grid::of(&self.feel);
        let quarter = (self.line_ticks(line) / 4).max(1);
        let notes = line.rhythm.notes.iter();
        notes
            .map(|placed| {
                let slot = placed.onset.div_euclid(grid.slot as i32);
                let chord = (placed.onset.max(0) as u32 / quarter).min(3);
                Place {
                    onset: placed.onset,
                    strength: grid.strength(slot),
                    strong: grid.is_strong(slot),
                    chord: self.harmony.chord(line.cell[chord as usize]),
                }
            })
            .collect()
    }

    /// Length of a line in ticks.
    pub fn line_ticks(&self, line: &SungLine) -> u32 {
        line.rhythm.bars * self.bar()
    }

    fn bar(&self) -> u32 {
        self.feel.meter.bar().0
    }

    fn outro_start(&self) -> u32 {
        let sung: u32 = self.sections.iter().flat_map(|section| &section.lines).map(|line| self.line_ticks(line)).sum();
        self.frame.intro * self.bar() + sung
    }

    /// The last tick.
    pub fn end(&self) -> u32 {
        self.outro_start() + self.frame.outro * self.bar()
    }

    /// Where the last chord is struck: it sounds to the end, one line-half long.
    pub fn final_hit(&self) -> u32 {
        self.end() - (self.feel.line_bars() / 2).min(self.frame.outro - 1) * self.bar()
    }

    /// The section whose first line the band quotes: the first chorus, or the first section.
    pub fn hook_section(&self) -> &SungSection {
        self.sections.iter().find(|section| section.kind == SectionKind::Chorus).unwrap_or(&self.sections[0])
    }

    /// Intro, sections and outro, in order, without gaps.
    pub fn spans(&self) -> Vec<SectionSpan> {
        let mut spans: Vec<SectionSpan> = Vec::new();
        let mut add = |kind: SectionKind, start: u32, end: u32| {
            let before = spans.iter().filter(|span| span.kind == kind).count();
            let number = u8::try_from(before + 1).unwrap_or(u8::MAX);
            spans.push(SectionSpan { kind, number, span: Ticks(start)..Ticks(end) });
        };
        let mut at = self.frame.intro * self.bar();
        add(SectionKind::Intro, 0, at);
        for section in &self.sections {
            let length: u32 = section.lines.iter().map(|line| self.line_ticks(line)).sum();
            add(section.kind, at, at + length);
            at += length;
        }
        add(SectionKind::Outro, at, self.end());
        spans
    }

    /// The chords of the whole song, neighbours that are equal joined.
    pub fn chords(&self) -> Vec<ChordSpan> {
        let mut spans: Vec<ChordSpan> = Vec::new();
        let mut add = |degree: u8, start: u32, end: u32| {
            let chord = self.harmony.chord(degree);
            match spans.last_mut() {
                Some(last) if last.chord == chord => last.span.end = Ticks(end),
                _ => spans.push(ChordSpan { chord, span: Ticks(start)..Ticks(end) }),
            }
        };
        let hook = self.hook_section().lines[0].cell;
        let leading = self.harmony.leading();
        let line = self.feel.line_bars();
        let mut spread = |degrees: &[u8], start: u32, bars: u32| {
            let (length, count) = (bars * self.bar(), degrees.len() as u32);
            for (index, degree) in (0..).zip(degrees) {
                add(*degree, start + length * index / count, start + length * (index + 1) / count);
            }
        };
        let Frame { intro, outro } = self.frame;
        if intro > line {
            spread(&hook, 0, line);
            spread(&[4, 4, leading, leading], line * self.bar(), intro - line);
        } else if intro == line {
            spread(&[hook[0], hook[1], hook[2], leading], 0, intro);
        } else {
            spread(&[1, leading], 0, intro);
        }
        for sung in self.sections.iter().flat_map(|section| &section.lines) {
            spread(&sung.cell, sung.start, sung.rhythm.bars);
        }
        let close = outro.min(line);
        if outro > line {
            spread(&hook, self.outro_start(), outro - line);
        }
        let closing_start = self.end() - close * self.bar();
        if close == line {
            spread(&[4, leading, 1, 1], closing_start, close);
        } else {
            spread(&[leading, 1], closing_start, close);
        }
        spans
    }
}

/// Which lines of a section share a motif.
#[derive(Debug)]
struct Letters {
    verse: [u8; 4],
    chorus: [u8; 4],
}

impl Letters {
    fn draw(seed: Seed) -> Self {
        const PATTERNS: [[u8; 4]; 3] = [*b"ABAB", *b"AABA", *b"ABAC"];
        let mut rng = seed.stream("motifs");
        let mut draw = || PATTERNS.choose(&mut rng).copied().unwrap_or(PATTERNS[0]);
        Self { verse: draw(), chorus: draw() }
    }

    fn of(&self, kind: SectionKind, line: usize) -> u8 {
        let pattern = if kind == SectionKind::Chorus { self.chorus } else { self.verse };
        pattern[line % 4]
    }
}

/// The lines of a section that have something to sing.
fn sung_lines(section: &Section) -> Vec<LineShape> {
    section.lines.iter().map(LineShape::of).filter(|shape| shape.len() > 0).collect()
}

/// Whether two sections are one and the same to the singer.
fn same_words(a: &Section, b: &Section) -> bool {
    a.kind == b.kind && a.lines == b.lines
}

type SetLines = Vec<(LineShape, LineRhythm)>;

/// Meter, tempo and every line's rhythm; a waltz is kept only where the words dance.
fn set_rhythms(brief: &Brief, sections: &[&Section], seed: Seed) -> (Feel, Frame, Vec<SetLines>) {
    let shapes: Vec<(SectionKind, Vec<LineShape>)> = sections.iter().map(|s| (s.kind, sung_lines(s))).collect();
    let set = |waltz: bool| {
        let lines = shapes.iter().flat_map(|(_, lines)| lines);
        let bars = lines.map(|shape| bars_for(shape.len(), waltz)).sum();
        let (feel, frame) = choose_feel(brief, waltz, bars, &mut seed.stream("feel"));
        let grid = Grid::of(&feel);
        let sections: Vec<SetLines> = shapes
            .iter()
            .map(|(kind, lines)| {
                let groove = Groove::draw(&mut seed.stream(&format!("groove {}", kind.as_str())));
                lines.iter().map(|shape| (shape.clone(), place(shape, grid, &groove))).collect()
            })
            .collect();
        (feel, frame, sections)
    };
    if wants_waltz(brief, &mut seed.stream("meter")) {
        let (feel, frame, sections) = set(true);
        let grid = Grid::of(&feel);
        let (mut stressed, mut strong) = (0_u32, 0_u32);
        for (shape, rhythm) in sections.iter().flatten() {
            for (syllable, placed) in shape.syllables.iter().zip(&rhythm.notes) {
                if syllable.accent == Accent::Strong {
                    stressed += 1;
                    strong += u32::from(grid.is_strong(placed.onset.div_euclid(grid.slot as i32)));
                }
            }
        }
        if f64::from(strong) >= WALTZ_FIT * f64::from(stressed) {
            return (feel, frame, sections);
        }
    }
    set(false)
}
