//! An engine for tests of everything around it: real values, one second of sound, made in milliseconds. What it makes
//! is decided by the request, as with any engine.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::Duration;

use dsp::{SampleRate, Stereo};
use generate::{Engine, GenerateError, Phase, Progress, Rendering, Request, timeline};
use score::{
    Chord, ChordQuality, ChordSpan, KeySignature, Line, Loudness, Lyrics, Meter, Note, Phoneme, Provenance, Scale,
    Score, Section, SectionKind, SectionSpan, StemKind, Stress, SungNote, Syllable, Tempo, Ticks, Word,
};

/// Takes `pause` before each of its ten reports of progress.
pub struct TinyEngine {
    pub pause: Duration,
}

impl Engine for TinyEngine {
    fn name(&self) -> &'static str {
        "tiny"
    }

    fn singer(&self) -> &str {
        "none"
    }

    fn band(&self) -> &str {
        "none"
    }

    fn generate(
        &self,
        request: &Request,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Rendering, GenerateError> {
        for phase in [Phase::Words, Phase::Tune, Phase::Sing, Phase::Band, Phase::Mix] {
            for fraction in [0.5, 1.0] {
                std::thread::sleep(self.pause);
                if progress(Progress { phase, fraction }).is_break() {
                    return Err(GenerateError::Cancelled);
                }
            }
        }
        let score = score(&request.brief.name);
        let rate = SampleRate::new(48_000)?;
        let pitch = 200.0 + (request.seed.0 % 200) as f32;
        let samples: Vec<f32> =
            (0..48_000).map(|n| (n as f32 * pitch * std::f32::consts::TAU / 48_000.0).sin() * 0.3).collect();
        let mix = Stereo::from_mono(rate, &samples, 0.0);
        Ok(Rendering {
            timeline: timeline(&score, mix.duration_s()),
            stems: vec![(StemKind::Vocals, mix.clone())],
            mix,
            score,
            loudness: Loudness { lufs: -14.0, true_peak_dbtp: -10.0 },
            provenance: Provenance {
                engine: "tiny".into(),
                engine_version: "1".into(),
                seed: request.seed,
                assets: Vec::new(),
            },
            seconds: BTreeMap::new(),
        })
    }
}

fn score(name: &str) -> Score {
    let syllable = Syllable { text: name.to_owned(), phonemes: vec![Phoneme::M, Phoneme::IY], stress: Stress::Primary };
    let word = Word { text: name.to_owned(), syllables: vec![syllable], is_name: true };
    let line = Line { text: name.to_owned(), words: vec![word] };
    let end = Ticks::quarters(2);
    Score {
        lyrics: Lyrics {
            title: format!("For {name}"),
            language: score::Language::English,
            sections: vec![Section { kind: SectionKind::Verse, lines: vec![line] }],
            unused_facts: Vec::new(),
        },
        tempo: Tempo::from_bpm(120.0),
        meter: Meter::COMMON,
        key: KeySignature { tonic: 0, scale: Scale::Major },
        sections: vec![SectionSpan { kind: SectionKind::Verse, number: 1, span: Ticks(0)..end }],
        chords: vec![ChordSpan { chord: Chord { root: 0, quality: ChordQuality::Major }, span: Ticks(0)..end }],
        melody: vec![SungNote { note: Note { pitch: 64, onset: Ticks(0), duration: end, velocity: 90 }, syllable: 0 }],
        parts: Vec::new(),
    }
}
