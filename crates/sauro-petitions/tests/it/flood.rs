//! Very much at once: from one place, and word for word from many.

use sauro_petitions::PetitionsError;
use sauro_petitions::actions::{self, Answered, Sent};
use sauro_testkit::on_each_engine;

use crate::world::World;

const NUMBERS: [&str; 9] = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

/// What a person answers to `một cộng chín bằng mấy?`.
fn sum(words: &str) -> usize {
    let of = |word: &str| NUMBERS.iter().position(|it| *it == word).unwrap() + 1;
    let words: Vec<&str> = words.split(' ').collect();
    of(words[0]) + of(words[2])
}

#[tokio::test]
async fn a_flood_of_one_text_stops_at_a_question_that_people_answer() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (ctx, house) = (world.anybody(), world.house());
        let alike = |n: usize| {
            let mut sent = world.letter("x");
            sent.key = format!("form {n}");
            // However it is written, and wherever from.
            sent.submission.body = match n % 2 {
                0 => sent.submission.body.to_uppercase(),
                _ => sent.submission.body.replace(' ', "  "),
            };
            Sent { source: format!("198.51.100.{n}"), ..sent }
        };
        let mut n_asked = 0;
        let mut question = None;
        for n in 0..400 {
            match actions::send(&ctx, &house, alike(n)).await {
                Ok(_) => {}
                Err(PetitionsError::Asked(it)) => {
                    n_asked += 1;
                    question = Some((n, it));
                }
                Err(err) => panic!("{err}"),
            }
        }
        assert_eq!((world.count("petitions").await, n_asked), (10, 390));
        // What was refused left no row behind: one for each place that got through, one for the text.
        assert_eq!(world.count("petition_tries").await, 11);

        let (n, question) = question.unwrap();
        let answer = |n: usize, words: String| Sent {
            answered: Answered { token: question.token.clone(), words },
            ..alike(n)
        };
        let right = sum(&question.words);
        let wrong = actions::send(&ctx, &house, answer(n, (right + 1).to_string())).await;
        assert!(matches!(wrong, Err(PetitionsError::Asked(_))), "{wrong:?}");
        // The answer opens for the form for which it was asked, and for no other.
        let other = actions::send(&ctx, &house, answer(n + 1, right.to_string())).await;
        assert!(matches!(other, Err(PetitionsError::Asked(_))), "{other:?}");
        let first = actions::send(&ctx, &house, answer(n, format!(" {right} "))).await.unwrap();
        let again = actions::send(&ctx, &house, answer(n, right.to_string())).await.unwrap();
        assert_eq!(first, again);
        // Somebody with a matter of their own is asked nothing.
        actions::send(&ctx, &house, world.letter("own")).await.unwrap();
        // An hour later it is calm again.
        world.pass_hours(1);
        actions::send(&world.anybody(), &house, alike(900)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn one_place_that_sends_for_ever_is_asked_and_then_stopped() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (ctx, house) = (world.anybody(), world.house());
        let mut n_asked = 0;
        let mut n_stopped = 0;
        for n in 0..80 {
            let letter = || Sent { source: "one".to_owned(), ..world.letter(&format!("k{n}")) };
            let question = match actions::send(&ctx, &house, letter()).await {
                Ok(_) => continue,
                Err(PetitionsError::Asked(it)) => it,
                Err(PetitionsError::TooOften) => {
                    n_stopped += 1;
                    continue;
                }
                Err(err) => panic!("{err}"),
            };
            n_asked += 1;
            let words = sum(&question.words).to_string();
            let answered = Answered { token: question.token, words };
            actions::send(&ctx, &house, Sent { answered, ..letter() }).await.unwrap();
        }
        assert_eq!((n_asked, n_stopped), (40, 20));
        assert_eq!(world.count("petitions").await, 60);
        // Others are not slowed.
        actions::send(&ctx, &house, world.letter("other")).await.unwrap();
    })
    .await;
}
