//! Lists against counting by hand, saved views, the timeline.

use sauro_kernel::{Ctx, Role, SavedViewId};
use sauro_store::run;
use sauro_tasks::TasksError;
use sauro_tasks::actions::{self, TaskFilter, ViewChange};
use sauro_tasks::model::{Doubt, Moment, Sort, Stage, Status, Task};
use sauro_testkit::{agency, day, on_each_engine};
use uuid::Uuid;

use super::browser::Browser;
use super::world::{AUTHORITY, ISSUER, LEAD, Made, STRANGER, World, code, task};

/// Tasks of all kinds: stages, deadlines, reports in time and late, two leads, some that recur.
async fn mixed(world: &World) {
    let stages = [
        "issued",
        "in_progress",
        "reported",
        "returned",
        "verified",
        "in_use",
        "paused",
        "cancelled",
    ];
    let dues = ["2026-04-30", "2026-05-20", "2026-05-31", "2026-06-01", "2026-06-08", "2026-06-30"];
    for n in 2..=90_u64 {
        let at = usize::try_from(n).unwrap();
        let lead = if n % 3 == 0 { STRANGER } else { LEAD };
        let due_on = dues[at % dues.len()];
        world.put(Made { n, lead, due_on, n_deliverables: 0, ..Made::default() }).await;
        let stage = stages[at % stages.len()];
        let is_reported = matches!(stage, "reported" | "verified" | "in_use");
        // 10:00 UTC on 20 May and on 2 June 2026.
        let reported_at = is_reported.then_some(if n % 2 == 0 {
            1_779_271_200_000_000_i64
        } else {
            1_780_394_400_000_000
        });
        let rating = ["", "done", "on_track", "at_risk"][at % 4];
        const SQL: &str = "
            UPDATE tasks SET stage = $2, reported_at = $3, last_report_at = $4, self_rating = $5, recurs = $6
            WHERE id = $1";
        let mut conn = world.db.write().await.unwrap();
        run!(conn, c => sqlx::query(SQL)
            .bind(task(n).0)
            .bind(stage)
            .bind(reported_at)
            .bind((n % 5 != 0).then_some(1_000_000 + i64::try_from(n % 7).unwrap()))
            .bind(rating)
            .bind(if n % 11 == 0 { "FREQ=MONTHLY" } else { "" })
            .execute(c)
            .await
            .map(drop))
        .unwrap();
        conn.commit().await.unwrap();
    }
}

/// All pages of a list, `limit` at a time.
async fn all(ctx: &Ctx, world: &World, filter: &TaskFilter, limit: u16) -> Vec<Task> {
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = actions::task_part(ctx, &world.db, filter, after, limit).await.unwrap();
        assert!(page.tasks.len() <= usize::from(limit));
        seen.extend(page.tasks.into_iter().map(|it| it.0));
        let Some(next) = page.next else { return seen };
        after = Some(next.to_string().parse().unwrap());
    }
}

fn is_meant(filter: &TaskFilter, task: &Task, moment: Moment) -> bool {
    let status = task.facts().status(moment);
    let has_ended = matches!(task.stage, Stage::Verified | Stage::InUse | Stage::Cancelled);
    let is_judged = task.stage.is_open() && !task.deadline.is_recurring();
    let says_done = is_judged && task.self_rating == "done";
    let says_well = is_judged && task.self_rating == "on_track";
    let is_doubted =
        says_done || (says_well && status == Status::Overdue && task.due_on < moment.open_day);
    filter.status.is_none_or(|it| it == status)
        && filter.stage.is_none_or(|it| it == task.stage)
        && !(filter.is_unfinished && has_ended)
        && filter.lead.is_none_or(|it| it == task.lead)
        && filter.issuer.is_none_or(|it| it == task.issuer)
        && filter.authority.is_none_or(|it| it == task.authority)
        && filter.place.as_ref().is_none_or(|it| it.covers(&task.lead_path))
        && filter.due_from.is_none_or(|it| task.due_on >= it)
        && filter.due_to.is_none_or(|it| task.due_on <= it)
        && filter.overdue_days.is_none_or(|n| {
            status == Status::Overdue && (moment.open_day - task.due_on).num_days() > i64::from(n)
        })
        && match filter.doubt {
            None => true,
            Some(Doubt::SaysDone) => says_done,
            Some(Doubt::Any) => is_doubted,
        }
}

