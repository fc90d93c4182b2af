//! Sound outputs: their list, and opening a stream on one.

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use cpal::traits::{DeviceTrait, HostTrait};
use cpal::{ErrorKind, FromSample, SampleFormat, SizedSample, StreamConfig, SupportedStreamConfig};
use rtrb::{Consumer, Producer, RingBuffer};

use crate::Error;
use crate::block::{BLOCK, Block, Control, Tick};
use crate::render::Renderer;

/// Buffers per second asked of the device. It holds at least two of them, 0.2 s: shorter ones run dry on a busy machine.
const BUFFERS: u32 = 10;

/// Ticks that fit while nobody looks.
const TICKS: usize = 64;

/// Longest wait for a sound system that opens or polls a stream.
const PATIENCE: Duration = Duration::from_secs(2);

/// ALSA names that convert or discard sound but are no place to hear it.
const NOT_OUTPUTS: [&str; 9] =
    ["null", "lavrate", "samplerate", "speexrate", "speex", "upmix", "vdownmix", "oss", "jack"];

/// A sound output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Stable name to choose it by.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Whether it is the one that the system prefers.
    pub default: bool,
}

/// The sound outputs of this machine; the default first.
///
/// Listing opens none of them, so one that is listed may still refuse to play.
///
/// # Errors
/// [`Error::NoDevice`] when there is no sound system at all.
pub fn devices() -> Result<Vec<Device>, Error> {
    let host = cpal::default_host();
    let default = host.default_output_device().and_then(|device| device.id().ok());
    let mut found: Vec<Device> = Vec::new();
    for device in host.output_devices()?.chain(host.default_output_device()) {
        let Ok(id) = device.id() else { continue };
        let listed = found.iter().any(|other| other.id == id.to_string());
        if !listed && !NOT_OUTPUTS.contains(&id.id()) {
            found.push(Device { id: id.to_string(), name: device.to_string(), default: Some(&id) == default.as_ref() });
        }
    }
    found.sort_by_key(|device| !device.default);
    Ok(found)
}

/// An open stream, silent until its control says otherwise.
pub struct Output {
    pub stream: cpal::Stream,
    pub control: Arc<Control>,
    pub ticks: Consumer<Tick>,
    /// Frames per second.
    pub rate: u32,
}

/// Opens `id`, or the default output, at `volume` with a ring of at least a second. `lost` hears of the first error that the stream cannot survive.
///
/// # Errors
/// [`Error::NoDevice`], [`Error::DeviceNotFound`], [`Error::DeviceBusy`]
pub fn open(
    id: Option<&str>,
    volume: f32,
    lost: impl FnOnce(cpal::Error) + Send + 'static,
) -> Result<(Output, Producer<Block>), Error> {
    let device = find(id)?;
    let supported = device.default_output_config()?;
    let rate = supported.sample_rate();
    let (blocks, feed) = RingBuffer::new(rate as usize / BLOCK + 2);
    let (report, ticks) = RingBuffer::new(TICKS);
    let control = Arc::new(Control { volume: volume.to_bits().into(), ..Control::default() });
    let renderer = Renderer::new(feed, report, control.clone(), supported.channels(), rate);
    let stream = build(&device, supported, renderer, control.clone(), lost)?;
    Ok((Output { stream, control, ticks, rate }, blocks))
}

fn find(id: Option<&str>) -> Result<cpal::Device, Error> {
    let host = cpal::default_host();
    match id {
        None => host.default_output_device().ok_or_else(|| Error::NoDevice { reason: "none is connected".into() }),
        Some(id) => {
            let unknown = || Error::DeviceNotFound { id: id.into() };
            let wanted: cpal::DeviceId = id.parse().map_err(|_| unknown())?;
            host.output_devices()?
                .chain(host.default_output_device())
                .find(|device| device.id().is_ok_and(|id| id == wanted))
                .ok_or_else(unknown)
        }
    }
}

fn build(
    device: &cpal::Device,
    supported: SupportedStreamConfig,
    renderer: Renderer,
    control: Arc<Control>,
    lost: impl FnOnce(cpal::Error) + Send + 'static,
) -> Result<cpal::Stream, Error> {
    let mut config: StreamConfig = supported.into();
    let wanted = config.sample_rate / BUFFERS;
    config.buffer_size = match *supported.buffer_size() {
        cpal::SupportedBufferSize::Range { min, max } if min <= max => cpal::BufferSize::Fixed(wanted.clamp(min, max)),
        _ => cpal::BufferSize::Fixed(wanted),
    };
    let mut lost = Some(lost);
    let error = move |error: cpal::Error| match error.kind() {
        ErrorKind::Xrun => {
            control.xruns.fetch_add(1, Relaxed);
        }
        ErrorKind::RealtimeDenied | ErrorKind::DeviceChanged => {}
        _ => {
            if let Some(lost) = lost.take() {
                lost(error);
            }
        }
    };
    let stream = match supported.sample_format() {
        SampleFormat::F32 => run::<f32>(device, config, renderer, error),
        SampleFormat::F64 => run::<f64>(device, config, renderer, error),
        SampleFormat::I8 => run::<i8>(device, config, renderer, error),
        SampleFormat::I16 => run::<i16>(device, config, renderer, error),
        SampleFormat::I24 => run::<cpal::I24>(device, config, renderer, error),
        SampleFormat::I32 => run::<i32>(device, config, renderer, error),
        SampleFormat::U8 => run::<u8>(device, config, renderer, error),
        SampleFormat::U16 => run::<u16>(device, config, renderer, error),
        other => Err(cpal::Error::with_message(ErrorKind::UnsupportedConfig, format!("it only takes {other} samples"))),
    };
    Ok(stream?)
}

fn run<S: SizedSample + FromSample<f32>>(
    device: &cpal::Device,
    config: StreamConfig,
    mut renderer: Renderer,
    error: impl FnMut(cpal::Error) + Send + 'static,
) -> Result<cpal::Stream, cpal::Error> {
    let rate = u128::from(config.sample_rate);
    let callback = move |out: &mut [S], info: &cpal::OutputCallbackInfo| {
        let at = info.timestamp();
        let held = at.playback.duration_since(at.callback).as_nanos() * rate / 1_000_000_000;
        renderer.render(out, held as u64);
    };
    device.build_output_stream(config, callback, error, Some(PATIENCE))
}
