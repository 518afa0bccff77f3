//! `/bieu-mau/moi`, `/bieu-mau/{code}`: the designer of a form.

use askama::Template;
use axum::Extension;
use axum::extract::{Form as Body, Path, Query, State};
use axum::response::{Html, Redirect};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Ctx, Right};
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, page};
use serde::Deserialize;

use crate::IndicatorsError;
use crate::actions::periodic::{
    FormFields, ItemFields, define_form, form_by_code, open_round, redesign_form,
};
use crate::model::periodic::{Form, ItemKind, MOST_ITEMS, Schedule};
use crate::model::{Period, PeriodKind, UnitLevel};
use crate::pages::answer::shown;

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The form that is added to.
    them: String,
    vua: String,
}

#[derive(Template)]
#[template(path = "periodic/form.html")]
struct FormPage {
    chrome: Chrome,
    /// The form; none of a new one.
    code: String,
    version: i64,
    /// Parts of the form that is added to: they stay as they are.
    root: Option<(String, Vec<String>)>,
    fields: FormFields,
    kinds: Vec<Choice>,
    rhythms: Vec<Choice>,
    levels: Vec<(Choice, bool)>,
    afters: Vec<Choice>,
    periods: Vec<Choice>,
    period: String,
    is_own: bool,
    faults: Faults,
    done: &'static str,
}

/// `GET /bieu-mau/moi`.
pub(super) async fn new(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let root = root(&ctx, &db, &asked.them).await?;
    let mut fields = usual(root.as_ref());
    fields.extends = asked.them;
    draw(&ctx, chrome, (None, root), fields, (Faults::none(), ""))
}

/// `POST /bieu-mau/moi`.
pub(super) async fn define(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    chrome: Chrome,
    Body(sent): Body<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    let (fields, is_more) = fields(&sent);
    let root = root(&ctx, &db, &fields.extends).await?;
    if is_more {
        let drawn = draw(&ctx, chrome, (None, root), fields, (Faults::none(), ""))?;
        return Err(Failure::Unprocessable(drawn));
    }
    match define_form(&ctx, &db, &directory.directory(), &fields).await {
        Ok(code) => Ok(Redirect::to(&format!("/bieu-mau/{code}?vua=lap"))),
        Err(err) => {
            let (faults, _) = shown(err)?;
            let drawn = draw(&ctx, chrome, (None, root), fields, (faults, ""))?;
            Err(Failure::Unprocessable(drawn))
        }
    }
}

/// `GET /bieu-mau/{code}`.
pub(super) async fn edit(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let (form, root, is_own) = form_by_code(&ctx, &db, &code).await?;
    let done = match asked.vua.as_str() {
        "lap" => "Đã lập biểu mẫu",
        "luu" => "Đã lưu; các đợt đang mở giữ bản trước",
        _ => "",
    };
    let fields = FormFields::of(&form);
    draw(&ctx, chrome, (Some((form, is_own)), root), fields, (Faults::none(), done))
}

/// `POST /bieu-mau/{code}`.
pub(super) async fn redesign(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(code): Path<String>,
    chrome: Chrome,
    Body(sent): Body<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    let (form, root, is_own) = form_by_code(&ctx, &db, &code).await?;
    let (fields, is_more) = fields(&sent);
    let version = sent.iter().find(|it| it.0 == "phien-ban").and_then(|it| it.1.parse().ok());
    let done = match is_more {
        true => Err(IndicatorsError::Sheet(Vec::new())),
        false => redesign_form(&ctx, &db, &code, version.unwrap_or(0), &fields).await,
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/bieu-mau/{code}?vua=luu"))),
        Err(err) => {
            let (faults, _) = shown(err)?;
            let of = (Some((form, is_own)), root);
            Err(Failure::Unprocessable(draw(&ctx, chrome, of, fields, (faults, ""))?))
        }
    }
}

/// `POST /bieu-mau/{code}/mo-dot`.
pub(super) async fn open(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(code): Path<String>,
    chrome: Chrome,
    Body(sent): Body<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    let period = sent.iter().find(|it| it.0 == "ky").map_or("", |it| &it.1);
    match open_round(&ctx, &db, &directory.calendar(), &code, period).await {
        Ok(id) => Ok(Redirect::to(&format!("/bao-cao-ky/{id}"))),
        Err(err) => {
            let (faults, _) = shown(err)?;
            let (form, root, is_own) = form_by_code(&ctx, &db, &code).await?;
            let fields = FormFields::of(&form);
            let of = (Some((form, is_own)), root);
            Err(Failure::Unprocessable(draw(&ctx, chrome, of, fields, (faults, ""))?))
        }
    }
}

/// The form that is added to, if any.
async fn root(ctx: &Ctx, db: &Db, code: &str) -> Result<Option<Form>, Failure> {
    ctx.require(Right::ManageForms, ctx.actor.own())?;
    if code.is_empty() {
        return Ok(None);
    }
    let (form, _, _) = form_by_code(ctx, db, code).await?;
    Ok(Some(form))
}

