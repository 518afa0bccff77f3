// A program of somebody else reads and sends petitions: the client georeport from PyPI, and a plain call.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';

import { startServer } from '../lib/server.mjs';

let server;
before(async () => {
  server = await startServer();
});
after(async () => {
  await server?.stop();
});

function sauro(...words) {
  return execFileSync(process.env.SAURO_BIN, [...words, '--data', server.data], { encoding: 'utf8' });
}

test('an Open311 client reads services and cases, and follows what was sent with a key', async () => {
  const key = sauro('intake-key', 'new', 'Cổng mẫu').trim().split('\n').at(-1);
  assert.match(key, /^sauro_[0-9a-f]{64}$/);
  const send = () =>
    fetch(`${server.url}/open311/v2/requests.json`, {
      method: 'POST',
      headers: { 'idempotency-key': 'mot' },
      body: new URLSearchParams({
        api_key: key,
        service_code: 'giao-thong',
        description: 'Ván cầu ấp 3 gãy. Xe máy qua lại nguy hiểm.',
        address_string: 'Cầu số 5, xã Năm Căn, Cà Mau',
        first_name: 'Mẫu',
        last_name: 'Người gửi',
        phone: '0900000001',
      }),
    });
  const sent = await send();
  assert.equal(sent.status, 201);
  const [{ service_request_id: code, service_notice: notice }] = await sent.json();
  assert.match(notice, /Ủy ban nhân dân xã Năm Căn/);
  const [again] = await (await send()).json();
  assert.equal(again.service_request_id, code, 'sent twice, it is one case');

  const script = fileURLToPath(new URL('../lib/read_open311.py', import.meta.url));
  const endpoint = `${server.url}/open311/v2`;
  const told = JSON.parse(
    execFileSync(process.env.SAURO_GEOREPORT, [script, endpoint, code], { encoding: 'utf8' }),
  );
  for (const form of ['json', 'xml']) {
    const { services, definition, requests, one } = told[form];
    assert.ok(services.includes('giao-thong'), form);
    assert.equal(definition.service_code, services[0]);
    assert.ok(requests.length >= 2, `${form}: public cases`);
    for (const it of requests) {
      assert.equal(it.status, 'closed');
      assert.match(it.service_request_id, /^PA-\d{4}-\d{6}$/);
    }
    assert.equal(one[0].status, 'open');
    assert.equal(one[0].service_request_id, code);
    assert.equal(one[0].agency_responsible, 'Ủy ban nhân dân xã Năm Căn');
  }
  assert.deepEqual(told.json.services, told.xml.services);
  const numbers = (form) => told[form].requests.map((it) => it.service_request_id);
  assert.deepEqual(numbers('json'), numbers('xml'));

  const id = sauro('intake-key', 'list').split(' ')[0];
  sauro('intake-key', 'revoke', id);
  assert.equal((await send()).status, 403, 'a revoked key sends nothing');
});
