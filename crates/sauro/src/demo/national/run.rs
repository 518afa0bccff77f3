//! Planning, living and writing.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use sauro_directory::model::Directory;
use sauro_journal::{Chronicle, PastEvent};
use sauro_kernel::{AgencyId, Dice, DraftId, TaskId};
use sauro_store::Db;
use sauro_tasks::jobs::past::{
    Life, Ordered, PastIds, drafted, go_on_from, handed_down, set_counters, write_drafts,
    write_lives,
};
use sauro_tasks::model::{Draft, DraftBody, DraftState};
use tokio::sync::mpsc;

use super::Counted;
use super::act::{Kept, Parts, Player};
use super::cast::Cast;
use super::orders::Order;
use super::plan::{Act, Move, Planner, diligence};
use super::time::{Time, day_of};

/// Lives handed over to the writer at once.
const LIVES: usize = 1_000;
/// Journal entries in one transaction.
const ENTRIES: usize = 10_000;

/// All that a run works with.
pub(super) struct Run {
    pub(super) cast: Cast,
    pub(super) time: Time,
    pub(super) seed: u64,
    pub(super) orders: Vec<Order>,
    pub(super) files: Arc<[Kept]>,
    pub(super) now_us: i64,
}

/// What is settled of one task before it is lived.
struct Slot {
    order: usize,
    lead: AgencyId,
    code: String,
    seed: u64,
    moves: Vec<Move>,
}

/// What was lived.
struct Lived {
    counted: Counted,
    events: Vec<PastEvent>,
}

impl Run {
    pub(super) async fn run(self, db: &Db, directory: Arc<Directory>) -> anyhow::Result<Counted> {
        let (mut slots, by_year) = self.slots();
        let by_day = number_receipts(&mut slots);
        set_counters(db, &by_year, &by_day).await?;
        let (drafts, mut told) = self.drafts()?;
        write_drafts(db, &drafts).await?;
        let n_slots = slots.len();
        let (sender, mut lives) = mpsc::channel::<Vec<Life>>(1);
        let run = Arc::new(self);
        let maker = run.clone();
        let making = tokio::task::spawn_blocking(move || maker.live(&directory, slots, &sender));
        let mut progress = Progress::new("nhiệm vụ", n_slots);
        while let Some(some) = lives.recv().await {
            write_lives(db, &some).await?;
            progress.add(some.len());
        }
        go_on_from(db, run.time.today).await?;
        let Lived { mut counted, mut events } = making.await??;
        events.append(&mut told);
        counted.n_entries = events.len();
        run.chronicle(db, events).await?;
        Ok(counted)
    }

    /// A slot for each task, in the order of issue, and the last number of each year.
    fn slots(&self) -> (Vec<Slot>, BTreeMap<i32, i64>) {
        let mut seeds = Dice::new(self.seed ^ 0x5eed);
        let mut by_year = BTreeMap::new();
        let mut slots = Vec::new();
        let handed = self.handed();
        for (n, order) in self.orders.iter().enumerate() {
            let year = day_of(order.issued_at).year();
            for lead in &order.leads {
                let number = by_year.entry(year).or_insert(0);
                *number += 1;
                let planner = Planner {
                    time: &self.time,
                    dice: Dice::new(seeds.next()),
                    diligence: diligence(*lead, self.seed),
                    moves: Vec::new(),
                };
                let mut moves = planner.plan(order);
                if let Some(child) = handed.get(&(n, *lead))
                    && let Some(at) = self.orders.get(*child).map(|it| it.issued_at)
                {
                    moves.push(Move { at, act: Act::HandDown(*child), receipt: 0 });
                    moves.sort_by_key(|it| it.at);
                }
                let code = format!("NV-{year}-{number:06}");
                slots.push(Slot { order: n, lead: *lead, code, seed: seeds.next(), moves });
            }
        }
        (slots, by_year)
    }

    /// By order and lead, the order by which the lead hands it down.
    fn handed(&self) -> HashMap<(usize, AgencyId), usize> {
        let orders = self.orders.iter().enumerate();
        orders.filter_map(|(n, it)| Some(((it.parent?, it.issuer), n))).collect()
    }

