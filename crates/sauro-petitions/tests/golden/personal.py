"""Makes personal.tsv: 1,200 texts as people write them, with the personal data in them labelled.

One text a line; `⟦kind:words⟧` marks what must be found, everything else must not. The sentences are made up, the
numbers are drawn at random in the forms that people use. Run: python3 personal.py > personal.tsv
"""

import random

draw = random.Random(5757)

FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Danh", "Lâm"]
STREET = [
    "Trần Hưng Đạo", "Lý Thường Kiệt", "Nguyễn Trãi", "Hùng Vương", "Phan Ngọc Hiển", "Quang Trung", "Lê Lợi",
    "Nguyễn Tất Thành", "Hai Bà Trưng", "Điện Biên Phủ", "30 Tháng 4", "Cách Mạng Tháng 8", "Nguyễn Văn Cừ",
]
HAMLET = ["Xẻo Lá", "Cái Nai", "Tân Tiến", "Ông Do", "Kinh Tắc", "Bà Thanh", "Trại Lưới", "Hàng Vịnh"]
BANK = ["Agribank", "Vietcombank", "BIDV", "VietinBank", "MB", "Sacombank", "ACB"]
HOST = ["gmail.com", "yahoo.com.vn", "donvi.gov.vn", "camau.edu.vn", "outlook.com", "vnpt.vn"]


def digits(n):
    return "".join(str(draw.randrange(10)) for _ in range(n))


def mobile():
    head = draw.choice(["03", "05", "07", "08", "09"]) + digits(2)
    rest = digits(6)
    a, b = rest[:3], rest[3:]
    return draw.choice(
        [
            f"{head}{a}{b}", f"{head} {a} {b}", f"{head}.{a}.{b}", f"{head}-{a}-{b}", f"+84 {head[1:]} {a} {b}",
            f"+84{head[1:]}{a}{b}", f"84{head[1:]}{a}{b}", f"{head[:2]} {head[2:]}{a[:1]} {a[1:]}{b[:1]} {b[1:]}",
            f"{head}{a[:1]}.{a[1:]}{b}", f"({head}) {a} {b}",
        ]
    )


def fixed():
    area = draw.choice(["0290", "024", "028", "0292", "0236", "0222"])
    rest = digits(11 - len(area))
    return draw.choice([f"{area}{rest}", f"{area} {rest[:4]} {rest[4:]}", f"({area}) {rest}", f"{area}.{rest}"])


