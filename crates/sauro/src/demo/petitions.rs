//! Petitions: in every state there is, in communes of Cà Mau, its province and a ministry.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Actor, Ctx, PetitionId, Role, at_hour};
use sauro_petitions::actions::{self, Answered, House, Sent};
use sauro_petitions::model::{Channel, Draft, Submission};
use sauro_store::{Db, Files, Keys};

use super::past::Past;
use super::petitions_cast::{Far, SAMPLES, Sample};
use super::{Scale, Stage, Wanted};

const PROVINCE: &str = "UBND-96";
/// Refuses what is not of its concern.
const MINISTRY: &str = "BKHCN";
/// Where the demonstration sends from.
const SOURCE: &str = "192.0.2.57";

/// One case on its way, a step each working day.
struct Way<'a> {
    stage: &'a Stage,
    house: &'a House<'a>,
    sample: &'a Sample,
    n: usize,
    n_steps: u32,
}

/// Makes up petitions of a demonstration that was just loaded. Their senders are sealed with `keys`.
///
/// # Errors
///
/// Any failure of an action.
pub async fn load_petitions(db: &Db, files: &Files, keys: &Keys, seed: u64) -> anyhow::Result<()> {
    let mut stage = Stage::set(db, files, &Wanted::now(seed, Scale::Demo)).await?;
    // Other ids than those of the tasks, which the same seed has made.
    stage.past = Past::new(seed ^ 0x5041);
    make(&stage, keys).await
}

/// Makes all of them.
async fn make(stage: &Stage, keys: &Keys) -> anyhow::Result<()> {
    let handle = DirectoryHandle::load(&stage.machine_room(), &stage.db).await?;
    let (directory, calendar) = (handle.directory(), handle.calendar());
    let house = House {
        db: &stage.db,
        files: &stage.files,
        keys,
        directory: &directory,
        calendar: &calendar,
    };
    let mut before = String::new();
    for (n, sample) in SAMPLES.iter().enumerate() {
        let mut way = Way { stage, house: &house, sample, n, n_steps: 0 };
        before = way.go(&before).await?;
    }
    Ok(())
}

