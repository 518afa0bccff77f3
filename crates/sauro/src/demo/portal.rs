//! The portal of the demonstration: sections of the standing agency and of a province, and a dozen items on their way.

use chrono::{DateTime, Days, NaiveDate, Utc};
use sauro_kernel::{Role, SectionId};
use sauro_portal::actions::{
    self, Found, OpinionFields, Remarking, SectionFields, Step, begin, open_section, open_topic,
    reading, step, write,
};
use sauro_portal::model::{
    BlockFields, DetailFields, Fields, Item, Kind, SectionRoles, Topic, blocks_of_markdown,
};
use sauro_store::{Db, Files};
use sauro_tasks::actions::{directive, directives};
use sauro_tasks::model::Directive;
use sauro_typeset::Typesetter;

use super::portal_pictures::block_of;
use super::portal_texts::{ABROAD, CENTRE, PLANS, PROVINCE, Plan, Reach, TOPICS};
use super::{Scale, Stage, Wanted};

/// Said of each item, below its words.
const MADE_UP: &str = "Bài minh họa của bản trình diễn: sự việc và con số ở đây là giả định.";

/// Opinions on the consultation: stance, who, words, how many gave the like.
const OPINIONS: [(&str, &str, &str, u32); 4] = [
    ("tan-thanh", "Người dân", "", 23),
    ("tan-thanh", "Cán bộ, công chức", "Nên áp dụng sớm ở xã.", 9),
    ("mot-phan", "Doanh nghiệp, hiệp hội", "Đề nghị nêu rõ định dạng dữ liệu ở khoản 2.", 8),
    (
        "khong-tan-thanh",
        "Chuyên gia, nhà khoa học",
        "Thời hạn chia sẻ 30 ngày quá dài, đề nghị 5 ngày.",
        3,
    ),
];

/// Writes, edits and lets out the items of the demonstration.
///
/// # Errors
///
/// Any failure of an action.
pub async fn load_portal(db: &Db, files: &Files) -> anyhow::Result<()> {
    let mut stage = Stage::set(db, files, &Wanted::now(59, Scale::Demo)).await?;
    let start = stage.today.checked_sub_days(Days::new(120)).unwrap_or(stage.today);
    let at = stage.moment(start, 0);
    let centre = open(&mut stage, db, (CENTRE, at)).await?;
    let province = open(&mut stage, db, (PROVINCE, at)).await?;
    let leader = stage.ctx(Role::Leader, CENTRE, at)?;
    let mut topics = Vec::new();
    for name in TOPICS {
        topics.push(open_topic(&leader, db, name).await?);
    }
    let given = with_tasks(&stage, db).await?;
    let press = Typesetter::default();
    for plan in PLANS {
        let section = if plan.agency == CENTRE { centre } else { province };
        make(&mut stage, (db, files, &press), (plan, section, &topics)).await?;
    }
    if let Some(given) = given {
        papers(&mut stage, db, (&given, centre, &topics)).await?;
    }
    abroad(&mut stage, db).await
}

/// One of the province's news in English.
async fn abroad(stage: &mut Stage, db: &Db) -> anyhow::Result<()> {
    let Found::Page(first) = actions::read_public(db, ABROAD.slug, ABROAD.path).await? else {
        return Ok(());
    };
    let day = stage.today.checked_sub_days(Days::new(1)).unwrap_or(stage.today);
    let at = stage.moment(day, 0);
    let focal = stage.ctx(Role::FocalOfficer, PROVINCE, at)?;
    let it = actions::translate(&focal, db, first.item.id, ("en", ABROAD.title)).await?;
    let marks = first.content.marks.iter().cloned().chain(std::iter::repeat(String::new()));
    let read = blocks_of_markdown(ABROAD.body);
    let blocks = read.iter().map(BlockFields::of).zip(marks);
    let fields = Fields {
        title: ABROAD.title.to_owned(),
        summary: ABROAD.summary.to_owned(),
        blocks: blocks.map(|(it, mark)| BlockFields { mark, ..it }).collect(),
        ..Fields::default()
    };
    let it = write(&focal, db, (it.id, it.version_n), &fields).await?;
    let it = step(&focal, db, (it.id, it.stamp), &Step::Submit).await?;
    let it = step(&focal, db, (it.id, it.stamp), &Step::HandUp(String::new())).await?;
    let at = stage.moment(day, 1);
    let leader = stage.ctx(Role::Leader, PROVINCE, at)?;
    step(&leader, db, (it.id, it.stamp), &Step::Approve(String::new())).await?;
    Ok(())
}

