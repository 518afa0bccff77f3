//! Something that an agency writes for the portal and has not let out.

use sauro_kernel::Role;
use sauro_portal::actions::{SectionFields, begin, open_section};
use sauro_portal::model::{Item, Kind};

use crate::world::{PROVINCE, World};

pub(crate) async fn written(world: &World) -> Item {
    let leader = world.ctx(Role::Leader, PROVINCE);
    let codes = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect();
    let fields = SectionFields {
        name: "Tin của tỉnh".to_owned(),
        writers: codes(&["officer"]),
        editors: codes(&["focal-officer", "leader"]),
        approvers: codes(&["leader"]),
        ..SectionFields::default()
    };
    let section = open_section(&leader, &world.db, &fields).await.unwrap();
    let officer = world.ctx(Role::FocalOfficer, PROVINCE);
    let place = (section.id, Kind::Article);
    begin(&officer, &world.db, place, "Mở điểm hỗ trợ ở ấp xa").await.unwrap()
}
