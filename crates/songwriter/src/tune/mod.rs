//! From words to a whole score: feel, form, rhythm, chords, melody, band.
//!
//! Order of work: the stress of the words gives each line its rhythm; style and mood give tempo, key and progressions;
//! each line's melody is the best of many candidates; lines repeat motifs, verses share a tune and equal choruses are the
//! same notes; the band is arranged around the result. Every choice is drawn from a named stream of the seed.

mod accent;
mod feel;
mod form;
mod harmony;
mod measure;
mod melody;
mod rhythm;

use score::{Brief, ChordSpan, Lyrics, Note, Score, Seed, SungNote, Ticks};

use accent::Accent;
pub(crate) use feel::{Compass, Feel};
use form::{Form, SungLine};
pub use measure::{MelodyMeasures, measure};

use crate::arrange::{Phrase, Plan, arrange};

/// The most syllables a song may have.
pub const MAX_SYLLABLES: usize = 2048;
/// The most syllables a line may have.
pub const MAX_LINE_SYLLABLES: usize = 32;

/// Why words cannot be set to music.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ComposeError {
    #[error("the lyrics have nothing to sing; write at least one line with a word in it")]
    NothingToSing,
    #[error("the lyrics have {syllables} syllables; shorten them to {MAX_SYLLABLES} or fewer")]
    TooManySyllables { syllables: usize },
    #[error("line {number} has {syllables} syllables; break it into lines of {MAX_LINE_SYLLABLES} or fewer")]
    LineTooLong { number: usize, syllables: usize },
}

/// Sets words to music: tempo, key, chords, melody and the band's parts.
///
/// The same brief, lyrics and seed always give the same score.
///
/// # Errors
/// [`ComposeError::NothingToSing`] without a syllable; [`ComposeError::TooManySyllables`] and
/// [`ComposeError::LineTooLong`] past the limits.
pub fn compose(brief: &Brief, lyrics: Lyrics, seed: Seed) -> Result<Score, ComposeError> {
    check(&lyrics)?;
    let form = Form::compose(brief, &lyrics, seed);
    let chords = form.chords();
    let plan = plan(&form, &chords);
    let parts = arrange(&plan, seed);
    Ok(Score {
        tempo: form.feel.tempo,
        meter: form.feel.meter,
        key: form.compass.key,
        sections: form.spans(),
        melody: melody(&form),
        parts,
        chords,
        lyrics,
    })
}

fn check(lyrics: &Lyrics) -> Result<(), ComposeError> {
    let mut all = 0;
    for (index, line) in lyrics.lines().enumerate() {
        let syllables = line.syllable_count();
        if syllables > MAX_LINE_SYLLABLES {
            return Err(ComposeError::LineTooLong { number: index + 1, syllables });
        }
        all += syllables;
    }
    match all {
        0 => Err(ComposeError::NothingToSing),
        1..=MAX_SYLLABLES => Ok(()),
        syllables => Err(ComposeError::TooManySyllables { syllables }),
    }
}

/// The sung notes, swung, in singing order.
fn melody(form: &Form) -> Vec<SungNote> {
    let mut all = Vec::new();
    for section in &form.sections {
        let lift = if section.kind == score::SectionKind::Chorus { 8 } else { 0 };
        for line in &section.lines {
            for (index, (onset, end, pitch)) in line.sounding(&form.compass).into_iter().enumerate() {
                let accent = match line.shape.syllables[index].accent {
                    Accent::Weak => 0,
                    Accent::Light => 4,
                    Accent::Strong => 10,
                };
                let (onset, end) = (form.feel.swung(onset), form.feel.swung(end));
                let note =
                    Note { pitch, onset: Ticks(onset), duration: Ticks(end - onset), velocity: 80 + lift + accent };
                all.push(SungNote { note, syllable: all.len() });
            }
        }
    }
    all
}

/// What the band needs to know.
fn plan<'a>(form: &'a Form, chords: &'a [ChordSpan]) -> Plan<'a> {
    let mut phrases = Vec::new();
    for section in &form.sections {
        for (index, line) in section.lines.iter().enumerate() {
            let Some(last) = line.rhythm.notes.last() else { continue };
            phrases.push(Phrase {
                end: line.start + form.line_ticks(line),
                last_onset: line.start.saturating_add_signed(last.onset),
                kind: section.kind,
                answers: index % 2 == 1,
            });
        }
    }
    let motif = |line: Option<&SungLine>| {
        line.map(|line| {
            let notes = line.sounding(&form.compass).into_iter();
            notes.map(|(onset, end, pitch)| (onset as i32 - line.start as i32, end - onset, pitch)).collect()
        })
        .unwrap_or_default()
    };
    Plan {
        feel: form.feel,
        compass: form.compass,
        sections: form.spans(),
        chords,
        phrases,
        hook: motif(form.hook_section().lines.first()),
        final_hit: form.final_hit(),
        end: form.end(),
    }
}