    /// The drafts of all orders that were not handed down, with their journal entries.
    fn drafts(&self) -> anyhow::Result<(Vec<Draft>, Vec<PastEvent>)> {
        let mut ids = PastIds::new(self.seed ^ 0xd4af_0001);
        let (mut drafts, mut events) = (Vec::new(), Vec::new());
        for (n, order) in self.orders.iter().enumerate().filter(|(_, it)| it.parent.is_none()) {
            let seats = self.cast.seats(order.issuer)?;
            let issued = seats.leader(order.issued_at);
            let draft = Draft {
                id: self.draft_id(n, order),
                directive: None,
                programme: order.programme,
                owner: order.issuer,
                owner_path: self.cast.path(order.issuer)?.clone(),
                parent: None,
                ordinal: 1,
                state: DraftState::Issued,
                body: body_of(order),
                reason: String::new(),
                changed_by: issued.post,
                changed_at: issued.at,
                version: 3,
            };
            let (added, proposed) =
                (seats.preparer(order.added_at), seats.preparer(order.proposed_at));
            events.extend(drafted(&draft, added, proposed, issued, order.leads.len(), &mut ids));
            drafts.push(draft);
        }
        Ok((drafts, events))
    }

    fn draft_id(&self, n: usize, order: &Order) -> DraftId {
        DraftId(PastIds::new(self.seed ^ 0xd4af ^ (n as u64) << 20).at(order.added_at))
    }

    fn ordered(&self, n: usize, parent: Option<TaskId>) -> anyhow::Result<Ordered> {
        let order = self.orders.get(n).ok_or_else(|| anyhow::anyhow!("no order {n}"))?;
        let path = self.cast.path(order.issuer)?;
        Ok(Ordered {
            programme: order.programme,
            draft: order.parent.is_none().then(|| self.draft_id(n, order)),
            parent,
            issuer: order.issuer,
            issuer_path: path.clone(),
            work: order.work.clone(),
            deadline: order.deadline.clone(),
            due_on: order.due_on,
            accountable: order.accountable.to_owned(),
            authority: order.issuer,
            authority_path: path.clone(),
            is_public: order.is_public,
            deliverables: order.deliverables.clone(),
            partners: order.partners.clone(),
            by: self.cast.seats(order.issuer)?.leader(order.issued_at),
        })
    }

    /// Lives all lives and hands them over as they are done.
    fn live(
        &self,
        directory: &Directory,
        slots: Vec<Slot>,
        sender: &mpsc::Sender<Vec<Life>>,
    ) -> anyhow::Result<Lived> {
        let mut ids = PastIds::new(self.seed ^ 0xd00d_0001);
        let mut lived = Lived { counted: Counted::default(), events: Vec::new() };
        let mut down = Vec::new();
        let mut parents: HashMap<(usize, AgencyId), TaskId> = HashMap::new();
        let handed = self.handed();
        let mut lives = Vec::with_capacity(LIVES);
        let mut current: Option<(usize, Ordered)> = None;
        for slot in slots {
            let ordered = match current.take() {
                Some((n, ordered)) if n == slot.order => ordered,
                _ => {
                    let order = self.orders.get(slot.order);
                    let parent =
                        order.and_then(|it| parents.get(&(it.parent?, it.issuer)).copied());
                    let ordered = self.ordered(slot.order, parent)?;
                    if let Some((parent, n)) = parent.zip(order.map(|it| it.leads.len())) {
                        down.push(handed_down(parent, &ordered, n, &mut ids));
                    }
                    ordered
                }
            };
            let mut life = self.one(directory, &slot, &ordered)?;
            if handed.contains_key(&(slot.order, slot.lead)) {
                parents.insert((slot.order, slot.lead), life.task().id);
            }
            lived.counted.n_tasks += 1;
            lived.counted.n_reports += life.n_reports();
            lived.counted.n_evidence += life.n_evidence();
            lived.events.append(&mut life.take_events());
            lives.push(life);
            if lives.len() >= LIVES {
                sender.blocking_send(std::mem::take(&mut lives))?;
            }
            current = Some((slot.order, ordered));
        }
        sender.blocking_send(lives)?;
        lived.events.append(&mut down);
        Ok(lived)
    }

