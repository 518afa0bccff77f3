//! The way of a case: its states, and which act leads from which to which. Pure and total, so that a test
//! can walk every state there is.

/// Refusals ("not ours") after which the agency above assigns with binding effect.
pub const MOST_REFUSALS: u8 = 2;

/// Times a sender may have an answer reviewed here; after that the law's own ways remain.
pub const MOST_REVIEWS: u8 = 2;

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Đã gửi: durable, nobody has looked at it yet.
    Sent,
    /// Đang phân loại: received; the coordinator decides who handles it.
    Sorting,
    /// Chờ bổ sung: the sender was asked for more.
    Waiting,
    /// Đã chuyển giải quyết: the lead agency has not taken it up yet.
    Assigned,
    /// Đang giải quyết.
    Handling,
    /// Chờ duyệt trả lời: an answer lies before the leader.
    Approval,
    /// Đã trả lời: the sender has the answer and may rate it.
    Answered,
    /// Đang phúc tra: the sender was not satisfied; another agency or officer decides.
    Review,
    /// Đã kết thúc.
    Closed,
}

/// What can be done with a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Act {
    /// Tiếp nhận.
    Receive,
    /// Yêu cầu bổ sung.
    AskMore,
    /// The sender gives more, or the officer goes on without it.
    Resume,
    /// Chuyển giải quyết.
    Assign,
    /// Trả lại vì không thuộc thẩm quyền: back to whoever coordinates, never an end.
    Refuse,
    /// Nhận giải quyết.
    Accept,
    /// Gia hạn, once.
    Extend,
    /// Trình duyệt câu trả lời.
    Submit,
    /// Trả lại câu trả lời để sửa.
    ReturnAnswer,
    /// Duyệt và trả lời.
    Approve,
    /// The sender is satisfied, or says nothing for long.
    Settle,
    /// The sender is not satisfied.
    Reopen,
    /// Gộp vào vụ việc trùng.
    Merge,
    /// Tách ra như trước khi gộp.
    Unmerge,
}

/// What of a case decides on the acts that are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Flow {
    /// Where it stands.
    pub state: State,
    /// Where it goes on after waiting.
    pub resume: Option<State>,
    /// How often it was refused as not ours since it was last bound.
    pub n_refusals: u8,
    /// The present lead was named with binding effect and cannot refuse.
    pub is_binding: bool,
    /// How often an answer was contested.
    pub n_reviews: u8,
    /// The one extension was used.
    pub is_extended: bool,
    /// Where it stood before it was merged.
    pub before_merge: Option<State>,
}

/// Why an act is not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not in this state.
    #[error("the act {act:?} is not open in the state {state:?}")]
    NotNow {
        /// The act.
        act: Act,
        /// The state.
        state: State,
    },
    /// The lead was named with binding effect.
    #[error("the lead was named with binding effect")]
    Binding,
    /// The extension was used.
    #[error("the one extension was used")]
    Extended,
    /// No more reviews.
    #[error("the answer was reviewed as often as it can be")]
    NoMoreReviews,
}

impl State {
    /// All states.
    pub const ALL: [Self; 9] = [
        Self::Sent,
        Self::Sorting,
        Self::Waiting,
        Self::Assigned,
        Self::Handling,
        Self::Approval,
        Self::Answered,
        Self::Review,
        Self::Closed,
    ];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Sorting => "sorting",
            Self::Waiting => "waiting",
            Self::Assigned => "assigned",
            Self::Handling => "handling",
            Self::Approval => "approval",
            Self::Answered => "answered",
            Self::Review => "review",
            Self::Closed => "closed",
        }
    }

    /// The state stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Sent => "Đã gửi",
            Self::Sorting => "Đang phân loại",
            Self::Waiting => "Chờ bổ sung",
            Self::Assigned => "Đã chuyển giải quyết",
            Self::Handling => "Đang giải quyết",
            Self::Approval => "Chờ duyệt trả lời",
            Self::Answered => "Đã trả lời",
            Self::Review => "Đang phúc tra",
            Self::Closed => "Đã kết thúc",
        }
    }

    /// True while an agency owes the next step.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Answered | Self::Closed | Self::Waiting)
    }
}