def card():
    number = "0" + digits(11)
    return draw.choice([number, f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}", f"{number[:3]}{number[3:]}"])


def old_card():
    number = digits(9)
    return draw.choice([number, f"{number[:3]} {number[3:6]} {number[6:]}"])


def email():
    name = draw.choice(["lan", "minh.tran", "nguyen_hoa", "xom-cai-nai", "tuan57", "ban.doc", "le.thi.mai"])
    return f"{name}{draw.choice(['', '', digits(2)])}@{draw.choice(HOST)}"


def account():
    number = digits(draw.choice([10, 12, 13, 14]))
    number = "1" + number[1:]
    return draw.choice([number, f"{number[:4]} {number[4:8]} {number[8:]}"])


def house():
    n = draw.randrange(1, 400)
    street = draw.choice(STREET)
    return draw.choice(
        [
            f"số nhà {n} đường {street}", f"nhà số {n} {street}", f"{n}/{draw.randrange(1, 60)} đường {street}",
            f"số {n} đường {street}", f"số {n} phố {street}", f"hẻm {n} đường {street}", f"số nhà {n}",
            f"ngõ {n} phố {street}", f"số {n}/{draw.randrange(1, 40)} {street}", f"{n} đường {street}",
            f"căn hộ {draw.choice('ABC')}{draw.randrange(101, 2500)} chung cư Minh Hải", f"phòng số {n} nhà trọ Hoa Mai",
            f"số {n} {street}",
        ]
    )


def parcel():
    return f"thửa đất số {draw.randrange(1, 900)}, tờ bản đồ số {draw.randrange(1, 80)}"


MAKERS = {"p": ("phone", mobile), "f": ("phone", fixed), "c": ("identity", card), "o": ("identity", old_card),
          "e": ("email", email), "a": ("account", account), "h": ("address", house), "t": ("address", parcel)}

LABELLED = [
    "Đèn đường trước chợ hư, ai sửa xin gọi {p}.", "Liên hệ {p} gặp anh {family} để dẫn đi xem.",
    "sdt cua toi la {p}, goi sau 17 gio", "SĐT: {p}", "Số điện thoại {p}, ngoài giờ gọi {p}.",
    "Tôi để lại số {p} và thư {e} để được trả lời.", "zalo {p} có gửi ảnh rồi mà chưa ai trả lời",
    "Máy bàn nhà tôi {f} gọi giờ nào cũng được.", "Điện thoại cố định: {f}.", "Ông {family} ({p}) là người đổ rác.",
    "Hỏi chủ quán số {p} thì nói không biết", "Gọi đường dây nóng ba lần không ai nghe, số tôi {p}",
    "Người bán tự xưng cán bộ, dùng số {p} nhắn tin đòi tiền.", "Tin nhắn từ {p} kèm đường dẫn lạ.",
    "Ai cần thêm thông tin thì nhắn {p};cảm ơn.", "Trưởng ấp {family}, đt {p}, đã xác nhận.",
    "CCCD {c} cấp năm 2021.", "Căn cước công dân số {c}, nơi cấp Cục Cảnh sát.", "số định danh {c} bị sai ngày sinh",
    "Con tôi có mã định danh cá nhân {c} nhưng trường không tra được.", "CMND cũ {o}, CCCD mới {c}.",
    "chứng minh nhân dân {o} của mẹ tôi đã hết hạn", "cmnd so {o} cap tai ca mau", "Hồ sơ ghi nhầm số căn cước {c} thành của người khác.",
    "Thẻ bảo hiểm y tế liên kết với CCCD: {c} nhưng bị khóa.", "Xin đính chính: căn cước của vợ tôi là {c}.",
    "Trả lời qua thư {e} giúp tôi.", "Email: {e}", "Tôi đã gửi ảnh từ hộp thư {e} ngày 12/10/2026.",
    "email {e} khong nhan duoc phieu hen", "Gửi bản quét cho {e},cán bộ bảo chưa thấy.",
    "Yêu cầu chuyển vào tài khoản {a} {bank}.", "STK {a} {bank} tên {family} Văn Mẫu", "số tài khoản: {a}, ngân hàng {bank}",
    "Họ bảo nộp phí vào tk ngân hàng số {a}.", "Tiền hỗ trợ chuyển nhầm vào tài khoản {a} của người khác",
    "so tai khoan {a} mo tai {bank}", "Tài khoản ngân hàng của hộ là {a} ({bank}).",
    "Nhà tôi ở {h}, mưa là ngập.", "Tôi ở {h}, phường Tân Thành.", "Nước thải chảy từ {h} ra kênh.",
    "Địa chỉ: {h}.", "Hộ ông {family} tại {h} lấn vỉa hè.", "Cháy chập điện ở {h}, may có người phát hiện.",
    "Đất nhà tôi là {t}, xã Năm Căn.", "Sổ đỏ ghi {t} nhưng đo lại thiếu.", "Xin đo lại {t}.",
    "Quán karaoke tại {h} mở đến khuya.", "Gửi giấy mời về {h} giúp gia đình.",
    "Tôi là {family} Thị Mẫu, {h}, điện thoại {p}, xin phản ánh việc cống nghẹt.",
    "Liên lạc {p} hoặc {e}, nhà {h}.", "CCCD {c}, điện thoại {p}, tài khoản {a} {bank}.",
]

PLAIN = [
    "Đường liên ấp {hamlet} hư từ tháng {m}, xe máy ngã ba lần.", "Quyết định {doc}/QĐ-UBND ngày {d}/{m}/2026 chưa thấy niêm yết.",
    "Công văn số {doc}/UBND-VX trả lời chưa rõ.", "Dự toán {money} đồng mà làm có {len} m.", "Nộp {money}đ phí vệ sinh mỗi quý.",
    "Cầu {hamlet} gãy ván, học sinh phải đi vòng {n} km.", "Hồ sơ nộp ngày {d}/{m}/2026 hẹn {n} ngày chưa có kết quả.",
    "Mã hồ sơ H12.{doc}-2026{m}{d}-{doc} tra không ra.", "Quốc lộ 1A đoạn km {km}+{len} có ổ gà.", "Gọi 113 và 1022 đều không được.",
    "Trạm y tế hết thuốc, {n} người phải về.", "Loa phường mở lúc 5 giờ 30 sáng.", "Điện cúp {n} lần trong {d} ngày.",
    "Mã số thuế 2001{tax} của doanh nghiệp bị ghi sai.", "Nghị quyết 57-NQ/TW nói 80% dịch vụ trực tuyến mà phải nộp giấy.",
    "Lớp 3A có {n} học sinh, thiếu {d} bộ bàn ghế.", "Tọa độ 8.7597, 104.9895 là chỗ sạt lở.", "Biên lai số {doc}{doc} thu sai {money} đồng.",
    "Xe tải biển {d}C-{km}.{d} chở quá tải.", "Diện tích {len} m2, lúa chết gần hết.", "Kỳ họp thứ {n} của HĐND tỉnh đã hứa.",
    "Phường Tân Thành chưa có người trực ngày {d}/{m}.", "Wifi ở nhà văn hóa yếu, tốc độ {n} Mbps.", "Giấy hẹn số {doc} ngày {d}-{m}-2026.",
    "Đường Nguyễn Trãi ngập {len} cm.", "Phố Huế cấm xe từ 7 giờ đến 9 giờ.", "Ấp {hamlet} có {n} hộ chưa có nước sạch.",
    "Sóng 4G ở ấp {n} chập chờn, gọi {d} lần mới được.", "Học phí năm học 2026 - 2027 tăng {n}%.", "Nghị định 13/2012/NĐ-CP, điều {n}.",
    "Mã tra cứu PA-7K2M9-4QXDA không mở được.", "Tổng {money} đồng chia cho {n} hộ.", "Kênh Xáng số {n} cạn nước.",
]


def plain(template):
    return template.format(
        hamlet=draw.choice(HAMLET), m=f"{draw.randrange(1, 13):02}", d=f"{draw.randrange(1, 29):02}", n=draw.randrange(2, 90),
        doc=draw.randrange(100, 9999), money=draw.choice(["250.000", "1.200.000", "35.000", "2.400.000.000", "987.654.321"]),
        len=draw.randrange(20, 900), km=draw.randrange(1000, 2400), tax=digits(6),
    )


def labelled(template):
    out = template.replace("{family}", draw.choice(FAMILY)).replace("{bank}", draw.choice(BANK))
    for key, (kind, maker) in MAKERS.items():
        while "{" + key + "}" in out:
            out = out.replace("{" + key + "}", f"⟦{kind}:{maker()}⟧", 1)
    return out


lines = [labelled(draw.choice(LABELLED)) for _ in range(500)]
lines += [plain(draw.choice(PLAIN)) for _ in range(300)]
lines += [f"{plain(draw.choice(PLAIN))} {labelled(draw.choice(LABELLED))}" for _ in range(400)]
for line in lines:
    print(line)
