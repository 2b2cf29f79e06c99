// SPDX-License-Identifier: Apache-2.0
#include "oidc/metadata.hpp"

#include "base/json.hpp"
#include "oidc/foreign.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace sekisho::oidc
{
namespace
{

constexpr std::string_view where = "metadata";

// Reads members one after the other and remembers the first that is wrong.
class document_reader
{
public:
    document_reader(const json_object& members, transport rule, const given_endpoints& given = {})
        : members_(members), rule_(rule), given_(given)
    {
    }

    url address(std::string_view name)
    {
        if (const auto* const given = address_of(given_, name))
            return *given;
        const auto text = members_.text(name);
        if (text)
            return parsed(name, *text);
        remember(text.error().detail);
        return {};
    }
    // Some providers write "" for what they do not have.
    std::optional<url> optional_address(std::string_view name)
    {
        if (const auto* const given = address_of(given_, name))
            return *given;
        const auto text = kept(members_.optional_text(name));
        if (!text || text->empty())
            return std::nullopt;
        return parsed(name, *text);
    }
    std::vector<std::string> texts(std::string_view name) { return kept(members_.optional_texts(name)); }
    support flag(std::string_view name)
    {
        const auto value = kept(members_.optional_bool(name));
        return !value ? support::unknown : *value ? support::yes : support::no;
    }
    endpoint_aliases aliases()
    {
        const auto* const value = members_.find("mtls_endpoint_aliases");
        if (!value || value->is_null())
            return {};
        const auto inner = json_object::of(*value, where);
        if (!inner)
        {
            remember("mtls_endpoint_aliases " + inner.error().detail);
            return {};
        }
        document_reader from(*inner, rule_);
        endpoint_aliases made{
            from.optional_address("token_endpoint"),
            from.optional_address("userinfo_endpoint"),
            from.optional_address("revocation_endpoint"),
            from.optional_address("introspection_endpoint"),
            from.optional_address("pushed_authorization_request_endpoint"),
        };
        if (from.failure())
            remember("mtls_endpoint_aliases: " + from.failure()->detail);
        return made;
    }
    const std::optional<error>& failure() const { return failure_; }
    void remember(std::string detail)
    {
        if (!failure_)
            failure_ = error{errc::oidc_metadata_fetch_failure, where, std::move(detail)};
    }

private:
    template <class Value>
    Value kept(result<Value> read)
    {
        if (read)
            return std::move(*read);
        remember(read.error().detail);
        return {};
    }
    url parsed(std::string_view name, std::string_view text)
    {
        auto made = parse_address(text, rule_, where);
        if (made)
            return std::move(*made);
        remember(std::string(name) + ": " + made.error().detail);
        return {};
    }

    const json_object& members_;
    transport rule_;
    given_endpoints given_;
    std::optional<error> failure_;
};

// An address from the settings is the one to call, with a certificate too.
void drop_replaced(endpoint_aliases& aliases, const given_endpoints& given)
{
    if (given.token_endpoint)
        aliases.token_endpoint.reset();
    if (given.userinfo_endpoint)
        aliases.userinfo_endpoint.reset();
    if (given.revocation_endpoint)
        aliases.revocation_endpoint.reset();
    if (given.introspection_endpoint)
        aliases.introspection_endpoint.reset();
    if (given.pushed_authorization_request_endpoint)
        aliases.pushed_authorization_request_endpoint.reset();
}

void read_places_of_keys(document_reader& from, key_place place, metadata& into)
{
    if (place == key_place::in_metadata)
        into.jwks_uri = from.address("jwks_uri");
    else
        into.jwks_uri = from.optional_address("jwks_uri");
    into.signed_jwks_uri = from.optional_address("signed_jwks_uri");
    if (place == key_place::signed_set && !into.signed_jwks_uri)
        from.remember(
            "has no signed_jwks_uri, and with oidc.signed_jwks_keys only a signed set of keys counts: set "
            "oidc.signed_jwks_uri if the provider has one, else take oidc.signed_jwks_keys out"
        );
}

metadata read(document_reader& from, oidc::issuer issuer, const metadata_reading& how)
{
    metadata made;
    made.issuer = std::move(issuer);
    made.authorization_endpoint = from.address("authorization_endpoint");
    if (has_code(how.needed))
        made.token_endpoint = from.address("token_endpoint");
    else
        made.token_endpoint = from.optional_address("token_endpoint");
    read_places_of_keys(from, how.keys, made);
    made.userinfo_endpoint = from.optional_address("userinfo_endpoint");
    made.end_session_endpoint = from.optional_address("end_session_endpoint");
    if (!made.end_session_endpoint)
        made.ping_end_session_endpoint = from.optional_address("ping_end_session_endpoint");
    made.check_session_iframe = from.optional_address("check_session_iframe");
    made.revocation_endpoint = from.optional_address("revocation_endpoint");
    made.introspection_endpoint = from.optional_address("introspection_endpoint");
    made.pushed_authorization_request_endpoint =
        from.optional_address("pushed_authorization_request_endpoint");
    made.registration_endpoint = from.optional_address("registration_endpoint");
    made.mtls = from.aliases();
    drop_replaced(made.mtls, how.given);
    made.token_endpoint_auth_methods = from.texts("token_endpoint_auth_methods_supported");
    made.token_endpoint_auth_algorithms = from.texts("token_endpoint_auth_signing_alg_values_supported");
    made.id_token_signing_algorithms = from.texts("id_token_signing_alg_values_supported");
    made.request_object_algorithms = from.texts("request_object_signing_alg_values_supported");
    made.request_object_key_managements = from.texts("request_object_encryption_alg_values_supported");
    made.request_object_content_encryptions = from.texts("request_object_encryption_enc_values_supported");
    made.response_algorithms = from.texts("authorization_signing_alg_values_supported");
    made.dpop_algorithms = from.texts("dpop_signing_alg_values_supported");
    made.response_types = from.texts("response_types_supported");
    made.response_modes = from.texts("response_modes_supported");
    made.code_challenge_methods = from.texts("code_challenge_methods_supported");
    made.scopes = from.texts("scopes_supported");
    made.grants = from.texts("grant_types_supported");
    made.acr_values = from.texts("acr_values_supported");
    made.prompts = from.texts("prompt_values_supported");
    made.response_iss = from.flag("authorization_response_iss_parameter_supported");
    made.requires_pushed_requests = from.flag("require_pushed_authorization_requests");
    made.requires_request_objects = from.flag("require_signed_request_object");
    made.certificate_bound_tokens = from.flag("tls_client_certificate_bound_access_tokens");
    made.front_channel_logout = from.flag("frontchannel_logout_supported");
    made.front_channel_logout_session = from.flag("frontchannel_logout_session_supported");
    made.back_channel_logout = from.flag("backchannel_logout_supported");
    made.back_channel_logout_session = from.flag("backchannel_logout_session_supported");
    return made;
}

bool lacks(const std::vector<std::string>& announced, std::string_view needed)
{
    return !announced.empty() && std::ranges::find(announced, needed) == announced.end();
}

// Multiple Response Types, 3: the order of the words does not matter.
std::vector<std::string_view> words_of(std::string_view text)
{
    std::vector<std::string_view> words;
    while (!text.empty())
    {
        const auto word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        if (!word.empty())
            words.push_back(word);
    }
    std::ranges::sort(words);
    return words;
}

bool lacks_type(const std::vector<std::string>& announced, std::string_view needed)
{
    const auto wanted = words_of(needed);
    return !announced.empty() &&
           std::ranges::none_of(announced, [&](const auto& each) { return words_of(each) == wanted; });
}

std::unexpected<error> unsaid(std::string_view member, std::string_view what)
{
    return fail(
        errc::value_malformed,
        member,
        std::string("is not set, and without discovery nothing else says ").append(what)
    );
}

} // namespace

result<metadata>
parse_metadata(std::string_view document, const issuer_setting& expected, transport rule, flow needed)
{
    return parse_metadata(document, expected, metadata_reading{.rule = rule, .needed = needed});
}

result<metadata>
parse_metadata(std::string_view document, const issuer_setting& expected, const metadata_reading& how)
{
    const auto parsed = parse_json(document);
    if (!parsed)
        return translated(parsed.error(), errc::oidc_metadata_fetch_failure, where);
    const auto members = json_object::of(*parsed, where);
    if (!members)
        return translated(members.error(), errc::oidc_metadata_fetch_failure, where);
    auto issuer_text = members->text("issuer");
    if (!issuer_text)
        return translated(issuer_text.error(), errc::oidc_metadata_fetch_failure, where);
    if (!is_named(expected, *issuer_text)) // Discovery 4.3
        return fail(
            errc::oidc_issuer_mismatch,
            "metadata.issuer",
            explain_difference(expected.identifier.view(), *issuer_text)
        );
    document_reader reader(*members, how.rule, how.given);
    auto made = read(reader, issuer(std::move(*issuer_text)), how);
    if (reader.failure())
        return std::unexpected(*reader.failure());
    return made;
}

result<metadata> metadata_without_document(const issuer_setting& issuer, const metadata_reading& how)
{
    const auto& given = how.given;
    if (auto accepted = check(given, how.rule); !accepted)
        return std::unexpected(accepted.error());
    if (!given.authorization_endpoint)
        return unsaid("authorization_endpoint", "where people sign in");
    if (!given.token_endpoint && has_code(how.needed))
        return unsaid("token_endpoint", "where a code is exchanged");
    if (!given.jwks_uri && how.keys == key_place::in_metadata)
        return unsaid("jwks_uri", "where the provider's keys are; jwks_file, a file of them, is as good");
    if (!given.signed_jwks_uri && how.keys == key_place::signed_set)
        return unsaid("signed_jwks_uri", "where the signed set of the provider's keys is");
    metadata made;
    made.issuer = issuer.identifier;
    made.authorization_endpoint = *given.authorization_endpoint;
    made.token_endpoint = given.token_endpoint;
    made.jwks_uri = given.jwks_uri;
    made.signed_jwks_uri = given.signed_jwks_uri;
    made.userinfo_endpoint = given.userinfo_endpoint;
    made.end_session_endpoint = given.end_session_endpoint;
    made.introspection_endpoint = given.introspection_endpoint;
    made.revocation_endpoint = given.revocation_endpoint;
    made.pushed_authorization_request_endpoint = given.pushed_authorization_request_endpoint;
    made.registration_endpoint = given.registration_endpoint;
    return made;
}

std::vector<std::string> doubts(const metadata& provider, flow needed)
{
    std::vector<std::string> found;
    const auto doubt = [&](std::string_view member, std::string_view value)
    {
        found.push_back(
            "the provider's " + std::string(member) + " does not list \"" + std::string(value) + "\""
        );
    };
    if (lacks_type(provider.response_types, response_type(needed)))
        doubt("response_types_supported", response_type(needed));
    if (is_always_posted(needed) && lacks(provider.response_modes, "form_post"))
        doubt("response_modes_supported", "form_post");
    if (uses_pkce(needed) && lacks(provider.code_challenge_methods, "S256"))
        doubt("code_challenge_methods_supported", "S256");
    if (lacks(provider.scopes, "openid"))
        doubt("scopes_supported", "openid");
    return found;
}

} // namespace sekisho::oidc
