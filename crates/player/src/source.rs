//! Decodes a WAV, FLAC or MP3 file to stereo frames at its own rate, from any frame on, exactly.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error as SymphoniaError;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, SeekMode, SeekTo, TrackType};
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::MetadataOptions;
use symphonia::core::units::Timestamp;

use crate::Error;
use crate::block::Frame;

/// Damaged packets in a row after which a file counts as broken rather than scratched.
const MAX_DAMAGED: u32 = 20;

/// An open audio file.
pub struct Source {
    path: PathBuf,
    format: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    stream: u32,
    rate: u32,
    frames: u64,
    /// Frames before this one are decoded and dropped.
    from: u64,
    samples: Vec<f32>,
}

impl Source {
    /// Opens `path` at its first frame and makes sure that sound can be decoded from it.
    ///
    /// # Errors
    /// [`Error::BadAudio`] when the file cannot be read or holds no sound that we can decode.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let mut probe = Self::open_unchecked(path)?;
        let mut heard = Vec::new();
        probe.read(&mut heard)?;
        if heard.is_empty() {
            return Err(Error::bad_audio(path, "it holds no sound"));
        }
        let mut source = Self::open_unchecked(path)?;
        if source.frames == 0 {
            source.frames = probe.count_frames(heard.len() as u64)?;
        }
        Ok(source)
    }

    fn open_unchecked(path: &Path) -> Result<Self, Error> {
        let bad = |error: SymphoniaError| Error::bad_audio(path, error);
        let file = File::open(path).map_err(|error| Error::bad_audio(path, error))?;
        let mut hint = Hint::new();
        if let Some(extension) = path.extension().and_then(|e| e.to_str()) {
            hint.with_extension(extension);
        }
        let stream = MediaSourceStream::new(Box::new(file), Default::default());
        let format = symphonia::default::get_probe()
            .probe(&hint, stream, FormatOptions::default(), MetadataOptions::default())
            .map_err(bad)?;
        let track =
            format.default_track(TrackType::Audio).ok_or_else(|| Error::bad_audio(path, "it holds no sound"))?;
        let params = track
            .codec_params
            .as_ref()
            .and_then(|p| p.audio())
            .ok_or_else(|| Error::bad_audio(path, "its encoding is unknown"))?;
        let rate = params
            .sample_rate
            .filter(|&rate| rate > 0)
            .ok_or_else(|| Error::bad_audio(path, "its sample rate is unknown"))?;
        let decoder = symphonia::default::get_codecs()
            .make_audio_decoder(params, &AudioDecoderOptions::default())
            .map_err(bad)?;
        let (stream, frames) = (track.id, track.num_frames.unwrap_or(0));
        Ok(Self { path: path.to_owned(), format, decoder, stream, rate, frames, from: 0, samples: Vec::new() })
    }

    /// Length of a file whose header does not tell it. `known` frames were decoded already.
    fn count_frames(mut self, known: u64) -> Result<u64, Error> {
        let mut frames = known;
        let mut rest = Vec::new();
        while self.read(&mut rest)? {
            frames += rest.len() as u64;
            rest.clear();
        }
        Ok(frames)
    }

    /// Frames per second.
    pub fn rate(&self) -> u32 {
        self.rate
    }

    /// Length of the whole file.
    pub fn duration(&self) -> Duration {
        Duration::from_nanos((u128::from(self.frames) * 1_000_000_000 / u128::from(self.rate)) as u64)
    }

    /// Makes `frame` the next one that [`read`](Self::read) delivers. Beyond the end nothing is left to read.
    ///
    /// # Errors
    /// [`Error::BadAudio`] when the file turns out to be damaged.
    pub fn seek(&mut self, frame: u64) -> Result<(), Error> {
        self.from = frame;
        let last = self.frames.saturating_sub(1);
        let to = SeekTo::Timestamp {
            ts: Timestamp::new(i64::try_from(frame.min(last)).unwrap_or(i64::MAX)),
            track_id: self.stream,
        };
        self.format.seek(SeekMode::Accurate, to).map_err(|error| Error::bad_audio(&self.path, error))?;
        self.decoder.reset();
        Ok(())
    }

    /// Appends the next frames to `out`; false at the end of the file. A file cut short ends where the cut is,
    /// a damaged packet becomes as much silence.
    ///
    /// # Errors
    /// [`Error::BadAudio`] when too much in a row is damaged.
    pub fn read(&mut self, out: &mut Vec<Frame>) -> Result<bool, Error> {
        let bad = |error: SymphoniaError| Error::bad_audio(&self.path, error);
        let mut damaged = 0;
        loop {
            let packet = match self.format.next_packet() {
                Ok(Some(packet)) if packet.track_id == self.stream => packet,
                Ok(Some(_)) => continue,
                Ok(None) => return Ok(false),
                Err(SymphoniaError::IoError(error)) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
                    return Ok(false);
                }
                Err(error) => return Err(bad(error)),
            };
            let channels = match self.decoder.decode(&packet) {
                Ok(sound) => {
                    sound.copy_to_vec_interleaved(&mut self.samples);
                    sound.spec().channels().count().max(1)
                }
                Err(SymphoniaError::DecodeError(_)) if damaged < MAX_DAMAGED => {
                    damaged += 1;
                    self.samples.clear();
                    self.samples.resize(usize::try_from(packet.dur.get()).unwrap_or(0).min(1 << 20), 0.0);
                    1
                }
                Err(error) => return Err(bad(error)),
            };
            let first = packet.pts.get().saturating_add_unsigned(packet.trim_start.get());
            let early = i64::try_from(self.from).unwrap_or(i64::MAX).saturating_sub(first).max(0);
            let skip = usize::try_from(early).unwrap_or(usize::MAX);
            let before = out.len();
            out.extend(self.samples.chunks_exact(channels).skip(skip).map(stereo));
            if out.len() > before {
                return Ok(true);
            }
        }
    }
}

