//! WAV files: written whole or not at all, read with every lie of a header refused.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use hound::{SampleFormat, WavReader, WavSpec, WavWriter};

use crate::{Error, SampleRate, Stereo};

/// Bits of one stored sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BitDepth {
    Int16,
    Int24,
}

impl BitDepth {
    const fn bits(self) -> u16 {
        match self {
            Self::Int16 => 16,
            Self::Int24 => 24,
        }
    }
}

/// Writes a PCM file with triangular dither of one step, which `dither_seed` decides.
///
/// The file appears under its name only when it is complete and on the disk. Samples beyond full scale are clipped,
/// those that are not numbers become silence.
///
/// # Errors
/// [`Error::Write`] with the path and the system's reason.
pub fn write_wav(path: &Path, clip: &Stereo, depth: BitDepth, dither_seed: u64) -> Result<(), Error> {
    let partial = partial_path(path);
    let written = write_partial(&partial, clip, depth, dither_seed).and_then(|()| std::fs::rename(&partial, path));
    written.map_err(|source| {
        // The failed half is of no use; that it may be gone already does not matter.
        let _ = std::fs::remove_file(&partial);
        Error::Write { path: path.to_owned(), source }
    })
}

fn partial_path(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.partial", std::process::id()));
    path.with_file_name(name)
}

fn write_partial(partial: &Path, clip: &Stereo, depth: BitDepth, dither_seed: u64) -> std::io::Result<()> {
    let spec = WavSpec {
        channels: 2,
        sample_rate: clip.rate.hz(),
        bits_per_sample: depth.bits(),
        sample_format: SampleFormat::Int,
    };
    let mut buffer = BufWriter::with_capacity(1 << 18, File::create(partial)?);
    let mut writer = WavWriter::new(&mut buffer, spec).map_err(io_error)?;
    let steps = f64::from(1_u32 << (depth.bits() - 1));
    let mut dither = Dither(dither_seed);
    for (left, right) in clip.left.iter().zip(&clip.right) {
        for sample in [*left, *right] {
            let scaled = f64::from(sample) * steps + dither.triangular();
            // A float that is not a number casts to 0.
            writer.write_sample(scaled.round().clamp(-steps, steps - 1.0) as i32).map_err(io_error)?;
        }
    }
    writer.finalize().map_err(io_error)?;
    buffer.flush()?;
    buffer.get_ref().sync_all()
}

fn io_error(error: hound::Error) -> std::io::Error {
    match error {
        hound::Error::IoError(error) => error,
        other => std::io::Error::other(other),
    }
}

/// SplitMix64, only for dither. Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
struct Dither(u64);

impl Dither {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Between −1 and 1 step, triangular.
    fn triangular(&mut self) -> f64 {
        self.uniform() - self.uniform()
    }
}

/// Reads a WAV file of one or two channels, integer up to 32 bits or `f32`; one channel is played on both sides.
///
/// # Errors
/// [`Error::Read`] if the file cannot be opened, [`Error::BadWav`] if it is no such file or ends too early,
/// [`Error::SampleRate`] for a rate outside the supported ones.
pub fn read_wav(path: &Path) -> Result<Stereo, Error> {
    let file = File::open(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    let bad = |reason: String| Error::BadWav { path: path.to_owned(), reason };
    let mut reader = WavReader::new(BufReader::new(file)).map_err(|error| bad(error.to_string()))?;
    let spec = reader.spec();
    let rate = SampleRate::new(spec.sample_rate)?;
    let samples: Result<Vec<f32>, hound::Error> = match spec.sample_format {
        SampleFormat::Float => reader.samples::<f32>().collect(),
        SampleFormat::Int => {
            let scale = 1.0 / (1_u64 << (spec.bits_per_sample.clamp(1, 32) - 1)) as f64;
            reader.samples::<i32>().map(|sample| sample.map(|value| (f64::from(value) * scale) as f32)).collect()
        }
    };
    let samples = samples.map_err(|error| bad(error.to_string()))?;
    match spec.channels {
        1 => Stereo::new(rate, samples.clone(), samples),
        2 => Stereo::new(
            rate,
            samples.chunks_exact(2).map(|frame| frame[0]).collect(),
            samples.chunks_exact(2).map(|frame| frame[1]).collect(),
        ),
        channels => Err(bad(format!("it has {channels} channels"))),
    }
}
