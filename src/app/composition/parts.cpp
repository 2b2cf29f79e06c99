// SPDX-License-Identifier: Apache-2.0
#include "app/composition/parts.hpp"

#include "app/composition/endings.hpp"
#include "gateway/local/emergency_access.hpp"
#include "gateway/local/local_restore.hpp"
#include "settings/effective.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::app
{
namespace
{

std::string join(const settings::texts& list)
{
    std::string joined;
    for (const auto& each : list)
        joined.append(joined.empty() ? "" : ",").append(each);
    return joined;
}

http::same_site same_site_of(settings::same_site from)
{
    switch (from)
    {
    case settings::same_site::strict:
        return http::same_site::strict;
    case settings::same_site::none:
        return http::same_site::none;
    case settings::same_site::lax:
        break;
    }
    return http::same_site::lax;
}

identity::value_encoding encoding_of(settings::header_encoding from)
{
    switch (from)
    {
    case settings::header_encoding::utf8:
        return identity::value_encoding::utf8;
    case settings::header_encoding::percent:
        return identity::value_encoding::percent;
    case settings::header_encoding::base64url:
        return identity::value_encoding::base64url;
    case settings::header_encoding::automatic:
        break;
    }
    return identity::value_encoding::automatic;
}

identity::group_format groups_of(settings::groups_format from)
{
    switch (from)
    {
    case settings::groups_format::json:
        return identity::group_format::json;
    case settings::groups_format::repeated:
        return identity::group_format::repeated;
    case settings::groups_format::separated:
        break;
    }
    return identity::group_format::separated;
}

identity::authorization_header authorization_of(settings::authorization from)
{
    switch (from)
    {
    case settings::authorization::id_token:
        return identity::authorization_header::id_token;
    case settings::authorization::access_token:
        return identity::authorization_header::access_token;
    case settings::authorization::leave:
        break;
    }
    return identity::authorization_header::untouched;
}

identity::verification_policy verification_of(settings::email_verified from)
{
    switch (from)
    {
    case settings::email_verified::require:
        return identity::verification_policy::required;
    case settings::email_verified::ignore:
        return identity::verification_policy::ignored;
    case settings::email_verified::if_present:
        break;
    }
    return identity::verification_policy::if_present;
}

identity::username_rule rule_of(settings::username_rule from)
{
    return from == settings::username_rule::arcgis ? identity::username_rule::arcgis
                                                   : identity::username_rule::any;
}

identity::path_groups paths_of(settings::path_groups from)
{
    switch (from)
    {
    case settings::path_groups::strip_slash:
        return identity::path_groups::strip_slash;
    case settings::path_groups::last:
        return identity::path_groups::last;
    case settings::path_groups::keep:
        break;
    }
    return identity::path_groups::keep;
}

} // namespace

gateway::addresses addresses_of(const settings::model& from)
{
    return {
        from.server.public_url,
        from.server.callback_path,
        from.server.login_path,
        from.server.session_path,
        from.server.logout_path,
        from.server.initiate_path,
        from.server.jwks_path,
        from.server.test_path,
        from.server.backchannel_logout_path,
        from.server.frontchannel_logout_path,
        from.server.check_session_path,
        from.server.local_path,
        from.server.emergency_path,
        from.server.resume_path,
        from.local.restore,
        from.session.keep_fragment,
    };
}

result<gateway::admission_rules> admission_of(const settings::server_settings& from)
{
    gateway::admission_rules rules;
    auto proxies = http::trusted_proxies::parse(join(from.trusted_proxies));
    if (!proxies)
        return std::unexpected(proxies.error());
    rules.proxies = std::move(*proxies);
    rules.slashes = from.encoded_slash == settings::encoded_slash::keep ? http::encoded_slash::keep
                                                                        : http::encoded_slash::refuse;
    rules.hosts = from.allowed_hosts;
    if (!rules.hosts.empty() && from.public_url)
        rules.hosts.push_back(from.public_url->authority());
    return rules;
}

gateway::session_making making_of(const settings::model& from)
{
    const auto headers = headers_of(from.identity);
    return gateway::session_making{
        {},
        lifetimes_of(from),
        same_site_of(from.session.same_site),
        id_token_of(from),
        identity::needs_access_token(headers) ? gateway::keep::yes : gateway::keep::no,
    };
}

result<std::vector<access::step_up_rule>> step_ups_of(const settings::model& from)
{
    std::chrono::seconds leeway{0};
    for (const auto& each : settings::effective_providers(from))
        leeway = std::max(leeway, each.oidc.clock_skew);
    std::vector<access::step_up_rule> made;
    for (const auto& each : from.access.step_up)
    {
        auto path = access::path_pattern::parse(each.path);
        if (!path)
            return std::unexpected(path.error());
        access::step_up_rule rule{
            std::move(*path), {each.acr, each.max_age, each.lifetime, leeway, each.scopes}
        };
        for (const auto& [name, value] : each.parameters)
            rule.parameters.emplace_back(name, value);
        made.push_back(std::move(rule));
    }
    return made;
}

identity::header_config headers_of(const settings::identity_settings& from)
{
    identity::header_config made;
    made.user = from.user_header.str();
    made.username = from.username_header.str();
    made.email = from.email_header.str();
    made.groups = from.groups_header.str();
    made.name = from.name_header.str();
    made.roles = from.roles_header.str();
    made.picture = from.picture_header.str();
    made.id_token = from.id_token_header.str();
    made.access_token = from.access_token_header.str();
    for (const auto& each : from.extra_headers)
        made.extra.push_back(each.header);
    made.encoding = encoding_of(from.header_encoding);
    made.groups_as = groups_of(from.groups_format);
    made.separator = from.groups_separator.empty() ? ',' : from.groups_separator.front();
    made.authorization = authorization_of(from.authorization);
    return made;
}

identity::mapping_config mapping_of(const settings::effective_provider& of)
{
    const auto& from = of.identity;
    identity::mapping_config made;
    made.user = from.user_claim;
    made.username = from.username_claim;
    made.email = from.email_claim;
    made.name = from.name_claim;
    made.groups = from.groups_claim;
    made.roles = from.roles_claim;
    made.picture = from.picture_claim;
    for (const auto& each : from.extra_headers)
        made.extra.push_back({each.header, {each.claim}});
    made.lowercase = from.lowercase;
    made.username_pattern = from.username_pattern;
    made.username_replacement = from.username_replacement;
    made.username_rules = rule_of(from.username_rules);
    made.username_suffix = from.username_suffix;
    made.group_delimiter = from.groups_delimiter;
    made.group_paths = paths_of(from.group_paths);
    made.groups_include = from.groups_include;
    made.groups_exclude = from.groups_exclude;
    made.group_prefix = from.groups_prefix;
    made.email_need =
        from.require_email ? identity::email_policy::required : identity::email_policy::optional;
    made.verification = verification_of(from.email_verified);
    if (of.oidc.email_verified_text)
        made.verification_as = identity::verification_text::counts;
    return made;
}

server::limits limits_of(const settings::server_settings& from)
{
    server::limits made;
    made.head_bytes = from.max_head_bytes.bytes;
    made.head_fields = from.max_head_fields;
    made.body_bytes = from.max_body_bytes.bytes;
    made.connections = from.max_connections;
    made.head_time = from.head_timeout;
    made.body_time = from.body_timeout;
    made.idle_time = from.idle_timeout;
    made.write_time = from.write_timeout;
    return made;
}

session::transport transport_of(const settings::server_settings& from)
{
    const auto is_https = from.public_url ? from.public_url->is_https() : !from.tls_certificate.empty();
    return is_https ? session::transport::https : session::transport::http;
}

session::lifetimes lifetimes_of(const settings::model& from)
{
    session::lifetimes made;
    made.usual = {from.session.lifetime, from.session.idle_timeout};
    made.keep_signed_in = from.session.keep_signed_in;
    made.by_provider[std::string(gateway::local_provider)] = {from.local.lifetime, {}};
    made.by_provider[std::string(gateway::emergency_provider)] = {from.emergency.lifetime, {}};
    for (const auto& each : settings::effective_providers(from))
        if (each.oidc.session_lifetime || each.oidc.session_idle_timeout)
            made.by_provider[each.name] = {
                each.oidc.session_lifetime.value_or(made.usual.lifetime),
                each.oidc.session_idle_timeout.value_or(made.usual.idle)
            };
    return made;
}

session::cookie_config cookies_of(const settings::model& from)
{
    session::cookie_config made;
    if (!from.session.cookie_name.empty())
        made.name = from.session.cookie_name;
    made.reached_by = transport_of(from.server);
    made.domain = from.session.cookie_domain;
    made.site = same_site_of(from.session.same_site);
    return made;
}

} // namespace sekisho::app