#[tokio::test]
async fn every_list_equals_choosing_by_hand_in_every_order_and_both_ways() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        mixed(&world).await;
        let ctx = world.seat(Role::StandingAgency, ISSUER);
        let moment = Moment::of(ctx.clock.now());
        let plain = TaskFilter::default();
        let everything = all(&ctx, &world, &plain, 1000).await;
        assert_eq!(everything.len(), 90);
        let mut filters = vec![
            plain.clone(),
            TaskFilter { is_unfinished: true, ..plain.clone() },
            TaskFilter { lead: Some(agency(STRANGER)), is_unfinished: true, ..plain.clone() },
            TaskFilter {
                issuer: Some(agency(ISSUER)),
                stage: Some(Stage::Returned),
                ..plain.clone()
            },
            TaskFilter { authority: Some(agency(LEAD)), ..plain.clone() },
            TaskFilter {
                place: Some(sauro_kernel::AgencyPath::parse("vn/44").unwrap()),
                ..plain.clone()
            },
            TaskFilter {
                place: Some(sauro_kernel::AgencyPath::parse("vn/44/xa-2").unwrap()),
                due_from: Some(day("2026-05-20")),
                due_to: Some(day("2026-06-01")),
                ..plain.clone()
            },
            TaskFilter { overdue_days: Some(11), status: Some(Status::Overdue), ..plain.clone() },
            TaskFilter { doubt: Some(Doubt::SaysDone), ..plain.clone() },
            TaskFilter { doubt: Some(Doubt::Any), ..plain.clone() },
        ];
        filters.extend(Status::ALL.map(|it| TaskFilter { status: Some(it), ..plain.clone() }));
        for filter in filters {
            let mut wanted: Vec<_> =
                everything.iter().filter(|it| is_meant(&filter, it, moment)).collect();
            for sort in Sort::ALL {
                let filter = TaskFilter { sort: *sort, ..filter.clone() };
                let order = filter.order();
                let lead = |it: &Task| if it.lead == agency(LEAD) { 0 } else { 1 };
                let key = |it: &Task| match order {
                    Sort::DueFirst | Sort::DueLast | Sort::Programme => {
                        (0, it.due_on.to_string(), it.id.0)
                    }
                    Sort::SilentFirst | Sort::HeardFirst => {
                        (0, format!("{:020}", it.last_report_at.unwrap_or(0)), it.id.0)
                    }
                    Sort::CodeFirst | Sort::CodeLast => (0, it.code.clone(), it.id.0),
                    Sort::Lead => (lead(it), it.due_on.to_string(), it.id.0),
                };
                wanted.sort_by_key(|it| key(it));
                if order.is_descending() {
                    wanted.reverse();
                }
                let wanted: Vec<&str> = wanted.iter().map(|it| it.code.as_str()).collect();
                let seen = all(&ctx, &world, &filter, 13).await;
                let seen: Vec<&str> = seen.iter().map(|it| it.code.as_str()).collect();
                assert_eq!(seen, wanted, "{filter:?}");
                let n = actions::task_count(&ctx, &world.db, &filter).await.unwrap();
                assert_eq!(usize::try_from(n), Ok(wanted.len()), "{filter:?}");
                let days = actions::task_days(&ctx, &world.db, &filter).await.unwrap();
                assert_eq!(days.iter().map(|it| it.1).sum::<i64>(), n, "{filter:?}");

                // To the second page and back is where one was.
                let first = actions::task_part(&ctx, &world.db, &filter, None, 5).await.unwrap();
                let Some(next) = first.next.clone() else { continue };
                assert_eq!(first.prev, None);
                let second =
                    actions::task_part(&ctx, &world.db, &filter, Some(next), 5).await.unwrap();
                let prev = second.prev.unwrap().to_string().parse().unwrap();
                let again =
                    actions::task_part(&ctx, &world.db, &filter, Some(prev), 5).await.unwrap();
                let ids = |it: &[(Task, Status)]| it.iter().map(|it| it.0.id).collect::<Vec<_>>();
                assert_eq!(ids(&again.tasks), ids(&first.tasks), "{filter:?}");
                assert_eq!((again.prev, again.next), (None, first.next), "{filter:?}");
            }
        }
        let narrow = world.seat(Role::Inspector, AUTHORITY);
        let outside = TaskFilter {
            place: Some(sauro_kernel::AgencyPath::parse("vn/45").unwrap()),
            ..plain.clone()
        };
        assert!(all(&narrow, &world, &outside, 50).await.is_empty(), "not of another province");
        let wider = TaskFilter { place: Some(sauro_kernel::AgencyPath::nation()), ..plain };
        assert!(all(&narrow, &world, &wider, 50).await.iter().all(|it| it.lead == agency(LEAD)));
    })
    .await;
}