/// One channel is heard on both sides; of more than two the first two are heard.
fn stereo(frame: &[f32]) -> Frame {
    match *frame {
        [left, right, ..] => [left, right],
        [mono] => [mono; 2],
        [] => [0.0; 2],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wav(path: &Path, channels: u16, samples: &[i16]) {
        let spec = hound::WavSpec {
            channels,
            sample_rate: 44_100,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut writer = hound::WavWriter::create(path, spec).unwrap();
        samples.iter().for_each(|&sample| writer.write_sample(sample).unwrap());
        writer.finalize().unwrap();
    }

    fn all(source: &mut Source) -> Vec<Frame> {
        let mut out = Vec::new();
        while source.read(&mut out).unwrap() {}
        out
    }

    #[test]
    fn decodes_and_seeks_to_the_very_frame() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("ramp.wav");
        let samples: Vec<i16> = (0..20_000).collect();
        wav(&path, 1, &samples);
        let mut source = Source::open(&path).unwrap();
        assert_eq!((source.rate(), source.duration()), (44_100, Duration::from_nanos(453_514_739)));
        assert_eq!(all(&mut source).len(), 20_000);
        for at in [0_u64, 1, 1_151, 1_152, 1_153, 7_777, 19_999] {
            source.seek(at).unwrap();
            let rest = all(&mut source);
            assert_eq!(rest.len(), 20_000 - at as usize);
            assert_eq!(rest[0], [at as f32 / 32_768.0; 2]);
        }
        source.seek(20_000).unwrap();
        assert!(all(&mut source).is_empty());
    }

    #[test]
    fn what_is_not_audio_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| {
            let path = dir.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        };
        let noise: Vec<u8> = (0..4_096_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let none = dir.path().join("none.wav");
        wav(&none, 2, &[]);
        let bad = [
            write("noise.wav", &noise),
            write("empty.flac", &[]),
            write("text.mp3", b"la la la"),
            none,
            dir.path().join("missing.wav"),
        ];
        for path in bad {
            match Source::open(&path) {
                Err(Error::BadAudio { path: named, .. }) => assert_eq!(named, path),
                Err(other) => panic!("{other}"),
                Ok(_) => panic!("{} opened", path.display()),
            }
        }
    }

    #[test]
    fn a_file_cut_short_plays_up_to_the_cut() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("cut.wav");
        wav(&path, 1, &(0..10_000).collect::<Vec<i16>>());
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(&path, &bytes[..bytes.len() - 10_000]).unwrap();
        let heard = all(&mut Source::open(&path).unwrap());
        assert!((4_000..=5_000).contains(&heard.len()), "{}", heard.len());
        assert!(heard.iter().enumerate().all(|(i, frame)| frame[0] == i as f32 / 32_768.0));
    }
}
