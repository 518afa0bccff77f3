use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use sauro_journal::Chronicle;
use sauro_kernel::{AgencyId, DeliverableId, DraftId, ProgrammeId, Role, TaskId};
use sauro_papers::sniff;
use sauro_store::{Db, Files, Limits};
use sauro_tasks::actions::{
    self, Addressees, Amendment, HandDown, ProgrammeFields, Verdict, WholeReport,
};
use sauro_tasks::jobs::past::{
    Desk, Life, Ordered, PastIds, Piece, Ruling, drafted, handed_down, set_counters, write_drafts,
    write_lives,
};
use sauro_tasks::model::{
    Claim, Deadline, DeadlineKind, Decision, Deliverable, Draft, DraftBody, DraftState,
    EvidenceKind, Report, SelfRating, Task,
};
use sauro_testkit::{day, on_sqlite};

use super::dump::dump;
use super::names::named;
use super::script::*;
use crate::world::World;

struct Teller {
    world: World,
    clock: Arc<StoryClock>,
}

impl Teller {
    async fn new(db: &Db, files: &Files) -> Self {
        let clock = Arc::new(StoryClock::default());
        clock.set(at("2026-01-05", 0));
        let ids = Arc::new(sauro::FreshIds);
        let world = World::found(db, files, clock.clone(), ids).await;
        let teller = Self { world, clock };
        let fields = ProgrammeFields {
            code: PROGRAMME.into(),
            name: "Một chuyện".into(),
            basis: String::new(),
            is_public: true,
        };
        let ctx = teller.ctx(Role::Leader, CENTRE, at("2026-01-05", 1));
        actions::open_programme(&ctx, db, fields).await.unwrap();
        teller
    }

    fn ctx(&self, role: Role, agency: &str, at: i64) -> sauro_kernel::Ctx {
        self.clock.set(at);
        self.world.ctx(role, agency)
    }

    async fn programme(&self) -> ProgrammeId {
        let ctx = self.ctx(Role::Leader, CENTRE, at("2026-01-05", 2));
        actions::programme_by_code(&ctx, &self.world.db, PROGRAMME).await.unwrap().id
    }
}

fn body(leads: &[&str], authority: &str, due: chrono::NaiveDate) -> DraftBody {
    DraftBody {
        leads: leads.iter().map(|it| AgencyId::of_code(it)).collect(),
        partners: vec![AgencyId::of_code("BKHCN")],
        work: WORK.to_owned(),
        deliverables: PRODUCTS.map(str::to_owned).to_vec(),
        accountable: HEAD.to_owned(),
        authority: Some(AgencyId::of_code(authority)),
        deadline: Deadline {
            kind: DeadlineKind::Date,
            text: "trước ngày 30/6".to_owned(),
            due_on: Some(due),
            rule: None,
        },
        strength: "binding".to_owned(),
        is_public: true,
        ..DraftBody::default()
    }
}