#[tokio::test]
async fn a_list_shows_the_columns_chosen_and_says_what_it_cannot_understand() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        mixed(&world).await;
        let browser = Browser::of(&world, &world.staff()).await;
        let above = world.actor(Role::StandingAgency, ISSUER);
        let page = browser.get(&above, "/nhiem-vu?cot=chuong-trinh&cot=bao-cao&xep=im-lang").await;
        page.is(200).has("Chương trình mẫu").has("data-th=\"Báo cáo gần nhất\"");
        page.lacks("data-th=\"Chủ trì\"").has("aria-sort=\"ascending\"");
        page.has("cot=chuong-trinh,bao-cao").has("xep=moi-bao-cao");
        let file = browser.get(&above, "/nhiem-vu/xuat.csv?cot=han,chang&tt=tat-ca").await;
        let head = file.body.trim_start_matches('\u{feff}').lines().next().unwrap().to_owned();
        assert_eq!(head, "Mã nhiệm vụ,Nội dung,Hạn,Chặng");

        for (query, sentence) in [
            ("han-tu=2026-06-31", "Không có ngày đó"),
            ("han-tu=2026-06-02&han-den=2026-06-01", "Ngày cuối đứng trước ngày đầu"),
            ("qua=nhieu", "Nhập số ngày quá hạn"),
            ("dia-ban=99", "Không có tỉnh, thành phố hay cơ quan nào"),
            ("giao=khong-co", "Không có cơ quan nào tên như vậy"),
            ("cha=NV-2000-000001", "Không có nhiệm vụ nào mang mã đó"),
        ] {
            browser.get(&above, &format!("/nhiem-vu?{query}")).await.is(422).has(sentence);
            browser.get(&above, &format!("/nhiem-vu/tien-do?{query}")).await.is(422).has(sentence);
            browser.get(&above, &format!("/nhiem-vu/xuat.csv?{query}")).await.is(422).has(sentence);
        }
        let far = world.actor(Role::Officer, STRANGER);
        browser.get(&far, &format!("/nhiem-vu?cha={}", code(1))).await.is(422);
    })
    .await;
}

