//! A petition becomes a task by one act, the desk sees how far it is, and is told when its answer is owed.

use std::sync::Arc;

use sauro::processes::{TasksOfCases, open_case_programme};
use sauro_kernel::{Ctx, DraftId, PetitionId, Role};
use sauro_petitions::actions::{self, CaseTask, House};
use sauro_petitions::{PetitionsError, TaskRoom};
use sauro_tasks::actions::{self as tasks, Verdict, WholeReport};
use sauro_tasks::model::{Claim, Decision, DraftState, ReportFields, ReportItem};
use sauro_testkit::{Engine, on_each_engine};

use crate::doors::petitioned::petition;
use crate::noticing::{Cases, News};
use crate::world::{COMMUNE, FAR, PDF, PROVINCE};

struct Both {
    news: News,
    room: TaskRoom,
    id: PetitionId,
    cases: Cases,
}

impl Both {
    /// A petition that the commune handles.
    async fn new(engine: Engine) -> Self {
        let news = News::new(engine).await;
        let system = news.world.system();
        open_case_programme(&system, news.db(), &news.directory).await.unwrap();
        open_case_programme(&system, news.db(), &news.directory).await.unwrap();
        let made = TasksOfCases::new(system, news.db().clone(), news.directory.clone());
        let cases = Cases::of(&news).await;
        let id = petition(&news.world, &cases.files, &cases.keys).await;
        let room = TaskRoom(Arc::new(made));
        let both = Self { news, room, id, cases };
        let officer = both.ctx(Role::FocalOfficer, COMMUNE);
        let house = both.house();
        actions::receive(&officer, &house, id).await.unwrap();
        let to = both.cases.directory.by_code(COMMUNE).unwrap().id;
        actions::assign(&officer, &house, id, (to, &[]), (false, "")).await.unwrap();
        both
    }

    fn house(&self) -> House<'_> {
        self.cases.house(&self.news)
    }

    fn ctx(&self, role: Role, agency: &str) -> Ctx {
        self.news.world.ctx(role, agency)
    }

    async fn make(&self, role: Role, agency: &str) -> Result<(), PetitionsError> {
        actions::make_task(&self.ctx(role, agency), &self.house(), &self.room, self.id).await
    }

    async fn look(&self) -> Option<CaseTask> {
        self.room.0.look(self.id).await.unwrap()
    }
}

#[tokio::test]
async fn one_act_makes_a_six_clear_task_of_a_case_and_its_end_asks_for_the_answer() {
    on_each_engine(async |engine| {
        let both = Both::new(engine).await;
        let db = both.news.db();
        let officer = both.ctx(Role::FocalOfficer, COMMUNE);
        assert!(matches!(both.make(Role::FocalOfficer, COMMUNE).await, Err(PetitionsError::Stale)));
        actions::accept(&officer, &both.house(), both.id).await.unwrap();
        assert_eq!(both.look().await, None);
        both.make(Role::FocalOfficer, COMMUNE).await.unwrap();
        both.make(Role::FocalOfficer, COMMUNE).await.unwrap();

        let leader = both.ctx(Role::Leader, COMMUNE);
        let drafts = tasks::own_drafts(&leader, db, DraftState::Draft, (0, uuid::Uuid::nil()), 9);
        let drafts = drafts.await.unwrap();
        assert_eq!(drafts.len(), 1);
        let body = &drafts[0].body;
        assert_eq!(drafts[0].id, DraftId(both.id.0));
        assert_eq!(body.work, "Đèn đường ở đầu chợ không sáng");
        assert_eq!(body.authority, both.cases.directory.by_code(PROVINCE).map(|it| it.id));
        let view = actions::case_view(&officer, &both.house(), both.id).await.unwrap();
        assert_eq!(body.deadline.due_on, Some(view.case.citizen_due_on));
        assert!(body.deliverables[0].contains(&view.case.number));
        assert_eq!(body.missing(|_| false), []);
        let told = view.happenings.iter().filter(|it| it.kind.event() == "PetitionTaskMade");
        assert_eq!(told.count(), 1);
        assert_eq!(both.look().await.unwrap().status, ("none", "Dự thảo"));

        let ids = [drafts[0].id];
        tasks::propose_drafts(&leader, db, &*both.cases.directory, &ids).await.unwrap();
        assert_eq!(both.look().await.unwrap().status, ("soon", "Chờ duyệt giao"));
        tasks::issue_drafts(&leader, db, &*both.cases.directory, &ids).await.unwrap();
        let task = both.look().await.unwrap();
        assert!(task.code.starts_with("NV-2026-"), "{task:?}");
        assert!(!task.is_done);

        let seen = tasks::task_view(&leader, db, &task.code).await.unwrap();
        let done = ReportItem {
            deliverable: seen.deliverables[0].id,
            claim: Claim::Done,
            note: String::new(),
        };
        let fields = ReportFields {
            results: "Đèn đã sáng.".to_owned(),
            items: vec![done],
            ..ReportFields::default()
        };
        let file = Some(("bien-ban.pdf".to_owned(), PDF.into()));
        let whole = WholeReport { fields, file, ..WholeReport::default() };
        tasks::report_with_file(&leader, db, &both.cases.files, &task.code, whole).await.unwrap();
        both.news.follow().await;
        let seen = tasks::task_view(&leader, db, &task.code).await.unwrap();
        let verdict = Verdict {
            deliverable: seen.deliverables[0].id,
            decision: Decision::Accepted,
            checked: "Đã đến nơi xem".to_owned(),
            reason: String::new(),
        };
        let verifier = both.ctx(Role::Verifier, PROVINCE);
        tasks::verify(&verifier, db, seen.task.id, vec![verdict], seen.task.version).await.unwrap();
        assert!(both.look().await.unwrap().is_done);
        let owed = "Nhiệm vụ xong, chờ trả lời người gửi".to_owned();
        assert!(!both.news.at(Role::Officer, COMMUNE).await.contains(&owed));
        both.news.follow().await;
        assert!(both.news.at(Role::Officer, COMMUNE).await.contains(&owed));
        assert!(!both.news.at(Role::Officer, FAR).await.contains(&owed));
    })
    .await;
}

#[tokio::test]
async fn whoever_may_not_prepare_tasks_or_does_not_hold_the_case_makes_none() {
    on_each_engine(async |engine| {
        let both = Both::new(engine).await;
        let officer = both.ctx(Role::FocalOfficer, COMMUNE);
        actions::accept(&officer, &both.house(), both.id).await.unwrap();
        for (role, agency) in [(Role::Officer, COMMUNE), (Role::Leader, PROVINCE)] {
            let done = both.make(role, agency).await;
            assert!(matches!(done, Err(PetitionsError::Denied(_))), "{role:?}: {done:?}");
        }
        let done = both.make(Role::Leader, FAR).await;
        assert!(matches!(done, Err(PetitionsError::NotFound(_))), "{done:?}");
        assert_eq!(both.look().await, None);
        // A draft that was set aside leaves the case without a task.
        both.make(Role::Leader, COMMUNE).await.unwrap();
        let leader = both.ctx(Role::Leader, COMMUNE);
        let draft = DraftId(both.id.0);
        tasks::drop_draft(&leader, both.news.db(), draft, "Làm ngay được").await.unwrap();
        assert_eq!(both.look().await, None);
    })
    .await;
}
