//! Indicators. What one means is public, and stays so.

use sauro_indicators::IndicatorsError;
use sauro_indicators::actions;
use sauro_indicators::model::Indicator;
use sauro_search::model::{Doc, DocKey, Kind};
use sauro_store::StoreError;
use sauro_ui::percent;

use super::{Reading, code, corrupt, sentences, within};

pub(super) async fn indicators(
    reading: &mut Reading<'_>,
    ids: &[String],
) -> Result<Vec<Doc>, StoreError> {
    let mut docs = Vec::with_capacity(ids.len());
    let mut after = String::new();
    loop {
        let page = next(reading, &after).await?;
        let Some(last) = page.last() else { return Ok(docs) };
        after.clone_from(&last.code);
        docs.extend(page.iter().filter(|it| ids.contains(&it.code)).map(|it| doc(reading, it)));
    }
}

pub(super) async fn indicators_after(
    reading: &mut Reading<'_>,
    after: &str,
) -> Result<Vec<String>, StoreError> {
    Ok(next(reading, after).await?.into_iter().map(|it| it.code).collect())
}

async fn next(reading: &mut Reading<'_>, after: &str) -> Result<Vec<Indicator>, StoreError> {
    actions::indicators_after(reading.conn, after).await.map_err(|err| match err {
        IndicatorsError::Store(err) => err,
        err => corrupt("indicators", &err),
    })
}

fn doc(reading: &Reading<'_>, it: &Indicator) -> Doc {
    let directory = reading.directory;
    let def = &it.definition;
    Doc {
        key: DocKey::new(Kind::Indicator, &it.code),
        address: format!("/ket-qua/chi-so/{}", percent(&it.code)),
        title: def.name.clone(),
        summary: it.code.clone(),
        text: sentences(&[
            &def.note,
            &format!("Đơn vị tính: {}", def.unit),
            &format!("{} phụ trách", directory.name(it.owner)),
            &def.basis,
        ]),
        agency: code(directory, it.owner),
        within: within(directory, it.owner),
        field: (String::new(), String::new()),
        at: 0,
    }
}
