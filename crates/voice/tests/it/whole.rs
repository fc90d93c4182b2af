//! The whole song: length, repeatability, cancelling, and melodies that cannot be sung.

use std::ops::ControlFlow;

use score::{Seed, Ticks};
use voice::{NoteProblem, SingOptions, Singer, VoiceError};

use crate::songs::{birthday, both, scale, sing};

#[test]
fn the_song_is_as_long_as_its_score_and_as_loud_as_asked() {
    for singer in both() {
        let score = birthday();
        let sung = sing(&singer, &score);
        let end = score.tempo.seconds(score.end());
        let length = sung.samples.len() as f64 / f64::from(sung.sample_rate);
        assert!(length > end && length < end + 0.5, "{length} {end}");
        let peak = sung.samples.iter().fold(0.0_f32, |peak, s| peak.max(s.abs()));
        assert!((peak - 0.7).abs() < 1e-5, "{peak}");
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_does_not() {
    for singer in both() {
        let score = scale();
        let once = sing(&singer, &score);
        assert_eq!(once, sing(&singer, &score));
        let options = SingOptions { seed: Seed(8), ..SingOptions::default() };
        let other = singer.sing(&score, &options, &mut |_| ControlFlow::Continue(())).unwrap();
        assert_eq!(once.samples.len(), other.samples.len());
        assert_ne!(once.samples, other.samples);
    }
}

#[test]
fn progress_climbs_to_one_and_can_cancel_at_any_call() {
    let (singer, score) = (Singer::formant(), scale());
    let mut heard = Vec::new();
    singer
        .sing(&score, &SingOptions::default(), &mut |share| {
            heard.push(share);
            ControlFlow::Continue(())
        })
        .unwrap();
    assert!(
        heard.windows(2).all(|pair| pair[0] < pair[1]) && heard[0] == 0.0 && heard.last() == Some(&1.0),
        "{heard:?}"
    );
    for stop_at in 0..heard.len() {
        let mut calls = 0;
        let result = singer.sing(&score, &SingOptions::default(), &mut |_| {
            calls += 1;
            if calls > stop_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(matches!(result, Err(VoiceError::Cancelled)));
        assert_eq!(calls, stop_at + 1);
    }
}

#[test]
fn a_first_note_at_tick_0_is_sung_with_its_consonant() {
    let mut score = birthday();
    let lead = score.melody[0].note.onset;
    score.melody.iter_mut().for_each(|n| n.note.onset = n.note.onset - lead);
    let sung = sing(&Singer::formant(), &score);
    let first = sung.segments[0];
    assert!(first.start_s == 0.0 && first.duration_s() > 0.03, "{first:?}");
    assert!(sung.segments[1].start_s < 0.15, "{:?}", sung.segments[1]);
}

#[test]
fn unsingable_melodies_are_named() {
    let singer = Singer::formant();
    let problem = |spoil: &dyn Fn(&mut score::Score)| {
        let mut score = birthday();
        spoil(&mut score);
        singer.sing(&score, &SingOptions::default(), &mut |_| ControlFlow::Continue(())).unwrap_err()
    };
    let cases: [(&dyn Fn(&mut score::Score), NoteProblem); 6] = [
        (&|s| s.melody[2].syllable = 99, NoteProblem::NoSuchSyllable),
        (&|s| s.lyrics.sections[0].lines[0].words[1].syllables[0].phonemes.clear(), NoteProblem::SilentSyllable),
        (&|s| s.melody[2].note.onset = Ticks(0), NoteProblem::Overlaps),
        (&|s| s.melody[2].note.duration = Ticks(0), NoteProblem::NoLength),
        (&|s| s.melody[2].note.pitch = 120, NoteProblem::OutOfRange),
        (&|s| s.tempo.micros_per_quarter = u32::MAX, NoteProblem::OutOfBreath),
    ];
    for (spoil, expected) in cases {
        let error = problem(spoil);
        assert!(matches!(error, VoiceError::UnsingableNote { problem, .. } if problem == expected), "{error}");
        assert!(error.to_string().contains("correct the note"), "{error}");
    }
    assert!(matches!(problem(&|s| s.melody.clear()), VoiceError::NothingToSing));
}

#[test]
fn options_out_of_range_are_refused_with_the_range() {
    let options = SingOptions { formant_shift: f64::NAN, ..SingOptions::default() };
    let error = Singer::formant().sing(&birthday(), &options, &mut |_| ControlFlow::Continue(())).unwrap_err();
    assert_eq!(error.to_string(), "formant shift is NaN; choose a value from 0.7 to 1.4");
}
