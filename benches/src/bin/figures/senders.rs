//! Leaders of communes that sign in and send reports.

use std::sync::Arc;

use sauro_benches::outside::{FreshIds, SystemClock};
use sauro_identity::actions::{NewAccount, NewSeat, open_account};
use sauro_identity::{Cost, Identity};
use sauro_kernel::{Actor, Ctx, Role};
use sauro_store::{Db, run};

use super::AnyError;
use super::client::{Client, Request};
use super::place::Place;
use super::server::Server;

const N_SENDERS: usize = 64;

/// A leader who is signed in, and a task of that commune.
#[derive(Clone)]
pub(crate) struct Sender {
    pub(crate) task: String,
    pub(crate) cookie: String,
    /// The code of the agency, and that of its province.
    pub(crate) unit: String,
    pub(crate) province: String,
    login: String,
}

impl Sender {
    /// Whoever has the account `login`, without a task.
    pub(crate) fn of(login: &str) -> Self {
        Self {
            task: String::new(),
            cookie: String::new(),
            unit: String::new(),
            province: String::new(),
            login: login.to_owned(),
        }
    }
}

/// Opens an account of a leader in each of 64 communes that have a task. They sign in later.
pub(crate) async fn open(place: &Place) -> Result<Vec<Sender>, AnyError> {
    const TASKS: &str = "
        SELECT a.code, MIN(t.code)
        FROM tasks t
        JOIN agencies a ON a.id = t.lead_agency_id
        WHERE a.code LIKE 'UBND-_____' AND t.stage NOT IN ('paused', 'cancelled')
        GROUP BY a.code
        ORDER BY a.code
        LIMIT $1";
    open_for(place, TASKS, N_SENDERS).await
}

/// The same in `n` communes, each with a public task of one deliverable that is not reported done yet.
pub(crate) async fn open_many(place: &Place, n: usize) -> Result<Vec<Sender>, AnyError> {
    const TASKS: &str = "
        SELECT a.code, MIN(t.code)
        FROM tasks t
        JOIN agencies a ON a.id = t.lead_agency_id
        JOIN programmes p ON p.id = t.programme_id
        WHERE a.code LIKE 'UBND-_____' AND t.stage IN ('issued', 'in_progress') AND t.recurs = ''
            AND t.is_public AND p.is_public
            AND (SELECT COUNT(*) FROM deliverables d WHERE d.task_id = t.id) = 1
            AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.task_id = t.id AND r.state = 'submitted')
        GROUP BY a.code
        ORDER BY a.code
        LIMIT $1";
    open_for(place, TASKS, n).await
}

async fn open_for(place: &Place, sql: &'static str, n: usize) -> Result<Vec<Sender>, AnyError> {
    let db = Db::open(&place.url).await?;
    let mut conn = db.read().await?;
    let most = i64::try_from(n)?;
    let rows: Vec<(String, String)> =
        run!(conn, c => sqlx::query_as(sql).bind(most).fetch_all(c).await)?;
    drop(conn);
    if rows.len() < n.min(N_SENDERS) {
        return Err(format!("only {} communes have such a task", rows.len()).into());
    }
    let identity = identity(db);
    let mut senders = Vec::new();
    for (number, (agency_code, task)) in rows.into_iter().enumerate() {
        let mut sender = opened(&identity, number, agency_code, Role::Leader).await?;
        sender.task = task;
        senders.push(sender);
    }
    Ok(senders)
}

/// A leader in each commune that has reported figures, at most `n`; those of one province first.
pub(crate) async fn open_communes(place: &Place, n: usize) -> Result<Vec<Sender>, AnyError> {
    const COMMUNES: &str = "
        SELECT o.unit_code, o.province
        FROM observations o
        WHERE o.indicator_id = (SELECT id FROM indicators WHERE code = 'DO-001') AND o.unit_level = 'commune'
            AND o.period = (
                SELECT MAX(l.period) FROM observations l
                WHERE l.indicator_id = (SELECT id FROM indicators WHERE code = 'DO-001')
            )
        ORDER BY o.province DESC, o.unit_code
        LIMIT $1";
    let db = Db::open(&place.url).await?;
    let mut conn = db.read().await?;
    let most = i64::try_from(n).unwrap_or(i64::MAX);
    let rows: Vec<(String, String)> =
        run!(conn, c => sqlx::query_as(COMMUNES).bind(most).fetch_all(c).await)?;
    drop(conn);
    let identity = identity(db);
    let mut senders = Vec::new();
    for (number, (code, province)) in rows.into_iter().enumerate() {
        let mut sender = opened(&identity, number, code, Role::Leader).await?;
        sender.province = province;
        senders.push(sender);
    }
    Ok(senders)
}

/// Whoever appraises figures in the agency `code`.
pub(crate) async fn open_verifier(place: &Place, code: &str) -> Result<Sender, AnyError> {
    let identity = identity(Db::open(&place.url).await?);
    opened(&identity, usize::MAX, code.to_owned(), Role::Verifier).await
}

/// The password is never asked for, so it need not be dear.
fn identity(db: Db) -> Identity {
    let (clock, ids) = (Arc::new(SystemClock), Arc::new(FreshIds));
    Identity::for_commands(db, clock, ids).with_cost(Cost { memory_kib: 1024, passes: 1 })
}

async fn opened(
    identity: &Identity,
    number: usize,
    agency_code: String,
    role: Role,
) -> Result<Sender, AnyError> {
    let ctx = Ctx { actor: Actor::system(), clock: Arc::new(SystemClock), ids: Arc::new(FreshIds) };
    let login = format!("nguoi-gui-{number}");
    let unit = agency_code.clone();
    let seat = NewSeat { agency_code, role, title: String::new(), from: None, to: None };
    let account = NewAccount {
        login: login.clone(),
        display_name: format!("Lãnh đạo xã {number}"),
        password: Some("do-toc-do-gui-bao-cao".to_owned()),
        is_sample: true,
        seat,
    };
    open_account(&ctx, identity, &account).await?;
    Ok(Sender { unit, ..Sender::of(&login) })
}

/// Signs every sender in, as the buttons of the demonstration's sign-in page do.
pub(crate) async fn sign_in(server: &Server, senders: &mut [Sender]) -> Result<(), AnyError> {
    let mut client = Client::open(server.at).await?;
    for sender in senders {
        let body = format!("dang-nhap={}", sender.login).into_bytes();
        let request = Request::post("/dang-nhap/mau", "application/x-www-form-urlencoded", body);
        let answer = client.ask(&request.bytes(server.at)).await?;
        let cookie = answer.header("set-cookie").and_then(|it| it.split(';').next());
        let cookie = cookie.filter(|it| it.starts_with("sauro="));
        sender.cookie = cookie
            .ok_or_else(|| format!("{} could not sign in: {}", sender.login, answer.head))?
            .to_owned();
    }
    Ok(())
}

/// How many sent reports the database holds.
pub(crate) async fn sent_reports(place: &Place) -> Result<i64, AnyError> {
    const COUNT: &str = "SELECT COUNT(*) FROM reports WHERE state = 'sent' AND receipt IS NOT NULL";
    let db = Db::open(&place.url).await?;
    let mut conn = db.read().await?;
    let (n,): (i64,) = run!(conn, c => sqlx::query_as(COUNT).fetch_one(c).await)?;
    Ok(n)
}
