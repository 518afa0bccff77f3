use sauro_kernel::{Ctx, Right};
use sauro_store::Conn;

use super::hold::{Hold, House};
use crate::model::{Field, Guesses, Sound, agencies_of, fields_of, words_of};
use crate::store::routing::Month;
use crate::{PetitionsError, store};

/// How good suggestions were, by month, newest first, and how many found an answer before they sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoutingFigures {
    /// (month, cases, first right, one of three right, went the wrong way).
    pub months: Vec<(String, i64, i64, i64, i64)>,
    /// (month, field, how many did not have to send).
    pub spared: Vec<(String, String, i64)>,
}

/// What is suggested for a case that comes in.
pub(super) async fn guesses(
    conn: &mut Conn,
    sound: &Sound,
    fields: &[Field],
) -> Result<Guesses, PetitionsError> {
    let text = format!("{} {}", sound.title, sound.body);
    let words = words_of(&text);
    let of_fields = store::routing::learned(conn, &words, "field:").await?;
    let of_agencies = store::routing::learned(conn, &words, "agency:").await?;
    Ok(Guesses {
        fields: fields_of(&text, fields, &of_fields),
        agencies: agencies_of(&of_agencies),
    })
}

/// Learns from a case that was answered where it belongs, and counts how good the suggestions were.
pub(super) async fn learn(hold: &mut Hold<'_>) -> Result<(), PetitionsError> {
    let Some(lead) = hold.case.lead.and_then(|it| hold.house.agency(it)) else { return Ok(()) };
    let code = lead.code.clone();
    let words = words_of(&format!("{} {}", hold.case.title, hold.case.body));
    store::routing::learn(&mut hold.conn, &words, &format!("agency:{code}")).await?;
    if !hold.case.field.is_empty() {
        let target = format!("field:{}", hold.case.field);
        store::routing::learn(&mut hold.conn, &words, &target).await?;
    }
    let guesses: Guesses = serde_json::from_str(&hold.case.guess).unwrap_or_default();
    let place = guesses.agencies.iter().position(|it| it.code == code);
    let happenings = store::events::of_case(&mut hold.conn, hold.case.id).await?;
    let is_wrong = happenings
        .iter()
        .any(|it| matches!(it.kind, crate::model::Kind::Refused | crate::model::Kind::SentUp));
    let month = Month {
        month: hold.ctx.today().format("%Y-%m").to_string(),
        n: 1,
        n_first: i64::from(place == Some(0)),
        n_third: i64::from(place.is_some()),
        n_wrong: i64::from(is_wrong),
    };
    store::routing::count(&mut hold.conn, &month).await?;
    Ok(())
}

/// How good the suggestions are and how often cases go the wrong way.
///
/// # Errors
///
/// [`PetitionsError::Denied`] for whoever does not read petitions.
pub async fn routing_figures(
    ctx: &Ctx,
    house: &House<'_>,
) -> Result<RoutingFigures, PetitionsError> {
    ctx.require(Right::ReadPetitions, ctx.actor.own())?;
    let mut conn = house.db.read().await?;
    let months = store::routing::months(&mut conn).await?;
    let spared = store::routing::spared(&mut conn).await?;
    let line = |it: Month| (it.month, it.n, it.n_first, it.n_third, it.n_wrong);
    Ok(RoutingFigures { months: months.into_iter().map(line).collect(), spared })
}
