//! Who takes part: real agencies, and seats that follow from their codes.

use std::collections::HashMap;

use chrono::NaiveDate;
use sauro_directory::model::{Agency, Directory};
use sauro_kernel::{AccountId, AgencyId, AgencyPath, Dice, PostId, Role};

use crate::model::Field;

/// Somebody who does something in an agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seat {
    pub(super) account: AccountId,
    pub(super) post: PostId,
    pub(super) agency: AgencyId,
}

/// An agency with its two seats.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) id: AgencyId,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) path: AgencyPath,
    pub(super) parent: Option<AgencyId>,
    pub(super) officer: Seat,
    pub(super) leader: Seat,
}

/// Everybody.
#[derive(Debug)]
pub(super) struct Cast {
    units: HashMap<AgencyId, Unit>,
    /// Communes, each with its province.
    communes: Vec<(AgencyId, AgencyId)>,
    provinces: Vec<AgencyId>,
    /// Departments of each province.
    departments: HashMap<AgencyId, Vec<AgencyId>>,
    /// By field: the agency that is asked when no place is known.
    of_field: HashMap<String, AgencyId>,
}

impl Unit {
    fn of(agency: &Agency) -> Self {
        let seat = |role: Role| {
            let id = AgencyId::of_code(&format!("{}/{}", agency.code, role.code())).0;
            Seat { account: AccountId(id), post: PostId(id), agency: agency.id }
        };
        Self {
            id: agency.id,
            code: agency.code.clone(),
            name: agency.name.clone(),
            path: agency.path.clone(),
            parent: agency.parent,
            officer: seat(Role::Officer),
            leader: seat(Role::Leader),
        }
    }
}

impl Cast {
    /// Those who are there on `today`.
    pub(super) fn of(directory: &Directory, fields: &[Field], today: NaiveDate) -> Self {
        let there: Vec<&Agency> = directory
            .all()
            .iter()
            .filter(|it| it.is_valid_on(today) && !it.is_group && it.valid_to.is_none())
            .collect();
        let of_kind = |kind: &str| -> Vec<AgencyId> {
            there.iter().filter(|it| it.kind == kind).map(|it| it.id).collect()
        };
        let mut departments: HashMap<AgencyId, Vec<AgencyId>> = HashMap::new();
        for it in there.iter().filter(|it| it.kind == "department") {
            if let Some(above) = it.parent {
                departments.entry(above).or_default().push(it.id);
            }
        }
        let provinces = of_kind("province_pc");
        let communes = there.iter().filter(|it| it.kind == "commune_pc");
        let of_field = fields
            .iter()
            .filter_map(|it| Some((it.code.clone(), directory.by_code(&it.agency_code)?.id)));
        Self {
            communes: communes
                .filter_map(|it| Some((it.id, it.parent.filter(|id| provinces.contains(id))?)))
                .collect(),
            provinces,
            departments,
            of_field: of_field.collect(),
            units: there.iter().map(|it| (it.id, Unit::of(it))).collect(),
        }
    }

    /// Nobody is there to send to.
    pub(super) fn is_empty(&self) -> bool {
        self.communes.is_empty() || self.national().is_none()
    }

    pub(super) fn unit(&self, id: AgencyId) -> Option<&Unit> {
        self.units.get(&id)
    }

    /// The agency that coordinates for the nation.
    pub(super) fn national(&self) -> Option<&Unit> {
        self.of_field("khac")
    }

    pub(super) fn of_field(&self, field: &str) -> Option<&Unit> {
        self.unit(*self.of_field.get(field)?)
    }

    /// Where something happens: mostly a commune, sometimes a province as a whole.
    pub(super) fn place(&self, dice: &mut Dice) -> Option<&Unit> {
        let id = if dice.is_lucky(96) {
            dice.pick(&self.communes).map(|it| it.0)
        } else {
            dice.pick(&self.provinces).copied()
        };
        self.unit(id?)
    }

    /// Who handles what happened at `place`: mostly the place itself.
    pub(super) fn lead<'a>(
        &'a self,
        dice: &mut Dice,
        place: &'a Unit,
        field: &str,
    ) -> Option<&'a Unit> {
        let above = place.parent.filter(|it| self.provinces.contains(it));
        let province = above.unwrap_or(place.id);
        match dice.below(100) {
            0..=69 => Some(place),
            70..=84 => self.unit(province),
            85..=94 => self
                .departments
                .get(&province)
                .and_then(|all| dice.pick(all))
                .and_then(|id| self.unit(*id)),
            _ => self.of_field(field),
        }
    }
}
