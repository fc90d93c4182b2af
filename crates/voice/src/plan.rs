//! When every phone sounds: the timing plan of the whole melody.
//!
//! A vowel begins exactly on its note; the consonants in front of it take their time from the note or the rest
//! before; those behind it are squeezed in before the next syllable begins. Consonants keep their spoken length and
//! only vowels stretch, until consonants would fill more than `CONSONANT_SHARE` of the room they have.

use score::{Phoneme, PhonemeClass, Score, SyllableRef};

use crate::error::{NoteProblem, VoiceError};

/// The most of a note that consonants may take.
const CONSONANT_SHARE: f64 = 0.55;
/// Rests shorter than this, in seconds, are sung over; longer ones part two phrases.
const BREATH_GAP_S: f64 = 0.15;
/// How much of its first note a song may lose to consonants that have no time before it.
const LATE_SHARE: f64 = 0.25;
/// The longest song and the longest breath, in seconds; a breath bounds the memory that envelopes take.
const LIMIT_S: f64 = 1800.0;
const BREATH_S: f64 = 20.0;
/// The singer's range as MIDI note numbers.
const RANGE: std::ops::RangeInclusive<u8> = 36..=96;

/// One phone in time, in seconds from tick 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segment {
    pub phoneme: Phoneme,
    pub start_s: f64,
    pub end_s: f64,
    /// Index into [`score::Lyrics::syllables`].
    pub syllable: usize,
}

impl Segment {
    pub fn duration_s(&self) -> f64 {
        self.end_s - self.start_s
    }
}

/// A note as it is sung, in seconds from tick 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PlannedNote {
    pub start_s: f64,
    pub end_s: f64,
    /// MIDI note number.
    pub pitch: f64,
    pub velocity: u8,
}

/// What is sung in one breath: phones without a gap and the notes under them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Phrase {
    pub segments: Vec<Segment>,
    pub notes: Vec<PlannedNote>,
}

/// A syllable with its consonants' spoken lengths in seconds.
struct Sung<'a> {
    index: usize,
    line: usize,
    before: &'a [Phoneme],
    nucleus: Phoneme,
    after: &'a [Phoneme],
    notes: Vec<PlannedNote>,
}

impl Sung<'_> {
    fn start(&self) -> f64 {
        self.notes.first().map_or(0.0, |note| note.start_s)
    }

    fn end(&self) -> f64 {
        self.notes.last().map_or(0.0, |note| note.end_s)
    }

    fn last_note_s(&self) -> f64 {
        self.notes.last().map_or(0.0, |note| note.end_s - note.start_s)
    }

    fn before_s(&self) -> f64 {
        self.before.iter().copied().map(spoken_s).sum()
    }

    fn after_s(&self) -> f64 {
        self.after.iter().copied().map(spoken_s).sum()
    }
}

/// Plans the whole melody, one [`Phrase`] per breath, in order.
///
/// # Errors
/// [`VoiceError::NothingToSing`] without notes, [`VoiceError::UnsingableNote`] for the first note that breaks a rule,
/// [`VoiceError::TooLong`] past half an hour.
pub(crate) fn plan(score: &Score) -> Result<Vec<Phrase>, VoiceError> {
    let syllables = score.lyrics.syllables();
    let sung = gather(score, &syllables)?;
    let seconds = sung.last().ok_or(VoiceError::NothingToSing)?.end();
    if seconds > LIMIT_S {
        return Err(VoiceError::TooLong { seconds, limit: LIMIT_S });
    }

    let mut phrases = Vec::new();
    let mut phrase = Phrase { segments: Vec::new(), notes: Vec::new() };
    // The song's first consonants have only the time since tick 0, and a little of their own note.
    let first = &sung[0];
    let mut before_scale = fit(first.before_s(), first.start() + LATE_SHARE * first.last_note_s());
    for (i, syllable) in sung.iter().enumerate() {
        let next = sung.get(i + 1);
        let gap = next.map_or(f64::INFINITY, |next| next.start() - syllable.end());
        let breath_start = phrase.notes.first().map_or(syllable.start(), |note| note.start_s);
        let joined = gap < BREATH_GAP_S
            && next.is_some_and(|next| next.line == syllable.line && next.end() - breath_start <= BREATH_S);
        let wanted = syllable.after_s() + next.map_or(0.0, Sung::before_s);
        let scale = fit(wanted, CONSONANT_SHARE * syllable.last_note_s() + gap);
        let after_scale = fit(syllable.after_s(), CONSONANT_SHARE * syllable.last_note_s()).min(scale.max(0.0));

        let next_begins = next.map_or(f64::INFINITY, |next| next.start() - next.before_s() * scale);
        let end = if joined { next_begins } else { syllable.end().min(next_begins) };
        let mut clock = (syllable.start() - syllable.before_s() * before_scale).max(0.0);
        let mut at = clock;
        let mut sing_until = |phoneme: Phoneme, end_s: f64| {
            phrase.segments.push(Segment { phoneme, start_s: at, end_s, syllable: syllable.index });
            at = end_s;
        };
        for &phoneme in syllable.before {
            clock += spoken_s(phoneme) * before_scale;
            sing_until(phoneme, clock);
        }
        clock = end - syllable.after_s() * after_scale;
        sing_until(syllable.nucleus, clock);
        for &phoneme in syllable.after {
            clock += spoken_s(phoneme) * after_scale;
            sing_until(phoneme, clock);
        }

        phrase.notes.extend(&syllable.notes);
        if joined {
            if let (Some(note), Some(next)) = (phrase.notes.last_mut(), next) {
                note.end_s = next.start();
            }
        } else {
            phrases.push(std::mem::replace(&mut phrase, Phrase { segments: Vec::new(), notes: Vec::new() }));
        }
        before_scale = scale;
    }
    Ok(phrases)
}

