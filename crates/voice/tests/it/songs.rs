//! Small scores to sing.

use std::ops::ControlFlow;
use std::path::Path;

use score::{
    KeySignature, Language, Line, Lyrics, Meter, Note, Phoneme, Scale, Score, Section, SectionKind, SectionSpan,
    Stress, SungNote, Syllable, Tempo, Ticks, Word,
};
use voice::{SLT_PACKAGE, SLT_PATH, SingOptions, Singer, Sung};

/// One syllable of a test song: its word's letters (empty: the word goes on), phones, stress and notes (MIDI, beats).
pub struct Syl(pub &'static str, pub &'static str, pub Stress, pub &'static [(u8, f64)]);

/// A score of these lines; lines are parted by a rest of one beat, and the song begins after one.
pub fn song(bpm: f64, lines: &[&[Syl]]) -> Score {
    let mut at = Ticks::quarters(1);
    let mut melody = Vec::new();
    let mut index = 0;
    let mut sung_lines = Vec::new();
    for line in lines {
        let mut words: Vec<Word> = Vec::new();
        for Syl(word, phones, stress, notes) in *line {
            if !word.is_empty() {
                words.push(Word { text: (*word).into(), syllables: Vec::new(), is_name: false });
            }
            let phonemes = phones.split(' ').map(|p| p.parse::<Phoneme>().unwrap()).collect();
            let syllable = Syllable { text: (*word).into(), phonemes, stress: *stress };
            words.last_mut().unwrap().syllables.push(syllable);
            for (pitch, beats) in *notes {
                let duration = Ticks((beats * 480.0).round() as u32);
                let note = Note { pitch: *pitch, onset: at, duration, velocity: 90 };
                melody.push(SungNote { note, syllable: index });
                at += duration;
            }
            index += 1;
        }
        let text = words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
        sung_lines.push(Line { text, words });
        at += Ticks::quarters(1);
    }
    Score {
        lyrics: Lyrics {
            title: "test".into(),
            language: Language::English,
            sections: vec![Section { kind: SectionKind::Verse, lines: sung_lines }],
            unused_facts: vec![],
        },
        tempo: Tempo::from_bpm(bpm),
        meter: Meter::COMMON,
        key: KeySignature { tonic: 0, scale: Scale::Major },
        sections: vec![SectionSpan { kind: SectionKind::Verse, number: 1, span: Ticks(0)..at }],
        chords: vec![],
        melody,
        parts: vec![],
    }
}

use Stress::{None as Weak, Primary as Strong};

/// "Happy birthday dear Mia", 100 beats a minute.
pub fn birthday() -> Score {
    song(
        100.0,
        &[&[
            Syl("Happy", "HH AE", Strong, &[(60, 0.75)]),
            Syl("", "P IY", Weak, &[(60, 0.25)]),
            Syl("birthday", "B ER TH", Strong, &[(72, 1.0)]),
            Syl("", "D EY", Weak, &[(69, 1.0)]),
            Syl("dear", "D IH R", Strong, &[(65, 1.0)]),
            Syl("Mia", "M IY", Strong, &[(64, 1.0)]),
            Syl("", "AX", Weak, &[(62, 2.0)]),
        ]],
    )
}

/// A scale over an octave on syllables of every kind.
pub fn scale() -> Score {
    song(
        120.0,
        &[
            &[
                Syl("ma", "M AA", Strong, &[(60, 1.0)]),
                Syl("see", "S IY", Strong, &[(62, 1.0)]),
                Syl("low", "L OW", Strong, &[(64, 1.0)]),
                Syl("tall", "T AO L", Strong, &[(65, 1.0)]),
            ],
            &[
                Syl("day", "D EY", Strong, &[(67, 1.0)]),
                Syl("ray", "R EY", Strong, &[(69, 1.0)]),
                Syl("shoe", "SH UW", Strong, &[(71, 1.0)]),
                Syl("free", "F R IY", Strong, &[(72, 2.0)]),
            ],
        ],
    )
}

/// Syllables that stops and fricatives keep apart, so that each vowel's beginning can be heard.
pub fn clear_onsets() -> Score {
    song(
        100.0,
        &[&[
            Syl("pa", "P AA", Strong, &[(62, 1.0)]),
            Syl("tea", "T IY", Strong, &[(64, 1.0)]),
            Syl("car", "K AA", Strong, &[(65, 1.0)]),
            Syl("sea", "S EY", Strong, &[(62, 1.0)]),
            Syl("shoe", "SH OW", Strong, &[(64, 1.0)]),
            Syl("fee", "F EH", Strong, &[(65, 1.0)]),
            Syl("chew", "CH AA", Strong, &[(62, 1.0)]),
        ]],
    )
}

/// Lines that end in consonants, and one syllable held over three notes.
pub fn final_consonants() -> Score {
    song(
        100.0,
        &[
            &[Syl("nice", "N AY S", Strong, &[(62, 2.0)])],
            &[Syl("wish", "W IH SH", Strong, &[(64, 1.0)])],
            &[Syl("moon", "M UW N", Strong, &[(64, 1.0), (67, 1.0), (65, 1.0)])],
        ],
    )
}

pub fn slt() -> Singer {
    Singer::hts(Path::new(SLT_PATH))
        .unwrap_or_else(|error| panic!("this test needs the package {SLT_PACKAGE} (make test installs it): {error}"))
}

pub fn both() -> [Singer; 2] {
    [Singer::formant(), slt()]
}

pub fn sing(singer: &Singer, score: &Score) -> Sung {
    singer.sing(score, &SingOptions::default(), &mut |_| ControlFlow::Continue(())).unwrap()
}
