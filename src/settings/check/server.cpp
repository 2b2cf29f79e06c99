// SPDX-License-Identifier: Apache-2.0
#include "settings/check/examination.hpp"
#include "settings/network.hpp"
#include "settings/path.hpp"
#include "settings/spelling.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace sekisho::settings
{
namespace
{

// RFC 6750, 2.1: what may stand behind "Bearer".
bool can_be_sent_as_bearer(std::string_view token)
{
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/";
    const auto end = token.find_first_not_of(letters);
    return end != 0 &&
           (end == std::string_view::npos || token.find_first_not_of('=', end) == std::string_view::npos);
}

bool is_loopback(const listen_address& address)
{
    return address.host == "localhost" || address.host == "::1" || address.host.starts_with("127.");
}

void check_listen(examination& about)
{
    const auto& listen = about.values().server.listen;
    if (listen.empty())
        about.refuse("server.listen", "is empty; name at least one address such as :8080");
    for (auto each = listen.begin(); each != listen.end(); ++each)
        if (each->port != 0 && std::find(listen.begin(), each, *each) != each)
            about.refuse("server.listen", spelling<listen_address>::print(*each) + " is listed twice");
}

void check_public_url(examination& about)
{
    const auto& server = about.values().server;
    if (!server.public_url)
    {
        if (!std::ranges::all_of(server.listen, is_loopback))
            about.warn(
                "server.public_url",
                "is not set, so redirect addresses are built from what each request says in Host; set the "
                "address "
                "people type, such as https://app.example.com"
            );
        return;
    }
    const auto& address = *server.public_url;
    if ((address.path() != "/" && !address.path().empty()) || !address.query().empty())
        about.refuse(
            "server.public_url",
            "must be scheme and host only: " + address.origin() + " (the gate serves the whole host)"
        );
    if (address.is_https())
        return;
    if (!server.tls_certificate.empty())
        about.refuse(
            "server.public_url",
            "is http, but the listeners speak https because server.tls_certificate is set"
        );
    else if (!address.is_loopback())
        about.warn(
            "server.public_url",
            "is plain http: anyone on the way can take over a session; use https outside of tests"
        );
}

void check_tls(examination& about)
{
    const auto& server = about.values().server;
    if (!server.tls_certificate.empty() && server.tls_key.empty())
        about.refuse("server.tls_certificate", "needs its private key: set server.tls_key too");
    if (server.tls_certificate.empty() && !server.tls_key.empty())
        about.refuse("server.tls_key", "needs its certificate: set server.tls_certificate too");
}

void check_hosts(examination& about)
{
    for (const auto& host : about.values().server.allowed_hosts)
    {
        const auto address = url::parse("http://" + host);
        const bool is_bare = host.find_first_of("/?#@*") == std::string::npos;
        if (!address || !is_bare)
            about.refuse(
                "server.allowed_hosts",
                "\"" + host + "\" is not a host name such as app.internal or app.internal:8443"
            );
    }
}

void check_own_paths(examination& about)
{
    const auto& server = about.values().server;
    const std::array<std::pair<std::string_view, const std::string*>, 13> paths{{
        {"server.callback_path", &server.callback_path},
        {"server.login_path", &server.login_path},
        {"server.session_path", &server.session_path},
        {"server.logout_path", &server.logout_path},
        {"server.initiate_path", &server.initiate_path},
        {"server.jwks_path", &server.jwks_path},
        {"server.test_path", &server.test_path},
        {"server.backchannel_logout_path", &server.backchannel_logout_path},
        {"server.frontchannel_logout_path", &server.frontchannel_logout_path},
        {"server.check_session_path", &server.check_session_path},
        {"server.local_path", &server.local_path},
        {"server.emergency_path", &server.emergency_path},
        {"server.resume_path", &server.resume_path},
    }};
    for (std::size_t index = 0; index < paths.size(); ++index)
    {
        const auto& [name, path] = paths.at(index);
        if (!is_plain_path(*path) || *path == "/")
            about.refuse(
                name,
                "must be an absolute path such as /oidc/callback, without query, percent escapes, dot or "
                "empty segments"
            );
        for (std::size_t before = 0; before < index; ++before)
            if (*paths.at(before).second == *path)
                about.refuse(
                    name, "is the same as " + std::string(paths.at(before).first) + "; each needs its own"
                );
    }
}

void check_proxies(examination& about)
{
    for (const auto& text : about.values().server.trusted_proxies)
    {
        const auto network = network_of(text);
        if (!network)
            about.refuse(
                "server.trusted_proxies",
                "\"" + text + "\" is neither an address nor a network such as 10.0.0.0/8"
            );
        else if (!network->has_zero_host)
            about.refuse(
                "server.trusted_proxies",
                "\"" + text +
                    "\" has bits set behind its prefix; write the network's first address, or /32 (/128) for "
                    "one host"
            );
        else if (network->prefix == 0)
            about.warn(
                "server.trusted_proxies",
                text + " is everybody: any client can then claim any address, host and scheme; name your "
                       "proxies only"
            );
    }
}

void check_limits(examination& about)
{
    constexpr std::uint64_t least_head = 4096; // below this our own cookies do not fit
    constexpr std::uint32_t most_workers = 1024;
    const auto& server = about.values().server;
    if (server.max_head_bytes.bytes < least_head)
        about.refuse("server.max_head_bytes", "must be at least 4KiB: a session's cookie needs that much");
    if (server.workers > most_workers)
        about.refuse("server.workers", "must be at most 1024; 0 takes one per core");
}

void check_admin_token(examination& about)
{
    constexpr std::size_t least = 32;
    const auto& admin = about.values().admin;
    if (admin.token.empty())
        return;
    if (admin.token.size() < least)
        about.refuse("admin.token", "must be at least 32 bytes; `sekisho secret` prints a good one");
    else if (!can_be_sent_as_bearer(admin.token.reveal()))
        about.refuse(
            "admin.token",
            "has characters that cannot be sent as a bearer token (letters, digits and -._~+/ can, then =); "
            "`sekisho secret` prints a good one"
        );
    if (!admin.listen)
        about.warn("admin.token", "is of no use while admin.listen is off");
    else if (!is_loopback(*admin.listen))
        about.warn(
            "admin.token",
            "goes over admin.listen in the clear, and that is not a loopback address: whoever can listen on "
            "the way can end every session; use 127.0.0.1, or a network that only administrators are in"
        );
}

} // namespace

void check_server(examination& about)
{
    check_listen(about);
    check_public_url(about);
    check_tls(about);
    check_hosts(about);
    check_own_paths(about);
    check_proxies(about);
    check_limits(about);
}

void check_admin(examination& about)
{
    const auto& admin = about.values().admin.listen;
    if (admin && admin->port != 0 && holds(about.values().server.listen, *admin))
        about.refuse(
            "admin.listen", "is one of server.listen too; health and metrics need an address of their own"
        );
    check_admin_token(about);
}

} // namespace sekisho::settings
