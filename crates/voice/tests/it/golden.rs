//! Our mel-cepstra against those of hts_engine for the same labels.
//!
//! `tests/data/make_golden.sh` made the reference from `tests/data/dear.lab`.

use std::path::Path;

use voice::SLT_PATH;
use voice::hts::{HtsVoice, Label};

const LABELS: &str = include_str!("../data/dear.lab");
const REFERENCE: &[u8] = include_bytes!("../data/dear.mcp");

/// A label file's times are in units of 100 ns; a frame has 5 ms.
fn labels() -> Vec<Label> {
    LABELS
        .lines()
        .map(|line| {
            let fields: Vec<&str> = line.split(' ').collect();
            Label { text: fields[2].into(), end_frame: fields[1].parse::<f64>().unwrap() / 50_000.0 }
        })
        .collect()
}

#[test]
fn mel_cepstra_are_those_of_hts_engine() {
    let voice = HtsVoice::open(Path::new(SLT_PATH)).unwrap();
    let ours = voice.mel_cepstra(&labels());
    let reference: Vec<f32> = REFERENCE.as_chunks().0.iter().map(|c| f32::from_le_bytes(*c)).collect();
    assert_eq!(ours.len() * 45, reference.len());
    let worst = ours.iter().flatten().zip(&reference).map(|(a, b)| (a - f64::from(*b)).abs()).fold(0.0, f64::max);
    assert!(worst < 1e-3, "largest difference {worst}");
}
