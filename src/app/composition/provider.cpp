// SPDX-License-Identifier: Apache-2.0
#include "app/composition/provider.hpp"

#include "app/composition/client.hpp"
#include "app/composition/directory.hpp"
#include "app/composition/parts.hpp"
#include "app/composition/profile.hpp"
#include "app/composition/wishes.hpp"
#include "net/beast_http_client.hpp"
#include "pages/logo.hpp"

#include <array>
#include <utility>

namespace sekisho::app
{
namespace
{

using problems = std::vector<composition_problem>;

provider::userinfo_policy userinfo_of(settings::when_needed from)
{
    switch (from)
    {
    case settings::when_needed::always:
        return provider::userinfo_policy::always;
    case settings::when_needed::never:
        return provider::userinfo_policy::never;
    case settings::when_needed::automatic:
        break;
    }
    return provider::userinfo_policy::when_needed;
}

oidc::token_place place_of(settings::token_place from)
{
    switch (from)
    {
    case settings::token_place::body:
        return oidc::token_place::body;
    case settings::token_place::query:
        return oidc::token_place::query;
    case settings::token_place::header:
        break;
    }
    return oidc::token_place::header;
}

oidc::flow flow_of(settings::auth_method from)
{
    switch (from)
    {
    case settings::auth_method::code:
        return oidc::flow::code;
    case settings::auth_method::implicit:
        return oidc::flow::implicit;
    case settings::auth_method::code_id_token:
        return oidc::flow::code_id_token;
    case settings::auth_method::code_token:
        return oidc::flow::code_token;
    case settings::auth_method::code_id_token_token:
        return oidc::flow::code_id_token_token;
    case settings::auth_method::id_token_token:
        return oidc::flow::id_token_token;
    case settings::auth_method::pkce:
        break;
    }
    return oidc::flow::pkce;
}

result<std::vector<crypto::algorithm>> algorithms_of(const settings::texts& names)
{
    if (names.empty())
        return oidc::asymmetric_algorithms();
    std::vector<crypto::algorithm> made;
    for (const auto& each : names)
    {
        const auto known = crypto::find_algorithm(each);
        if (!known)
            return fail(errc::value_malformed, "signing_algorithms", "unknown algorithm " + each);
        made.push_back(*known);
    }
    return made;
}

void fill_plain(provider::configuration& made, const settings::oidc_settings& from)
{
    made.flow = flow_of(from.auth_method);
    made.protocol = protocol_of(from);
    made.client = oidc::client_id(from.client_id);
    made.client_secret = from.client_secret;
    made.authentication = authentication_of(from.client_authentication);
    made.response_issuer = from.response_issuer;
    made.dpop_key = from.dpop_key;
    made.decryption_key = from.decryption_key;
    if (from.require_encryption)
        made.encryption = provider::encryption_need::required;
    made.scopes = from.scopes;
    for (const auto& each : from.refresh_scopes)
        if (std::ranges::find(made.scopes, each) == made.scopes.end())
            made.scopes.push_back(each);
    made.trusted_audiences = from.trusted_audiences;
    made.tenants = from.tenants;
    made.hosted_domains = from.hosted_domains;
    made.clock_skew = from.clock_skew;
    made.userinfo = userinfo_of(from.userinfo);
    if (from.id_token_signature == settings::id_token_signature::tls)
    {
        made.signature = provider::signature_need::believed_for_tls;
        made.userinfo = provider::userinfo_policy::always; // the second word about who it is
    }
    made.userinfo_token = place_of(from.userinfo_token);
    made.claim_hosts = from.claim_hosts;
    made.refresh.refresh = from.metadata_refresh;
}

std::string host_of(const std::string& issuer)
{
    const auto address = url::parse(issuer);
    return address ? address->host() : std::string();
}

result<provider::offer> offer_of(const settings::oidc_settings& from, const file_reader& read)
{
    provider::offer made;
    made.label = from.label;
    made.label_ja = from.label_ja;
    made.order = from.order;
    made.email_domains = from.email_domains;
    made.hosts = from.hosts;
    made.paths = from.paths;
    if (from.logo.empty())
        return made;
    const auto file = read(from.logo);
    auto logo = file ? pages::logo_address(*file) : result<std::string>(std::unexpected(file.error()));
    if (!logo)
        return fail(errc::value_malformed, "logo", from.logo + ": " + logo.error().detail);
    made.logo = std::move(*logo);
    return made;
}

// Some say "oidc.issuer" when they mean the setting of whichever provider.
std::string_view own_name(std::string_view where)
{
    constexpr std::string_view section = "oidc.";
    return where.starts_with(section) ? where.substr(section.size()) : where;
}

problems problem_of(const settings::effective_provider& of, const error& what)
{
    return {{setting_of(of, own_name(what.where)), what.detail}};
}

result<std::unique_ptr<provider::provider>> talking_through(
    net::http_client& http,
    provider::configuration what,
    const settings::oidc_settings& from,
    const provider_ground& on
)
{
    provider::services services{http, crypto::system_random(), on.metrics, on.home};
    auto completes = completion_of(from, what, services, on.read);
    if (!completes)
        return std::unexpected(completes.error());
    return std::make_unique<provider::provider>(std::move(what), std::move(services), std::move(*completes));
}

} // namespace

std::string setting_of(const settings::effective_provider& of, std::string_view name)
{
    if (of.name == settings::default_provider_name)
        return std::string("oidc.").append(name);
    return std::string("providers.").append(of.name).append(".").append(name);
}

result<provider::configuration> provider_of(const settings::effective_provider& from, const file_reader& read)
{
    provider::configuration made;
    made.name = from.name;
    made.transport =
        from.oidc.allow_http ? oidc::transport::plain_http_allowed : oidc::transport::https_or_loopback;
    auto issuer = oidc::parse_issuer(from.oidc.issuer, made.transport);
    if (!issuer)
        return std::unexpected(issuer.error());
    made.issuer = std::move(*issuer);
    if (from.oidc.issuer_check == settings::issuer_check::tenant_template)
        made.issuer.rule = oidc::issuer_rule::tenant_template;
    fill_plain(made, from.oidc);
    auto proofs = proofs_of(from.oidc);
    if (!proofs)
        return std::unexpected(proofs.error());
    made.proofs = std::move(*proofs);
    made.profile = demands_of(from.oidc);
    if (made.profile)
        made.proofs.allowed = made.profile->algorithms;
    auto algorithms = algorithms_of(from.oidc.signing_algorithms);
    if (!algorithms)
        return std::unexpected(algorithms.error());
    made.algorithms = std::move(*algorithms);
    auto wishes = wishes_of(from.oidc);
    if (!wishes)
        return std::unexpected(wishes.error());
    made.wishes = std::move(*wishes);
    made.sign_out = sign_out_of(from.oidc.sign_out);
    made.sign_out_landing = from.oidc.sign_out_landing;
    if (from.oidc.sign_out_hint == settings::sign_out_hint::while_valid)
        made.hint_at_sign_out = provider::sign_out_hint::while_valid;
    if (from.oidc.revoke_tokens)
        made.revokes = provider::revocation::at_sign_out;
    auto offer = offer_of(from.oidc, read);
    if (!offer)
        return std::unexpected(offer.error());
    made.offer = std::move(*offer);
    if (made.offer.label.empty() && from.name == settings::default_provider_name)
        made.offer.label = host_of(from.oidc.issuer); // "default" would tell nobody anything
    const auto mapping = mapping_of(from);
    const auto headers = headers_of(from.identity);
    made.wanted_claims = identity::wanted_claims(mapping, headers);
    made.reads_access_token = identity::reads_access_token(mapping, headers);
    if (made.reads_access_token && made.signature == provider::signature_need::believed_for_tls)
        return fail(
            errc::value_malformed,
            "id_token_signature",
            "tls: a claim is looked up in the access token (access_token:…), whose signature cannot be "
            "checked without the provider's keys; take it from the ID token or UserInfo"
        );
    auto reach = reach_of(from.oidc, made, read);
    if (!reach)
        return std::unexpected(reach.error());
    made.reach = std::move(*reach);
    return made;
}

std::expected<std::shared_ptr<live_provider>, problems>
make_provider(const settings::effective_provider& from, const provider_ground& on)
{
    auto what = provider_of(from, on.read);
    if (!what)
        return std::unexpected(problem_of(from, what.error()));
    auto options = client_options_of(from.oidc, on.variables);
    if (!options)
        return std::unexpected(problem_of(from, options.error()));
    auto client = net::beast_http_client::make(on.home, std::move(*options));
    if (!client)
        return std::unexpected(problem_of(from, client.error()));
    auto made = std::make_shared<live_provider>();
    made->from = from;
    made->files = digest_of_files(from.oidc, on.read);
    made->http = std::move(*client);
    auto one = talking_through(*made->http, std::move(*what), from.oidc, on);
    if (!one)
        return std::unexpected(problem_of(from, one.error()));
    made->one = std::move(*one);
    problems found;
    for (const auto& each : made->one->credential_problems())
        found.push_back({setting_of(from, own_name(each.where)), each.detail});
    if (!found.empty())
        return std::unexpected(std::move(found));
    return made;
}

bool is_same(const live_provider& living, const settings::effective_provider& wanted, const file_reader& read)
{
    return settings::is_same(living.from, wanted) && living.files == digest_of_files(wanted.oidc, read);
}

} // namespace sekisho::app
