// SPDX-License-Identifier: Apache-2.0
#include "settings/check/examination.hpp"

#include <algorithm>
#include <string_view>

namespace sekisho::settings
{
namespace
{

constexpr std::size_t least_secret = 32; // bytes

void check_previous_secrets(examination& about)
{
    const auto& previous = about.values().session.secret_previous;
    const auto shortest = std::ranges::min_element(previous, {}, &secret::size);
    if (shortest == previous.end() || shortest->size() >= least_secret)
        return;
    const auto size = std::to_string(shortest->size()) + " bytes, and none of less than 32 was ever accepted";
    if (previous.size() == 1)
        return about.refuse("session.secret_previous", "has " + size);
    about.refuse(
        "session.secret_previous",
        "the shortest of its " + std::to_string(previous.size()) + " secrets has " + size +
            "; one text, as in the environment, is split at every space and comma: a secret that has some "
            "goes on a line of its own into the file that SESSION_SECRET_PREVIOUS_FILE names, or into the "
            "configuration file as an item of a list"
    );
}

void check_secrets(examination& about)
{
    const auto& session = about.values().session;
    if (session.secret.empty())
        about.warn(
            "session.secret",
            "is not set: a random one is used, so everybody signs in again after a restart and replicas do "
            "not know "
            "each other's sessions; `sekisho secret` prints a good one"
        );
    else if (session.secret.size() < least_secret)
        about.refuse(
            "session.secret",
            "has " + std::to_string(session.secret.size()) +
                " bytes and needs at least 32; `sekisho secret` prints a good one"
        );
    check_previous_secrets(about);
    if (session.secret.empty() && !session.secret_previous.empty())
        about.refuse("session.secret_previous", "needs session.secret, which seals; these only open");
}

void check_times(examination& about)
{
    const auto& session = about.values().session;
    if (session.idle_timeout > session.lifetime)
        about.warn("session.idle_timeout", "is longer than session.lifetime and so has no effect");
}

void check_kept_form(examination& about)
{
    constexpr std::uint64_t most = std::uint64_t{1024} * 1024;
    if (about.values().session.keep_form.bytes > most)
        about.refuse("session.keep_form", "is more than 1MiB: what is kept waits in memory or in Redis");
}

void check_cookie_name(examination& about)
{
    const auto& session = about.values().session;
    const auto& address = about.values().server.public_url;
    const auto& name = session.cookie_name;
    const bool is_token = std::ranges::all_of(
        name,
        [](char each)
        {
            const auto code = static_cast<unsigned char>(each);
            return code > 0x20 && code < 0x7f && !std::string_view("()<>@,;:\\\"/[]?={}").contains(each);
        }
    );
    if (!is_token)
        about.refuse("session.cookie_name", "has a character that no cookie name may have");
    const bool is_prefixed = name.starts_with("__Host-") || name.starts_with("__Secure-");
    if (name.starts_with("__Host-") && !session.cookie_domain.empty())
        about.refuse(
            "session.cookie_name",
            "__Host- means this host only, so browsers refuse it together with session.cookie_domain; begin "
            "the name "
            "with __Secure-, or remove the domain"
        );
    if (is_prefixed && address && !address->is_https())
        about.refuse(
            "session.cookie_name",
            "browsers take names with __Host- or __Secure- over https only, and server.public_url is http"
        );
}

void check_cookie_domain(examination& about)
{
    const auto& domain = about.values().session.cookie_domain;
    const auto& address = about.values().server.public_url;
    if (domain.empty())
        return;
    const auto parsed = url::parse("http://" + domain);
    const bool is_name =
        parsed && parsed->host() == domain && domain.contains('.') && !domain.starts_with('.');
    if (!is_name)
        return about.refuse(
            "session.cookie_domain",
            "is not a domain such as example.com (lower case, no leading dot, no scheme, no port)"
        );
    if (address && address->host() != domain && !address->host().ends_with("." + domain))
        about.refuse(
            "session.cookie_domain",
            "browsers refuse it: " + address->host() + " (server.public_url) is not below " + domain
        );
}

} // namespace

void check_session(examination& about)
{
    check_secrets(about);
    check_times(about);
    check_kept_form(about);
    check_cookie_name(about);
    check_cookie_domain(about);
    const auto& address = about.values().server.public_url;
    if (about.values().session.same_site == same_site::none && address && !address->is_https() &&
        !address->is_loopback())
        about.refuse("session.same_site", "none needs https: browsers refuse such a cookie over plain http");
}

} // namespace sekisho::settings
