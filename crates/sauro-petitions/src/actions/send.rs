use bytes::Bytes;
use chrono::{Datelike, NaiveDate};
use sauro_directory::model::Agency;
use sauro_kernel::{AgencyId, AgencyPath, Ctx, PetitionFileId, PetitionId, Right};
use sauro_papers::{FileKind, clean_name, sniff, without_traces};
use sauro_store::flood::{Answered, try_of};
use sauro_store::{Conn, FileHash, FilesError, StoreError, Stored};
use sauro_ui::Citizen;

use super::gate;
use super::hold::{Hold, House, clocks_of, set_clocks};
use super::{pains, route};
use crate::model::{
    CONSENT, CaseFile, Channel, Field, Flow, Guesses, Kind, Pain, Petition, Side, Sound,
    Submission, TrackingCode, legal_of, masked,
};
use crate::store::petitions::Secrets;
use crate::{PetitionsError, store};

/// Most files with one case.
pub const MAX_FILES: usize = 5;

/// Largest file, in bytes.
pub const MAX_FILE_BYTES: usize = 20 * 1024 * 1024;

/// Cases taken from one place within an hour: a family or an office may share an address, a machine that
/// sends for ever may not.
const MOST_AN_HOUR: i64 = 60;

/// The same for a program with a key, behind which many people stand.
const MOST_AN_HOUR_OF_KEY: i64 = 10_000;

/// A file as it came.
#[derive(Debug, Clone)]
pub struct FileSent {
    /// Its name.
    pub name: String,
    /// Its content.
    pub content: Bytes,
}

/// A case as it comes in.
#[derive(Debug, Clone)]
pub struct Sent {
    /// What was filled in.
    pub submission: Submission,
    /// What came with it.
    pub files: Vec<FileSent>,
    /// The key of the form: sent again with the same one it is the same case.
    pub key: String,
    /// How it came.
    pub channel: Channel,
    /// Where from, as the server sees it.
    pub source: String,
    /// The answer to the question that was asked, if one was.
    pub answered: Answered,
}

/// What the sender is told at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The case.
    pub id: PetitionId,
    /// The public number.
    pub number: String,
    /// The tracking code.
    pub code: TrackingCode,
    /// Who has it.
    pub agency: AgencyId,
    /// By when it is acknowledged.
    pub acknowledged_by: Option<NaiveDate>,
    /// By when it is answered.
    pub answered_by: NaiveDate,
}

/// Takes a case in. Anybody may send one; an officer who writes one down for somebody needs the right to
/// sort. It is durable before the receipt is answered, and the same form sent again gets the same receipt.
///
/// # Errors
///
/// [`PetitionsError::Invalid`] names every fault of the form, [`PetitionsError::TooOften`] when one place
/// sends without end, [`PetitionsError::Asked`] when it sends much, or what many sent word for word.
pub async fn send(ctx: &Ctx, house: &House<'_>, sent: Sent) -> Result<Receipt, PetitionsError> {
    send_by(ctx, house, sent, None).await
}

