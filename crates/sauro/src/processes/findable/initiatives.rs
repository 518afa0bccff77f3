//! Initiatives that are listed, and problems that were published.

use sauro_initiatives::InitiativesError;
use sauro_initiatives::actions;
use sauro_initiatives::model::{Dossier, Initiative, Problem};
use sauro_kernel::{AgencyId, InitiativeId, ProblemId};
use sauro_search::model::{Doc, DocKey, Kind};
use sauro_store::StoreError;
use sauro_ui::percent;

use super::{Reading, code, corrupt, parsed, sentences, uuid_of, within};

pub(super) async fn initiatives(
    reading: &mut Reading<'_>,
    ids: &[String],
) -> Result<Vec<Doc>, StoreError> {
    let ids: Vec<InitiativeId> = parsed(ids);
    let found = actions::found_initiatives(reading.conn, &ids).await.map_err(store_of)?;
    Ok(found.iter().map(|(it, dossier)| initiative(reading, it, dossier.as_ref())).collect())
}

pub(super) async fn initiatives_after(
    reading: &mut Reading<'_>,
    after: &str,
) -> Result<Vec<String>, StoreError> {
    let after = InitiativeId(uuid_of(after));
    let ids = actions::listed_after(reading.conn, after).await.map_err(store_of)?;
    Ok(ids.iter().map(ToString::to_string).collect())
}

fn initiative(reading: &Reading<'_>, it: &Initiative, dossier: Option<&Dossier>) -> Doc {
    let directory = reading.directory;
    let place = AgencyId::of_code(&format!("UBND-{}", it.place));
    let mut codes: Vec<String> = [it.receiver, place]
        .into_iter()
        .chain(it.unit)
        .flat_map(|id| within(directory, id))
        .collect();
    codes.sort();
    codes.dedup();
    let said = dossier.map(|it| {
        let parts = [&it.present, &it.content, &it.novelty, &it.applicability, &it.benefit];
        sentences(&parts.map(String::as_str))
    });
    Doc {
        key: DocKey::new(Kind::Initiative, it.id),
        address: format!("/sang-kien/{}", percent(it.code.as_str())),
        title: it.title.clone(),
        summary: it.code.to_string(),
        text: sentences(&[said.as_deref().unwrap_or_default(), it.kind.label(), it.area.label()]),
        agency: code(directory, it.receiver),
        within: codes,
        field: (it.area.code().to_owned(), it.area.label().to_owned()),
        at: it.sent_at,
    }
}

pub(super) async fn problems(
    reading: &mut Reading<'_>,
    ids: &[String],
) -> Result<Vec<Doc>, StoreError> {
    let ids: Vec<ProblemId> = parsed(ids);
    let found = actions::found_problems(reading.conn, &ids).await.map_err(store_of)?;
    Ok(found.iter().map(|it| problem(reading, it)).collect())
}

pub(super) async fn problems_after(
    reading: &mut Reading<'_>,
    after: &str,
) -> Result<Vec<String>, StoreError> {
    let after = ProblemId(uuid_of(after));
    let ids = actions::problems_after(reading.conn, after).await.map_err(store_of)?;
    Ok(ids.iter().map(ToString::to_string).collect())
}

fn problem(reading: &Reading<'_>, it: &Problem) -> Doc {
    let directory = reading.directory;
    let text = &it.text;
    Doc {
        key: DocKey::new(Kind::Problem, it.id),
        address: format!("/dat-hang/{}", percent(&it.number)),
        title: text.title.clone(),
        summary: it.number.clone(),
        text: sentences(&[&text.pain, &text.wanted, directory.name(it.agency)]),
        agency: code(directory, it.agency),
        within: within(directory, it.agency),
        field: (text.area.code().to_owned(), text.area.label().to_owned()),
        at: it.published_at,
    }
}

fn store_of(err: InitiativesError) -> StoreError {
    match err {
        InitiativesError::Store(err) => err,
        err => corrupt("initiatives", &err),
    }
}
