use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether plain text to `host` goes no further than this machine.
pub fn is_this_machine(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']);
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Whether `address` lies on the public internet, so that asking there reaches nothing of the own network.
///
/// Source: the special-purpose registries of IANA (RFC 6890).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(it) => is_public_4(it),
        IpAddr::V6(it) => match it.to_ipv4_mapped() {
            Some(within) => is_public_4(within),
            None => is_public_6(it),
        },
    }
}

fn is_public_4(it: Ipv4Addr) -> bool {
    let [a, b, c, _] = it.octets();
    let is_special = it.is_private()
        || it.is_loopback()
        || it.is_link_local()
        || it.is_broadcast()
        || it.is_documentation()
        || it.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19));
    !is_special
}

fn is_public_6(it: Ipv6Addr) -> bool {
    let [a, b, ..] = it.segments();
    // What is routed begins with 2000::/3; within it lie tunnels to IPv4 and addresses for examples.
    let is_special = a == 0x2002 || (a == 0x2001 && (b < 0x200 || b == 0xdb8)) || a == 0x3fff;
    (a & 0xe000) == 0x2000 && !is_special
}
