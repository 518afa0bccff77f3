//! Somebody who sent a petition and is the author of an initiative has the first erased.

use std::sync::Arc;

use sauro_initiatives::actions as initiatives;
use sauro_initiatives::model::Terms;
use sauro_kernel::{Actor, Ctx, Role, WorkingCalendar};
use sauro_petitions::actions::{self, Answered, House, Sent};
use sauro_petitions::model::{Channel, Submission};
use sauro_store::{Files, Keys};
use sauro_testkit::on_each_engine;

use crate::doors::sent::sent;
use crate::world::{COMMUNE, PROVINCE, World};

const NAME: &str = "Nguyễn A";

#[tokio::test]
async fn erasing_the_sender_of_a_petition_leaves_the_initiative_its_author_and_the_journal_whole() {
    on_each_engine(async |engine| {
        let home = tempfile::TempDir::new().unwrap();
        let files = Files::open(&home.path().join("files").display().to_string()).await.unwrap();
        let clock = Arc::new(sauro::SystemClock);
        let ids = Arc::new(sauro::FreshIds);
        let world = World::found(&engine.db, &files, clock, ids).await;
        let keys = Keys::open(&home.path().join("keys")).unwrap();
        let calendar = WorkingCalendar::default();
        let (db, directory) = (&world.db, &*world.directory);
        let house = House { db, files: &files, keys: &keys, directory, calendar: &calendar };
        let anybody = Ctx { actor: Actor::public(), ..world.system() };
        let letter = Sent {
            submission: Submission {
                matter: "feedback".to_owned(),
                title: "Trạm y tế chưa có máy đo huyết áp".to_owned(),
                body: format!("Tôi là {NAME}, số 0901234567. Trạm y tế xã chưa có máy."),
                place: directory.by_code(COMMUNE).map(|it| it.id),
                name: NAME.to_owned(),
                contact: "0901234567".to_owned(),
                may_contact: true,
                may_publish: true,
                ..Submission::default()
            },
            files: Vec::new(),
            key: "one".to_owned(),
            channel: Channel::Web,
            source: "192.0.2.1".to_owned(),
            answered: Answered::default(),
        };
        let code = actions::send(&anybody, &house, letter).await.unwrap().code.to_string();
        let initiative = sent(&world, &files, &keys).await;

        actions::erase(&anybody, &house, (&code, "192.0.2.1")).await.unwrap();

        let followed = actions::follow(&anybody, &house, &code, "192.0.2.1").await.unwrap();
        let left = format!("{:?}", followed.case);
        assert!(!left.contains(NAME) && !left.contains("0901234567"), "{left}");
        let desk = world.ctx(Role::FocalOfficer, COMMUNE);
        let view = actions::case_view(&desk, &house, followed.case.id).await.unwrap();
        assert!(view.sender.is_none_or(|it| it.name.is_empty() && it.phone.is_empty()));
        // Both rooms keep who somebody is apart: the work stays its author's.
        let terms = Terms::default();
        let room = initiatives::Room {
            db,
            files: &files,
            keys: &keys,
            directory,
            calendar: &calendar,
            terms,
        };
        let desk = world.ctx(Role::FocalOfficer, PROVINCE);
        let case = initiatives::case(&desk, &room, initiative).await.unwrap();
        let names: Vec<&str> = case.people.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, [NAME]);
        let verdict = sauro_journal::verify(db, None, |_| ()).await.unwrap();
        assert!(verdict.fault.is_none(), "{:?}", verdict.fault);
    })
    .await;
}