/// [`send`], for whoever signed in as well.
pub(super) async fn send_by(
    ctx: &Ctx,
    house: &House<'_>,
    sent: Sent,
    citizen: Option<&Citizen>,
) -> Result<Receipt, PetitionsError> {
    if sent.channel.is_on_behalf() {
        ctx.require(Right::SortPetitions, ctx.actor.own())?;
    }
    let mut conn = house.db.read().await?;
    let form = FileHash::of(format!("form\n{}", sent.key).as_bytes()).0;
    if let Some(receipt) = answered(house, &mut conn, &form).await? {
        return Ok(receipt);
    }
    let hour = try_of(ctx.now_us(), "send", &sent.source);
    let most = match sent.channel {
        Channel::Api | Channel::Open311 => MOST_AN_HOUR_OF_KEY,
        _ => MOST_AN_HOUR,
    };
    let n_from_one = sauro_store::tries::n(&mut conn, &hour).await?;
    if n_from_one >= most && !sent.channel.is_on_behalf() {
        return Err(PetitionsError::TooOften);
    }
    let fields = store::fields::all(&mut conn).await?;
    let mut sound =
        sent.submission.checked(sent.channel, &fields).map_err(PetitionsError::Invalid)?;
    // Whoever gives no name is written down nowhere.
    let citizen = citizen.filter(|_| !sound.is_anonymous);
    if let Some(citizen) = citizen {
        sound.sender.proved_name.clone_from(&citizen.name);
        sound.sender.level.clone_from(&citizen.level);
    }
    let alike = gate::alike(ctx, &sound);
    if sent.channel == Channel::Web {
        let n_alike = sauro_store::tries::n(&mut conn, &alike).await?;
        gate::pass((ctx, house), &form, &sent.answered, (n_from_one, n_alike, &sound))?;
    }
    let guesses = route::guesses(&mut conn, &sound, &fields).await?;
    drop(conn);
    let files = kept(house, sent.files).await?;

    let mut conn = house.db.write().await?;
    // Of two that came at once the second finds the first.
    if let Some(receipt) = answered(house, &mut conn, &form).await? {
        return Ok(receipt);
    }
    sauro_store::tries::count(&mut conn, &hour, ctx.now_us()).await?;
    sauro_store::tries::count(&mut conn, &alike, ctx.now_us()).await?;
    let place = sent.submission.place.and_then(|it| house.agency(it));
    let coordinator = receiver(ctx, house, place, &sound, &fields, sent.channel)?;
    let mut random = [0_u8; 6];
    getrandom::fill(&mut random).map_err(|_| sauro_store::SealError::NotSealed)?;
    let code = TrackingCode::of_random(random);
    let case =
        petition(ctx, house, &mut conn, (&sound, &guesses), (coordinator, place), sent.channel)
            .await?;
    let sender = crate::model::Sender { code: code.to_string(), ..sound.sender };
    let sealed = house.seal(case.id, &sender)?;
    let secrets = Secrets { code_hash: &code.hash(), form_hash: &form, sealed: &sealed };
    if let Err(error) = store::petitions::insert(&mut conn, &case, secrets).await {
        // PostgreSQL lets two write at once: the first of them may have been durable only after the look above.
        drop(conn);
        let first = match error {
            StoreError::Conflict(_) => answered(house, &mut house.db.read().await?, &form).await?,
            _ => None,
        };
        return first.ok_or_else(|| error.into());
    }
    for (file, kind, stored) in &files {
        sauro_store::files::record(&mut conn, stored, kind.mime, ctx.now_us()).await?;
        // What an officer scans for somebody is the sender's, and shows nothing that was done.
        let file = CaseFile { side: Side::Sender, ..case_file(ctx, (file, kind, stored)) };
        store::files::insert(&mut conn, case.id, &file).await?;
    }
    if let Some(citizen) = citizen {
        store::citizens::add(&mut conn, citizen.id, case.id, ctx.now_us()).await?;
    }
    let mut hold = Hold::new(ctx, house, conn, case);
    pains::count(&mut hold, Pain { sent: 1, ..Pain::default() }).await?;
    hold.note(Kind::Sent, Some(coordinator.id.0), (true, "")).await?;
    if !sent.submission.doubt.is_empty() {
        hold.note(Kind::Noted, None, (false, &sent.submission.doubt)).await?;
    }
    let case = hold.keep().await?;
    Ok(Receipt {
        id: case.id,
        number: case.number,
        code,
        agency: case.holder,
        acknowledged_by: case.due_on,
        answered_by: case.citizen_due_on,
    })
}

/// The receipt that was given for the form before, if it was.
async fn answered(
    house: &House<'_>,
    conn: &mut Conn,
    form: &[u8; 32],
) -> Result<Option<Receipt>, PetitionsError> {
    let Some(case) = store::petitions::by_form(conn, form).await? else { return Ok(None) };
    let sender = house.sender(conn, case.id).await?;
    let code = sender.and_then(|it| TrackingCode::parse(&it.code));
    Ok(code.map(|code| Receipt {
        id: case.id,
        number: case.number,
        code,
        agency: case.holder,
        acknowledged_by: case.due_on,
        answered_by: case.citizen_due_on,
    }))
}

/// Who receives it: the agency of the place, that of the field, or the one that coordinates for the nation.
/// What an officer writes down is received by the officer's own agency.
fn receiver<'a>(
    ctx: &Ctx,
    house: &'a House<'_>,
    place: Option<&'a Agency>,
    sound: &Sound,
    fields: &[Field],
    channel: Channel,
) -> Result<&'a Agency, PetitionsError> {
    if channel.is_on_behalf() {
        return house.agency(ctx.actor.agency).ok_or(PetitionsError::NotFound("agency"));
    }
    let of_field = |code: &str| {
        let field = fields.iter().find(|it| it.code == code)?;
        house.directory.by_code(&field.agency_code)
    };
    place
        .or_else(|| of_field(&sound.field))
        .or_else(|| of_field("khac"))
        .filter(|it| it.is_valid_on(ctx.today()))
        .ok_or_else(|| {
            PetitionsError::of_field(
                "noi-xay-ra",
                "Chọn xã, phường hoặc tỉnh nơi xảy ra để biết cơ quan nào tiếp nhận.",
            )
        })
}

