// The language of the page. Words stand in the scripts in Vietnamese; under /en they are said as here.
const ENGLISH = {
  "Đổi mục hoặc thôi nhận": "Change the subjects or stop",
  "Ghi mục đã chọn cho máy này": "Save the chosen subjects for this device",
  "Trình duyệt chưa nhận được thông báo. Kiểm tra quyền thông báo của trang rồi làm lại.": "The browser cannot receive notifications yet. Check the notification permission of this site and try again.",
  "Chọn ít nhất một mục ở trên.": "Choose at least one subject above.",
  "Trình duyệt chưa cho trang này hiện thông báo. Mở quyền thông báo rồi bấm lại.": "The browser does not let this site show notifications yet. Allow notifications and press again.",
  "Đang đăng ký…": "Subscribing…",
  "Máy này sẽ nhận thông báo.": "This device will receive notifications.",
  "Chưa đăng ký được. Làm lại sau ít phút.": "It was not possible to subscribe. Try again in a few minutes.",
  "cả trang": "the whole page",
  "Bỏ chọn {}": "Untick {}",
  "Chọn {}": "Tick {}",
  "Đã lưu nháp trên máy lúc {}": "Draft saved on this device at {}",
  "Có bản nháp chưa gửi lúc {}": "There is a draft from {} that was not sent",
  "Dùng bản nháp": "Use the draft",
  "Bỏ": "Discard",
  "Dừng đọc": "Stop reading",
  "Nghe bài": "Listen",
  "Đã chép liên kết": "Link copied",
  "{} gợi ý, dùng mũi tên lên xuống để chọn": "{} suggestions, use the up and down arrows to choose",
  "Đã chép": "Copied",
  "Đã lưu nháp lúc {}": "Draft saved at {}",
  "Chưa lưu được nháp, sẽ thử lại.": "The draft is not saved yet; it will be tried again.",
  "Mất mạng, bản nháp còn trên trang này.": "No connection; the draft is still on this page.",
  "Đang chuyển nội dung dán thành khối": "Turning what was pasted into blocks",
  "Đã điền lại bản nháp lưu trên máy này.": "The draft saved on this device was filled in again.",
  "Đã lưu nháp trên máy này.": "Draft saved on this device.",
  "Đang gửi…": "Sending…",
  "Chưa có mạng. Giữ trang này mở, phản ánh sẽ tự gửi khi có mạng trở lại.": "No connection. Keep this page open; the petition is sent by itself once the connection is back.",
  "Đã chọn {}.": "{} is chosen.",
  "Chưa mở được bản đồ. Ghi tên xã, phường và tỉnh ở ô trên.": "The map could not be opened. Type the commune or ward and the province in the field above.",
  "Đang tìm vị trí…": "Finding where you are…",
  "Máy không cho biết vị trí. Chọn trên bản đồ hoặc ghi tên xã, phường.": "The device does not tell where it is. Choose on the map or type the commune or ward.",
  "Chưa tìm được xã, phường. Ghi tên nơi xảy ra.": "The commune or ward was not found. Type the name of the place.",
  "Máy ở tỉnh này. Chọn đúng xã, phường.": "The device is in this province. Choose the commune or ward.",
  "Bấm vào chỗ xảy ra để đánh dấu, hoặc dùng phím mũi tên. Không bắt buộc.": "Press the spot to mark it, or use the arrow keys. This is optional.",
};

const isEnglish = document.documentElement.lang === "en";

/** `words` in the language of the page, each `{}` filled in turn. */
export function translate(words, ...holes) {
  const said = isEnglish ? ENGLISH[words] ?? words : words;
  return holes.reduce((text, hole) => text.replace("{}", () => hole), said);
}

/** The address of our own page at `path` in the language of the page. */
export function inTongue(path) {
  return isEnglish ? `/en${path}` : path;
}
