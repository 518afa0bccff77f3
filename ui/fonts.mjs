// Be Vietnam Pro comes in a Latin and a Vietnamese file. A page here needs both from its first
// sentence, so each is cut down to the letters that Vietnamese text uses; the rest of Latin stays
// in a file of its own that loads only when a foreign name needs it.
import { readFileSync } from "node:fs";
import subset from "subset-font";

const WEIGHTS = [400, 600, 700];
const FAMILY = "Be Vietnam Pro";

const between = (from, to) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
const letters = (text) => [...text].map((it) => it.codePointAt(0));

/** ASCII, the accented letters of Vietnamese that sit in Latin-1, and the signs the pages use. */
export const CORE = unique([
  ...between(0x20, 0x7e),
  ...letters("\u00a0ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý«»§©°±²³µ·×÷–—‘’“”•…€→−"),
]);

/** Letters with marks that Latin-1 lacks. */
export const MARKS = unique([
  ...letters("ĂăĐđĨĩŨũƠơƯư₫"),
  ...between(0x1ea0, 0x1ef9),
  // Loose marks, for text typed as letter and mark.
  0x300, 0x301, 0x303, 0x309, 0x323,
]);

/** What is left of the Latin file. */
export const REST = unique([...between(0xa1, 0xff), 0x131, 0x152, 0x153, 0x2122]).filter((it) => !CORE.includes(it));

/** Every font file: its name, family, weight, range and bytes. */
export async function fonts(at) {
  const all = [];
  for (const weight of WEIGHTS) {
    const source = (set) =>
      readFileSync(at(`node_modules/@fontsource/be-vietnam-pro/files/be-vietnam-pro-${set}-${weight}-normal.woff2`));
    for (const [name, set, points] of [
      ["bvp", "latin", CORE],
      ["bvp-vi", "vietnamese", MARKS],
      ["bvp-rest", "latin", REST],
    ]) {
      const bytes = await subset(source(set), String.fromCodePoint(...points), {
        targetFormat: "woff2",
        noHinting: true,
        keepFeatures: ["kern", "mark", "mkmk", "ccmp", "locl"],
      });
      all.push({ name: `${name}-${weight}.woff2`, family: FAMILY, weight, range: range(points), bytes });
    }
    const bytes = readFileSync(at(`fonts/sauro-tabular-${weight}.woff2`));
    all.push({ name: `digits-${weight}.woff2`, family: "Sau Ro Tabular", weight, range: "U+30-39", bytes });
  }
  return all;
}

/** Runs of neighbouring code points. */
export function ranges(points) {
  const runs = [];
  for (const point of points) {
    const last = runs.at(-1);
    if (last && last[1] === point - 1) last[1] = point;
    else runs.push([point, point]);
  }
  return runs;
}

function range(points) {
  const hex = (it) => it.toString(16).toUpperCase();
  return ranges(points)
    .map(([from, to]) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`))
    .join(",");
}

function unique(points) {
  return [...new Set(points)].sort((a, b) => a - b);
}
