//! Somebody who sent a petition to the commune.

use sauro_kernel::{Actor, Ctx, PetitionId, WorkingCalendar};
use sauro_petitions::actions::{self, House, Sent};
use sauro_petitions::model::{Channel, Submission};
use sauro_store::{Files, Keys};

use crate::world::{COMMUNE, World};

/// A case that nobody has looked at yet.
pub(crate) async fn petition(world: &World, files: &Files, keys: &Keys) -> PetitionId {
    let calendar = WorkingCalendar::default();
    let directory = &*world.directory;
    let house = House { db: &world.db, files, keys, directory, calendar: &calendar };
    let ctx = Ctx { actor: Actor::public(), ..world.system() };
    let submission = Submission {
        matter: "feedback".to_owned(),
        title: "Đèn đường ở đầu chợ không sáng".to_owned(),
        body: "Cả tuần nay đèn ở đầu chợ không sáng, buổi tối đi lại khó.".to_owned(),
        place: directory.by_code(COMMUNE).map(|it| it.id),
        name: "Người gửi mẫu".to_owned(),
        contact: "0900000001".to_owned(),
        may_contact: true,
        ..Submission::default()
    };
    let (key, source) = ("doors".to_owned(), "192.0.2.1".to_owned());
    let (files, channel, answered) = (Vec::new(), Channel::Web, actions::Answered::default());
    let sent = Sent { submission, files, key, channel, source, answered };
    let code = actions::send(&ctx, &house, sent).await.unwrap().code.to_string();
    actions::follow(&ctx, &house, &code, "192.0.2.1").await.unwrap().case.id
}
