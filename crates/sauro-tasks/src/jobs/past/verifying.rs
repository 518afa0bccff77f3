use sauro_kernel::{DeliverableId, ReportId, VerificationId};
use serde_json::json;

use super::{By, Life};
use crate::TasksError;
use crate::model::{
    Claim, Decision, Deliverable, DeliverableStage, Report, ReportState, Verification,
};

/// What the authority says of everything that waits for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    /// Accept or return.
    pub is_accepted: bool,
    /// What was looked at.
    pub checked: String,
    /// Why it is returned.
    pub reason: String,
}

impl Life {
    /// Accepts or returns all that was reported done, in one step.
    ///
    /// # Errors
    ///
    /// [`TasksError::WrongState`] when nothing waits.
    pub fn verify(&mut self, by: By, ruling: &Ruling) -> Result<(), TasksError> {
        self.must_run()?;
        let waiting: Vec<DeliverableId> = self
            .deliverables
            .iter()
            .filter(|it| it.stage == DeliverableStage::Reported)
            .map(|it| it.id)
            .collect();
        if waiting.is_empty() {
            return Err(TasksError::WrongState("Không có sản phẩm nào chờ nghiệm thu."));
        }
        self.touch(by);
        let (decision, kind) = if ruling.is_accepted {
            (Decision::Accepted, "DeliverableAccepted")
        } else {
            (Decision::Returned, "DeliverableReturned")
        };
        let mut claimed = Vec::new();
        for id in &waiting {
            let report = self.claiming(*id);
            self.decide(*id, by, decision);
            self.note(*id, by, report, decision, (&ruling.checked, &ruling.reason));
            let data = json!({
                "deliverable": id,
                "report": report,
                "checked": ruling.checked,
                "reason": ruling.reason,
            });
            self.tell(by, kind, &data);
            if let Some(report) = report.filter(|it| !claimed.contains(it)) {
                claimed.push(report);
            }
        }
        for report in claimed {
            self.judge(report, &waiting, ruling);
        }
        self.progress(by.at);
        self.keep_version();
        Ok(())
    }

    /// Confirms that an accepted deliverable is in use.
    ///
    /// # Errors
    ///
    /// [`TasksError::WrongState`] before acceptance.
    pub fn confirm_in_use(
        &mut self,
        by: By,
        deliverable: DeliverableId,
        words: &str,
    ) -> Result<(), TasksError> {
        self.must_run()?;
        let is_accepted =
            |it: &Deliverable| it.id == deliverable && it.stage == DeliverableStage::Accepted;
        if !self.deliverables.iter().any(is_accepted) {
            return Err(TasksError::WrongState("Sản phẩm chưa được nghiệm thu."));
        }
        self.touch(by);
        self.decide(deliverable, by, Decision::InUse);
        self.note(deliverable, by, None, Decision::InUse, (words, ""));
        self.progress(by.at);
        let data = json!({ "deliverable": deliverable, "checked": words });
        self.tell(by, "DeliverableInUse", &data);
        Ok(())
    }

    fn decide(&mut self, id: DeliverableId, by: By, decision: Decision) {
        let after = self.deliverables.iter().cloned().map(|it| match decision {
            _ if it.id != id => it,
            Decision::Accepted => {
                Deliverable { stage: DeliverableStage::Accepted, accepted_at: Some(by.at), ..it }
            }
            Decision::Returned => {
                Deliverable { stage: DeliverableStage::Returned, reported_at: None, ..it }
            }
            Decision::InUse => {
                Deliverable { stage: DeliverableStage::InUse, in_use_at: Some(by.at), ..it }
            }
        });
        let after = after.collect();
        self.deliver(after);
    }

    fn note(
        &mut self,
        deliverable: DeliverableId,
        by: By,
        report: Option<ReportId>,
        decision: Decision,
        (checked, reason): (&str, &str),
    ) {
        let id = VerificationId(self.ids.at(by.at));
        self.verifications.push(Verification {
            id,
            task: self.task.id,
            deliverable,
            report,
            decision,
            checked: checked.to_owned(),
            reason: reason.to_owned(),
            decided_by: by.post,
            decided_by_agency: by.agency,
            decided_at: by.at,
        });
    }

    /// The latest sent report that claims `deliverable` to be done.
    fn claiming(&self, deliverable: DeliverableId) -> Option<ReportId> {
        let claims = |items: &[crate::model::ReportItem]| {
            items.iter().any(|it| it.deliverable == deliverable && it.claim != Claim::Doing)
        };
        let found =
            self.reports.iter().rev().find(|(it, items)| it.sent_at.is_some() && claims(items));
        found.map(|(it, _)| it.id)
    }

    /// What becomes of a report that claimed some of what was decided.
    fn judge(&mut self, id: ReportId, decided: &[DeliverableId], ruling: &Ruling) {
        let n_decided = decided.iter().filter(|it| self.claiming(**it) == Some(id)).count();
        let is_accepted = |id: DeliverableId| {
            let found = self.deliverables.iter().find(|it| it.id == id);
            found.is_some_and(|it| it.stage >= DeliverableStage::Accepted)
        };
        let is_whole = self.reports.iter().any(|(it, items)| {
            let claims = items.iter().filter(|it| it.claim != Claim::Doing);
            it.id == id && claims.map(|it| it.deliverable).all(is_accepted)
        });
        let Some((report, _)) = self.reports.iter_mut().find(|(it, _)| it.id == id) else { return };
        if !ruling.is_accepted {
            let reasons = vec![ruling.reason.as_str(); n_decided];
            mark(report, ReportState::Returned, reasons.join("\n"));
        } else if is_whole {
            mark(report, ReportState::Accepted, String::new());
        }
    }
}

fn mark(report: &mut Report, state: ReportState, reason: String) {
    report.state = state;
    report.reason = reason;
    report.version += 1;
}
