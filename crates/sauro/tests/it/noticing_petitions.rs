//! The desk that owes the next step of a petition is told, and who decides of what waits for a word.

use sauro_kernel::Role;
use sauro_petitions::actions;
use sauro_petitions::model::Draft;
use sauro_testkit::on_each_engine;

use crate::doors::petitioned::petition;
use crate::noticing::{Cases, News};
use crate::world::{COMMUNE, FAR, PROVINCE};

#[tokio::test]
async fn who_owes_the_next_step_of_a_petition_is_told_and_nobody_elsewhere() {
    on_each_engine(async |engine| {
        let news = News::new(engine).await;
        let cases = Cases::of(&news).await;
        let id = petition(&news.world, &cases.files, &cases.keys).await;
        news.follow().await;
        assert_eq!(news.at(Role::Officer, COMMUNE).await, ["Phản ánh, kiến nghị mới"]);
        assert!(news.at(Role::Leader, COMMUNE).await.is_empty());
        let house = cases.house(&news);
        let officer = news.world.ctx(Role::Officer, COMMUNE);
        actions::receive(&officer, &house, id).await.unwrap();
        let to = house.directory.by_code(PROVINCE).unwrap().id;
        actions::assign(&officer, &house, id, (to, &[]), (false, "")).await.unwrap();
        let above = news.world.ctx(Role::FocalOfficer, PROVINCE);
        actions::accept(&above, &house, id).await.unwrap();
        let draft = Draft {
            closing: "guided".to_owned(),
            words: "Đèn ở chợ do xã quản lý, số trực ghi trên trụ đèn.".to_owned(),
            proof: String::new(),
        };
        actions::submit(&above, &house, id, &draft).await.unwrap();
        news.follow().await;
        let passed = "Được chuyển một vụ việc phản ánh";
        assert_eq!(news.at(Role::FocalOfficer, PROVINCE).await, [passed]);
        assert_eq!(news.at(Role::Leader, PROVINCE).await, ["Câu trả lời chờ duyệt"]);
        for role in [Role::Officer, Role::Leader] {
            assert!(news.at(role, FAR).await.is_empty());
        }
    })
    .await;
}