/// How much `wanted` seconds must shrink to fit into `room` seconds.
fn fit(wanted: f64, room: f64) -> f64 {
    if wanted > room { (room / wanted).max(0.0) } else { 1.0 }
}

/// Joins the notes of each syllable and checks every note.
fn gather<'a>(score: &Score, syllables: &[SyllableRef<'a>]) -> Result<Vec<Sung<'a>>, VoiceError> {
    let mut sung: Vec<Sung<'a>> = Vec::new();
    let mut previous_end = 0_u64;
    for (i, sung_note) in score.melody.iter().enumerate() {
        let refuse = |problem| VoiceError::UnsingableNote { number: i + 1, problem };
        let note = sung_note.note;
        let onset = u64::from(note.onset.0);
        let end = onset + u64::from(note.duration.0);
        if onset < previous_end {
            return Err(refuse(NoteProblem::Overlaps));
        }
        if end == onset {
            return Err(refuse(NoteProblem::NoLength));
        }
        if !RANGE.contains(&note.pitch) {
            return Err(refuse(NoteProblem::OutOfRange));
        }
        previous_end = end;
        let seconds =
            |ticks: u64| ticks as f64 * f64::from(score.tempo.micros_per_quarter) / (1e6 * f64::from(score::PPQ));
        let planned = PlannedNote {
            start_s: seconds(onset),
            end_s: seconds(end),
            pitch: f64::from(note.pitch),
            velocity: note.velocity,
        };
        if planned.end_s - planned.start_s > BREATH_S {
            return Err(refuse(NoteProblem::OutOfBreath));
        }
        if let Some(last) = sung.last_mut()
            && last.index == sung_note.syllable
        {
            if let Some(held) = last.notes.last_mut() {
                held.end_s = planned.start_s;
            }
            last.notes.push(planned);
            continue;
        }
        let place = syllables.get(sung_note.syllable).ok_or_else(|| refuse(NoteProblem::NoSuchSyllable))?;
        let phonemes = place.syllable.phonemes.as_slice();
        let (before, nucleus, after) = split(phonemes).ok_or_else(|| refuse(NoteProblem::SilentSyllable))?;
        sung.push(Sung { index: place.index, line: place.line, before, nucleus, after, notes: vec![planned] });
    }
    Ok(sung)
}

/// Finds the sound that carries the note: the first vowel, else the first sonorant, else a reduced vowel at the end.
fn split(phonemes: &[Phoneme]) -> Option<(&[Phoneme], Phoneme, &[Phoneme])> {
    if phonemes.is_empty() {
        return None;
    }
    let sonorant = |p: &Phoneme| matches!(p.class(), PhonemeClass::Nasal | PhonemeClass::Approximant);
    let nucleus = phonemes.iter().position(|p| p.is_vowel()).or_else(|| phonemes.iter().position(sonorant));
    Some(match nucleus {
        Some(at) => (&phonemes[..at], phonemes[at], &phonemes[at + 1..]),
        None => (phonemes, Phoneme::AX, &[]),
    })
}

