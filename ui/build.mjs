// Builds dist/: hashed names, precompressed siblings, manifest.json (logical name → file name).
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { transform } from "lightningcss";
import { CORE, REST, fonts, ranges } from "./fonts.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const at = (...parts) => join(here, ...parts);
const next = at("node_modules/.next-dist");
const manifest = {};

/** Writes one asset under a name that changes with its content. */
function emit(name, body, squeeze = true) {
  const bytes = Buffer.from(body);
  const dot = name.lastIndexOf(".");
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  const file = `${name.slice(0, dot)}.${hash}${name.slice(dot)}`;
  writeFileSync(join(next, file), bytes);
  if (squeeze) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(join(next, `${file}.br`), brotliCompressSync(bytes, { params }));
    writeFileSync(join(next, `${file}.gz`), gzipSync(bytes, { level: 9 }));
  }
  manifest[name] = file;
  return file;
}

function sprite() {
  const wanted = JSON.parse(readFileSync(at("icons.json"), "utf8"));
  const symbols = [];
  for (const [name, source] of Object.entries(wanted)) {
    const svg = readFileSync(at("node_modules/@tabler/icons/icons/outline", `${source}.svg`), "utf8");
    symbols.push(symbol(name, svg.replace(/<path stroke="none"[^>]*\/>/, "")));
  }
  for (const file of readdirSync(at("icons")).filter((it) => it.startsWith("s-"))) {
    symbols.push(symbol(file.replace(".svg", ""), readFileSync(at("icons", file), "utf8")));
  }
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

function symbol(name, svg) {
  const inside = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${inside.replace(/>\s+</g, "><").trim()}</symbol>`;
}

/** Every word that a script says stands in its list of English words, and is said through it. */
function words() {
  const scripts = readdirSync(at("src/js")).map((name) => [name, readFileSync(at("src/js", name), "utf8")]);
  const [, list] = scripts.find(([name]) => name === "tongue.js");
  const known = new Set([...list.matchAll(/^  "([^"]+)": "/gm)].map((it) => it[1]));
  for (const [name, text] of scripts.filter(([name]) => name !== "tongue.js" && !name.startsWith("htmx"))) {
    const bare = text.replace(/^\s*(\/\/|\/\*\*).*$/gm, "").replace(/translate\("([^"]+)"/g, (_, it) => {
      if (!known.has(it)) throw new Error(`${name}: no English of "${it}" in tongue.js`);
      return "";
    });
    const left = bare.match(/["'`][^"'`\n]*[à-ỹđ][^"'`\n]*["'`]/i);
    if (left) throw new Error(`${name}: ${left[0]} is not said through translate()`);
  }
}

async function styles() {
  const faces = [];
  for (const { name, family, weight, range, bytes } of await fonts(at)) {
    const file = emit(name, bytes, false);
    faces.push(
      `@font-face{font-family:"${family}";font-weight:${weight};font-display:swap;` +
        `src:url(${file}) format("woff2");unicode-range:${range}}`,
    );
  }
  // Metrics of the fallback are set so that the page does not move when the face arrives.
  faces.push(
    '@font-face{font-family:"BVP Fallback";src:local("Arial"),local("Liberation Sans");' +
      "size-adjust:106%;ascent-override:94.3%;descent-override:25%;line-gap-override:0%}",
  );
  const sheets = ["tokens", "components", "room"].map((it) => readFileSync(at("src/css", `${it}.css`), "utf8"));
  const { code } = transform({
    filename: "app.css",
    code: Buffer.from([...sheets, ...faces].join("\n")),
    minify: true,
    targets: { chrome: 109 << 16, edge: 109 << 16, firefox: 115 << 16, safari: 16 << 16 },
  });
  emit("app.css", code);
}

/** The desk's script, and those of the three public forms that a script makes better. */
async function scripts() {
  await Promise.all(["app.js", "push.js", "reading.js", "search.js", "sending.js"].map(script));
}

async function script(name) {
  const result = await build({
    entryPoints: [at("src/js", name)],
    bundle: true,
    minify: true,
    format: "iife",
    target: ["chrome109", "firefox115", "safari16"],
    legalComments: "none",
    write: false,
  });
  emit(name, result.outputFiles[0].contents);
}

/** The faces of papers and of printed dashboards, whole: the press cuts out of them what it needs. */
function paperFaces() {
  const to = at("dist-paper");
  mkdirSync(to, { recursive: true });
  const copy = (family, from, name) =>
    writeFileSync(join(to, name), readFileSync(at(`node_modules/@expo-google-fonts/${family}`, from)));
  for (const [from, name] of [
    ["400Regular/Tinos_400Regular", "tinos-400"],
    ["400Regular_Italic/Tinos_400Regular_Italic", "tinos-400-italic"],
    ["700Bold/Tinos_700Bold", "tinos-700"],
    ["700Bold_Italic/Tinos_700Bold_Italic", "tinos-700-italic"],
  ]) {
    copy("tinos", `${from}.ttf`, `${name}.ttf`);
  }
  copy("be-vietnam-pro", "400Regular/BeVietnamPro_400Regular.ttf", "bvp-400.ttf");
  copy("be-vietnam-pro", "700Bold/BeVietnamPro_700Bold.ttf", "bvp-700.ttf");
  copy("tinos", "LICENSE_FONT", "OFL-tinos.txt");
  copy("be-vietnam-pro", "LICENSE_FONT", "OFL-be-vietnam-pro.txt");
}

words();
rmSync(next, { recursive: true, force: true });
mkdirSync(next, { recursive: true });
emit("icons.svg", sprite());
emit("mark.svg", readFileSync(at("icons/mark.svg")));
await styles();
await scripts();
paperFaces();
writeFileSync(join(next, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
rmSync(at("dist"), { recursive: true, force: true });
renameSync(next, at("dist"));
console.log(`${Object.keys(manifest).length} assets, core ${ranges(CORE).length} ranges, rest ${ranges(REST).length}`);
