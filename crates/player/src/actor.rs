//! The control thread: owns the stream, obeys commands one after the other, and keeps sound coming when the output does not.
//!
//! Life of an output: opened when a song is loaded or played; replaced when another one is chosen; dropped when playing stops, ends or is
//! paused for long. When it fails while playing, or takes no sound for a while, the state becomes [`State::DeviceLost`] and the output is
//! opened again after ever longer pauses, at the position that was heard last. Of a failing stream only the first fatal error counts:
//! a stream may report thousands more before it is gone.

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::thread;
use std::time::{Duration, Instant};

use cpal::traits::StreamTrait;

use crate::block::Tick;
use crate::device::{self, Output};
use crate::worker::{Order, Song, Worker};
use crate::{Board, Error, State, Status};

/// Time between two looks at the ticks.
const LOOK: Duration = Duration::from_millis(20);

/// An output that takes no sound for so long is lost.
const STALLED: Duration = Duration::from_secs(3);

/// Shortest and longest pause before a lost output is tried again. The very first attempt is made at once: often only the stream broke.
const RETRY: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(2));

/// A player at rest lets go of the output after this.
const RELEASE: Duration = Duration::from_secs(30);

/// Longest wait for a closing output, so that it is free to be opened again.
const CLOSE: Duration = Duration::from_millis(500);

pub type Reply = SyncSender<Result<(), Error>>;

pub enum Command {
    Load { path: PathBuf, duration: Duration, reply: Reply },
    Enqueue { path: PathBuf, duration: Duration, reply: Reply },
    Play(Reply),
    Pause(Reply),
    Seek(Duration, Reply),
    Stop(Reply),
    Volume(f32, Reply),
    Device(Option<String>, Reply),
    Quit(Reply),
}

/// All that reaches the control thread.
pub enum Message {
    Command(Command),
    /// The stream with this number failed.
    StreamLost(u64, cpal::Error),
    /// The decode thread had to skip this song.
    SongFailed(u64, Error),
}

struct Queued {
    song: Song,
    duration: Duration,
}

/// An output at work.
struct Live {
    output: Output,
    number: u64,
    tick: Tick,
    heard_of: Instant,
    /// Whether the decode thread has been told what to decode.
    started: bool,
}

pub struct Actor {
    inbox: Sender<Message>,
    board: Arc<Board>,
    orders: Sender<Order>,
    device: Option<String>,
    live: Option<Live>,
    /// When a lost output is tried again, and the pause before the attempt after that.
    retry: Option<Instant>,
    pause: Duration,
    queue: VecDeque<Queued>,
    state: State,
    resting_since: Instant,
    position: Duration,
    volume: f32,
    generation: u64,
    streams: u64,
    songs: u64,
    frames: u64,
    underruns: u64,
    notice: Option<String>,
}

impl Actor {
    /// Starts the control and the decode thread; where to send messages.
    pub fn spawn(device: Option<String>, board: Arc<Board>) -> io::Result<Sender<Message>> {
        let (inbox, messages) = mpsc::channel();
        let (orders, ordered) = mpsc::channel();
        let failures = inbox.clone();
        thread::Builder::new().name("player-decode".into()).spawn(move || {
            Worker::new(move |song, error| drop(failures.send(Message::SongFailed(song, error)))).run(&ordered);
        })?;
        let actor = Self {
            inbox: inbox.clone(),
            board,
            orders,
            device,
            live: None,
            retry: None,
            pause: Duration::ZERO,
            queue: VecDeque::new(),
            state: State::Stopped,
            resting_since: Instant::now(),
            position: Duration::ZERO,
            volume: 1.0,
            generation: 0,
            streams: 0,
            songs: 0,
            frames: 0,
            underruns: 0,
            notice: None,
        };
        thread::Builder::new().name("player".into()).spawn(move || actor.run(&messages))?;
        Ok(inbox)
    }

