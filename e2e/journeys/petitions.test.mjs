// Petitions, from the sender's side: sent on a weak line from a place picked on a map, followed by code, rated,
// reopened, objected to being merged, counted on a map, and read by all.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { WIDTHS, launch, person, signIn, sound } from '../lib/browser.mjs';
import { startServer } from '../lib/server.mjs';

let server;
let browser;
before(async () => {
  server = await startServer();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const NAME = 'Người gửi thử';
const PHONE = '0900 000 009';

/** Fills the form in; what is written differs by `what`. */
async function fill(page, what) {
  await page.goto('/phan-anh/gui');
  await page.getByLabel('Tóm tắt trong một câu').fill(`Cống trước ${what} bị tắc`);
  await page.getByLabel('Kể cụ thể').fill(`Mưa là ngập trước ${what}. Gọi tôi ${PHONE}.`);
  await page.getByLabel('Xảy ra ở xã, phường nào?').fill('xã Năm Căn, Cà Mau');
  await page.getByLabel('Họ và tên').fill(NAME);
  await page.getByLabel('Số điện thoại hoặc thư điện tử').fill(PHONE);
  await page.getByLabel('Tôi đồng ý cho cơ quan').check();
}

/** Acts of an officer on the case, through the same forms as the desk's pages. */
async function act(page, url, login, number, acts) {
  await signIn(page, login);
  await page.goto('/phan-anh-den');
  const line = page.locator('li', { hasText: number }).first();
  const where = (await line.locator('a[href^="/phan-anh-den/"]').first().getAttribute('href')).split('?')[0];
  for (const fields of acts) {
    const answer = await page.request.post(`${url}${where}`, { form: fields, headers: { origin: url }, maxRedirects: 0 });
    assert.equal(answer.status(), 303, `${login}: ${JSON.stringify(fields)}: ${await answer.text()}`);
  }
  return where;
}

/** The leader and an officer of `commune` answer the case. */
async function answered(page, url, number, [officer, leader]) {
  const where = await act(page, url, officer, number, [{ viec: 'nhan' }]);
  const draft = {
    'ket-qua': 'solved',
    'tra-loi': `Kính gửi ${NAME}. Tổ quản lý đô thị đã thông cống sáng nay và sẽ kiểm tra lại sau trận mưa tới.`,
    'minh-chung': 'Biên bản 12/BB-UBND',
    viec: 'trinh',
  };
  const sent = await page.request.post(`${url}${where}/tra-loi`, { form: draft, headers: { origin: url }, maxRedirects: 0 });
  assert.equal(sent.status(), 303, await sent.text());
  await act(page, url, leader, number, [{ viec: 'duyet' }]);
}

for (const width of WIDTHS) {
  test(`a case is sent, followed, answered, rated and reopened at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await page.goto('/phan-anh');
    await sound(page, 'answered cases');
    await page.getByLabel('Tìm trong câu hỏi đã trả lời').fill('xa nam can');
    await page.getByRole('button', { name: 'Tìm', exact: true }).click();
    await page.getByText(/Năm Căn/).first().waitFor();
    await sound(page, 'what was found');
    await page.goto('/phan-anh');
    await page.getByRole('link', { name: 'Cơ quan trả lời ra sao' }).click();
    await page.getByRole('heading', { name: 'Cơ quan trả lời ra sao' }).waitFor();
    await sound(page, 'how agencies answer');
    await page.locator('tbody a').first().click();
    await page.getByRole('rowheader', { name: /^Năm 20/ }).first().waitFor();
    await sound(page, 'how an agency answers');
    await page.goto('/phan-anh/ban-do');
    await sound(page, 'the map of the nation');
    await page.locator('tbody a', { hasText: 'Cà Mau' }).click();
    await page.getByRole('heading', { name: /Phản ánh ở/ }).waitFor();
    await sound(page, 'the map of a province');
    await page.goto('/phan-anh');
    await page.getByRole('link', { name: 'Gửi phản ánh, kiến nghị' }).first().click();
    await sound(page, 'the form');
    // An empty form names everything at once and takes the focus there.
    await page.getByRole('button', { name: 'Gửi và nhận mã tra cứu' }).click();
    await page.getByText('Tóm tắt chuyện xảy ra trong một câu').first().waitFor();
    await sound(page, 'the form with faults');
    await fill(page, `chợ ${width}`);
    await page.getByRole('button', { name: 'Gửi và nhận mã tra cứu' }).click();
    await page.waitForURL(/\/tra-cuu\/PA-/);
    await sound(page, 'the receipt');
    const code = await page.locator('#ma-tra-cuu').innerText();
    const number = /PA-\d{4}-\d{6}/.exec(await page.locator('main').innerText())[0];
    // Whoever writes the code down finds the case again.
    await page.goto('/tra-cuu');
    await page.getByLabel('Mã tra cứu').fill('PA-00000-00001');
    await page.getByRole('button', { name: 'Tra cứu' }).click();
    await page.getByText('Không có vụ việc mang mã này').first().waitFor();
    await sound(page, 'a wrong code');
    await page.getByLabel('Mã tra cứu').fill(code.toLowerCase().replaceAll('-', ' '));
    await page.getByRole('button', { name: 'Tra cứu' }).click();
    await page.waitForURL(/\/tra-cuu\/PA-/);

    const desk = await person(browser, server.url, width);
    const lead = { viec: 'chuyen', 'chu-tri': 'UBND-32191' };
    await act(desk.page, server.url, 'xa-namcan', number, [{ viec: 'tiep-nhan' }, lead]);
    await answered(desk.page, server.url, number, ['xa-namcan', 'lanhdao-xa']);

    await page.goto(`/tra-cuu/${code}`);
    await page.getByText('đã thông cống sáng nay').waitFor();
    await sound(page, 'the answer');
    await page.getByLabel('2. Chưa giải quyết').check();
    await page.getByRole('button', { name: 'Gửi đánh giá' }).click();
    await page.getByText('Nhập điều còn chưa đúng').first().waitFor();
    await page.getByLabel('Còn điều gì chưa đúng?').fill('Cống vẫn tắc, chưa ai đến.');
    await page.getByLabel('2. Chưa giải quyết').check();
    await page.getByRole('button', { name: 'Gửi đánh giá' }).click();
    await page.getByText(/Vụ việc được mở lại/).waitFor();
    await sound(page, 'a case under review');
    assert.deepEqual(faults, []);
    await desk.context.close();
    await context.close();
  });
}

for (const width of WIDTHS) {
  test(`a place is picked on the map, and a merge is objected to, at ${width} px`, async () => {
    const here = { latitude: 9.1, longitude: 105.05 };
    const options = { geolocation: here, permissions: ['geolocation'] };
    const { context, page, faults } = await person(browser, server.url, width, options);
    const sent = async (what) => {
      await fill(page, `${what} ${width}`);
      const place = page.getByLabel('Xảy ra ở xã, phường nào?');
      await place.fill('');
      await page.getByRole('link', { name: 'Chọn trên bản đồ' }).click();
      await page.locator('#chon-noi').getByRole('link', { name: 'Tỉnh Cà Mau', exact: true }).last().click();
      await page.getByRole('heading', { name: /chọn xã, phường/ }).waitFor();
      await sound(page, 'communes to pick from');
      await page.locator('#chon-noi').getByRole('link', { name: 'Xã Năm Căn', exact: true }).last().click();
      await page.getByText('Đã chọn xã Năm Căn, tỉnh Cà Mau.').waitFor();
      assert.match(await place.inputValue(), /UBND-32191/);
      await page.getByRole('button', { name: 'Gửi và nhận mã tra cứu' }).click();
      await page.waitForURL(/\/tra-cuu\/PA-/);
      return {
        code: await page.locator('#ma-tra-cuu').innerText(),
        number: /PA-\d{4}-\d{6}/.exec(await page.locator('main').innerText())[0],
      };
    };
    await page.goto('/phan-anh/gui');
    await page.getByRole('link', { name: 'Chọn trên bản đồ' }).click();
    await page.getByRole('heading', { name: 'Chọn tỉnh, thành phố' }).waitFor();
    await sound(page, 'provinces to pick from');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Dùng vị trí của tôi' }).click();
    await page.getByText('Chọn đúng xã, phường.').waitFor();
    await page.getByText('Đã đánh dấu vị trí').waitFor();
    const [main, other] = [await sent('cổng làng'), await sent('đình làng')];
    const desk = await person(browser, server.url, width);
    await act(desk.page, server.url, 'xa-namcan', other.number, [{ viec: 'gop', 'gop-vao': main.number }]);
    await page.goto(`/tra-cuu/${other.code}`);
    await page.getByRole('heading', { name: /đã gộp vào/ }).waitFor();
    await sound(page, 'a case that was merged');
    await page.getByRole('button', { name: 'Phản đối việc gộp' }).click();
    await page.getByText('Nhập vì sao không phải cùng một việc').first().waitFor();
    await page.getByLabel('Không phải cùng một việc?').fill('Hai cống khác nhau.');
    await page.getByRole('button', { name: 'Phản đối việc gộp' }).click();
    await page.getByText('Đã tách vụ việc ra.').waitFor();
    await sound(page, 'a case taken out again');
    assert.deepEqual(faults, []);
    await desk.context.close();
    await context.close();
  });
}

test('what could not be sent goes by itself once the line is back, once', async () => {
  const { context, page } = await person(browser, server.url, 390);
  await fill(page, 'trường học');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Gửi và nhận mã tra cứu' }).click();
  await page.getByText('Chưa có mạng').waitFor();
  await context.setOffline(false);
  await page.waitForURL(/\/tra-cuu\/PA-/);
  await page.locator('#ma-tra-cuu').waitFor();
  await context.close();
});

test('without script a case is sent and followed all the same', async () => {
  const { context, page } = await person(browser, server.url, 390, { javaScriptEnabled: false });
  await fill(page, 'trạm y tế');
  await page.getByRole('button', { name: 'Gửi và nhận mã tra cứu' }).click();
  await page.waitForURL(/\/tra-cuu\/PA-/);
  assert.match(await page.locator('#ma-tra-cuu').innerText(), /^PA-[0-9A-Z]{5}-[0-9A-Z]{5}$/);
  await context.close();
});

test('nothing that everybody may read names who sent a case', async () => {
  const { context, page } = await person(browser, server.url, 390);
  const seen = new Set();
  const ways = ['/phan-anh', '/phan-anh.csv', '/phan-anh.json', '/phan-anh/tuong-tu?noi-dung=cong+bi+tac'];
  for (let at = ways.shift(); at; at = ways.shift()) {
    if (seen.has(at) || seen.size > 60) continue;
    seen.add(at);
    const text = await (await page.request.get(at)).text();
    for (const secret of [NAME, PHONE, PHONE.replaceAll(' ', '')]) {
      assert.ok(!text.includes(secret), `${secret} stands at ${at}`);
    }
    ways.push(...[...text.matchAll(/href="(\/phan-anh[^"#]*)"/g)].map((it) => it[1].replaceAll('&amp;', '&')));
  }
  assert.ok(seen.size > 6, `only ${seen.size} pages were read`);
  await context.close();
});
