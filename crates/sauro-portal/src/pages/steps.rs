//! `POST /bien-tap/{id}/buoc`: the way of an item, its address, its copies, links to previews.

use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect, Response};
use sauro_kernel::PortalItemId;
use sauro_ui::{Caller, Chrome, Failure};

use super::House;
use super::answer::shown;
use super::edit::{Typed, after_step};
use crate::PortalError;
use crate::actions::{self, Step};

/// `POST /bien-tap/{id}/buoc`.
pub(super) async fn take(
    Caller(ctx): Caller,
    house: House,
    Path(id): Path<PortalItemId>,
    chrome: Chrome,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let text =
        |name: &str| sent.iter().find(|it| it.0 == name).map(|it| it.1.clone()).unwrap_or_default();
    let db = &house.state.db;
    let verb = text("viec");
    let typed = Typed {
        note: text("ghi-chu"),
        reason: text("ly-do"),
        law: text("phap-che"),
        at: text("gio-dang"),
        address: text("dia-chi"),
        tongue: text("ngon-ngu"),
        title: text("tieu-de-dich"),
    };
    let stamp: i64 = text("dau").parse().unwrap_or_default();
    let key = (id, stamp);
    let mut to = format!("/bien-tap/{id}?vua={verb}");
    let answer = match verb.as_str() {
        "chep" => match actions::copy(&ctx, db, id).await {
            Ok(it) => {
                to = format!("/bien-tap/{}", it.id);
                Ok(())
            }
            Err(err) => Err(err),
        },
        "xem-truoc" => match actions::link_preview(&ctx, (db, &house.keys), id).await {
            Ok((token, _)) => {
                to = format!("/bien-tap/{id}?lien-ket={token}#xem-truoc");
                Ok(())
            }
            Err(err) => Err(err),
        },
        "dich" => {
            let asked = (text("ngon-ngu"), text("tieu-de-dich"));
            match actions::translate(&ctx, db, id, (&asked.0, &asked.1)).await {
                Ok(it) => {
                    to = format!("/bien-tap/{}", it.id);
                    Ok(())
                }
                Err(err) => Err(err),
            }
        }
        "dia-chi" => actions::rename(&ctx, db, key, &typed.address).await.map(drop),
        "chuyen-muc" => match text("chuyen-muc").parse() {
            Ok(section) => actions::move_to_section(&ctx, db, key, section).await.map(drop),
            Err(_) => Err(PortalError::of_field("chuyen-muc", "Chọn chuyên mục.")),
        },
        "khoi-phuc" => {
            let n: i64 = text("phien-ban").parse().unwrap_or_default();
            actions::restore(&ctx, db, key, n).await.map(drop)
        }
        verb => {
            let step = step_of(verb, &typed).ok_or(Failure::NotFound)?;
            actions::step(&ctx, db, key, &step).await.map(drop)
        }
    };
    let Err(err) = answer else { return Ok(Redirect::to(&to).into_response()) };
    let faults = shown(err)?;
    Err(Failure::Unprocessable(after_step(&ctx, &house, (id, typed), chrome, faults).await?))
}

fn step_of(verb: &str, typed: &Typed) -> Option<Step> {
    Some(match verb {
        "trinh-bien-tap" => Step::Submit,
        "trinh-duyet" => Step::HandUp(typed.note.clone()),
        "tra-lai" => Step::SendBack(typed.reason.clone()),
        "dong-y" => Step::Agree(typed.law.clone()),
        "de-nghi-sua" => Step::Object(typed.law.clone()),
        "duyet" => Step::Approve(typed.at.clone()),
        "bo-hen" => Step::Unschedule,
        "dinh-chinh" => Step::Correct,
        "bo-dinh-chinh" => Step::DropCorrection,
        "go" => Step::Withdraw(typed.reason.clone()),
        "luu-tru" => Step::Archive,
        _ => return None,
    })
}
