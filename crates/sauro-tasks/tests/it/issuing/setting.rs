//! A small country: a few central bodies, two provinces, four communes.

use std::sync::Arc;

use axum::{Extension, Router};
use sauro_directory::model::Directory;
use sauro_directory::{DirectoryHandle, actions};
use sauro_kernel::{AccountId, Actor, AgencyId, Ctx, PostId, ProgrammeId, Role};
use sauro_reading::{Gazetteer, Reader};
use sauro_store::Db;
use sauro_tasks::actions::{ProgrammeFields, open_programme};
use sauro_tasks::model::{Deadline, DeadlineKind, DraftBody};
use sauro_testkit::{ctx, ctx_of, day};
use sauro_ui::AppState;
use uuid::Uuid;

const CENTRAL: &str = "code,abbr,name,aliases,kind\n\
VPTW,VPTW,Văn phòng Trung ương Đảng,,party\n\
BCA,BCA,Bộ Công an,,ministry\n\
BTP,BTP,Bộ Tư pháp,,ministry\n\
BKHCN,BKHCN,Bộ Khoa học và Công nghệ,,ministry\n\
TTg,TTg,Thủ tướng Chính phủ,,official\n\
*B,,các bộ,,group\n\
*UBNDT,,\"Ủy ban nhân dân các tỉnh, thành phố\",\"UBND các tỉnh, thành phố\",group\n\
*UBNDX,,Ủy ban nhân dân cấp xã,UBND cấp xã,group\n\
*BLQ,,các bên liên quan,,group\n";
const PROVINCIAL: &str = "code,province_code,name,aliases,kind\n\
TU-96,96,Tỉnh ủy Cà Mau,,province_party\n\
UBND-96,96,Ủy ban nhân dân tỉnh Cà Mau,UBND tỉnh Cà Mau|tỉnh Cà Mau,province_pc\n\
TU-44,44,Tỉnh ủy Quảng Trị,,province_party\n\
UBND-44,44,Ủy ban nhân dân tỉnh Quảng Trị,UBND tỉnh Quảng Trị|tỉnh Quảng Trị,province_pc\n";
const UNITS: &str = "code,parent_code,level,type,name\n\
96,,1,tỉnh,Cà Mau\n44,,1,tỉnh,Quảng Trị\n\
31957,96,2,phường,An Xuyên\n31987,96,2,phường,Lý Văn Lâm\n32044,96,2,xã,Nam Căn\n\
19333,44,2,phường,Đông Hà\n";

/// The country in a database.
pub(crate) struct Setting {
    /// Its database.
    pub(crate) db: Db,
    /// Its agencies.
    pub(crate) directory: Arc<Directory>,
    /// The same, for the pages.
    pub(crate) handle: DirectoryHandle,
    /// A programme of the Central Party Office.
    pub(crate) programme: ProgrammeId,
}

impl Setting {
    /// Founds it in `db`.
    pub(crate) async fn new(db: &Db) -> Self {
        let system = system();
        actions::import_agencies(&system, db, CENTRAL).await.unwrap();
        actions::import_units(&system, db, UNITS, None).await.unwrap();
        actions::import_agencies(&system, db, PROVINCIAL).await.unwrap();
        Self::of(db).await
    }

    /// The country that `db` holds already, with its programme.
    pub(crate) async fn of(db: &Db) -> Self {
        let handle = DirectoryHandle::load(&system(), db).await.unwrap();
        let mut it = Self {
            db: db.clone(),
            directory: handle.directory(),
            handle,
            programme: ProgrammeId(Uuid::nil()),
        };
        let fields = ProgrammeFields {
            code: "nq57".into(),
            name: "Thực hiện Nghị quyết 57".into(),
            basis: "57-NQ/TW".into(),
            is_public: true,
        };
        it.programme = open_programme(&it.ctx(Role::Leader, "VPTW"), db, fields).await.unwrap();
        it
    }

    /// The id of the agency `code`.
    pub(crate) fn id(&self, code: &str) -> AgencyId {
        self.directory.by_code(code).unwrap_or_else(|| panic!("no agency {code}")).id
    }

    /// Someone with `role` in the agency `code`.
    pub(crate) fn actor(&self, role: Role, code: &str) -> Actor {
        let it = self.directory.by_code(code).unwrap_or_else(|| panic!("no agency {code}"));
        let n = u64::from(role as u8) + 100;
        Actor {
            account: AccountId(Uuid::from_u64_pair(4, n)),
            post: PostId(Uuid::new_v5(&it.id.0, role.code().as_bytes())),
            role,
            agency: it.id,
            agency_code: it.code.clone(),
            agency_name: it.name.clone(),
            agency_path: it.path.clone(),
            scope: it.scope.clone(),
            display_name: role.label().to_owned(),
        }
    }

    /// A caller with `role` in the agency `code`, with ids of their own.
    pub(crate) fn ctx(&self, role: Role, code: &str) -> Ctx {
        Ctx { ids: Arc::new(Fresh), ..ctx_of(self.actor(role, code)) }
    }

    /// The pages of the room, over this country.
    pub(crate) fn routes(&self) -> Router<AppState> {
        sauro_tasks::routes().layer(Extension(self.handle.clone())).layer(Extension(reader()))
    }

    /// A body with all six clarities: `lead` does it, the Central Party Office accepts it.
    pub(crate) fn clear(&self, lead: &str) -> DraftBody {
        DraftBody {
            leads: vec![self.id(lead)],
            work: "Làm sạch dữ liệu hộ tịch".into(),
            deliverables: vec!["99% bản ghi khớp".into(), "1 báo cáo đối soát".into()],
            accountable: "Người đứng đầu cơ quan chủ trì".into(),
            authority: Some(self.id("VPTW")),
            deadline: Deadline {
                kind: DeadlineKind::Date,
                text: "trước ngày 15/12/2026".into(),
                due_on: Some(day("2026-12-15")),
                rule: None,
            },
            strength: "binding".into(),
            is_public: true,
            ..DraftBody::default()
        }
    }
}

/// The machine room, with ids that no page of the test gives out again.
pub(crate) fn system() -> Ctx {
    Ctx { ids: Arc::new(Fresh), ..ctx(Role::System) }
}

/// The reader, made once.
pub(crate) fn reader() -> Arc<Reader> {
    static READER: std::sync::OnceLock<Arc<Reader>> = std::sync::OnceLock::new();
    READER.get_or_init(|| Arc::new(Reader::new(Gazetteer::shipped()))).clone()
}

/// Ids that no other caller of the test has.
struct Fresh;

impl sauro_kernel::IdSource for Fresh {
    #[expect(clippy::disallowed_methods, reason = "callers of one test share a database")]
    fn fresh(&self) -> Uuid {
        Uuid::now_v7()
    }
}