/// As people would do it.
async fn by_actions(teller: &Teller) {
    let db = &teller.world.db;
    let directory = teller.world.directory.as_ref();
    let programme = teller.programme().await;
    let (ask, lead) = (teller, COMMUNE);
    for (issuer, leads, on) in [
        (PROVINCE, &[COMMUNE, NEIGHBOUR][..], "2026-03-02"),
        (CENTRE, &[PROVINCE][..], "2026-03-03"),
    ] {
        let preparer = ask.ctx(Role::Leader, issuer, at(on, 0));
        let draft = body(leads, issuer, due_on());
        let id = actions::enter_task(&preparer, db, programme, draft).await.unwrap();
        let preparer = ask.ctx(Role::Leader, issuer, at(on, 1));
        actions::propose_drafts(&preparer, db, directory, &[id]).await.unwrap();
        let leader = ask.ctx(Role::Leader, issuer, at(on, 2));
        actions::issue_drafts(&leader, db, directory, &[id]).await.unwrap();
    }
    let (first, second, third) = ("NV-2026-000001", "NV-2026-000002", "NV-2026-000003");
    let leader = |on: &str| ask.ctx(Role::Leader, lead, at(on, 0));
    let issuer = |on: &str| ask.ctx(Role::Leader, PROVINCE, at(on, 0));
    let task = task_of(ask, first).await;
    let wares = wares_of(ask, task).await;

    let whole = WholeReport {
        fields: fields("Đang làm.", SelfRating::OnTrack, Claim::Doing, &wares),
        file: Some((FILE.into(), Bytes::from_static(TABLE))),
        ..WholeReport::default()
    };
    actions::report_with_file(&leader("2026-03-10"), db, &ask.world.files, first, whole)
        .await
        .unwrap();
    let to = Some(day("2026-07-15"));
    let ctx = leader("2026-05-04");
    let asked = actions::ask_extension(&ctx, db, &calendar(), task, to, REASON).await.unwrap();
    let ctx = issuer("2026-05-05");
    actions::decide_extension(&ctx, db, task, asked, true, "").await.unwrap();
    over_desk(ask, task, "Đã xong.", &wares, "2026-06-01").await;
    judge(ask, task, Decision::Returned, "2026-06-03").await;
    over_desk(ask, task, "Đã bổ sung.", &wares, "2026-06-08").await;
    judge(ask, task, Decision::Accepted, "2026-06-10").await;
    for (n, it) in (0..).zip(&wares) {
        let verifier = ask.ctx(Role::Verifier, PROVINCE, at("2026-06-20", n));
        actions::confirm_in_use(&verifier, db, task, it.id, CHECKED).await.unwrap();
    }

    let task = task_of(ask, second).await;
    let asker = issuer("2026-04-01");
    actions::urge_many(&asker, db, &[task], ANSWER).await.unwrap();
    let lead = |on: &str| ask.ctx(Role::Leader, NEIGHBOUR, at(on, 0));
    let by = Some(day("2026-04-07"));
    let ctx = issuer("2026-04-02");
    let asked = actions::ask_explanation(&ctx, db, &calendar(), task, QUESTION, by).await.unwrap();
    // Late: after 17:00 of the 7th.
    actions::answer_explanation(&lead("2026-04-08"), db, task, asked, ANSWER).await.unwrap();
    actions::close_explanation(&issuer("2026-04-09"), db, task, asked).await.unwrap();
    let ctx = lead("2026-04-14");
    let asked = actions::ask_extension(&ctx, db, &calendar(), task, to, REASON).await.unwrap();
    actions::decide_extension(&issuer("2026-04-15"), db, task, asked, false, ANSWER).await.unwrap();
    let ctx = issuer("2026-04-20");
    let version = task_version(ask, second).await;
    actions::amend_task(&ctx, db, task, Amendment::Pause, REASON, version).await.unwrap();

    let order = HandDown {
        to: Addressees::Agencies(vec![AgencyId::of_code(COMMUNE)]),
        work: PART.to_owned(),
        deliverables: vec![PRODUCTS[1].to_owned()],
        due_on: Some(day("2026-06-26")),
        accountable: HEAD.to_owned(),
        ..HandDown::default()
    };
    let ctx = ask.ctx(Role::Leader, PROVINCE, at("2026-03-09", 0));
    let parent = task_of(ask, third).await;
    actions::hand_down(&ctx, db, directory, parent, order).await.unwrap();
    // One report waits for the leader, without a receipt.
    let task = task_of(ask, "NV-2026-000004").await;
    let wares = wares_of(ask, task).await;
    submit(ask, task, "Đã xong.", &wares, "2026-06-11").await;
}

async fn task_of(ask: &Teller, code: &str) -> TaskId {
    found(ask, code).await.id
}

async fn task_version(ask: &Teller, code: &str) -> i64 {
    found(ask, code).await.version
}

async fn found(ask: &Teller, code: &str) -> Task {
    let ctx = ask.world.ctx(Role::Inspector, "UBKTTW");
    actions::find_task(&ctx, &ask.world.db, code).await.unwrap()
}

async fn wares_of(ask: &Teller, task: TaskId) -> Vec<Deliverable> {
    let ctx = ask.world.ctx(Role::Inspector, "UBKTTW");
    actions::task_with_deliverables(&ctx, &ask.world.db, task).await.unwrap().1
}

/// Drafted, shown and put before the leader.
async fn submit(ask: &Teller, task: TaskId, said: &str, wares: &[Deliverable], on: &str) -> Report {
    let db = &ask.world.db;
    let officer = |minutes| ask.ctx(Role::Officer, COMMUNE, at(on, minutes));
    let ctx = officer(-30);
    let open = actions::open_report(&ctx, db, task).await.unwrap();
    let fields = fields(said, SelfRating::Done, Claim::Done, wares);
    actions::save_report(&ctx, db, open.id, fields, open.version).await.unwrap();
    let ctx = officer(-20);
    for (it, number) in wares.iter().zip(NUMBERS) {
        actions::attach_document(&ctx, db, open.id, Some(it.id), number).await.unwrap();
    }
    let content = Bytes::from_static(TABLE);
    let files = &ask.world.files;
    actions::attach_file(&ctx, db, files, open.id, None, FILE, content).await.unwrap();
    let ctx = officer(-10);
    let open = actions::open_report(&ctx, db, task).await.unwrap();
    actions::submit_report(&ctx, db, open.id, open.version).await.unwrap()
}

