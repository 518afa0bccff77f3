//! Who takes part: real agencies, and seats that follow from their codes.

use std::collections::HashMap;

use chrono::NaiveDate;
use sauro_directory::model::{Agency, Directory};
use sauro_kernel::{AccountId, AgencyId, AgencyPath, Dice, PostId, Role};

/// Somebody who does something in an agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seat {
    pub(super) account: AccountId,
    pub(super) post: PostId,
    pub(super) agency: AgencyId,
}

/// An agency.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) id: AgencyId,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) path: AgencyPath,
}

/// Everybody.
pub(super) struct Cast {
    units: HashMap<AgencyId, Unit>,
    provinces: Vec<AgencyId>,
    communes: Vec<AgencyId>,
    reviewers: Vec<AgencyId>,
    /// Desks of the centre that score beside the province.
    judges: Vec<(AgencyId, Role)>,
}

impl Unit {
    /// Whoever sits there with `role`.
    pub(super) fn seat(&self, role: Role) -> Seat {
        let id = AgencyId::of_code(&format!("{}/{}", self.code, role.code())).0;
        Seat { account: AccountId(id), post: PostId(id), agency: self.id }
    }
}

impl Cast {
    /// Those who are there on `today`.
    pub(super) fn of(directory: &Directory, today: NaiveDate) -> Self {
        let there: Vec<&Agency> = directory
            .all()
            .iter()
            .filter(|it| it.is_valid_on(today) && !it.is_group && it.valid_to.is_none())
            .collect();
        let of_kind = |kind: &str| -> Vec<AgencyId> {
            there.iter().filter(|it| it.kind == kind).map(|it| it.id).collect()
        };
        let unit = |it: &&Agency| Unit {
            id: it.id,
            code: it.code.clone(),
            name: it.name.clone(),
            path: it.path.clone(),
        };
        let desk = |code: &str, role| Some((directory.by_code(code)?.id, role));
        let judges = [
            desk("TTBCĐ57", Role::Verifier),
            desk("BKHCN", Role::Leader),
            desk("VPCP", Role::Verifier),
        ];
        Self {
            units: there.iter().map(|it| (it.id, unit(it))).collect(),
            provinces: of_kind("province_pc"),
            communes: of_kind("commune_pc"),
            reviewers: of_kind("ministry"),
            judges: judges.into_iter().flatten().collect(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.provinces.is_empty() || self.reviewers.is_empty() || self.judges.is_empty()
    }

    pub(super) fn unit(&self, id: AgencyId) -> Option<&Unit> {
        self.units.get(&id)
    }

    pub(super) fn provinces(&self) -> impl Iterator<Item = &Unit> {
        self.provinces.iter().filter_map(|it| self.unit(*it))
    }

    pub(super) fn province(&self, dice: &mut Dice) -> Option<&Unit> {
        self.unit(*dice.pick(&self.provinces)?)
    }

    pub(super) fn commune(&self, dice: &mut Dice) -> Option<&Unit> {
        self.unit(*dice.pick(&self.communes)?)
    }

    pub(super) fn reviewer(&self, dice: &mut Dice) -> Option<&Unit> {
        self.unit(*dice.pick(&self.reviewers)?)
    }

    /// Who scores what was sent to `province`.
    pub(super) fn members(&self, province: &Unit) -> Vec<(&Unit, Role)> {
        let others = self.judges.iter().filter_map(|it| Some((self.unit(it.0)?, it.1)));
        let own = self.unit(province.id).map(|it| (it, Role::Verifier));
        own.into_iter().chain(others).collect()
    }
}
