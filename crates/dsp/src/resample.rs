//! Changing the sample rate of whole clips.

use rubato::audioadapter_buffers::direct::SequentialSliceOfSlices;
use rubato::{Fft, FixedSync, Resampler, WindowFunction};

use crate::{Error, SampleRate, Stereo};

/// Resamples one channel. The result has `ceil(len · to / from)` samples and lies on the same time axis.
///
/// # Errors
/// [`Error::Resample`] if the pair of rates is refused.
pub fn resample(samples: &[f32], from: SampleRate, to: SampleRate) -> Result<Vec<f32>, Error> {
    Ok(convert(&[samples], from, to)?.pop().unwrap_or_default())
}

/// Resamples a clip, both channels in step. See [`resample`].
///
/// # Errors
/// [`Error::Resample`] if the pair of rates is refused.
pub fn resample_stereo(clip: &Stereo, to: SampleRate) -> Result<Stereo, Error> {
    let mut channels = convert(&[&clip.left, &clip.right], clip.rate, to)?;
    let right = channels.pop().unwrap_or_default();
    let left = channels.pop().unwrap_or_default();
    Stereo::new(to, left, right)
}

fn convert(channels: &[&[f32]], from: SampleRate, to: SampleRate) -> Result<Vec<Vec<f32>>, Error> {
    let frames = channels.first().map_or(0, |channel| channel.len());
    if from == to || frames == 0 {
        return Ok(channels.iter().map(|channel| channel.to_vec()).collect());
    }
    let fail = |reason: String| Error::Resample { from: from.hz(), to: to.hz(), reason };
    let (rate_in, rate_out) = (from.hz() as usize, to.hz() as usize);
    let count = channels.len();
    // An even number of whole ratio periods: the filter's centre then falls on a sample, so nothing shifts in time.
    let period = rate_in / gcd(rate_in, rate_out);
    let chunk = period * 1024_usize.div_ceil(period).next_multiple_of(2);
    let mut resampler =
        Fft::<f32>::new_custom(rate_in, rate_out, chunk, 1, count, WindowFunction::BlackmanHarris2, FixedSync::Both)
            .map_err(|error| fail(error.to_string()))?;
    let input = SequentialSliceOfSlices::new(channels, count, frames).map_err(|error| fail(error.to_string()))?;
    let output = resampler.process_all(&input, frames, None).map_err(|error| fail(error.to_string()))?;
    let interleaved = output.take_data();
    let wanted = (frames * rate_out).div_ceil(rate_in);
    Ok((0..count)
        .map(|channel| {
            let mut samples: Vec<f32> = interleaved.iter().skip(channel).step_by(count).copied().collect();
            samples.resize(wanted, 0.0);
            samples
        })
        .collect())
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_exact_for_every_pair() {
        for (from, to) in [(32_000, 48_000), (44_100, 48_000), (48_000, 44_100), (22_050, 48_000), (48_000, 48_000)] {
            for frames in [0, 1, 7, 1_024, 10_001] {
                let out =
                    resample(&vec![0.1; frames], SampleRate::new(from).unwrap(), SampleRate::new(to).unwrap()).unwrap();
                assert_eq!(out.len(), (frames * to as usize).div_ceil(from as usize), "{frames} at {from} to {to}");
            }
        }
    }
}
