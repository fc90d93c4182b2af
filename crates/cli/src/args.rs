//! The command line: stable names that scripts rely on.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Makes a song for somebody and keeps it.
#[derive(Debug, Parser)]
#[command(name = "keepsong", version, about, max_term_width = 100)]
pub struct Cli {
    /// The folder everything is kept in [default: the platform's data folder]
    #[arg(long, global = true, env = "KEEPSONG_HOME", value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// Print one JSON document on standard output
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Do the whole main job once: make, play, keep, mint, list and buy
    Demo(DemoArgs),
    /// Make a song
    Make(MakeArgs),
    /// Play a song or a sound file
    Play {
        #[arg(value_name = "SONG|FILE")]
        what: String,
    },
    /// Write a song's files into a folder
    Export {
        song: String,
        #[arg(long, value_enum)]
        format: ExportFormat,
        folder: PathBuf,
    },
    /// Keep a song in the blob store under its content names
    Keep { song: String },
    /// Check that every block of a song or a CID is here and right
    Verify {
        #[arg(value_name = "SONG|CID")]
        what: String,
    },
    /// Print the CID of a file or folder
    Cid {
        path: PathBuf,
        #[arg(long, default_value = "unixfs-v1-2025")]
        profile: String,
    },
    /// Write a file or folder as a CAR archive
    Car { path: PathBuf, out: PathBuf },
    /// The practice wallet
    Wallet {
        #[command(subcommand)]
        action: WalletAction,
    },
    /// Mint a song as a token on the practice chain
    Mint {
        song: String,
        /// The creator's share of every later sale
        #[arg(long, default_value = "5%")]
        royalty: String,
        /// Also list it at this price
        #[arg(long)]
        price: Option<String>,
        /// The practice account that receives it: you, friend or stranger
        #[arg(long, default_value = "you")]
        to: String,
    },
    /// Offer a minted song for sale
    List {
        song: String,
        /// In ether, like 0.01
        #[arg(long)]
        price: String,
    },
    /// Buy a listed song
    Buy {
        order: String,
        /// The practice account that pays: you, friend or stranger
        #[arg(long = "as", default_value = "friend")]
        account: String,
    },
    /// Take a listing down
    Cancel { order: String },
    /// What is for sale
    Market {
        #[arg(long, default_value = "")]
        search: String,
    },
    /// Your songs, newest first
    Library {
        #[arg(long, default_value = "")]
        search: String,
    },
    /// Everything about one song
    Show { song: String },
    /// Long actions and how they stand
    Jobs {
        #[command(subcommand)]
        action: Option<JobAction>,
    },
}

#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Make the same song again
    #[arg(long)]
    pub seed: Option<String>,
}

#[derive(Debug, Args)]
pub struct MakeArgs {
    #[arg(long, default_value = "birthday")]
    pub occasion: String,
    /// Who the song is for
    #[arg(long)]
    pub name: String,
    #[arg(long)]
    pub age: Option<u16>,
    /// Facts, separated by semicolons: "dinosaurs; her dog Biscuit"
    #[arg(long, default_value = "")]
    pub about: String,
    #[arg(long, default_value = "joyful")]
    pub mood: String,
    #[arg(long, default_value = "pop")]
    pub style: String,
    #[arg(long, default_value = "en")]
    pub language: String,
    #[arg(long, default_value = "original", value_parser = ["original"])]
    pub tune: String,
    /// Your own words, with [Verse] and [Chorus] tags
    #[arg(long, value_name = "FILE")]
    pub lyrics: Option<PathBuf>,
    #[arg(long)]
    pub seed: Option<String>,
    #[arg(long, default_value = "songsmith", value_parser = ["songsmith"])]
    pub engine: String,
    #[arg(long, default_value_t = 1)]
    pub takes: u32,
    /// How the name sounds: "MEE-ah"
    #[arg(long)]
    pub say: Option<String>,
    /// Also copy the song's files here
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ExportFormat {
    Wav,
    Stems,
    Midi,
    Lrc,
}

#[derive(Debug, Subcommand)]
pub enum WalletAction {
    /// Accounts and what they hold
    Show,
    /// Practice money for an account, from the practice chain's faucet
    Faucet { account: String },
}

#[derive(Debug, Subcommand)]
pub enum JobAction {
    /// Go on with a stopped job
    Retry { job: String },
    /// Stop a job
    Cancel { job: String },
    /// Hide an ended job
    Dismiss { job: String },
}
