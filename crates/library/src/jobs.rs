//! The job table: what was asked, how far it came, and what is needed to go on after a kill.

use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::{Error, Library};

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JobStatus {
    Queued,
    Running,
    Waiting,
    Succeeded,
    Failed,
    Cancelled,
    Interrupted,
}

impl JobStatus {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Waiting => "waiting",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Interrupted => "interrupted",
        }
    }

    /// Whether nothing more happens unless somebody asks.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Cancelled | Self::Interrupted)
    }

    fn read(text: &str) -> Self {
        match text {
            "queued" => Self::Queued,
            "running" => Self::Running,
            "waiting" => Self::Waiting,
            "succeeded" => Self::Succeeded,
            "cancelled" => Self::Cancelled,
            "interrupted" => Self::Interrupted,
            _ => Self::Failed,
        }
    }
}

/// A job as it is asked for. `id` is given by the caller, so that asking twice makes one job.
#[derive(Debug, Clone)]
pub struct NewJob<'a> {
    pub id: &'a str,
    pub kind: &'a str,
    pub subject: &'a str,
    pub song: Option<&'a str>,
    /// JSON of the request.
    pub request: &'a str,
}

/// One row of the job table.
#[derive(Debug, Clone, PartialEq)]
pub struct JobRow {
    pub id: String,
    pub kind: String,
    pub status: JobStatus,
    pub phase: String,
    pub progress: f64,
    pub subject: String,
    pub song: Option<String>,
    pub request: String,
    /// JSON of what is already done and must not be done again.
    pub checkpoint: String,
    pub error: Option<JobError>,
    /// Unix seconds.
    pub created: f64,
    pub updated: f64,
}

/// Why a job failed: a stable code and a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobError {
    pub code: String,
    pub message: String,
}

const COLUMNS: &str = "id, kind, status, phase, progress, subject, song, request, checkpoint, error, created, updated";

fn read(row: &Row<'_>) -> rusqlite::Result<JobRow> {
    let error: Option<String> = row.get(9)?;
    Ok(JobRow {
        id: row.get(0)?,
        kind: row.get(1)?,
        status: JobStatus::read(&row.get::<_, String>(2)?),
        phase: row.get(3)?,
        progress: row.get(4)?,
        subject: row.get(5)?,
        song: row.get(6)?,
        request: row.get(7)?,
        checkpoint: row.get(8)?,
        error: error
            .map(|text| serde_json::from_str(&text).unwrap_or(JobError { code: "internal".into(), message: text })),
        created: row.get(10)?,
        updated: row.get(11)?,
    })
}

impl Library {
    /// Writes a queued job; a job of the same id stays as it is.
    pub fn add_job(&self, job: &NewJob<'_>, now: f64) -> Result<(), Error> {
        self.connection().execute(
            "INSERT OR IGNORE INTO jobs (id, kind, status, phase, progress, subject, song, request, checkpoint, created, updated)
             VALUES (?1, ?2, 'queued', 'queued', 0, ?3, ?4, ?5, '{}', ?6, ?6)",
            params![job.id, job.kind, job.subject, job.song, job.request, now],
        )?;
        Ok(())
    }

    /// # Errors
    /// [`Error::NotFound`] when there is no such job.
    pub fn job(&self, id: &str) -> Result<JobRow, Error> {
        self.connection()
            .query_row(&format!("SELECT {COLUMNS} FROM jobs WHERE id = ?1"), [id], read)
            .optional()?
            .ok_or_else(|| Error::NotFound { what: "job", id: id.to_owned() })
    }

    /// Jobs that were not dismissed, newest first.
    pub fn jobs(&self, limit: u32) -> Result<Vec<JobRow>, Error> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM jobs WHERE dismissed = 0 ORDER BY created DESC, id DESC LIMIT ?1"
        ))?;
        let rows = statement.query_map([limit], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Jobs of one status, oldest first.
    pub fn jobs_with(&self, status: JobStatus) -> Result<Vec<JobRow>, Error> {
        let connection = self.connection();
        let mut statement =
            connection.prepare_cached(&format!("SELECT {COLUMNS} FROM jobs WHERE status = ?1 ORDER BY created, id"))?;
        let rows = statement.query_map([status.as_str()], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Moves a job on if it stands in one of `from`; says whether it did.
    pub fn move_job(&self, id: &str, from: &[JobStatus], to: JobStatus, now: f64) -> Result<bool, Error> {
        let list = from.iter().map(|status| format!("'{}'", status.as_str())).collect::<Vec<_>>().join(", ");
        let changed = self.connection().execute(
            &format!("UPDATE jobs SET status = ?2, updated = ?3, error = NULL WHERE id = ?1 AND status IN ({list})"),
            params![id, to.as_str(), now],
        )?;
        Ok(changed == 1)
    }

    /// Notes phase and progress.
    pub fn note_progress(&self, id: &str, phase: &str, progress: f64, now: f64) -> Result<(), Error> {
        self.connection().execute(
            "UPDATE jobs SET phase = ?2, progress = ?3, updated = ?4 WHERE id = ?1",
            params![id, phase, progress, now],
        )?;
        Ok(())
    }

    /// Saves what is done; once this returns, a kill cannot forget it.
    pub fn checkpoint(&self, id: &str, checkpoint: &str, now: f64) -> Result<(), Error> {
        self.connection()
            .execute("UPDATE jobs SET checkpoint = ?2, updated = ?3 WHERE id = ?1", params![id, checkpoint, now])?;
        Ok(())
    }

    /// Ends a job: succeeded with the song it is about, or stopped with an error.
    pub fn finish_job(
        &self,
        id: &str,
        status: JobStatus,
        song: Option<&str>,
        error: Option<&JobError>,
        now: f64,
    ) -> Result<(), Error> {
        let error = error.map(serde_json::to_string).transpose()?;
        self.connection().execute(
            "UPDATE jobs SET status = ?2, song = coalesce(?3, song), error = ?4, updated = ?5,
                 phase = iif(?2 = 'succeeded', 'done', phase), progress = iif(?2 = 'succeeded', 1, progress)
             WHERE id = ?1",
            params![id, status.as_str(), song, error, now],
        )?;
        Ok(())
    }

    /// Hides an ended job from the list; says whether it did.
    pub fn dismiss_job(&self, id: &str) -> Result<bool, Error> {
        let changed = self.connection().execute(
            "UPDATE jobs SET dismissed = 1
             WHERE id = ?1 AND status IN ('succeeded', 'failed', 'cancelled', 'interrupted')",
            [id],
        )?;
        Ok(changed == 1)
    }
}