    fn one(&self, directory: &Directory, slot: &Slot, ordered: &Ordered) -> anyhow::Result<Life> {
        let lead = (slot.lead, self.cast.path(slot.lead)?);
        let mut life = Life::issued(ordered, slot.code.clone(), lead, slot.seed);
        let found = directory.agency(slot.lead);
        let player = Player {
            parts: Parts {
                lead: self.cast.seats(slot.lead)?,
                issuer: self.cast.seats(ordered.issuer)?,
                authority: self.cast.seats(ordered.authority)?,
            },
            files: self.files.clone(),
            dice: Dice::new(slot.seed ^ 0x11fe),
            lead_code: found.map_or("CQ", |it| letters(&it.kind)),
        };
        player.live(&mut life, &slot.moves).map_err(|err| {
            anyhow::anyhow!("{} cannot have lived so ({err}): {:?}", slot.code, slot.moves)
        })?;
        Ok(life)
    }

    /// Writes the journal, all entries in the order of time.
    async fn chronicle(&self, db: &Db, mut events: Vec<PastEvent>) -> anyhow::Result<()> {
        events.sort_by_key(|it| it.at);
        let mut progress = Progress::new("mục nhật ký", events.len());
        let mut chronicle = Chronicle::begin(db, self.now_us).await?;
        for some in events.chunks(ENTRIES) {
            let mut conn = db.write().await?;
            chronicle.write(&mut conn, some, self.now_us).await?;
            conn.commit().await?;
            progress.add(some.len());
        }
        Ok(())
    }
}

/// Numbers the receipts of each day in the order of time. Answers the last number of each day.
fn number_receipts(slots: &mut [Slot]) -> BTreeMap<NaiveDate, i64> {
    let mut sent: Vec<(i64, usize, usize)> = Vec::new();
    for (n, slot) in slots.iter().enumerate() {
        let moves = slot.moves.iter().enumerate().filter(|(_, it)| it.act.is_sent());
        sent.extend(moves.map(|(m, it)| (it.at, n, m)));
    }
    sent.sort_unstable();
    let mut by_day: BTreeMap<NaiveDate, i64> = BTreeMap::new();
    for (at, n, m) in sent {
        let number = by_day.entry(day_of(at)).or_insert(0);
        *number += 1;
        if let Some(it) = slots.get_mut(n).and_then(|slot| slot.moves.get_mut(m)) {
            it.receipt = u32::try_from(*number).unwrap_or(u32::MAX);
        }
    }
    by_day
}

fn body_of(order: &Order) -> DraftBody {
    DraftBody {
        leads: order.group.map_or_else(|| order.leads.clone(), |group| vec![group]),
        partners: order.partners.clone(),
        work: order.work.clone(),
        deliverables: order.deliverables.clone(),
        accountable: order.accountable.to_owned(),
        authority: Some(order.issuer),
        deadline: order.deadline.clone(),
        strength: "binding".to_owned(),
        is_public: order.is_public,
        ..DraftBody::default()
    }
}

/// How the documents of an agency of that kind are signed.
fn letters(kind: &str) -> &'static str {
    match kind {
        "province_pc" | "commune_pc" => "UBND",
        "ministry" | "ministry_level" => "BO",
        _ => "CQ",
    }
}

/// Tells on stderr how far it has come.
struct Progress {
    what: &'static str,
    n_all: usize,
    n_done: usize,
    told: usize,
}

impl Progress {
    fn new(what: &'static str, n_all: usize) -> Self {
        Self { what, n_all, n_done: 0, told: 0 }
    }

    fn add(&mut self, n: usize) {
        self.n_done += n;
        let tenth = self.n_done * 10 / self.n_all.max(1);
        // Small sets are done before anyone asks.
        if tenth > self.told && self.n_all >= 10_000 {
            self.told = tenth;
            eprintln!("  {} {}/{} ({}%)", self.what, self.n_done, self.n_all, tenth * 10);
        }
    }
}
