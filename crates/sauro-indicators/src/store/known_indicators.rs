//! Tables `indicators` and `observations`: what there is to show, and of whom.

use sauro_kernel::{AgencyId, IndicatorId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use crate::model::UnitLevel;

/// An indicator, and the levels at which there are figures of it.
#[derive(sqlx::FromRow)]
pub(crate) struct KnownRow {
    id: Uuid,
    pub(crate) code: String,
    pub(crate) name: String,
    owner_agency_id: Uuid,
    pub(crate) is_national: bool,
    pub(crate) is_of_ministries: bool,
    pub(crate) is_of_provinces: bool,
    pub(crate) is_of_communes: bool,
}

impl KnownRow {
    pub(crate) fn owner(&self) -> AgencyId {
        AgencyId(self.owner_agency_id)
    }

    pub(crate) fn id(&self) -> IndicatorId {
        IndicatorId(self.id)
    }

    /// True when there are figures at `level`.
    pub(crate) fn has(&self, level: UnitLevel) -> bool {
        match level {
            UnitLevel::National => self.is_national,
            UnitLevel::Ministry => self.is_of_ministries,
            UnitLevel::Province => self.is_of_provinces,
            UnitLevel::Commune => self.is_of_communes,
        }
    }
}

/// Lists the indicators by code, at most `limit`. One step into the index of each level tells whether
/// there are figures, however many there are.
pub(crate) async fn all(conn: &mut Conn, limit: u16) -> Result<Vec<KnownRow>, StoreError> {
    const SQL: &str = "
        SELECT i.id, i.code, v.name, i.owner_agency_id,
            EXISTS (SELECT 1 FROM observations o
                WHERE o.indicator_id = i.id AND o.unit_level = 'national') AS is_national,
            EXISTS (SELECT 1 FROM observations o
                WHERE o.indicator_id = i.id AND o.unit_level = 'ministry') AS is_of_ministries,
            EXISTS (SELECT 1 FROM observations o
                WHERE o.indicator_id = i.id AND o.unit_level = 'province') AS is_of_provinces,
            EXISTS (SELECT 1 FROM observations o
                WHERE o.indicator_id = i.id AND o.unit_level = 'commune') AS is_of_communes
        FROM indicators i
        JOIN indicator_versions v ON v.indicator_id = i.id AND v.version = i.version
        ORDER BY i.code, i.id
        LIMIT $1";
    run!(conn, c => sqlx::query_as::<_, KnownRow>(SQL).bind(i64::from(limit)).fetch_all(c).await)
}
