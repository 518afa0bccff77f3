//! Ghost, as npm has it, with SQLite: home, an article, the list of a tag. It has no search of its own on the server.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::process::Command;

use super::AnyError;
use super::portal_beside::{All, Paths, all_of, said};
use super::server::Server;

/// What fills its database.
const FILL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/ghost/fill.cjs");

pub(super) async fn measure(
    home: &Path,
    file: &Path,
    span: Duration,
) -> Result<(All, String), AnyError> {
    let package: PathBuf = std::env::var("SAURO_GHOST")
        .map_err(|_| "Ghost is not installed; ./bench portal installs it")?
        .into();
    let folder = tempfile::tempdir_in(home)?;
    let told: Value =
        serde_json::from_str(&std::fs::read_to_string(package.join("package.json"))?)?;
    let version = told.get("version").and_then(Value::as_str).unwrap_or_default().to_owned();
    copied(&package.join("content"), &folder.path().join("content"))?;
    // It looks for its name and version in the folder it is started in.
    std::fs::copy(package.join("package.json"), folder.path().join("package.json"))?;
    // The first start makes the tables.
    serve(&package, folder.path()).await?.stop().await?;
    let database = folder.path().join("ghost.db");
    let mut fill = Command::new("node");
    let told =
        said(fill.arg(FILL).arg(&database).arg(file).arg(package.join("node_modules")), "Ghost")
            .await?;
    let told: Value = serde_json::from_str(told.lines().last().unwrap_or_default())?;
    let article = told.get("article").and_then(Value::as_str).ok_or("no article")?.to_owned();
    let server = serve(&package, folder.path()).await?;
    let paths: Paths =
        vec![("home", "/".to_owned()), ("article", article), ("list", "/tag/tin/".to_owned())];
    let all = all_of(&server, None, (&paths, span)).await?;
    server.stop().await?;
    Ok((all, version))
}

async fn serve(package: &Path, folder: &Path) -> Result<Server, AnyError> {
    let start = |at: SocketAddr| {
        // Its configuration stands in the folder it is started in, with its own address.
        let written = std::fs::write(folder.join("config.production.json"), config(folder, at));
        let mut command = Command::new("node");
        command.current_dir(folder).arg(package.join("index.js"));
        command.env("NODE_ENV", "production").stderr(Stdio::null());
        if let Err(err) = written {
            eprintln!("Ghost: {err}");
        }
        command
    };
    Server::start_with(start, "/").await
}

fn config(folder: &Path, at: SocketAddr) -> String {
    json!({
        "url": format!("http://{at}"),
        "server": { "host": at.ip().to_string(), "port": at.port() },
        "database": {
            "client": "sqlite3",
            "connection": { "filename": folder.join("ghost.db") },
            "useNullAsDefault": true,
        },
        "paths": { "contentPath": folder.join("content") },
        "mail": { "transport": "Direct" },
        "logging": { "transports": ["stderr"], "level": "fatal" },
        "privacy": { "useUpdateCheck": false, "useGravatar": false, "useRpcPing": false, "useStructuredData": true },
        // What pages may be kept for by whoever stands before it is its own affair; members are off.
        "portal": { "url": false },
        "sodoSearch": { "url": false },
        "comments": { "url": false },
    })
    .to_string()
}

fn copied(from: &Path, to: &Path) -> Result<(), AnyError> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copied(&entry.path(), &to)?;
        } else {
            std::fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}
