use chrono::NaiveDate;
use sauro_kernel::{AccountId, Actor, AgencyId, AgencyPath, PostId, Role};

/// The days on which a seat is held. The last day counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The first day.
    pub from: NaiveDate,
    /// The last day, if there is one.
    pub to: Option<NaiveDate>,
}

/// A seat that a person holds or was lent (chức danh).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The seat.
    pub id: PostId,
    /// Who sits there.
    pub account: AccountId,
    /// What it is for.
    pub role: Role,
    /// The words on screen, such as "Cán bộ đầu mối".
    pub title: String,
    /// When it is held.
    pub term: Term,
    /// Its agency.
    pub agency: AgencyId,
    /// The agency's code.
    pub agency_code: String,
    /// The agency's name.
    pub agency_name: String,
    /// Where the agency stands.
    pub agency_path: AgencyPath,
    /// What the agency oversees.
    pub scope: AgencyPath,
    /// When lent: by whom.
    pub lender: Option<Lender>,
}

/// Who lent a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lender {
    /// The seat it is lent from.
    pub post: PostId,
    /// The title of that seat.
    pub title: String,
    /// The lender's name.
    pub name: String,
    /// When the lender holds that seat.
    pub term: Term,
    /// Whether the lender's account is disabled.
    pub is_disabled: bool,
}

impl Term {
    /// Whether `day` lies in it.
    pub fn covers(self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Whether it ended before `day`.
    pub fn is_over(self, day: NaiveDate) -> bool {
        self.to.is_some_and(|to| to < day)
    }
}

impl Seat {
    /// Whether one may act from it on `day`. A lent seat ends with the lender's own.
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        let is_lender_there = |lender: &Lender| lender.term.covers(day) && !lender.is_disabled;
        self.term.covers(day) && self.lender.as_ref().is_none_or(is_lender_there)
    }

    /// The title, and for whom one acts when the seat is lent.
    pub fn words(&self) -> String {
        match &self.lender {
            Some(lender) => format!("Thay mặt {} ({})", lender.title, lender.name),
            None => self.title.clone(),
        }
    }

    /// The person called `name`, acting from this seat.
    pub fn actor(&self, name: &str) -> Actor {
        let display_name = match &self.lender {
            Some(lender) => format!("{name}, thay mặt {}", lender.title),
            None => name.to_owned(),
        };
        Actor {
            account: self.account,
            post: self.id,
            role: self.role,
            agency: self.agency,
            agency_code: self.agency_code.clone(),
            agency_name: self.agency_name.clone(),
            agency_path: self.agency_path.clone(),
            scope: self.scope.clone(),
            display_name,
        }
    }
}
