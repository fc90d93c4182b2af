//! One song as frames at the rate of the device: a [`Source`] and, where the rates differ, a resampler.
//!
//! The resampler's own delay is cut off and its tail is drained, so that song frame `n` lands on device frame `n * device / song`
//! and the length is right to the frame.

use std::path::Path;
use std::time::Duration;

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Indexing, Resampler};

use crate::Error;
use crate::block::Frame;
use crate::source::Source;

/// Frames that the resampler takes at a time.
const CHUNK: usize = 1024;

/// An open song at the rate of the device.
pub struct Feed {
    source: Source,
    resampling: Option<Resampling>,
    ready: Vec<Frame>,
    /// Frames of `ready` already handed out.
    taken: usize,
    position: u64,
    finished: bool,
}

impl Feed {
    /// Opens `path` for a device of `rate` frames per second.
    ///
    /// # Errors
    /// [`Error::BadAudio`]
    pub fn open(path: &Path, rate: u32) -> Result<Self, Error> {
        let source = Source::open(path)?;
        let resampling = if source.rate() == rate {
            None
        } else {
            Some(Resampling::new(source.rate(), rate).map_err(|reason| Error::bad_audio(path, reason))?)
        };
        Ok(Self { source, resampling, ready: Vec::new(), taken: 0, position: 0, finished: false })
    }

    /// Makes `at` the next instant to be read. A position is rounded to the nearest frame of the file.
    ///
    /// # Errors
    /// [`Error::BadAudio`]
    pub fn seek(&mut self, at: Duration) -> Result<(), Error> {
        let frame = frames_in(at, self.source.rate());
        self.source.seek(frame)?;
        self.position = match &mut self.resampling {
            None => frame,
            Some(resampling) => {
                resampling.reset();
                resampling.scaled(frame)
            }
        };
        self.ready.clear();
        self.taken = 0;
        self.finished = false;
        Ok(())
    }

    /// Device frames between the start of the song and the next frame.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Fills `out` as far as there is song; how many frames it filled, 0 at the end.
    ///
    /// # Errors
    /// [`Error::BadAudio`]
    pub fn read(&mut self, out: &mut [Frame]) -> Result<usize, Error> {
        while self.ready.len() - self.taken < out.len() && !self.finished {
            self.ready.drain(..self.taken);
            self.taken = 0;
            self.refill()?;
        }
        let rest = self.ready.get(self.taken..).unwrap_or_default();
        let frames = rest.len().min(out.len());
        out[..frames].copy_from_slice(&rest[..frames]);
        self.taken += frames;
        self.position += frames as u64;
        Ok(frames)
    }

    fn refill(&mut self) -> Result<(), Error> {
        match &mut self.resampling {
            None => self.finished = !self.source.read(&mut self.ready)?,
            Some(resampling) => {
                self.finished = !self.source.read(&mut resampling.waiting)?;
                resampling.run(self.finished, &mut self.ready);
            }
        }
        Ok(())
    }
}

/// Frames in `span` at `rate`, to the nearest.
pub fn frames_in(span: Duration, rate: u32) -> u64 {
    ((span.as_nanos() * u128::from(rate) + 500_000_000) / 1_000_000_000) as u64
}

/// Changes the rate of a run of frames.
struct Resampling {
    inner: Fft<f32>,
    from: u32,
    to: u32,
    waiting: Vec<Frame>,
    output: Vec<f32>,
    /// Leading frames of the output that are only the resampler's delay.
    delay: usize,
    taken: u64,
    given: u64,
}

impl Resampling {
    fn new(from: u32, to: u32) -> Result<Self, String> {
        let inner =
            Fft::new(from as usize, to as usize, CHUNK, 2, FixedSync::Input).map_err(|error| error.to_string())?;
        let (delay, output) = (inner.output_delay(), vec![0.0; 2 * inner.output_frames_max()]);
        Ok(Self { inner, from, to, waiting: Vec::new(), output, delay, taken: 0, given: 0 })
    }

    fn reset(&mut self) {
        self.inner.reset();
        self.waiting.clear();
        self.delay = self.inner.output_delay();
        (self.taken, self.given) = (0, 0);
    }

