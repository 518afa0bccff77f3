use std::net::IpAddr;

/// Who knocks: what the server can see of the machine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Client {
    /// Where attempts are counted: an IPv4 address, or the /64 of an IPv6 address.
    pub source: String,
    /// What is shown of the address in the list of sessions: never the whole.
    pub address_hint: String,
    /// The browser, as it names itself, cut to 200 characters.
    pub user_agent: String,
    /// The cookie of a machine that signed in before.
    pub device: Option<String>,
}

impl Client {
    /// A client at `address`.
    pub fn at(address: IpAddr) -> Self {
        let (source, address_hint) = match address.to_canonical() {
            IpAddr::V4(v4) => {
                let [a, b, c, _] = v4.octets();
                (v4.to_string(), format!("{a}.{b}.{c}.…"))
            }
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                (format!("{a:x}:{b:x}:{c:x}:{d:x}::/64"), format!("{a:x}:{b:x}:{c:x}:…"))
            }
        };
        Self { source, address_hint, ..Self::default() }
    }

    /// The same client with a browser that calls itself `name`.
    pub fn with_browser(mut self, name: &str) -> Self {
        self.user_agent = name.chars().filter(|c| !c.is_control()).take(200).collect();
        self
    }

    /// The same client with the cookie of a machine that signed in before.
    pub fn with_device(mut self, device: Option<String>) -> Self {
        self.device = device;
        self
    }

    /// The browser and the system in two words, for people.
    pub fn browser_words(user_agent: &str) -> String {
        let find = |names: &[(&str, &'static str)]| {
            names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, words)| *words)
        };
        let browser = find(&[
            ("coc_coc", "Cốc Cốc"),
            ("Edg", "Edge"),
            ("OPR", "Opera"),
            ("Firefox", "Firefox"),
            ("Chrome", "Chrome"),
            ("Safari", "Safari"),
        ]);
        let system = find(&[
            ("Android", "Android"),
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("Windows", "Windows"),
            ("Mac OS", "macOS"),
            ("Linux", "Linux"),
        ]);
        match (browser, system) {
            (Some(browser), Some(system)) => format!("{browser} trên {system}"),
            (Some(words), None) | (None, Some(words)) => words.to_owned(),
            (None, None) => "Trình duyệt khác".to_owned(),
        }
    }
}
