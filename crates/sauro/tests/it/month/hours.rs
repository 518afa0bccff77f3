//! Hour after hour: who does what, and what the pages say afterwards.

use chrono::{DateTime, Days, NaiveDate, Utc};
use futures_util::StreamExt;
use futures_util::stream;
use sauro_kernel::{AgencyId, Ctx, Role, VIETNAM};
use sauro_tasks::actions::{self, Amendment, Side, TaskFilter, Urged, Verdict, WholeReport};
use sauro_tasks::model::{
    Claim, Decision, Deliverable, ExplanationState, ExtensionState, ReportFields, ReportItem,
    SelfRating, Status, Task,
};

use super::country::{CENTRE, COMMUNES_DUE, Country, FIRST_DAY, LAST_DAY, PROVINCES_DUE, instant};
use super::fate::{Act, Move, extended_to};
use super::known::{At, Known, Says};

/// People at work at the same time.
const AT_ONCE: usize = 48;

impl Country {
    /// Plays `moves` and lets every hour in between pass; checks the pages after each.
    pub(super) async fn live(&mut self, moves: Vec<Move>) {
        let mut moves = moves.into_iter().peekable();
        let mut day = FIRST_DAY;
        while day <= LAST_DAY {
            for now in hours(day) {
                self.set(now);
                let mut due = Vec::new();
                while let Some(it) = moves.next_if(|it| it.0 <= now) {
                    assert_eq!(it.0, now, "an act at an hour that nobody works");
                    due.push((it.1, it.2));
                }
                self.act(due).await;
                self.urge(now).await;
                self.remind().await;
                self.check(&format!("{}", now.with_timezone(&VIETNAM))).await;
            }
            self.note(day).await;
            day = day + Days::new(1);
        }
        assert_eq!(moves.next(), None, "the month ended before everyone had acted");
    }

    /// Everything that happens in one hour, many people at once.
    async fn act(&mut self, due: Vec<(usize, Act)>) {
        let acts: Vec<_> = due.iter().map(|(n, act)| (self.known[*n].clone(), *act)).collect();
        let this = &*self;
        let after: Vec<(usize, Known)> = stream::iter(due.iter().map(|it| it.0).zip(acts))
            .map(|(n, (known, act))| async move { (n, this.perform(known, act).await) })
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        for (n, known) in after {
            self.known[n] = known;
        }
    }

    async fn perform(&self, mut it: Known, act: Act) -> Known {
        let (db, now) = (&self.db, self.now());
        let reader = self.world.ctx(Role::Inspector, "UBKTTW");
        let (task, deliverables) =
            actions::task_with_deliverables(&reader, db, it.id).await.unwrap();
        match act {
            Act::Progress => {
                self.report(&task, &deliverables, Claim::Doing).await;
                it.says = Says::OnTrack;
            }
            Act::Complete => {
                self.report(&task, &deliverables, Claim::Done).await;
                it.says = Says::Done;
                it.at = At::Reported;
                it.reported = Some(now);
            }
            Act::Accept | Act::Return => {
                let is_good = act == Act::Accept;
                self.judge(&task, &deliverables, is_good).await;
                it.at = if is_good { At::Verified } else { At::Open };
                if !is_good {
                    it.reported = None;
                }
            }
            Act::Use => {
                let verifier = self.over(&task, Role::Verifier);
                let words = "Đã hỏi người dân";
                let id = deliverables[0].id;
                actions::confirm_in_use(&verifier, db, task.id, id, words).await.unwrap();
                it.at = At::InUse;
            }
            Act::Pause | Act::Cancel => {
                let (what, at) = match act {
                    Act::Pause => (Amendment::Pause, At::Paused),
                    _ => (Amendment::Cancel, At::Cancelled),
                };
                let leader = self.over(&task, Role::Leader);
                let reason = "Trùng với nhiệm vụ khác";
                let done = actions::amend_task(&leader, db, task.id, what, reason, task.version);
                done.await.unwrap();
                it.at = at;
            }
            Act::AskForTime | Act::GrantTime | Act::RefuseTime => {
                it.due_on = self.more_time(&task, act).await;
                if act == Act::GrantTime {
                    it.due_since = now;
                }
            }
            Act::AskToExplain | Act::Explain => self.explain(&task, act).await,
        }
        it
    }

    async fn report(&self, task: &Task, deliverables: &[Deliverable], claim: Claim) {
        let leader = self.lead(task, Role::Leader);
        let item = |it: &Deliverable| ReportItem { deliverable: it.id, claim, note: String::new() };
        let rating = if claim == Claim::Done { SelfRating::Done } else { SelfRating::OnTrack };
        let fields = ReportFields {
            results: "Đã bố trí điểm, có người trực.".to_owned(),
            self_rating: Some(rating),
            items: deliverables.iter().map(item).collect(),
            ..ReportFields::default()
        };
        let table = format!("Mã,Kết quả\n{},1\n", task.code);
        let file = (claim == Claim::Done).then(|| ("bang.csv".to_owned(), table.into()));
        let whole = WholeReport { fields, file, ..WholeReport::default() };
        let sent =
            actions::report_with_file(&leader, &self.db, &self.files, &task.code, whole).await;
        sent.unwrap();
    }

