//! The output goes away while a song plays, and comes back.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::Value;
use testkit::NullSink;

use crate::capture::{RATE, differ, example, find, noise, silent, wait, write_wav};

/// Bound of every wait for a line of the child.
const PATIENCE: Duration = Duration::from_secs(30);

#[test]
fn playing_goes_on_from_the_place_when_the_output_is_back() {
    let mut sink = NullSink::start().unwrap();
    let song = noise(9, 5 * RATE);
    let file = sink.path().join("song.wav");
    write_wav(&file, RATE as u32, &song);
    let mut child = sink
        .command(example())
        .args([file.to_str().unwrap(), "--watch", "--timeout", "40"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (lines, states) = mpsc::channel();
    let stdout = BufReader::new(child.stdout.take().unwrap());
    let reader = thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| lines.send(line)));
    let mut next = |state: &str| -> Value {
        let line = states.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no {state}"));
        let status: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(status["state"], state, "{status}");
        status
    };

    next("Playing");
    thread::sleep(Duration::from_millis(1_500));
    sink.unplug().unwrap();
    let lost = next("DeviceLost");
    assert!(lost["notice"].as_str().unwrap().contains("Connect headphones"), "{lost}");
    let place = lost["position_s"].as_f64().unwrap();
    assert!(place > 0.2 && place < 4.0, "{place}");

    sink.plug().unwrap();
    let recording = sink.record().unwrap();
    next("Playing");
    next("Ended");
    let ended = next("Ended");
    assert_eq!(ended["position_s"], ended["duration_s"]);
    assert!(wait(child).status.success());
    reader.join().unwrap().unwrap();

    let recording = recording.finish().unwrap();
    let tail = 4 * RATE;
    let start = find(&recording, &song[tail..][..512], 0).expect("the rest of the song is heard");
    assert_eq!(differ(&recording[start..], &song[tail..]), None);
    assert!(silent(&recording[start + song.len() - tail..]));
    // It went on where it was heard last: not from the start, and nothing skipped.
    let first = recording.iter().position(|frame| !silent(&[*frame])).unwrap();
    let resumed = (tail as f64 - (start - first) as f64) / RATE as f64;
    assert!((resumed - place).abs() < 0.3 || first == 0, "lost at {place} s, resumed at {resumed} s");
}

#[test]
fn a_server_that_dies_is_a_lost_device() {
    let mut sink = NullSink::start().unwrap();
    let file = sink.path().join("song.wav");
    write_wav(&file, RATE as u32, &noise(10, 8 * RATE));
    let child = sink
        .command(example())
        .args([file.to_str().unwrap(), "--watch", "--timeout", "5"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    thread::sleep(Duration::from_millis(1_500));
    sink.kill().unwrap();
    let output = wait(child);
    let last: Value = String::from_utf8(output.stdout).unwrap().lines().last().map(|line| serde_json::from_str(line).unwrap()).unwrap();
    assert_eq!(last["state"], "DeviceLost", "{last}");
    assert!(last["position_s"].as_f64().unwrap() > 0.2, "{last}");
}
