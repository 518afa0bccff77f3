use bytes::Bytes;
use sauro_directory::model::{Agency, Directory};
use sauro_journal::Event;
use sauro_kernel::{AgencyPath, CitizenId, Ctx, InitiativeId, Right, Role, fold};
use sauro_papers::{clean_name, sniff};
use sauro_store::{Conn, Db, StoreError, Stored};
use serde_json::json;
use uuid::Uuid;

use super::Room;
use super::step::first_step;
use crate::model::{
    Author, AuthorMark, Code, Consent, Dossier, DossierFields, Fault, FileMark, Initiative, Person,
    Problem, Read, Stage, hash_of,
};
use crate::store::dossiers::Kept;
use crate::{InitiativesError, store};

/// Largest file accepted, in bytes.
pub const MAX_FILE_BYTES: usize = 20 * 1024 * 1024;

/// Most files of one dossier.
pub const MOST_FILES: usize = 5;

/// A file as it came.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub content: Bytes,
}

/// What came of sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The initiative.
    pub initiative: Initiative,
    /// The same form had been sent before, and nothing was done.
    pub is_again: bool,
}

/// Sends a dossier. The form's `key` makes it one, however often it is sent. Officials send in the name
/// of their agency.
///
/// # Errors
///
/// [`InitiativesError::Invalid`] with every fault.
pub async fn send(
    ctx: &Ctx,
    room: &Room<'_>,
    key: Uuid,
    fields: &DossierFields,
    files: Vec<Attachment>,
) -> Result<Sent, InitiativesError> {
    send_as(ctx, room, key, (fields, files), None).await
}

/// [`send`], by a citizen who signed in: the dossier is in their list as well.
///
/// # Errors
///
/// As [`send`].
pub async fn send_as(
    ctx: &Ctx,
    room: &Room<'_>,
    key: Uuid,
    (fields, files): (&DossierFields, Vec<Attachment>),
    citizen: Option<CitizenId>,
) -> Result<Sent, InitiativesError> {
    ctx.require(Right::SendInitiatives, ctx.actor.own())?;
    let key = key.simple().to_string();
    if let Some(found) = store::initiatives::by_key(&mut room.db.read().await?, &key).await? {
        return Ok(Sent { initiative: found, is_again: true });
    }
    let mut faults = Vec::new();
    let read = fields.read().map_err(|found| faults.extend(found)).ok();
    let receiver = receiver(room.directory, &fields.receiver).map_err(|it| faults.push(it)).ok();
    let problem = answered(room.db, &fields.problem).await?.map_err(|it| faults.push(it)).ok();
    let checked = checked(files).await.map_err(|found| faults.extend(found)).ok();
    let (Some(read), Some(receiver), Some(problem), Some(checked)) =
        (read, receiver, problem, checked)
    else {
        return Err(InitiativesError::Invalid(faults));
    };
    let mut kept = Vec::with_capacity(checked.len());
    for (name, mime, content) in checked {
        kept.push((name, mime, room.files.put(content).await?));
    }
    let made = made(ctx, room, (&read, receiver, problem.as_ref()), &kept)?;
    let mut conn = room.db.write().await?;
    // Whoever shares this turn may have sent the same form; both are answered once it is durable.
    if let Some(found) = store::initiatives::by_key(&mut conn, &key).await? {
        conn.commit().await?;
        return Ok(Sent { initiative: found, is_again: true });
    }
    match store::initiatives::insert(&mut conn, &made.initiative, &key).await {
        // Twice at the same moment: the other one has won.
        Err(StoreError::Conflict(_)) => {
            drop(conn);
            let found = store::initiatives::by_key(&mut room.db.read().await?, &key).await?;
            let initiative = found.ok_or(InitiativesError::Stale)?;
            return Ok(Sent { initiative, is_again: true });
        }
        done => done?,
    }
    for (_, mime, stored) in &kept {
        sauro_store::files::record(&mut conn, stored, mime, ctx.now_us()).await?;
    }
    written(ctx, &mut conn, &made).await?;
    if let Some(citizen) = citizen {
        store::citizens::add(&mut conn, citizen, made.initiative.id, ctx.now_us()).await?;
    }
    conn.commit().await?;
    Ok(Sent { initiative: made.initiative, is_again: false })
}

/// The form `key` was sent before.
pub(super) async fn is_known(room: &Room<'_>, key: Uuid) -> Result<bool, InitiativesError> {
    let key = key.simple().to_string();
    Ok(store::initiatives::by_key(&mut room.db.read().await?, &key).await?.is_some())
}

/// Everything that a dossier is stored as.
struct Made {
    initiative: Initiative,
    dossier: Dossier,
    authors: Vec<Author>,
}

