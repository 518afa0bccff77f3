//! Who orders what from whom, and until when: about as many tasks as are wanted.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, Dice, ProgrammeId};
use sauro_tasks::model::{Deadline, DeadlineKind, next_due};

use super::cast::Cast;
use super::programmes::Programmes;
use super::time::{Time, moved};
use super::words::{self, Work};

/// One order: many tasks that differ in their lead.
pub(super) struct Order {
    pub(super) issuer: AgencyId,
    pub(super) programme: ProgrammeId,
    pub(super) work: String,
    pub(super) deliverables: Vec<String>,
    pub(super) accountable: &'static str,
    pub(super) deadline: Deadline,
    pub(super) due_on: NaiveDate,
    pub(super) leads: Vec<AgencyId>,
    /// The collective addressee that the leads are, as it stands in the draft.
    pub(super) group: Option<AgencyId>,
    pub(super) partners: Vec<AgencyId>,
    pub(super) is_public: bool,
    /// When it was added, proposed and issued.
    pub(super) added_at: i64,
    pub(super) proposed_at: i64,
    pub(super) issued_at: i64,
    /// The order it was handed down from, before they are put in the order of time; then its place.
    pub(super) parent: Option<usize>,
    key: usize,
}

/// To whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// From the centre to communes.
    Communes,
    /// From the centre to provinces, which hand it down to their communes.
    Down,
    /// From a province to its communes.
    Province,
    /// From a ministry to provinces.
    Ministry,
    /// From the centre to its own bodies.
    Centre,
}

/// What share of all tasks comes that way, in per cent.
const WAYS: [(Way, usize); 5] = [
    (Way::Communes, 40),
    (Way::Down, 17),
    (Way::Province, 33),
    (Way::Ministry, 6),
    (Way::Centre, 4),
];

/// When it is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Term {
    /// The deadline has passed.
    Past,
    /// It is ahead.
    Ahead,
    /// It comes back by a rule.
    Again,
}

const TERMS: [(Term, usize); 3] = [(Term::Past, 55), (Term::Ahead, 31), (Term::Again, 14)];

/// A draft names at most this many agencies one by one.
const MOST_NAMED: usize = 200;

pub(super) struct Maker<'a> {
    cast: &'a Cast,
    time: &'a Time,
    programmes: &'a Programmes,
    dice: Dice,
    n_wanted: usize,
    orders: Vec<Order>,
    n_made: usize,
    by_way: [usize; 5],
    by_term: [usize; 3],
    n_orders: usize,
}

impl<'a> Maker<'a> {
    pub(super) fn new(
        cast: &'a Cast,
        time: &'a Time,
        programmes: &'a Programmes,
        seed: u64,
        n_wanted: usize,
    ) -> Self {
        Self {
            cast,
            time,
            programmes,
            dice: Dice::new(seed),
            n_wanted,
            orders: Vec::new(),
            n_made: 0,
            by_way: [0; 5],
            by_term: [0; 3],
            n_orders: 0,
        }
    }

    /// All orders in the order of time, with exactly as many tasks as are wanted.
    pub(super) fn make(mut self) -> Vec<Order> {
        while self.n_made < self.n_wanted {
            let way = lagging(&WAYS, &self.by_way, self.n_made, Way::Centre);
            let before = self.n_made;
            self.one(way);
            if let Some(n) = WAYS.iter().position(|it| it.0 == way)
                && let Some(count) = self.by_way.get_mut(n)
            {
                *count += self.n_made - before;
            }
        }
        self.orders.sort_by_key(|it| (it.issued_at, it.key));
        let mut places: Vec<(usize, usize)> =
            self.orders.iter().enumerate().map(|(place, it)| (it.key, place)).collect();
        places.sort_unstable();
        for order in &mut self.orders {
            order.parent = order.parent.and_then(|key| {
                let found = places.binary_search_by_key(&key, |it| it.0).ok()?;
                places.get(found).map(|it| it.1)
            });
        }
        self.orders
    }

    /// How many leads an order of a small set has.
    fn cap(&self) -> usize {
        if self.n_wanted >= 20_000 { usize::MAX } else { (self.n_wanted / 40).clamp(3, MOST_NAMED) }
    }

