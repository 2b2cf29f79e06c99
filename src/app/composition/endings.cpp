// SPDX-License-Identifier: Apache-2.0
#include "app/composition/endings.hpp"

#include "app/composition/parts.hpp"
#include "identity/header_config.hpp"
#include "net/beast_http_client.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sekisho::app
{
namespace
{

constexpr std::string_view setting = "session.application_sign_out";

bool is_path(std::string_view text)
{
    return text.starts_with('/') && !text.starts_with("//") && !text.starts_with("/\\");
}

// The person's cookies and who they are go along, so it is asked of the application alone.
result<url> called_address(const settings::model& from)
{
    const auto& text = from.session.application_sign_out;
    if (!from.upstream.url)
        return fail(errc::value_malformed, setting, "needs upstream.url");
    auto address = url::parse(is_path(text) ? from.upstream.url->origin() + text : text);
    if (!address)
        return fail(errc::value_malformed, setting, address.error().detail);
    if (!same_origin(*address, *from.upstream.url))
        return fail(
            errc::value_malformed,
            setting,
            "with session.application_sign_out_by=call it must be a path, or an address at upstream.url: "
            "cookies and headers of the person go along"
        );
    return address;
}

gateway::client_maker client_maker_of(const settings::upstream_settings& from)
{
    net::beast_http_client_options options;
    options.ca_file = from.ca_file;
    options.allow_http = net::plain_http::everywhere;
    return [options](net::executor on) -> result<std::unique_ptr<net::http_client>>
    {
        auto made = net::beast_http_client::make(on, options);
        if (!made)
            return std::unexpected(made.error());
        return *std::move(made);
    };
}

result<gateway::application_sign_out> application_of(const settings::model& from)
{
    gateway::application_sign_out made;
    const auto& text = from.session.application_sign_out;
    if (text.empty())
        return made;
    if (from.session.application_sign_out_by == settings::application_sign_out_way::redirect)
    {
        const auto address = url::parse(text);
        if (!is_path(text) && !address)
            return fail(
                errc::value_malformed, setting, "is neither a path such as /app/logout nor a whole address"
            );
        made.landing = text;
        return made;
    }
    auto address = called_address(from);
    if (!address)
        return std::unexpected(address.error());
    made.called = *std::move(address);
    made.make_client = client_maker_of(from.upstream);
    return made;
}

void check_forgotten(const settings::texts& all, std::vector<composition_problem>& found)
{
    constexpr std::array<std::string_view, 3> known{"cookies", "storage", "cache"};
    for (const auto& each : all)
        if (std::ranges::find(known, each) == known.end())
            found.push_back(
                {"session.clear_site_data", "\"" + each + "\" is none of cookies, storage and cache"}
            );
}

gateway::session_checks checks_of(const settings::session_settings& from)
{
    using enum gateway::session_checks;
    if (!from.check_session)
        return not_offered;
    return from.same_site == settings::same_site::strict ? offered_unasked : offered;
}

bool lives_in_cookies(const settings::model& from)
{
    return from.session.store == settings::session_store::cookie ||
           (from.session.store == settings::session_store::automatic && from.redis.url.empty());
}

} // namespace

gateway::ending_plan endings_of(
    const settings::model& from,
    const std::vector<secret>& secrets,
    crypto::random_source& random,
    std::vector<composition_problem>& found
)
{
    const auto cookies = cookies_of(from);
    auto application = application_of(from);
    if (!application)
        found.push_back({std::string(setting), application.error().detail});
    check_forgotten(from.session.clear_site_data, found);
    return {
        .memory = gateway::sign_out_cookie(cookies, from.server.logout_path),
        .hints = gateway::hint_cookie(
            cookies, from.server.logout_path, crypto::key_ring(secrets, gateway::hint_cookie::purpose), random
        ),
        .rules =
            {application ? *std::move(application) : gateway::application_sign_out{},
             from.session.clear_site_data},
        .checks = checks_of(from.session),
    };
}

gateway::keep id_token_of(const settings::model& from)
{
    if (from.session.keep_id_token == settings::when_needed::always ||
        identity::needs_id_token(headers_of(from.identity)))
        return gateway::keep::yes;
    if (from.session.keep_id_token == settings::when_needed::never)
        return gateway::keep::no;
    return lives_in_cookies(from) ? gateway::keep::apart : gateway::keep::if_it_fits;
}

} // namespace sekisho::app
