//! Periods of recurring work open by the calendar, each once.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use sauro_kernel::{Role, TaskId, WorkingCalendar};
use sauro_tasks::TasksError;
use sauro_tasks::actions::{
    Amendment, amend_task, ask_extension, open_periods, open_report, periods, task_view,
    task_with_deliverables, today,
};
use sauro_tasks::model::{DeadlineKind, Stage, Status, Task};
use sauro_testkit::{TestApp, day, on_each_engine};

use super::country::{Dice, accept, issue, machine, recurring, report_done, seat, task};
use crate::issuing::setting::Setting;

/// Says of a day whether it is a day of the rule, and if so the period's name and first day.
type Names = fn(NaiveDate) -> Option<(String, NaiveDate)>;

fn first(year: i32, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, 1).unwrap()
}

fn is_last(on: NaiveDate) -> bool {
    on.succ_opt().unwrap().day() == 1
}

/// Each rule, told again without the code that is tested.
const RULES: [(&str, Names); 7] = [
    ("FREQ=WEEKLY;BYDAY=FR", |on| {
        let name = format!("{}-T{:02}", on.iso_week().year(), on.iso_week().week());
        (on.weekday() == Weekday::Fri).then(|| (name, on - Days::new(4)))
    }),
    ("FREQ=MONTHLY;BYMONTHDAY=25", |on| {
        let name = format!("{}-{:02}", on.year(), on.month());
        (on.day() == 25).then(|| (name, first(on.year(), on.month())))
    }),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", |on| {
        let name = format!("{}-{:02}", on.year(), on.month());
        is_last(on).then(|| (name, first(on.year(), on.month())))
    }),
    ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", |on| {
        let quarter = on.month().div_ceil(3);
        (on.month() % 3 == 0 && on.day() == 20)
            .then(|| (format!("{}-Q{quarter}", on.year()), first(on.year(), quarter * 3 - 2)))
    }),
    ("FREQ=MONTHLY;INTERVAL=6", |on| match on.month() {
        6 if is_last(on) => Some((format!("{}-N6", on.year()), first(on.year(), 1))),
        12 if is_last(on) => Some((format!("{}-N12", on.year()), first(on.year(), 7))),
        _ => None,
    }),
    ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15", |on| {
        (on.month() == 11 && on.day() == 15).then(|| (on.year().to_string(), first(on.year(), 1)))
    }),
    ("FREQ=MONTHLY;BYMONTHDAY=10,20", |on| {
        (on.day() == 10 || on.day() == 20).then(|| (on.to_string(), first(on.year(), on.month())))
    }),
];

fn calendar() -> WorkingCalendar {
    let tet = (6..=14).map(|n| NaiveDate::from_ymd_opt(2027, 2, n).unwrap());
    let others = ["2026-09-02", "2027-01-01", "2027-04-30", "2027-05-03", "2027-12-31"];
    WorkingCalendar::new(tet.chain(others.iter().map(|it| day(it))), [day("2027-02-20")])
}

async fn all_periods(it: &Setting, code: &str, on: NaiveDate) -> Vec<Task> {
    let ctx = machine(it, on);
    let (mut all, mut before) = (Vec::new(), None);
    loop {
        let (_, some) = periods(&ctx, &it.db, code, before).await.unwrap();
        all.extend(some.shown.into_iter().map(|(task, _)| task));
        before = some.next;
        if before.is_none() {
            return all;
        }
    }
}

async fn run(it: &Setting, calendar: &WorkingCalendar, on: NaiveDate) {
    while open_periods(&machine(it, on), &it.db, calendar).await.unwrap() > 0 {}
}

/// The property of two years: whenever one looks, exactly the periods that have begun are there, each
/// once and due on the right day, however long nobody looked and however many looked at once.
#[tokio::test]
async fn in_two_years_every_period_opens_once_and_is_due_on_its_day() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let (begin, end) = (day("2026-06-01"), day("2028-06-01"));
        let calendar = calendar();
        let mut parents: Vec<(TaskId, String, NaiveDate, Names)> = Vec::new();
        for (rule, names) in RULES {
            let id = issue(&it, recurring(&it, "BCA", rule, begin), begin).await;
            let made = task(&it, id).await;
            parents.push((id, made.code, made.due_on, names));
        }
        let mut dice = Dice(57);
        let mut on = begin;
        while on < end {
            // Sometimes a day, sometimes a month and a half of silence.
            on = on
                + Days::new(if dice.roll(3) == 0 { 5 + dice.roll(41) } else { 1 + dice.roll(9) });
            let ctx = machine(&it, on);
            let (a, b) = tokio::join!(
                open_periods(&ctx, &it.db, &calendar),
                open_periods(&ctx, &it.db, &calendar)
            );
            a.unwrap();
            b.unwrap();
            run(&it, &calendar, on).await;
            for (_, code, from, names) in &parents {
                let expected: BTreeSet<(String, NaiveDate)> = (0..900)
                    .map(|n| *from + Days::new(n))
                    .filter_map(|day| names(day).map(|(name, opens)| (name, opens, day)))
                    .filter(|(_, opens, _)| *opens <= on)
                    .map(|(name, _, day)| (name, calendar.working_on_or_after(day)))
                    .collect();
                let there = all_periods(&it, code, on).await;
                let found: BTreeSet<(String, NaiveDate)> =
                    there.iter().map(|it| (it.period.clone(), it.due_on)).collect();
                assert_eq!(there.len(), found.len(), "a period twice, {code} on {on}");
                assert_eq!(found, expected, "{code} on {on}");
            }
        }
        let codes: BTreeSet<String> = {
            let mut all = BTreeSet::new();
            for (_, code, ..) in &parents {
                all.extend(all_periods(&it, code, on).await.into_iter().map(|it| it.code));
            }
            all
        };
        assert!(codes.len() > 200, "every period has a code of its own: {}", codes.len());
        for (id, ..) in &parents {
            assert_eq!(task(&it, *id).await.stage, Stage::Issued, "the task itself is never done");
        }
    })
    .await;
}