fn made(
    ctx: &Ctx,
    room: &Room<'_>,
    (read, receiver, problem): (&Read, &Agency, Option<&Problem>),
    files: &[(String, &'static str, Stored)],
) -> Result<Made, InitiativesError> {
    let id = InitiativeId(ctx.ids.fresh());
    let code = Code::drawn(ctx.ids.fresh());
    let is_official = ctx.actor.role != Role::Public;
    let (authors, marks) = authors(ctx, room, (id, is_official), read)?;
    let texts = &read.texts;
    let [present, content, novelty, applicability, benefit] = texts.clone();
    let mark = |(name, mime, stored): &(String, &'static str, Stored)| FileMark {
        name: name.clone(),
        sha256: stored.hash.to_string(),
        n_bytes: stored.n_bytes,
        mime: (*mime).to_owned(),
    };
    let consent = |it: &Consent| (it.code().to_owned(), Consent::VERSION.to_owned());
    let dossier = Dossier {
        code: code.to_string(),
        n: 1,
        kind: read.kind.code().to_owned(),
        area: read.area.code().to_owned(),
        title: read.title.clone(),
        present,
        content,
        novelty,
        applicability,
        benefit,
        figures: read.figures.clone(),
        ownership: (read.ownership.0.code().to_owned(), read.ownership.1.clone()),
        receiver: receiver.code.clone(),
        unit: if is_official { ctx.actor.agency_code.clone() } else { String::new() },
        authors: marks,
        files: files.iter().map(mark).collect(),
        consents: read.consents.iter().map(consent).collect(),
        supplements: Vec::new(),
        answers: problem.map(|it| it.number.clone()).unwrap_or_default(),
    };
    let initiative = Initiative {
        id,
        code,
        kind: read.kind,
        area: read.area,
        title: read.title.clone(),
        place: place_of(&receiver.path),
        receiver: receiver.id,
        receiver_path: receiver.path.clone(),
        unit: is_official.then_some(ctx.actor.agency),
        reviewer: None,
        sender: is_official.then_some(ctx.actor.account),
        n: 1,
        sent_at: ctx.now_us(),
        stage: Stage::Checking,
        since: ctx.today(),
        due_on: Some(room.calendar.add_working_days(ctx.today(), room.terms.check_days)),
        recognised_on: None,
        desk: Some(receiver.id),
        is_open: read.consents.contains(&Consent::Content),
        opinion: String::new(),
        stamp: 1,
        problem: problem.map(|it| it.id),
        n_supports: 0,
    };
    Ok(Made { initiative, dossier, authors })
}

fn authors(
    ctx: &Ctx,
    room: &Room<'_>,
    (id, is_official): (InitiativeId, bool),
    read: &Read,
) -> Result<(Vec<Author>, Vec<AuthorMark>), InitiativesError> {
    let is_named = read.consents.contains(&Consent::Names);
    let (mut authors, mut marks) = (Vec::new(), Vec::new());
    for (n, (name, unit, share_bp)) in (1..).zip(&read.authors) {
        let (phone, mail) = if n == 1 { read.reach.clone() } else { Default::default() };
        let person = Person {
            name: name.clone(),
            unit: unit.clone(),
            phone,
            mail,
            salt: hex::encode(hash_of(&ctx.ids.fresh().to_string()).get(..16).unwrap_or_default()),
        };
        marks.push(AuthorMark { share_bp: *share_bp, mark: person.mark() });
        let plain = serde_json::to_vec(&person).unwrap_or_default();
        let named = room.directory.resolve(unit).map(|it| it.agency.id);
        let is_sender = is_official && n == 1;
        authors.push(Author {
            n,
            share_bp: *share_bp,
            agency: named.or(is_sender.then_some(ctx.actor.agency)),
            account: is_sender.then_some(ctx.actor.account),
            sealed: room.keys.seal(id.0, &plain)?,
            public_name: if is_named { name.clone() } else { String::new() },
        });
    }
    Ok((authors, marks))
}

async fn written(ctx: &Ctx, conn: &mut Conn, made: &Made) -> Result<(), InitiativesError> {
    let it = &made.initiative;
    let text = made.dossier.text();
    let hash = hash_of(&text);
    let data = json!({
        "code": it.code.as_str(),
        "n": 1,
        "hash": hex::encode(hash),
        "kind": it.kind.code(),
        "receiver": it.receiver,
        "unit": it.unit,
        "due_on": it.due_on.map(|it| it.to_string()),
    });
    let event = Event::new("InitiativeSent", "initiative", it.id, data);
    let entry = sauro_journal::append(conn, ctx, event).await?;
    let kept = Kept { n: 1, text, hash, entry, at: it.sent_at };
    store::dossiers::insert(conn, it.id, &kept).await?;
    for author in &made.authors {
        store::authors::insert(conn, it.id, author).await?;
    }
    for word in words_of(&it.title) {
        store::words::insert(conn, &word, it.id).await?;
    }
    store::steps::insert(conn, it.id, &first_step(it)).await?;
    Ok(())
}

/// The folded words that a title is found by.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    let mut words: Vec<String> = fold(text)
        .split(' ')
        .filter(|it| !it.is_empty())
        .map(|it| it.chars().take(40).collect())
        .collect();
    words.sort();
    words.dedup();
    words
}

/// The code of the province in whose part of the tree `path` lies, or nothing.
pub(crate) fn place_of(path: &AgencyPath) -> String {
    let second = path.as_str().split('/').nth(1).unwrap_or_default();
    let is_place = second.len() == 2 && second.bytes().all(|it| it.is_ascii_digit());
    if is_place { second.to_owned() } else { String::new() }
}

/// Agencies that initiatives are sent to: people's committees, ministries, departments.
fn takes(agency: &Agency) -> bool {
    !agency.is_group && agency.valid_to.is_none()
}

/// The agencies that `words` may mean, the likeliest first.
pub fn receivers<'a>(directory: &'a Directory, words: &str) -> Vec<&'a Agency> {
    let found = directory.search(words, &AgencyPath::nation(), 12);
    found.into_iter().map(|it| it.agency).filter(|it| takes(it)).take(6).collect()
}

