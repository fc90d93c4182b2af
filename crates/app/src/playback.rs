//! Playing songs: what is heard, what comes next, and where the sound goes.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use player::Player;

use crate::App;
use crate::error::Result;
use crate::types::{ApiError, AppEvent, DeviceView, ErrorCode, PlayState, PlayerView, QueueItem, Settings};

/// How often shells hear where the song is.
const TICK: Duration = Duration::from_millis(100);
/// How long a lost device may take to come back while the command line plays.
const PATIENCE: Duration = Duration::from_secs(5);

/// A song that plays or waits to.
#[derive(Debug, Clone)]
struct Entry {
    song: String,
    take: u32,
    title: String,
    file: PathBuf,
}

/// The player and the queue behind it. The player is opened when something is first played.
#[derive(Default)]
pub(crate) struct Playback(Mutex<Deck>);

#[derive(Default)]
struct Deck {
    player: Option<Player>,
    now: Option<Entry>,
    next: Vec<Entry>,
    /// The next song could not begin: the queue waits until somebody plays something.
    stalled: bool,
}

impl Playback {
    fn lock(&self) -> MutexGuard<'_, Deck> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Deck {
    fn player(&mut self, settings: &Settings) -> Result<&Player> {
        if self.player.is_none() {
            let player = Player::open(settings.device.as_deref())?;
            player.set_volume(settings.volume)?;
            self.player = Some(player);
        }
        self.player
            .as_ref()
            .ok_or_else(|| ApiError::new(ErrorCode::NoDevice, "no audio device; choose one in Settings"))
    }

    fn start(&mut self, entry: Entry, settings: &Settings) -> Result<()> {
        self.stalled = true;
        let player = self.player(settings)?;
        // Without a device the song is loaded all the same, and Play looks for a device again.
        let loaded = player.load(&entry.file);
        if !matches!(loaded, Err(player::Error::BadAudio { .. })) {
            self.now = Some(entry);
        }
        loaded?;
        self.player(settings)?.play()?;
        self.stalled = false;
        Ok(())
    }

    /// Begins the next song of the queue; it leaves the queue once it is the one that plays.
    fn advance(&mut self, settings: &Settings) -> Result<()> {
        let Some(entry) = self.next.first().cloned() else { return Ok(()) };
        let begun = self.start(entry, settings);
        let taken = self.now.as_ref().zip(self.next.first()).is_some_and(|(now, next)| now.file == next.file);
        if taken || begun.as_ref().is_err_and(|error| error.code == ErrorCode::Damaged) {
            self.next.remove(0);
        }
        begun
    }
}

impl App {
    /// Plays a song from its start; the queue stays as it is.
    pub fn play(&self, song: &str, take: Option<u32>) -> Result<()> {
        let entry = self.entry(song, take)?;
        self.playback.lock().start(entry, &self.settings()?)?;
        self.tell_player();
        Ok(())
    }

    pub fn pause(&self) -> Result<()> {
        self.with_player(|player| Ok(player.pause()?))
    }

    pub fn resume(&self) -> Result<()> {
        self.with_player(|player| Ok(player.play()?))
    }

    /// Jumps to a moment of the song, in seconds.
    pub fn seek(&self, seconds: f64) -> Result<()> {
        let to = Duration::try_from_secs_f64(seconds.max(0.0))
            .map_err(|_| ApiError::bad_input("this is not a moment of the song"))?;
        self.with_player(|player| Ok(player.seek(to)?))
    }

    /// Sets the volume, 0 to 1, and remembers it.
    pub fn set_volume(&self, volume: f32) -> Result<()> {
        let volume = if volume.is_finite() { volume.clamp(0.0, 1.0) } else { 1.0 };
        self.library.set_setting("volume", &volume)?;
        if let Some(player) = &self.playback.lock().player {
            player.set_volume(volume)?;
        }
        self.tell_player();
        Ok(())
    }

    /// Adds a song after those that wait.
    pub fn enqueue(&self, song: &str) -> Result<()> {
        let entry = self.entry(song, None)?;
        self.playback.lock().next.push(entry);
        self.tell_player();
        Ok(())
    }

    /// Takes the song at `index` out of the queue.
    pub fn unqueue(&self, index: u32) -> Result<()> {
        let mut deck = self.playback.lock();
        let index = index as usize;
        if index < deck.next.len() {
            deck.next.remove(index);
        }
        drop(deck);
        self.tell_player();
        Ok(())
    }

    /// Plays the next song of the queue, if there is one.
    pub fn next_song(&self) -> Result<()> {
        let settings = self.settings()?;
        let begun = self.playback.lock().advance(&settings);
        self.tell_player();
        begun
    }

