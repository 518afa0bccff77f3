//! An Giang with its 102 communes, its people and those of the centre.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use axum::body::Body;
use sauro::tiles::Tiles;
use sauro_dashboards::TileSource;
use sauro_dashboards::model::{Body as Shown, Spec};
use sauro_directory::DirectoryHandle;
use sauro_indicators::IndicatorsError;
use sauro_indicators::actions::periodic::{
    CellFields, FormFields, ItemFields, NoWork, Picked, RoundView, Sheet, SheetFields,
    accept_reports, define_form, grant_exception, merge_reports, merging, open_round,
    publish_report, round_view, save_report, send_report, sheet,
};
use sauro_indicators::model::short_name;
use sauro_kernel::{Ctx, Role, RoundId};
use sauro_papers::{CellValue, write_sheet};
use sauro_tasks::model::Agencies as _;
use sauro_testkit::Engine;

use crate::doors::house::{Answer, Doors, END, file_head};
use crate::world::{enter, open_account};

pub(super) const PROVINCE: &str = "UBND-91";
pub(super) const CENTRE: &str = "TTBCĐ57";

/// How a commune reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Share {
    ByForm,
    ByExcel,
    Late,
    AfterTheLock,
    Silent,
}

pub(super) struct Province {
    doors: Doors,
    tiles: Tiles,
    round: Option<RoundId>,
    /// Codes of its communes.
    pub(super) communes: Vec<String>,
    /// Villages without a signal that each commune has reported.
    pub(super) reported: BTreeMap<String, i64>,
}

impl Province {
    /// On Friday, 20 November 2026.
    pub(super) async fn found(engine: Engine) -> Self {
        let doors = Doors::new(engine).await;
        let (world, db) = (&doors.world, &doors.world.db);
        let directory = DirectoryHandle::load(&world.system(), db).await.unwrap();
        let tiles = Tiles::new(db, doors.board.clone(), directory, doors.clock.clone());
        let province = world.directory.by_code(PROVINCE).unwrap();
        let communes = world.directory.communes_below(&province.path);
        let code = |id| world.directory.agency(id).unwrap().code.clone();
        let communes = communes.into_iter().map(code).collect();
        for (login, role, agency) in
            [("tinh", Role::FocalOfficer, PROVINCE), ("trung-uong", Role::StandingAgency, CENTRE)]
        {
            open_account(world, &doors.rooms, login, role, agency).await;
        }
        Self { doors, tiles, round: None, communes, reported: BTreeMap::new() }
    }

    pub(super) fn ctx(&self, role: Role, code: &str) -> Ctx {
        self.doors.world.ctx(role, code)
    }

    pub(super) fn round(&self) -> RoundId {
        self.round.unwrap()
    }

    /// What all that have reported come to.
    pub(super) fn villages(&self) -> i64 {
        self.reported.values().sum()
    }

    /// The centre asks everybody: by Wednesday the communes (Tuesday, 24 November, is a day off), by Thursday
    /// the provinces.
    pub(super) async fn open_the_round(&mut self) {
        let part = |title: &str, kind: &str, codes: &str| ItemFields {
            title: title.to_owned(),
            kind: kind.to_owned(),
            codes: codes.to_owned(),
            is_required: true,
            ..ItemFields::default()
        };
        let rule = |day: &str| ("0".to_owned(), day.to_owned());
        let form = FormFields {
            code: "BC-THU".to_owned(),
            name: "Báo cáo tháng thử".to_owned(),
            rhythm: "month".to_owned(),
            levels: ["province", "commune"].map(str::to_owned).into(),
            cut_off: rule("20"),
            commune: rule("24"),
            above: rule("26"),
            lock_after: "2".to_owned(),
            items: vec![
                part("Kết quả nổi bật", "van-ket-qua", ""),
                part("Số liệu trong tháng", "bang-so", "S-LOMSONG"),
            ],
            ..FormFields::default()
        };
        let (db, directory) = (&self.doors.world.db, &self.doors.world.directory);
        let centre = self.ctx(Role::StandingAgency, CENTRE);
        define_form(&centre, db, directory, &form).await.unwrap();
        let calendar = sauro_directory::actions::calendar(db).await.unwrap();
        let opened = open_round(&centre, db, &calendar, "BC-THU", "2026-11").await;
        self.round = Some(opened.unwrap());
    }

    /// The clock, to the day on which `share` reports.
    pub(super) fn pass_to(&self, share: Share) {
        match share {
            Share::ByForm | Share::Silent => {}
            Share::ByExcel => self.doors.pass(3),
            // Thursday, and the Tuesday after the lock.
            Share::Late => self.doors.pass(3),
            Share::AfterTheLock => self.doors.pass(5),
        }
    }

