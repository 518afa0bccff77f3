use std::time::Duration;

use sauro_journal::Event;
use sauro_kernel::{Ctx, fold};
use sauro_store::flood::try_of;
use serde_json::json;
use tokio::time::Instant;

use super::hold::House;
use crate::model::{Reach, Ways, email, is_mobile, phone};
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
/// [`PetitionsError::Invalid`] when a part is lacking or is none, and for a contact that nothing is sent to here, which
/// is seen without a case; [`PetitionsError::TooOften`] after several tries.
pub async fn ask_code(
    ctx: &Ctx,
    house: &House<'_>,
    (number, contact, name): (&str, &str, &str),
    (ways, source): (Ways, &str),
) -> Result<(), PetitionsError> {
    let (number, reach) = sound(ways, (number, contact, name))?;
    let begun = Instant::now();
    let asked = asked_of(ctx, house, (&number, &reach, &fold(name)), source).await;
    tokio::time::sleep_until(begun + LEAST).await;
    asked
}

fn sound(
    ways: Ways,
    (number, contact, name): (&str, &str, &str),
) -> Result<(String, Reach), PetitionsError> {
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
    match reached(ways, contact.trim()) {
        Ok(reach) if faults.is_empty() => Ok((number, reach)),
        Ok(_) => Err(PetitionsError::Invalid(faults)),
        Err(words) => {
            faults.push(("lien-lac".to_owned(), words.to_owned()));
            Err(PetitionsError::Invalid(faults))
        }
    }
}

/// The way that `contact` is, or why nothing is sent there, in Vietnamese.
fn reached(ways: Ways, contact: &str) -> Result<Reach, &'static str> {
    let reach = email(contact).map(Reach::Mail).or_else(|| phone(contact).map(Reach::Phone));
    match reach {
        None => Err("Ghi đúng số điện thoại hoặc thư điện tử đã ghi khi gửi, ví dụ 0912 345 678."),
        Some(Reach::Phone(phone)) if !is_mobile(&phone) => Err(
            "Số máy bàn không nhận được tin nhắn. Nếu khi gửi có ghi thư điện tử hoặc số di động thì ghi vào đây; nếu không, đến cơ quan đang giữ vụ việc, mang theo giấy tờ.",
        ),
        Some(Reach::Phone(_)) if !ways.sms => Err(
            "Nơi này chưa gửi tin nhắn. Nếu khi gửi có ghi thư điện tử thì ghi thư điện tử; nếu không, đến cơ quan đang giữ vụ việc, mang theo giấy tờ.",
        ),
        Some(Reach::Mail(_)) if !ways.mail => Err(
            "Nơi này chưa gửi thư điện tử. Nếu khi gửi có ghi số di động thì ghi số di động; nếu không, đến cơ quan đang giữ vụ việc, mang theo giấy tờ.",
        ),
        Some(reach) => Ok(reach),
    }
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
