//! Addresses that a key may be sent to.

use std::net::IpAddr;

use url::{Host, Url};

/// Why an address is not one that a key may be sent to: the fault of who set it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// It is no address.
    #[error("it is no URL")]
    NoUrl,
    /// The key could be read on the way.
    #[error("it is not https, and not this machine")]
    Plain,
    /// A name or password in it.
    #[error("it holds a user name or a password")]
    User,
    /// It is where machines tell of themselves, or nowhere.
    #[error("it is link-local or a cloud's metadata service")]
    Metadata,
    /// It holds a query or a fragment.
    #[error("it holds a query or a fragment")]
    Query,
}

/// The address without slashes at its end, if a key may be sent there.
///
/// # Errors
/// Where it may not.
pub fn checked(text: &str) -> Result<String, EndpointError> {
    let url = Url::parse(text.trim()).map_err(|_| EndpointError::NoUrl)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(EndpointError::User);
    }
    let host = url.host().ok_or(EndpointError::NoUrl)?;
    let is_here = is_loopback(&host);
    match url.scheme() {
        "https" => {}
        "http" if is_here => {}
        "http" => return Err(EndpointError::Plain),
        _ => return Err(EndpointError::NoUrl),
    }
    let is_forbidden = match &host {
        Host::Domain(name) => is_metadata_name(name),
        Host::Ipv4(ip) => is_forbidden(IpAddr::V4(*ip)),
        Host::Ipv6(ip) => is_forbidden(IpAddr::V6(*ip)),
    };
    if is_forbidden {
        return Err(EndpointError::Metadata);
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(EndpointError::Query);
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// Whether an address that was checked is this machine.
pub(super) fn is_here(endpoint: &str) -> bool {
    Url::parse(endpoint).is_ok_and(|it| it.host().is_some_and(|it| is_loopback(&it)))
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => name.eq_ignore_ascii_case("localhost"),
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
    }
}

fn is_metadata_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    matches!(
        name.as_str(),
        "metadata" | "metadata.google.internal" | "instance-data" | "metadata.azure.internal"
    )
}

/// Whether nothing is ever sent to this address: link-local ones, metadata services, no address at all.
pub(super) fn is_forbidden(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            ip.is_link_local()
                || ip.is_unspecified()
                || ip.is_broadcast()
                || ip.is_multicast()
                // Alibaba's and Oracle's metadata services.
                || matches!(ip.octets(), [100, 100, 100, 200] | [192, 0, 0, 192])
        }
        IpAddr::V6(ip) => {
            if let Some(inner) = ip.to_ipv4_mapped() {
                return is_forbidden(IpAddr::V4(inner));
            }
            let amazon = [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254];
            ip.is_unspecified()
                || ip.is_multicast()
                || ip.segments()[0] & 0xffc0 == 0xfe80
                || ip.segments() == amazon
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_go_over_https_or_stay_on_this_machine() {
        for good in [
            "https://api.openai.com/v1/",
            "http://localhost:8080/v1",
            "http://127.0.0.1:11434",
            "http://[::1]:8000/v1",
            "https://10.0.0.7/v1",
        ] {
            assert_eq!(checked(good).unwrap(), good.trim_end_matches('/'), "{good}");
        }
        let error = |text| checked(text).unwrap_err();
        assert_eq!(error("http://example.org/v1"), EndpointError::Plain);
        assert_eq!(error("http://10.0.0.7/v1"), EndpointError::Plain);
        assert_eq!(error("https://me:secret@example.org"), EndpointError::User);
        assert_eq!(error("https://me@example.org"), EndpointError::User);
        assert_eq!(error("file:///etc/passwd"), EndpointError::NoUrl);
        assert_eq!(error("ftp://example.org"), EndpointError::NoUrl);
        assert_eq!(error("example.org"), EndpointError::NoUrl);
        assert_eq!(error("https://example.org/?a=b"), EndpointError::Query);
    }

    #[test]
    fn where_machines_tell_of_themselves_no_key_goes() {
        for bad in [
            "https://169.254.169.254/latest",
            "https://[fe80::1]/",
            "https://[fd00:ec2::254]/",
            "https://[::ffff:169.254.169.254]/",
            "https://metadata.google.internal/",
            "https://0.0.0.0/",
            "https://2852039166/",
            "https://0xa9fea9fe/",
        ] {
            assert_eq!(checked(bad), Err(EndpointError::Metadata), "{bad}");
        }
    }
}
