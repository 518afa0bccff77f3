//! The index follows the journal: what becomes public is found, what stops being public is not, whatever breaks.

use std::sync::Arc;

use sauro::processes::{SearchProcess, compare};
use sauro_directory::DirectoryHandle;
use sauro_initiatives::actions as initiatives;
use sauro_initiatives::model::{ProblemFields, Terms};
use sauro_kernel::{Actor, Ctx, PetitionId, Role, WorkingCalendar};
use sauro_petitions::actions::{self as petitions, House, Sent};
use sauro_petitions::model::{Channel, Draft, Submission};
use sauro_search::model::{Asked, Kind, Sought};
use sauro_search::{Place, Rooms, SearchIndex};
use sauro_store::{Db, Files, Keys};
use sauro_tasks::actions::{ProgrammeFields, change_programme, programme_by_code};
use sauro_testkit::on_each_engine;

use crate::doors::sent::sent;
use crate::world::{COMMUNE, PROGRAMME, PROVINCE, World};

/// A province, its index, and what both work with.
struct Library {
    world: World,
    db: Db,
    files: Files,
    keys: Keys,
    calendar: WorkingCalendar,
    directory: DirectoryHandle,
    index: SearchIndex,
    process: SearchProcess,
    home: tempfile::TempDir,
}

impl Library {
    async fn new(db: &Db) -> Self {
        let home = tempfile::TempDir::new().unwrap();
        let files = Files::open(&home.path().join("files").display().to_string()).await.unwrap();
        let clock = Arc::new(sauro::SystemClock);
        let world = World::found(db, &files, clock, Arc::new(sauro::FreshIds)).await;
        let directory = DirectoryHandle::load(&world.system(), db).await.unwrap();
        let index = SearchIndex::open(&home.path().join("search")).unwrap();
        let process = SearchProcess::new(world.system(), index.clone(), directory.clone());
        let keys = Keys::open(&home.path().join("keys")).unwrap();
        let calendar = WorkingCalendar::default();
        Self { db: db.clone(), world, files, keys, calendar, directory, index, process, home }
    }

    fn house(&self) -> House<'_> {
        House {
            db: &self.db,
            files: &self.files,
            keys: &self.keys,
            directory: &self.world.directory,
            calendar: &self.calendar,
        }
    }

    fn anybody(&self) -> Ctx {
        Ctx { actor: Actor::public(), ..self.world.system() }
    }

    async fn follow(&self) {
        while self.process.follow(&self.db).await.unwrap() > 0 {}
    }

    /// The titles of `kind` that `words` find, in the index alone.
    fn held(&self, kind: Kind, words: &str) -> Vec<String> {
        let asked = Asked { kind: Some(kind), ..Asked::of(words) };
        let sought = Sought::read(words, self.world.directory.as_ref());
        let found = self.index.find(&sought, &asked).unwrap();
        let title = |it: &sauro_search::Hit| it.title.iter().map(|it| it.text.as_str()).collect();
        found.hits.iter().take(found.n).map(title).collect()
    }

    /// What is found after the journal was followed, which is what the database says.
    async fn found(&self, kind: Kind, words: &str) -> Vec<String> {
        self.follow().await;
        let compared = compare(&self.db, &self.index, &self.directory).await.unwrap();
        assert!(compared.wrong.is_empty(), "{:?}", compared.wrong);
        self.held(kind, words)
    }

    async fn open_programme(&self, is_public: bool) {
        let leader = self.world.ctx(Role::Leader, PROVINCE);
        let it = programme_by_code(&leader, &self.db, PROGRAMME).await.unwrap();
        let fields = ProgrammeFields { code: it.code, name: it.name, basis: it.basis, is_public };
        change_programme(&leader, &self.db, PROGRAMME, it.version, fields).await.unwrap();
    }

    /// A petition that its sender lets everybody read: its id and its code.
    async fn send(&self) -> (PetitionId, String) {
        let submission = Submission {
            matter: "feedback".to_owned(),
            title: "Đèn đường ở đầu chợ không sáng".to_owned(),
            body: "Nhà số 12, gọi 0901234567. Đèn ở đầu chợ không sáng.".to_owned(),
            place: self.world.directory.by_code(COMMUNE).map(|it| it.id),
            name: "Người gửi mẫu".to_owned(),
            contact: "0900000001".to_owned(),
            may_contact: true,
            may_publish: true,
            ..Submission::default()
        };
        let sent = Sent {
            submission,
            files: Vec::new(),
            key: "one".to_owned(),
            channel: Channel::Web,
            source: "192.0.2.1".to_owned(),
            answered: petitions::Answered::default(),
        };
        let house = self.house();
        let code = petitions::send(&self.anybody(), &house, sent).await.unwrap().code.to_string();
        let case = petitions::follow(&self.anybody(), &house, &code, "192.0.2.1").await.unwrap();
        (case.case.id, code)
    }

    async fn answer(&self, id: PetitionId) {
        let house = self.house();
        let officer = self.world.ctx(Role::Officer, COMMUNE);
        petitions::receive(&officer, &house, id).await.unwrap();
        let to = self.world.directory.by_code(COMMUNE).unwrap().id;
        petitions::assign(&officer, &house, id, (to, &[]), (false, "")).await.unwrap();
        petitions::accept(&officer, &house, id).await.unwrap();
        let draft = Draft {
            closing: "guided".to_owned(),
            words: "Tổ kỹ thuật thay bóng tối nay.".to_owned(),
            proof: String::new(),
        };
        petitions::submit(&officer, &house, id, &draft).await.unwrap();
        let leader = self.world.ctx(Role::Leader, COMMUNE);
        petitions::approve(&leader, &house, id).await.unwrap();
    }
}