    /// What is heard now. When a song has ended, the next one of the queue begins.
    pub fn player(&self) -> Result<PlayerView> {
        let settings = self.settings()?;
        let mut deck = self.playback.lock();
        let ended = deck.player.as_ref().is_some_and(|player| player.status().state == player::State::Ended);
        let error = if ended && !deck.stalled { deck.advance(&settings).err() } else { None };
        let view = deck.view(settings.volume);
        Ok(PlayerView { error: error.or(view.error), ..view })
    }

    pub fn devices(&self) -> Result<Vec<DeviceView>> {
        let devices = player::devices()?;
        Ok(devices
            .into_iter()
            .map(|device| DeviceView { id: device.id, name: device.name, default: device.default })
            .collect())
    }

    /// Plays a file to its end on the calling thread; `cancelled` is asked now and then.
    pub fn play_file(
        &self,
        file: &Path,
        cancelled: &dyn Fn() -> bool,
        heard: &mut dyn FnMut(Duration, Duration),
    ) -> Result<player::Status> {
        let settings = self.settings()?;
        let mut deck = self.playback.lock();
        let player = deck.player(&settings)?;
        player.load(file)?;
        player.play()?;
        drop(deck);
        let mut lost_for = Duration::ZERO;
        loop {
            std::thread::sleep(TICK);
            let deck = self.playback.lock();
            let Some(player) = &deck.player else { return Err(ApiError::cancelled()) };
            let status = player.status();
            heard(status.position, status.duration);
            match status.state {
                player::State::Playing | player::State::Paused if cancelled() => {
                    player.stop()?;
                    return Err(ApiError::new(ErrorCode::Cancelled, "stopped"));
                }
                player::State::Playing | player::State::Paused => lost_for = Duration::ZERO,
                // The player looks for the device again by itself, and mostly finds it at once.
                player::State::DeviceLost if lost_for < PATIENCE => lost_for += TICK,
                player::State::DeviceLost => {
                    player.stop()?;
                    return Err(device_lost());
                }
                _ => return Ok(status),
            }
        }
    }

    /// Tells shells about ten times a second where the song is, and starts the next one when it ends.
    pub(crate) fn watch_playback(&self) {
        let mut last = PlayState::Stopped;
        loop {
            std::thread::sleep(TICK);
            let Ok(view) = self.player() else { continue };
            if view.state == PlayState::Playing || view.state != last {
                last = view.state;
                self.tell(AppEvent::Player(view));
            }
        }
    }

    /// Changes the output to the one in the settings, going on where the song is.
    pub(crate) fn follow_device(&self, settings: &Settings) -> Result<()> {
        if let Some(player) = &self.playback.lock().player {
            player.set_device(settings.device.as_deref())?;
        }
        Ok(())
    }

    fn with_player(&self, act: impl FnOnce(&Player) -> Result<()>) -> Result<()> {
        if let Some(player) = &self.playback.lock().player {
            act(player)?;
        }
        self.tell_player();
        Ok(())
    }

    fn entry(&self, song: &str, take: Option<u32>) -> Result<Entry> {
        let row = self.library.song(song)?;
        let take = take.unwrap_or(row.chosen);
        Ok(Entry { song: song.to_owned(), take, title: row.title, file: self.home.take(song, take).join("song.wav") })
    }

    fn tell_player(&self) {
        if let Ok(view) = self.player() {
            self.tell(AppEvent::Player(view));
        }
    }
}

impl Deck {
    fn view(&self, volume: f32) -> PlayerView {
        let status = self.player.as_ref().map(Player::status);
        let state = status.as_ref().map_or(PlayState::Stopped, |status| match status.state {
            player::State::Stopped => PlayState::Stopped,
            player::State::Playing => PlayState::Playing,
            player::State::Paused => PlayState::Paused,
            player::State::Ended => PlayState::Ended,
            player::State::DeviceLost => PlayState::DeviceLost,
        });
        let now = self.now.as_ref();
        PlayerView {
            state,
            song: now.map(|entry| entry.song.clone()),
            take: now.map(|entry| entry.take),
            title: now.map(|entry| entry.title.clone()),
            position_s: status.as_ref().map_or(0.0, |status| status.position.as_secs_f64()),
            duration_s: status.as_ref().map_or(0.0, |status| status.duration.as_secs_f64()),
            volume,
            queue: self
                .next
                .iter()
                .map(|entry| QueueItem { song: entry.song.clone(), title: entry.title.clone() })
                .collect(),
            error: (state == PlayState::DeviceLost).then(device_lost),
        }
    }
}

fn device_lost() -> ApiError {
    ApiError::new(
        ErrorCode::NoDevice,
        "the audio device was disconnected; connect it again or choose another in Settings, and the song goes on where it was",
    )
}
