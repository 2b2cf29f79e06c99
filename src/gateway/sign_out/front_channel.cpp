// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_out/front_channel.hpp"

#include "base/log.hpp"
#include "gateway/sign_out/provider_ending.hpp"
#include "oidc/foreign.hpp"
#include "oidc/issuer.hpp"
#include "provider/logout_check.hpp"

#include <utility>

namespace sekisho::gateway
{
namespace
{

// Every issuer that tokens of this provider may name.
void add_issuers(std::vector<std::string>& to, const provider::provider& one)
{
    const auto metadata = one.known_metadata();
    if (!metadata || one.settings().protocol != provider::protocol::openid_connect)
        return;
    if (!oidc::is_template(metadata->issuer))
        return to.push_back(metadata->issuer.str());
    for (const auto& tenant : one.settings().tenants)
        if (const auto issuer = oidc::filled(metadata->issuer, tenant); !issuer.empty())
            to.push_back(issuer.str());
}

} // namespace

result<void> front_channel::check(const oidc::front_channel_logout& call, const context& about) const
{
    if (!call.issuer || (about.session && about.session->value.who.issuer == call.issuer->view()) ||
        !provider::with_issuer(providers_, call.issuer->view()).empty())
        return {};
    return fail(
        errc::oidc_issuer_mismatch,
        "front_channel_logout.iss",
        "received " + oidc::in_quotes(call.issuer->view()) + ", expected one of " +
            oidc::in_quotes(provider::issuers_of(providers_))
    );
}

bool front_channel::means_this_browser(const oidc::front_channel_logout& call, const context& about) const
{
    if (!about.session)
        return false;
    const auto& here = about.session->value;
    if (call.issuer && call.issuer->view() != here.who.issuer)
        return false;
    if (!call.sid || here.sid.empty())
        return call.issuer || providers_.all().size() == 1;
    return *call.sid == here.sid;
}

net::task<void> front_channel::end_named(oidc::front_channel_logout call, const context& about)
{
    if (!call.sid)
        co_return;
    const auto issuers = issuers_of(call);
    for (const auto& issuer : issuers)
    {
        auto what = ending_of({issuer, *call.sid, {}}, sessions_.limits(), about.now);
        const auto known = co_await sessions_.knows(what);
        // While the shelf is down nobody can say, and an ending counts at least here.
        const auto is_known = known && *known;
        if (!is_known && unknown_.take(about.client_address, about.now))
            continue;
        co_await end(std::move(what), about);
    }
}

net::task<void> front_channel::end(session::ending what, const context& about)
{
    auto ended = co_await sessions_.end(std::move(what));
    if (!ended)
        co_return log::failure(
            "frontchannel_logout_not_shared", ended.error(), {{"request_id", about.request_id}}
        );
    log::info(
        "frontchannel_logout",
        {{"sessions", *ended}, {"client", about.client_address}, {"request_id", about.request_id}}
    );
}

std::vector<std::string> front_channel::issuers_of(const oidc::front_channel_logout& call) const
{
    if (call.issuer)
        return {call.issuer->str()};
    std::vector<std::string> all;
    for (const auto& each : providers_.all())
        add_issuers(all, *each);
    return all;
}

http::response front_channel::answer()
{
    // No X-Frame-Options and no frame-ancestors: the provider shows this in a frame of its own page.
    http::response made;
    made.fields = {
        {"Cache-Control", "no-cache, no-store"},
        {"Content-Security-Policy", "default-src 'none'"},
        {"Referrer-Policy", "no-referrer"},
        {"X-Content-Type-Options", "nosniff"},
    };
    return made;
}

} // namespace sekisho::gateway
