//! From a plan to a life.

use std::sync::Arc;

use chrono::NaiveDate;
use sauro_kernel::{DeliverableId, Dice};
use sauro_store::Stored;
use sauro_tasks::TasksError;
use sauro_tasks::jobs::past::{Desk, Life, Piece, Ruling};
use sauro_tasks::model::{
    Claim, Deliverable, DeliverableStage, EvidenceKind, ReportFields, ReportItem, SelfRating,
};

use super::cast::Seats;
use super::plan::{Act, Move};
use super::time::day_of;
use super::words;

/// A file that may serve as evidence: its name, what is kept, its type.
pub(super) type Kept = (String, Stored, &'static str);

/// Who plays a part in one life.
pub(super) struct Parts<'a> {
    pub(super) lead: &'a Seats,
    pub(super) issuer: &'a Seats,
    pub(super) authority: &'a Seats,
}

/// Lives one life.
pub(super) struct Player<'a> {
    pub(super) parts: Parts<'a>,
    pub(super) files: Arc<[Kept]>,
    pub(super) dice: Dice,
    pub(super) lead_code: &'a str,
}

impl Player<'_> {
    pub(super) fn live(mut self, life: &mut Life, moves: &[Move]) -> Result<(), TasksError> {
        for it in moves {
            self.perform(life, it)?;
        }
        Ok(())
    }

    fn perform(&mut self, life: &mut Life, it: &Move) -> Result<(), TasksError> {
        let Parts { lead, issuer, authority } = self.parts;
        let at = it.at;
        match it.act {
            Act::Brief(rating, has_file) => {
                let fields = self.on_the_way(life, rating);
                let file = has_file.then(|| self.file(None)).flatten();
                life.report_directly(lead.leader(at), &fields, file, receipt(it))?;
            }
            Act::Written(rating, is_shown) => {
                let fields = self.on_the_way(life, rating);
                let pieces = if is_shown { vec![self.piece(None, at)] } else { Vec::new() };
                self.over_desk(life, it, &fields, pieces, true)?;
            }
            Act::Complete | Act::LeaveOnDesk => {
                let fields = self.done(life);
                let mut pieces: Vec<Piece> = open(life)
                    .map(|it| it.id)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .map(|id| self.piece(Some(id), at))
                    .collect();
                pieces.extend(self.dice.is_lucky(40).then(|| self.file(None)).flatten());
                self.over_desk(life, it, &fields, pieces, it.act == Act::Complete)?;
            }
            Act::CompleteInOneGo => {
                let fields = self.done(life);
                let file = self.file(None);
                life.report_directly(lead.leader(at), &fields, file, receipt(it))?;
            }
            Act::Accept | Act::Return => {
                let is_accepted = it.act == Act::Accept;
                let reason = if is_accepted { "" } else { self.say(words::REASONS) };
                let ruling = Ruling {
                    is_accepted,
                    checked: self.say(words::CHECKED).to_owned(),
                    reason: reason.to_owned(),
                };
                life.verify(authority.verifier(at), &ruling)?;
            }
            Act::Use => {
                let ids: Vec<DeliverableId> = life.deliverables().iter().map(|it| it.id).collect();
                let words = self.say(words::USES);
                for (n, id) in (0_i64..).zip(ids) {
                    life.confirm_in_use(authority.verifier(at + n * 20_000_000), id, words)?;
                }
            }
            Act::AskTime(to) => life.ask_extension(lead.leader(at), to, self.say(words::MORE_TIME)),
            Act::Grant => life.decide_extension(issuer.leader(at), true, "")?,
            Act::Refuse => {
                let answer = "Còn thời gian, đề nghị tập trung hoàn thành đúng hạn đã giao.";
                life.decide_extension(issuer.leader(at), false, answer)?;
            }
            Act::AskWhy(by) => {
                life.ask_explanation(issuer.leader(at), by, self.say(words::QUESTIONS));
            }
            Act::Explain => life.answer_explanation(lead.leader(at), self.say(words::ANSWERS))?,
            Act::Close => life.close_explanation(issuer.leader(at))?,
            Act::Urge => life.urge(issuer.leader(at), self.say(words::URGES)),
            Act::Pause => life.stop(issuer.leader(at), false, words::PAUSED),
            Act::Cancel => life.stop(issuer.leader(at), true, words::CANCELLED),
            // Told together with the tasks handed down.
            Act::HandDown(_) => {}
        }
        Ok(())
    }

    fn over_desk(
        &mut self,
        life: &mut Life,
        it: &Move,
        fields: &ReportFields,
        pieces: Vec<Piece>,
        is_sent: bool,
    ) -> Result<(), TasksError> {
        const MINUTE: i64 = 60_000_000;
        let lead = self.parts.lead;
        let desk = Desk {
            drafted: lead.officer(it.at - 28 * MINUTE),
            shown: lead.officer(it.at - 16 * MINUTE),
            submitted: lead.officer(it.at - 9 * MINUTE),
        };
        let sent = is_sent.then(|| (lead.leader(it.at), receipt(it)));
        life.report_over_desk(desk, sent, fields, pieces)
    }

    fn on_the_way(&mut self, life: &Life, rating: SelfRating) -> ReportFields {
        self.fields(life, words::PROGRESS, rating, Claim::Doing)
    }

    fn done(&mut self, life: &Life) -> ReportFields {
        let is_again = life.deliverables().iter().any(|it| it.stage == DeliverableStage::Returned);
        let said = if is_again { words::AGAIN_DONE } else { words::RESULTS };
        self.fields(life, said, SelfRating::Done, Claim::Done)
    }

    fn fields(
        &mut self,
        life: &Life,
        results: &[&str],
        rating: SelfRating,
        claim: Claim,
    ) -> ReportFields {
        let results = self.dice.word(results).to_owned();
        ReportFields {
            results,
            difficulties: self.dice.word(words::DIFFICULTIES).to_owned(),
            proposals: self.dice.word(words::PROPOSALS).to_owned(),
            self_rating: Some(rating),
            items: open(life)
                .map(|it| ReportItem { deliverable: it.id, claim, note: String::new() })
                .collect(),
        }
    }

    fn say(&mut self, words: &'static [&'static str]) -> &'static str {
        self.dice.word(words)
    }

    /// A document in most cases, sometimes an address or a file.
    fn piece(&mut self, shows: Option<DeliverableId>, at: i64) -> Piece {
        let kind = self.dice.between(1, 100);
        if kind <= 25
            && let Some(file) = self.file(shows)
        {
            return file;
        }
        let n = self.dice.between(11, 980);
        let (kind, label) = if kind <= 75 {
            (EvidenceKind::Document, format!("{n}/BC-{}", self.lead_code))
        } else {
            let day: NaiveDate = day_of(at);
            let label = format!("https://congkhai.example.vn/{}/{n}", day.format("%Y/%m/%d"));
            (EvidenceKind::Link, label)
        };
        Piece { kind, label, file: None, shows }
    }

    fn file(&mut self, shows: Option<DeliverableId>) -> Option<Piece> {
        let n = usize::try_from(self.dice.next()).unwrap_or(0);
        let (name, stored, mime) = self.files.get(n.checked_rem(self.files.len())?)?;
        Some(Piece {
            kind: EvidenceKind::File,
            label: name.clone(),
            file: Some((*stored, mime)),
            shows,
        })
    }
}

/// What is still owed of a task.
fn open(life: &Life) -> impl Iterator<Item = &Deliverable> {
    life.deliverables().iter().filter(|it| it.stage < DeliverableStage::Reported)
}

/// The number that a receipt has: the day, and its place on it.
fn receipt(it: &Move) -> String {
    format!("BN-{}-{:06}", day_of(it.at).format("%Y%m%d"), it.receipt)
}
