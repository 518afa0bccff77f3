//! The two clocks: the sender's, which stops only while waiting for the sender, and the agencies', one for
//! each step. Both follow from what happened and from the working calendar; nobody types a deadline.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use sauro_kernel::{AgencyId, CUT_OFF_HOUR, VIETNAM, WorkingCalendar};

/// How long each step may take, in working days where nothing else is said. Defaults proposed for the field; statutory days differ by
/// procedure, so all of them are settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// To acknowledge what was sent.
    pub acknowledge: u32,
    /// To sort and pass on.
    pub sort: u32,
    /// To answer an ordinary case.
    pub handle: u32,
    /// To answer a complex one.
    pub complex: u32,
    /// To assign with binding effect after two refusals.
    pub bind: u32,
    /// To decide on a contested answer.
    pub review: u32,
    /// Added by the one extension.
    pub extension: u32,
    /// After which an answered case that nobody rates is closed.
    pub settle: u32,
    /// In which a sender may object to a merge, in days of the calendar: no office has to be open for it.
    pub object: u32,
}

/// A step that an agency owes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepKind {
    /// Tiếp nhận.
    Acknowledge,
    /// Phân loại, chuyển.
    Sort,
    /// Chỉ định bắt buộc.
    Bind,
    /// Giải quyết và trả lời.
    Handle,
    /// Phúc tra: sort and assign a contested case.
    Review,
}

/// What happened to a case that moves a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// A step of an agency begins; the step before, if any, ends.
    Begin(StepKind, AgencyId),
    /// The case turns out complex, or ordinary after all.
    Complex(bool),
    /// Waiting for the sender begins.
    Pause,
    /// Waiting for the sender ends.
    Resume,
    /// The one extension.
    Extend,
    /// The answer is out, or the case was merged into another: all clocks stop.
    Stop,
    /// The sender contests the answer: both clocks begin anew.
    Reopen,
}

/// One step as it went, or goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Whose.
    pub agency: AgencyId,
    /// What was owed.
    pub kind: StepKind,
    /// Working days it may take.
    pub n_days: u32,
    /// Since when, unix microseconds.
    pub began_at: i64,
    /// The last day, by 17:00.
    pub due_on: NaiveDate,
    /// Until when; none while it runs.
    pub ended_at: Option<i64>,
}

/// Both clocks of a case at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clocks {
    /// The agencies' steps, oldest first.
    pub steps: Vec<Step>,
    /// The sender was promised an answer by 17:00 of this day.
    pub citizen_due_on: NaiveDate,
    /// Since when the sender's clock runs: the sending, or the last contest.
    pub citizen_since: i64,
    /// Since when it stands still, while it does.
    pub paused_at: Option<i64>,
    /// When the last answer went out.
    pub stopped_at: Option<i64>,
    /// When the clocks stood still for the sender, (from, to), oldest first.
    pub pauses: Vec<(i64, i64)>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            acknowledge: 1,
            sort: 2,
            handle: 10,
            complex: 15,
            bind: 1,
            review: 10,
            extension: 5,
            settle: 10,
            object: 7,
        }
    }
}

impl Limits {
    /// The days that `kind` may take.
    pub fn of(&self, kind: StepKind, is_complex: bool) -> u32 {
        match kind {
            StepKind::Acknowledge => self.acknowledge,
            StepKind::Sort => self.sort,
            StepKind::Bind => self.bind,
            StepKind::Handle if is_complex => self.complex,
            StepKind::Handle => self.handle,
            StepKind::Review => self.sort,
        }
    }

    /// The names and words of all limits, in the order of the screen.
    pub const STEPS: [(&'static str, &'static str); 9] = [
        ("acknowledge", "Tiếp nhận"),
        ("sort", "Phân loại, chuyển"),
        ("handle", "Giải quyết, việc thường"),
        ("complex", "Giải quyết, việc phức tạp"),
        ("bind", "Cấp trên chỉ định nơi giải quyết"),
        ("review", "Phúc tra"),
        ("extension", "Gia hạn, một lần"),
        ("settle", "Chờ đánh giá trước khi kết thúc"),
        ("object", "Người gửi phản đối việc gộp"),
    ];

    /// The place of the limit called `step`.
    pub fn place(&mut self, step: &str) -> Option<&mut u32> {
        Some(match step {
            "acknowledge" => &mut self.acknowledge,
            "sort" => &mut self.sort,
            "handle" => &mut self.handle,
            "complex" => &mut self.complex,
            "bind" => &mut self.bind,
            "review" => &mut self.review,
            "extension" => &mut self.extension,
            "settle" => &mut self.settle,
            "object" => &mut self.object,
            _ => return None,
        })
    }

    /// What the days of the limit called `step` are.
    pub fn unit(step: &str) -> &'static str {
        match step {
            "object" => "ngày theo lịch",
            _ => "ngày làm việc",
        }
    }

    /// What the sender is promised: acknowledged, sorted and answered.
    pub fn promised(&self, is_complex: bool) -> u32 {
        self.acknowledge + self.sort + self.of(StepKind::Handle, is_complex)
    }
}

impl StepKind {
    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Acknowledge => "Tiếp nhận",
            Self::Sort => "Phân loại",
            Self::Bind => "Chỉ định nơi giải quyết",
            Self::Handle => "Giải quyết",
            Self::Review => "Phúc tra",
        }
    }
}

