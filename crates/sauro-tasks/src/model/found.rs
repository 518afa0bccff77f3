use chrono::NaiveDate;
use sauro_kernel::{AgencyId, ProgrammeId, TaskId};

/// What everybody may find of a public task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundTask {
    /// The id.
    pub id: TaskId,
    /// The code, such as `NV-2026-000123`.
    pub code: String,
    /// What is to be done.
    pub work: String,
    /// Who does it.
    pub lead: AgencyId,
    /// When it was issued, in microseconds.
    pub issued_at: i64,
    /// The last day.
    pub due_on: NaiveDate,
    /// Code and name of its programme.
    pub programme: (String, String),
    /// Number and subject of its directive, or empty.
    pub directive: (String, String),
    /// What is handed over.
    pub deliverables: Vec<String>,
}

/// What everybody may find of a public programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundProgramme {
    /// The id.
    pub id: ProgrammeId,
    /// The short code.
    pub code: String,
    /// The name.
    pub name: String,
    /// The document it rests on, or empty.
    pub basis: String,
    /// Whose it is.
    pub owner: AgencyId,
}
