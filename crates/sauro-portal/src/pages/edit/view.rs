//! What the template of the editor asks of it.

use std::collections::HashMap;

use super::super::shown::{Frame, THUMB, tag};
use super::EditPage;
use crate::model::{Act, BLOCK_KINDS, Block, BlockFields, Item, Remark, Tongue, label_in};

/// A block's number, its fields, what it is called, what is to be said about it, and what is wrong with it.
pub(super) type Numbered<'a> = (usize, &'a BlockFields, &'static str, Vec<&'a Remark>, &'a str);

impl EditPage {
    /// The blocks, as the form shows them.
    pub(super) fn numbered(&self) -> Vec<Numbered<'_>> {
        let mut said: HashMap<usize, Vec<&Remark>> = HashMap::new();
        for it in &self.remarks {
            said.entry(it.block).or_default().push(it);
        }
        let mut all = Vec::with_capacity(self.fields.blocks.len());
        for (n, it) in self.fields.blocks.iter().enumerate() {
            let n = n + 1;
            let about = said.remove(&n).unwrap_or_default();
            let fault = self.faults.of(format!("khoi-{n}"));
            all.push((n, it, label_in(&BLOCK_KINDS, &it.kind), about, fault));
        }
        all
    }

    /// The picture that `block` shows, as HTML, or nothing.
    pub(super) fn thumb(&self, block: &BlockFields) -> String {
        let found = self.desk.pictures.iter().find(|it| it.id.to_string() == block.file);
        let frame = Frame { alt: "", sizes: THUMB, is_lazy: true, is_cut: true, pass: "" };
        found.map(|it| tag(it, &frame)).unwrap_or_default()
    }

    /// Whoever else has it open is asked first.
    pub(super) fn may_write(&self) -> bool {
        self.desk.may(Act::Write) && self.holder.is_none()
    }

    /// Remarks on the block with `mark`: how many are not settled, and how many there are.
    pub(super) fn remarked(&self, mark: &str) -> (usize, usize) {
        let on = self.desk.threads.iter().filter(|it| !mark.is_empty() && it.mark == mark);
        on.fold((0, 0), |(open, all), it| (open + usize::from(!it.is_settled), all + 1))
    }

    /// What the original says in the block with `mark`, when this is a translation.
    pub(super) fn original(&self, mark: &str) -> String {
        let said = self.desk.tongues.original.as_ref().and_then(|it| it.block(mark));
        said.map(Block::words).unwrap_or_default()
    }

    /// `lang` of what is written here, where it is not Vietnamese.
    pub(super) fn lang(&self) -> &'static str {
        match self.desk.item.tongue {
            Tongue::Vietnamese => "",
            tongue => tongue.code(),
        }
    }

    /// Whether `it` was translated before its original changed.
    pub(super) fn is_outdated(&self, it: &Item) -> bool {
        self.desk.tongues.outdated.contains(&it.id)
    }

    /// Remarks that are not settled.
    pub(super) fn n_open(&self) -> usize {
        self.desk.threads.iter().filter(|it| !it.is_settled).count()
    }

    pub(super) fn is(&self, kind: &str) -> bool {
        self.desk.item.kind.code() == kind
    }

    pub(super) fn may(&self, act: &str) -> bool {
        let act = match act {
            "submit" => Act::Submit,
            "hand-up" => Act::HandUp,
            "send-back" => Act::SendBack,
            "agree" => Act::Agree,
            "take-over" => Act::TakeOver,
            "translate" => Act::Translate,
            "copy" => Act::Copy,
            "approve" => Act::Approve,
            "unschedule" => Act::Unschedule,
            "correct" => Act::Correct,
            "drop-correction" => Act::DropCorrection,
            "withdraw" => Act::Withdraw,
            "archive" => Act::Archive,
            "move" => Act::Move,
            _ => Act::LinkPreview,
        };
        self.desk.may(act)
    }

    pub(super) fn has_topic(&self, id: &sauro_kernel::TopicId) -> bool {
        self.fields.topics.contains(&id.to_string())
    }

    pub(super) fn state(&self) -> &'static str {
        self.desk.item.state.code()
    }
}
