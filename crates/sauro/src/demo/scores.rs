//! Rankings: provinces by the centre, communes by Cà Mau; one period closed, one running.

use chrono::{Days, NaiveDate};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Period, PeriodKind, RankingId, Role, ScoreMethodId, WorkingCalendar};
use sauro_scores::actions::{self, Answer, AppealFields, MarkFields, MethodChange, Room};
use sauro_scores::model::{DesignFields, Measure};
use sauro_tasks::jobs::LiveBoard;

use super::Stage;
use crate::scores::UnitFacts;

/// Who scores the provinces.
const CENTRE: &str = "TTBCĐ57";
/// The province that scores its communes.
const PROVINCE: &str = "UBND-96";
/// A commune that contests.
const COMMUNE: &str = "UBND-32191";

/// Name, roster, and the smallest counts of tasks that are rated.
struct Wanted {
    owner: &'static str,
    name: &'static str,
    roster: &'static str,
    least: i64,
}

const PROVINCES: Wanted = Wanted {
    owner: CENTRE,
    name: "Xếp hạng tỉnh thực hiện Nghị quyết 57",
    roster: "provinces",
    least: 3,
};

const COMMUNES: Wanted = Wanted {
    owner: PROVINCE,
    name: "Xếp hạng xã, phường tỉnh Cà Mau",
    roster: "communes.96",
    least: 2,
};

/// What all of it is made with.
struct House {
    facts: UnitFacts,
    calendar: WorkingCalendar,
}

/// Makes both methods, closes and shows the last quarter that is over, leaves the present one open.
pub(super) async fn make(stage: &mut Stage) -> anyhow::Result<()> {
    let system = stage.machine_room();
    let directory = DirectoryHandle::load(&system, &stage.db).await?;
    let board = LiveBoard::load(&stage.db).await?;
    let house = House {
        facts: UnitFacts::new(&stage.db, board, directory),
        calendar: sauro_directory::actions::calendar(&stage.db).await?,
    };
    let quarter = Period::containing(PeriodKind::Quarter, stage.today);
    // A quarter that is hardly over still belongs to the units.
    let today = stage.today;
    let before = std::iter::successors(Some(quarter.previous()), |it| Some(it.previous()));
    let mut over = before.filter(|it| house.closing_day(*it).is_some_and(|day| day < today));
    let Some(closed) = over.next() else { return Ok(()) };
    for wanted in [PROVINCES, COMMUNES] {
        let method = publish(stage, &wanted, closed).await?;
        let old = open(stage, &house, (&wanted, method), closed).await?;
        close(stage, &house, &wanted, (old, closed)).await?;
        contest(stage, &house, &wanted, old).await?;
        let running = open(stage, &house, (&wanted, method), quarter).await?;
        mark(stage, &wanted, running).await?;
    }
    Ok(())
}

/// A draft is written, simulated and proposed by one, and published by another.
async fn publish(
    stage: &mut Stage,
    wanted: &Wanted,
    from: Period,
) -> anyhow::Result<ScoreMethodId> {
    let at = stage.moment(from.start, 9);
    let standing = stage.ctx(Role::StandingAgency, wanted.owner, at)?;
    let typed = (wanted.name, wanted.roster);
    let it = actions::make_method(&standing, &stage.db, &stage.directory, typed).await?;
    let fields = fields(wanted, it.design.fields());
    let mut it = it;
    for change in [
        MethodChange::Save(Box::new(fields), from.code()),
        MethodChange::Simulate,
        MethodChange::Propose,
    ] {
        let key = (it.method, it.n, it.stamp);
        it = actions::change_method(&standing, &stage.db, key, change).await?;
    }
    let at = stage.moment(from.start, 12);
    let leader = stage.ctx(Role::Leader, wanted.owner, at)?;
    let key = (it.method, it.n, it.stamp);
    actions::change_method(&leader, &stage.db, key, MethodChange::Publish).await?;
    Ok(it.method)
}

/// The demonstration has few tasks, so that small counts are rated: the intervals say how little they tell.
fn fields(wanted: &Wanted, usual: DesignFields) -> DesignFields {
    let mut fields = usual;
    for it in &mut fields.components {
        if Measure::of_code(&it.measure).is_some_and(Measure::is_of_tasks) {
            it.least = wanted.least.to_string();
        }
    }
    fields
}

