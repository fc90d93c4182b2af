//! Content names: keeping, checking and archiving.

use std::path::Path;

use app::{Result, archive, cid_of_path};
use serde_json::json;

use super::{follow, open};
use crate::args::Cli;
use crate::output::print;

pub fn keep(cli: &Cli, song: &str) -> Result<()> {
    let app = open(cli)?;
    let job = app.keep_song(song)?;
    follow(&app, &job)?;
    let kept = app.song(song)?.kept;
    print(cli.json, &kept, || {
        kept.as_ref().map_or_else(String::new, |kept| {
            format!("audio     {}\ncover     {}\nmetadata  {}", kept.audio, kept.cover, kept.metadata)
        })
    });
    Ok(())
}

pub fn verify(cli: &Cli, what: &str) -> Result<()> {
    let app = open(cli)?;
    let verified = app.verify(what)?;
    print(cli.json, &verified, || {
        verified
            .iter()
            .map(|cid| format!("{}  {} blocks, all here and right", cid.cid, cid.blocks))
            .collect::<Vec<_>>()
            .join("\n")
    });
    Ok(())
}

pub fn cid(cli: &Cli, path: &Path, profile: &str) -> Result<()> {
    let cid = cid_of_path(path, profile)?;
    print(cli.json, &json!({ "cid": cid, "profile": profile }), || cid.clone());
    Ok(())
}

pub fn car(cli: &Cli, path: &Path, out: &Path) -> Result<()> {
    let cid = archive(path, out)?;
    print(cli.json, &json!({ "cid": cid, "car": out }), || cid.clone());
    Ok(())
}
