use std::time::Duration;

use sauro_journal::Event;
use sauro_kernel::{Ctx, fold};
use sauro_store::flood::try_of;
use serde_json::json;
use tokio::time::Instant;

use super::hold::House;
use crate::model::{Reach, email, phone};
use crate::{PetitionsError, store};

/// Codes asked for from one place within an hour before it has to wait.
const MOST_ASKED: i64 = 5;

/// Codes of one case that are sent within an hour.
const MOST_OF_CASE: i64 = 3;

/// The answer takes so long whatever there is, so that the time it takes tells nothing.
const LEAST: Duration = Duration::from_millis(400);

/// Has the tracking code of the case `number` sent once more to the way that its sender left, if that is `contact` and
/// they are `name` (quên mã tra cứu). The number stands in every letter, and a letter may go to somebody else because a
/// contact was mistyped; the name stands in none. Whoever asks is answered the same whether there is such a case, and
/// whether it is theirs.
///
/// # Errors
///
/// [`PetitionsError::Invalid`] when a part is lacking or is none; [`PetitionsError::TooOften`] after several tries.
pub async fn ask_code(
    ctx: &Ctx,
    house: &House<'_>,
    (number, contact, name): (&str, &str, &str),
    source: &str,
) -> Result<(), PetitionsError> {
    let (number, reach) = sound(number, contact, name)?;
    let begun = Instant::now();
    let asked = asked_of(ctx, house, (&number, &reach, &fold(name)), source).await;
    tokio::time::sleep_until(begun + LEAST).await;
    asked
}

fn sound(number: &str, contact: &str, name: &str) -> Result<(String, Reach), PetitionsError> {
    let number = number.trim().to_uppercase();
    let mut faults = Vec::new();
    if number.is_empty() || number.len() > 40 {
        let words =
            "Ghi số vụ việc, ví dụ PA-2026-000123. Số này có trên biên nhận, thư, tin nhắn.";
        faults.push(("so".to_owned(), words.to_owned()));
    }
    if fold(name).is_empty() {
        let words = "Ghi họ và tên như đã ghi khi gửi.";
        faults.push(("ho-ten".to_owned(), words.to_owned()));
    }
    let contact = contact.trim();
    let reach = email(contact).map(Reach::Mail).or_else(|| phone(contact).map(Reach::Phone));
    if reach.is_none() {
        let words = "Ghi đúng số điện thoại hoặc thư điện tử đã ghi khi gửi, ví dụ 0912 345 678.";
        faults.push(("lien-lac".to_owned(), words.to_owned()));
    }
    let Some(reach) = reach.filter(|_| faults.is_empty()) else {
        return Err(PetitionsError::Invalid(faults));
    };
    Ok((number, reach))
}

async fn asked_of(
    ctx: &Ctx,
    house: &House<'_>,
    (number, reach, name): (&str, &Reach, &str),
    source: &str,
) -> Result<(), PetitionsError> {
    let now = ctx.now_us();
    let mut conn = house.db.write().await?;
    let tries = try_of(now, "lost-code", source);
    if sauro_store::tries::count(&mut conn, &tries, now).await? > MOST_ASKED {
        conn.commit().await?;
        return Err(PetitionsError::TooOften);
    }
    if let Some(case) = store::petitions::by_number(&mut conn, number).await? {
        // A sender that does not open is one that nobody is.
        let sender = house.sender(&mut conn, case.id).await.ok().flatten();
        // Counted where it fits alone: whoever knows the number only keeps nobody from their code.
        let of_case = try_of(now, "lost-code-of", number);
        let is_theirs =
            sender.is_some_and(|it| it.reach().as_ref() == Some(reach) && fold(&it.name) == name);
        if is_theirs && sauro_store::tries::count(&mut conn, &of_case, now).await? <= MOST_OF_CASE {
            let event = Event::new("PetitionCodeAsked", "petition", case.id.0, json!({}));
            sauro_journal::append(&mut conn, ctx, event).await?;
        }
    }
    Ok(conn.commit().await?)
}