#[tokio::test]
async fn tasks_handed_down_from_one_are_a_list_of_their_own() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        for n in 2..=70 {
            let due_on = if n % 2 == 0 { "2026-05-20" } else { "2026-06-30" };
            world
                .put(Made { n, parent: Some(1), due_on, n_deliverables: 0, ..Made::default() })
                .await;
        }
        let browser = Browser::of(&world, &world.staff()).await;
        let above = world.actor(Role::StandingAgency, ISSUER);
        let page = browser.get(&above, &format!("/nhiem-vu?cha={}", code(1))).await;
        page.is(200).has("Nhiệm vụ <span class=\"mute\">(69)").has("giao xuống từ");
        let late = browser.get(&above, &format!("/nhiem-vu?cha={}&tt=over", code(1))).await;
        late.has("(35)");
        let parent = browser.get(&above, &format!("/nhiem-vu/{}", code(1))).await;
        parent.is(200).has(&format!("/nhiem-vu?cha={}&amp;tt=over", code(1)));
        let column = format!("/nhiem-vu?q={}&tt=tat-ca&cot=giao-xuong", code(1));
        browser.get(&above, &column).await.is(200).has("0/69 đã nghiệm thu");
        let file = format!("/nhiem-vu/xuat.csv?q={}&tt=tat-ca&cot=giao-xuong", code(1));
        browser.get(&above, &file).await.is(200).has("Đã giao xuống").has("0/69 đã nghiệm thu");
    })
    .await;
}

#[tokio::test]
async fn a_view_is_kept_shared_renamed_moved_and_removed_by_whoever_may() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (mine, db) = (world.staff(), &world.db);
        let mut colleague = world.seat(Role::Officer, LEAD);
        colleague.actor.account = sauro_kernel::AccountId(Uuid::from_u64_pair(4, 77));
        let mut far = world.seat(Role::Officer, STRANGER);
        far.actor.account = sauro_kernel::AccountId(Uuid::from_u64_pair(4, 78));
        let save = async |ctx: &Ctx, name: &str, query: &str, is_shared| {
            actions::save_view(ctx, db, name, query, is_shared).await
        };
        for (name, query) in [("", "tt=over"), ("Quá hạn", ""), (&"x".repeat(81), "tt=over")] {
            let refused = save(&mine, name, query, false).await;
            assert!(matches!(refused, Err(TasksError::Invalid(_))), "{name:?} {query:?}");
        }
        let admin = world.seat(Role::Administrator, LEAD);
        assert!(matches!(save(&admin, "A", "tt=over", false).await, Err(TasksError::Denied(_))));
        let own = save(&mine, "Riêng", "tt=over", false).await.unwrap();
        let shared = save(&mine, "Chung", "tt=soon", true).await.unwrap();
        let names = async |ctx: &Ctx| -> Vec<String> {
            let all = actions::saved_views(ctx, db).await.unwrap();
            all.into_iter().map(|it| it.name).collect()
        };
        assert_eq!(names(&mine).await, ["Riêng", "Chung"]);
        assert_eq!(names(&colleague).await, ["Chung"]);
        assert!(names(&far).await.is_empty());

        let up = ViewChange::Move { is_up: true };
        actions::change_view(&mine, db, shared.id, up.clone()).await.unwrap();
        actions::change_view(&mine, db, shared.id, up).await.unwrap();
        assert_eq!(names(&mine).await, ["Chung", "Riêng"]);
        let rename = ViewChange::Rename { name: "Sắp hạn".to_owned(), is_shared: true };
        for ctx in [&colleague, &far] {
            let refused = actions::change_view(ctx, db, shared.id, rename.clone()).await;
            assert!(matches!(refused, Err(TasksError::NotFound(_))), "another's");
            let refused = actions::remove_view(ctx, db, shared.id).await;
            assert!(matches!(refused, Err(TasksError::NotFound(_))), "another's");
        }
        actions::change_view(&mine, db, shared.id, rename).await.unwrap();
        assert_eq!(names(&colleague).await, ["Sắp hạn"]);
        let mut leader = world.leader();
        leader.actor.account = sauro_kernel::AccountId(Uuid::from_u64_pair(4, 79));
        let refused = actions::remove_view(&leader, db, own.id).await;
        assert!(matches!(refused, Err(TasksError::NotFound(_))), "a private one");
        actions::remove_view(&leader, db, shared.id).await.unwrap();
        assert_eq!(names(&mine).await, ["Riêng"]);
        for n in 0..actions::MAX_VIEWS - 1 {
            save(&mine, &format!("Số {n}"), "tt=over", false).await.unwrap();
        }
        assert!(matches!(
            save(&mine, "Một nữa", "tt=over", false).await,
            Err(TasksError::Invalid(_))
        ));
        let gone = SavedViewId(Uuid::from_u64_pair(9, 9));
        assert!(matches!(
            actions::remove_view(&mine, db, gone).await,
            Err(TasksError::NotFound(_))
        ));
    })
    .await;
}

