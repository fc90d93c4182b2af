//! What every song keeps: length, loudness, stems that sum, the same bytes, and that it can be stopped.

use std::ops::ControlFlow;

use dsp::{SampleRate, Stereo, band_power, gain_to_db};
use generate::{Engine, GenerateError, Phase, Rendering};
use score::{Brief, Mood, Occasion, StemKind, Style};

use crate::{bare, full, make, mia, request};

/// Everything that holds for every finished take.
fn check(song: &Rendering, what: &str) {
    let seconds = song.mix.duration_s();
    assert!((30.0..=90.0).contains(&seconds), "{what} lasts {seconds} s");
    assert_eq!(song.mix.rate, SampleRate::HZ_48000);
    assert!((song.timeline.duration_s - seconds).abs() < 1e-9);
    assert!((song.loudness.lufs + 14.0).abs() <= 0.5, "{what}: {:?}", song.loudness);
    assert!(song.loudness.true_peak_dbtp <= -1.0, "{what}: {:?}", song.loudness);
    let stems: Vec<StemKind> = song.stems.iter().map(|(kind, _)| *kind).collect();
    assert!(stems.len() >= 4 && stems[0] == StemKind::Vocals, "{what}: {stems:?}");

    let sum = dsp::mix(song.stems.iter().map(|(_, clip)| clip));
    assert_eq!(sum.frames(), song.mix.frames());
    let worst = difference(&sum, &song.mix);
    assert!(gain_to_db(worst) < -90.0, "{what}: the stems miss the mix by {} dB", gain_to_db(worst));

    for (name, clip) in song.stems.iter().map(|(kind, clip)| (kind.as_str(), clip)).chain([("mix", &song.mix)]) {
        let samples = || clip.left.iter().chain(&clip.right);
        assert!(samples().all(|s| s.is_finite()), "{what}: {name} holds a value that is no number");
        let mean = samples().map(|s| f64::from(*s)).sum::<f64>() / (2 * clip.frames()) as f64;
        assert!(mean.abs() < 2e-4, "{what}: {name} leans by {mean}");
        assert!(clip.left[0].abs() < 1e-3, "{what}: {name} begins with a click");
        assert!(clip.left[clip.frames() - 1].abs() < 1e-4, "{what}: {name} ends with a click");
        assert!(clip.sample_peak() > 0.01, "{what}: {name} is silent");
    }
    assert!(longest_silence(&song.mix, -50.0) < 0.7, "{what}: a hole of {} s", longest_silence(&song.mix, -50.0));
}