async fn over_desk(ask: &Teller, task: TaskId, said: &str, wares: &[Deliverable], on: &str) {
    let open = submit(ask, task, said, wares, on).await;
    let leader = ask.ctx(Role::Leader, COMMUNE, at(on, 0));
    actions::send_report(&leader, &ask.world.db, open.id, open.version).await.unwrap();
}

async fn judge(ask: &Teller, task: TaskId, decision: Decision, on: &str) {
    let verdict = |it: Deliverable| Verdict {
        deliverable: it.id,
        decision,
        checked: CHECKED.to_owned(),
        reason: if decision == Decision::Returned { REASON.to_owned() } else { String::new() },
    };
    let verifier = ask.ctx(Role::Verifier, PROVINCE, at(on, 0));
    let (found, wares) =
        actions::task_with_deliverables(&verifier, &ask.world.db, task).await.unwrap();
    let verdicts = wares.into_iter().map(verdict).collect();
    actions::verify(&verifier, &ask.world.db, task, verdicts, found.version).await.unwrap();
}

/// As lives that are written at once.
async fn by_lives(teller: &Teller) {
    let db = &teller.world.db;
    let directory = &teller.world.directory;
    let programme = teller.programme().await;
    let mut ids = PastIds::new(1);
    let mut events = Vec::new();
    let mut drafts = Vec::new();
    let mut orders = Vec::new();
    for (n, issuer, leads, on) in [
        (0, PROVINCE, &[COMMUNE, NEIGHBOUR][..], "2026-03-02"),
        (1, CENTRE, &[PROVINCE][..], "2026-03-03"),
    ] {
        let seat = |minutes| by(directory, Role::Leader, issuer, at(on, minutes));
        let agency = directory.by_code(issuer).unwrap();
        let draft = Draft {
            id: DraftId(ids.at(at(on, n))),
            directive: None,
            programme,
            owner: agency.id,
            owner_path: agency.path.clone(),
            parent: None,
            ordinal: 1,
            state: DraftState::Issued,
            body: body(leads, issuer, due_on()),
            reason: String::new(),
            changed_by: seat(2).post,
            changed_at: at(on, 2),
            version: 3,
        };
        events.extend(drafted(&draft, seat(0), seat(1), seat(2), leads.len(), &mut ids));
        orders.push(Ordered {
            programme,
            draft: Some(draft.id),
            parent: None,
            issuer: agency.id,
            issuer_path: agency.path.clone(),
            work: WORK.to_owned(),
            deadline: draft.body.deadline.clone(),
            due_on: due_on(),
            accountable: HEAD.to_owned(),
            authority: agency.id,
            authority_path: agency.path.clone(),
            is_public: true,
            deliverables: PRODUCTS.map(str::to_owned).to_vec(),
            partners: draft.body.partners.clone(),
            by: seat(2),
        });
        drafts.push(draft);
    }
    write_drafts(db, &drafts).await.unwrap();
    let path = |code: &str| directory.by_code(code).unwrap().path.clone();
    let issued = |ordered: &Ordered, n: u64, lead: &str| {
        let place = path(lead);
        let lead = (AgencyId::of_code(lead), &place);
        Life::issued(ordered, format!("NV-2026-00000{n}"), lead, 100 + n)
    };
    let stored = teller.world.files.put(Bytes::from_static(TABLE)).await.unwrap();
    let table = Piece {
        kind: EvidenceKind::File,
        label: FILE.to_owned(),
        file: Some((stored, sniff(TABLE, FILE).unwrap().mime)),
        shows: None,
    };

    let leader = |on: &str| by(directory, Role::Leader, COMMUNE, at(on, 0));
    let issuer = |on: &str| by(directory, Role::Leader, PROVINCE, at(on, 0));
    let verifier = |on: &str, n| by(directory, Role::Verifier, PROVINCE, at(on, n));
    let mut first = issued(&orders[0], 1, COMMUNE);
    let said = fields("Đang làm.", SelfRating::OnTrack, Claim::Doing, first.deliverables());
    let receipt = |on: &str| format!("BN-{}-000001", on.replace('-', ""));
    let on = "2026-03-10";
    first.report_directly(leader(on), &said, Some(table.clone()), receipt(on)).unwrap();
    first.ask_extension(leader("2026-05-04"), day("2026-07-15"), REASON);
    first.decide_extension(issuer("2026-05-05"), true, "").unwrap();
    let desk = |life: &mut Life, said: &str, on: &str, is_sent: bool| {
        let officer = |minutes| by(directory, Role::Officer, COMMUNE, at(on, minutes));
        let desk = Desk { drafted: officer(-30), shown: officer(-20), submitted: officer(-10) };
        let said = fields(said, SelfRating::Done, Claim::Done, life.deliverables());
        let document = |(it, number): (&Deliverable, &str)| Piece {
            kind: EvidenceKind::Document,
            label: number.to_owned(),
            file: None,
            shows: Some(it.id),
        };
        let mut pieces: Vec<_> = life.deliverables().iter().zip(NUMBERS).map(document).collect();
        pieces.push(table.clone());
        let sent = is_sent.then(|| (leader(on), receipt(on)));
        life.report_over_desk(desk, sent, &said, pieces).unwrap();
    };
    let ruling = |is_accepted| Ruling {
        is_accepted,
        checked: CHECKED.to_owned(),
        reason: if is_accepted { String::new() } else { REASON.to_owned() },
    };
    desk(&mut first, "Đã xong.", "2026-06-01", true);
    first.verify(verifier("2026-06-03", 0), &ruling(false)).unwrap();
    desk(&mut first, "Đã bổ sung.", "2026-06-08", true);
    first.verify(verifier("2026-06-10", 0), &ruling(true)).unwrap();
    let wares: Vec<DeliverableId> = first.deliverables().iter().map(|it| it.id).collect();
    for (n, id) in (0..).zip(wares) {
        first.confirm_in_use(verifier("2026-06-20", n), id, CHECKED).unwrap();
    }

    let mut second = issued(&orders[0], 2, NEIGHBOUR);
    let lead = |on: &str| by(directory, Role::Leader, NEIGHBOUR, at(on, 0));
    second.urge(issuer("2026-04-01"), ANSWER);
    second.ask_explanation(issuer("2026-04-02"), day("2026-04-07"), QUESTION);
    second.answer_explanation(lead("2026-04-08"), ANSWER).unwrap();
    second.close_explanation(issuer("2026-04-09")).unwrap();
    second.ask_extension(lead("2026-04-14"), day("2026-07-15"), REASON);
    second.decide_extension(issuer("2026-04-15"), false, ANSWER).unwrap();
    second.stop(issuer("2026-04-20"), false, REASON);

    let third = issued(&orders[1], 3, PROVINCE);
    let province = directory.by_code(PROVINCE).unwrap();
    let part = Ordered {
        draft: None,
        parent: Some(third.task().id),
        issuer: province.id,
        issuer_path: province.path.clone(),
        work: PART.to_owned(),
        deadline: Deadline {
            kind: DeadlineKind::Date,
            text: "26/06/2026".to_owned(),
            due_on: Some(day("2026-06-26")),
            rule: None,
        },
        due_on: day("2026-06-26"),
        authority: province.id,
        authority_path: province.path.clone(),
        deliverables: vec![PRODUCTS[1].to_owned()],
        partners: Vec::new(),
        by: issuer("2026-03-09"),
        ..orders[1].clone()
    };
    events.push(handed_down(third.task().id, &part, 1, &mut ids));
    let mut fourth = issued(&part, 4, COMMUNE);
    desk(&mut fourth, "Đã xong.", "2026-06-11", false);

    let mut lives = vec![first, second, third, fourth];
    events.extend(lives.iter_mut().flat_map(Life::take_events));
    write_lives(db, &lives).await.unwrap();
    set_counters(db, &BTreeMap::from([(2026, 4)]), &BTreeMap::new()).await.unwrap();
    events.sort_by_key(|it| it.at);
    let mut chronicle = Chronicle::begin(db, at("2026-07-01", 0)).await.unwrap();
    let mut conn = db.write().await.unwrap();
    chronicle.write(&mut conn, &events, at("2026-07-01", 0)).await.unwrap();
    conn.commit().await.unwrap();
}

#[tokio::test]
async fn a_past_that_is_written_at_once_is_row_by_row_what_the_actions_leave() {
    let mut told = Vec::new();
    for way in ["actions", "lives"] {
        let engine = on_sqlite(Limits::default()).await;
        let home = tempfile::tempdir().unwrap();
        let files = Files::open(&home.path().display().to_string()).await.unwrap();
        let teller = Teller::new(&engine.db, &files).await;
        match way {
            "actions" => by_actions(&teller).await,
            _ => by_lives(&teller).await,
        }
        told.push(named(dump(&engine.db, &files).await));
    }
    for (table, rows) in &told[0] {
        assert!(!rows.is_empty(), "nothing in {table}");
        assert_eq!(*rows, told[1][table], "{table}");
    }
}