impl Way<'_> {
    /// The instant of the next step: a working day later, in the morning, and never after now.
    fn next(&mut self) -> DateTime<Utc> {
        let n_back = self.sample.n_days.saturating_sub(self.n_steps);
        self.n_steps += 1;
        let day = self.house.calendar.sub_working_days(self.stage.today, n_back);
        let minutes = i64::try_from(self.n * 11 + 5).unwrap_or(0) + i64::from(self.n_steps) * 7;
        (at_hour(day, 8) + TimeDelta::minutes(minutes)).min(self.stage.now)
    }

    fn as_one(&mut self, role: Role, code: &str) -> anyhow::Result<Ctx> {
        let at = self.next();
        self.stage.ctx(role, code, at)
    }

    /// Somebody who sends, at the instant of the next step.
    fn as_sender(&mut self) -> Ctx {
        self.stage.past.set(self.next());
        let past = Arc::new(self.stage.past.clone());
        Ctx { actor: Actor::public(), clock: past.clone(), ids: past }
    }

    /// Goes as far as the sample says; `before` is the number of the case before. Answers its own number.
    async fn go(&mut self, before: &str) -> anyhow::Result<String> {
        let sender = self.as_sender();
        let receipt = actions::send(&sender, self.house, self.letter()).await?;
        let code = receipt.code.to_string();
        let found = actions::follow(&sender, self.house, &code, SOURCE).await?;
        let (id, first) = (found.case.id, self.house.directory.agency(receipt.agency));
        let first = first.map(|it| it.code.clone()).unwrap_or_default();
        let far = self.sample.far;
        if far != Far::Sent {
            let officer = self.as_one(Role::Officer, &first)?;
            actions::receive(&officer, self.house, id).await?;
            match far {
                Far::Sorting => {}
                Far::Waiting => {
                    let words = "Ông bà cho biết ngày nộp hồ sơ và nơi nộp để đối chiếu.";
                    let officer = self.as_one(Role::Officer, &first)?;
                    actions::ask_more(&officer, self.house, id, words).await?;
                }
                Far::Merged => {
                    let officer = self.as_one(Role::Officer, &first)?;
                    actions::merge(&officer, self.house, id, (before, "")).await?;
                }
                Far::Bound => self.bind(&first, id).await?,
                _ => self.handle(&first, id, &code).await?,
            }
        }
        Ok(receipt.number)
    }

    fn letter(&self) -> Sent {
        let it = self.sample;
        let n = self.n + 1;
        Sent {
            submission: Submission {
                matter: it.matter.to_owned(),
                title: it.title.to_owned(),
                body: it.body.to_owned(),
                place: self.house.directory.by_code(it.place).map(|it| it.id),
                field: it.field.to_owned(),
                name: format!("Người gửi mẫu {n}"),
                contact: format!("09000000{n:02}"),
                may_contact: true,
                may_publish: it.is_public,
                ..Submission::default()
            },
            files: Vec::new(),
            key: format!("demo-{n}"),
            channel: Channel::Web,
            source: format!("{SOURCE}-{n}"),
            answered: Answered::default(),
        }
    }

    async fn assign(&mut self, by: &str, id: PetitionId, to: &str) -> anyhow::Result<()> {
        let officer = self.as_one(Role::Officer, by)?;
        let to = self.house.directory.by_code(to).map(|it| it.id);
        let to = to.ok_or_else(|| anyhow::anyhow!("no agency to pass a sample to"))?;
        actions::assign(&officer, self.house, id, (to, &[]), (false, "")).await?;
        Ok(())
    }

    /// The province and a ministry refuse; the province then names the lead for good.
    async fn bind(&mut self, first: &str, id: PetitionId) -> anyhow::Result<()> {
        for refuses in [PROVINCE, MINISTRY] {
            self.assign(first, id, refuses).await?;
            let officer = self.as_one(Role::Officer, refuses)?;
            let words = "Việc khảo sát điểm mất sóng trên địa bàn do Ủy ban nhân dân cấp xã làm trước, theo phân công của tỉnh.";
            actions::refuse(&officer, self.house, id, words).await?;
        }
        self.assign(PROVINCE, id, self.sample.lead).await
    }

    /// Passed on, taken up, answered and rated, as far as the sample goes.
    async fn handle(&mut self, first: &str, id: PetitionId, code: &str) -> anyhow::Result<()> {
        let (far, lead) = (self.sample.far, self.sample.lead);
        self.assign(first, id, lead).await?;
        if far == Far::Assigned {
            return Ok(());
        }
        let officer = self.as_one(Role::Officer, lead)?;
        actions::accept(&officer, self.house, id).await?;
        if far == Far::Handling {
            let words = "Đã hẹn kiểm tra thực tế cùng đơn vị quản lý.";
            actions::note(&officer, self.house, id, words).await?;
            return Ok(());
        }
        let draft = Draft {
            closing: self.sample.closing.to_owned(),
            words: self.sample.answer.to_owned(),
            proof: self.sample.proof.to_owned(),
        };
        let officer = self.as_one(Role::Officer, lead)?;
        actions::submit(&officer, self.house, id, &draft).await?;
        if far == Far::Approval {
            return Ok(());
        }
        let leader = self.as_one(Role::Leader, lead)?;
        actions::approve(&leader, self.house, id).await?;
        let rating = match far {
            Far::Rated => (5, ""),
            Far::Review => (1, "Nơi khác làm được mà không cần bản giấy, đề nghị xem lại."),
            _ => return Ok(()),
        };
        let sender = self.as_sender();
        actions::rate(&sender, self.house, (code, SOURCE), rating).await?;
        Ok(())
    }
}
