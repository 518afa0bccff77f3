//! A province that keeps some things to itself.

use std::sync::Arc;

use sauro::tiles::Tiles;
use sauro_dashboards::TileSource;
use sauro_dashboards::model::{Body, Content, Spec};
use sauro_directory::DirectoryHandle;
use sauro_indicators::actions::{self as figures, FigureFields};
use sauro_indicators::model::unit_of;
use sauro_kernel::{AgencyId, Ctx, ObservationId, Role};
use sauro_tasks::actions::{self, NewDirective};
use sauro_tasks::model::{Deadline, DeadlineKind, DirectiveHead, DraftBody};
use sauro_testkit::Engine;

use crate::doors::house::Doors;
use crate::world::{COMMUNE, PROGRAMME, PROVINCE};

/// Reported by provinces.
pub(crate) const OF_PROVINCES: &str = "DTI-TINH";
/// Reported by communes, too.
pub(crate) const OF_COMMUNES: &str = "S-LOMSONG";
/// Words of the tasks that are not public.
pub(crate) const SECRET: &str = "Rà soát nội bộ";

pub(crate) struct Scene {
    pub(crate) doors: Doors,
    pub(crate) tiles: Tiles,
}

impl Scene {
    /// Six tasks of the commune are not public, beside two that are.
    pub(crate) async fn new(engine: Engine) -> Self {
        let doors = Doors::new(engine).await;
        let system = doors.world.system();
        let directory = DirectoryHandle::load(&system, &doors.world.db).await.unwrap();
        let clock = doors.clock.clone();
        let tiles = Tiles::new(&doors.world.db, doors.board.clone(), directory, clock);
        let scene = Self { doors, tiles };
        scene.issue_secretly().await;
        scene.follow().await;
        scene
    }

    pub(crate) fn ctx(&self, role: Role, agency: &str) -> Ctx {
        self.doors.world.ctx(role, agency)
    }

    /// Takes in what has happened, as the processes beside the pages do.
    pub(crate) async fn follow(&self) {
        let db = &self.doors.world.db;
        while self.doors.board.follow(db).await.unwrap() > 0 {}
        while sauro_indicators::jobs::follow_rollups(db, 0).await.unwrap() > 0 {}
        // The journal is asked again after a while only.
        self.doors.pass_seconds(1);
    }

    /// The province hands the commune six tasks that are not public.
    pub(crate) async fn issue_secretly(&self) {
        let world = &self.doors.world;
        let leader = self.ctx(Role::Leader, PROVINCE);
        let db = &world.db;
        let programme = actions::own_programme(&leader, db, PROGRAMME).await.unwrap().id;
        let draft = |n: usize| DraftBody {
            leads: vec![AgencyId::of_code(COMMUNE)],
            work: format!("{SECRET} số {n}"),
            deliverables: vec!["01 bản rà soát".to_owned()],
            accountable: "Phó Chủ tịch Ủy ban nhân dân xã".to_owned(),
            authority: Some(AgencyId::of_code(PROVINCE)),
            deadline: Deadline {
                kind: DeadlineKind::Date,
                due_on: leader.today().checked_add_days(chrono::Days::new(20)),
                ..Deadline::default()
            },
            strength: "binding".to_owned(),
            is_public: false,
            ..DraftBody::default()
        };
        let new = NewDirective {
            programme,
            text: "Ủy ban nhân dân xã rà soát và báo cáo.".to_owned(),
            head: DirectiveHead::default(),
            file: None,
            drafts: (0..6).map(draft).collect(),
        };
        let directive = actions::bring_directive(&leader, db, new).await.unwrap();
        let drafts = actions::drafts_of(&leader, db, directive).await.unwrap();
        let ids: Vec<_> = drafts.iter().map(|it| it.id).collect();
        let directory = world.directory.as_ref();
        actions::propose_drafts(&leader, db, directory, &ids).await.unwrap();
        actions::issue_drafts(&leader, db, directory, &ids).await.unwrap();
    }

    /// The leader of `unit` says that `indicator` was `value` in its last whole period.
    pub(crate) async fn report(&self, indicator: &str, unit: &str, value: &str) -> ObservationId {
        let leader = self.ctx(Role::Leader, unit);
        let world = &self.doors.world;
        let fields = FigureFields {
            period: if indicator == OF_COMMUNES { "2026-10" } else { "2025" }.to_owned(),
            value: value.to_owned(),
            source: "Sổ theo dõi".to_owned(),
            ..FigureFields::default()
        };
        let unit = unit_of(&world.directory, unit).unwrap();
        figures::report_figure(&leader, &world.db, indicator, &unit, &fields).await.unwrap()
    }

    /// A verifier of the ministry agrees with `value`.
    pub(crate) async fn appraise(&self, id: ObservationId, value: &str) {
        let verifier = self.ctx(Role::Verifier, "BKHCN");
        let db = &self.doors.world.db;
        figures::appraise_figure(&verifier, db, id, 1, value, "Đã đối chiếu").await.unwrap();
    }

    /// What the tile `spec` shows to `viewer`.
    pub(crate) async fn shown(&self, viewer: Option<&Ctx>, spec: &Spec) -> Arc<Content> {
        let stamp = self.tiles.stamp().await.unwrap();
        self.tiles.fill(viewer, spec, stamp).await.unwrap()
    }

    /// All words and numbers of the tile.
    pub(crate) async fn told(&self, viewer: Option<&Ctx>, spec: &Spec) -> String {
        format!("{:?}", self.shown(viewer, spec).await)
    }

    /// True when the tile has nothing to show to `viewer`.
    pub(crate) async fn is_absent(&self, viewer: Option<&Ctx>, spec: &Spec) -> bool {
        matches!(self.shown(viewer, spec).await.body, Body::Absent(_))
    }
}
