use chrono::NaiveDate;
use sauro_kernel::{Ctx, PetitionId};
use sauro_store::Conn;
use sauro_store::flood::try_of;
use serde_json::json;

use super::handle::prose;
use super::hold::{Hold, House, clocks_of};
use super::masking::masked_of;
use super::send::{FileSent, add_files, kept};
use super::sort::above;
use super::{answer, similar, tallies};
use crate::model::{
    Act, Answer, CaseFile, Clocks, Happening, Kind, Petition, SATISFIED_FROM, Sender, TrackingCode,
    masked, object_until,
};
use crate::{PetitionsError, store};

/// Wrong codes tried from one place within an hour before it has to wait.
const MOST_GUESSES: i64 = 30;

/// A case as its sender sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// The case.
    pub case: Petition,
    /// The case that answers for it, when it was merged.
    pub main: Option<String>,
    /// Everybody may read that case.
    pub is_main_public: bool,
    /// The last day on which the sender may object to the merge; none when they may not.
    pub object_until: Option<NaiveDate>,
    /// What happened that is meant for the sender, oldest first.
    pub happenings: Vec<Happening>,
    /// Answers that were approved, oldest first.
    pub answers: Vec<Answer>,
    /// What the sender and the agencies added.
    pub files: Vec<CaseFile>,
    /// Both clocks.
    pub clocks: Clocks,
    /// What the sender wrote of themselves; none once erased.
    pub sender: Option<Sender>,
}

/// The case that `typed` is the code of. A wrong code and a code of nothing look the same, and whoever guesses
/// has to wait.
///
/// # Errors
///
/// [`PetitionsError::NotFound`] without telling why, [`PetitionsError::TooOften`] after many guesses.
pub async fn follow(
    ctx: &Ctx,
    house: &House<'_>,
    typed: &str,
    source: &str,
) -> Result<Followed, PetitionsError> {
    let case = found(ctx, house, typed, source).await?;
    let mut conn = house.db.read().await?;
    let limits = store::fields::limits(&mut conn).await?;
    let all = store::events::of_case(&mut conn, case.id).await?;
    let clocks = clocks_of(house.calendar, &limits, &case, &all);
    let (main, answers) = answers_of(&mut conn, &case).await?;
    let until = object_until(&case, &all, limits.object);
    Ok(Followed {
        is_main_public: main.as_ref().is_some_and(Petition::is_public),
        object_until: until.filter(|day| ctx.today() <= *day),
        happenings: all.into_iter().filter(|it| it.is_public).collect(),
        answers,
        main: main.map(|it| it.number),
        files: store::files::of_case(&mut conn, case.id).await?,
        sender: house.sender(&mut conn, case.id).await?,
        clocks,
        case,
    })
}

/// The approved answers to `case`: of one that was merged those of the main case, which comes with them.
async fn answers_of(
    conn: &mut Conn,
    case: &Petition,
) -> Result<(Option<Petition>, Vec<Answer>), PetitionsError> {
    let main = match case.merged_into {
        Some(id) => store::petitions::find(conn, id).await?,
        None => None,
    };
    let of = main.as_ref().map_or(case.id, |it| it.id);
    let mut answers = store::answers::of_case(conn, of).await?;
    answers.retain(|it| it.approved.is_some());
    if main.is_some() {
        // What was said to another sender is read as the public reads it.
        for it in &mut answers {
            it.words.clone_from(&it.public_words);
        }
    }
    Ok((main, answers))
}

async fn found(
    ctx: &Ctx,
    house: &House<'_>,
    typed: &str,
    source: &str,
) -> Result<Petition, PetitionsError> {
    let guesses = try_of(ctx.now_us(), "guess", source);
    let mut conn = house.db.read().await?;
    if sauro_store::tries::n(&mut conn, &guesses).await? >= MOST_GUESSES {
        return Err(PetitionsError::TooOften);
    }
    // What cannot be a code is a slip of the hand: it looks nothing up and tells nothing.
    let Some(code) = TrackingCode::parse(typed) else {
        return Err(PetitionsError::NotFound("petition"));
    };
    if let Some(case) = store::petitions::by_code(&mut conn, &code.hash()).await? {
        return Ok(case);
    }
    drop(conn);
    let mut conn = house.db.write().await?;
    sauro_store::tries::count(&mut conn, &guesses, ctx.now_us()).await?;
    conn.commit().await?;
    Err(PetitionsError::NotFound("petition"))
}

/// The case of the code, locked for its sender.
pub(super) async fn held<'a>(
    ctx: &'a Ctx,
    house: &'a House<'a>,
    (typed, source): (&str, &str),
) -> Result<Hold<'a>, PetitionsError> {
    let id: PetitionId = found(ctx, house, typed, source).await?.id;
    let mut conn = house.db.write().await?;
    store::petitions::lock(&mut conn, id).await?;
    let case = store::petitions::find(&mut conn, id).await?;
    let case = case.ok_or(PetitionsError::NotFound("petition"))?;
    Ok(Hold::of(ctx, house, conn, case))
}

/// The sender gives what was asked for; the clocks go on.
///
/// # Errors
///
/// [`PetitionsError::Invalid`] with neither words nor a file; [`PetitionsError::NotOpen`] when nothing was asked.
pub async fn give_more(
    ctx: &Ctx,
    house: &House<'_>,
    (typed, source): (&str, &str),
    words: &str,
    files: Vec<FileSent>,
) -> Result<Petition, PetitionsError> {
    let words = match files.is_empty() {
        false if words.trim().is_empty() => "Gửi tệp bổ sung.".to_owned(),
        _ => prose(words, "bo-sung", "điều cần bổ sung, hoặc đính kèm tệp")?,
    };
    found(ctx, house, typed, source).await?;
    let files = kept(house, files).await?;
    let mut hold = held(ctx, house, (typed, source)).await?;
    hold.step(Act::Resume)?;
    add_files(&mut hold, &files).await?;
    hold.note(Kind::GaveMore, None, (true, &words)).await?;
    hold.keep().await
}