#[tokio::test]
async fn a_period_is_a_task_of_its_own_with_all_that_the_recurring_one_says() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let begin = day("2026-06-03");
        let mut body = recurring(&it, "BCA", "FREQ=MONTHLY;BYMONTHDAY=25", begin);
        body.partners = vec![it.id("BTP")];
        let id = issue(&it, body, begin).await;
        run(&it, &calendar(), begin).await;
        let parent = task(&it, id).await;
        let all = all_periods(&it, &parent.code, begin).await;
        let [period] = all.as_slice() else { panic!("one period: {all:?}") };
        assert_eq!((period.period.as_str(), period.due_on), ("2026-06", day("2026-06-25")));
        assert_eq!(period.work, format!("{} – Tháng 6/2026", parent.work));
        assert_eq!(period.deadline.kind, DeadlineKind::Date);
        assert_eq!(period.cycle(), None, "a period does not come back itself");
        assert_eq!(
            (period.lead, period.issuer, period.authority, period.programme, period.parent),
            (parent.lead, parent.issuer, parent.authority, parent.programme, Some(parent.id))
        );
        let ctx = machine(&it, begin);
        let of = async |id| {
            let (_, all) = task_with_deliverables(&ctx, &it.db, id).await.unwrap();
            all.into_iter().map(|it| (it.ordinal, it.name, it.measure)).collect::<Vec<_>>()
        };
        assert_eq!(of(period.id).await, of(parent.id).await);
        let view = task_view(&ctx, &it.db, &period.code).await.unwrap();
        assert_eq!(view.partners, [it.id("BTP")]);
        assert_eq!(view.timeline.last().unwrap().kind, "TaskIssued");
        assert_eq!(view.rollup.total, 0);
        let view = task_view(&ctx, &it.db, &parent.code).await.unwrap();
        assert_eq!(view.timeline.first().unwrap().kind, "PeriodOpened");
        assert_eq!((view.children.total, view.rollup.total), (0, 0), "a period is not handed down");
    })
    .await;
}

#[tokio::test]
async fn recurring_work_is_owed_and_reported_period_by_period() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let begin = day("2026-06-01");
        let id =
            issue(&it, recurring(&it, "BCA", "FREQ=MONTHLY;BYMONTHDAY=25", begin), begin).await;
        run(&it, &calendar(), begin).await;
        let parent = task(&it, id).await;
        let leader = seat(&it, Role::Leader, "BCA", begin);
        let refused = |err: TasksError| match err {
            TasksError::WrongState(sentence) => assert!(sentence.contains("từng kỳ"), "{sentence}"),
            other => panic!("{other:?}"),
        };
        refused(open_report(&leader, &it.db, id).await.unwrap_err());
        let to = Some(day("2026-07-10"));
        let asked = ask_extension(&leader, &it.db, &calendar(), parent.id, to, "Chờ số liệu").await;
        refused(asked.unwrap_err());
        let period = all_periods(&it, &parent.code, begin).await.remove(0);
        let owed = today(&leader, &it.db).await.unwrap();
        let owed: Vec<String> = owed
            .groups
            .iter()
            .flat_map(|it| &it.entries)
            .filter_map(|it| match it {
                sauro_tasks::actions::Entry::Task(duty) => Some(duty.task.code.clone()),
                _ => None,
            })
            .collect();
        assert_eq!(
            owed,
            std::slice::from_ref(&period.code),
            "the period is owed, the task itself is not"
        );

        let app = TestApp::new(engine, it.routes()).await;
        let officer = app.official(it.actor(Role::Officer, "BCA"));
        let form = officer.get(&format!("/nhiem-vu/{}/bao-cao", parent.code)).await;
        assert_eq!(form.location, format!("/nhiem-vu/{}/bao-cao", period.code));
        let page = officer.get(&format!("/nhiem-vu/{}", parent.code)).await;
        page.has_text("Các kỳ");
        page.has_text("Tháng 6/2026");
        page.has_text("Báo cáo kỳ này");
        let page = officer.get(&format!("/nhiem-vu/{}", period.code)).await;
        page.has_text("Tháng 6/2026 của nhiệm vụ định kỳ");
        officer.get(&format!("/nhiem-vu/{}/ky", parent.code)).await.has_text(&period.code);
        assert_eq!(officer.get(&format!("/nhiem-vu/{}/ky", period.code)).await.status, 404);
        let stranger = app.official(it.actor(Role::Leader, "UBND-44"));
        assert_eq!(stranger.get(&format!("/nhiem-vu/{}/ky", parent.code)).await.status, 404);

        report_done(&it, period.id, day("2026-06-20")).await;
        assert_eq!(accept(&it, period.id, day("2026-06-22")).await.unwrap(), Stage::Verified);
        assert_eq!(task(&it, parent.id).await.stage, Stage::Issued);
    })
    .await;
}