/// Length of a phone in clear, slow speech, in seconds; what a consonant takes when it has room.
fn spoken_s(phoneme: Phoneme) -> f64 {
    match phoneme {
        Phoneme::DH => 0.065,
        Phoneme::D => 0.075,
        Phoneme::V | Phoneme::Y => 0.08,
        Phoneme::B | Phoneme::G | Phoneme::HH => 0.085,
        Phoneme::N | Phoneme::L | Phoneme::R | Phoneme::W => 0.095,
        Phoneme::M | Phoneme::NG => 0.1,
        Phoneme::T => 0.105,
        Phoneme::P | Phoneme::K | Phoneme::CH | Phoneme::JH | Phoneme::TH | Phoneme::Z | Phoneme::ZH => 0.11,
        Phoneme::F => 0.12,
        Phoneme::S | Phoneme::SH => 0.14,
        _ => 0.12,
    }
}

#[cfg(test)]
mod tests {
    use score::{
        KeySignature, Language, Line, Lyrics, Meter, Note, Phoneme::*, Scale, Section, SectionKind, Stress, SungNote,
        Syllable, Tempo, Ticks, Word,
    };

    use super::*;

    /// One line at 120 beats a minute; notes are (syllable, onset, length) in beats.
    fn score(syllables: &[&[Phoneme]], notes: &[(usize, f64, f64)]) -> Score {
        let ticks = |beats: f64| Ticks((beats * 480.0) as u32);
        let syllables = syllables
            .iter()
            .map(|p| Syllable { text: String::new(), phonemes: p.to_vec(), stress: Stress::Primary })
            .collect();
        let word = Word { text: "word".into(), syllables, is_name: false };
        let line = Line { text: "word".into(), words: vec![word] };
        let melody = notes
            .iter()
            .map(|(syllable, onset, length)| SungNote {
                note: Note { pitch: 60, onset: ticks(*onset), duration: ticks(*length), velocity: 90 },
                syllable: *syllable,
            })
            .collect();
        Score {
            lyrics: Lyrics {
                title: String::new(),
                language: Language::English,
                sections: vec![Section { kind: SectionKind::Verse, lines: vec![line] }],
                unused_facts: vec![],
            },
            tempo: Tempo::from_bpm(120.0),
            meter: Meter::COMMON,
            key: KeySignature { tonic: 0, scale: Scale::Major },
            sections: vec![],
            chords: vec![],
            melody,
            parts: vec![],
        }
    }

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn consonants_between_two_notes_leave_the_vowel_its_share() {
        let phrases = plan(&score(&[&[S, AE, N, D, Z], &[S, T, R, IY, T]], &[(0, 2.0, 0.5), (1, 2.5, 2.0)])).unwrap();
        let segments = &phrases[0].segments;
        let vowel = segments[1];
        assert!(near(vowel.start_s, 1.0) && near(vowel.duration_s(), 0.45 * 0.25), "{vowel:?}");
        assert!(near(segments[8].start_s, 1.25), "{segments:?}");
        assert!(near(segments[0].start_s, 1.0 - 0.14), "the first consonant keeps its length before the phrase");
    }

    #[test]
    fn a_held_syllable_is_one_vowel_under_several_notes() {
        let phrases = plan(&score(&[&[M, UW, N]], &[(0, 1.0, 1.0), (0, 2.0, 1.0)])).unwrap();
        assert_eq!((phrases[0].segments.len(), phrases[0].notes.len()), (3, 2));
        let vowel = phrases[0].segments[1];
        assert!(near(vowel.start_s, 0.5) && near(vowel.end_s, 1.5 - 0.095), "{vowel:?}");
    }

    #[test]
    fn a_rest_parts_phrases_and_a_short_one_is_sung_over() {
        let rest = score(&[&[M, AA], &[M, AA]], &[(0, 1.0, 1.0), (1, 3.0, 1.0)]);
        let phrases = plan(&rest).unwrap();
        assert_eq!(phrases.len(), 2);
        assert!(near(phrases[0].segments[1].end_s, 1.0) && near(phrases[1].segments[0].start_s, 1.4));
        let short = score(&[&[M, AA], &[M, AA]], &[(0, 1.0, 0.8), (1, 2.0, 1.0)]);
        let phrases = plan(&short).unwrap();
        assert_eq!(phrases.len(), 1);
        assert!(near(phrases[0].segments[1].end_s, phrases[0].segments[2].start_s));
    }

    #[test]
    fn a_syllable_without_a_vowel_is_carried_by_what_can_sound() {
        assert_eq!(split(&[HH, M]), Some((&[HH][..], M, &[][..])));
        assert_eq!(split(&[SH]), Some((&[SH][..], AX, &[][..])));
        assert_eq!(split(&[]), None);
    }
}
