//! When everything in a score sounds.

use std::collections::BTreeMap;

use score::{Score, TimedLine, TimedSection, TimedSyllable, Timeline};

/// Times of sections, lines and syllables of a take that lasts `duration_s` seconds, its last note's echo included.
///
/// A syllable lasts from its first note to the end of its last. Lines without a note are left out.
pub fn timeline(score: &Score, duration_s: f64) -> Timeline {
    let seconds = |ticks| score.tempo.seconds(ticks);
    let alone = |kind| score.sections.iter().filter(|section| section.kind == kind).count() == 1;
    let sections = score
        .sections
        .iter()
        .map(|section| TimedSection {
            name: match alone(section.kind) {
                true => section.kind.as_str().to_owned(),
                false => format!("{} {}", section.kind.as_str(), section.number),
            },
            start_s: seconds(section.span.start),
            end_s: seconds(section.span.end),
        })
        .collect();

    let mut sung: BTreeMap<usize, TimedSyllable> = BTreeMap::new();
    for note in &score.melody {
        let syllable = sung.entry(note.syllable).or_insert_with(|| TimedSyllable {
            start_s: seconds(note.note.onset),
            end_s: 0.0,
            text: String::new(),
            midi: Vec::new(),
        });
        syllable.end_s = seconds(note.note.end());
        syllable.midi.push(note.note.pitch);
    }

    let texts: Vec<&str> = score.lyrics.lines().map(|line| line.text.as_str()).collect();
    let mut lines: BTreeMap<usize, TimedLine> = BTreeMap::new();
    for place in score.lyrics.syllables() {
        let Some(mut timed) = sung.remove(&place.index) else { continue };
        timed.text.clone_from(&place.syllable.text);
        if place.syllable_in_word + 1 == place.word.syllables.len() {
            timed.text.push(' ');
        }
        let line = lines.entry(place.line).or_insert_with(|| TimedLine {
            start_s: timed.start_s,
            end_s: timed.end_s,
            text: texts.get(place.line).copied().unwrap_or_default().to_owned(),
            syllables: Vec::new(),
        });
        line.end_s = timed.end_s;
        line.syllables.push(timed);
    }
    Timeline { duration_s, sections, lyrics: lines.into_values().collect() }
}