    async fn judge(&self, task: &Task, deliverables: &[Deliverable], is_good: bool) {
        let verifier = self.over(task, Role::Verifier);
        let verdict = |it: &Deliverable| Verdict {
            deliverable: it.id,
            decision: if is_good { Decision::Accepted } else { Decision::Returned },
            checked: "Đã gọi thử".to_owned(),
            reason: if is_good { String::new() } else { "Chưa có người trực".to_owned() },
        };
        let verdicts = deliverables.iter().map(verdict).collect();
        actions::verify(&verifier, &self.db, task.id, verdicts, task.version).await.unwrap();
    }

    /// Answers the deadline afterwards.
    async fn more_time(&self, task: &Task, act: Act) -> NaiveDate {
        let to_on = extended_to(&self.calendar);
        if act == Act::AskForTime {
            let leader = self.lead(task, Role::Leader);
            let reason = "Thiết bị về chậm";
            let (db, days) = (&self.db, &self.calendar);
            let asked =
                actions::ask_extension(&leader, db, days, task.id, Some(to_on), reason).await;
            asked.unwrap();
            return task.due_on;
        }
        let leader = self.over(task, Role::Leader);
        let view = actions::task_view(&leader, &self.db, &task.code).await.unwrap();
        let asked = view.extensions.iter().find(|it| it.state == ExtensionState::Asked).unwrap();
        let is_granted = act == Act::GrantTime;
        let answer = if is_granted { "" } else { "Đã hỗ trợ thiết bị" };
        let id = asked.id;
        actions::decide_extension(&leader, &self.db, task.id, id, is_granted, answer)
            .await
            .unwrap();
        if is_granted { to_on } else { task.due_on }
    }

    async fn explain(&self, task: &Task, act: Act) {
        if act == Act::AskToExplain {
            let leader = self.over(task, Role::Leader);
            let (db, days, words) = (&self.db, &self.calendar, "Vì sao chưa có điểm hỗ trợ?");
            actions::ask_explanation(&leader, db, days, task.id, words, None).await.unwrap();
            return;
        }
        let leader = self.lead(task, Role::Leader);
        let view = actions::task_view(&leader, &self.db, &task.code).await.unwrap();
        let asked =
            view.explanations.iter().find(|it| it.state == ExplanationState::Asked).unwrap();
        let words = "Đường ngập, chưa chuyển được máy";
        actions::answer_explanation(&leader, &self.db, task.id, asked.id, words).await.unwrap();
    }

    /// On the mornings after the deadlines every province urges whoever is late, the centre provinces.
    async fn urge(&self, now: DateTime<Utc>) {
        let after = |day: NaiveDate| instant(self.calendar.add_working_days(day, 1), 9, 0);
        let (who, of): (Vec<AgencyId>, NaiveDate) = if now == after(COMMUNES_DUE) {
            (self.known.iter().take(34).map(|it| it.lead).collect(), COMMUNES_DUE)
        } else if now == after(PROVINCES_DUE) {
            (vec![AgencyId::of_code(CENTRE)], PROVINCES_DUE)
        } else {
            return;
        };
        let mut n_urged = 0;
        for agency in who {
            let code = self.world.directory.agency(agency).unwrap().code.clone();
            let leader = self.world.ctx(Role::Leader, &code);
            let filter = TaskFilter {
                status: Some(Status::Overdue),
                side: Side::Issuer,
                ..TaskFilter::default()
            };
            let late = actions::listed(&leader, &self.db, &filter).await.unwrap();
            let urged = actions::urge_many(&leader, &self.db, &late, "Báo cáo ngay").await.unwrap();
            n_urged += urged.iter().filter(|it| **it == Urged::Done).count();
            let again = actions::urge_many(&leader, &self.db, &late, "Báo cáo ngay").await.unwrap();
            assert!(!again.contains(&Urged::Done), "nobody is urged twice a day");
        }
        let owes = |it: &&Known| it.due_on == of && it.at == At::Open && it.is_overdue(now);
        assert_eq!(n_urged, self.known.iter().filter(owes).count());
    }

    /// Somebody of the agency that gave the task.
    fn over(&self, task: &Task, role: Role) -> Ctx {
        self.of(task.issuer, role)
    }

    /// Somebody of the agency that does it.
    fn lead(&self, task: &Task, role: Role) -> Ctx {
        self.of(task.lead, role)
    }

    fn of(&self, agency: AgencyId, role: Role) -> Ctx {
        let code = self.world.directory.agency(agency).unwrap().code.clone();
        self.world.ctx(role, &code)
    }
}

/// The hours of a day at which something happens or the pages are looked at: also just before and
/// just after the cut-off, and the end of the day.
fn hours(day: NaiveDate) -> Vec<DateTime<Utc>> {
    [(9, 0), (11, 0), (15, 0), (16, 30), (16, 59), (17, 30), (23, 59)]
        .into_iter()
        .map(|(hour, minute)| instant(day, hour, minute))
        .filter(|it| *it > instant(FIRST_DAY, 10, 0))
        .collect()
}
