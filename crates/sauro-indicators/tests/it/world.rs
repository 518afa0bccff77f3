//! The real country in memory, and people in its agencies.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use chrono::DateTime;
use sauro_directory::model::{self, Agency, Atlas, Directory};
use sauro_indicators::actions::{self, FigureFields};
use sauro_indicators::model::{Unit, unit_of};
use sauro_indicators::{IndicatorsError, jobs};
use sauro_kernel::{AccountId, Actor, AgencyId, Ctx, FixedClock, IdSource, ObservationId, Role};
use sauro_store::{Db, run};
use sauro_testkit::{actor, day};
use uuid::Uuid;

const UNITS: &str = include_str!("../../../../data/units.csv");
const AGENCIES: &str = include_str!("../../../../data/agencies.csv");
const PROVINCES: &str = include_str!("../../../../data/province_agencies.csv");

/// One indicator a way of adding up, and two that are calculated.
pub(crate) const SAMPLE: &str = "\
code,name,unit,target_op,target,target_year,baseline,baseline_date,direction,level,owner,source,operator,rhythm,factor,formula,high
THON,Số thôn lõm sóng,thôn,<=,0,2026,355,2025-06-30,lower,national|province|commune,BKHCN,Văn bản mẫu,,,,,
SONG,Tỉ lệ dân số có sóng 5G,%,>=,90,2026,26,2025-12-31,higher,national|province|commune,BKHCN,Văn bản mẫu,,,,,
DAT,Tỉ lệ hồ sơ trực tuyến,%,,,,,,higher,province|commune,VPCP,Văn bản mẫu,,,100,,
CAO,Thời gian chờ lâu nhất,ngày,,,,,,lower,province|commune,VPCP,Văn bản mẫu,MAX,,,,
LECH,Độ lệch điểm,điểm,,,,,,lower,province|commune,VPCP,Văn bản mẫu,STDDEV,month,,,
XONG,Nhiệm vụ đã xong,nhiệm vụ,,,,,,higher,province|commune,VPCP,Văn bản mẫu,,,,,
TONG,Nhiệm vụ được giao,nhiệm vụ,,,,,,higher,province|commune,VPCP,Văn bản mẫu,,,,,
TILE,Tỉ lệ xong,%,,,,,,higher,province|commune,VPCP,Văn bản mẫu,,,,100 * [XONG] / [TONG],
";

pub(crate) struct World {
    pub(crate) db: Db,
    pub(crate) directory: &'static Directory,
    ids: Arc<Ids>,
}

/// Other ids than those that the test's pages draw.
struct Ids(AtomicU64);

impl IdSource for Ids {
    fn fresh(&self) -> Uuid {
        Uuid::from_u64_pair(
            0x0190_0000_0000_7000,
            0x9000_0000_0000_0000 | self.0.fetch_add(1, Ordering::Relaxed),
        )
    }
}

pub(crate) fn directory() -> &'static Directory {
    static DIRECTORY: OnceLock<Directory> = OnceLock::new();
    DIRECTORY.get_or_init(|| directory_with(|_| {}))
}

/// The real country with `change` made to its agencies.
pub(crate) fn directory_with(change: impl Fn(&mut Agency)) -> Directory {
    let mut atlas = Atlas::new([]);
    atlas.take_units(UNITS).unwrap();
    let today = day("2026-06-01");
    let mut agencies: Vec<Agency> = Vec::new();
    for csv in [AGENCIES, PROVINCES] {
        agencies.extend(model::agencies(csv).unwrap().into_iter().map(|it| it.1));
    }
    agencies.extend(model::communes(&atlas, today));
    agencies.iter_mut().for_each(change);
    Directory::new(agencies, atlas, &[], today)
}

impl World {
    /// The sample indicators, on 1 June 2026.
    pub(crate) async fn new(db: &Db) -> Self {
        let world = Self::empty(db);
        actions::import_indicators(&world.system(), db, world.directory, SAMPLE).await.unwrap();
        world
    }

    pub(crate) fn empty(db: &Db) -> Self {
        Self { db: db.clone(), directory: directory(), ids: Arc::new(Ids(AtomicU64::new(1))) }
    }

    pub(crate) fn by(&self, actor: Actor) -> Ctx {
        let now = DateTime::parse_from_rfc3339("2026-06-01T08:00:00+07:00").unwrap();
        Ctx { actor, clock: Arc::new(FixedClock(now.to_utc())), ids: self.ids.clone() }
    }

    pub(crate) fn system(&self) -> Ctx {
        self.by(Actor::system())
    }

    /// Somebody with `role` in the agency `code`; each role of each agency is another person.
    pub(crate) fn person(&self, role: Role, code: &str) -> Actor {
        let agency = self.directory.by_code(code).unwrap();
        Actor {
            account: AccountId(AgencyId::of_code(&format!("{code}/{}", role.code())).0),
            agency: agency.id,
            agency_code: agency.code.clone(),
            agency_name: agency.name.clone(),
            agency_path: agency.path.clone(),
            scope: agency.scope.clone(),
            ..actor(role, "vn")
        }
    }

    pub(crate) fn ctx(&self, role: Role, code: &str) -> Ctx {
        self.by(self.person(role, code))
    }

    pub(crate) fn unit(&self, code: &str) -> Unit {
        unit_of(self.directory, code).unwrap()
    }

    /// The leader of `unit` reports `value` for May 2026.
    pub(crate) async fn report(
        &self,
        indicator: &str,
        unit: &str,
        value: &str,
    ) -> Result<ObservationId, IndicatorsError> {
        let ctx = self.ctx(Role::Leader, unit);
        actions::report_figure(&ctx, &self.db, indicator, &self.unit(unit), &fields(value)).await
    }

    pub(crate) async fn follow(&self) {
        while jobs::follow_rollups(&self.db, 0).await.unwrap() > 0 {}
    }

    pub(crate) async fn count(&self, table: &'static str) -> i64 {
        let sql = || sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
        let mut conn = self.db.read().await.unwrap();
        run!(conn, c => sqlx::query_scalar::<_, i64>(sql()).fetch_one(c).await).unwrap()
    }
}

/// A figure of May 2026 as typed; `a/b` for a ratio.
pub(crate) fn fields(value: &str) -> FigureFields {
    let (numerator, denominator) = value.split_once('/').unwrap_or_default();
    FigureFields {
        period: "2026-05".to_owned(),
        value: value.to_owned(),
        numerator: numerator.to_owned(),
        denominator: denominator.to_owned(),
        source: "Sổ theo dõi".to_owned(),
        ..FigureFields::default()
    }
}

/// The faults of a form.
pub(crate) fn faults(err: IndicatorsError) -> Vec<(&'static str, String)> {
    match err {
        IndicatorsError::Invalid(faults) => faults,
        err => panic!("no faults of a form: {err}"),
    }
}