fn receiver<'a>(directory: &'a Directory, typed: &str) -> Result<&'a Agency, Fault> {
    let fault = |words: String| ("noi-nhan".to_owned(), words);
    if typed.trim().is_empty() || typed.chars().count() > 300 {
        let words = "Nhập nơi nhận: xã, phường, tỉnh, sở hoặc bộ, ví dụ “UBND xã Năm Căn”.";
        return Err(fault(words.to_owned()));
    }
    if let Some(hit) = directory.resolve(typed).filter(|it| takes(it.agency)) {
        return Ok(hit.agency);
    }
    let like = receivers(directory, typed);
    match like.as_slice() {
        [] => Err(fault("Không có cơ quan nào tên như vậy. Ghi tên đầy đủ, có dấu.".to_owned())),
        [one] => Ok(one),
        _ => Err(fault("Có nhiều cơ quan tên giống như vậy. Chọn một nơi bên dưới.".to_owned())),
    }
}

/// The open problem with the number `typed`, none when nothing was typed, or the fault of the field.
async fn answered(
    db: &Db,
    typed: &str,
) -> Result<Result<Option<Problem>, Fault>, InitiativesError> {
    let typed = typed.trim().to_uppercase();
    if typed.is_empty() {
        return Ok(Ok(None));
    }
    let found = match typed.len() <= 40 {
        true => store::problems::by_number(&mut db.read().await?, &typed).await?,
        false => None,
    };
    let fault = |words: &str| Err(("bai-toan".to_owned(), words.to_owned()));
    Ok(match found {
        None => fault(
            "Không có bài toán nào mang số này. Số có dạng DH-2026-000012; để trống nếu không có.",
        ),
        Some(it) if !it.is_open() => {
            fault("Bài toán này đã đóng. Xóa số bài toán để gửi như một sáng kiến.")
        }
        Some(it) => Ok(Some(it)),
    })
}

/// The name, the kind and the content of each accepted file.
type Accepted = Vec<(String, &'static str, Bytes)>;

/// Looks into each file: its content decides what it is, and the name must agree.
async fn checked(files: Vec<Attachment>) -> Result<Accepted, Vec<Fault>> {
    let fault = |words: String| ("tep".to_owned(), words);
    if files.len() > MOST_FILES {
        return Err(vec![fault(format!(
            "Gửi tối đa {MOST_FILES} tệp. Gộp các ảnh vào một tệp PDF."
        ))]);
    }
    let (mut accepted, mut faults) = (Vec::new(), Vec::new());
    for it in files {
        let name = clean_name(&it.name);
        if it.content.len() > MAX_FILE_BYTES {
            faults.push(fault(format!("“{name}” lớn hơn 20 MB. Nén ảnh trong tệp rồi gửi lại.")));
            continue;
        }
        let (content, asked) = (it.content.clone(), name.clone());
        match tokio::task::spawn_blocking(move || sniff(&content, &asked)).await {
            Ok(Ok(kind)) => accepted.push((name, kind.mime, it.content)),
            Ok(Err(err)) => faults.push(fault(format!("“{name}”: {}", err.sentence()))),
            Err(_) => faults.push(fault(format!("“{name}”: chưa kiểm tra được, gửi lại lần nữa."))),
        }
    }
    if faults.is_empty() { Ok(accepted) } else { Err(faults) }
}
