//! The decode thread: turns a list of songs into blocks and keeps the ring full, about a second ahead of the callback.
//!
//! It works for one stream at a time. A seek, another song or another device is a new [`Order::Start`] with a new generation.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering::Release;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::Duration;

use rtrb::Producer;

use crate::Error;
use crate::block::{BLOCK, Block, Control};
use crate::feed::Feed;

/// Wait between two looks at a full ring, which lasts a second.
const FULL: Duration = Duration::from_millis(10);

/// Part of a second that is queued before sound begins.
const PRIME: u32 = 8;

/// A song in the queue.
#[derive(Clone, Debug)]
pub struct Song {
    pub id: u64,
    pub path: PathBuf,
}

/// What the decode thread is told.
pub enum Order {
    /// From now on fill this ring.
    Attach { blocks: Producer<Block>, control: Arc<Control>, rate: u32 },
    /// The stream is gone; let go of files.
    Detach,
    /// Decode `songs`, the first of them from `at`, as `generation`.
    Start { generation: u64, songs: Vec<Song>, at: Duration },
    /// One more song behind the others.
    Append(Song),
}

struct Target {
    blocks: Producer<Block>,
    control: Arc<Control>,
    rate: u32,
}

/// State of the decode thread.
pub struct Worker<F> {
    target: Option<Target>,
    generation: u64,
    songs: VecDeque<Song>,
    feed: Option<(u64, Feed)>,
    /// Where in the front song to begin, until it is open.
    at: Duration,
    /// Frames queued of this generation.
    queued: u64,
    /// Newest song heard of.
    last: u64,
    working: bool,
    failed: F,
}

impl<F: FnMut(u64, Error)> Worker<F> {
    /// `failed` hears of every song that had to be skipped.
    pub fn new(failed: F) -> Self {
        Self {
            target: None,
            generation: 0,
            songs: VecDeque::new(),
            feed: None,
            at: Duration::ZERO,
            queued: 0,
            last: 0,
            working: false,
            failed,
        }
    }

    /// Works until nobody can give orders any more.
    pub fn run(mut self, orders: &Receiver<Order>) {
        loop {
            let room = self.target.as_ref().is_some_and(|target| target.blocks.slots() > 0);
            let order = match (self.working, room) {
                (true, true) => match orders.try_recv() {
                    Ok(order) => Some(order),
                    Err(TryRecvError::Empty) => None,
                    Err(TryRecvError::Disconnected) => return,
                },
                (true, false) => match orders.recv_timeout(FULL) {
                    Ok(order) => Some(order),
                    Err(RecvTimeoutError::Timeout) => continue,
                    Err(RecvTimeoutError::Disconnected) => return,
                },
                (false, _) => match orders.recv() {
                    Ok(order) => Some(order),
                    Err(_) => return,
                },
            };
            match order {
                Some(order) => self.obey(order),
                None => self.step(),
            }
        }
    }

    fn obey(&mut self, order: Order) {
        match order {
            Order::Attach { blocks, control, rate } => {
                self.target = Some(Target { blocks, control, rate });
                self.feed = None;
                self.working = false;
            }
            Order::Detach => {
                self.target = None;
                self.feed = None;
                self.songs.clear();
                self.working = false;
            }
            Order::Start { generation, songs, at } => {
                self.generation = generation;
                self.last = songs.last().map_or(self.last, |song| song.id);
                self.songs = songs.into();
                self.at = at;
                self.queued = 0;
                self.working = true;
                let open = self.feed.take().filter(|(id, _)| self.songs.front().is_some_and(|song| song.id == *id));
                if let Some((id, mut feed)) = open {
                    match feed.seek(at) {
                        Ok(()) => self.feed = Some((id, feed)),
                        Err(error) => self.skip(id, error),
                    }
                }
            }
            Order::Append(song) => {
                if let Some(target) = &self.target {
                    target.control.exhausted.store(0, Release);
                }
                self.last = song.id;
                self.songs.push_back(song);
                self.working = true;
            }
        }
    }

    /// Queues one block, or moves on to the next song, or finds that all is queued.
    fn step(&mut self) {
        let Some(target) = &mut self.target else {
            self.working = false;
            return;
        };
        let Some(song) = self.songs.front() else {
            self.working = false;
            target.control.last_song.store(self.last, Release);
            target.control.exhausted.store(self.generation, Release);
            target.control.ready.store(self.generation, Release);
            return;
        };
        let id = song.id;
        let feed = match &mut self.feed {
            Some((open, feed)) if *open == id => feed,
            _ => {
                let at = std::mem::take(&mut self.at);
                let opened = Feed::open(&song.path, target.rate).and_then(|mut feed| {
                    if !at.is_zero() {
                        feed.seek(at)?;
                    }
                    Ok(feed)
                });
                match opened {
                    Ok(feed) => self.feed = Some((id, feed)),
                    Err(error) => self.skip(id, error),
                }
                return;
            }
        };
        let mut block = Block {
            generation: self.generation,
            song: id,
            start: feed.position(),
            frames: 0,
            samples: [[0.0; 2]; BLOCK],
        };
        match feed.read(&mut block.samples) {
            Ok(0) => {
                self.songs.pop_front();
                self.feed = None;
                self.at = Duration::ZERO;
            }
            Ok(frames) => {
                block.frames = frames;
                self.queued += frames as u64;
                // There was room, and only this thread fills it.
                let _ = target.blocks.push(block);
                if self.queued >= u64::from(target.rate / PRIME) || target.blocks.is_full() {
                    target.control.ready.store(self.generation, Release);
                }
            }
            Err(error) => self.skip(id, error),
        }
    }

    fn skip(&mut self, id: u64, error: Error) {
        self.songs.pop_front();
        self.feed = None;
        self.at = Duration::ZERO;
        (self.failed)(id, error);
    }
}