    /// The commune at `place` reports as its share does.
    pub(super) async fn report(&mut self, share: Share, place: usize) {
        let code = self.communes.get(place).unwrap().clone();
        let villages = i64::try_from(place % 4).unwrap();
        let sent = match share {
            Share::Silent => return,
            Share::ByForm | Share::Late => self.fill_and_send(&code, villages).await,
            Share::ByExcel => self.upload_and_send(&code, villages).await,
            Share::AfterTheLock => self.come_too_late(&code, villages, place).await,
        };
        if sent {
            self.reported.insert(code, villages);
        }
    }

    async fn fill_and_send(&self, code: &str, villages: i64) -> bool {
        self.send(code, Some(villages)).await.unwrap();
        true
    }

    async fn send(&self, code: &str, villages: Option<i64>) -> Result<(), IndicatorsError> {
        let leader = self.ctx(Role::Leader, code);
        let (db, directory) = (&self.doors.world.db, &self.doors.world.directory);
        let key = (self.round(), code);
        let n = code.len() + usize::try_from(villages.unwrap_or(0)).unwrap();
        let words = format!("Đã tập huấn {n} cán bộ, công chức. Khai trương 01 điểm hỗ trợ.");
        let cell = |n: i64| CellFields { value: n.to_string(), ..CellFields::default() };
        let fields = SheetFields {
            texts: vec![("ket-qua-noi-bat".to_owned(), words)],
            cells: villages.map(|it| ("S-LOMSONG".to_owned(), cell(it))).into_iter().collect(),
            spent_s: 120,
            ..SheetFields::default()
        };
        let version = save_report(&leader, db, directory, key, &fields).await?;
        send_report(&leader, db, directory, key, version).await
    }

    /// The figure comes in a workbook; the report finds it there and asks for words alone.
    async fn upload_and_send(&self, code: &str, villages: i64) -> bool {
        let (doors, login) = (&self.doors, code.to_lowercase());
        open_account(&doors.world, &doors.rooms, &login, Role::Leader, code).await;
        let cookie = format!("sauro={}", enter(&doors.rooms, &login).await);
        let row = ["S-LOMSONG", code, "2026-11"].map(CellValue::from);
        let row = [row.to_vec(), vec![CellValue::Whole(villages), CellValue::from("Sổ")]];
        let headings = ["Mã chỉ số", "Mã đơn vị", "Kỳ", "Số liệu", "Nguồn"];
        let book = write_sheet(&headings, std::iter::once(row.concat())).unwrap();
        let body = [file_head("tep", "so-lieu.xlsx"), book, END.to_vec()].concat();
        doors.upload("/chi-so/nap-tep", &cookie, Body::from(body)).await.is(303);
        self.send(code, None).await.unwrap();
        true
    }

    /// The round is locked: one commune is given two days, one comes back then, one never does.
    async fn come_too_late(&self, code: &str, villages: i64, place: usize) -> bool {
        let refused = self.send(code, Some(villages)).await.unwrap_err();
        assert!(matches!(refused, IndicatorsError::Invalid(_)), "{refused}");
        if place.is_multiple_of(3) {
            return false;
        }
        let (db, directory) = (&self.doors.world.db, &self.doors.world.directory);
        let centre = self.ctx(Role::StandingAgency, CENTRE);
        let until = (code, "2026-12-03", "Mất điện do bão");
        grant_exception(&centre, db, directory, self.round(), until).await.unwrap();
        self.fill_and_send(code, villages).await
    }

    /// Takes in what has happened, as the processes beside the pages do.
    pub(super) async fn follow(&self) {
        let db = &self.doors.world.db;
        while self.doors.board.follow(db).await.unwrap() > 0 {}
        while sauro_indicators::jobs::follow_rollups(db, 0).await.unwrap() > 0 {}
        // The journal is asked again after a second.
        self.doors.pass_seconds(1);
    }

    pub(super) async fn tile(&self, viewer: &Ctx, spec: &Spec) -> Shown {
        let stamp = self.tiles.stamp().await.unwrap();
        self.tiles.fill(Some(viewer), spec, stamp).await.unwrap().body.clone()
    }

    pub(super) async fn round_view(&self) -> RoundView {
        let focal = self.ctx(Role::FocalOfficer, PROVINCE);
        let (db, directory) = (&self.doors.world.db, &self.doors.world.directory);
        round_view(&focal, db, directory, self.round(), None).await.unwrap()
    }

    /// Names of the communes that have not reported.
    pub(super) fn silent(&self) -> Vec<String> {
        let directory = &self.doors.world.directory;
        let silent = self.communes.iter().filter(|it| !self.reported.contains_key(*it));
        let name = |it: &String| directory.by_code(it).unwrap().name.clone();
        silent.map(name).map(|it| short_name(&it).to_owned()).collect()
    }