    /// Some of `all`, no more than fit; with whether it is all of them.
    fn some(&mut self, all: &[AgencyId], most: usize) -> (Vec<AgencyId>, bool) {
        let left = self.n_wanted.saturating_sub(self.n_made);
        let most = most.min(self.cap()).min(left);
        if all.len() <= most {
            return (all.to_vec(), true);
        }
        let n = most.min(MOST_NAMED);
        let start = usize::try_from(self.dice.next() % all.len() as u64).unwrap_or(0);
        (all.iter().cycle().skip(start).take(n).copied().collect(), false)
    }

    fn one(&mut self, way: Way) {
        let centre = |it: &mut Self| {
            let code = if it.dice.is_lucky(60) { "TTBCĐ57" } else { "VPCP" };
            AgencyId::of_code(code)
        };
        let issuer;
        match way {
            Way::Communes => {
                issuer = centre(self);
                let all = self.cast.communes();
                let (leads, is_all) = self.some(&all, usize::MAX);
                let group = is_all.then(|| AgencyId::of_code("*UBNDX"));
                self.add(issuer, words::COMMUNES, leads, group);
            }
            Way::Province => {
                let n = usize::try_from(self.dice.next()).unwrap_or(0) % self.cast.provinces.len();
                let Some((province, communes)) = self.cast.provinces.get(n) else { return };
                let (leads, is_all) = self.some(communes, usize::MAX);
                let group = is_all.then(|| AgencyId::of_code("*UBNDX"));
                self.add(*province, words::COMMUNES, leads, group);
            }
            Way::Ministry => {
                let all: Vec<_> = self.cast.provinces.iter().map(|it| it.0).collect();
                let names: Vec<_> = self.cast.ministries.clone();
                let n = usize::try_from(self.dice.next()).unwrap_or(0) % names.len().max(1);
                let Some(ministry) = names.get(n) else { return };
                let (leads, is_all) = self.some(&all, usize::MAX);
                let group = is_all.then(|| AgencyId::of_code("*UBNDT"));
                self.add(*ministry, words::PROVINCES, leads, group);
            }
            Way::Centre => {
                issuer = centre(self);
                let all = self.cast.centre.clone();
                let most = usize::try_from(self.dice.between(1, 20)).unwrap_or(1);
                let (leads, _) = self.some(&all, most);
                self.add(issuer, words::CENTRE, leads, None);
            }
            Way::Down => {
                issuer = centre(self);
                let all: Vec<_> = self.cast.provinces.iter().map(|it| it.0).collect();
                let few = if self.cap() == usize::MAX { usize::MAX } else { 4 };
                let (leads, is_all) = self.some(&all, few);
                let group = is_all.then(|| AgencyId::of_code("*UBNDT"));
                self.add(issuer, words::PROVINCES, leads, group);
                self.hand_down();
            }
        }
    }

    /// Every province that leads the last order hands it down to its communes.
    fn hand_down(&mut self) {
        let Some(parent) = self.orders.last() else { return };
        let (key, due_on, leads) = (parent.key, parent.due_on, parent.leads.clone());
        let (issued_on, programme) = (super::time::day_of(parent.issued_at), parent.programme);
        if parent.deadline.is_recurring() {
            return;
        }
        let term = if due_on < self.time.today { Term::Past } else { Term::Ahead };
        for lead in leads {
            let all = self.cast.provinces.iter().find(|it| it.0 == lead).map(|it| &it.1);
            let Some(all) = all else { continue };
            let (leads, _) = self.some(all, usize::MAX);
            let day = moved(issued_on, self.dice.between(3, 12));
            let issued_at = self.time.moment(day, &mut self.dice);
            let is_in_time = super::time::day_of(issued_at) < due_on;
            if leads.is_empty() || issued_at >= self.time.end() || !is_in_time {
                continue;
            }
            let work = self.pick(words::COMMUNES);
            self.count(term, leads.len());
            let due_on = moved(due_on, -2).max(moved(super::time::day_of(issued_at), 2));
            let order = Order {
                issuer: lead,
                programme,
                work: work.work.to_owned(),
                deliverables: work.deliverables.iter().map(|&it| it.to_owned()).collect(),
                accountable: "Chủ tịch Ủy ban nhân dân cấp xã",
                deadline: Deadline {
                    kind: DeadlineKind::Date,
                    text: due_on.format("%d/%m/%Y").to_string(),
                    due_on: Some(due_on),
                    rule: None,
                },
                due_on,
                leads,
                group: None,
                partners: Vec::new(),
                is_public: true,
                added_at: issued_at,
                proposed_at: issued_at,
                issued_at,
                parent: Some(key),
                key: 0,
            };
            self.push(order);
        }
    }