async fn open(
    stage: &mut Stage,
    db: &Db,
    (agency, at): (&str, DateTime<Utc>),
) -> anyhow::Result<SectionId> {
    let leader = stage.ctx(Role::Leader, agency, at)?;
    let most = SectionRoles::default();
    let codes = |roles: &[Role]| roles.iter().map(|it| it.code().to_owned()).collect();
    let fields = SectionFields {
        name: if agency == CENTRE { "Tin chỉ đạo" } else { "Tin Cà Mau" }.to_owned(),
        writers: codes(&most.writers),
        editors: codes(&most.editors),
        approvers: codes(&most.approvers),
        ..SectionFields::default()
    };
    Ok(open_section(&leader, db, &fields).await?.id)
}

async fn make(
    stage: &mut Stage,
    (db, files, press): (&Db, &Files, &Typesetter),
    (plan, section, topics): (&Plan, SectionId, &[Topic]),
) -> anyhow::Result<()> {
    let day = stage.today.checked_sub_days(Days::new(plan.days_ago)).unwrap_or(stage.today);
    let mut fields = fields(plan, topics, stage.today);
    let at = stage.moment(day, -1);
    let writer = stage.ctx(writer_of(plan), plan.agency, at)?;
    if let Some(block) = block_of(&writer, (db, files), (plan.title, press)).await? {
        fields.blocks.insert(0, block);
    }
    let it = go(stage, db, (plan, section, day), &fields).await?;
    if plan.kind == Kind::Consultation {
        opinions(stage, db, &it).await?;
    }
    Ok(())
}

fn writer_of(plan: &Plan) -> Role {
    if plan.agency == CENTRE { Role::StandingAgency } else { Role::FocalOfficer }
}

/// Takes what `fields` say as far as the plan wants.
async fn go(
    stage: &mut Stage,
    db: &Db,
    (plan, section, day): (&Plan, SectionId, NaiveDate),
    fields: &Fields,
) -> anyhow::Result<Item> {
    let at = stage.moment(day, -1);
    let ctx = stage.ctx(writer_of(plan), plan.agency, at)?;
    let it = begin(&ctx, db, (section, plan.kind), plan.title).await?;
    let it = write(&ctx, db, (it.id, it.version_n), fields).await?;
    if plan.reach == Reach::Draft {
        return Ok(it);
    }
    let it = step(&ctx, db, (it.id, it.stamp), &Step::Submit).await?;
    let it = step(&ctx, db, (it.id, it.stamp), &Step::HandUp(String::new())).await?;
    if plan.reach == Reach::Waiting {
        remark(stage, db, (plan, &it)).await?;
        return Ok(it);
    }
    let at = stage.moment(day, 0);
    let leader = stage.ctx(Role::Leader, plan.agency, at)?;
    let it = step(&leader, db, (it.id, it.stamp), &Step::Approve(String::new())).await?;
    if plan.reach == Reach::Corrected {
        return correct(stage, db, (plan, it, day), fields).await;
    }
    Ok(it)
}

/// What a leader says about a draft, and what is answered.
async fn remark(stage: &Stage, db: &Db, (plan, it): (&Plan, &Item)) -> anyhow::Result<()> {
    let leader = stage.ctx(Role::Leader, plan.agency, stage.now)?;
    let read = reading(&leader, db, it.id).await?;
    let Some(mark) = read.version.content.marks.first() else { return Ok(()) };
    let words = "Nêu rõ ngày bắt đầu và cơ quan trả lời khi người dân hỏi.".to_owned();
    actions::remark(&leader, db, it.id, &Remarking::Begin(mark.clone(), words)).await?;
    Ok(())
}

async fn correct(
    stage: &mut Stage,
    db: &Db,
    (plan, it, day): (&Plan, Item, NaiveDate),
    fields: &Fields,
) -> anyhow::Result<Item> {
    let at = stage.moment(day, 1);
    let ctx = stage.ctx(writer_of(plan), plan.agency, at)?;
    let it = step(&ctx, db, (it.id, it.stamp), &Step::Correct).await?;
    let mended =
        Fields { summary: format!("{} Số thôn đã sửa.", fields.summary), ..fields.clone() };
    let it = write(&ctx, db, (it.id, it.version_n), &mended).await?;
    let note = "Bài đăng lần đầu ghi nhầm số thôn phải đo lại. Đã sửa thành 6 thôn.".to_owned();
    let it = step(&ctx, db, (it.id, it.stamp), &Step::HandUp(note)).await?;
    let leader = stage.ctx(Role::Leader, plan.agency, at)?;
    Ok(step(&leader, db, (it.id, it.stamp), &Step::Approve(String::new())).await?)
}

