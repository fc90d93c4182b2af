//! What the window and the command line see: plain values, exported to TypeScript by `src-tauri`.
//!
//! Amounts are decimal strings of the smallest unit, seeds are decimal strings (JavaScript numbers lose both),
//! times are seconds, moments are Unix seconds.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use specta::Type;

/// What a person fills in to get a song. Choices are the stable names of `score` ("birthday", "pop").
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct MakeRequest {
    pub occasion: String,
    pub name: String,
    pub say: Option<String>,
    pub age: Option<u16>,
    /// Free text; semicolons and line ends separate facts.
    pub about: String,
    pub mood: String,
    pub style: String,
    /// Language of the words: "en" or "zh".
    pub language: String,
    /// The user's own words with `[Verse]` and `[Chorus]` tags; `None` writes them.
    pub lyrics: Option<String>,
    /// Decimal; `None` draws one.
    pub seed: Option<String>,
    /// How many takes to choose from, 1 to 4.
    pub takes: u32,
}

/// The closed choices of the form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Choices {
    pub occasions: Vec<String>,
    pub moods: Vec<String>,
    pub styles: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum JobKind {
    Make,
    Keep,
    Mint,
    List,
    Buy,
    /// Takes a listing down.
    Unlist,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    Queued,
    Running,
    /// Sent to the chain; its receipt is awaited.
    Waiting,
    Succeeded,
    Failed,
    Cancelled,
    /// The app stopped while it ran; Retry goes on where it was.
    Interrupted,
}

/// The real phase a job is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum JobPhase {
    Queued,
    Words,
    Tune,
    Sing,
    Band,
    Mix,
    Save,
    Store,
    Sign,
    Send,
    Confirm,
    Done,
}

/// One row of the Activity screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct JobView {
    pub id: String,
    pub kind: JobKind,
    pub state: JobState,
    pub phase: JobPhase,
    /// 0 to 1 within the whole job.
    pub progress: f64,
    /// What it is about: a song's title or a person's name.
    pub subject: String,
    /// The song it made or works on.
    pub song: Option<String>,
    /// The take in progress and how many there are, for `make`.
    pub take: Option<(u32, u32)>,
    pub error: Option<ApiError>,
    pub created: f64,
    pub updated: f64,
}

/// Why something failed; the window switches on the code and shows its own words with the message below.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type, thiserror::Error)]
#[error("{message}")]
pub struct ApiError {
    pub code: ErrorCode,
    /// A sentence that says what to do next.
    pub message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The form or the arguments need a change.
    BadInput,
    NotFound,
    Cancelled,
    DiskFull,
    NoDevice,
    /// Another Keepsong works on this home.
    HomeInUse,
    /// A file of the home is damaged; nothing was overwritten.
    Damaged,
    Underfunded,
    WrongChain,
    /// The song must be kept, minted or chosen first, or is already.
    NotReady,
    /// The chain refused.
    Rejected,
    Io,
    /// A bug of ours; the message says where the log is.
    Internal,
}