impl Act {
    /// All acts.
    pub const ALL: [Self; 14] = [
        Self::Receive,
        Self::AskMore,
        Self::Resume,
        Self::Assign,
        Self::Refuse,
        Self::Accept,
        Self::Extend,
        Self::Submit,
        Self::ReturnAnswer,
        Self::Approve,
        Self::Settle,
        Self::Reopen,
        Self::Merge,
        Self::Unmerge,
    ];

    /// True of what only the sender can bring about.
    pub fn is_senders(self) -> bool {
        matches!(self, Self::Settle | Self::Reopen)
    }
}

impl Flow {
    /// A case that has just been sent.
    pub fn sent() -> Self {
        Self {
            state: State::Sent,
            resume: None,
            n_refusals: 0,
            is_binding: false,
            n_reviews: 0,
            is_extended: false,
            before_merge: None,
        }
    }

    /// Two agencies have said "not ours": the agency above the coordinator assigns, and that holds.
    pub fn must_bind(self) -> bool {
        self.state == State::Review || self.n_refusals >= MOST_REFUSALS
    }

    /// True when `act` is open.
    pub fn allows(self, act: Act) -> bool {
        self.after(act).is_ok()
    }

    /// The case after `act`.
    ///
    /// # Errors
    ///
    /// [`Refusal`] says why the act is not open; nothing has changed.
    pub fn after(self, act: Act) -> Result<Self, Refusal> {
        use State as S;
        let to = |state| Ok(Self { state, ..self });
        match (act, self.state) {
            (Act::Receive, S::Sent) => to(S::Sorting),
            (Act::AskMore, S::Sorting | S::Handling) => {
                Ok(Self { state: S::Waiting, resume: Some(self.state), ..self })
            }
            (Act::Resume, S::Waiting) => {
                Ok(Self { state: self.resume.unwrap_or(S::Sorting), resume: None, ..self })
            }
            (Act::Assign, S::Sorting | S::Review) => Ok(Self {
                state: S::Assigned,
                is_binding: self.must_bind(),
                n_refusals: if self.must_bind() { 0 } else { self.n_refusals },
                ..self
            }),
            (Act::Refuse, S::Assigned) if self.is_binding => Err(Refusal::Binding),
            (Act::Refuse, S::Assigned) => Ok(Self {
                state: S::Sorting,
                n_refusals: self.n_refusals.saturating_add(1),
                ..self
            }),
            (Act::Accept, S::Assigned) => to(S::Handling),
            (Act::Extend, S::Assigned | S::Handling) if self.is_extended => Err(Refusal::Extended),
            (Act::Extend, S::Assigned | S::Handling) => Ok(Self { is_extended: true, ..self }),
            (Act::Submit, S::Handling) => to(S::Approval),
            (Act::ReturnAnswer, S::Approval) => to(S::Handling),
            (Act::Approve, S::Approval) => to(S::Answered),
            (Act::Settle, S::Answered) => to(S::Closed),
            (Act::Reopen, S::Answered) if self.n_reviews >= MOST_REVIEWS => {
                Err(Refusal::NoMoreReviews)
            }
            (Act::Reopen, S::Answered) => Ok(Self {
                state: S::Review,
                n_reviews: self.n_reviews.saturating_add(1),
                is_binding: false,
                ..self
            }),
            (Act::Merge, S::Sent | S::Sorting | S::Waiting | S::Assigned | S::Handling) => {
                Ok(Self { state: S::Closed, before_merge: Some(self.state), ..self })
            }
            (Act::Unmerge, S::Closed) if self.before_merge.is_some() => Ok(Self {
                state: self.before_merge.unwrap_or(S::Sorting),
                before_merge: None,
                ..self
            }),
            (act, state) => Err(Refusal::NotNow { act, state }),
        }
    }
}