/// The day on which something at `at` counts: its own, or the next working day when offices are closed or
/// it is 17:00 or later.
pub fn counted_on(calendar: &WorkingCalendar, at: i64) -> NaiveDate {
    let local = DateTime::<Utc>::from_timestamp_micros(at)
        .unwrap_or_default()
        .with_timezone(&VIETNAM)
        .naive_local();
    let closes = NaiveTime::from_hms_opt(CUT_OFF_HOUR, 0, 0).unwrap_or_default();
    let day = if local.time() >= closes {
        local.date().checked_add_days(Days::new(1)).unwrap_or(local.date())
    } else {
        local.date()
    };
    calendar.working_on_or_after(day)
}

/// The last day of `n_days` working days from what happened at `since`, when the clock stood still during
/// `pauses`, oldest first. A pause that began before the day was over moves it by the working days it took.
pub fn due_on(
    calendar: &WorkingCalendar,
    since: i64,
    n_days: u32,
    pauses: &[(i64, i64)],
) -> NaiveDate {
    let mut due = calendar.add_working_days(counted_on(calendar, since), n_days);
    for (from, to) in pauses {
        let (from, to) = (counted_on(calendar, *from), counted_on(calendar, *to));
        if from <= due {
            let n = u32::try_from(calendar.working_days_between(from, to)).unwrap_or(0);
            due = calendar.add_working_days(due, n);
        }
    }
    due
}

/// Both clocks after `turns`, oldest first, with the instants at which they happened. `sent` is the instant
/// of sending and the agency that has to acknowledge.
///
/// Days are counted from the day after the one on which something counts (Civil Code 2015, article 147).
pub fn clocks(
    calendar: &WorkingCalendar,
    limits: &Limits,
    sent: (i64, AgencyId),
    turns: &[(i64, Turn)],
) -> Clocks {
    let mut hand = Hand::begin(limits, sent);
    for (at, turn) in turns {
        hand.take(*at, *turn);
    }
    hand.read(calendar)
}

/// The hand that moves both clocks: it counts days owed, and reads the calendar at the end.
struct Hand<'a> {
    limits: &'a Limits,
    clocks: Clocks,
    is_complex: bool,
    citizen_days: u32,
}

impl<'a> Hand<'a> {
    fn begin(limits: &'a Limits, (at, agency): (i64, AgencyId)) -> Self {
        let clocks = Clocks {
            steps: Vec::new(),
            citizen_due_on: NaiveDate::MIN,
            citizen_since: at,
            paused_at: None,
            stopped_at: None,
            pauses: Vec::new(),
        };
        let citizen_days = limits.promised(false);
        let mut hand = Self { limits, clocks, is_complex: false, citizen_days };
        hand.open(at, StepKind::Acknowledge, agency);
        hand
    }

    fn open(&mut self, at: i64, kind: StepKind, agency: AgencyId) {
        self.end(at);
        self.clocks.steps.push(Step {
            agency,
            kind,
            n_days: self.limits.of(kind, self.is_complex),
            began_at: at,
            due_on: NaiveDate::MIN,
            ended_at: None,
        });
    }

    fn end(&mut self, at: i64) {
        if let Some(step) = self.clocks.steps.last_mut() {
            step.ended_at.get_or_insert(at);
        }
    }

    fn running(&mut self) -> Option<&mut Step> {
        self.clocks.steps.last_mut().filter(|it| it.ended_at.is_none())
    }

    fn take(&mut self, at: i64, turn: Turn) {
        match turn {
            Turn::Begin(kind, agency) => self.open(at, kind, agency),
            Turn::Complex(is_complex) => self.set_complex(is_complex),
            Turn::Pause => self.clocks.paused_at = Some(at),
            Turn::Resume => self.resume(at),
            Turn::Extend => self.extend(),
            Turn::Stop => {
                self.resume(at);
                self.end(at);
                self.clocks.stopped_at = Some(at);
            }
            Turn::Reopen => {
                self.clocks.stopped_at = None;
                self.clocks.citizen_since = at;
                self.citizen_days = self.limits.review;
            }
        }
    }

    /// A case that turns out complex is promised later by the difference.
    fn set_complex(&mut self, is_complex: bool) {
        let longer = self.limits.complex.saturating_sub(self.limits.handle);
        match (self.is_complex, is_complex) {
            (false, true) => self.citizen_days += longer,
            (true, false) => self.citizen_days = self.citizen_days.saturating_sub(longer),
            _ => {}
        }
        self.is_complex = is_complex;
    }

    fn extend(&mut self) {
        let n = self.limits.extension;
        self.citizen_days += n;
        if let Some(step) = self.running() {
            step.n_days += n;
        }
    }

    fn resume(&mut self, at: i64) {
        if let Some(from) = self.clocks.paused_at.take() {
            self.clocks.pauses.push((from, at));
        }
    }

    fn read(self, calendar: &WorkingCalendar) -> Clocks {
        let mut clocks = self.clocks;
        let within = |since: i64, until: i64| -> Vec<(i64, i64)> {
            let is_in = |it: &&(i64, i64)| it.0 >= since && it.0 <= until;
            clocks.pauses.iter().filter(is_in).copied().collect()
        };
        let due: Vec<NaiveDate> = clocks
            .steps
            .iter()
            .map(|it| {
                let pauses = within(it.began_at, it.ended_at.unwrap_or(i64::MAX));
                due_on(calendar, it.began_at, it.n_days, &pauses)
            })
            .collect();
        let pauses = within(clocks.citizen_since, i64::MAX);
        clocks.citizen_due_on = due_on(calendar, clocks.citizen_since, self.citizen_days, &pauses);
        for (step, due) in clocks.steps.iter_mut().zip(due) {
            step.due_on = due;
        }
        clocks
    }
}
