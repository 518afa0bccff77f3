//! `/phan-anh-den/{id}`: one case, with the one act that is next and the others behind it.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Html;
use sauro_kernel::{Ctx, PetitionId, Right};
use sauro_ui::{Caller, Choice, Chrome, Failure, Faults, filters, page};

use super::acts::said;
use super::agencies::{Said, Way, offered, ways};
use super::case_parts::{
    AnswerLine, Day, Event, FileLine, PartnerLine, Prepared, clock_words, days, waited,
};
use super::queue::due;
use super::{Asked, id_of};
use crate::actions::{self, CaseTask, CaseView, Person};
use crate::model::{Act, Field, Petition, State, has_objected};
use crate::pages::premises::Premises;
use crate::pages::upload::Upload;

#[derive(Template)]
#[template(path = "petitions/desk/case.html")]
struct CasePage {
    chrome: Chrome,
    faults: Faults,
    typed: Upload,
    done: &'static str,
    it: Petition,
    view: CaseView,
    /// Silhouette and words.
    status: (&'static str, &'static str),
    /// Of the agency that owes the next step: what is owed, by whom and how long it has.
    agency_clock: (String, String),
    /// Days that the sender has waited.
    waited: i64,
    days: Vec<Day>,
    field: String,
    place: String,
    holder: String,
    coordinator: String,
    ways: Vec<Way>,
    names: Vec<String>,
    fields: Vec<Choice>,
    /// Fields that the words speak for, and why.
    guessed: Vec<(String, String)>,
    events: Vec<Event>,
    answers: Vec<AnswerLine>,
    /// The answer that lies before the leader, or that was returned.
    draft: Option<AnswerLine>,
    files: Vec<FileLine>,
    /// Pictures that go out with the answer that lies before the leader.
    prepared: Vec<Prepared>,
    partners: Vec<PartnerLine>,
    next: Next,
    others: Others,
    /// What became of the task made of it.
    task: Option<CaseTask>,
    /// The sender has objected to a merge.
    has_objected: bool,
    /// Those whom it may be about, and whom it is about: an account, or empty.
    people: Vec<Choice>,
    about: String,
    /// What a wish about its being public would be for.
    hide_words: &'static str,
}

/// The one act that is next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Receive,
    PassOn,
    Accept,
    Draft,
    Decide,
    GiveOpinion,
    /// Somebody else is next.
    Nothing,
}

/// Acts beside the next one.
#[derive(Clone, Copy)]
struct Others {
    refuse: bool,
    ask_more: bool,
    go_on: bool,
    extend: bool,
    merge: bool,
    unmerge: bool,
    /// Notes, the field, the wish to hide.
    sort: bool,
    link: bool,
    /// One button makes a task of it.
    make_task: bool,
    decide_hiding: bool,
}

/// `GET /phan-anh-den/{id}`.
pub(super) async fn show(
    Caller(ctx): Caller,
    premises: Premises,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let fresh = (Faults::none(), said(&asked.just));
    draw((&ctx, &premises, chrome), id_of(&id)?, Upload::default(), fresh).await
}