// I81, I82
#[tokio::test]
async fn tasks_are_found_with_their_programme_and_lost_when_it_is_hidden() {
    on_each_engine(async |engine| {
        let library = Library::new(&engine.db).await;
        assert!(library.found(Kind::Task, "điểm hỗ trợ").await.is_empty());
        let agencies = library.held(Kind::Agency, "xã Năm Căn");
        assert_eq!(agencies[0], "Ủy ban nhân dân xã Năm Căn");
        library.world.issue(2).await;
        let found = library.found(Kind::Task, "diem ho tro nguoi dan").await;
        assert_eq!(found.len(), 2);
        assert_eq!(library.held(Kind::Programme, "dịch vụ số").len(), 1);
        library.open_programme(false).await;
        // Before the index has heard of it the rooms say no.
        let public =
            sauro::processes::PublicThings::new(library.db.clone(), library.directory.clone());
        let held = library.index.sample(10_000).unwrap();
        let shown = public.public(&held).await.unwrap();
        assert!(shown.iter().all(|it| !matches!(it.kind, Kind::Task | Kind::Programme)));
        assert!(library.found(Kind::Task, "diem ho tro nguoi dan").await.is_empty());
        assert!(library.held(Kind::Programme, "dịch vụ số").is_empty());
        library.open_programme(true).await;
        assert_eq!(library.found(Kind::Task, "diem ho tro nguoi dan").await.len(), 2);
    })
    .await;
}

// I81
#[tokio::test]
async fn a_petition_is_found_once_answered_without_its_sender_and_lost_when_hidden_or_withdrawn() {
    on_each_engine(async |engine| {
        let library = Library::new(&engine.db).await;
        let (id, code) = library.send().await;
        assert!(library.found(Kind::Petition, "đèn đường").await.is_empty());
        library.answer(id).await;
        assert_eq!(library.found(Kind::Petition, "den duong").await.len(), 1);
        assert_eq!(library.held(Kind::Petition, "thay bóng").len(), 1, "its answer is found too");
        for words in ["0901234567", "Người gửi mẫu", "0900000001"] {
            let all = Asked::of(words);
            let sought = Sought::read(words, library.world.directory.as_ref());
            assert_eq!(library.index.find(&sought, &all).unwrap().n, 0, "{words}");
        }
        let house = library.house();
        let sender = (code.as_str(), "192.0.2.1");
        let anybody = library.anybody();
        petitions::set_consent(&anybody, &house, sender, false).await.unwrap();
        assert!(library.found(Kind::Petition, "den duong").await.is_empty());
        petitions::set_consent(&anybody, &house, sender, true).await.unwrap();
        assert_eq!(library.found(Kind::Petition, "den duong").await.len(), 1);
        let officer = library.world.ctx(Role::Officer, COMMUNE);
        petitions::ask_to_hide(&officer, &house, id, "Có lời xúc phạm.").await.unwrap();
        let leader = library.world.ctx(Role::Leader, COMMUNE);
        petitions::decide_hiding(&leader, &house, id, true).await.unwrap();
        assert!(library.found(Kind::Petition, "den duong").await.is_empty());
    })
    .await;
}

