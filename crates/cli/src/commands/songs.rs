//! The library and the job table.

use std::path::Path;

use app::Result;
use app::types::SongQuery;

use super::{follow, open};
use crate::args::{Cli, ExportFormat, JobAction};
use crate::output::print;

pub fn library(cli: &Cli, search: &str) -> Result<()> {
    let app = open(cli)?;
    let page = app.songs(&SongQuery { search: search.to_owned(), offset: 0, limit: 200 })?;
    print(cli.json, &page, || {
        if page.songs.is_empty() {
            return "no songs yet: keepsong make --name Mia".to_owned();
        }
        let lines = page.songs.iter().map(|song| {
            let marks = [(song.kept, "kept"), (song.minted, "minted"), (song.listed, "for sale")];
            let marks = marks.iter().filter(|(set, _)| *set).map(|(_, mark)| *mark).collect::<Vec<_>>().join(", ");
            format!("{}  {:>3.0} s  {}  {marks}", song.id, song.duration_s, song.title)
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    Ok(())
}

pub fn show(cli: &Cli, song: &str) -> Result<()> {
    let app = open(cli)?;
    let view = app.song(song)?;
    print(cli.json, &view, || {
        let words = view
            .takes
            .iter()
            .find(|take| take.number == view.chosen)
            .map(|take| take.lyrics.iter().map(|line| line.text.clone()).collect::<Vec<_>>().join("\n"));
        let owner = view
            .minted
            .as_ref()
            .map_or_else(|| "not minted".to_owned(), |mint| format!("token {} owned by {}", mint.token_id, mint.owner));
        format!(
            "{}\n\n{}\n\ntake {} of {}, engine {} {}, seed {}\n{owner}\n{}",
            view.card.title,
            words.unwrap_or_default(),
            view.chosen,
            view.takes.len(),
            view.provenance.engine,
            view.provenance.engine_version,
            view.provenance.seed,
            view.folder.display()
        )
    });
    Ok(())
}

pub fn export(cli: &Cli, song: &str, format: ExportFormat, folder: &Path) -> Result<()> {
    let app = open(cli)?;
    let format = match format {
        ExportFormat::Wav => "wav",
        ExportFormat::Stems => "stems",
        ExportFormat::Midi => "midi",
        ExportFormat::Lrc => "lrc",
    };
    let written = app.export_song(song, format, folder)?;
    print(cli.json, &written, || written.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join("\n"));
    Ok(())
}

pub fn jobs(cli: &Cli, action: Option<&JobAction>) -> Result<()> {
    let app = open(cli)?;
    match action {
        None => {}
        Some(JobAction::Retry { job }) => {
            app.retry_job(job)?;
            follow(&app, job)?;
        }
        Some(JobAction::Cancel { job }) => app.cancel_job(job)?,
        Some(JobAction::Dismiss { job }) => app.dismiss_job(job)?,
    }
    let jobs = app.jobs()?;
    print(cli.json, &jobs, || {
        let lines = jobs.iter().map(|job| {
            let why = job.error.as_ref().map(|error| format!("  {error}")).unwrap_or_default();
            format!("{}  {:?} “{}”  {:?}{why}", job.id, job.kind, job.subject, job.state)
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    Ok(())
}