/// The page of the case `id`, with what was typed and its faults.
pub(super) async fn draw(
    (ctx, premises, chrome): (&Ctx, &Premises, Chrome),
    id: PetitionId,
    typed: Upload,
    (faults, done): (Faults, &'static str),
) -> Result<Html<String>, Failure> {
    let house = &premises.house();
    let view = actions::case_view(ctx, house, id).await?;
    let task = match &premises.tasks {
        Some(room) => room.0.look(id).await?,
        None => None,
    };
    let fields = actions::all_fields(house).await?;
    let it = view.case.clone();
    let people = match view.may_sort {
        true => premises.people_of(&it).await?,
        false => Vec::new(),
    };
    let said = Said { text: format!("{} {}", it.title, it.body), fields: &fields };
    let name = |id| house.directory.name(id).to_owned();
    let next = Next::of(&view);
    let mut answers: Vec<AnswerLine> =
        view.answers.iter().map(|it| AnswerLine::of(it, house.directory)).collect();
    let draft = answers.pop_if(|it| !it.is_out);
    page(&CasePage {
        done,
        status: (due(ctx, house.calendar, it.standing()).0, it.status(ctx.now_us()).1),
        agency_clock: clock_words(ctx, house, &view),
        waited: waited(&view.clocks, ctx.now_us()),
        days: days(ctx, house.calendar, &view),
        field: field_name(&fields, &it.field),
        place: it.place.map(name).unwrap_or_default(),
        holder: name(it.holder),
        coordinator: name(it.coordinator),
        ways: match next {
            Next::PassOn => ways(ctx, house.directory, &view.guesses, &said),
            _ => Vec::new(),
        },
        names: match next {
            Next::PassOn => offered(ctx, house.directory),
            _ => Vec::new(),
        },
        guessed: view
            .guesses
            .fields
            .iter()
            .map(|it| (field_name(&fields, &it.code), said.because(&it.because)))
            .collect(),
        fields: fields.iter().map(|it| Choice::new(&it.code, it.name.clone())).collect(),
        events: view.happenings.iter().map(|it| Event::of(it, house.directory)).rev().collect(),
        answers,
        draft,
        files: view.files.iter().map(|file| FileLine::of(&view, file)).collect(),
        prepared: Prepared::all(&view),
        partners: view.partners.iter().map(|it| PartnerLine::of(it, house.directory)).collect(),
        others: Others {
            make_task: next == Next::Draft
                && premises.tasks.is_some()
                && task.is_none()
                && ctx.may(Right::PrepareTasks, ctx.actor.own()),
            ..Others::of(&view, next)
        },
        task,
        has_objected: has_objected(&view.happenings),
        people: people.iter().map(|it| seat_choice(it, &name(it.agency))).collect(),
        about: it.about.map(|it| it.to_string()).unwrap_or_default(),
        hide_words: match it.is_hidden {
            true => "Đề nghị cho hiện lại",
            false => "Đề nghị ẩn khỏi trang công khai",
        },
        next,
        chrome,
        faults,
        typed,
        it,
        view,
    })
}

/// Somebody with their seat.
fn seat_choice(it: &Person, agency: &str) -> Choice {
    let seat = match it.title.is_empty() {
        true => agency.to_owned(),
        false => format!("{}, {agency}", it.title),
    };
    Choice::new(it.account.to_string(), format!("{}, {seat}", it.name))
}

fn field_name(fields: &[Field], code: &str) -> String {
    fields.iter().find(|it| it.code == code).map_or_else(String::new, |it| it.name.clone())
}

impl Next {
    fn of(view: &CaseView) -> Self {
        let opens = |act| view.open.contains(&act);
        match view.case.flow.state {
            State::Sent if opens(Act::Receive) => Self::Receive,
            State::Sorting | State::Review if opens(Act::Assign) => Self::PassOn,
            State::Assigned if opens(Act::Accept) => Self::Accept,
            State::Handling if opens(Act::Submit) => Self::Draft,
            State::Approval if opens(Act::Approve) => Self::Decide,
            state if view.owes_opinion && state.is_open() => Self::GiveOpinion,
            _ => Self::Nothing,
        }
    }
}

impl Others {
    fn of(view: &CaseView, next: Next) -> Self {
        let opens = |act| view.open.contains(&act);
        Self {
            refuse: opens(Act::Refuse),
            ask_more: opens(Act::AskMore),
            go_on: opens(Act::Resume),
            extend: opens(Act::Extend),
            merge: opens(Act::Merge),
            unmerge: opens(Act::Unmerge),
            sort: view.may_sort,
            link: next == Next::Draft,
            make_task: false,
            decide_hiding: view.may_approve
                && view.hiding.as_ref().is_some_and(|it| it.decided.is_none()),
        }
    }

    fn any(self) -> bool {
        self.sort || self.refuse || self.extend || self.unmerge
    }
}