/// A song in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct SongCard {
    pub id: String,
    pub title: String,
    pub name: String,
    pub occasion: String,
    pub style: String,
    pub duration_s: f64,
    /// PNG on disk.
    pub cover: PathBuf,
    pub created: f64,
    pub kept: bool,
    pub minted: bool,
    pub listed: bool,
    /// False once practice money bought it for another account.
    pub owned_by_you: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct SongPage {
    /// How many songs match, beyond this page.
    pub total: u32,
    pub songs: Vec<SongCard>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct SongQuery {
    pub search: String,
    pub offset: u32,
    pub limit: u32,
}

/// Everything of one song.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct SongView {
    pub card: SongCard,
    /// The chosen take's number.
    pub chosen: u32,
    pub takes: Vec<TakeView>,
    pub about: Vec<String>,
    pub unused_facts: Vec<String>,
    pub provenance: ProvenanceView,
    pub kept: Option<KeptView>,
    pub minted: Option<MintView>,
    pub listing: Option<ListingView>,
    pub folder: PathBuf,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct TakeView {
    pub number: u32,
    pub seed: String,
    pub title: String,
    pub duration_s: f64,
    pub lufs: f64,
    pub true_peak_dbtp: f64,
    pub key: String,
    pub bpm: f64,
    /// `(minimum, maximum)` of equal slices of the audio, for the waveform.
    pub peaks: Vec<(f32, f32)>,
    pub sections: Vec<SectionView>,
    pub lyrics: Vec<LineView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct SectionView {
    pub name: String,
    pub start_s: f64,
    pub end_s: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct LineView {
    pub start_s: f64,
    pub end_s: f64,
    pub text: String,
    pub syllables: Vec<SyllableView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct SyllableView {
    pub start_s: f64,
    pub end_s: f64,
    /// Letters, with a trailing space where a word ends.
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ProvenanceView {
    pub engine: String,
    pub engine_version: String,
    pub seed: String,
    /// `(name, sha256, licence)` of each asset.
    pub assets: Vec<(String, String, String)>,
}

/// Content names of a kept song.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct KeptView {
    pub audio: String,
    pub cover: String,
    pub metadata: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct MintView {
    pub contract: String,
    pub token_id: String,
    pub tx: String,
    pub creator: String,
    /// Address of the owner as the chain says now.
    pub owner: String,
    /// "you", "friend", "stranger", or empty for an unknown address.
    pub owner_name: String,
    pub royalty_bps: u16,
}

/// A song for sale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ListingView {
    pub order_hash: String,
    pub song: Option<String>,
    pub title: String,
    pub cover: Option<PathBuf>,
    pub token_id: String,
    pub price_wei: String,
    /// "0.01".
    pub price: String,
    pub royalty_wei: String,
    pub seller: String,
    pub seller_name: String,
    pub status: ListingStatus,
    pub listed: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ListingStatus {
    Open,
    Sold,
    Cancelled,
    /// The seller no longer owns it or took back the approval.
    Stale,
}

/// What a listing or a purchase will do, to be shown before it is signed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct SaleTerms {
    pub title: String,
    pub price_wei: String,
    pub price: String,
    pub royalty_wei: String,
    pub royalty: String,
    pub royalty_to: String,
    pub seller_gets_wei: String,
    pub seller_gets: String,
    /// The account that signs, and what it holds.
    pub account: String,
    pub balance: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct AccountView {
    /// "you", "friend", "stranger".
    pub name: String,
    pub address: String,
    pub balance_wei: String,
    pub balance: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct WalletView {
    /// "Practice chain": nothing here costs real money.
    pub chain: String,
    pub chain_id: String,
    pub accounts: Vec<AccountView>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PlayState {
    Stopped,
    Playing,
    Paused,
    Ended,
    DeviceLost,
}

/// What is heard now; sent about ten times a second while playing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct PlayerView {
    pub state: PlayState,
    pub song: Option<String>,
    pub take: Option<u32>,
    pub title: Option<String>,
    pub position_s: f64,
    pub duration_s: f64,
    pub volume: f32,
    /// Songs that play after this one.
    pub queue: Vec<QueueItem>,
    /// Why nothing is heard, when something is wrong.
    pub error: Option<ApiError>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct QueueItem {
    pub song: String,
    pub title: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct DeviceView {
    pub id: String,
    pub name: String,
    pub default: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Settings {
    /// Language of the screens: "en", "zh", or "auto".
    pub language: String,
    /// "light", "dark" or "auto".
    pub theme: String,
    /// Output device id; `None` is the system's default.
    pub device: Option<String>,
    /// 0 to 1.
    pub volume: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { language: "auto".into(), theme: "auto".into(), device: None, volume: 0.9 }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct AppInfo {
    pub version: String,
    pub home: PathBuf,
    /// The singer that will be used: "slt" or "formant".
    pub singer: String,
    /// The band's sound: the SoundFont's file name or "built-in".
    pub band: String,
    pub settings: Settings,
    pub choices: Choices,
}

/// What the app tells the window without being asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum AppEvent {
    Job(JobView),
    Player(PlayerView),
    /// Songs, listings or balances changed: ask again.
    Changed,
}
