use std::collections::HashSet;

use sauro_directory::model::Directory;
use sauro_journal::Event;
use sauro_kernel::{Ctx, FormId, Line, Right};
use sauro_store::{Conn, Db, StoreError};
use serde_json::json;

use super::authority::may_manage;
use super::form_fields::FormFields;
use crate::actions::read::all;
use crate::model::periodic::{Design, Form, problems};
use crate::{IndicatorsError, store};

/// Defines a form of the caller's agency, or what the agency adds to another one's (lập biểu mẫu). Answers
/// its code.
///
/// # Errors
///
/// [`IndicatorsError::Sheet`] names every field to mend; [`IndicatorsError::Denied`] for those without the
/// right.
pub async fn define_form(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    fields: &FormFields,
) -> Result<String, IndicatorsError> {
    ctx.require(Right::ManageForms, ctx.actor.own())?;
    let agency = directory
        .agency(ctx.actor.agency)
        .ok_or(IndicatorsError::NotFound("agency of the caller"))?;
    let mut conn = db.write().await?;
    let root = root_of(&mut conn, fields).await?;
    if let Some(root) = &root {
        let is_within = root.owner != agency.id && root.owner_scope.covers(&agency.path);
        if root.extends.is_some() || !is_within {
            return Err(IndicatorsError::NotFound("form to add to"));
        }
    }
    let mut faults = Vec::new();
    let code = code(&mut conn, fields, &mut faults).await?;
    let design = design(&mut conn, fields, root.as_ref(), faults).await?;
    let form = Form {
        id: FormId(ctx.ids.fresh()),
        code: code.clone(),
        owner: agency.id,
        owner_path: agency.path.clone(),
        owner_scope: agency.scope.clone(),
        extends: root.map(|it| it.id),
        is_retired: false,
        version: 1,
        design,
    };
    store::periodic::forms::insert(&mut conn, &form, ctx.actor.account, ctx.now_us())
        .await
        .map_err(taken)?;
    sauro_journal::append(&mut conn, ctx, event("FormDefined", &form)).await?;
    conn.commit().await?;
    Ok(code)
}

/// Gives the form named `code` another design, as read at `version`. Rounds that are open keep theirs.
///
/// # Errors
///
/// As [`define_form`]; [`IndicatorsError::Stale`] when somebody else was faster.
pub async fn redesign_form(
    ctx: &Ctx,
    db: &Db,
    code: &str,
    version: i64,
    fields: &FormFields,
) -> Result<(), IndicatorsError> {
    let mut conn = db.write().await?;
    let old = store::periodic::forms::find_by_code(&mut conn, code)
        .await?
        .ok_or(IndicatorsError::NotFound("form"))?;
    may_manage(ctx, &old)?;
    if old.version != version {
        return Err(IndicatorsError::Stale);
    }
    let root = match old.extends {
        Some(id) => store::periodic::forms::find(&mut conn, id).await?,
        None => None,
    };
    let design = design(&mut conn, fields, root.as_ref(), Vec::new()).await?;
    let form = Form { version: version + 1, is_retired: fields.is_retired, design, ..old };
    let by = (ctx.actor.account, ctx.now_us());
    if !store::periodic::forms::redesign(&mut conn, &form, by.0, by.1).await? {
        return Err(IndicatorsError::Stale);
    }
    sauro_journal::append(&mut conn, ctx, event("FormChanged", &form)).await?;
    conn.commit().await?;
    Ok(())
}

async fn root_of(conn: &mut Conn, fields: &FormFields) -> Result<Option<Form>, IndicatorsError> {
    if fields.extends.trim().is_empty() {
        return Ok(None);
    }
    let found = store::periodic::forms::find_by_code(conn, fields.extends.trim()).await?;
    found.map(Some).ok_or(IndicatorsError::NotFound("form to add to"))
}

async fn code(
    conn: &mut Conn,
    fields: &FormFields,
    faults: &mut Vec<(String, String)>,
) -> Result<String, IndicatorsError> {
    let code = fields.code.trim().to_uppercase();
    let is_plain = |it: char| it.is_ascii_alphanumeric() || it == '-';
    if !(2..=40).contains(&code.chars().count()) || !code.chars().all(is_plain) {
        let words = "Mã gồm 2 đến 40 chữ cái không dấu, chữ số hoặc gạch nối, như BC-NQ57-THANG.";
        faults.push(("ma".to_owned(), words.to_owned()));
    } else if store::periodic::forms::find_by_code(conn, &code).await?.is_some() {
        faults.push(("ma".to_owned(), format!("Đã có biểu mẫu mang mã {code}; chọn mã khác.")));
    }
    Ok(code)
}

/// The design that `fields` come down to, or every fault in them.
async fn design(
    conn: &mut Conn,
    fields: &FormFields,
    root: Option<&Form>,
    mut faults: Vec<(String, String)>,
) -> Result<Design, IndicatorsError> {
    let name = match Line::parse(&fields.name) {
        Ok(it) => it.as_str().to_owned(),
        Err(_) => {
            let words = format!("Nhập tên biểu mẫu, tối đa {} ký tự.", Line::MAX_CHARS);
            faults.push(("ten".to_owned(), words));
            String::new()
        }
    };
    let read = fields.design(name, root, &mut faults);
    if let Some(design) = &read {
        let known: HashSet<String> = all(conn).await?.into_iter().map(|it| it.code).collect();
        faults.extend(problems(design, &|code| known.contains(code)));
    }
    match read {
        Some(design) if faults.is_empty() => Ok(design),
        _ => Err(IndicatorsError::Sheet(faults)),
    }
}

fn event(kind: &'static str, form: &Form) -> Event {
    let data = json!({
        "code": form.code,
        "name": form.design.name,
        "version": form.version,
        "retired": form.is_retired,
    });
    Event::new(kind, "report_form", form.id, data)
}

/// Of two who define the same at once, the second is told.
fn taken(err: StoreError) -> IndicatorsError {
    match err {
        StoreError::Conflict(_) => IndicatorsError::of_field(
            "ma",
            "Mã này vừa được dùng, hoặc cơ quan đã có phần bổ sung cho biểu mẫu đó.",
        ),
        err => err.into(),
    }
}
