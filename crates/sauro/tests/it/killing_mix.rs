//! Kill −9 while everything happens at once: reports with files, verification, more time, explanation,
//! urging, handing down. What was acknowledged is there once, what was not at most once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chrono::Days;
use sauro_kernel::{AgencyId, Role};
use sauro_store::{Files, run};
use sauro_tasks::actions::{self, ProgrammeFields};
use sauro_tasks::model::{Deadline, DeadlineKind, DraftBody};

use crate::killing::{Client, call, open, serve};
use crate::world::{COMMUNE, PROVINCE, World, enter, open_account, rooms};

const N_CLIENTS: usize = 6;
const N_ROUNDS: usize = 200;
/// Tasks that each client goes through, again and again.
const N_TASKS: usize = 20;
/// How often everything is looked at in between.
const LOOK_EVERY: usize = 50;

/// What was acknowledged: the kind of journal entry, and the words that nobody else used.
type Kept = BTreeSet<(&'static str, String)>;

/// Who is there, and what they work on.
#[derive(Clone)]
struct Cast {
    lead: String,
    issuer: String,
    tasks: Vec<String>,
    /// A task of the province, to hand down from.
    parent: String,
    communes: Vec<String>,
    due: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn of_everything_at_once_nothing_acknowledged_is_lost_or_doubled_by_200_kills() {
    let home = tempfile::TempDir::new().unwrap();
    let cast = Arc::new(prepare(home.path()).await);
    let mut kept = Kept::new();
    let mut n_interrupted = 0;
    for round in 0..N_ROUNDS {
        let (mut child, port) = serve(home.path()).await;
        let n_kept = Arc::new(AtomicUsize::new(0));
        let workers: Vec<_> = (0..N_CLIENTS)
            .map(|n| {
                let worker = Worker { cast: cast.clone(), port, round, n, n_kept: n_kept.clone() };
                tokio::spawn(worker.work())
            })
            .collect();
        let enough = 1 + (round * 5) % 17;
        while n_kept.load(Ordering::SeqCst) < enough {
            assert!(child.try_wait().unwrap().is_none(), "the server ended by itself");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        tokio::time::sleep(Duration::from_micros(u64::try_from(round * 97).unwrap())).await;
        child.kill().unwrap();
        child.wait().unwrap();
        for worker in workers {
            kept.extend(worker.await.unwrap());
            n_interrupted += 1;
        }
        if round % LOOK_EVERY == LOOK_EVERY - 1 {
            look(home.path(), &kept).await;
        }
    }
    assert_eq!(n_interrupted, N_CLIENTS * N_ROUNDS);
    let kinds: BTreeSet<_> = kept.iter().map(|it| it.0).collect();
    assert_eq!(kinds.len(), 7, "not everything was done: {kinds:?}");
}

struct Worker {
    cast: Arc<Cast>,
    port: u16,
    round: usize,
    n: usize,
    n_kept: Arc<AtomicUsize>,
}

impl Worker {
    /// Goes through its tasks until the server is dead. Answers what was acknowledged.
    async fn work(self) -> Kept {
        let mut kept = Kept::new();
        for turn in 0.. {
            let at = self.round * 3 + turn;
            let code = &self.cast.tasks[self.n * N_TASKS + at % N_TASKS];
            if self.story(code, turn, &mut kept).await.is_none() {
                break;
            }
        }
        kept
    }

    /// Everything that happens to one task; `None` once nobody answers.
    async fn story(&self, code: &str, turn: usize, kept: &mut Kept) -> Option<()> {
        let key = |step: &str| format!("khoa-{}-{}-{turn}-{step}-het", self.round, self.n);
        let (lead, issuer) = (&self.cast.lead, &self.cast.issuer);
        let at = |page: &str| format!("/nhiem-vu/{code}/{page}");

        // A commune that has its part is passed over, so each is asked once.
        if let (0, 0, Some(commune)) = (self.n, turn, self.cast.communes.get(self.round)) {
            let words = key("giao-xuong");
            let form = format!(
                "giao-cho=chon&don-vi={commune}&viec={words}&san-pham=mot&trach-nhiem=chu+tich"
            );
            let path = format!("/nhiem-vu/{}/giao-xuong", self.cast.parent);
            self.form(&path, issuer, form, ("TaskHandedDown", words), kept).await?;
        }

        let words = key("don-doc");
        let form = format!("viec=don-doc&loi-nhac={words}");
        self.form(&at("dieu-hanh"), issuer, form, ("TaskUrged", words), kept).await?;

        let words = key("gia-han");
        let form = format!("ly-do={words}&han-moi={}", self.cast.due);
        self.form(&at("gia-han"), lead, form, ("ExtensionAsked", words), kept).await?;
        if let Some(id) = hidden(&self.page(&at("gia-han"), issuer).await?, "de-nghi") {
            let words = key("khong");
            let form = format!("viec=tu-choi&de-nghi={id}&tra-loi={words}");
            self.form(&at("gia-han"), issuer, form, ("ExtensionRefused", words), kept).await?;
        }

        let words = key("giai-trinh");
        let form = format!("noi-dung={words}&han-giai-trinh=");
        self.form(&at("giai-trinh"), issuer, form, ("ExplanationAsked", words), kept).await?;

        let words = key("bao-cao");
        let client = Client {
            port: self.port,
            token: lead.clone(),
            code: code.to_owned(),
            name: words.clone(),
        };
        let content = format!("%PDF-1.7\n{words}\n%%EOF\n");
        let (status, body) =
            client.send_claiming(&words, &words, content.as_bytes(), "done").await?;
        self.note(status, &body, ("ReportSent", words), kept);

        if let Some(version) = hidden(&self.page(&at("nghiem-thu"), issuer).await?, "version") {
            let words = key("tra-lai");
            let form = format!("version={version}&sp-1=returned&ly-do-1={words}");
            let what = ("DeliverableReturned", words);
            self.form(&at("nghiem-thu"), issuer, form, what, kept).await?;
        }

        Some(())
    }

    async fn page(&self, path: &str, token: &str) -> Option<String> {
        let head = format!(
            "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: sauro={token}\r\n\r\n"
        );
        call(self.port, head.into_bytes()).await.map(|it| it.1)
    }

    async fn form(
        &self,
        path: &str,
        token: &str,
        form: String,
        what: (&'static str, String),
        kept: &mut Kept,
    ) -> Option<()> {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: sauro={token}\r\n\
             Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n{form}",
            form.len()
        );
        let (status, body) = call(self.port, request.into_bytes()).await?;
        self.note(status, &body, what, kept);
        Some(())
    }

    /// Remembers what was acknowledged. A rule may refuse: a task is urged once a day.
    fn note(&self, status: u16, body: &str, what: (&'static str, String), kept: &mut Kept) {
        match status {
            201 | 303 => {
                assert!(kept.insert(what), "the same words twice");
                self.n_kept.fetch_add(1, Ordering::SeqCst);
            }
            403 | 409 | 422 | 503 => {}
            _ => panic!("{status} for {what:?}: {body}"),
        }
    }
}

/// The value of the hidden field `name`.
fn hidden(page: &str, name: &str) -> Option<String> {
    let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1)?;
    rest.split('"').next().map(str::to_owned)
}

/// Every promise is in the journal and in its table once, and nothing is there twice.
async fn look(data: &Path, kept: &Kept) {
    const ENTRIES: &str = "SELECT kind, subject, data FROM journal_entries ORDER BY position";
    const REPORTS: &str = "
        SELECT r.id, r.results FROM reports r
        WHERE r.receipt IS NOT NULL
            AND EXISTS (SELECT 1 FROM evidence e WHERE e.report_id = r.id AND e.file_hash IS NOT NULL)";
    const TEXTS: [(&str, &str); 6] = [
        ("TaskUrged", "SELECT words FROM urges"),
        ("ExtensionAsked", "SELECT reason FROM extensions"),
        ("ExtensionRefused", "SELECT answer FROM extensions"),
        ("ExplanationAsked", "SELECT question FROM explanations"),
        ("DeliverableReturned", "SELECT reason FROM verifications"),
        ("TaskHandedDown", "SELECT work FROM tasks WHERE parent_id IS NOT NULL"),
    ];
    let db = open(data).await;
    let mut conn = db.read().await.unwrap();
    let entries: Vec<(String, String, String)> =
        run!(conn, c => sqlx::query_as(ENTRIES).fetch_all(c).await).unwrap();
    let reports: Vec<(uuid::Uuid, String)> =
        run!(conn, c => sqlx::query_as(REPORTS).fetch_all(c).await).unwrap();
    let mut there: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for (kind, sql) in TEXTS {
        let texts: Vec<String> =
            run!(conn, c => sqlx::query_scalar(sql).fetch_all(c).await).unwrap();
        for text in texts.into_iter().filter(|it| it.starts_with("khoa-")) {
            *there.entry((kind, text)).or_default() += 1;
        }
    }
    let words: BTreeMap<String, String> =
        reports.into_iter().map(|(id, words)| (id.to_string(), words)).collect();
    let mut told: BTreeMap<(String, String), usize> = BTreeMap::new();
    let is_meant = |kind: &str| kind == "ReportSent" || TEXTS.iter().any(|it| it.0 == kind);
    for (kind, _, data) in entries.into_iter().filter(|it| is_meant(&it.0)) {
        let data: serde_json::Value = serde_json::from_str(&data).unwrap();
        let texts = ["words", "reason", "answer", "question", "work"].iter();
        let mut found: Vec<_> = texts
            .filter_map(|it| data[*it].as_str())
            .filter(|it| it.starts_with("khoa-"))
            .map(str::to_owned)
            .collect();
        if kind == "ReportSent" {
            let id = data["report"].as_str().unwrap();
            found = words.get(id).into_iter().cloned().collect();
        }
        // A refusal tells the reason of the request again, and then its answer.
        let Some(text) = found.pop() else { continue };
        *told.entry((kind, text)).or_default() += 1;
    }
    for text in words.into_values().filter(|it| it.starts_with("khoa-")) {
        *there.entry(("ReportSent", text)).or_default() += 1;
    }
    assert!(there.values().all(|n| *n == 1), "something is there twice");
    assert!(told.values().all(|n| *n == 1), "something was told twice");
    for (kind, words) in kept {
        assert!(there.contains_key(&(*kind, words.clone())), "{kind} {words} is gone");
        assert!(told.contains_key(&((*kind).to_owned(), words.clone())), "{kind} {words} untold");
    }
    // Neither without the other: a row has its entry, an entry has its row.
    let untold: Vec<_> =
        there.keys().filter(|it| !told.contains_key(&(it.0.to_owned(), it.1.clone()))).collect();
    assert!(untold.is_empty(), "{untold:?}");
    assert_eq!(there.len(), told.len());
    let verdict = sauro_journal::verify(&db, None, |_| {}).await.unwrap();
    assert!(verdict.fault.is_none(), "{:?}", verdict.fault);
}

async fn prepare(data: &Path) -> Cast {
    let db = open(data).await;
    let files = Files::open(&data.join("files").display().to_string()).await.unwrap();
    let clock = Arc::new(sauro::SystemClock);
    let world = World::found(&db, &files, clock, Arc::new(sauro::FreshIds)).await;
    let issued = world.issue(N_CLIENTS * N_TASKS).await;
    let rooms = rooms(&world);
    open_account(&world, &rooms, "xa", Role::Leader, COMMUNE).await;
    open_account(&world, &rooms, "tinh", Role::Leader, PROVINCE).await;
    let parent = parent(&world).await;
    let province = &world.directory.by_code(PROVINCE).unwrap().path;
    let communes = world.directory.all().iter();
    let communes = communes.filter(|it| it.kind == "commune_pc" && province.covers(&it.path));
    let today = world.ctx(Role::Leader, PROVINCE).today();
    let calendar = sauro_directory::actions::calendar(&db).await.unwrap();
    let due = calendar.working_on_or_after(today + Days::new(60));
    Cast {
        lead: enter(&rooms, "xa").await,
        issuer: enter(&rooms, "tinh").await,
        tasks: issued.tasks,
        parent,
        communes: communes.map(|it| it.code.clone()).collect(),
        due: due.to_string(),
    }
}

/// A task that the centre has given to the province.
async fn parent(world: &World) -> String {
    let leader = world.ctx(Role::Leader, "TTBCĐ57");
    let directory = world.directory.as_ref();
    let fields = ProgrammeFields {
        code: "trung-uong".into(),
        name: "Việc của trung ương".into(),
        basis: String::new(),
        is_public: true,
    };
    let programme = actions::open_programme(&leader, &world.db, fields).await.unwrap();
    let body = DraftBody {
        leads: vec![AgencyId::of_code(PROVINCE)],
        work: "Bố trí điểm hỗ trợ ở mọi xã".to_owned(),
        deliverables: vec!["01 báo cáo".to_owned()],
        accountable: "Phó Chủ tịch".to_owned(),
        authority: Some(AgencyId::of_code("TTBCĐ57")),
        deadline: Deadline {
            kind: DeadlineKind::Date,
            due_on: leader.today().checked_add_days(Days::new(90)),
            ..Deadline::default()
        },
        strength: "binding".to_owned(),
        is_public: true,
        ..DraftBody::default()
    };
    let draft = actions::enter_task(&leader, &world.db, programme, body).await.unwrap();
    actions::propose_drafts(&leader, &world.db, directory, &[draft]).await.unwrap();
    let ids = actions::issue_drafts(&leader, &world.db, directory, &[draft]).await.unwrap();
    let (task, _) = actions::task_with_deliverables(&leader, &world.db, ids[0]).await.unwrap();
    task.code
}