    fn pick(&mut self, works: &'static [Work]) -> &'static Work {
        let n = usize::try_from(self.dice.next()).unwrap_or(0) % works.len().max(1);
        works.get(n).unwrap_or(&words::PLAIN)
    }

    fn add(
        &mut self,
        issuer: AgencyId,
        works: &'static [Work],
        leads: Vec<AgencyId>,
        group: Option<AgencyId>,
    ) {
        let term = lagging(&TERMS, &self.by_term, self.n_made, Term::Past);
        let works = if term == Term::Again { words::AGAIN } else { works };
        let work = self.pick(works);
        let (issued_on, deadline, due_on) = self.term(term);
        let issued_at = self.time.moment(issued_on, &mut self.dice);
        let proposed_at =
            self.time.moment(moved(issued_on, -2), &mut self.dice).min(issued_at - 60_000_000);
        let added_at =
            self.time.moment(moved(issued_on, -5), &mut self.dice).min(proposed_at - 60_000_000);
        let partners = if self.dice.is_lucky(30) {
            let n = self.cast.ministries.len().max(1);
            let start = usize::try_from(self.dice.next()).unwrap_or(0) % n;
            let some = self.cast.ministries.iter().cycle().skip(start).take(2);
            some.filter(|id| !leads.contains(id)).copied().collect()
        } else {
            Vec::new()
        };
        self.count(term, leads.len());
        self.n_orders += 1;
        let order = Order {
            issuer,
            programme: self.programmes.of(issuer),
            work: format!(
                "{}, đợt {} năm {}",
                work.work,
                self.n_orders % 4 + 1,
                issued_on.format("%Y")
            ),
            deliverables: work.deliverables.iter().map(|&it| it.to_owned()).collect(),
            accountable: "Người đứng đầu cơ quan chủ trì",
            deadline,
            due_on,
            leads,
            group,
            partners,
            is_public: self.dice.is_lucky(92),
            added_at,
            proposed_at,
            issued_at,
            parent: None,
            key: 0,
        };
        self.push(order);
    }

    fn count(&mut self, term: Term, n_leads: usize) {
        if let Some(n) = TERMS.iter().position(|it| it.0 == term)
            && let Some(count) = self.by_term.get_mut(n)
        {
            *count += n_leads;
        }
    }

    fn push(&mut self, mut order: Order) {
        order.key = self.orders.len();
        self.n_made += order.leads.len();
        self.orders.push(order);
    }

    /// When it is issued, and until when.
    fn term(&mut self, term: Term) -> (NaiveDate, Deadline, NaiveDate) {
        let by_date = |due_on: NaiveDate| Deadline {
            kind: DeadlineKind::Date,
            text: format!("trước ngày {}", due_on.format("%d/%m/%Y")),
            due_on: Some(due_on),
            rule: None,
        };
        match term {
            Term::Past => {
                let length = self.dice.between(40, 210);
                let due = self.time.day(-self.dice.between(4, 720 - length));
                let due = self.time.calendar.working_on_or_after(due);
                (moved(due, -length), by_date(due), due)
            }
            Term::Ahead => {
                let due = self.time.day(self.dice.between(2, 200));
                let due = self.time.calendar.working_on_or_after(due);
                (self.time.day(-self.dice.between(6, 170)), by_date(due), due)
            }
            Term::Again => {
                let issued_on = self.time.day(-self.dice.between(60, 720));
                let (rule, text) = match self.dice.between(1, 100) {
                    1..=70 => ("FREQ=MONTHLY;BYMONTHDAY=-1", "hằng tháng"),
                    _ => ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", "hằng quý"),
                };
                let due_on = next_due(rule, moved(issued_on, 10)).unwrap_or(issued_on);
                let deadline = Deadline {
                    kind: DeadlineKind::Recurring,
                    text: text.to_owned(),
                    due_on: Some(due_on),
                    rule: Some(rule.to_owned()),
                };
                (issued_on, deadline, due_on)
            }
        }
    }
}

/// The kind that lags most behind its share.
fn lagging<T: Copy>(shares: &[(T, usize)], counts: &[usize], n_all: usize, usual: T) -> T {
    let lag = |(n, (_, share)): &(usize, &(T, usize))| {
        let has = counts.get(*n).copied().unwrap_or(0) * 100;
        i64::try_from(has).unwrap_or(0) - i64::try_from(share * n_all).unwrap_or(0)
    };
    let found = shares.iter().enumerate().min_by_key(lag).map(|(_, it)| it.0);
    found.unwrap_or(usual)
}
