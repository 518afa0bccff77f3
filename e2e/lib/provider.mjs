// A certified OpenID Connect provider (oidc-provider) in this process, where a person says who they are and how surely.

import { createServer } from 'node:http';

import Provider from 'oidc-provider';

export const NAME = 'Định danh thử';
export const CLIENT = 'sauro-e2e';

/** What an administrator writes for it in SAURO_OIDC_PROVIDERS. */
export function setup(issuer, secretFile) {
  const levels = '[{ acr = "1", name = "Mức độ 1" }, { acr = "2", name = "Mức độ 2" }]';
  return `[{ code = "thu", name = "${NAME}", issuer = "${issuer}", client_id = "${CLIENT}", secret_file = "${secretFile}", levels = ${levels}, officials_from = "2" }]`;
}

/** Serves at `port` for the product at `url`, until `stop()`. */
export async function startProvider({ issuer, port, url, secret }) {
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT,
        client_secret: secret,
        redirect_uris: [`${url}/dang-nhap/qua/thu/ve`],
        post_logout_redirect_uris: [`${url}/dang-nhap/nguoi-dan/da-ra`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    acrValues: ['1', '2'],
    claims: { openid: ['sub'], acr: null, profile: ['name'], email: ['email'], phone: ['phone_number'] },
    cookies: { keys: ['journeys'] },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
    interactions: { url: (_, interaction) => `/vao/${interaction.uid}` },
    pkce: { required: () => true },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, name: `Người thử ${id}`, email: `thu${id}@example.vn`, phone_number: `0900000${id}` }),
    }),
  });
  const answer = provider.callback();
  const server = createServer((request, response) => {
    const asks = request.url.startsWith('/vao/') ? asked(provider, request, response) : answer(request, response);
    Promise.resolve(asks).catch((err) => response.writeHead(500).end(String(err)));
  });
  await new Promise((ready) => server.listen(port, '127.0.0.1', ready));
  const stop = () =>
    new Promise((closed) => {
      server.closeAllConnections();
      server.close(closed);
    });
  return { stop };
}

/** The page on which a person says who they are; agreeing is one click, and so is turning back. */
async function asked(provider, request, response) {
  const { params } = await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(`<!doctype html><title>${NAME}</title><form method="post">
<label>Ai <input name="ai"></label> <label>Mức <input name="muc" value="2"></label>
<button>Đồng ý</button> <button name="thoi" value="1">Thôi</button></form>`);
    return;
  }
  let body = '';
  for await (const piece of request) body += piece;
  const given = new URLSearchParams(body);
  if (given.has('thoi')) {
    const result = { error: 'access_denied', error_description: 'the person turned back' };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    return;
  }
  const grant = new provider.Grant({ accountId: given.get('ai'), clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const result = {
    login: { accountId: given.get('ai'), acr: given.get('muc') },
    consent: { grantId: await grant.save() },
  };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

/** Says at the provider's page that it is `who`, proved as `level` says. */
export async function agree(page, who, level = '2') {
  await page.getByLabel('Ai').fill(who);
  await page.getByLabel('Mức').fill(level);
  await page.getByRole('button', { name: 'Đồng ý' }).click();
}
