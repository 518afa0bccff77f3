//! An initiative that somebody sent to the province, whose form nobody has checked yet.

use sauro_initiatives::actions::{self, Room};
use sauro_initiatives::model::{AuthorFields, DossierFields, Terms};
use sauro_kernel::{Ctx, InitiativeId, WorkingCalendar};
use sauro_store::{Files, Keys};

use crate::world::{PROVINCE, World};

pub(crate) async fn sent(world: &World, files: &Files, keys: &Keys) -> InitiativeId {
    let text = |it: &str| it.to_owned();
    let fields = DossierFields {
        kind: text("ky-thuat"),
        area: text("y-te"),
        title: text("Đo huyết áp ở điểm hỗ trợ"),
        texts: ["a", "b", "c", "d", "e"].map(text),
        ownership: ["khong", ""].map(text),
        receiver: text(PROVINCE),
        authors: vec![AuthorFields {
            name: text("Nguyễn A"),
            share: text("100"),
            ..Default::default()
        }],
        phone: text("0901234567"),
        consents: vec![text("xu-ly")],
        is_sworn: true,
        ..DossierFields::default()
    };
    let calendar = WorkingCalendar::new([], []);
    let room = Room {
        db: &world.db,
        files,
        keys,
        directory: &world.directory,
        calendar: &calendar,
        terms: Terms::default(),
    };
    let ctx = Ctx { actor: actions::visitor(), ..world.system() };
    let key = ctx.ids.fresh();
    actions::send(&ctx, &room, key, &fields, Vec::new()).await.unwrap().initiative.id
}
