//! Plays songs: WAV, FLAC and MP3 files, one after the other without a gap, on any sound output.
//!
//! ```text
//! Player ──commands──▶ control thread ──orders──▶ decode thread
//!    ▲                  │ owns the stream             │ decodes, resamples
//!    └──── status ──────┤                             ▼
//!                       └◀──ticks── callback ◀──ring of blocks (≥ 1 s)
//! ```
//!
//! Invariants:
//! - the callback never locks, allocates or waits;
//! - a block belongs to a generation; a seek raises the generation, and what is older is thrown away;
//! - a position is a time in the song, so it survives the loss of a device and a new one with another rate;
//! - a lost device is opened again and again, ever more slowly, until it is back or the listener stops.

mod actor;
mod block;
mod device;
mod error;
mod feed;
mod render;
mod source;
mod worker;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::mpsc::{self, RecvTimeoutError, Sender, SyncSender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

pub use device::{Device, devices};
pub use error::Error;

use crate::actor::{Actor, Command, Message};
use crate::source::Source;

/// Longest wait for the control thread, which may be waiting for the sound system itself.
const PATIENCE: Duration = Duration::from_secs(10);

/// Longest wait before a cancellation is noticed.
const CANCEL: Duration = Duration::from_millis(50);

/// What the transport does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Nothing is loaded, or the song waits at the place where it will begin.
    #[default]
    Stopped,
    Playing,
    Paused,
    /// The last song was heard to its end.
    Ended,
    /// The output went away while playing; playing goes on from the same place when it is back.
    DeviceLost,
}

/// A moment of the player.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Status {
    pub state: State,
    /// The song that `position` is in.
    pub file: Option<PathBuf>,
    /// What the listener has heard, not what has been queued.
    pub position: Duration,
    pub duration: Duration,
    /// Songs that follow.
    pub queued: usize,
    /// Frames played since the song was loaded, at the rate of the device.
    pub frames: u64,
    /// Times since then that sound came too late.
    pub underruns: u64,
    /// What went wrong last, for people.
    pub notice: Option<String>,
}

/// The newest status, and a bell for those who wait for a change.
#[derive(Default)]
pub(crate) struct Board {
    status: Mutex<Status>,
    changed: Condvar,
}

impl Board {
    fn lock(&self) -> MutexGuard<'_, Status> {
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn publish(&self, status: Status) {
        let mut shown = self.lock();
        if *shown != status {
            *shown = status;
            self.changed.notify_all();
        }
    }
}

/// A player with one queue. Share it freely: commands are obeyed one after the other.
pub struct Player {
    inbox: Sender<Message>,
    board: Arc<Board>,
}

impl Player {
    /// A player for the output `device` (see [`devices`]), or for the default one. No output is touched before a song is loaded.
    ///
    /// # Errors
    /// [`Error::NotStarted`] when the system gives no threads.
    pub fn open(device: Option<&str>) -> Result<Self, Error> {
        let board = Arc::new(Board::default());
        let inbox = Actor::spawn(device.map(str::to_owned), board.clone())
            .map_err(|error| Error::NotStarted { reason: error.to_string() })?;
        Ok(Self { inbox, board })
    }

    /// Makes `path` the only song and gets ready to play it from its start. Without an output the song is loaded all the same,
    /// and [`play`](Self::play) looks for an output again.
    ///
    /// # Errors
    /// [`Error::BadAudio`] (then nothing changes), [`Error::NoDevice`], [`Error::DeviceNotFound`], [`Error::DeviceBusy`]
    pub fn load(&self, path: &Path) -> Result<(), Error> {
        let duration = Source::open(path)?.duration();
        self.ask(|reply| Command::Load { path: path.to_owned(), duration, reply })
    }

    /// Puts `path` behind the songs that are queued; it begins without a gap. With nothing left to play it waits for [`play`](Self::play).
    ///
    /// # Errors
    /// [`Error::BadAudio`]
    pub fn enqueue(&self, path: &Path) -> Result<(), Error> {
        let duration = Source::open(path)?.duration();
        self.ask(|reply| Command::Enqueue { path: path.to_owned(), duration, reply })
    }

    /// Plays, or goes on; a song that has ended begins again.
    ///
    /// # Errors
    /// [`Error::NothingLoaded`], [`Error::NoDevice`], [`Error::DeviceNotFound`], [`Error::DeviceBusy`]
    pub fn play(&self) -> Result<(), Error> {
        self.ask(Command::Play)
    }

    /// Falls silent and keeps the place.
    ///
    /// # Errors
    /// [`Error::NothingLoaded`]
    pub fn pause(&self) -> Result<(), Error> {
        self.ask(Command::Pause)
    }

    /// Goes to `position` of the current song, or to its end if that is earlier.
    ///
    /// # Errors
    /// [`Error::NothingLoaded`]
    pub fn seek(&self, position: Duration) -> Result<(), Error> {
        self.ask(|reply| Command::Seek(position, reply))
    }

    /// Goes back to the start of the current song, forgets those that follow and lets go of the output.
    ///
    /// # Errors
    /// [`Error::NotAnswering`]
    pub fn stop(&self) -> Result<(), Error> {
        self.ask(Command::Stop)
    }

    /// Amplitude factor, brought into 0..=1 and reached without a click. What is not a number changes nothing.
    ///
    /// # Errors
    /// [`Error::NotAnswering`]
    pub fn set_volume(&self, volume: f32) -> Result<(), Error> {
        self.ask(|reply| Command::Volume(volume, reply))
    }

    /// Plays on another output, from the same place. If it cannot be opened the choice stays and [`play`](Self::play) tries it again.
    ///
    /// # Errors
    /// [`Error::NoDevice`], [`Error::DeviceNotFound`], [`Error::DeviceBusy`]
    pub fn set_device(&self, device: Option<&str>) -> Result<(), Error> {
        self.ask(|reply| Command::Device(device.map(str::to_owned), reply))
    }

    /// What the player does now. Never waits.
    pub fn status(&self) -> Status {
        self.board.lock().clone()
    }

    /// Waits until playing is over (ended or stopped), or `timeout` has passed, or `cancel` is set; the status then.
    pub fn wait_ended(&self, timeout: Duration, cancel: &AtomicBool) -> Status {
        let deadline = Instant::now().checked_add(timeout);
        let mut status = self.board.lock();
        loop {
            let left = deadline.map_or(CANCEL, |deadline| deadline.saturating_duration_since(Instant::now()));
            if matches!(status.state, State::Ended | State::Stopped) || cancel.load(Relaxed) || left.is_zero() {
                return status.clone();
            }
            status =
                self.board.changed.wait_timeout(status, left.min(CANCEL)).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn ask(&self, command: impl FnOnce(SyncSender<Result<(), Error>>) -> Command) -> Result<(), Error> {
        let (reply, answer) = mpsc::sync_channel(1);
        self.inbox.send(Message::Command(command(reply))).map_err(|_| Error::NotAnswering)?;
        match answer.recv_timeout(PATIENCE) {
            Ok(result) => result,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Err(Error::NotAnswering),
        }
    }
}

impl Drop for Player {
    /// Lets go of the output before it returns, unless the sound system hangs.
    fn drop(&mut self) {
        let _ = self.ask(Command::Quit);
    }
}
