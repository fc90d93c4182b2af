//! A bad voice file is refused with advice, never with a panic.

use std::path::Path;

use voice::hts::HtsVoice;
use voice::{SLT_PACKAGE, SLT_PATH, Singer, VoiceError};

use crate::songs::slt;

fn bytes() -> Vec<u8> {
    drop(slt());
    std::fs::read(SLT_PATH).unwrap()
}

fn refused(bytes: &[u8], what: &str) {
    match HtsVoice::parse(bytes, Path::new("bad.htsvoice")) {
        Ok(_) => panic!("{what} was taken for a voice"),
        Err(error) => {
            assert!(
                matches!(error, VoiceError::DamagedVoice { .. } | VoiceError::UnsupportedVoice { .. }),
                "{error:?}"
            );
            let message = error.to_string();
            assert!(message.contains("bad.htsvoice") && message.contains(SLT_PACKAGE), "{message}");
        }
    }
}

#[test]
fn every_truncation_is_refused() {
    let whole = bytes();
    let lengths = (0..4_000).chain((4_000..whole.len()).step_by(997)).chain(whole.len() - 50..whole.len());
    for length in lengths {
        refused(&whole[..length], &format!("a prefix of {length} bytes"));
    }
}

#[test]
fn garbage_and_other_formats_are_refused() {
    refused(b"RIFF\0\0\0\0WAVEfmt ", "a WAV");
    refused(&[0xff; 4096], "noise");
    let whole = bytes();
    let head = String::from_utf8_lossy(&whole[..830]).into_owned();
    let with = |from: &str, to: &str| {
        assert_eq!(from.len(), to.len());
        let mut changed = head.replace(from, to).into_bytes();
        changed.extend_from_slice(&whole[830..]);
        changed
    };
    for (from, to) in [
        ("SAMPLING_FREQUENCY:32000", "SAMPLING_FREQUENCY:48000"),
        ("NUM_STATES:5", "NUM_STATES:9"),
        ("NUM_STATES:5", "NUM_STATES:0"),
        ("VECTOR_LENGTH[MCP]:45", "VECTOR_LENGTH[MCP]:44"),
        ("ALPHA=0.45", "ALPHA=9.45"),
        ("STREAM_TYPE:MCP", "STREAM_TYPE:MGC"),
        ("DURATION_PDF:0-41163", "DURATION_PDF:9-41163"),
        ("DURATION_PDF:0-41163", "DURATION_PDF:99999-0"),
        ("STREAM_PDF[MCP]", "STREAM_XXX[MCP]"),
    ] {
        refused(&with(from, to), to);
    }
}

#[test]
fn damage_anywhere_is_refused_or_harmless() {
    let whole = bytes();
    for step in 0..400_usize {
        let mut damaged = whole.clone();
        let at = (step * 2_654_435_761) % damaged.len();
        damaged[at] ^= 0x55;
        // A changed mean or tree may still make a voice; what matters is that nothing panics.
        if let Err(error) = HtsVoice::parse(&damaged, Path::new("bad.htsvoice")) {
            assert!(error.to_string().contains(SLT_PACKAGE), "{error}");
        }
    }
}

#[test]
fn a_missing_file_says_what_to_install() {
    let error = Singer::hts(Path::new("/nowhere/no.htsvoice")).err().unwrap().to_string();
    assert!(
        error.contains("/nowhere/no.htsvoice") && error.contains("install the package festvox-us-slt-hts"),
        "{error}"
    );
}

#[test]
fn the_voice_names_itself_for_provenance() {
    let asset = slt().asset().unwrap();
    assert_eq!(asset.sha256, "04475446a92233deabaad85fa52a1e2df562cb269cf4acf463752644d6e4ce2e");
    assert!(Singer::formant().asset().is_none());
}
