//! Every note sounds at its pitch.

use crate::hearing::{f0, median};
use crate::songs::{both, final_consonants, scale, sing};

/// Cents between a note's median pitch over the middle of its vowel and the score.
fn errors(sung: &voice::Sung, score: &score::Score) -> Vec<f64> {
    score
        .melody
        .iter()
        .map(|sung_note| {
            let start = score.tempo.seconds(sung_note.note.onset);
            let end = score.tempo.seconds(sung_note.note.end());
            let wanted = f64::from(sung_note.note.pitch);
            let length = end - start;
            let heard: Vec<f64> = (0..40)
                .filter_map(|i| f0(sung, start + length * (0.3 + 0.4 * f64::from(i) / 40.0)))
                .map(|hz| 1200.0 * (hz / 440.0).log2() - 100.0 * (wanted - 69.0))
                .collect();
            assert!(heard.len() > 20, "note at {start} s is not voiced");
            median(heard).abs()
        })
        .collect()
}

#[test]
fn notes_are_in_tune() {
    for singer in both() {
        let score = scale();
        let cents = errors(&sing(&singer, &score), &score);
        assert!(median(cents.clone()) <= 5.0, "{}: {cents:?}", singer.name());
        assert!(cents.iter().all(|c| *c <= 15.0), "{}: {cents:?}", singer.name());
    }
}

#[test]
fn a_syllable_held_over_three_notes_sings_all_three() {
    for singer in both() {
        let score = final_consonants();
        let cents = errors(&sing(&singer, &score), &score);
        assert!(cents[2..].iter().all(|c| *c <= 15.0), "{}: {cents:?}", singer.name());
    }
}