// I81
#[tokio::test]
async fn an_initiative_is_found_once_its_form_was_accepted_and_no_further_than_its_authors_let() {
    on_each_engine(async |engine| {
        let library = Library::new(&engine.db).await;
        let id = sent(&library.world, &library.files, &library.keys).await;
        assert!(library.found(Kind::Initiative, "huyết áp").await.is_empty());
        let room = initiatives::Room {
            db: &library.db,
            files: &library.files,
            keys: &library.keys,
            directory: &library.world.directory,
            calendar: &library.calendar,
            terms: Terms::default(),
        };
        let desk = library.world.ctx(Role::FocalOfficer, PROVINCE);
        let stamp = initiatives::case(&desk, &room, id).await.unwrap().initiative.stamp;
        let check = initiatives::Check::Accept("BYT".to_owned());
        initiatives::check(&desk, &room, (id, stamp), (&check, "")).await.unwrap();
        assert_eq!(library.found(Kind::Initiative, "huyet ap").await.len(), 1);
        assert!(library.held(Kind::Initiative, "Nguyễn A").is_empty());

        let fields = ProblemFields {
            title: "Trạm y tế thiếu máy đo huyết áp".to_owned(),
            area: "y-te".to_owned(),
            pain: "12 trạm y tế có 3 máy, mỗi ngày 40 người chờ.".to_owned(),
            wanted: "Mỗi trạm đo được cho 40 người một ngày.".to_owned(),
            until: desk.today().checked_add_days(chrono::Days::new(60)).unwrap().to_string(),
        };
        initiatives::publish_problem(&desk, &library.db, &fields).await.unwrap();
        assert_eq!(library.found(Kind::Problem, "máy đo huyết áp").await.len(), 1);
    })
    .await;
}

// I82
#[tokio::test]
async fn stopped_anywhere_the_index_misses_nothing_and_holds_nothing_twice() {
    on_each_engine(async |engine| {
        let library = Library::new(&engine.db).await;
        library.follow().await;
        library.world.issue(3).await;
        let Library { world, db, directory, index, process, home, .. } = library;
        // What was read and put, but not committed, is gone with the process.
        let before = index.place();
        drop((index, process));
        let folder = home.path().join("search");
        let index = SearchIndex::open(&folder).unwrap();
        assert_eq!(index.place(), before);
        let process = SearchProcess::new(world.system(), index.clone(), directory.clone());
        while process.follow(&db).await.unwrap() > 0 {}
        assert!(compare(&db, &index, &directory).await.unwrap().wrong.is_empty());
        // Entries that were taken in are taken in once more after a crash before the place was written.
        index.commit(before).unwrap();
        let again = SearchProcess::new(world.system(), index.clone(), directory.clone());
        while again.follow(&db).await.unwrap() > 0 {}
        assert!(compare(&db, &index, &directory).await.unwrap().wrong.is_empty());
        // Broken off while it was made anew, it is made anew.
        index.clear().unwrap();
        index.commit(Place { position: 0, is_whole: false }).unwrap();
        assert!(!compare(&db, &index, &directory).await.unwrap().wrong.is_empty());
        again.follow(&db).await.unwrap();
        assert!(index.place().is_whole);
        assert!(compare(&db, &index, &directory).await.unwrap().wrong.is_empty());
    })
    .await;
}
