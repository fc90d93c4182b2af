//! What goes wrong before anything is heard, in words that say what to do.

use std::fs;
use std::process::Command;
use std::time::Duration;

use player::{Error, Player, State};

use crate::capture::{example, noise, run, write_wav};

#[test]
fn without_a_device_the_message_says_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("song.wav");
    write_wav(&file, 48_000, &noise(1, 4_800));
    let output = run(Command::new(example())
        .arg(&file)
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .env("PULSE_SERVER", format!("unix:{}/none.sock", home.path().display()))
        .env("ALSA_CONFIG_PATH", no_cards(home.path())));
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains("Connect headphones or speakers") && message.contains("can be exported"), "{message}");
}

/// An ALSA configuration that knows no card, whatever this machine has.
fn no_cards(home: &std::path::Path) -> std::path::PathBuf {
    let path = home.join("alsa.conf");
    fs::write(&path, "pcm.default { type hw card 31 }\nctl.default { type hw card 31 }\n").unwrap();
    path
}

#[test]
fn a_file_that_is_no_audio_is_refused_and_nothing_is_lost() {
    let home = tempfile::tempdir().unwrap();
    let player = Player::open(Some("alsa:no-such-output")).unwrap();
    let song = home.path().join("song.wav");
    write_wav(&song, 48_000, &noise(1, 48_000));
    assert!(matches!(player.load(&song), Err(Error::DeviceNotFound { .. })));

    let garbage = home.path().join("garbage.mp3");
    fs::write(
        &garbage,
        noise(2, 5_000).as_flattened().iter().flat_map(|sample| sample.to_le_bytes()).collect::<Vec<u8>>(),
    )
    .unwrap();
    for refused in [player.load(&garbage), player.enqueue(&garbage), player.load(&home.path().join("missing.wav"))] {
        let error = refused.unwrap_err();
        assert!(matches!(error, Error::BadAudio { .. }), "{error}");
        assert!(error.to_string().contains("choose a WAV, FLAC or MP3 file"), "{error}");
    }
    let status = player.status();
    assert_eq!((status.state, status.file, status.duration), (State::Stopped, Some(song), Duration::from_secs(1)));
}

#[test]
fn the_transport_needs_a_song() {
    let player = Player::open(None).unwrap();
    for result in [player.play(), player.pause(), player.seek(Duration::from_secs(1))] {
        assert!(matches!(result, Err(Error::NothingLoaded)), "{result:?}");
    }
    player.stop().unwrap();
    player.set_volume(f32::NAN).unwrap();
    assert_eq!(player.status(), player::Status::default());
}

#[test]
fn a_place_survives_without_a_device() {
    let home = tempfile::tempdir().unwrap();
    let song = home.path().join("song.wav");
    write_wav(&song, 44_100, &noise(1, 88_200));
    let player = Player::open(Some("alsa:no-such-output")).unwrap();
    player.load(&song).unwrap_err();
    player.seek(Duration::from_millis(700)).unwrap();
    assert!(matches!(player.play(), Err(Error::DeviceNotFound { .. })));
    assert_eq!(player.status().position, Duration::from_millis(700));
    player.seek(Duration::from_secs(99)).unwrap();
    assert_eq!(player.status().position, Duration::from_secs(2));
    player.enqueue(&song).unwrap();
    assert_eq!(player.status().queued, 1);
    player.stop().unwrap();
    let status = player.status();
    assert_eq!((status.queued, status.position), (0, Duration::ZERO));
}

#[test]
fn a_player_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Player>();
}
