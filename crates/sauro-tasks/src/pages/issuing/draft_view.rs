use sauro_kernel::{AgencyId, Ctx};
use sauro_store::Db;
use sauro_ui::words;

use crate::TasksError;
use crate::actions::{self, Duplicate};
use crate::model::{Agencies, Clarity, Deadline, Draft, DraftState, fan_out, name_of};

/// A draft as pages show it.
pub(super) struct DraftView {
    pub(super) draft: Draft,
    /// What tells it from the others on its page.
    pub(super) key: String,
    /// Positions of the clarities that lack, 0 to 5.
    pub(super) missing: Vec<usize>,
    /// The clarities that lack.
    pub(super) lacks: Vec<Clarity>,
    pub(super) leads: String,
    pub(super) partners: String,
    pub(super) authority: String,
    pub(super) deadline: String,
    /// How many tasks it will become.
    pub(super) n_tasks: usize,
    pub(super) duplicates: Vec<Same>,
    /// Still being edited, and the viewer may edit.
    pub(super) is_open: bool,
}

/// Something that says the same already.
pub(super) struct Same {
    pub(super) href: String,
    pub(super) words: String,
}

impl DraftView {
    pub(super) fn of(draft: Draft, directory: &dyn Agencies, may_prepare: bool) -> Self {
        let lacks = crate::model::lacks(directory, draft.owner, &draft.body);
        Self {
            key: draft.ordinal.to_string(),
            missing: lacks.iter().map(|it| it.number().saturating_sub(1)).collect(),
            lacks,
            leads: names(directory, &draft.body.leads),
            partners: names(directory, &draft.body.partners),
            authority: draft
                .body
                .authority
                .map(|id| name_of(directory, id).to_owned())
                .unwrap_or_default(),
            deadline: deadline_words(&draft.body.deadline),
            n_tasks: fan_out(directory, draft.owner, &draft.body.leads).len(),
            duplicates: Vec::new(),
            is_open: may_prepare && draft.state == DraftState::Draft,
            draft,
        }
    }

    pub(super) fn is_clear(&self) -> bool {
        self.lacks.is_empty()
    }

    /// The silhouette that stands for its state.
    pub(super) fn status(&self) -> &'static str {
        match self.draft.state {
            DraftState::Issued => "done",
            DraftState::Dropped => "none",
            DraftState::Proposed => "run",
            DraftState::Draft if self.is_clear() => "done",
            DraftState::Draft => "over",
        }
    }

    /// The words of its state.
    pub(super) fn state_words(&self) -> &'static str {
        match self.draft.state {
            DraftState::Draft if self.is_clear() => "Đủ để trình",
            DraftState::Draft => "Chưa giao được",
            other => other.label(),
        }
    }

    pub(super) fn strength_words(&self) -> &'static str {
        match self.draft.body.strength.as_str() {
            "request" => "Đề nghị",
            "effort" => "Phấn đấu",
            "soft" => "Chung chung, khó kiểm tra",
            _ => "Bắt buộc",
        }
    }

    /// Looks up what says the same already.
    pub(super) async fn look_up(
        &mut self,
        ctx: &Ctx,
        db: &Db,
        lead: Option<AgencyId>,
    ) -> Result<(), TasksError> {
        let found = actions::duplicates_of(ctx, db, &self.draft.body.work, lead).await?;
        self.duplicates = found.into_iter().filter_map(|it| same(it, &self.draft)).collect();
        Ok(())
    }
}

fn same(it: Duplicate, draft: &Draft) -> Option<Same> {
    match it {
        Duplicate::Task(task, _) if task.draft == Some(draft.id) => None,
        Duplicate::Task(task, alike) => Some(Same {
            href: format!("/nhiem-vu/{}", task.code),
            words: format!("{} ({}, giống {alike}%)", task.code, task.stage.label()),
        }),
        Duplicate::Draft(other, _) if other.id == draft.id => None,
        Duplicate::Draft(other, _) => Some(Same {
            href: format!("/chi-dao/du-thao/{}", other.id),
            words: format!("một dự thảo khác ({})", other.state.label()),
        }),
    }
}

pub(super) fn names(directory: &dyn Agencies, ids: &[AgencyId]) -> String {
    ids.iter().map(|id| name_of(directory, *id)).collect::<Vec<_>>().join("; ")
}

/// The deadline as a person reads it, with the words it came from.
pub(super) fn deadline_words(deadline: &Deadline) -> String {
    let from = if deadline.text.is_empty() {
        String::new()
    } else {
        format!("từ “{}”", deadline.text)
    };
    match deadline.due_on {
        Some(day) if deadline.is_recurring() => {
            format!("Lặp lại, kỳ tới {}, {from}", words::date(day))
                .trim_end_matches([',', ' '])
                .to_owned()
        }
        Some(day) => {
            format!("{}, {from}", words::date(day)).trim_end_matches([',', ' ']).to_owned()
        }
        None if from.is_empty() => String::new(),
        None => format!("chưa ra ngày, {from}"),
    }
}
