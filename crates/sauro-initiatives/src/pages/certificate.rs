//! `/sang-kien/{code}/chung-nhan/{check}`: whether a certificate holds, for whoever has its paper; and for
//! those who hand it out the paper and the file.

use askama::Template;
use axum::extract::{Form, Path};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::Datelike;
use sauro_directory::{Letterhead, Printer};
use sauro_kernel::InitiativeId;
use sauro_papers::{Block, Chart, Drawn, Layout, OfficialPaper, PaperDate, PaperHead};
use sauro_ui::{Caller, Chrome, Failure, filters, page, words};

use super::answer::shown;
use super::case::found;
use super::desk_case::draw;
use super::view::authors;
use super::{House, Sent, text};
use crate::InitiativesError;
use crate::actions;
use crate::model::{Certificate, CertificateWords, Initiative, fingerprint};

/// A certificate in a list: number, day, and why it does not hold any more.
pub(super) struct CertificateRow {
    pub(super) number: String,
    pub(super) issued_on: String,
    pub(super) withdrawn: String,
}

impl CertificateRow {
    pub(super) fn of(it: &Certificate) -> Self {
        let withdrawn = it
            .withdrawn
            .as_ref()
            .map(|(at, reason)| format!("Đã thu hồi lúc {}: {reason}", words::datetime(*at)));
        Self {
            number: it.number.clone(),
            issued_on: words::date(it.issued_on),
            withdrawn: withdrawn.unwrap_or_default(),
        }
    }
}

#[derive(Template)]
#[template(path = "initiatives/certificate.html")]
struct CertificatePage {
    chrome: Chrome,
    it: Initiative,
    words: CertificateWords,
    row: CertificateRow,
    fingerprint: String,
    key: String,
    authors: Vec<(String, String)>,
    /// The authors agreed to be named.
    is_named: bool,
    check: String,
    typed: String,
    /// Whether the name that was typed stands on the paper.
    answer: Option<bool>,
}

/// `GET /sang-kien/{code}/chung-nhan/{check}`.
pub(super) async fn show(
    house: House,
    Path((code, check)): Path<(String, String)>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    show_with(house, (code, check), chrome, String::new()).await
}

/// `POST /sang-kien/{code}/chung-nhan/{check}`: does the name that was typed stand on the paper? In no
/// address, for addresses are written down along the way.
pub(super) async fn compare(
    house: House,
    Path((code, check)): Path<(String, String)>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let typed: String = text(&sent, "ten").chars().take(100).collect();
    show_with(house, (code, check), chrome, typed).await
}

async fn show_with(
    house: House,
    (code, check): (String, String),
    chrome: Chrome,
    typed: String,
) -> Result<Response, Failure> {
    let case = found(&house, &code).await?;
    let found = actions::certificate(&house.room(), &case, &check).await;
    let (it, words) = match found {
        Err(InitiativesError::NotFound(_)) => {
            // Guessing takes as long as guessing the code of an initiative.
            tokio::time::sleep(super::case::PAUSE).await;
            return Err(Failure::NotFound);
        }
        found => found?,
    };
    let html = page(&CertificatePage {
        row: CertificateRow::of(&it),
        fingerprint: fingerprint(&it.signature),
        key: hex::encode(house.keys.public_key()),
        is_named: case.authors.iter().all(|it| !it.public_name.is_empty()),
        authors: authors(&case),
        answer: (!typed.trim().is_empty()).then(|| words.names(&typed)),
        words,
        check,
        typed,
        it: case.initiative,
        chrome,
    })?;
    Ok(([(header::CACHE_CONTROL, "no-store")], html).into_response())
}

