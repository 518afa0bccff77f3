//! Petitions that were answered: their masked texts and their last answer.

use sauro_kernel::PetitionId;
use sauro_petitions::PetitionsError;
use sauro_petitions::actions::{self, Line};
use sauro_petitions::model::Field;
use sauro_search::model::{Doc, DocKey, Kind};
use sauro_store::StoreError;
use sauro_ui::percent;

use super::{Reading, code, corrupt, parsed, sentences, uuid_of, within};

pub(super) async fn petitions(
    reading: &mut Reading<'_>,
    ids: &[String],
) -> Result<Vec<Doc>, StoreError> {
    let ids: Vec<PetitionId> = parsed(ids);
    let found = actions::found_cases(reading.conn, &ids).await.map_err(store_of)?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let fields = actions::found_fields(reading.conn).await.map_err(store_of)?;
    Ok(found.iter().map(|it| petition(reading, it, &fields)).collect())
}

pub(super) async fn petitions_after(
    reading: &mut Reading<'_>,
    after: &str,
) -> Result<Vec<String>, StoreError> {
    let after = PetitionId(uuid_of(after));
    let ids = actions::public_cases_after(reading.conn, after).await.map_err(store_of)?;
    Ok(ids.iter().map(ToString::to_string).collect())
}

fn petition(reading: &Reading<'_>, it: &Line, fields: &[Field]) -> Doc {
    let directory = reading.directory;
    let Line { case, answer } = it;
    let field = fields.iter().find(|it| it.code == case.field);
    let agency = answer.as_ref().map(|it| it.agency).or(case.lead);
    let mut codes: Vec<String> =
        agency.into_iter().chain(case.place).flat_map(|it| within(directory, it)).collect();
    codes.sort();
    codes.dedup();
    let place = case.place.map_or("", |it| directory.name(it));
    let words = answer.as_ref().map_or("", |it| it.public_words.as_str());
    Doc {
        key: DocKey::new(Kind::Petition, case.id),
        address: format!("/phan-anh/{}", percent(&case.number)),
        title: case.public_title.clone(),
        summary: case.number.clone(),
        text: sentences(&[&case.public_body, words, place.trim_start_matches("Ủy ban nhân dân ")]),
        agency: agency.map(|it| code(directory, it)).unwrap_or_default(),
        within: codes,
        field: field.map(|it| (it.code.clone(), it.name.clone())).unwrap_or_default(),
        at: case.answered_at.unwrap_or_default(),
    }
}

fn store_of(err: PetitionsError) -> StoreError {
    match err {
        PetitionsError::Store(err) => err,
        err => corrupt("petitions", &err),
    }
}
