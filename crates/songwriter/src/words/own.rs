//! The user's own lyrics, read into the same form as ours.

use rand_chacha::ChaCha8Rng;
use score::{Brief, Language, Lyrics, Section, SectionKind, Seed};

use super::line::{Singer, is_sung};
use super::{WordsError, title};

/// The most sung lines.
pub(super) const MAX_LINES: usize = 64;
/// The most syllables of a line.
pub(super) const MAX_SYLLABLES: usize = 16;

/// Reads lyrics of up to 64 lines of up to 16 syllables, with tags such as `[Verse]`, `[Chorus 2]` on lines of their own.
///
/// What stands before the first tag is a verse; there an empty line begins the next verse.
///
/// # Errors
/// [`WordsError::Brief`] and the variants about the name as in [`super::write_lyrics`]; [`WordsError::EmptyLyrics`],
/// [`WordsError::TooManyLines`], [`WordsError::LineTooLong`], [`WordsError::LineNotSung`], [`WordsError::UnknownSection`]
/// for the text. Line numbers count from 1 over the whole text.
pub fn lyrics_from_text(text: &str, brief: &Brief) -> Result<Lyrics, WordsError> {
    brief.check()?;
    let singer = Singer::new(brief)?;
    let mut sections: Vec<Section> = Vec::new();
    let mut kind = SectionKind::Verse;
    let mut tagged = false;
    let mut fresh = true;
    let mut count = 0;
    for (index, written) in text.lines().enumerate() {
        let number = index + 1;
        let written = written.trim();
        if written.is_empty() {
            fresh |= !tagged;
            continue;
        }
        if let Some(tag) = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            kind = section_kind(tag)
                .ok_or_else(|| WordsError::UnknownSection { number, tag: tag.chars().take(40).collect() })?;
            (tagged, fresh) = (true, true);
            continue;
        }
        count += 1;
        let clean: String = written
            .chars()
            .filter(|c| is_sung(*c) || matches!(c, '!' | '?' | ';' | ':' | '–' | '—' | '"' | '“' | '”' | '(' | ')'))
            .collect();
        let line = singer.line(&clean).ok_or(WordsError::LineNotSung { number })?;
        let syllables = line.syllable_count();
        if syllables > MAX_SYLLABLES {
            return Err(WordsError::LineTooLong { number, syllables });
        }
        match sections.last_mut().filter(|_| !fresh) {
            Some(section) => section.lines.push(line),
            None => sections.push(Section { kind, lines: vec![line] }),
        }
        fresh = false;
    }
    if count > MAX_LINES {
        return Err(WordsError::TooManyLines { lines: count });
    }
    if sections.is_empty() {
        return Err(WordsError::EmptyLyrics);
    }
    let mut rng: ChaCha8Rng = Seed(0).stream("title");
    let title = title::pick(brief, &singer.name(), &mut rng);
    Ok(Lyrics { title, language: Language::English, sections, unused_facts: Vec::new() })
}

/// "Chorus 2" → the kind; a number and case do not matter.
fn section_kind(tag: &str) -> Option<SectionKind> {
    let word = tag.trim().trim_end_matches(|c: char| c.is_ascii_digit() || c == ':').trim().to_lowercase();
    use SectionKind::*;
    let kinds = [Intro, Verse, Chorus, Bridge, Outro];
    if word == "refrain" {
        return Some(Chorus);
    }
    kinds.into_iter().find(|kind| kind.as_str() == word)
}
