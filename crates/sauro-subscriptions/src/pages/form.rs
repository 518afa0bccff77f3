//! The form of what somebody wants to be told of, as two pages show it.

use axum::extract::Form;
use sauro_kernel::AgencyId;
use sauro_store::StoreError;
use sauro_ui::Choice;

use super::House;
use crate::model::{Rhythm, Subject, WishFields};

/// What a form sends, name by name.
pub(super) type Sent = Form<Vec<(String, String)>>;

/// One subject to be chosen.
pub(super) struct Tick {
    pub(super) code: String,
    pub(super) label: String,
    pub(super) is_on: bool,
}

/// The subjects to choose from, in groups.
pub(super) struct Ticks {
    pub(super) shelves: Vec<Tick>,
    pub(super) topics: Vec<Tick>,
    pub(super) agencies: Vec<Tick>,
}

/// What was sent, as typed.
pub(super) fn fields(sent: &[(String, String)]) -> WishFields {
    let one =
        |name: &str| sent.iter().find(|it| it.0 == name).map(|it| it.1.clone()).unwrap_or_default();
    let subjects = sent.iter().filter(|it| it.0 == "muc").map(|it| it.1.clone()).collect();
    WishFields {
        address: one("thu"),
        rhythm: one("nhip"),
        subjects,
        is_agreed: one("dong-y") == "1",
    }
}

/// All subjects, those in `chosen` ticked; of agencies only those.
pub(super) async fn ticks(house: &House, chosen: &[String]) -> Result<Ticks, StoreError> {
    let topics = house.office.topics().await?;
    let tick = |subject: Subject, label: String| {
        let code = subject.code();
        Tick { is_on: chosen.contains(&code), code, label }
    };
    let agency = |id: AgencyId| {
        let name = house.office.name_of(Subject::Agency(id), &topics)?;
        Some(tick(Subject::Agency(id), name))
    };
    let agencies = chosen.iter().filter_map(|it| match Subject::of_code(it) {
        Some(Subject::Agency(id)) => agency(id),
        _ => None,
    });
    Ok(Ticks {
        shelves: Subject::SHELVES.map(|it| tick(it, it.label().to_owned())).into(),
        agencies: agencies.collect(),
        topics: topics.iter().map(|it| tick(Subject::Topic(it.id), it.name.clone())).collect(),
    })
}

/// How often one may hear.
pub(super) fn rhythms() -> Vec<Choice> {
    Rhythm::ALL.map(|it| Choice::new(it.word(), it.label())).into()
}