async fn open(
    stage: &mut Stage,
    house: &House,
    (wanted, method): (&Wanted, ScoreMethodId),
    period: Period,
) -> anyhow::Result<RankingId> {
    let at = stage.moment(period.start, 14);
    let leader = stage.ctx(Role::Leader, wanted.owner, at)?;
    let code = period.code();
    let opened = actions::open_ranking(&leader, &stage.db, &house.calendar, method, &code).await?;
    Ok(opened.id)
}

/// Closes the ranking after the days for units, and shows it to everybody.
async fn close(
    stage: &mut Stage,
    house: &House,
    wanted: &Wanted,
    (id, period): (RankingId, Period),
) -> anyhow::Result<()> {
    let day = house.closing_day(period).unwrap_or(stage.today);
    let at = stage.moment(day, 0);
    let leader = stage.ctx(Role::Leader, wanted.owner, at)?;
    let db = stage.db.clone();
    let room = Room { db: &db, source: &house.facts, directory: &stage.directory };
    let closed = actions::close_ranking(&leader, &room, (id, 1)).await?;
    actions::publish_ranking(&leader, &room, (id, closed.stamp)).await?;
    Ok(())
}

impl House {
    /// The day on which a period is closed: two working days after those of the units.
    fn closing_day(&self, period: Period) -> Option<NaiveDate> {
        self.calendar.add_working_days(period.end(), 12).checked_add_days(Days::new(1))
    }
}

/// One unit is right, another waits for an answer.
async fn contest(
    stage: &mut Stage,
    house: &House,
    wanted: &Wanted,
    id: RankingId,
) -> anyhow::Result<()> {
    let (first, second) = match wanted.owner {
        CENTRE => (PROVINCE, "UBND-79"),
        _ => (COMMUNE, "UBND-31825"),
    };
    let db = stage.db.clone();
    let now = stage.now;
    let units = stage.directory.clone();
    let room = Room { db: &db, source: &house.facts, directory: &units };
    let focal = stage.ctx(Role::FocalOfficer, first, now)?;
    let view = actions::ranking_view(&focal, &room, id, None).await?;
    let rated = view.score(first).and_then(|it| it.parts.iter().find(|it| it.sums.is_some()));
    if let Some(part) = rated {
        let measure = part.component.measure.code().to_owned();
        let typed = AppealFields {
            measure: measure.clone(),
            reason: "Một nhiệm vụ nộp báo cáo trước 17:00 ngày hạn nhưng bị tính là trễ. Biên nhận ghi 16:52.".to_owned(),
            evidence: String::new(),
        };
        let asked = actions::appeal(&focal, &room, &house.calendar, id, &typed).await?;
        let points = part.sums.as_ref().map_or_else(String::new, |it| raised(it.points()));
        let leader = stage.ctx(Role::Leader, wanted.owner, now)?;
        let words = "Đã đối chiếu biên nhận, báo cáo nộp kịp hạn. Sửa điểm tiêu chí này và lập bản kết quả mới.";
        let answer = Answer::Accept { measure, points };
        actions::answer_appeal(&leader, &room, asked.id, (answer, words)).await?;
    }
    let focal = stage.ctx(Role::FocalOfficer, second, now)?;
    let typed = AppealFields {
        measure: String::new(),
        reason: "Đề nghị xem lại: có nhiệm vụ được lùi hạn trong kỳ nhưng bảng vẫn tính hạn cũ."
            .to_owned(),
        evidence: String::new(),
    };
    actions::appeal(&focal, &room, &house.calendar, id, &typed).await?;
    Ok(())
}

/// Some points more, as one would give them.
fn raised(points: rust_decimal::Decimal) -> String {
    let more = (points + rust_decimal::Decimal::from(8)).min(rust_decimal::Decimal::ONE_HUNDRED);
    more.round_dp(0).to_string()
}

/// A unit says what it thinks of itself.
async fn mark(stage: &mut Stage, wanted: &Wanted, id: RankingId) -> anyhow::Result<()> {
    let unit = if wanted.owner == CENTRE { PROVINCE } else { COMMUNE };
    let now = stage.now;
    let focal = stage.ctx(Role::FocalOfficer, unit, now)?;
    let mark = |measure: Measure, points: &str, note: &str| MarkFields {
        measure: measure.code().to_owned(),
        points: points.to_owned(),
        note: note.to_owned(),
    };
    let marks = [
        mark(Measure::OnTime, "90", "Các việc trễ đều đã được đồng ý lùi hạn."),
        mark(Measure::NotOverdue, "85", "Còn một việc chờ kinh phí."),
        mark(Measure::Verified, "70", ""),
    ];
    actions::self_score(&focal, &stage.db, &stage.directory, id, &marks).await?;
    Ok(())
}
