//! Long actions as persisted jobs.
//!
//! A job is written before it starts and carries a checkpoint of what is done. [`App::run_job`] is the only way one
//! runs, and running it again goes on from the checkpoint: every step is either repeatable (same bytes under the same
//! name) or was recorded before it left the machine (a signed transaction is saved, then sent, then asked about).
//! After a kill the rows that stood at Running or Waiting become Interrupted; making and keeping then go on by
//! themselves, while a payment goes on by itself only when the chain already has it.

mod chain_job;
mod keep;
mod make;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use library::{JobError, JobRow, JobStatus, NewJob};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Result;
use crate::types::{ApiError, AppEvent, ErrorCode, JobKind, JobPhase, JobState, JobView};
use crate::{App, id};

pub(crate) use chain_job::{BuyRequest, ListRequest, MintRequest, UnlistRequest};
pub(crate) use keep::KeepRequest;
pub(crate) use make::MakeJob;
pub use make::TakeRecord;

/// How long to wait before a write that a full disk refused is tried again, and how often.
const PAUSE: Duration = Duration::from_secs(1);
const ATTEMPTS: u32 = 5;

/// What a shell may do to a running job, and what wakes the lanes.
#[derive(Default)]
pub(crate) struct Control {
    cancels: Mutex<HashMap<String, Arc<AtomicBool>>>,
    /// Counts what was queued; a lane sleeps until it has moved.
    queued: Mutex<u64>,
    moved: Condvar,
}

/// Tells a job whether it was cancelled.
#[derive(Clone)]
pub(crate) struct Cancel(Arc<AtomicBool>);

impl Cancel {
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// # Errors
    /// `Cancelled` once somebody asked for it.
    pub fn check(&self) -> Result<()> {
        if self.is_set() { Err(ApiError::cancelled()) } else { Ok(()) }
    }
}

/// One run of a job: where it notes how far it is.
pub(crate) struct Run<'a> {
    pub app: &'a App,
    pub id: &'a str,
    pub cancel: Cancel,
    shown: (JobPhase, f64),
}

impl Run<'_> {
    /// Notes phase and progress; a change below one percent within a phase is not worth a write.
    pub fn progress(&mut self, phase: JobPhase, progress: f64) -> Result<()> {
        if phase == self.shown.0 && progress - self.shown.1 < 0.01 {
            return Ok(());
        }
        self.shown = (phase, progress);
        self.app.library.note_progress(self.id, name(&phase)?.as_str(), progress, self.app.now())?;
        self.app.tell_job(self.id);
        Ok(())
    }

    pub fn checkpoint<T: Serialize>(&self, done: &T) -> Result<()> {
        Ok(self.app.library.checkpoint(self.id, &serde_json::to_string(done)?, self.app.now())?)
    }

    /// Back in our hands.
    pub fn going_on(&self) -> Result<()> {
        self.app.library.move_job(self.id, &[JobStatus::Waiting], JobStatus::Running, self.app.now())?;
        Ok(())
    }

    /// From here on the job is out of our hands: it can no longer be cancelled, only awaited.
    pub fn waiting(&self) -> Result<()> {
        self.app.library.move_job(self.id, &[JobStatus::Running], JobStatus::Waiting, self.app.now())?;
        self.app.tell_job(self.id);
        Ok(())
    }
}

/// Which jobs may run side by side: one that computes and one that keeps and sells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lane {
    Compute,
    Exchange,
}

impl Lane {
    fn takes(self, kind: &str) -> bool {
        (kind == "make") == (self == Self::Compute)
    }
}

