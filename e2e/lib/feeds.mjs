// What is wrong with a feed: Atom by the grammar of RFC 4287, which the RELAX NG engine within the Nu validator reads,
// and by the rules that no grammar can say; JSON Feed by a schema of its specification.

import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import vnu from 'vnu-jar';

const SCHEMAS = join(import.meta.dirname, '..', 'schemas');
const JING = 'nu.validator.vendor.thaiopensource.relaxng.util.Driver';

const all = (text, pattern) => [...text.matchAll(pattern)].map((it) => it[1]);
const doubled = (words) => words.filter((it, n) => words.indexOf(it) !== n);

/** Faults of the Atom feed `text`, kept for the while in `folder`. */
export async function faultsOfAtom(text, folder) {
  const file = join(folder, 'feed.xml');
  await writeFile(file, text);
  const options = ['-cp', String(vnu), JING, '-c', join(SCHEMAS, 'atom.rnc'), file];
  const said = await new Promise((answer) => {
    execFile('java', options, (fault, out, err) => answer(fault ? `${out}${err}` || String(fault) : ''));
  });
  const faults = said.split('\n').filter((it) => it.trim());
  const [head, ...entries] = text.split('<entry>');
  faults.push(...doubled(all(text, /<id>([^<]*)<\/id>/g)).map((it) => `twice the id ${it}`));
  if (!/<link rel="self"/.test(head)) faults.push('the feed does not name itself');
  for (const entry of entries) {
    const links = all(entry, /<link rel="alternate"([^>]*)>/g).map((it) => it.replace(/href="[^"]*"/, ''));
    faults.push(...doubled(links).map((it) => `two alternates alike: ${it}`));
    if (!/<author>/.test(entry) && !/<author>/.test(head)) faults.push('an entry without its author');
    if (!/<summary|<content/.test(entry) && links.length === 0) faults.push('an entry without words');
  }
  return faults;
}

let schema;

/** Faults of the JSON Feed `text`. */
export async function faultsOfJson(text) {
  if (!schema) {
    const ajv = new Ajv({ allErrors: true });
    addFormats(ajv);
    schema = ajv.compile(JSON.parse(await readFile(join(SCHEMAS, 'json-feed.json'), 'utf8')));
  }
  const feed = JSON.parse(text);
  const faults = schema(feed) ? [] : schema.errors.map((it) => `${it.instancePath} ${it.message}`);
  return faults.concat(doubled(feed.items.map((it) => it.id)).map((it) => `twice the id ${it}`));
}