    fn run(mut self, messages: &Receiver<Message>) {
        loop {
            let idle = self.live.is_none() && self.retry.is_none();
            let message = if idle {
                messages.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                messages.recv_timeout(LOOK)
            };
            match message {
                Ok(Message::Command(Command::Quit(reply))) => {
                    self.release();
                    let _ = reply.send(Ok(()));
                    return;
                }
                Ok(Message::Command(command)) => self.obey(command),
                Ok(Message::StreamLost(number, error)) => {
                    if self.live.as_ref().is_some_and(|live| live.number == number) {
                        self.lose(&Error::from(error), Instant::now());
                    }
                }
                Ok(Message::SongFailed(id, error)) => {
                    self.notice = Some(error.to_string());
                    self.queue.retain(|queued| queued.song.id != id);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.look(Instant::now());
            self.publish();
        }
    }

    fn obey(&mut self, command: Command) {
        let (result, reply) = match command {
            Command::Load { path, duration, reply } => (self.load(path, duration), reply),
            Command::Enqueue { path, duration, reply } => (self.enqueue(path, duration), reply),
            Command::Play(reply) => (self.play(), reply),
            Command::Pause(reply) => (self.pause(), reply),
            Command::Seek(position, reply) => (self.seek(position), reply),
            Command::Stop(reply) => (self.stop(), reply),
            Command::Volume(volume, reply) => (self.set_volume(volume), reply),
            Command::Device(device, reply) => (self.set_device(device), reply),
            Command::Quit(reply) => (Ok(()), reply),
        };
        // Seen by whoever asks for the status right after the answer.
        self.publish();
        let _ = reply.send(result);
    }

    fn load(&mut self, path: PathBuf, duration: Duration) -> Result<(), Error> {
        if let Some(live) = &mut self.live {
            live.output.control.playing.store(false, Relaxed);
            live.started = false;
        }
        self.queue.clear();
        self.push(path, duration);
        self.go_to(State::Stopped, Duration::ZERO);
        (self.frames, self.underruns) = (0, 0);
        self.connect()?;
        self.start();
        Ok(())
    }

    fn enqueue(&mut self, path: PathBuf, duration: Duration) -> Result<(), Error> {
        if self.queue.is_empty() || self.state == State::Ended {
            self.queue.clear();
            self.push(path, duration);
            self.go_to(State::Stopped, Duration::ZERO);
            return Ok(());
        }
        let song = self.push(path, duration);
        if self.live.as_ref().is_some_and(|live| live.started) {
            let _ = self.orders.send(Order::Append(song));
        }
        Ok(())
    }

    fn push(&mut self, path: PathBuf, duration: Duration) -> Song {
        self.songs += 1;
        let song = Song { id: self.songs, path };
        self.queue.push_back(Queued { song: song.clone(), duration });
        song
    }

    fn play(&mut self) -> Result<(), Error> {
        if self.queue.is_empty() {
            return Err(Error::NothingLoaded);
        }
        if self.state == State::Ended {
            self.position = Duration::ZERO;
        }
        self.connect()?;
        self.go_to(State::Playing, self.position);
        self.resume()
    }

    /// Lets the open stream sound.
    fn resume(&mut self) -> Result<(), Error> {
        self.start();
        let Some(live) = &mut self.live else { return Ok(()) };
        live.heard_of = Instant::now();
        live.output.control.playing.store(true, Relaxed);
        let played = live.output.stream.play();
        Ok(played.inspect_err(|_| self.release())?)
    }

    fn pause(&mut self) -> Result<(), Error> {
        if self.queue.is_empty() {
            return Err(Error::NothingLoaded);
        }
        if matches!(self.state, State::Playing | State::DeviceLost) {
            if let Some(live) = &self.live {
                live.output.control.playing.store(false, Relaxed);
            }
            self.go_to(State::Paused, self.position);
        }
        Ok(())
    }

    fn seek(&mut self, position: Duration) -> Result<(), Error> {
        let current = self.queue.front().ok_or(Error::NothingLoaded)?;
        self.position = position.min(current.duration);
        if self.state == State::Ended {
            self.state = State::Paused;
        }
        if let Some(live) = &mut self.live {
            live.started = false;
            self.start();
        }
        Ok(())
    }

    fn stop(&mut self) -> Result<(), Error> {
        self.release();
        self.queue.truncate(1);
        self.go_to(State::Stopped, Duration::ZERO);
        Ok(())
    }

    fn set_volume(&mut self, volume: f32) -> Result<(), Error> {
        if !volume.is_nan() {
            self.volume = volume.clamp(0.0, 1.0);
        }
        if let Some(live) = &self.live {
            live.output.control.volume.store(self.volume.to_bits(), Relaxed);
        }
        Ok(())
    }

    fn set_device(&mut self, device: Option<String>) -> Result<(), Error> {
        let sounding = matches!(self.state, State::Playing | State::DeviceLost);
        self.release();
        self.device = device;
        if !sounding {
            return Ok(());
        }
        let result = self.connect().and_then(|()| {
            self.go_to(State::Playing, self.position);
            self.resume()
        });
        if let Err(error) = &result {
            self.lose(error, Instant::now());
        }
        result
    }

    fn go_to(&mut self, state: State, position: Duration) {
        self.state = state;
        self.position = position;
        self.resting_since = Instant::now();
        self.retry = None;
        self.pause = Duration::ZERO;
        if state != State::Ended {
            self.notice = None;
        }
    }

    /// Opens the output, if there is none, and has the decode thread fill it.
    fn connect(&mut self) -> Result<(), Error> {
        if self.live.is_some() {
            return Ok(());
        }
        self.streams += 1;
        let (number, inbox) = (self.streams, self.inbox.clone());
        let lost = move |error| drop(inbox.send(Message::StreamLost(number, error)));
        let (output, blocks) = device::open(self.device.as_deref(), self.volume, lost)?;
        let _ = self.orders.send(Order::Attach { blocks, control: output.control.clone(), rate: output.rate });
        self.live = Some(Live { output, number, tick: Tick::default(), heard_of: Instant::now(), started: false });
        self.start();
        Ok(())
    }

    /// Has the queue decoded from `position` on, unless that is under way. What was queued before is stale from here.
    fn start(&mut self) {
        let Some(live) = self.live.as_mut().filter(|live| !live.started) else { return };
        self.generation += 1;
        live.started = true;
        live.output.control.generation.store(self.generation, Release);
        let songs = self.queue.iter().map(|queued| queued.song.clone()).collect();
        let _ = self.orders.send(Order::Start { generation: self.generation, songs, at: self.position });
    }

    /// Lets go of the output and keeps the position.
    fn release(&mut self) {
        self.retry = None;
        let Some(mut live) = self.live.take() else { return };
        self.drain(&mut live);
        let _ = self.orders.send(Order::Detach);
        // Closing waits for the sound system, which may be the very thing that hangs.
        let (closing, closed) = mpsc::channel::<()>();
        let close = move || {
            drop(live);
            drop(closing);
        };
        if thread::Builder::new().name("player-close".into()).spawn(close).is_ok() {
            let _ = closed.recv_timeout(CLOSE);
        }
    }

    /// Takes note of a failed output and plans the next attempt.
    fn lose(&mut self, error: &Error, now: Instant) {
        self.release();
        self.notice = Some(error.to_string());
        if matches!(self.state, State::Playing | State::DeviceLost) {
            self.state = State::DeviceLost;
            self.retry = Some(now + self.pause);
            self.pause = (self.pause * 2).clamp(RETRY.0, RETRY.1);
        }
    }

    /// What is due: news from the callback, a stalled or long unused output, another attempt at a lost one.
    fn look(&mut self, now: Instant) {
        if let Some(mut live) = self.live.take() {
            if self.drain(&mut live) {
                live.heard_of = now;
            }
            let tick = live.tick;
            let all = live.output.control.last_song.load(Acquire);
            let ended = tick.ended
                && tick.generation == self.generation
                && self.queue.back().is_none_or(|last| last.song.id <= all);
            let waits = matches!(self.state, State::Playing | State::DeviceLost);
            let stalled = waits && now.duration_since(live.heard_of) > STALLED;
            self.live = Some(live);
            if waits && ended {
                self.release();
                self.go_to(State::Ended, self.queue.front().map_or(Duration::ZERO, |queued| queued.duration));
            } else if stalled {
                self.lose(&Error::NoDevice { reason: "it takes no more sound".into() }, now);
            } else if self.state == State::DeviceLost && tick.frames > 0 {
                self.go_to(State::Playing, self.position);
            } else if !waits && now.duration_since(self.resting_since) > RELEASE {
                self.release();
            }
        }
        if self.retry.is_some_and(|at| at <= now) {
            self.retry = None;
            // Playing again only when sound is taken: an output may open and fail at once.
            if let Err(error) = self.connect().and_then(|()| self.resume()) {
                self.lose(&error, now);
            }
        }
    }

    /// Reads the ticks; whether there were any.
    fn drain(&mut self, live: &mut Live) -> bool {
        let mut any = false;
        while let Ok(tick) = live.output.ticks.pop() {
            self.frames += tick.frames - live.tick.frames;
            self.underruns += tick.underruns - live.tick.underruns;
            live.tick = tick;
            any = true;
        }
        let xruns = live.output.control.xruns.swap(0, Relaxed);
        if xruns > 0 {
            self.underruns += xruns;
            live.tick.unheard = 0; // a device that ran dry has played all it had
        }
        let tick = live.tick;
        if !any || tick.generation != self.generation {
            return any;
        }
        while self.queue.len() > 1 && self.queue.front().is_some_and(|queued| queued.song.id < tick.song) {
            self.queue.pop_front();
            self.position = Duration::ZERO;
        }
        if let Some(current) = self.queue.front().filter(|queued| queued.song.id == tick.song) {
            let heard = u128::from(tick.position.saturating_sub(tick.unheard)) * 1_000_000_000
                / u128::from(live.output.rate.max(1));
            // Estimates of what the device still holds wobble; time does not run backwards for the listener.
            self.position = Duration::from_nanos(heard as u64).min(current.duration).max(self.position);
        }
        any
    }

    fn publish(&self) {
        let current = self.queue.front();
        self.board.publish(Status {
            state: self.state,
            file: current.map(|queued| queued.song.path.clone()),
            position: self.position,
            duration: current.map_or(Duration::ZERO, |queued| queued.duration),
            queued: self.queue.len().saturating_sub(1),
            frames: self.frames,
            underruns: self.underruns,
            notice: self.notice.clone(),
        });
    }
}