impl App {
    /// Starts the lanes that run queued jobs, and takes up what a kill left behind.
    pub fn start(&self) -> Result<()> {
        for row in self.library.jobs_with(JobStatus::Interrupted)? {
            // A row that cannot be read waits for a Keepsong that can.
            if self.goes_on_alone(&row).unwrap_or(false) {
                self.library.move_job(&row.id, &[JobStatus::Interrupted], JobStatus::Queued, self.now())?;
            }
        }
        for lane in [Lane::Compute, Lane::Exchange] {
            self.spawn("keepsong-jobs", move |app| app.run_lane(lane))?;
        }
        self.spawn("keepsong-player", App::watch_playback)
    }

    fn spawn(&self, name: &str, run: impl FnOnce(&Self) + Send + 'static) -> Result<()> {
        let app = self.clone();
        let started = std::thread::Builder::new().name(name.into()).spawn(move || run(&app));
        started.map(|_| ()).map_err(|error| ApiError::from_io(&error, "cannot start the job runner"))
    }

    fn goes_on_alone(&self, row: &JobRow) -> Result<bool> {
        Ok(match parse_kind(&row.kind)? {
            JobKind::Make | JobKind::Keep => true,
            _ => self.chain_has(row)?,
        })
    }

    fn run_lane(&self, lane: Lane) {
        loop {
            let seen = *lock(&self.jobs.queued);
            let next = self
                .library
                .jobs_with(JobStatus::Queued)
                .ok()
                .and_then(|rows| rows.into_iter().find(|row| lane.takes(&row.kind)));
            match next {
                Some(row) => {
                    let ended = self.run_job(&row.id);
                    if ended.is_err() && self.library.job(&row.id).is_ok_and(|row| row.status == JobStatus::Queued) {
                        // It could not even begin, as on a full disk: do not ask again at once.
                        std::thread::sleep(PAUSE);
                    }
                }
                None => self.jobs.rest(seen),
            }
        }
    }

    /// Writes a queued job and wakes the lanes.
    pub(crate) fn submit<T: Serialize>(
        &self,
        kind: JobKind,
        subject: &str,
        song: Option<&str>,
        request: &T,
    ) -> Result<String> {
        let id = id::new(self.now())?;
        self.submit_as(&id, kind, subject, song, request)?;
        Ok(id)
    }

    pub(crate) fn submit_as<T: Serialize>(
        &self,
        id: &str,
        kind: JobKind,
        subject: &str,
        song: Option<&str>,
        request: &T,
    ) -> Result<()> {
        let request = serde_json::to_string(request)?;
        self.library.add_job(&NewJob { id, kind: &name(&kind)?, subject, song, request: &request }, self.now())?;
        self.tell_job(id);
        self.jobs.wake();
        Ok(())
    }