    /// `frames` of the file in frames of the device.
    fn scaled(&self, frames: u64) -> u64 {
        let (from, to) = (u128::from(self.from), u128::from(self.to));
        ((u128::from(frames) * to + from / 2) / from) as u64
    }

    /// Resamples what waits; with `last`, all of it and the tail.
    fn run(&mut self, last: bool, out: &mut Vec<Frame>) {
        loop {
            let need = self.inner.input_frames_next();
            let have = self.waiting.len().min(need);
            let due = self.scaled(self.taken + self.waiting.len() as u64);
            if have < need && !(last && self.given < due) {
                return;
            }
            self.taken += have as u64;
            self.waiting.resize(self.waiting.len().max(need), [0.0; 2]);
            let frames = self.process(need);
            self.waiting.drain(..need);
            let late = self.delay.min(frames);
            self.delay -= late;
            let keep = (frames - late).min(due.saturating_sub(self.given) as usize);
            out.extend(self.output.as_chunks().0[late..late + keep].iter().copied());
            self.given += keep as u64;
        }
    }

    /// Runs the first `need` waiting frames through; how many came out. The buffers always fit, so nothing is lost to an error.
    fn process(&mut self, need: usize) -> usize {
        let room = self.output.len() / 2;
        let Ok(input) = InterleavedSlice::new(self.waiting.as_flattened(), 2, self.waiting.len()) else { return 0 };
        let Ok(mut output) = InterleavedSlice::new_mut(&mut self.output, 2, room) else { return 0 };
        let indexing = Indexing::new().partial_len(need);
        self.inner.process_into_buffer(&input, &mut output, Some(&indexing)).map_or(0, |(_, frames)| frames)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(path: &Path, rate: u32, frames: u32) {
        let spec = hound::WavSpec {
            channels: 2,
            sample_rate: rate,
            bits_per_sample: 32,
            sample_format: hound::SampleFormat::Float,
        };
        let mut writer = hound::WavWriter::create(path, spec).unwrap();
        for n in 0..frames {
            for hertz in [440.0, 1_000.0] {
                writer.write_sample(sine(hertz, n as f64 / f64::from(rate))).unwrap();
            }
        }
        writer.finalize().unwrap();
    }

    fn sine(hertz: f64, seconds: f64) -> f32 {
        (0.5 * (std::f64::consts::TAU * hertz * seconds).sin()) as f32
    }

    fn all(feed: &mut Feed) -> Vec<Frame> {
        let mut out = Vec::new();
        let mut piece = [[0.0; 2]; 100];
        loop {
            match feed.read(&mut piece).unwrap() {
                0 => return out,
                frames => out.extend_from_slice(&piece[..frames]),
            }
        }
    }

    #[test]
    fn resampled_song_stays_in_time_from_anywhere() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("tone.wav");
        for (from, to) in [(44_100, 48_000), (48_000, 44_100), (22_050, 96_000), (48_000, 48_000)] {
            tone(&path, from, from / 2);
            let mut feed = Feed::open(&path, to).unwrap();
            for at in [0.0, 0.1, 0.31] {
                feed.seek(Duration::from_secs_f64(at)).unwrap();
                let start = feed.position();
                // A place is exact to a frame of the file.
                let place = (at * f64::from(from)).round() / f64::from(from);
                assert_eq!(start, (place * f64::from(to)).round() as u64);
                let heard = all(&mut feed);
                assert!((start + heard.len() as u64).abs_diff(u64::from(to / 2)) <= 1);
                let margin = if from == to { 0 } else { to as usize / 50 };
                for (i, frame) in heard.iter().enumerate().skip(margin).take(heard.len() - 2 * margin) {
                    let seconds = place + i as f64 / f64::from(to);
                    assert!((frame[0] - sine(440.0, seconds)).abs() < 2e-3, "{from}->{to} from {at}, frame {i}");
                    assert!((frame[1] - sine(1_000.0, seconds)).abs() < 2e-3, "{from}->{to} from {at}, frame {i}");
                }
            }
        }
    }

    #[test]
    fn a_very_short_song_keeps_its_length() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("blip.wav");
        tone(&path, 44_100, 10);
        assert_eq!(all(&mut Feed::open(&path, 48_000).unwrap()).len(), 11);
        assert_eq!(all(&mut Feed::open(&path, 44_100).unwrap()).len(), 10);
    }
}