fn difference(a: &Stereo, b: &Stereo) -> f32 {
    let sides = [(&a.left, &b.left), (&a.right, &b.right)];
    sides.iter().flat_map(|(a, b)| a.iter().zip(b.iter())).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

/// Seconds of the longest stretch below `floor_db`, the fade at the end left out.
fn longest_silence(clip: &Stereo, floor_db: f32) -> f64 {
    let window = clip.rate.frames(0.02);
    let body = &clip.left[..clip.frames() - clip.rate.frames(2.0)];
    let (mut run, mut longest) = (0, 0);
    for slice in body.chunks(window) {
        let rms = (slice.iter().map(|s| s * s).sum::<f32>() / slice.len() as f32).sqrt();
        run = if gain_to_db(rms) < floor_db { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    clip.rate.seconds(longest * window)
}

/// Voice against the rest between 1 and 4 kHz while the voice sings, in dB.
fn voice_to_band_db(song: &Rendering) -> f64 {
    let sung = |clip: &Stereo| -> Vec<f32> {
        let mono = clip.to_mono();
        let slice = |time_s: f64| clip.rate.frames(time_s).min(mono.len());
        song.timeline.lyrics.iter().flat_map(|line| &mono[slice(line.start_s)..slice(line.end_s)]).copied().collect()
    };
    let power = |clip: &Stereo| band_power(&sung(clip), clip.rate, 1_000.0..4_000.0);
    let band = dsp::mix(song.stems.iter().skip(1).map(|(_, clip)| clip));
    10.0 * (power(&song.stems[0].1) / power(&band)).log10()
}

#[test]
fn songs_of_every_style_are_finished_songs() {
    let engine = full();
    let cases = [
        (Occasion::Birthday, Mood::Joyful, Style::Pop, 1),
        (Occasion::Wedding, Mood::Tender, Style::Ballad, 2),
        (Occasion::Graduation, Mood::Proud, Style::Rock, 3),
        (Occasion::ThankYou, Mood::Calm, Style::Folk, 4),
        (Occasion::Farewell, Mood::Playful, Style::Swing, 5),
        (Occasion::Lullaby, Mood::Tender, Style::Lullaby, 6),
    ];
    for (occasion, mood, style, seed) in cases {
        let brief = Brief { occasion, mood, style, age: None, ..mia() };
        let song = make(&engine, &request(brief, seed)).unwrap();
        let what = format!("{style} with recordings");
        check(&song, &what);
        let ratio = voice_to_band_db(&song);
        assert!(ratio > 2.0, "{what}: the voice is only {ratio:.1} dB above the band between 1 and 4 kHz");
        assert_eq!(song.provenance.assets.len(), 2);
    }
}

#[test]
fn songs_without_any_file_are_finished_songs_too() {
    let engine = bare();
    for (style, seed) in [(Style::Pop, 11), (Style::Rock, 12), (Style::Lullaby, 13)] {
        let song = make(&engine, &request(Brief { style, ..mia() }, seed)).unwrap();
        let what = format!("{style} by calculation");
        check(&song, &what);
        let ratio = voice_to_band_db(&song);
        assert!(ratio > 2.0, "{what}: the voice is only {ratio:.1} dB above the band between 1 and 4 kHz");
        assert!(song.provenance.assets.is_empty());
    }
}

#[test]
fn the_same_request_gives_the_same_samples_and_another_seed_does_not() {
    for engine in [full(), bare()] {
        let first = make(&engine, &request(mia(), 7)).unwrap();
        // A fresh engine of the same kind: nothing may depend on what was made before.
        let again = if engine.band() == "soundfont" { full() } else { bare() };
        let second = make(&again, &request(mia(), 7)).unwrap();
        assert!(first.mix == second.mix && first.stems == second.stems, "{} differs", engine.band());
        assert_eq!(first.score, second.score);
        assert_eq!(first.provenance, second.provenance);
    }
    let (first, other) = (make(&bare(), &request(mia(), 7)).unwrap(), make(&bare(), &request(mia(), 8)).unwrap());
    assert_ne!(first.score, other.score);
}

#[test]
fn a_song_stops_in_whatever_phase_it_is_told_to() {
    let engine = bare();
    for phase in Phase::ALL {
        let mut calls_after = 0;
        let mut stopped = false;
        let result = engine.generate(&request(mia(), 3), &mut |progress| {
            calls_after += u32::from(stopped);
            if progress.phase == *phase {
                stopped = true;
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        assert!(matches!(result, Err(GenerateError::Cancelled)), "{phase:?}");
        assert_eq!(calls_after, 0, "{phase:?} went on");
    }
}

#[test]
fn progress_rises_to_the_end_of_each_phase() {
    let mut seen: Vec<(Phase, f32)> = Vec::new();
    bare()
        .generate(&request(mia(), 3), &mut |progress| {
            seen.push((progress.phase, progress.fraction));
            ControlFlow::Continue(())
        })
        .unwrap();
    for phase in Phase::ALL {
        let fractions: Vec<f32> = seen.iter().filter(|(p, _)| p == phase).map(|(_, f)| *f).collect();
        assert!(
            fractions.is_sorted() && fractions.first() == Some(&0.0) && fractions.last() == Some(&1.0),
            "{phase:?}: {fractions:?}"
        );
    }
}

#[test]
fn a_bad_brief_says_what_to_change() {
    let error = make(&bare(), &request(Brief { name: " ".into(), ..mia() }, 1)).unwrap_err();
    assert!(matches!(error, GenerateError::Brief(_)) && error.to_string().contains("needs a name"), "{error}");
}