    /// Runs one queued job to its end on the calling thread.
    ///
    /// # Errors
    /// The error the job ended with; it is also in its row.
    pub fn run_job(&self, id: &str) -> Result<JobView> {
        let cancel = Cancel(Arc::new(AtomicBool::new(false)));
        lock(&self.jobs.cancels).insert(id.to_owned(), cancel.0.clone());
        let begun = self.library.move_job(id, &[JobStatus::Queued], JobStatus::Running, self.now());
        if !matches!(begun, Ok(true)) {
            lock(&self.jobs.cancels).remove(id);
            begun?;
            return self.job(id);
        }
        let row = self.library.job(id)?;
        self.tell_job(id);
        let mut run = Run { app: self, id, cancel, shown: (JobPhase::Queued, -1.0) };
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| dispatch(&mut run, &row)));
        let outcome = outcome.unwrap_or_else(|_| {
            Err(ApiError::new(
                ErrorCode::Internal,
                "this is a bug of ours; what was saved is safe. Retry, and if it comes again report it with the log",
            ))
        });
        let ended = self.end_job(id, &outcome);
        lock(&self.jobs.cancels).remove(id);
        self.tell_job(id);
        ended?;
        outcome?;
        self.tell(AppEvent::Changed);
        self.job(id)
    }

    /// Writes how a job ended. A full disk may refuse for a while, so it is asked again.
    fn end_job(&self, id: &str, outcome: &Result<Option<String>>) -> Result<()> {
        let (status, song, error) = match outcome {
            Ok(song) => (JobStatus::Succeeded, song.as_deref(), None),
            Err(error) => {
                let status = if error.code == ErrorCode::Cancelled { JobStatus::Cancelled } else { JobStatus::Failed };
                (status, None, Some(JobError { code: name(&error.code)?, message: error.message.clone() }))
            }
        };
        let mut written = self.library.finish_job(id, status, song, error.as_ref(), self.now());
        for _ in 0..ATTEMPTS {
            if written.is_ok() {
                break;
            }
            std::thread::sleep(PAUSE);
            written = self.library.finish_job(id, status, song, error.as_ref(), self.now());
        }
        Ok(written?)
    }

    pub fn job(&self, id: &str) -> Result<JobView> {
        view(self.library.job(id)?)
    }

    /// Jobs that were not dismissed, newest first.
    pub fn jobs(&self) -> Result<Vec<JobView>> {
        // A row of a later Keepsong is left out rather than hiding all the others.
        Ok(self.library.jobs(500)?.into_iter().filter_map(|row| view(row).ok()).collect())
    }

    /// Asks a job to stop. A payment that was already sent cannot be stopped.
    ///
    /// # Errors
    /// `NotReady` when it has ended or was already sent.
    pub fn cancel_job(&self, id: &str) -> Result<()> {
        self.refuse_if_on_chain(&self.library.job(id)?)?;
        if self.library.move_job(id, &[JobStatus::Queued, JobStatus::Interrupted], JobStatus::Cancelled, self.now())? {
            self.abandon(id)?;
            self.tell_job(id);
            return Ok(());
        }
        match (self.library.job(id)?.status, lock(&self.jobs.cancels).get(id)) {
            (JobStatus::Running, Some(cancel)) => cancel.store(true, Ordering::Relaxed),
            (JobStatus::Waiting, _) => {
                return Err(ApiError::new(
                    ErrorCode::NotReady,
                    "this was already sent to the chain and cannot be stopped; wait for its receipt",
                ));
            }
            _ => return Err(ApiError::new(ErrorCode::NotReady, "this has already ended; there is nothing to cancel")),
        }
        Ok(())
    }

    /// Queues a stopped job again; it goes on from what it had done.
    pub fn retry_job(&self, id: &str) -> Result<()> {
        let stopped = [JobStatus::Failed, JobStatus::Cancelled, JobStatus::Interrupted];
        let lost = self.library.job(id)?.status == JobStatus::Running && !lock(&self.jobs.cancels).contains_key(id);
        if lost {
            // Its end could not be written: it runs no more.
            self.library.move_job(id, &[JobStatus::Running], JobStatus::Interrupted, self.now())?;
        }
        let queued = self.library.move_job(id, &stopped, JobStatus::Queued, self.now())?;
        if !queued && self.library.job(id)?.status != JobStatus::Queued {
            return Err(ApiError::new(ErrorCode::NotReady, "this is not stopped; there is nothing to retry"));
        }
        self.tell_job(id);
        self.jobs.wake();
        Ok(())
    }

    /// Hides an ended job. One that could still go on is cancelled for good first.
    ///
    /// # Errors
    /// `NotReady` when it still runs, or when the chain already has what it sent.
    pub fn dismiss_job(&self, id: &str) -> Result<()> {
        self.refuse_if_on_chain(&self.library.job(id)?)?;
        let could_go_on = [JobStatus::Interrupted, JobStatus::Failed];
        if self.library.move_job(id, &could_go_on, JobStatus::Cancelled, self.now())? {
            self.abandon(id)?;
        }
        if !self.library.dismiss_job(id)? {
            return Err(ApiError::new(ErrorCode::NotReady, "this still runs; cancel it first"));
        }
        self.tell(AppEvent::Changed);
        Ok(())
    }

    /// Stops whoever would give up a job whose transaction happened: it must end as done.
    fn refuse_if_on_chain(&self, row: &JobRow) -> Result<()> {
        let unsettled = [JobStatus::Queued, JobStatus::Interrupted, JobStatus::Failed].contains(&row.status);
        if unsettled && self.chain_has(row)? {
            return Err(ApiError::new(
                ErrorCode::NotReady,
                "the chain already has this; retry it, and it ends without a new payment",
            ));
        }
        Ok(())
    }

    /// Marks what a kill left at Running or Waiting, and payments that had not begun: nothing is bought unasked. Called
    /// once, when the home was just locked.
    pub(crate) fn mark_interrupted(&self) -> Result<()> {
        for row in self.library.jobs_with(JobStatus::Queued)? {
            if !["make", "keep"].contains(&row.kind.as_str()) {
                self.library.move_job(&row.id, &[JobStatus::Queued], JobStatus::Interrupted, self.now())?;
            }
        }
        for status in [JobStatus::Running, JobStatus::Waiting] {
            for row in self.library.jobs_with(status)? {
                self.library.move_job(&row.id, &[status], JobStatus::Interrupted, self.now())?;
            }
        }
        Ok(())
    }

    fn tell_job(&self, id: &str) {
        if let Ok(view) = self.job(id) {
            self.tell(AppEvent::Job(view));
        }
    }

    /// Removes what a job that never ran on left behind.
    fn abandon(&self, id: &str) -> Result<()> {
        let row = self.library.job(id)?;
        if row.kind == "make" { make::discard(self, id) } else { Ok(()) }
    }
}