/// The sender rates the answer, 1 to 5. From 3 on the case ends; below, another agency or officer decides.
///
/// # Errors
///
/// [`PetitionsError::Invalid`] for another number, or when a bad one comes without a reason;
/// [`PetitionsError::NotOpen`] when there is no answer to rate.
pub async fn rate(
    ctx: &Ctx,
    house: &House<'_>,
    (typed, source): (&str, &str),
    (rating, reason): (i64, &str),
) -> Result<Petition, PetitionsError> {
    if !(1..=5).contains(&rating) {
        return Err(PetitionsError::of_field("danh-gia", "Chọn một mức từ 1 đến 5."));
    }
    let is_satisfied = rating >= SATISFIED_FROM;
    let reason = match (is_satisfied, reason.trim().is_empty()) {
        (true, true) => String::new(),
        _ => prose(reason, "ly-do", "điều còn chưa đúng, để người phúc tra xem lại")?,
    };
    let mut hold = held(ctx, house, (typed, source)).await?;
    hold.case.rating = Some(rating);
    tallies::rated(&mut hold, rating).await?;
    if is_satisfied {
        hold.step(Act::Settle)?;
        hold.note(Kind::Rated, None, (true, &reason)).await?;
        return hold.keep().await;
    }
    hold.step(Act::Reopen)?;
    let reviewer = reviewer(&mut hold).await?;
    hold.give(reviewer)?;
    hold.case.closing = None;
    hold.note(Kind::Reopened, Some(reviewer.0), (true, &reason)).await?;
    hold.keep().await
}

/// Who reviews a contested answer: the agency above the one that gave it.
async fn reviewer(hold: &mut Hold<'_>) -> Result<sauro_kernel::AgencyId, PetitionsError> {
    let lead = hold.case.lead.unwrap_or(hold.case.holder);
    let above_lead = hold.house.above(lead);
    if above_lead != lead { Ok(above_lead) } else { above(hold).await }
}

/// The sender changes whether all may read the case.
///
/// # Errors
///
/// As [`follow`].
pub async fn set_consent(
    ctx: &Ctx,
    house: &House<'_>,
    (typed, source): (&str, &str),
    may_publish: bool,
) -> Result<Petition, PetitionsError> {
    let mut hold = held(ctx, house, (typed, source)).await?;
    hold.case.may_publish = may_publish;
    hold.note(
        Kind::ConsentChanged,
        None,
        (false, if may_publish { "Cho công khai." } else { "Không cho công khai." }),
    )
    .await?;
    similar::show(&mut hold).await?;
    hold.keep().await
}

/// Forgets who sent the case, everywhere it is written, and keeps the case. Nothing in the journal names them.
///
/// # Errors
///
/// As [`follow`].
pub async fn erase(
    ctx: &Ctx,
    house: &House<'_>,
    (typed, source): (&str, &str),
) -> Result<Petition, PetitionsError> {
    let mut hold = held(ctx, house, (typed, source)).await?;
    let names = hold.names().await?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    hold.case.title = masked(&hold.case.title, &names);
    hold.case.body = masked(&hold.case.body, &names);
    hold.case.is_anonymous = true;
    let case = hold.case.clone();
    for mut it in store::events::of_case(&mut hold.conn, case.id).await? {
        let of = |words: &str| masked_of(house.directory, it.account, words, &names);
        (it.words, it.public_words) = (of(&it.words), of(&it.public_words));
        store::events::rewrite(&mut hold.conn, case.id, &it).await?;
    }
    for mut it in store::answers::of_case(&mut hold.conn, case.id).await? {
        answer::mask_anew(house.directory, &mut it, &names);
        store::answers::rewrite(&mut hold.conn, case.id, &it).await?;
    }
    store::petitions::erase(&mut hold.conn, &case).await?;
    store::citizens::forget(&mut hold.conn, case.id).await?;
    hold.note(Kind::Erased, None, (true, "")).await?;
    hold.keep().await
}

/// Everything that is kept about the case and its sender, for the sender: JSON.
///
/// # Errors
///
/// As [`follow`].
pub async fn export(
    ctx: &Ctx,
    house: &House<'_>,
    (typed, source): (&str, &str),
) -> Result<String, PetitionsError> {
    let it = follow(ctx, house, typed, source).await?;
    let happenings: Vec<_> = it
        .happenings
        .iter()
        .map(|it| json!({ "at": it.at, "kind": it.kind.code(), "words": it.words }))
        .collect();
    let answers: Vec<_> = it
        .answers
        .iter()
        .map(|it| json!({ "words": it.words, "result": it.closing.label(), "signer": it.signer }))
        .collect();
    let files: Vec<_> =
        it.files.iter().map(|it| json!({ "name": it.name, "bytes": it.n_bytes })).collect();
    let all = json!({
        "number": it.case.number,
        "title": it.case.title,
        "body": it.case.body,
        "state": it.case.flow.state.code(),
        "sent_at": it.case.sent_at,
        "consent": { "version": it.case.consent, "may_publish": it.case.may_publish },
        "sender": it.sender,
        "happenings": happenings,
        "answers": answers,
        "files": files,
    });
    Ok(serde_json::to_string_pretty(&all).unwrap_or_default())
}
