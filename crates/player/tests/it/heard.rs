//! Captured playback equals the file: whole, from a place, across a pause, across a seek, across two songs, at another rate.

use testkit::NullSink;

use crate::capture::{RATE, differ, find, noise, play, silent, write_wav};

/// Frames of a 5 ms fade, with a few to spare for rounding.
const FADE: usize = 250;

/// Asserts that all of `song` is in `recording` exactly, once, with silence around it.
fn assert_whole(recording: &[[i16; 2]], song: &[[i16; 2]]) {
    let start = find(recording, &song[..512], 0).expect("the beginning is heard");
    assert!(silent(&recording[..start]), "silence before");
    let heard = &recording[start..];
    assert!(heard.len() > song.len(), "the recording ends too early");
    assert_eq!(differ(heard, song), None, "a gap or a glitch");
    assert!(silent(&heard[song.len()..]), "silence after");
}

#[test]
fn a_song_is_heard_sample_for_sample() {
    let sink = NullSink::start().unwrap();
    let song = noise(1, 2 * RATE + 77);
    let file = sink.path().join("song.wav");
    write_wav(&file, RATE as u32, &song);
    let (recording, status) = play(&sink, &[file.to_str().unwrap()]);
    assert_whole(&recording, &song);
    assert_eq!(status["state"], "Ended");
    assert_eq!(status["frames"], song.len());
    assert_eq!(status["underruns"], 0);
    assert_eq!(status["position_s"], status["duration_s"]);
}

#[test]
fn songs_follow_each_other_without_a_gap() {
    let sink = NullSink::start().unwrap();
    let songs = [noise(2, RATE / 2 + 1), noise(3, RATE / 3), noise(4, RATE / 2)];
    let files: Vec<String> =
        (0..3).map(|i| sink.path().join(format!("{i}.wav")).to_str().unwrap().to_owned()).collect();
    for (file, song) in files.iter().zip(&songs) {
        write_wav(file.as_ref(), RATE as u32, song);
    }
    let (recording, status) = play(&sink, &[&files[0], "--then", &files[1], "--then", &files[2]]);
    assert_whole(&recording, &songs.concat());
    assert_eq!((status["state"].as_str(), status["file"].as_str()), (Some("Ended"), Some(files[2].as_str())));
}

#[test]
fn a_seek_before_playing_lands_on_the_frame() {
    let sink = NullSink::start().unwrap();
    let song = noise(5, 2 * RATE);
    let file = sink.path().join("song.wav");
    write_wav(&file, RATE as u32, &song);
    let (recording, status) = play(&sink, &[file.to_str().unwrap(), "--seek", "1.2345"]);
    let place = 59_256;
    let first = recording.iter().position(|frame| !silent(&[*frame])).expect("something is heard");
    let after_fade = find(&recording, &song[place + FADE..][..512], 0).expect("the place is heard");
    // The very first faded sample may round to silence.
    assert!((FADE - 3..=FADE).contains(&(after_fade - first)), "{}", after_fade - first);
    assert_eq!(differ(&recording[after_fade..], &song[place + FADE..]), None);
    assert!(silent(&recording[after_fade + song.len() - place - FADE..]));
    assert_eq!(status["frames"], song.len() - place);
}

#[test]
fn a_seek_while_playing_flushes_and_lands_on_the_frame() {
    let sink = NullSink::start().unwrap();
    let song = noise(6, 2 * RATE);
    let file = sink.path().join("song.wav");
    write_wav(&file, RATE as u32, &song);
    for (to, args) in [(1.4, ["--jump-at", "0.5", "1.4"]), (0.25, ["--jump-at", "0.8", "0.25"])] {
        let (recording, status) = play(&sink, &[&[file.to_str().unwrap()], &args[..]].concat());
        let start = find(&recording, &song[..512], 0).expect("the beginning is heard");
        let before = differ(&recording[start..], &song).expect("it does not play straight through");
        let place = (to * RATE as f64) as usize + FADE;
        let landed = find(&recording, &song[place..][..512], start + before).expect("the new place is heard");
        assert!(landed - start - before < RATE / 2, "the old place was flushed, not played out");
        assert_eq!(differ(&recording[landed..], &song[place..]), None);
        assert!(silent(&recording[landed + song.len() - place..]));
        assert_eq!(status["underruns"], 0);
    }
}

#[test]
fn a_pause_loses_and_repeats_nothing() {
    let sink = NullSink::start().unwrap();
    let song = noise(7, 3 * RATE / 2);
    let file = sink.path().join("song.wav");
    write_wav(&file, RATE as u32, &song);
    let (recording, status) = play(&sink, &[file.to_str().unwrap(), "--pause-at", "0.5"]);
    let start = find(&recording, &song[..512], 0).expect("the beginning is heard");
    let faded = differ(&recording[start..], &song).expect("there is a pause");
    // Out of the fade: silence, then a fade in that continues at the frame after the last one that was faded out.
    let pause = start + faded + FADE;
    let sound = pause + recording[pause..].iter().position(|frame| !silent(&[*frame])).expect("it goes on");
    assert!(sound - pause > RATE / 10, "a pause of a second of the listener");
    let back = find(&recording, &song[faded + 2 * FADE..][..512], sound).expect("it goes on where it was");
    assert_eq!(differ(&recording[back..], &song[faded + 2 * FADE..]), None);
    // Had frames been lost or repeated, the two fades would not be exactly as long as two fades.
    let fades = 2 * FADE - (back - sound);
    assert!((236..=246).contains(&fades), "{fades} frames were faded out");
    assert_eq!(status["frames"], song.len());
    assert_eq!(status["underruns"], 0);
}

#[test]
fn volume_scales_what_is_heard() {
    let sink = NullSink::start().unwrap();
    let song = noise(8, RATE / 2);
    let file = sink.path().join("song.wav");
    write_wav(&file, RATE as u32, &song);
    let (recording, _) = play(&sink, &[file.to_str().unwrap(), "--volume", "0.5"]);
    let half: Vec<_> = song.iter().map(|frame| frame.map(|sample| sample / 2)).collect();
    let place = find(&recording, &half[FADE..][..512], 0).expect("half as loud");
    assert_eq!(differ(&recording[place..], &half[FADE..]), None);
}

#[test]
fn another_rate_is_resampled_in_time() {
    let sink = NullSink::start().unwrap();
    let tone = |rate: f64, n: usize| {
        let wave = |hertz: f64| (10_000.0 * (std::f64::consts::TAU * hertz * n as f64 / rate).sin()) as i16;
        [wave(440.0), wave(1_000.0)]
    };
    let song: Vec<_> = (0..2 * 44_100).map(|n| tone(44_100.0, n)).collect();
    let file = sink.path().join("song.wav");
    write_wav(&file, 44_100, &song);
    let (recording, status) = play(&sink, &[file.to_str().unwrap()]);
    assert_eq!(status["frames"], 2 * RATE);
    // The best place for a second out of the middle, then the difference there.
    let expected: Vec<_> = (0..2 * RATE).map(|n| tone(48_000.0, n)).collect();
    let first = recording.iter().position(|frame| frame[0].abs() > 100).expect("something is heard");
    let middle = RATE / 2;
    let worst = (first.saturating_sub(20)..first + 20)
        .map(|start| {
            (0..RATE)
                .map(|n| (i32::from(recording[start + middle + n][0]) - i32::from(expected[middle + n][0])).abs())
                .max()
                .unwrap()
        })
        .min()
        .unwrap();
    assert!(worst < 30, "{worst} of 10000");
}