fn dispatch(run: &mut Run<'_>, row: &JobRow) -> Result<Option<String>> {
    match parse_kind(&row.kind)? {
        JobKind::Make => make::run(run, &read(&row.request)?).map(Some),
        JobKind::Keep => keep::run(run, &read(&row.request)?).map(Some),
        JobKind::Mint => chain_job::mint(run, &read(&row.request)?, read(&row.checkpoint)?).map(Some),
        JobKind::List => chain_job::list(run, &read(&row.request)?, read(&row.checkpoint)?).map(Some),
        JobKind::Buy => chain_job::buy(run, &read(&row.request)?, read(&row.checkpoint)?),
        JobKind::Unlist => chain_job::unlist(run, &read(&row.request)?, read(&row.checkpoint)?),
    }
}

impl Control {
    fn wake(&self) {
        *lock(&self.queued) += 1;
        self.moved.notify_all();
    }

    /// Sleeps until something was queued after `seen` was read.
    fn rest(&self, seen: u64) {
        let queued = lock(&self.queued);
        let _moved = self.moved.wait_while(queued, |queued| *queued == seen).unwrap_or_else(PoisonError::into_inner);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T> {
    Ok(serde_json::from_str(json)?)
}

/// The serde name of a unit variant ("make", "disk_full").
pub(crate) fn name<T: Serialize>(value: &T) -> Result<String> {
    Ok(serde_json::to_value(value)?.as_str().unwrap_or_default().to_owned())
}

fn parse<T: DeserializeOwned>(name: &str) -> Result<T> {
    Ok(serde_json::from_value(serde_json::Value::from(name))?)
}

fn parse_kind(kind: &str) -> Result<JobKind> {
    parse(kind)
}

fn view(row: JobRow) -> Result<JobView> {
    let take = (row.kind == "make").then(|| make::take_in_progress(&row)).flatten();
    Ok(JobView {
        kind: parse(&row.kind)?,
        state: parse::<JobState>(row.status.as_str())?,
        phase: parse(&row.phase)?,
        progress: row.progress,
        subject: row.subject,
        song: row.song,
        take,
        error: row.error.map(|error| ApiError::new(parse(&error.code).unwrap_or(ErrorCode::Internal), error.message)),
        created: row.created,
        updated: row.updated,
        id: row.id,
    })
}
