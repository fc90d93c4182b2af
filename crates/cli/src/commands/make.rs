//! Making and hearing songs.

use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use app::types::{ApiError, ErrorCode, MakeRequest};
use app::{DemoDocument, MakeDocument, Result};

use super::{follow, open};
use crate::args::{Cli, DemoArgs, MakeArgs};
use crate::interrupt::Interrupt;
use crate::output::{note, print};

pub fn make(cli: &Cli, args: &MakeArgs) -> Result<()> {
    let lyrics = args
        .lyrics
        .as_ref()
        .map(|path| {
            std::fs::read_to_string(path).map_err(|error| {
                ApiError::new(ErrorCode::BadInput, format!("cannot read the words in {}: {error}", path.display()))
            })
        })
        .transpose()?;
    let request = MakeRequest {
        occasion: args.occasion.clone(),
        name: args.name.clone(),
        say: args.say.clone(),
        age: args.age,
        about: args.about.clone(),
        mood: args.mood.clone(),
        style: args.style.clone(),
        language: args.language.clone(),
        lyrics,
        seed: args.seed.clone(),
        takes: args.takes,
    };
    let app = open(cli)?;
    let job = app.make_song(&request)?;
    let made = follow(&app, &job)?;
    let mut document = app.make_document(made.song.as_deref().unwrap_or(&job))?;
    if let Some(folder) = &args.out {
        app.export_all(&mut document, folder)?;
    }
    print(cli.json, &document, || made_text(&document));
    Ok(())
}

pub fn play(cli: &Cli, what: &str) -> Result<()> {
    let app = open(cli)?;
    let file = Path::new(what);
    let interrupt = Interrupt::listen(|| ());
    let path = if file.is_file() { file.to_owned() } else { app.audio_file(what)? };
    let status = app.play_file(&path, &|| interrupt.is_set(), &mut show_position)?;
    print(cli.json, &serde_json::json!({"frames": status.frames, "underruns": status.underruns}), String::new);
    Ok(())
}

pub fn demo(cli: &Cli, args: &DemoArgs) -> Result<()> {
    let app = open(cli)?;
    let interrupt = Interrupt::listen(|| ());
    let document = app.demo(args.seed.clone(), &|text| note(text), &|| interrupt.is_set())?;
    print(cli.json, &document, || demo_text(&document));
    Ok(())
}

fn show_position(at: Duration, of: Duration) {
    use std::io::{IsTerminal, Write, stderr};
    let mut stderr = stderr();
    if stderr.is_terminal() {
        let (at, of) = (at.as_secs(), of.as_secs());
        let _closed = write!(stderr, "\r{}:{:02} / {}:{:02} ", at / 60, at % 60, of / 60, of % 60);
    }
}

fn made_text(song: &MakeDocument) -> String {
    let mut text = format!("{}\n", song.title);
    for line in &song.lyrics {
        let _ = writeln!(text, "  {}", line.text);
    }
    let _ = write!(
        text,
        "{:.0} s, {:.1} LUFS, seed {}\nHear it: keepsong play {}\n{}",
        song.duration_s,
        song.lufs,
        song.seed,
        song.song,
        song.audio.display()
    );
    text
}

fn demo_text(demo: &DemoDocument) -> String {
    let heard = demo.played.as_ref().map_or("not played: no audio device".to_owned(), |played| {
        format!("played {} frames, {} underruns", played.frames, played.underruns)
    });
    format!(
        "{}\n\n{heard}\nkept      {}\nminted    token {} of {}\nsold      {} wei, of which {} wei went to its creator\nowner     {}\nin        {}",
        made_text(&demo.song),
        demo.cids.audio,
        demo.mint.token_id,
        demo.mint.contract,
        demo.sale.price_wei,
        demo.sale.royalty_wei,
        demo.owner,
        demo.song.audio.display(),
    )
}
