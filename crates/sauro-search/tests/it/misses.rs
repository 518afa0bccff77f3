use sauro_kernel::Role;
use sauro_search::actions::{misses, settle_miss};
use sauro_search::{Place, SearchError};
use sauro_testkit::{ctx, on_each_engine};

use crate::pages::{Stage, doc};

#[tokio::test]
async fn words_that_found_nothing_are_counted_without_who_asked_and_nothing_about_a_person_is_kept()
{
    on_each_engine(async |engine| {
        let db = engine.db.clone();
        let stage = Stage::new(engine, &[doc("1", "Đèn đường", "Xã thay đèn.")]).await;
        let visitor = stage.visitor();
        for words in ["cầu treo", "Cau  Treo", "0912 345 678", "an.b@xa.vn", "đèn đường", "…", ""]
        {
            visitor.get(&format!("/tim-kiem?q={}", sauro_ui::percent(words))).await;
        }
        // What an index lacks that is being made is nobody's gap.
        stage.index.commit(Place { position: 2, is_whole: false }).unwrap();
        visitor.get("/tim-kiem?q=b%E1%BA%BFn%20ph%C3%A0").await;
        let officer = ctx(Role::Officer);
        let (all, has_more) = misses(&officer, &db, None).await.unwrap();
        let told: Vec<(&str, i64)> = all.iter().map(|it| (it.words.as_str(), it.n)).collect();
        assert_eq!((told, has_more), (vec![("Cau Treo", 2)], false));
        assert!(misses(&officer, &db, Some((2, "cau treo"))).await.unwrap().0.is_empty());

        let refused = settle_miss(&officer, &db, "cau treo").await;
        assert!(matches!(refused, Err(SearchError::Denied(_))));
        assert!(matches!(misses(&ctx(Role::Public), &db, None).await, Err(SearchError::Denied(_))));
        settle_miss(&ctx(Role::FocalOfficer), &db, "cau treo").await.unwrap();
        assert!(misses(&officer, &db, None).await.unwrap().0.is_empty());
    })
    .await;
}
