//! Very many dossiers at once.

use sauro_initiatives::InitiativesError;
use sauro_initiatives::actions::{self, Answered, Outside};
use sauro_kernel::Role;
use sauro_store::run;
use sauro_testkit::on_each_engine;

use crate::world::{COMMUNE, World};

const NUMBERS: [&str; 9] = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

/// What a person answers to `một cộng chín bằng mấy?`.
fn sum(words: &str) -> String {
    let of = |word: &str| NUMBERS.iter().position(|it| *it == word).unwrap() + 1;
    let words: Vec<&str> = words.split(' ').collect();
    (of(words[0]) + of(words[2])).to_string()
}

// I71
#[tokio::test]
async fn a_flood_of_dossiers_from_one_place_stops_at_a_question_and_then_at_a_limit() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (room, ctx) = (world.room(), world.anybody());
        let outside =
            |answered| Outside { source: "192.0.2.7".to_owned(), answered, citizen: None };
        let (mut n_asked, mut n_sent) = (0, 0);
        let stopped = loop {
            let key = world.fresh();
            let mut fields = world.fields();
            // Word for word the same would be a flood by itself.
            fields.title = format!("{} số {n_sent}", fields.title);
            let mut from = outside(Answered::default());
            let mut came = actions::send_from(&ctx, &room, (key, &from), &fields, Vec::new()).await;
            if let Err(InitiativesError::Asked(question)) = &came {
                n_asked += 1;
                let token = question.token.clone();
                let wrong = outside(Answered { token: token.clone(), words: "0".to_owned() });
                let again =
                    actions::send_from(&ctx, &room, (key, &wrong), &fields, Vec::new()).await;
                assert!(matches!(again, Err(InitiativesError::Asked(_))));
                from = outside(Answered { token, words: sum(&question.words) });
                came = actions::send_from(&ctx, &room, (key, &from), &fields, Vec::new()).await;
            }
            match came {
                Ok(sent) => {
                    n_sent += 1;
                    assert!(!sent.is_again);
                    // The same form again is the same dossier, and counts nothing.
                    let again =
                        actions::send_from(&ctx, &room, (key, &from), &fields, Vec::new()).await;
                    assert!(again.unwrap().is_again);
                }
                Err(err) => break err,
            }
        };
        assert!(matches!(stopped, InitiativesError::TooOften), "{stopped}");
        assert_eq!((n_sent, n_asked), (30, 20));
        const SQL: &str = "SELECT count(*) FROM initiatives";
        let mut conn = world.db.read().await.unwrap();
        let n: i64 = run!(conn, c => sqlx::query_scalar(SQL).fetch_one(c).await).unwrap();
        assert_eq!(n, 30);
        drop(conn);
        // Whoever is signed in is no flood.
        let officer = world.ctx(Role::Officer, COMMUNE);
        let from = (world.fresh(), &outside(Answered::default()));
        actions::send_from(&officer, &room, from, &world.fields(), Vec::new()).await.unwrap();
    })
    .await;
}

// I71
#[tokio::test]
async fn one_dossier_word_for_word_from_many_places_is_asked_about() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (room, ctx) = (world.room(), world.anybody());
        let mut n_asked = 0;
        for n in 0..8 {
            let mut fields = world.fields();
            if n % 2 == 0 {
                fields.title = fields.title.to_uppercase();
            }
            let from = Outside { source: format!("198.51.100.{n}"), ..Outside::default() };
            let key = (world.fresh(), &from);
            match actions::send_from(&ctx, &room, key, &fields, Vec::new()).await {
                Ok(_) => {}
                Err(InitiativesError::Asked(_)) => n_asked += 1,
                Err(err) => panic!("{err}"),
            }
        }
        assert_eq!(n_asked, 3);
    })
    .await;
}