#[tokio::test]
async fn of_work_that_is_paused_or_cancelled_nothing_is_opened_and_a_pause_is_not_caught_up() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let begin = day("2026-06-01");
        let rule = "FREQ=MONTHLY;BYMONTHDAY=25";
        let paused = issue(&it, recurring(&it, "BCA", rule, begin), begin).await;
        let cancelled = issue(&it, recurring(&it, "BTP", rule, begin), begin).await;
        run(&it, &calendar(), begin).await;
        let amend = async |id, amendment, on: &str| {
            let leader = seat(&it, Role::Leader, "VPTW", day(on));
            let version = task(&it, id).await.version;
            amend_task(&leader, &it.db, id, amendment, "Chờ sắp xếp", version).await.unwrap()
        };
        amend(paused, Amendment::Pause, "2026-06-28").await;
        amend(cancelled, Amendment::Cancel, "2026-06-28").await;
        for on in ["2026-07-01", "2026-08-15", "2026-10-02"] {
            run(&it, &calendar(), day(on)).await;
        }
        amend(paused, Amendment::Resume, "2026-10-05").await;
        run(&it, &calendar(), day("2026-11-03")).await;
        let names = async |id| {
            let code = task(&it, id).await.code;
            let all = all_periods(&it, &code, begin).await;
            all.into_iter().map(|it| it.period).collect::<Vec<_>>()
        };
        assert_eq!(names(paused).await, ["2026-11", "2026-10", "2026-06"]);
        assert_eq!(names(cancelled).await, ["2026-06"]);
    })
    .await;
}

#[tokio::test]
async fn a_holiday_added_later_moves_no_issued_deadline_and_every_one_still_to_come() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let begin = day("2026-06-01");
        let id =
            issue(&it, recurring(&it, "BCA", "FREQ=MONTHLY;BYMONTHDAY=25", begin), begin).await;
        let before = WorkingCalendar::default();
        run(&it, &before, begin).await;
        // 25 June 2026 is a Thursday, 25 August a Tuesday, 26 August a Wednesday.
        let after = WorkingCalendar::new(["2026-06-25", "2026-08-25", "2026-08-26"].map(day), []);
        run(&it, &after, day("2026-06-20")).await;
        run(&it, &after, day("2026-08-20")).await;
        let code = task(&it, id).await.code;
        let due: Vec<NaiveDate> =
            all_periods(&it, &code, begin).await.into_iter().map(|it| it.due_on).collect();
        assert_eq!(due, [day("2026-08-27"), day("2026-07-27"), day("2026-06-25")]);
        // The days that are left are counted by the calendar of now.
        assert_eq!(before.working_days_between(day("2026-06-22"), day("2026-06-25")), 3);
        assert_eq!(after.working_days_between(day("2026-06-22"), day("2026-06-25")), 2);
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_was_set_back_opens_nothing_before_the_task_was_issued() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let begin = day("2026-06-12");
        let id =
            issue(&it, recurring(&it, "BCA", "FREQ=MONTHLY;BYMONTHDAY=25", begin), begin).await;
        run(&it, &calendar(), day("2026-06-01")).await;
        let code = task(&it, id).await.code;
        assert!(all_periods(&it, &code, begin).await.is_empty());
        run(&it, &calendar(), day("2026-06-13")).await;
        let all = all_periods(&it, &code, begin).await;
        assert_eq!(all.iter().map(|it| it.period.as_str()).collect::<Vec<_>>(), ["2026-06"]);
        let ctx = seat(&it, Role::Leader, "VPTW", day("2026-12-30"));
        let view = task_view(&ctx, &it.db, &code).await.unwrap();
        assert_eq!(view.status, Status::InTime, "the task itself is never late");
    })
    .await;
}

#[tokio::test]
async fn only_the_machine_room_opens_periods() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let leader = it.ctx(Role::Leader, "VPTW");
        let err = open_periods(&leader, &it.db, &calendar()).await.unwrap_err();
        assert!(matches!(err, TasksError::Denied(_)), "{err:?}");
    })
    .await;
}
