//! Test songs, the child process, and finding the one in a recording of the other.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use testkit::NullSink;

pub const RATE: usize = 48_000;

/// The sink works with 16 bits and rounds once on the way.
const EXACT: i32 = 2;

/// Longest wait for the child.
const PATIENCE: Duration = Duration::from_secs(60);

pub type Frames = Vec<[i16; 2]>;

/// Noise that never repeats, so that every place in it can be told from every other. Loud enough never to be taken for silence.
pub fn noise(seed: u64, frames: usize) -> Frames {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let value = 1_000 + (state >> 40) as i16 % 8_000;
        if state & 1 == 0 { value.saturating_abs().max(1_000) } else { -value.saturating_abs().max(1_000) }
    };
    (0..frames).map(|_| [next(), next()]).collect()
}

pub fn write_wav(path: &Path, rate: u32, frames: &[[i16; 2]]) {
    let spec =
        hound::WavSpec { channels: 2, sample_rate: rate, bits_per_sample: 16, sample_format: hound::SampleFormat::Int };
    let mut writer = hound::WavWriter::create(path, spec).unwrap();
    frames.as_flattened().iter().for_each(|&sample| writer.write_sample(sample).unwrap());
    writer.finalize().unwrap();
}

/// The example that plays one file.
pub fn example() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let example = test.parent().and_then(Path::parent).unwrap().join("examples/play");
    assert!(example.exists(), "{} is missing: run `cargo test -p player`, which builds it", example.display());
    example
}

/// Waits for the child and kills it when it takes too long.
pub fn wait(mut child: Child) -> std::process::Output {
    let deadline = Instant::now() + PATIENCE;
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > deadline {
            child.kill().unwrap();
            let output = child.wait_with_output().unwrap();
            panic!("the player hangs: {output:?}");
        }
        thread::sleep(Duration::from_millis(20));
    }
    child.wait_with_output().unwrap()
}

pub fn run(command: &mut Command) -> std::process::Output {
    wait(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
}

/// Plays with these arguments while the sink is recorded: the recording and the final status.
pub fn play(sink: &NullSink, args: &[&str]) -> (Frames, Value) {
    let recording = sink.record();
    let output = run(sink.command(example()).args(args));
    assert!(output.status.success(), "{output:?}");
    let status =
        String::from_utf8(output.stdout).unwrap().lines().last().map(|line| serde_json::from_str(line).unwrap());
    (recording.finish().unwrap(), status.expect("a status"))
}

pub fn close(a: [i16; 2], b: [i16; 2]) -> bool {
    (0..2).all(|side| (i32::from(a[side]) - i32::from(b[side])).abs() <= EXACT)
}

/// Where `piece` is in `recording`, from `from` on.
pub fn find(recording: &[[i16; 2]], piece: &[[i16; 2]], from: usize) -> Option<usize> {
    (from..=recording.len().checked_sub(piece.len())?)
        .find(|&at| piece.iter().zip(&recording[at..]).all(|(&a, &b)| close(a, b)))
}

/// First frame at which the two differ.
pub fn differ(heard: &[[i16; 2]], expected: &[[i16; 2]]) -> Option<usize> {
    heard.iter().zip(expected).position(|(&a, &b)| !close(a, b))
}

pub fn silent(frames: &[[i16; 2]]) -> bool {
    frames.iter().all(|&frame| close(frame, [0; 2]))
}
