//! Vowels begin on the beat, consonants sound before it, and nothing is swallowed.

use crate::hearing::{cut, low_level, median, rms};
use crate::songs::{birthday, both, clear_onsets, final_consonants, sing};

#[test]
fn planned_vowels_begin_on_their_notes_and_segments_have_no_gap() {
    for singer in both() {
        let score = birthday();
        let sung = sing(&singer, &score);
        let vowels: Vec<f64> = sung.segments.iter().filter(|s| s.phoneme.is_vowel()).map(|s| s.start_s).collect();
        let notes: Vec<f64> = score.melody.iter().map(|n| score.tempo.seconds(n.note.onset)).collect();
        assert_eq!(vowels.len(), notes.len());
        assert!(vowels.iter().zip(&notes).all(|(vowel, note)| (vowel - note).abs() < 1e-9), "{vowels:?} {notes:?}");
        for pair in sung.segments.windows(2) {
            assert!(pair[0].end_s > pair[0].start_s && (pair[0].end_s - pair[1].start_s).abs() < 1e-9, "{pair:?}");
        }
    }
}

#[test]
fn vowels_are_heard_on_the_beat() {
    for singer in both() {
        let score = clear_onsets();
        let sung = sing(&singer, &score);
        let late: Vec<f64> = score
            .melody
            .iter()
            .map(|n| {
                let beat = score.tempo.seconds(n.note.onset);
                let full = median((0..40).map(|i| low_level(&sung, beat + 0.1 + 0.005 * f64::from(i))).collect());
                let at = (-50..50).map(|i| beat + 0.002 * f64::from(i));
                let heard = at.into_iter().find(|t| low_level(&sung, *t) > 0.5 * full);
                heard.map_or(f64::INFINITY, |t| (t - beat).abs())
            })
            .collect();
        assert!(median(late.clone()) <= 0.025, "{}: {late:?}", singer.name());
    }
}

#[test]
fn every_phone_sounds() {
    for singer in both() {
        for score in [birthday(), clear_onsets(), final_consonants()] {
            let sung = sing(&singer, &score);
            let loud = rms(cut(&sung, 0.0..1e9));
            for segment in &sung.segments {
                let level = rms(cut(&sung, segment.start_s..segment.end_s));
                assert!(level > 0.01 * loud, "{}: {segment:?} {level} of {loud}", singer.name());
                if segment.phoneme.is_vowel() {
                    assert!(level > 0.4 * loud, "{}: {segment:?} {level} of {loud}", singer.name());
                }
            }
        }
    }
}

#[test]
fn final_consonants_keep_their_energy() {
    for singer in both() {
        let sung = sing(&singer, &final_consonants());
        let segments = &sung.segments;
        for (i, segment) in segments.iter().enumerate() {
            let last = segments.get(i + 1).is_none_or(|next| next.start_s > segment.end_s + 0.1);
            if last {
                let middle = 0.5 * (segment.start_s + segment.end_s);
                let (first, second) = (cut(&sung, segment.start_s..middle), cut(&sung, middle..segment.end_s));
                assert!(rms(second) > 0.35 * rms(first), "{}: {segment:?}", singer.name());
                let after = cut(&sung, segment.end_s + 0.06..segment.end_s + 0.2);
                assert!(rms(after) < 0.02 * rms(second), "{}: {segment:?} rings on", singer.name());
            }
        }
    }
}
