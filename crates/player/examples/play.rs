//! Plays a file from the command line and prints what the player did, one JSON document per line.
//!
//! ```text
//! play FILE [--then FILE]… [--device ID] [--volume F] [--seek S] [--pause-at S] [--jump-at S TO] [--timeout S] [--watch]
//! play --devices
//! ```
//! `--pause-at` pauses for a second once that place was heard; `--jump-at` seeks to TO there. With `--watch` every change of state and
//! every half second is printed when it happens; the last line is the final status. Exit 1 with the reason on stderr when nothing could be played.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use player::{Error, Player, State, Status, devices};

#[derive(Default)]
struct Options {
    files: Vec<PathBuf>,
    device: Option<String>,
    volume: Option<f32>,
    seek: Option<f64>,
    pause_at: Option<f64>,
    jump_at: Option<(f64, f64)>,
    timeout: Option<f64>,
    watch: bool,
    devices: bool,
}

fn main() -> ExitCode {
    let Some(options) = parse(std::env::args().skip(1)) else {
        eprintln!(
            "usage: play FILE [--then FILE] [--device ID] [--volume F] [--seek S] [--pause-at S] [--jump-at S TO] [--timeout S] [--watch]"
        );
        return ExitCode::from(2);
    };
    match if options.devices { list() } else { play(&options) } {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn parse(mut args: impl Iterator<Item = String>) -> Option<Options> {
    let mut options = Options::default();
    while let Some(arg) = args.next() {
        let mut number = || args.next()?.parse::<f64>().ok().filter(|n| *n >= 0.0 && *n < 1e6);
        match arg.as_str() {
            "--seek" => options.seek = Some(number()?),
            "--pause-at" => options.pause_at = Some(number()?),
            "--jump-at" => options.jump_at = Some((number()?, number()?)),
            "--timeout" => options.timeout = Some(number()?),
            "--volume" => options.volume = Some(number()? as f32),
            "--device" => options.device = Some(args.next()?),
            "--then" => options.files.push(args.next()?.into()),
            "--watch" => options.watch = true,
            "--devices" => options.devices = true,
            flag if flag.starts_with("--") => return None,
            file => options.files.push(file.into()),
        }
    }
    (options.devices || !options.files.is_empty()).then_some(options)
}

fn list() -> Result<(), Error> {
    for device in devices()? {
        println!("{{\"id\":{:?},\"name\":{:?},\"default\":{}}}", device.id, device.name, device.default);
    }
    Ok(())
}

fn play(options: &Options) -> Result<(), Error> {
    let player = Player::open(options.device.as_deref())?;
    let (first, rest) = options.files.split_first().ok_or(Error::NothingLoaded)?;
    player.load(first)?;
    rest.iter().try_for_each(|file| player.enqueue(file))?;
    if let Some(volume) = options.volume {
        player.set_volume(volume)?;
    }
    if let Some(place) = options.seek {
        player.seek(Duration::from_secs_f64(place))?;
    }
    player.play()?;

    let deadline = Instant::now() + Duration::from_secs_f64(options.timeout.unwrap_or(3_600.0));
    let (mut pause_at, mut jump_at) = (options.pause_at, options.jump_at);
    let mut last = None;
    let status = loop {
        let status = player.wait_ended(Duration::from_millis(10), &AtomicBool::new(false));
        let moment = Some((status.state, status.position.as_millis() / 500));
        if options.watch && last != moment {
            last = moment;
            println!("{}", json(&status));
        }
        if matches!(status.state, State::Ended | State::Stopped) || Instant::now() > deadline {
            break status;
        }
        let heard = status.position.as_secs_f64();
        if pause_at.is_some_and(|at| heard >= at) {
            pause_at = None;
            player.pause()?;
            std::thread::sleep(Duration::from_secs(1));
            player.play()?;
        }
        if let Some((_, to)) = jump_at.take_if(|(at, _)| heard >= *at) {
            player.seek(Duration::from_secs_f64(to))?;
        }
    };
    println!("{}", json(&status));
    Ok(())
}

fn json(status: &Status) -> String {
    format!(
        "{{\"state\":\"{:?}\",\"file\":{:?},\"position_s\":{:.6},\"duration_s\":{:.6},\"queued\":{},\"frames\":{},\"underruns\":{},\"notice\":{}}}",
        status.state,
        status.file.as_deref().unwrap_or_else(|| "".as_ref()),
        status.position.as_secs_f64(),
        status.duration.as_secs_f64(),
        status.queued,
        status.frames,
        status.underruns,
        status.notice.as_ref().map_or("null".to_owned(), |notice| format!("{notice:?}")),
    )
}
