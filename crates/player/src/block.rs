//! What travels between the threads: blocks of sound towards the device, ticks back from it, and the few flags both read.
//!
//! Every block carries the generation it was decoded for. A seek only raises the generation: whatever older sound is still queued is
//! stale from that instant and the callback throws it away, so that nobody has to empty a queue that two threads hold.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64};

/// Frames in a full block.
pub const BLOCK: usize = 256;

/// A stereo frame: left, right, nominally within -1..=1.
pub type Frame = [f32; 2];

/// Consecutive frames of one song, at the rate of the device.
#[derive(Clone, Copy)]
pub struct Block {
    pub generation: u64,
    pub song: u64,
    /// Frames between the start of the song and the first frame here.
    pub start: u64,
    /// How many of `samples` count.
    pub frames: usize,
    pub samples: [Frame; BLOCK],
}

/// What the callback did, sent once per callback.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tick {
    /// Generation that was wanted.
    pub generation: u64,
    /// Song of the last frame consumed of this generation; 0 before the first.
    pub song: u64,
    /// Frames between the start of that song and the next frame.
    pub position: u64,
    /// Frames consumed but not yet at the listener's ear.
    pub unheard: u64,
    /// Frames consumed since the stream was opened.
    pub frames: u64,
    /// Times that the queue ran dry while a song was playing.
    pub underruns: u64,
    /// Everything has been decoded, consumed and heard.
    pub ended: bool,
}

/// Flags of one stream.
#[derive(Default)]
pub struct Control {
    /// Blocks of any other generation are stale.
    pub generation: AtomicU64,
    /// Last generation of which enough is queued to begin.
    pub ready: AtomicU64,
    /// Last generation of which all is queued; 0 takes it back.
    pub exhausted: AtomicU64,
    /// Newest song that the decode thread knew of when it said so.
    pub last_song: AtomicU64,
    pub playing: AtomicBool,
    /// Amplitude factor as the bits of an `f32`.
    pub volume: AtomicU32,
    /// Times that the device itself ran dry.
    pub xruns: AtomicU64,
}
