//! What a report does to its task, and what may stand in one.

use std::collections::BTreeSet;

use sauro_kernel::{DeliverableId, Line, Prose, TextError};

use super::{Claim, Deliverable, DeliverableStage, ReportItem, SelfRating, Stage, Task};
use crate::error::Fault;

/// What an editor may change in a report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReportFields {
    /// Kết quả nổi bật.
    pub results: String,
    /// Khó khăn, vướng mắc.
    pub difficulties: String,
    /// Đề xuất, kiến nghị.
    pub proposals: String,
    /// What the agency says of itself.
    pub self_rating: Option<SelfRating>,
    /// What it says of each deliverable.
    pub items: Vec<ReportItem>,
}

/// How far a task has come once something happened to its deliverables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The stage that follows from the deliverables.
    pub stage: Stage,
    /// The first instant of the completing claim that still stands.
    pub reported_at: Option<i64>,
    /// When the last deliverable was accepted.
    pub verified_at: Option<i64>,
    /// When the last deliverable was confirmed to be in use.
    pub in_use_at: Option<i64>,
}

impl ReportFields {
    /// The same fields, normalized, or every fault at once. Any field may be empty: this is a draft.
    ///
    /// # Errors
    ///
    /// A [`Fault`] for each text that is too long and each deliverable of another task.
    pub fn cleaned(&self, deliverables: &[Deliverable]) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut prose = |field: &str, label: &str, text: &str| match Prose::parse(text) {
            Ok(text) => text.as_str().to_owned(),
            Err(TextError::Empty) => String::new(),
            Err(err) => {
                faults.push(Fault::of_text(field, label, err));
                String::new()
            }
        };
        let results = prose("ket-qua", "Kết quả nổi bật", &self.results);
        let difficulties = prose("kho-khan", "Khó khăn, vướng mắc", &self.difficulties);
        let proposals = prose("de-xuat", "Đề xuất, kiến nghị", &self.proposals);
        let mut items = Vec::new();
        for item in &self.items {
            match cleaned_item(item, deliverables) {
                Ok(item) => items.push(item),
                Err(fault) => faults.push(fault),
            }
        }
        items.sort_by_key(|item| item.deliverable);
        items.dedup_by_key(|item| item.deliverable);
        let cleaned =
            Self { results, difficulties, proposals, self_rating: self.self_rating, items };
        if faults.is_empty() { Ok(cleaned) } else { Err(faults) }
    }

    /// What keeps a report with these fields from being sent. `shown` holds the deliverables that
    /// have evidence of their own; `is_shown` tells of evidence for the report as a whole.
    pub fn faults_of_sending(
        &self,
        deliverables: &[Deliverable],
        shown: &BTreeSet<DeliverableId>,
        is_shown: bool,
    ) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.results.trim().is_empty() {
            faults.push(Fault::new("ket-qua", "Nhập Kết quả nổi bật: đã làm được gì, bao nhiêu."));
        }
        for item in &self.items {
            let Some(deliverable) = deliverables.iter().find(|it| it.id == item.deliverable) else {
                continue;
            };
            // What was claimed earlier and still stands was shown then.
            let is_new = deliverable.stage < DeliverableStage::Reported;
            let is_bare = !is_shown && !shown.contains(&item.deliverable);
            if item.claim != Claim::Doing && is_new && is_bare {
                faults.push(Fault::new(
                    format!("sp-{}", deliverable.ordinal),
                    format!(
                        "Sản phẩm {} “{}” báo đã xong nhưng chưa có minh chứng. Thêm tệp, địa chỉ hoặc số văn bản, hoặc chọn “Đang làm”.",
                        deliverable.ordinal, deliverable.name
                    ),
                ));
            }
        }
        faults
    }
}

fn cleaned_item(item: &ReportItem, deliverables: &[Deliverable]) -> Result<ReportItem, Fault> {
    let Some(deliverable) = deliverables.iter().find(|it| it.id == item.deliverable) else {
        return Err(Fault::new(
            "san-pham",
            "Có sản phẩm không thuộc nhiệm vụ này. Tải lại trang rồi chọn lại.",
        ));
    };
    let note = match Line::parse(&item.note) {
        Ok(note) => note.as_str().to_owned(),
        Err(TextError::Empty) => String::new(),
        Err(err) => {
            let field = format!("ghi-chu-{}", deliverable.ordinal);
            return Err(Fault::of_text(&field, "Ghi chú", err));
        }
    };
    Ok(ReportItem { note, ..item.clone() })
}

impl Claim {
    /// The stage of a deliverable at `stage` after this claim. Nobody's claim undoes an acceptance,
    /// and none stands in for one.
    pub fn applied_to(self, stage: DeliverableStage) -> DeliverableStage {
        match (self, stage) {
            (_, DeliverableStage::Accepted | DeliverableStage::InUse) => stage,
            (Self::Doing, _) => DeliverableStage::Doing,
            (Self::Done | Self::InUse, _) => DeliverableStage::Reported,
        }
    }
}

/// The deliverables as a sent report leaves them: claims applied at `now`, and what it does not
/// mention counts as being worked on.
pub fn reported(deliverables: &[Deliverable], items: &[ReportItem], now: i64) -> Vec<Deliverable> {
    let after = |deliverable: &Deliverable| {
        let claim = items.iter().find(|it| it.deliverable == deliverable.id).map(|it| it.claim);
        let stage = match (claim, deliverable.stage) {
            (Some(claim), stage) => claim.applied_to(stage),
            (None, DeliverableStage::Assigned) => DeliverableStage::Doing,
            (None, stage) => stage,
        };
        let reported_at =
            (stage >= DeliverableStage::Reported).then(|| deliverable.reported_at.unwrap_or(now));
        Deliverable { stage, reported_at, ..deliverable.clone() }
    };
    deliverables.iter().map(after).collect()
}

impl Progress {
    /// Where `task` stands when its deliverables are as in `deliverables`, at `now`.
    pub fn of(task: &Task, deliverables: &[Deliverable], now: i64) -> Self {
        let stage = Stage::of_deliverables(deliverables.iter().map(|it| it.stage));
        let since = |is_reached: bool, first: Option<i64>| is_reached.then(|| first.unwrap_or(now));
        let is_verified = matches!(stage, Stage::Verified | Stage::InUse);
        Self {
            stage,
            reported_at: since(is_verified || stage == Stage::Reported, task.reported_at),
            verified_at: since(is_verified, task.verified_at),
            in_use_at: since(stage == Stage::InUse, task.in_use_at),
        }
    }
}

/// Two texts of one field as one: the lines of `theirs`, then those of `mine` that it lacks.
pub fn merged(theirs: &str, mine: &str) -> String {
    let lines: Vec<&str> = theirs.lines().map(str::trim_end).collect();
    let is_known = |line: &&str| lines.iter().any(|it| it.trim() == line.trim());
    let added = mine.lines().map(str::trim_end).filter(|line| !is_known(line));
    lines.iter().copied().chain(added).collect::<Vec<_>>().join("\n").trim().to_owned()
}
