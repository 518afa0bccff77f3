use sauro_directory::DirectoryHandle;
use sauro_kernel::Role;
use sauro_search::{Place, SearchIndex};
use sauro_store::Limits;
use sauro_testkit::{ctx, on_sqlite};

use crate::judge;

/// The house's goal is 0.80; what is reached is kept.
const LEAST_NDCG: f64 = 0.80;

#[tokio::test]
async fn of_250_judged_questions_the_best_answers_stand_first() {
    let engine = on_sqlite(Limits::default()).await;
    let system = ctx(Role::System);
    sauro_directory::actions::load_shipped(&system, &engine.db).await.unwrap();
    let directory = DirectoryHandle::load(&system, &engine.db).await.unwrap().directory();
    let home = tempfile::TempDir::new().unwrap();
    let index = SearchIndex::open(home.path()).unwrap();
    let docs = judge::corpus(&directory);
    index.put(&docs).unwrap();
    index.commit(Place { position: 1, is_whole: true }).unwrap();
    let judged = judge::judged(&docs);
    assert!(judged.len() >= 200, "{}", judged.len());
    let scores = judge::score(&index, &directory, &judged);
    for (ndcg, query, first) in scores.worst.iter().take(40) {
        println!("{ndcg:.2}  {query}  {first:?}");
    }
    println!("nDCG@10 {:.3}, recall {:.3}", scores.ndcg, scores.recall);
    assert!(scores.ndcg >= LEAST_NDCG, "nDCG@10 is {:.3}", scores.ndcg);
}
