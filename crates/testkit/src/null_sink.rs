//! A sound card that is not there: a private PulseAudio server whose only sink is a pipe that the test reads, sample for sample.
//!
//! The reader is the clock of the sink, and it is slow: a second of sound takes [`SLOWNESS`] seconds. A machine busy with something else
//! then still feeds it in time, and a gap in what was heard is a fault of the player and not of the scheduler.
//!
//! The server listens on a socket in a folder of its own and touches no sound system of the person who runs the tests. A program that
//! shall play on it has to be a child process started by [`NullSink::command`], because ALSA reads its configuration once per process.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Frames per second of the sink and of recordings.
pub const RATE: u32 = 48_000;

/// Seconds that a second of sound takes.
pub const SLOWNESS: u32 = 4;

/// Frames that the clock takes at once.
const CHUNK: usize = 1_200;

/// Bytes of a frame: two channels of 16 bits.
const FRAME: usize = 4;

/// Longest wait for anything here.
const PATIENCE: Duration = Duration::from_secs(20);

const TOOLS: [&str; 3] = ["pulseaudio", "pactl", "pacat"];

const ALSA: &str = "pcm.!default { type pulse }\nctl.!default { type pulse }\n";

/// Why the rig does not work.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RigError {
    #[error("{tool} is not installed. Run the tests with `make test`, which installs what they need")]
    Missing { tool: &'static str },
    #[error("{what} did not happen within {} s; the log of the sound server says: {log}", PATIENCE.as_secs())]
    TooSlow { what: &'static str, log: String },
    #[error("pactl {command}: {message}")]
    Refused { command: String, message: String },
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// The sink while it is plugged in.
struct Sink {
    module: String,
    hum: Child,
    clock: JoinHandle<()>,
}

/// The server with its sink. Ends with this value.
pub struct NullSink {
    home: TempDir,
    server: Child,
    sink: Option<Sink>,
    heard: Arc<Mutex<Vec<[i16; 2]>>>,
}

impl NullSink {
    /// Starts the server and waits until it answers.
    ///
    /// # Errors
    /// [`RigError::Missing`] without PulseAudio, [`RigError::TooSlow`] when it does not come up.
    pub fn start() -> Result<Self, RigError> {
        require(&std::env::var_os("PATH").unwrap_or_default())?;
        let home = TempDir::with_prefix("sink-")?;
        fs::write(home.path().join(".asoundrc"), ALSA)?;
        let socket = format!("module-native-protocol-unix auth-anonymous=1 socket={}", socket(home.path()).display());
        let server = Command::new("pulseaudio")
            .args([
                "-n",
                "--daemonize=no",
                "--exit-idle-time=-1",
                "--disallow-exit",
                "--use-pid-file=no",
                "--log-target=stderr",
            ])
            .args(["--disable-shm=yes", "--realtime=no", "--load", &socket])
            .envs(environment(home.path()))
            .env_remove("PULSE_SERVER")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(home.path().join("log"))?)
            .spawn()?;
        let mut rig = Self { home, server, sink: None, heard: Arc::default() };
        let deadline = Instant::now() + PATIENCE;
        while rig.pactl(&["info"]).is_err() {
            if Instant::now() > deadline || rig.server.try_wait()?.is_some() {
                return Err(rig.too_slow("the start of the sound server"));
            }
            thread::sleep(Duration::from_millis(50));
        }
        rig.plug()?;
        Ok(rig)
    }

    /// A command that finds this sink as its only output.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.envs(environment(self.home.path()));
        command
    }

    /// A folder that goes away with this value.
    pub fn path(&self) -> &Path {
        self.home.path()
    }

    /// Takes the sink away, as when a cable is pulled.
    ///
    /// # Errors
    /// [`RigError::Refused`]
    pub fn unplug(&mut self) -> Result<(), RigError> {
        if let Some(sink) = self.sink.take() {
            self.pactl(&["unload-module", &sink.module])?;
            end(sink.hum);
            // What is left in the pipe is heard before silence falls.
            let _ = sink.clock.join();
        }
        Ok(())
    }

    /// Puts the sink back.
    ///
    /// # Errors
    /// [`RigError::Refused`]
    pub fn plug(&mut self) -> Result<(), RigError> {
        if self.sink.is_some() {
            return Ok(());
        }
        let pipe = self.home.path().join("pipe");
        let (file, rate) = (format!("file={}", pipe.display()), format!("rate={RATE}"));
        let module = self.pactl(&[
            "load-module",
            "module-pipe-sink",
            "sink_name=ci",
            &file,
            &rate,
            "channels=2",
            "format=s16le",
        ])?;
        // The sink stands still while nobody plays on it, so somebody always plays silence.
        let hum = self
            .command("pacat")
            .args(["--playback", "--raw", "--format=s16le", "--channels=2", "/dev/zero"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let (pipe, heard) = (File::open(pipe)?, self.heard.clone());
        let clock = thread::Builder::new().name("sink-clock".into()).spawn(move || listen(pipe, &heard))?;
        self.sink = Some(Sink { module: module.trim().to_owned(), hum, clock });
        Ok(())
    }

    /// Records the sink from now on.
    pub fn record(&self) -> Recording<'_> {
        Recording { rig: self, start: self.length() }
    }

    fn length(&self) -> usize {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Kills the whole server.
    ///
    /// # Errors
    /// [`RigError::Io`]
    pub fn kill(&mut self) -> Result<(), RigError> {
        self.server.kill()?;
        self.server.wait()?;
        Ok(())
    }

    fn pactl(&self, args: &[&str]) -> Result<String, RigError> {
        let output = self.command("pactl").args(args).output()?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            Err(RigError::Refused {
                command: args.join(" "),
                message: String::from_utf8_lossy(&output.stderr).into_owned(),
            })
        }
    }

    fn too_slow(&self, what: &'static str) -> RigError {
        RigError::TooSlow { what, log: fs::read_to_string(self.home.path().join("log")).unwrap_or_default() }
    }
}

impl Drop for NullSink {
    fn drop(&mut self) {
        if let Some(sink) = self.sink.take() {
            end(sink.hum);
        }
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A running recording.
pub struct Recording<'a> {
    rig: &'a NullSink,
    start: usize,
}

impl Recording<'_> {
    /// Ends it half a second of sound after now; the frames (left, right).
    ///
    /// # Errors
    /// [`RigError::TooSlow`] when the sink stands still.
    pub fn finish(self) -> Result<Vec<[i16; 2]>, RigError> {
        let (end, deadline) = (self.rig.length() + RATE as usize / 2, Instant::now() + PATIENCE);
        while self.rig.length() < end {
            if Instant::now() > deadline {
                return Err(self.rig.too_slow("recording"));
            }
            thread::sleep(Duration::from_millis(20));
        }
        let heard = self.rig.heard.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(heard[self.start..].to_vec())
    }
}

fn end(mut child: Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// The clock: takes sound out of the pipe, chunk by chunk, until the sink is gone.
fn listen(mut pipe: File, heard: &Mutex<Vec<[i16; 2]>>) {
    let pause = Duration::from_secs(1) * SLOWNESS * CHUNK as u32 / RATE;
    let mut chunk = [0; CHUNK * FRAME];
    while pipe.read_exact(&mut chunk).is_ok() {
        let frames = chunk.as_chunks::<FRAME>().0.iter();
        let frames = frames.map(|&[a, b, c, d]| [i16::from_le_bytes([a, b]), i16::from_le_bytes([c, d])]);
        heard.lock().unwrap_or_else(PoisonError::into_inner).extend(frames);
        thread::sleep(pause);
    }
}

/// Makes sure that all tools are on `path`.
fn require(path: &std::ffi::OsStr) -> Result<(), RigError> {
    match TOOLS.into_iter().find(|tool| !std::env::split_paths(path).any(|folder| folder.join(tool).is_file())) {
        Some(tool) => Err(RigError::Missing { tool }),
        None => Ok(()),
    }
}

fn socket(home: &Path) -> PathBuf {
    home.join("pulse.sock")
}

fn environment(home: &Path) -> [(&'static str, std::ffi::OsString); 4] {
    let server = format!("unix:{}", socket(home).display());
    [
        ("HOME", home.into()),
        ("XDG_RUNTIME_DIR", home.into()),
        ("PULSE_SERVER", server.into()),
        ("PULSE_COOKIE", home.join("cookie").into()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_tool_is_named_with_its_remedy() {
        let folder = tempfile::tempdir().unwrap();
        let message = require(folder.path().as_os_str()).unwrap_err().to_string();
        assert!(message.contains("pulseaudio is not installed") && message.contains("make test"), "{message}");
        TOOLS.iter().for_each(|tool| fs::write(folder.path().join(tool), "").unwrap());
        require(folder.path().as_os_str()).unwrap();
    }
}