#[tokio::test]
async fn a_view_keeps_the_list_as_the_page_wrote_it() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let browser = Browser::of(&world, &world.staff()).await;
        let staff = world.actor(Role::Officer, LEAD);
        let form = [
            ("ten", "<b>Xã</b> quá hạn"),
            ("loc", "tt=over&xep=im-lang&sau=h.1&la=https://x.example"),
            ("chung", "1"),
        ];
        let done = browser.post(&staff, "/nhiem-vu/cach-xem", &form).await;
        done.is(303);
        assert_eq!(done.location(), "/nhiem-vu?tt=over&xep=im-lang");
        let page = browser.get(&staff, "/nhiem-vu?xep=im-lang&tt=over").await;
        page.has("&#60;b&#62;Xã&#60;/b&#62; quá hạn").has("aria-current=\"page\">&#60;b&#62;");
        let bad =
            browser.post(&staff, "/nhiem-vu/cach-xem", &[("ten", ""), ("loc", "tt=over")]).await;
        bad.is(422).has("Nhập tên cách xem").has("name=\"loc\" value=\"tt=over\"");
        let id = actions::saved_views(&world.staff(), &world.db).await.unwrap()[0].id;
        let at = format!("/nhiem-vu/cach-xem/{id}");
        let name = format!("ten-{id}");
        browser.post(&staff, &at, &[("viec", "doi"), (&name, "")]).await.is(422);
        browser.post(&staff, &at, &[("viec", "doi"), (&name, "Mới")]).await.is(303);
        browser.get(&staff, "/nhiem-vu/cach-xem").await.is(200).has("Mở: Mới");
        browser.post(&staff, &at, &[("viec", "bo")]).await.is(303);
        browser.get(&staff, "/nhiem-vu/cach-xem").await.has("Chưa lưu cách xem nào");
    })
    .await;
}

#[tokio::test]
async fn the_timeline_shows_every_task_of_its_days_page_by_page() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.put_many(2..421).await;
        let browser = Browser::of(&world, &world.staff()).await;
        let above = world.actor(Role::StandingAgency, ISSUER);
        let mut seen = std::collections::BTreeSet::new();
        let mut at = "/nhiem-vu/tien-do?tu=2026-05-01&den=2026-07-31".to_owned();
        for _ in 0..3 {
            let page = browser.get(&above, &at).await;
            page.is(200).has("Cơ quan 2").has("<svg class=\"ic\"");
            let codes = page.body.split("href=\"/nhiem-vu/NV-").skip(1);
            for it in codes {
                assert!(seen.insert(it.chars().take(11).collect::<String>()), "twice");
            }
            let Some((before, _)) = page.body.split_once("\">Tiếp theo") else { break };
            at = before
                .rsplit_once("href=\"")
                .unwrap()
                .1
                .replace("&amp;", "&")
                .replace("&#38;", "&");
        }
        assert_eq!(seen.len(), 420);
        let page = browser.get(&above, "/nhiem-vu/tien-do?tu=2026-05-01&den=2026-07-31").await;
        page.has("Giao 01/01/1970, hạn 30/06/2026").has("Hôm nay").has("420 nhiệm vụ");
        let past = browser.get(&above, "/nhiem-vu/tien-do?tu=1960-05-01&den=1960-07-31").await;
        past.is(200).has("Không có nhiệm vụ nào trong kỳ này");
        browser.get(&above, "/nhiem-vu/tien-do?tu=2026-05-01&den=2026-04-01").await.is(422);
        let none =
            browser.get(&world.actor(Role::Administrator, ISSUER), "/nhiem-vu/tien-do").await;
        none.is(200).lacks("NV-2026");
    })
    .await;
}
