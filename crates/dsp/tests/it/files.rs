//! WAV files.

use dsp::{BitDepth, Error, SampleRate, read_wav, write_wav};

use crate::sine;

#[test]
fn what_is_written_is_read_back_within_its_dither() {
    let folder = tempfile::tempdir().unwrap();
    let clip = sine(440.0, 0.8, SampleRate::HZ_48000, 0.2);
    for (depth, step) in [(BitDepth::Int16, 1.0 / 32_768.0), (BitDepth::Int24, 1.0 / 8_388_608.0)] {
        let path = folder.path().join("tone.wav");
        write_wav(&path, &clip, depth, 1).unwrap();
        let back = read_wav(&path).unwrap();
        assert_eq!((back.rate, back.frames()), (clip.rate, clip.frames()));
        let worst = back.left.iter().zip(&clip.left).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(worst <= 1.51 * step, "{worst}");
        assert!(worst > 0.5 * step, "no dither: {worst}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "a partial file is left");
}

#[test]
fn the_dither_seed_decides_the_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let clip = sine(440.0, 0.1, SampleRate::HZ_48000, 0.1);
    let bytes = |name: &str, seed| {
        let path = folder.path().join(name);
        write_wav(&path, &clip, BitDepth::Int16, seed).unwrap();
        std::fs::read(path).unwrap()
    };
    assert_eq!(bytes("a", 7), bytes("b", 7));
    assert_ne!(bytes("a", 7), bytes("c", 8));
}

#[test]
fn overs_and_wild_numbers_are_tamed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wild.wav");
    let mut clip = sine(440.0, 0.1, SampleRate::HZ_48000, 0.01);
    clip.left[0] = f32::NAN;
    clip.left[1] = f32::INFINITY;
    clip.left[2] = -40.0;
    write_wav(&path, &clip, BitDepth::Int16, 1).unwrap();
    let back = read_wav(&path).unwrap();
    assert_eq!(back.left[0], 0.0);
    assert!(back.left[1] > 0.999 && back.left[2] == -1.0);
}

#[test]
fn broken_files_are_named_and_never_panic() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.wav");
    write_wav(&path, &sine(440.0, 0.5, SampleRate::HZ_48000, 0.01), BitDepth::Int16, 1).unwrap();
    let whole = std::fs::read(&path).unwrap();
    for length in 0..whole.len() {
        std::fs::write(&path, &whole[..length]).unwrap();
        let error = read_wav(&path).err();
        assert!(matches!(error, Some(Error::BadWav { .. })), "{length} bytes: {error:?}");
    }
    let missing = read_wav(&folder.path().join("none.wav")).unwrap_err();
    assert!(matches!(missing, Error::Read { .. }) && missing.to_string().contains("none.wav"));
    let unwritable = write_wav(
        &folder.path().join("no/such/x.wav"),
        &sine(1.0, 0.1, SampleRate::HZ_48000, 0.01),
        BitDepth::Int16,
        1,
    );
    assert!(unwritable.unwrap_err().to_string().contains("disk has room"));
}
