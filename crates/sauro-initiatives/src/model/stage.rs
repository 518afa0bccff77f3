//! The way of an initiative, as a table: from where to where, by which move.

/// Where an initiative is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Waits for the check of its form.
    Checking,
    /// Waits for what the author was asked to add.
    Asked,
    /// Waits for the opinion of the agency of its field.
    Reviewing,
    /// Waits for a council, or is before it.
    Judging,
    /// Recognised, not yet tried.
    Recognised,
    /// Being tried.
    Piloting,
    /// Applied by a unit that confirmed it.
    Adopted,
    /// Applied by as many units as it takes.
    Replicated,
    /// Refused for its form.
    Refused,
    /// Not recognised by the council.
    NotRecognised,
}

/// What moves an initiative on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Move {
    /// Its form is right: on to the review.
    Accept,
    /// Something is lacking.
    Ask,
    /// What was lacking has come.
    Supply,
    /// It is refused for its form.
    Refuse,
    /// The opinion was given.
    Opine,
    /// The council found enough points.
    Recognise,
    /// The council found too few.
    Decline,
    /// A pilot begins.
    Pilot,
    /// One unit confirmed that it applies it.
    Adopt,
    /// Enough units confirmed.
    Replicate,
}

/// How long each stage may last, in working days, and how many units make a replication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The check of the form.
    pub check_days: u32,
    /// What the author adds.
    pub supply_days: u32,
    /// The opinion.
    pub review_days: u32,
    /// The council: within three months by Decree 13/2012/NĐ-CP, article 8.
    pub council_days: u32,
    /// Days of the calendar after which what was recognised and is not applied is flagged.
    pub idle_days: i64,
    /// Units that apply it before it counts as replicated.
    pub replicated_from: usize,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            check_days: 5,
            supply_days: 15,
            review_days: 15,
            council_days: 40,
            idle_days: 180,
            replicated_from: 3,
        }
    }
}

impl Terms {
    /// Working days that `stage` may last; none where nobody's clock runs.
    pub fn days_of(self, stage: Stage) -> Option<u32> {
        match stage {
            Stage::Checking => Some(self.check_days),
            Stage::Asked => Some(self.supply_days),
            Stage::Reviewing => Some(self.review_days),
            Stage::Judging => Some(self.council_days),
            _ => None,
        }
    }
}

impl Stage {
    /// All, in the order of the way; those that end it come last.
    pub const ALL: [Self; 10] = [
        Self::Checking,
        Self::Asked,
        Self::Reviewing,
        Self::Judging,
        Self::Recognised,
        Self::Piloting,
        Self::Adopted,
        Self::Replicated,
        Self::Refused,
        Self::NotRecognised,
    ];

    /// Where `it` leads from here; none when it cannot be done here.
    pub fn after(self, it: Move) -> Option<Self> {
        match (self, it) {
            (Self::Checking, Move::Accept) => Some(Self::Reviewing),
            (Self::Checking, Move::Ask) => Some(Self::Asked),
            (Self::Asked, Move::Supply) => Some(Self::Checking),
            (Self::Checking | Self::Asked, Move::Refuse) => Some(Self::Refused),
            (Self::Reviewing, Move::Opine) => Some(Self::Judging),
            (Self::Judging, Move::Recognise) => Some(Self::Recognised),
            (Self::Judging, Move::Decline) => Some(Self::NotRecognised),
            (Self::Recognised, Move::Pilot) => Some(Self::Piloting),
            (Self::Recognised | Self::Piloting, Move::Adopt) => Some(Self::Adopted),
            (Self::Adopted, Move::Replicate) => Some(Self::Replicated),
            _ => None,
        }
    }

    /// True once its form was accepted: everybody may know of it.
    pub fn is_listed(self) -> bool {
        !matches!(self, Self::Checking | Self::Asked | Self::Refused)
    }

    /// True once a council recognised it.
    pub fn is_recognised(self) -> bool {
        matches!(self, Self::Recognised | Self::Piloting | Self::Adopted | Self::Replicated)
    }

    /// True when nothing comes after.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Refused | Self::NotRecognised)
    }

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Checking => "checking",
            Self::Asked => "asked",
            Self::Reviewing => "reviewing",
            Self::Judging => "judging",
            Self::Recognised => "recognised",
            Self::Piloting => "piloting",
            Self::Adopted => "adopted",
            Self::Replicated => "replicated",
            Self::Refused => "refused",
            Self::NotRecognised => "not_recognised",
        }
    }

    /// The stage stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Checking => "Kiểm tra hình thức",
            Self::Asked => "Chờ tác giả bổ sung",
            Self::Reviewing => "Thẩm định chuyên ngành",
            Self::Judging => "Hội đồng chấm",
            Self::Recognised => "Đã công nhận",
            Self::Piloting => "Đang thử nghiệm",
            Self::Adopted => "Đã áp dụng",
            Self::Replicated => "Đã nhân rộng",
            Self::Refused => "Không nhận hồ sơ",
            Self::NotRecognised => "Không công nhận",
        }
    }
}