/// A new form: the customary four sections.
fn usual(root: Option<&Form>) -> FormFields {
    let part = |title: &str, kind: &str| ItemFields {
        title: title.to_owned(),
        kind: kind.to_owned(),
        is_required: true,
        ..ItemFields::default()
    };
    let rhythm = root.map_or(PeriodKind::Month, |it| it.design.rhythm);
    let schedule = Schedule::usual(rhythm);
    let rule = |it: crate::model::periodic::DayRule| (it.after.to_string(), it.day.to_string());
    FormFields {
        rhythm: rhythm.code().to_owned(),
        levels: vec!["province".to_owned(), "commune".to_owned()],
        cut_off: rule(schedule.cut_off),
        commune: rule(schedule.commune),
        above: rule(schedule.above),
        lock_after: schedule.lock_after.to_string(),
        items: match root {
            Some(_) => Vec::new(),
            None => vec![
                part("Kết quả nổi bật", "van-ket-qua"),
                part("Khó khăn, vướng mắc", "van-kho-khan"),
                part("Đề xuất, kiến nghị", "van-de-xuat"),
                part("Nhiệm vụ kỳ tới", "van-ky-toi"),
            ],
        },
        ..FormFields::default()
    }
}

/// The form as typed, and whether another empty part was asked for.
fn fields(sent: &[(String, String)]) -> (FormFields, bool) {
    let of =
        |name: &str| sent.iter().find(|it| it.0 == name).map(|it| it.1.clone()).unwrap_or_default();
    let rule = |name: &str| (of(&format!("{name}-sau")), of(name));
    let n_items: usize = of("so-phan").parse().unwrap_or(0);
    let item = |n: usize| ItemFields {
        key: of(&format!("ten-phan-{n}")),
        title: of(&format!("phan-{n}")),
        hint: of(&format!("goi-y-{n}")),
        kind: of(&format!("loai-{n}")),
        codes: of(&format!("ma-{n}")),
        is_required: !of(&format!("buoc-{n}")).is_empty(),
    };
    let mut items: Vec<ItemFields> = (1..=n_items.min(MOST_ITEMS + 1)).map(item).collect();
    let moved = of("viec");
    let place = |word: &str| moved.strip_prefix(word).and_then(|it| it.parse::<usize>().ok());
    if let Some(n) = place("len-").filter(|it| (2..=items.len()).contains(it)) {
        items.swap(n - 1, n - 2);
    }
    if let Some(n) = place("bo-").filter(|it| (1..=items.len()).contains(it)) {
        items.remove(n - 1);
    }
    if moved == "them" {
        items.push(ItemFields { title: "Phần mới".to_owned(), ..ItemFields::default() });
    }
    let levels = sent.iter().filter(|it| it.0 == "cap").map(|it| it.1.clone()).collect();
    let fields = FormFields {
        code: of("ma"),
        name: of("ten"),
        extends: of("them-vao"),
        rhythm: of("nhip"),
        levels,
        cut_off: rule("chot"),
        commune: rule("han-xa"),
        above: rule("han-tren"),
        lock_after: of("khoa"),
        is_retired: !of("thoi-dung").is_empty(),
        items,
    };
    (fields, !moved.is_empty())
}

fn draw(
    ctx: &Ctx,
    chrome: Chrome,
    (form, root): (Option<(Form, bool)>, Option<Form>),
    fields: FormFields,
    (faults, done): (Faults, &'static str),
) -> Result<Html<String>, Failure> {
    let is_own = form.as_ref().is_none_or(|it| it.1);
    let form = form.map(|it| it.0);
    let rhythm = PeriodKind::of_code(&fields.rhythm).unwrap_or(PeriodKind::Month);
    let unit = if rhythm == PeriodKind::Week { "tuần" } else { "tháng" };
    let level = |it: UnitLevel| {
        let is_on = fields.levels.iter().any(|code| code == it.code());
        (Choice::new(it.code(), it.label()), is_on)
    };
    let periods = Period::latest(rhythm, ctx.today(), 6);
    let has_rounds = form.as_ref().is_some_and(|it| it.extends.is_none() && !it.is_retired);
    page(&FormPage {
        code: form.as_ref().map(|it| it.code.clone()).unwrap_or_default(),
        version: form.as_ref().map_or(0, |it| it.version),
        root: root
            .map(|it| (it.design.name, it.design.items.into_iter().map(|it| it.title).collect())),
        kinds: ItemKind::all().into_iter().map(|it| Choice::new(it.0, it.1)).collect(),
        rhythms: PeriodKind::ALL.into_iter().map(|it| Choice::new(it.code(), it.label())).collect(),
        levels: [UnitLevel::Ministry, UnitLevel::Province, UnitLevel::Commune].map(level).into(),
        afters: vec![
            Choice::new("0", format!("{unit} cuối của kỳ")),
            Choice::new("1", format!("{unit} sau kỳ")),
        ],
        periods: match has_rounds && is_own {
            true => periods.iter().map(|it| Choice::new(it.code(), it.label())).collect(),
            false => Vec::new(),
        },
        period: periods.first().map(|it| it.code()).unwrap_or_default(),
        fields,
        is_own,
        faults,
        done,
        chrome,
    })
}
