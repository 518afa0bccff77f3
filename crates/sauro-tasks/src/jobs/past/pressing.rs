//! More time, explanation, urging, pause and cancellation.

use chrono::NaiveDate;
use sauro_kernel::{ExplanationId, ExtensionId};
use serde_json::json;

use super::life::Urged;
use super::{By, Life};
use crate::TasksError;
use crate::model::{Explanation, ExplanationState, Extension, ExtensionState, Stage};

impl Life {
    /// Asks the issuer for time until `to_on`.
    pub fn ask_extension(&mut self, by: By, to_on: NaiveDate, reason: &str) {
        self.touch(by);
        let asked = Extension {
            id: ExtensionId(self.ids.at(by.at)),
            task: self.task.id,
            asked_by: by.post,
            asked_by_agency: by.agency,
            decider: self.task.issuer,
            asked_at: by.at,
            reason: reason.to_owned(),
            from_on: self.task.due_on,
            to_on,
            state: ExtensionState::Asked,
            decided_by: None,
            decided_at: None,
            answer: String::new(),
        };
        self.tell_extension(by, "ExtensionAsked", &asked);
        self.extensions.push(asked);
    }

    /// Grants or refuses the open request.
    ///
    /// # Errors
    ///
    /// [`TasksError::Stale`] when none is open.
    pub fn decide_extension(
        &mut self,
        by: By,
        is_granted: bool,
        answer: &str,
    ) -> Result<(), TasksError> {
        self.touch(by);
        let open = self.extensions.iter_mut().find(|it| it.state == ExtensionState::Asked);
        let asked = open.ok_or(TasksError::Stale)?;
        asked.decided_by = Some(by.post);
        asked.decided_at = Some(by.at);
        answer.clone_into(&mut asked.answer);
        let kind = if is_granted {
            asked.state = ExtensionState::Granted;
            self.task.first_due_on = self.task.first_due_on.or(Some(self.task.due_on));
            self.task.due_on = asked.to_on;
            self.due_set_at = Some(by.at);
            "ExtensionGranted"
        } else {
            asked.state = ExtensionState::Refused;
            "ExtensionRefused"
        };
        let decided = asked.clone();
        self.tell_extension(by, kind, &decided);
        Ok(())
    }

    fn tell_extension(&mut self, by: By, kind: &'static str, it: &Extension) {
        self.tell(by, kind, &it.told());
    }

    /// Asks the lead to explain until `due_on`.
    pub fn ask_explanation(&mut self, by: By, due_on: NaiveDate, question: &str) {
        self.touch(by);
        let asked = Explanation {
            id: ExplanationId(self.ids.at(by.at)),
            task: self.task.id,
            asked_by: by.post,
            asked_by_agency: by.agency,
            lead: self.task.lead,
            asked_at: by.at,
            question: question.to_owned(),
            due_on,
            state: ExplanationState::Asked,
            answered_by: None,
            answered_at: None,
            answer: String::new(),
        };
        self.tell_explanation(by, "ExplanationAsked", &asked);
        self.explanations.push((asked, None));
    }

    /// Answers the open request to explain.
    ///
    /// # Errors
    ///
    /// [`TasksError::Stale`] when none is open.
    pub fn answer_explanation(&mut self, by: By, answer: &str) -> Result<(), TasksError> {
        self.touch(by);
        let found = self.explanations.iter_mut().find(|it| it.0.state == ExplanationState::Asked);
        let (asked, _) = found.ok_or(TasksError::Stale)?;
        asked.state = ExplanationState::Answered;
        asked.answered_by = Some(by.post);
        asked.answered_at = Some(by.at);
        answer.clone_into(&mut asked.answer);
        let answered = asked.clone();
        self.tell_explanation(by, "ExplanationAnswered", &answered);
        Ok(())
    }

    /// Takes note of the answer.
    ///
    /// # Errors
    ///
    /// [`TasksError::Stale`] when there is none.
    pub fn close_explanation(&mut self, by: By) -> Result<(), TasksError> {
        self.touch(by);
        let found =
            self.explanations.iter_mut().find(|it| it.0.state == ExplanationState::Answered);
        let (asked, closed_at) = found.ok_or(TasksError::Stale)?;
        asked.state = ExplanationState::Closed;
        *closed_at = Some(by.at);
        let closed = asked.clone();
        self.tell_explanation(by, "ExplanationClosed", &closed);
        Ok(())
    }

    fn tell_explanation(&mut self, by: By, kind: &'static str, it: &Explanation) {
        self.tell(by, kind, &it.told(by.at));
    }

    /// Urges the lead; one agency at most once a day.
    pub fn urge(&mut self, by: By, words: &str) {
        let id = self.ids.at(by.at);
        self.urges.push(Urged { id, by, words: words.to_owned() });
        self.tell(by, "TaskUrged", &json!({ "words": words }));
    }

    /// Pauses the task, or cancels it for good.
    pub fn stop(&mut self, by: By, is_for_good: bool, reason: &str) {
        self.touch(by);
        let (stage, kind) = if is_for_good {
            (Stage::Cancelled, "TaskCancelled")
        } else {
            (Stage::Paused, "TaskPaused")
        };
        self.task.stage = stage;
        reason.clone_into(&mut self.task.stage_reason);
        self.tell(by, kind, &json!({ "reason": reason, "stage": stage.code() }));
    }
}
