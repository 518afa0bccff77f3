//! The doors of programs: reading what is public needs nothing, sending needs a key.

use super::table::Far::All;
use super::table::Stranger::Sees;
use super::table::{Door, get, post};

pub(crate) const PROGRAM_DOORS: &[Door] = &[
    post("/api/v1/phan-anh", "/api/v1/phan-anh", "title=x", Sees(401), All(401)),
    get("/api/v1/phan-anh/{code}", "/api/v1/phan-anh/PA-00000-00000", Sees(404), All(404)),
    get("/open311/v2/discovery.json", "/open311/v2/discovery.json", Sees(200), All(200)),
    get("/open311/v2/discovery.xml", "/open311/v2/discovery.xml", Sees(200), All(200)),
    get("/open311/v2/services.json", "/open311/v2/services.json", Sees(200), All(200)),
    get("/open311/v2/services.xml", "/open311/v2/services.xml", Sees(200), All(200)),
    get("/open311/v2/services/{file}", "/open311/v2/services/x.json", Sees(404), All(404)),
    get("/open311/v2/requests.json", "/open311/v2/requests.json", Sees(200), All(200)),
    get("/open311/v2/requests.xml", "/open311/v2/requests.xml", Sees(200), All(200)),
    post(
        "/open311/v2/requests.json",
        "/open311/v2/requests.json",
        "api_key=x",
        Sees(403),
        All(403),
    ),
    post("/open311/v2/requests.xml", "/open311/v2/requests.xml", "api_key=x", Sees(403), All(403)),
    get(
        "/open311/v2/requests/{file}",
        "/open311/v2/requests/PA-2026-000001.json",
        Sees(404),
        All(404),
    ),
    get("/open311/v2/tokens/{file}", "/open311/v2/tokens/PA-2026-000001.json", Sees(404), All(404)),
];
