//! One function a command: it calls one function of `app` and prints what came back.

mod make;
mod market;
mod songs;
mod store;

use app::types::{ApiError, AppEvent, ErrorCode, JobView};
use app::{App, Home, Result};

use crate::args::{Cli, Command};
use crate::interrupt::Interrupt;
use crate::output::ProgressLine;

pub fn run(cli: &Cli) -> Result<()> {
    match &cli.command {
        Command::Demo(args) => make::demo(cli, args),
        Command::Make(args) => make::make(cli, args),
        Command::Play { what } => make::play(cli, what),
        Command::Export { song, format, folder } => songs::export(cli, song, *format, folder),
        Command::Keep { song } => store::keep(cli, song),
        Command::Verify { what } => store::verify(cli, what),
        Command::Cid { path, profile } => store::cid(cli, path, profile),
        Command::Car { path, out } => store::car(cli, path, out),
        Command::Wallet { action } => market::wallet(cli, action),
        Command::Mint { song, royalty, price, to } => market::mint(cli, song, royalty, price.as_deref(), to),
        Command::List { song, price } => market::list(cli, song, price),
        Command::Buy { order, account } => market::buy(cli, order, account),
        Command::Cancel { order } => market::cancel(cli, order),
        Command::Market { search } => market::market(cli, search),
        Command::Library { search } => songs::library(cli, search),
        Command::Show { song } => songs::show(cli, song),
        Command::Jobs { action } => songs::jobs(cli, action.as_ref()),
    }
}

/// Opens the home that the command line names.
fn open(cli: &Cli) -> Result<App> {
    let home = cli.home.clone().or_else(Home::default_path).ok_or_else(|| {
        ApiError::new(ErrorCode::BadInput, "there is no home folder to keep songs in; name one with --home DIR")
    })?;
    App::open(&home)
}

/// Runs a queued job here and now, showing its progress; Ctrl-C cancels it.
fn follow(app: &App, job: &str) -> Result<JobView> {
    let id = job.to_owned();
    let shown = std::sync::Mutex::new(ProgressLine::default());
    app.subscribe(Box::new(move |event| {
        if let (AppEvent::Job(view), Ok(mut line)) = (event, shown.lock())
            && view.id == id
        {
            line.show(view);
        }
    }));
    let (cancelling, id) = (app.clone(), job.to_owned());
    let _interrupt = Interrupt::listen(move || {
        let _already_ended = cancelling.cancel_job(&id);
    });
    app.run_job(job)
}
