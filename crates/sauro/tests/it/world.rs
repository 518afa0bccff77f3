//! One province with a directive, its tasks, and the people who report on them.

use std::sync::Arc;

use chrono::Days;
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_identity::actions::{self as identity, Attempt, NewAccount, NewSeat, Opened, SignIn};
use sauro_identity::model::Client;
use sauro_identity::{Cost, Identity};
use sauro_kernel::{
    AccountId, Actor, AgencyId, Clock, Ctx, DirectiveId, DraftId, IdSource, PostId, Role,
};
use sauro_store::{Db, Files};
use sauro_tasks::actions::{self, NewDirective, ProgrammeFields, Receipt, WholeReport};
use sauro_tasks::model::{Deadline, DeadlineKind, DirectiveHead, DraftBody, ReportFields};

/// Who issues.
pub(crate) const PROVINCE: &str = "UBND-96";
/// Who does the work.
pub(crate) const COMMUNE: &str = "UBND-32191";
/// Who has nothing to do with it.
pub(crate) const FAR: &str = "UBND-01";
pub(crate) const PROGRAMME: &str = "diem-ho-tro";
pub(crate) const PASSWORD: &str = "ba con mèo trên mái";
pub(crate) const PDF: &[u8] = b"%PDF-1.7\nbien ban ban giao\n%%EOF\n";

pub(crate) struct World {
    pub(crate) db: Db,
    pub(crate) files: Files,
    pub(crate) directory: Arc<Directory>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
}

/// What a directive became.
pub(crate) struct Issued {
    pub(crate) directive: DirectiveId,
    /// Still being edited.
    pub(crate) draft: DraftId,
    /// Codes of the tasks.
    pub(crate) tasks: Vec<String>,
}

impl World {
    /// The shipped catalogue, and nothing else.
    pub(crate) async fn found(
        db: &Db,
        files: &Files,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
    ) -> Self {
        let system = Ctx { actor: Actor::system(), clock: clock.clone(), ids: ids.clone() };
        sauro_directory::actions::load_shipped(&system, db).await.unwrap();
        let directory = DirectoryHandle::load(&system, db).await.unwrap().directory();
        Self { db: db.clone(), files: files.clone(), directory, clock, ids }
    }

    /// Somebody with `role` in `agency`, without an account.
    pub(crate) fn ctx(&self, role: Role, agency: &str) -> Ctx {
        let agency = self.directory.by_code(agency).unwrap();
        let seat = AgencyId::of_code(&format!("{}/{}", agency.code, role.code()));
        let actor = Actor {
            account: AccountId(seat.0),
            post: PostId(seat.0),
            role,
            agency: agency.id,
            agency_code: agency.code.clone(),
            agency_name: agency.name.clone(),
            agency_path: agency.path.clone(),
            scope: agency.scope.clone(),
            display_name: role.label().to_owned(),
        };
        Ctx { actor, clock: self.clock.clone(), ids: self.ids.clone() }
    }

    pub(crate) fn system(&self) -> Ctx {
        Ctx { actor: Actor::system(), clock: self.clock.clone(), ids: self.ids.clone() }
    }

    /// Opens the programme and issues `n_tasks` tasks to the commune; one draft more stays open.
    pub(crate) async fn issue(&self, n_tasks: usize) -> Issued {
        let leader = self.ctx(Role::Leader, PROVINCE);
        let fields = ProgrammeFields {
            code: PROGRAMME.into(),
            name: "Điểm hỗ trợ dịch vụ số".into(),
            basis: "Kế hoạch mẫu".into(),
            is_public: true,
        };
        let programme = actions::open_programme(&leader, &self.db, fields).await.unwrap();
        let new = NewDirective {
            programme,
            text: "Ủy ban nhân dân xã bố trí điểm hỗ trợ người dân.".to_owned(),
            head: DirectiveHead::default(),
            file: None,
            drafts: (0..=n_tasks).map(|n| self.draft(n)).collect(),
        };
        let directive = actions::bring_directive(&leader, &self.db, new).await.unwrap();
        let drafts = actions::drafts_of(&leader, &self.db, directive).await.unwrap();
        let ids: Vec<_> = drafts.iter().map(|it| it.id).collect();
        let (draft, ids) = ids.split_first().unwrap();
        let directory = self.directory.as_ref();
        actions::propose_drafts(&leader, &self.db, directory, ids).await.unwrap();
        actions::issue_drafts(&leader, &self.db, directory, ids).await.unwrap();
        let tasks =
            actions::tasks_of_directive(&leader, &self.db, directive, None, 1_000).await.unwrap();
        let tasks: Vec<_> = tasks.into_iter().map(|it| it.code).collect();
        assert_eq!(tasks.len(), n_tasks);
        Issued { directive, draft: *draft, tasks }
    }

    fn draft(&self, n: usize) -> DraftBody {
        let due_on = self.ctx(Role::Leader, PROVINCE).today().checked_add_days(Days::new(30));
        DraftBody {
            leads: vec![AgencyId::of_code(COMMUNE)],
            work: format!("Bố trí điểm hỗ trợ người dân số {n}"),
            deliverables: vec!["01 điểm hỗ trợ hoạt động".to_owned()],
            accountable: "Phó Chủ tịch Ủy ban nhân dân xã".to_owned(),
            authority: Some(AgencyId::of_code(PROVINCE)),
            deadline: Deadline { kind: DeadlineKind::Date, due_on, ..Deadline::default() },
            strength: "binding".to_owned(),
            is_public: true,
            ..DraftBody::default()
        }
    }

    /// The commune's leader reports on the task `code`, with a file.
    pub(crate) async fn report(&self, code: &str) -> Receipt {
        let whole = WholeReport {
            fields: ReportFields {
                results: "Đã bố trí điểm.".into(), ..ReportFields::default()
            },
            file: Some(("bien-ban.pdf".into(), PDF.into())),
            ..WholeReport::default()
        };
        let leader = self.ctx(Role::Leader, COMMUNE);
        actions::report_with_file(&leader, &self.db, &self.files, code, whole).await.unwrap()
    }
}

/// Opens an account that may sign in with [`PASSWORD`].
pub(crate) async fn open_account(
    world: &World,
    rooms: &Identity,
    login: &str,
    role: Role,
    agency: &str,
) -> Opened {
    let seat = NewSeat {
        agency_code: agency.to_owned(),
        role,
        title: String::new(),
        from: None,
        to: None,
    };
    let new = NewAccount {
        login: login.to_owned(),
        display_name: role.label().to_owned(),
        password: Some(PASSWORD.to_owned()),
        is_sample: false,
        seat,
    };
    identity::open_account(&world.system(), rooms, &new).await.unwrap()
}

/// The accounts and sessions, with hashes that cost little.
pub(crate) fn rooms(world: &World) -> Identity {
    Identity::for_commands(world.db.clone(), world.clock.clone(), world.ids.clone())
        .with_cost(Cost::LOW)
}

/// Signs in; answers the session's token.
pub(crate) async fn enter(rooms: &Identity, login: &str) -> String {
    let client = Client::at([127, 0, 0, 1].into());
    let attempt = Attempt { login, password: PASSWORD, client: &client };
    match identity::sign_in(&rooms.stranger(), rooms, attempt).await.unwrap() {
        SignIn::In(ticket) => ticket.token,
        other => panic!("{login} is not in: {other:?}"),
    }
}
