//! An agency is abolished while it holds a case.

use sauro_directory::DirectoryHandle;
use sauro_kernel::Role;
use sauro_petitions::PetitionsError;
use sauro_petitions::actions::{self, House};
use sauro_petitions::model::State;
use sauro_testkit::on_each_engine;

use crate::world::{MINISTRY, World};

const GONE: &str = "code,name,aliases,successor_code,until\nBTP,Bộ Tư pháp,,BKHCN,2026-10-31\n";

#[tokio::test]
async fn cases_of_an_abolished_agency_go_to_its_successor_with_every_promise() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (id, receipt) = world.sent("a").await;
        let (far, _) = world.sent("b").await;
        let before = world.assigned(id, "BTP").await;
        let system = world.system();
        sauro_directory::actions::import_agencies(&system, &world.db, GONE).await.unwrap();
        let handle = DirectoryHandle::load(&system, &world.db).await.unwrap();
        let (directory, calendar) = (handle.directory(), handle.calendar());
        let house = House { directory: &directory, calendar: &calendar, ..world.house() };
        let leader = world.ctx(Role::Leader, MINISTRY);
        let denied = actions::pass_on_cases(&leader, &house).await;
        assert!(matches!(denied, Err(PetitionsError::Denied(_))));
        assert_eq!(actions::pass_on_cases(&system, &house).await.unwrap(), 1);
        assert_eq!(actions::pass_on_cases(&system, &house).await.unwrap(), 0);

        let view = actions::case_view(&leader, &house, id).await.unwrap();
        assert_eq!(view.case.holder, world.agency(MINISTRY));
        assert_eq!(view.case.flow, before.flow);
        assert_eq!(view.case.due_on, before.due_on);
        assert_eq!(view.case.citizen_due_on, before.citizen_due_on);
        let far = actions::case_view(&system, &house, far).await.unwrap();
        assert_ne!(far.case.holder, world.agency(MINISTRY));
        let (anybody, code) = (world.anybody(), receipt.code.to_string());
        let told = actions::follow(&anybody, &house, &code, "192.0.2.1").await.unwrap().happenings;
        assert_eq!(told.last().unwrap().kind.event(), "PetitionPassedOn");
        // Whoever follows works on it as if it had been theirs from the beginning.
        let officer = world.ctx(Role::Officer, MINISTRY);
        let taken = actions::accept(&officer, &house, id).await.unwrap();
        assert_eq!(taken.flow.state, State::Handling);
    })
    .await;
}