/// `POST /ho-so-sang-kien/{id}/chung-nhan`: certifies, or withdraws the certificate.
pub(super) async fn change(
    Caller(ctx): Caller,
    house: House,
    Path(id): Path<InitiativeId>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let room = house.room();
    let answer = match text(&sent, "viec") {
        "cap" => actions::certify(&ctx, &room, id).await.map(|_| "cap"),
        "thu-hoi" => {
            let reason = text(&sent, "thu-hoi");
            actions::withdraw_certificate(&ctx, &room, id, reason).await.map(|()| "thu-hoi")
        }
        _ => return Err(Failure::NotFound),
    };
    match answer {
        Ok(done) => Ok(Redirect::to(&format!("/ho-so-sang-kien/{id}?vua={done}")).into_response()),
        Err(err) => {
            let faults = shown(err)?;
            let html: Html<String> = draw((&ctx, &house, chrome), id, &sent, (faults, "")).await?;
            Err(Failure::Unprocessable(html))
        }
    }
}

/// `GET /ho-so-sang-kien/{id}/chung-nhan.json`: the file that proves the certificate without this server.
pub(super) async fn file(
    Caller(ctx): Caller,
    house: House,
    Path(id): Path<InitiativeId>,
) -> Result<Response, Failure> {
    let (_, words, file) = actions::certificate_to_hand_out(&ctx, &house.room(), id).await?;
    let name = format!("chung-nhan-{}.json", words.code);
    Ok(sauro_directory::file(&name, "application/json", file.bytes()))
}

/// `GET /ho-so-sang-kien/{id}/chung-nhan.pdf`: the paper to be printed, sealed and handed out.
pub(super) async fn pdf(
    Caller(ctx): Caller,
    house: House,
    Path(id): Path<InitiativeId>,
    chrome: Chrome,
    printer: Printer,
) -> Result<Response, Failure> {
    let (it, words, _) = actions::certificate_to_hand_out(&ctx, &house.room(), id).await?;
    let agency = house.directory.agency(it.agency).ok_or(Failure::NotFound)?;
    let letterhead = Letterhead::of_agency(&house.directory, agency);
    let address =
        format!("{}/sang-kien/{}/chung-nhan/{}", chrome.public_url(), words.code, words.check);
    let name = format!("chung-nhan-{}", words.code);
    let paper = paper(letterhead, (&it, &words), &address);
    printer.answer(&name, paper, Layout::State).await
}

fn paper(
    letterhead: Letterhead,
    (it, said): (&Certificate, &CertificateWords),
    address: &str,
) -> OfficialPaper {
    let signer = letterhead.signer.clone();
    let subject = format!("Sáng kiến “{}”", said.title);
    let head = PaperHead {
        number: said.number.split('/').next().and_then(|it| it.parse().ok()),
        date: Some(PaperDate {
            year: said.issued_on.year(),
            month: said.issued_on.month(),
            day: said.issued_on.day(),
        }),
        ..letterhead.head("GCN", "Giấy chứng nhận", subject)
    };
    let mark = sauro_ui::qr_dots(address).map(|(side, dark)| Chart {
        caption: format!("Quét để kiểm tra giấy còn hiệu lực:\n{address}"),
        sentence: format!("Mã QR dẫn đến {address}"),
        drawn: Drawn::Dots { side, dark },
    });
    let mut body = vec![
        Block::Paragraph(format!(
            "{} chứng nhận sáng kiến nói trên, mã {}, loại {}, lĩnh vực {}, được công nhận ngày {} sau khi Hội đồng sáng kiến chấm điểm.",
            said.agency,
            said.code,
            said.kind.to_lowercase(),
            said.area.to_lowercase(),
            words::date(said.recognised_on),
        )),
        Block::Paragraph("Tác giả và phần đóng góp:".to_owned()),
    ];
    body.extend(said.authors.iter().map(|(name, unit, share)| {
        let unit = if unit.is_empty() { String::new() } else { format!(", {unit}") };
        Block::Point(format!("{name}{unit}: {}", words::percent_bp(*share)))
    }));
    body.push(Block::Paragraph(
        "Giấy này cấp theo Điều lệ Sáng kiến ban hành kèm theo Nghị định số 13/2012/NĐ-CP ngày 02 tháng 3 năm 2012 của Chính phủ.".to_owned(),
    ));
    body.push(Block::Paragraph(format!(
        "Nội dung giấy được ký số Ed25519; vân chữ ký: {}./.",
        fingerprint(&it.signature)
    )));
    OfficialPaper { head, body, signer, mark, ..OfficialPaper::default() }
}
