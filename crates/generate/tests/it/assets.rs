//! Finding assets, and refusing wrong ones.

use generate::band::SoundFont;
use generate::{Asset, Assets, FLUID_R3, GenerateError, SLT, Songsmith};

use crate::{bare, full, make, mia, request};
use generate::Engine;

#[test]
fn a_folder_given_first_wins_and_a_wrong_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FLUID_R3.file);
    std::fs::write(&path, b"not a SoundFont").unwrap();
    let assets = Assets::find(&[folder.path().to_owned()]).unwrap();
    let soundfont = assets.soundfont.clone().unwrap();
    assert_eq!(soundfont.path, path);
    let error = soundfont.verify().unwrap_err();
    assert!(matches!(error, GenerateError::WrongAsset { .. }));
    let message = error.to_string();
    assert!(
        message.contains(FLUID_R3.file) && message.contains("fluid-soundfont-gm") && message.contains("reinstall"),
        "{message}"
    );

    let engine = Songsmith::new(Assets { soundfont: Some(soundfont), voice: None });
    assert!(matches!(make(&engine, &request(mia(), 1)), Err(GenerateError::WrongAsset { .. })));
}

#[test]
fn the_packages_files_are_the_expected_ones() {
    full();
    let assets = Assets::find(&[]).unwrap();
    assert_eq!(assets.soundfont.unwrap().verify().unwrap().sha256, FLUID_R3.sha256);
    assert_eq!(assets.voice.unwrap().verify().unwrap().licence, SLT.licence);
}

#[test]
fn an_asset_that_vanished_is_named() {
    let gone = Asset { path: "/nowhere/voice".into(), manifest: &SLT };
    let message = gone.verify().unwrap_err().to_string();
    assert!(message.contains("/nowhere/voice") && message.contains(SLT.package), "{message}");
}

#[test]
fn engines_say_who_sings_and_plays() {
    let (full, bare) = (full(), bare());
    assert_eq!((full.name(), full.singer(), full.band()), ("songsmith", "slt", "soundfont"));
    assert_eq!((bare.singer(), bare.band()), ("formant", "procedural"));
}

#[test]
fn broken_soundfonts_are_refused_and_never_panic() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.sf2");
    let head: Vec<u8> = std::fs::read(format!("{}/{}", FLUID_R3.folder, FLUID_R3.file)).unwrap()[..6_000].to_vec();
    for length in (0..head.len()).step_by(97) {
        std::fs::write(&path, &head[..length]).unwrap();
        let error = SoundFont::load(&path).err().expect("half a SoundFont was accepted");
        assert!(error.to_string().contains("broken.sf2"), "{error}");
    }
}