async fn opinions(stage: &mut Stage, db: &Db, it: &Item) -> anyhow::Result<()> {
    let official = stage.ctx(Role::Officer, CENTRE, stage.now)?;
    let anybody = sauro_kernel::Ctx { actor: sauro_kernel::Actor::public(), ..official };
    for (stance, giver, body, n) in OPINIONS {
        for _ in 0..n {
            let fields = OpinionFields {
                stance: stance.to_owned(),
                giver: giver.to_owned(),
                body: body.to_owned(),
            };
            let key = anybody.ids.fresh();
            actions::opine(&anybody, db, (&it.slug, key, &format!("demo-{key}")), &fields).await?;
        }
    }
    Ok(())
}

/// A directive of the demonstration from which tasks came.
async fn with_tasks(stage: &Stage, db: &Db) -> anyhow::Result<Option<Directive>> {
    let ctx = stage.machine_room();
    for line in directives(&ctx, db, None, 50).await? {
        if line.n_issued > 0 && !line.number.is_empty() && line.issued_on.is_some() {
            return Ok(Some(directive(&ctx, db, line.id).await?));
        }
    }
    Ok(None)
}

/// The document of that directive, with its whole text.
async fn papers(
    stage: &mut Stage,
    db: &Db,
    (given, section, topics): (&Directive, SectionId, &[Topic]),
) -> anyhow::Result<()> {
    let issued = given.head.issued_on.unwrap_or(stage.today);
    let subject = match given.head.subject.as_str() {
        "" => given.head.title(),
        subject => subject.to_owned(),
    };
    // The catalogue writes names as people do; a head of a paper writes them in capitals.
    let issuer = match (given.head.issuer, given.head.issuer_text.trim()) {
        (Some(issuer), _) => stage.directory.name(issuer).to_owned(),
        (None, "") => stage.directory.name(given.owner).to_owned(),
        (None, issuer) => issuer.chars().take(200).collect(),
    };
    let plan = Plan {
        agency: CENTRE,
        kind: Kind::Document,
        title: "",
        summary: "",
        body: "",
        topic: 0,
        days_ago: 0,
        reach: Reach::Published,
        document: None,
    };
    let title: String = subject.chars().take(200).collect();
    let fields = Fields {
        title,
        summary: "Văn bản đã thành nhiệm vụ trên hệ thống; tiến độ từng nhiệm vụ ở cuối trang."
            .to_owned(),
        topics: topics.first().map(|it| it.id.to_string()).into_iter().collect(),
        details: DetailFields {
            number: given.head.number.clone(),
            kind: "ke-hoach".to_owned(),
            issuer,
            issued_on: issued.to_string(),
            directive: given.id.to_string(),
            ..DetailFields::default()
        },
        blocks: given
            .body
            .lines()
            .filter(|it| !it.trim().is_empty())
            .map(|it| BlockFields {
                kind: "doan".to_owned(),
                text: it.to_owned(),
                ..BlockFields::default()
            })
            .take(400)
            .chain([callout()])
            .collect(),
    };
    let plan = Plan { title: "Văn bản giao nhiệm vụ", ..plan };
    let day = stage.today.checked_sub_days(Days::new(1)).unwrap_or(stage.today);
    go(stage, db, (&plan, section, day), &fields).await?;
    Ok(())
}

fn callout() -> BlockFields {
    BlockFields { kind: "luu-y".to_owned(), text: MADE_UP.to_owned(), ..BlockFields::default() }
}

fn fields(plan: &Plan, topics: &[Topic], today: NaiveDate) -> Fields {
    let after = |days: u64| today.checked_add_days(Days::new(days)).unwrap_or(today);
    let before = |days: u64| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    let details = match (&plan.document, plan.kind) {
        (Some(it), _) => DetailFields {
            number: it.number.to_owned(),
            kind: it.kind.to_owned(),
            issuer: it.issuer.to_owned(),
            field: it.field.to_owned(),
            issued_on: it.issued_on.to_owned(),
            ..DetailFields::default()
        },
        (None, Kind::Consultation) => DetailFields {
            opens_on: before(plan.days_ago).to_string(),
            closes_on: after(20).to_string(),
            ..DetailFields::default()
        },
        (None, Kind::Event) => DetailFields {
            starts_at: format!("{}T08:00", after(9)),
            ends_at: format!("{}T17:00", after(9)),
            place: "Trung tâm hành chính tỉnh Cà Mau".to_owned(),
            ..DetailFields::default()
        },
        _ => DetailFields::default(),
    };
    let blocks = blocks_of_markdown(plan.body);
    Fields {
        title: plan.title.to_owned(),
        summary: plan.summary.to_owned(),
        topics: topics.get(plan.topic).map(|it| it.id.to_string()).into_iter().collect(),
        details,
        blocks: blocks.iter().map(BlockFields::of).chain([callout()]).collect(),
    }
}
