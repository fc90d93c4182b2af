//! A sound card that is not there: a private PulseAudio server with a null sink whose monitor can be recorded sample for sample.
//!
//! It listens on a socket in a folder of its own and touches no sound system of the person who runs the tests. A program that shall play
//! on it has to be a child process started by [`NullSink::command`], because ALSA reads its configuration once per process.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Frames per second of the sink and of recordings.
pub const RATE: u32 = 48_000;

/// Bytes of a recorded frame: two channels of 16 bits.
const FRAME: u64 = 4;

/// Longest wait for anything here.
const PATIENCE: Duration = Duration::from_secs(20);

const ALSA: &str = "pcm.!default { type pulse }\nctl.!default { type pulse }\n";

/// Why the rig does not work.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RigError {
    #[error("{tool} is not installed ({source}). Run the tests with `make test`, which installs what they need")]
    Missing { tool: &'static str, source: io::Error },
    #[error("{what} did not happen within {} s; the log of the sound server says: {log}", PATIENCE.as_secs())]
    TooSlow { what: &'static str, log: String },
    #[error("pactl {command}: {message}")]
    Refused { command: String, message: String },
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// The server with its sink. Ends with this value.
pub struct NullSink {
    home: TempDir,
    server: Child,
    sink: Option<String>,
}

impl NullSink {
    /// Starts the server and waits until it answers.
    ///
    /// # Errors
    /// [`RigError::Missing`] without PulseAudio, [`RigError::TooSlow`] when it does not come up.
    pub fn start() -> Result<Self, RigError> {
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
            .spawn()
            .map_err(|source| RigError::Missing { tool: "pulseaudio", source })?;
        let mut rig = Self { home, server, sink: None };
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
        if let Some(module) = self.sink.take() {
            self.pactl(&["unload-module", &module])?;
        }
        Ok(())
    }

    /// Puts the sink back.
    ///
    /// # Errors
    /// [`RigError::Refused`]
    pub fn plug(&mut self) -> Result<(), RigError> {
        if self.sink.is_none() {
            // Without rewinding, what the monitor has shown is what is heard, and a stream starts within 50 ms instead of two seconds.
            let args = [
                "load-module",
                "module-null-sink",
                "sink_name=ci",
                &format!("rate={RATE}"),
                "channels=2",
                "norewinds=1",
            ];
            let module = self.pactl(&args)?;
            self.sink = Some(module.trim().to_owned());
        }
        Ok(())
    }

    /// Records the sink from now on.
    ///
    /// # Errors
    /// [`RigError::Missing`] without `parec`, [`RigError::TooSlow`] when no sound arrives.
    pub fn record(&self) -> Result<Recording<'_>, RigError> {
        let file = tempfile::NamedTempFile::new_in(self.home.path())?;
        let recorder = self
            .command("parec")
            .args(["--device=ci.monitor", "--raw", "--format=s16le", "--channels=2", "--latency-msec=50"])
            .arg(format!("--rate={RATE}"))
            .stdin(Stdio::null())
            .stdout(file.reopen()?)
            .stderr(Stdio::null())
            .spawn()
            .map_err(|source| RigError::Missing { tool: "parec", source })?;
        let recording = Recording { rig: self, recorder, file };
        recording.wait_for(u64::from(RATE / 10))?;
        Ok(recording)
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
        let output =
            self.command("pactl").args(args).output().map_err(|source| RigError::Missing { tool: "pactl", source })?;
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
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A running recording.
pub struct Recording<'a> {
    rig: &'a NullSink,
    recorder: Child,
    file: tempfile::NamedTempFile,
}

impl Recording<'_> {
    /// Ends it once another second is recorded; the frames (left, right).
    ///
    /// # Errors
    /// [`RigError::TooSlow`] when the recorder stands still.
    pub fn finish(mut self) -> Result<Vec<[i16; 2]>, RigError> {
        self.wait_for(u64::from(RATE))?;
        self.recorder.kill()?;
        self.recorder.wait()?;
        let bytes = fs::read(self.file.path())?;
        let (frames, _) = bytes.as_chunks::<4>();
        Ok(frames.iter().map(|&[a, b, c, d]| [i16::from_le_bytes([a, b]), i16::from_le_bytes([c, d])]).collect())
    }

    /// Waits until so many more frames are recorded.
    fn wait_for(&self, frames: u64) -> Result<(), RigError> {
        let length = || self.file.path().metadata().map(|meta| meta.len());
        let (wanted, deadline) = (length()? + frames * FRAME, Instant::now() + PATIENCE);
        while length()? < wanted {
            if Instant::now() > deadline {
                return Err(self.rig.too_slow("recording"));
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

impl Drop for Recording<'_> {
    fn drop(&mut self) {
        let _ = self.recorder.kill();
        let _ = self.recorder.wait();
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