    async fn look(&self, ctx: &Ctx, code: &str) -> Sheet {
        let (db, directory) = (&self.doors.world.db, &self.doors.world.directory);
        sheet(ctx, db, directory, &NoWork, self.round(), code).await.unwrap()
    }

    /// The province takes the sentences of its communes and their sum, and sends. Answers how many
    /// sentences there were to choose from, and the report as sent.
    pub(super) async fn merge_and_send(&self) -> (usize, Sheet) {
        let (db, directory) = (&self.doors.world.db, &self.doors.world.directory);
        let (focal, key) = (self.ctx(Role::FocalOfficer, PROVINCE), (self.round(), PROVINCE));
        let centre = self.ctx(Role::StandingAgency, CENTRE);
        let until = (PROVINCE, "2026-12-04", "Chờ xã gửi bù");
        grant_exception(&centre, db, directory, self.round(), until).await.unwrap();
        let merged = merging(&focal, db, directory, key).await.unwrap();
        let (item, folds) = merged.sections.first().unwrap();
        let words = folds.iter().map(|it| it.words.clone()).collect();
        let picked = [Picked { item: item.key.clone(), words }];
        let version = merge_reports(&focal, db, directory, key, (0, &picked)).await.unwrap();
        let sum = CellFields { value: self.villages().to_string(), ..CellFields::default() };
        let fields = SheetFields {
            version,
            cells: vec![("S-LOMSONG".to_owned(), sum)],
            ..SheetFields::default()
        };
        let version = save_report(&focal, db, directory, key, &fields).await.unwrap();
        let leader = self.ctx(Role::Leader, PROVINCE);
        send_report(&leader, db, directory, key, version).await.unwrap();
        (folds.len(), self.look(&focal, PROVINCE).await)
    }

    /// The ministry that answers for the indicator agrees with what the province says.
    pub(super) async fn appraise(&self) {
        let verifier = self.ctx(Role::Verifier, "BKHCN");
        let sheet = self.look(&self.ctx(Role::StandingAgency, CENTRE), PROVINCE).await;
        let sauro_indicators::actions::periodic::Given::Observed(own) = &sheet.figures[0].1.given
        else {
            panic!("not reported")
        };
        let db = &self.doors.world.db;
        let value = self.villages().to_string();
        let done = sauro_indicators::actions::appraise_figure(
            &verifier,
            db,
            own.id,
            own.version,
            &value,
            "Đã đối chiếu với nhà mạng",
        );
        done.await.unwrap();
    }

    /// The centre accepts, writes and publishes. Answers the public page.
    pub(super) async fn publish(&self) -> String {
        let (db, directory) = (&self.doors.world.db, &self.doors.world.directory);
        let (centre, key) = (self.ctx(Role::StandingAgency, CENTRE), (self.round(), "VN"));
        let codes = [PROVINCE.to_owned()];
        accept_reports(&centre, db, directory, self.round(), &codes).await.unwrap();
        let words = "Các địa phương đã mở điểm hỗ trợ dịch vụ công.".to_owned();
        let fields = SheetFields {
            texts: vec![("ket-qua-noi-bat".to_owned(), words)],
            ..SheetFields::default()
        };
        let version = save_report(&centre, db, directory, key, &fields).await.unwrap();
        send_report(&centre, db, directory, key, version).await.unwrap();
        publish_report(&centre, db, directory, key, version + 1).await.unwrap();
        let report = self.look(&centre, "VN").await.report.unwrap();
        format!("/ket-qua/bao-cao/{}", report.id)
    }

    async fn cookie(&self, login: &str) -> String {
        if login.is_empty() {
            return String::new();
        }
        format!("sauro={}", enter(&self.doors.rooms, login).await)
    }

    /// A page, by whoever signs in as `login`; by anyone when that is empty.
    pub(super) async fn get(&self, login: &str, path: &str) -> Answer {
        let cookie = self.cookie(login).await;
        self.doors.get(path, &cookie).await
    }

    pub(super) async fn post(&self, login: &str, path: &str, body: &str) -> Answer {
        let cookie = self.cookie(login).await;
        self.doors.post(path, &cookie, body).await
    }

    /// The words of a Word file, cells and paragraphs apart.
    pub(super) async fn document(&self, login: &str, path: &str) -> String {
        let bytes = self.doors.bytes(path, &self.cookie(login).await).await;
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut xml = String::new();
        archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
        let mut words = String::new();
        for piece in xml.split('<').filter(|it| it.starts_with("w:t>") || it.starts_with("w:t ")) {
            words.push_str(piece.split_once('>').map_or("", |it| it.1));
            words.push(' ');
        }
        words
    }
}
