use std::collections::BTreeSet;

use sauro_kernel::{DeliverableId, EvidenceId, ReportId};
use sauro_store::{FileHash, Stored};
use serde_json::json;

use super::{By, Life};
use crate::TasksError;
use crate::model::{
    Evidence, EvidenceKind, Report, ReportFields, ReportState, SelfRating, reported,
};

/// A piece of evidence to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: EvidenceKind,
    /// The file's name, the address or the number, as the actions leave it.
    pub label: String,
    /// The file, which is kept already, and its type.
    pub file: Option<(Stored, &'static str)>,
    /// The deliverable it shows; none for the report as a whole.
    pub shows: Option<DeliverableId>,
}

/// The way over the desk: the staff opens and writes, adds evidence, and puts it before the leader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Desk {
    /// Opened and saved.
    pub drafted: By,
    /// The evidence is added.
    pub shown: By,
    /// Put before the leader.
    pub submitted: By,
}

impl Life {
    /// A report that is sent in one go, with at most one piece of evidence: a file.
    ///
    /// # Errors
    ///
    /// [`TasksError::Invalid`] for what could not have been sent.
    pub fn report_directly(
        &mut self,
        sent: By,
        fields: &ReportFields,
        file: Option<Piece>,
        receipt: String,
    ) -> Result<(), TasksError> {
        self.must_run()?;
        let fields = fields.cleaned(&self.deliverables).map_err(TasksError::Invalid)?;
        self.touch(sent);
        let mut report = self.blank(sent, &fields);
        if let Some(piece) = file {
            let evidence = self.evidence_of(&report, piece, sent);
            self.evidence.push(evidence);
        }
        self.must_be_shown(&report, &fields)?;
        mark_sent(&mut report, sent, receipt);
        self.arrive(sent, report, fields);
        Ok(())
    }

    /// A report over the desk. Without `sent` it still waits for the leader.
    ///
    /// # Errors
    ///
    /// [`TasksError::Invalid`] for what could not have been sent.
    pub fn report_over_desk(
        &mut self,
        desk: Desk,
        sent: Option<(By, String)>,
        fields: &ReportFields,
        pieces: Vec<Piece>,
    ) -> Result<(), TasksError> {
        self.must_run()?;
        let fields = fields.cleaned(&self.deliverables).map_err(TasksError::Invalid)?;
        // Opened with what the last one said, then written.
        let mut report = self.blank(desk.drafted, &fields);
        report.version = 2;
        for piece in pieces {
            let evidence = self.evidence_of(&report, piece, desk.shown);
            let data = json!({
                "evidence": evidence.id,
                "report": report.id,
                "kind": evidence.kind.code(),
                "hash": evidence.file_hash.map(|hash| FileHash(hash).to_string()),
            });
            self.evidence.push(evidence);
            self.tell(desk.shown, "EvidenceAdded", &data);
        }
        self.must_be_shown(&report, &fields)?;
        self.touch(desk.submitted);
        report.state = ReportState::Submitted;
        report.changed_by = desk.submitted.post;
        report.changed_at = desk.submitted.at;
        report.version += 1;
        self.tell(desk.submitted, "ReportSubmitted", &json!({ "report": report.id }));
        match sent {
            Some((by, receipt)) => {
                self.touch(by);
                report.version += 1;
                mark_sent(&mut report, by, receipt);
                self.arrive(by, report, fields);
            }
            None => self.reports.push((report, fields.items)),
        }
        Ok(())
    }

    fn blank(&mut self, by: By, fields: &ReportFields) -> Report {
        Report {
            id: ReportId(self.ids.at(by.at)),
            task: self.task.id,
            agency: self.task.lead,
            state: ReportState::Draft,
            results: fields.results.clone(),
            difficulties: fields.difficulties.clone(),
            proposals: fields.proposals.clone(),
            self_rating: fields.self_rating,
            drafted_by: by.post,
            changed_by: by.post,
            changed_at: by.at,
            sent_by: None,
            sent_at: None,
            receipt: None,
            reason: String::new(),
            version: 1,
        }
    }

    fn evidence_of(&mut self, report: &Report, piece: Piece, by: By) -> Evidence {
        Evidence {
            id: EvidenceId(self.ids.at(by.at)),
            task: self.task.id,
            report: report.id,
            deliverable: piece.shows,
            kind: piece.kind,
            label: piece.label,
            file_hash: piece.file.map(|(stored, _)| stored.hash.0),
            mime: piece.file.map_or("", |(_, mime)| mime).to_owned(),
            n_bytes: piece
                .file
                .map_or(0, |(stored, _)| i64::try_from(stored.n_bytes).unwrap_or(i64::MAX)),
            added_by: by.post,
            added_at: by.at,
        }
    }

    fn must_be_shown(&self, report: &Report, fields: &ReportFields) -> Result<(), TasksError> {
        let own = || self.evidence.iter().filter(|it| it.report == report.id);
        let shown: BTreeSet<_> = own().filter_map(|it| it.deliverable).collect();
        let is_shown = own().any(|it| it.deliverable.is_none());
        let faults = fields.faults_of_sending(&self.deliverables, &shown, is_shown);
        if faults.is_empty() { Ok(()) } else { Err(TasksError::Invalid(faults)) }
    }

    fn arrive(&mut self, by: By, report: Report, fields: ReportFields) {
        self.deliver(reported(&self.deliverables, &fields.items, by.at));
        let stage = self.progress(by.at);
        let rating = fields.self_rating.map_or("", SelfRating::code);
        rating.clone_into(&mut self.task.self_rating);
        self.task.last_report_at = Some(by.at);
        let data = json!({
            "report": report.id,
            "receipt": report.receipt,
            "stage": stage.code(),
            "self_rating": rating,
        });
        self.reports.push((report, fields.items));
        self.tell(by, "ReportSent", &data);
    }
}

fn mark_sent(report: &mut Report, by: By, receipt: String) {
    report.state = ReportState::Sent;
    report.changed_by = by.post;
    report.changed_at = by.at;
    report.sent_by = Some(by.post);
    report.sent_at = Some(by.at);
    report.receipt = Some(receipt);
}