async fn petition(
    ctx: &Ctx,
    house: &House<'_>,
    conn: &mut Conn,
    (sound, guesses): (&Sound, &Guesses),
    (coordinator, place): (&Agency, Option<&Agency>),
    channel: Channel,
) -> Result<Petition, PetitionsError> {
    let year = ctx.today().year();
    let n = store::petitions::next_number(conn, year).await?;
    let limits = store::fields::limits(conn).await?;
    let names = sound.sender.names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut case = Petition {
        id: PetitionId(ctx.ids.fresh()),
        number: format!("PA-{year}-{n:06}"),
        matter: sound.matter,
        legal: legal_of(&format!("{} {}", sound.title, sound.body)),
        channel,
        public_title: masked(&sound.title, &names),
        public_body: masked(&sound.body, &names),
        title: sound.title.clone(),
        body: sound.body.clone(),
        field: sound.field.clone(),
        place: place.map(|it| it.id),
        place_path: place.map_or_else(AgencyPath::nation, |it| it.path.clone()),
        is_anonymous: sound.is_anonymous,
        may_publish: sound.may_publish,
        is_hidden: false,
        consent: CONSENT.to_owned(),
        flow: Flow::sent(),
        is_complex: false,
        coordinator: coordinator.id,
        holder: coordinator.id,
        holder_path: coordinator.path.clone(),
        lead: None,
        about: None,
        due_on: None,
        citizen_due_on: ctx.today(),
        sent_at: ctx.now_us(),
        changed_at: ctx.now_us(),
        answered_at: None,
        answered_by: None,
        closing: None,
        merged_into: None,
        rating: None,
        task_code: String::new(),
        guess: serde_json::to_string(guesses).unwrap_or_default(),
        version: 1,
    };
    let clocks = clocks_of(house.calendar, &limits, &case, &[]);
    set_clocks(&mut case, &clocks);
    Ok(case)
}

/// The files as they are stored: what they are is told from their content, and pictures lose what they tell
/// of place and machine. They are durable before a row names them.
pub(super) async fn kept(
    house: &House<'_>,
    files: Vec<FileSent>,
) -> Result<Vec<(String, FileKind, Stored)>, PetitionsError> {
    if files.len() > MAX_FILES {
        let words = format!("Gửi nhiều nhất {MAX_FILES} tệp. Bỏ bớt tệp không cần.");
        return Err(PetitionsError::of_field("tep", words));
    }
    let mut looked_at = Vec::new();
    for file in files {
        let asked = clean_name(&file.name);
        let name = asked.clone();
        // Looking into packages and pictures takes the processor a while.
        let look = tokio::task::spawn_blocking(move || accepted(&asked, file.content)).await;
        let refuse = |words: String| PetitionsError::of_field("tep", format!("“{name}”: {words}"));
        match look {
            Ok(Ok((kind, content))) => looked_at.push((name, kind, content)),
            Ok(Err(words)) => return Err(refuse(words)),
            Err(_) => return Err(refuse("Chưa kiểm tra được tệp này. Hãy thử lại.".to_owned())),
        }
    }
    let mut kept = Vec::new();
    for (name, kind, content) in looked_at {
        let stored = match house.files.put(content).await {
            Err(FilesError::Infected(_)) => {
                let words = format!(
                    "“{name}”: Tệp có mã độc, không nhận. Quét máy của mình rồi chọn tệp khác."
                );
                return Err(PetitionsError::of_field("tep", words));
            }
            stored => stored?,
        };
        kept.push((name, kind, stored));
    }
    Ok(kept)
}

/// What a file is and what of it is kept, or why it is refused.
pub(super) fn accepted(name: &str, content: Bytes) -> Result<(FileKind, Bytes), String> {
    if content.len() > MAX_FILE_BYTES {
        let most = MAX_FILE_BYTES / (1024 * 1024);
        return Err(format!(
            "Tệp lớn hơn {most} MB. Hãy chụp lại nhỏ hơn hoặc chia thành nhiều tệp."
        ));
    }
    let kind = sniff(&content, name).map_err(|err| err.sentence())?;
    if kind == FileKind::HEIC {
        return Err(
            "Ảnh HEIC mang theo nơi chụp mà chưa gỡ ra được. Hãy lưu thành ảnh JPEG rồi gửi lại."
                .to_owned(),
        );
    }
    let content = without_traces(content, &kind)
        .map_err(|_| "Tệp không phải là ảnh, hoặc ảnh đã hỏng. Hãy chụp lại.".to_owned())?;
    Ok((kind, content))
}

fn case_file(ctx: &Ctx, (name, kind, stored): (&str, &FileKind, &Stored)) -> CaseFile {
    CaseFile {
        id: PetitionFileId(ctx.ids.fresh()),
        side: if ctx.actor.role == sauro_kernel::Role::Public {
            Side::Sender
        } else {
            Side::Agency
        },
        hash: stored.hash.0,
        name: name.to_owned(),
        mime: kind.mime.to_owned(),
        n_bytes: i64::try_from(stored.n_bytes).unwrap_or(i64::MAX),
        added_at: ctx.now_us(),
    }
}

/// Adds files to a case in the hands of `hold`. They were looked at and are durable.
pub(super) async fn add_files(
    hold: &mut Hold<'_>,
    files: &[(String, FileKind, Stored)],
) -> Result<(), PetitionsError> {
    let before = store::files::of_case(&mut hold.conn, hold.case.id).await?.len();
    if before + files.len() > 60 {
        return Err(PetitionsError::of_field("tep", "Vụ việc đã có 60 tệp, không thêm được nữa."));
    }
    for (name, kind, stored) in files {
        let at = hold.ctx.now_us();
        sauro_store::files::record(&mut hold.conn, stored, kind.mime, at).await?;
        let file = case_file(hold.ctx, (name, kind, stored));
        store::files::insert(&mut hold.conn, hold.case.id, &file).await?;
    }
    Ok(())
}
