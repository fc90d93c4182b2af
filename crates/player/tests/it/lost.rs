//! The output goes away while a song plays, and comes back.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use testkit::NullSink;

use crate::capture::{RATE, differ, example, find, noise, silent, wait, write_wav};

/// Bound of every wait for a line of the child.
const PATIENCE: Duration = Duration::from_secs(60);

/// The lines that the child prints, as they come.
fn watch(child: &mut Child) -> Receiver<String> {
    let (send, lines) = mpsc::channel();
    let stdout = BufReader::new(child.stdout.take().unwrap());
    thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
    lines
}

/// Waits for `state` at `place` seconds or later.
fn until(lines: &Receiver<String>, state: &str, place: f64) -> Value {
    let mut last = String::new();
    loop {
        last = lines.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no {state} at {place} s, but {last}"));
        let status: Value = serde_json::from_str(&last).unwrap();
        if status["state"] == state && status["position_s"].as_f64() >= Some(place) {
            return status;
        }
    }
}

#[test]
fn playing_goes_on_from_the_place_when_the_output_is_back() {
    let mut sink = NullSink::start().unwrap();
    let song = noise(9, 3 * RATE);
    let file = sink.path().join("song.wav");
    write_wav(&file, RATE as u32, &song);
    let mut child = sink
        .command(example())
        .args([file.to_str().unwrap(), "--watch", "--timeout", "100"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = watch(&mut child);
    until(&lines, "Playing", 1.0);
    sink.unplug().unwrap();
    let lost = until(&lines, "DeviceLost", 1.0);
    assert!(lost["notice"].as_str().unwrap().contains("Connect headphones"), "{lost}");
    let place = lost["position_s"].as_f64().unwrap();
    assert!(place < 1.8, "{place}");

    sink.plug().unwrap();
    let recording = sink.record();
    until(&lines, "Playing", place);
    let ended = until(&lines, "Ended", 3.0);
    assert_eq!(ended["position_s"], ended["duration_s"]);
    assert!(wait(child).status.success());

    let recording = recording.finish().unwrap();
    let tail = 2 * RATE;
    let start = find(&recording, &song[tail..][..512], 0).expect("the rest of the song is heard");
    assert_eq!(differ(&recording[start..], &song[tail..]), None);
    assert!(silent(&recording[start + song.len() - tail..]));
    // It went on where it was heard last: not from the start, and nothing skipped.
    let first = recording.iter().position(|frame| !silent(&[*frame])).unwrap();
    let resumed = (tail as f64 - (start - first) as f64) / RATE as f64;
    assert!(resumed > place - 0.3, "lost at {place} s, resumed at {resumed} s");
    assert!(first == 0 || resumed < place + 0.3, "lost at {place} s, resumed at {resumed} s");
}

#[test]
fn a_server_that_dies_is_a_lost_device() {
    let mut sink = NullSink::start().unwrap();
    let file = sink.path().join("song.wav");
    write_wav(&file, RATE as u32, &noise(10, 6 * RATE));
    let mut child = sink
        .command(example())
        .args([file.to_str().unwrap(), "--watch", "--timeout", "20"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = watch(&mut child);
    until(&lines, "Playing", 1.0);
    sink.kill().unwrap();
    until(&lines, "DeviceLost", 1.0);
    assert!(wait(child).status.success());
}
