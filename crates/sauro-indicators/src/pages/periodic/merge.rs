//! `/bao-cao-ky/{round}/{unit}/tong-hop`: many reports as one, section by section.

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Path, State};
use axum::response::{Html, Redirect};
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_kernel::{Ctx, RoundId};
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, Faults, filters, page};

use super::shown::unit_name;
use crate::actions::periodic::{Merging, Picked, merge_reports, merging};
use crate::model::periodic::Folded;
use crate::model::short_name;
use crate::pages::answer::shown;

/// Units named beside a sentence; the others are counted.
const NAMED: usize = 3;

/// Sentences shown of one section; those that most units say come first.
const MOST: usize = 300;

struct Section {
    key: String,
    title: String,
    n_said: usize,
    rest: usize,
    folds: Vec<Fold>,
}

struct Fold {
    id: String,
    words: String,
    who: String,
    n: usize,
    /// Everybody's own words, where they differ or are many.
    said: Vec<(String, String)>,
    is_picked: bool,
}

#[derive(Template)]
#[template(path = "periodic/merge.html")]
struct MergePage {
    chrome: Chrome,
    home: String,
    form: String,
    period: String,
    unit: String,
    n_reports: usize,
    sections: Vec<Section>,
    version: i64,
    faults: Faults,
}

/// `GET /bao-cao-ky/{round}/{unit}/tong-hop`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Path((round, unit)): Path<(RoundId, String)>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    draw(&ctx, &db, &directory, (round, &unit), chrome, (&[], Faults::none())).await
}

/// `POST /bao-cao-ky/{round}/{unit}/tong-hop`: what is ticked goes into the report.
pub(super) async fn take(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Path((round, unit)): Path<(RoundId, String)>,
    chrome: Chrome,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    let version = sent.iter().find(|it| it.0 == "phien-ban").and_then(|it| it.1.parse().ok());
    let picked = picked(&sent);
    let key = (round, unit.as_str());
    let names = directory.directory();
    match merge_reports(&ctx, &db, &names, key, (version.unwrap_or(0), &picked)).await {
        Ok(_) => Ok(Redirect::to(&format!("/bao-cao-ky/{round}/{unit}/soan"))),
        Err(err) => {
            let (faults, _) = shown(err)?;
            let again = (picked.as_slice(), faults);
            let drawn = draw(&ctx, &db, &directory, key, chrome, again).await?;
            Err(Failure::Unprocessable(drawn))
        }
    }
}

fn picked(sent: &[(String, String)]) -> Vec<Picked> {
    let mut all: Vec<Picked> = Vec::new();
    for (name, words) in sent {
        let Some(item) = name.strip_prefix("cau-") else { continue };
        match all.iter_mut().find(|it| it.item == item) {
            Some(it) => it.words.push(words.clone()),
            None => all.push(Picked { item: item.to_owned(), words: vec![words.clone()] }),
        }
    }
    all
}

async fn draw(
    ctx: &Ctx,
    db: &Db,
    directory: &DirectoryHandle,
    (round, unit): (RoundId, &str),
    chrome: Chrome,
    (picked, faults): (&[Picked], Faults),
) -> Result<Html<String>, Failure> {
    let directory = directory.directory();
    let merging = merging(ctx, db, &directory, (round, unit)).await?;
    let section = |(item, folds): &(crate::model::periodic::Item, Vec<Folded>)| {
        let chosen = picked.iter().find(|it| it.item == item.key);
        let shown = folds.iter().take(MOST).enumerate().map(|(n, it)| {
            let is_picked = chosen.is_some_and(|chosen| chosen.words.contains(&it.words));
            Fold {
                id: format!("cau-{}-{n}", item.key),
                is_picked,
                ..fold(it, &merging, &directory)
            }
        });
        Section {
            key: item.key.clone(),
            title: item.title.clone(),
            n_said: folds.iter().map(|it| it.said.len()).sum(),
            rest: folds.len().saturating_sub(MOST),
            folds: shown.collect(),
        }
    };
    page(&MergePage {
        home: format!("/bao-cao-ky/{round}/{unit}"),
        form: merging.sheet.form.design.name.clone(),
        period: merging.sheet.round.period.label(),
        unit: unit_name(&merging.sheet.unit, &directory),
        n_reports: merging.reports.len(),
        sections: merging.sections.iter().map(section).collect(),
        version: merging.sheet.report.as_ref().map_or(0, |it| it.version),
        faults,
        chrome,
    })
}

fn fold(it: &Folded, merging: &Merging, directory: &Directory) -> Fold {
    let reports = it.reports();
    let name = |n: usize| {
        let name = merging.reports.get(n).map_or("", |report| directory.name(report.unit.id));
        short_name(name).to_owned()
    };
    let mut names: Vec<String> = reports.iter().take(NAMED).map(|it| name(*it)).collect();
    if reports.len() > NAMED {
        names.push(format!("và {} đơn vị khác", reports.len() - NAMED));
    }
    let differs = it.said.len() > 1;
    Fold {
        id: String::new(),
        words: it.words.clone(),
        who: names.join(", "),
        n: reports.len(),
        said: match differs {
            true => it.said.iter().map(|said| (name(said.report), said.words.clone())).collect(),
            false => Vec::new(),
        },
        is_picked: false,
    }
}
