// SPDX-License-Identifier: Apache-2.0
#pragma once
// The configured issuer: read from what people paste, and compared with what the provider says.

#include "base/result.hpp"
#include "base/url.hpp"
#include "oidc/address.hpp"
#include "oidc/names.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sekisho::oidc
{

enum class issuer_rule : std::uint8_t
{
    exact,
    // The discovery document's issuer has `{tenantid}` in place of a path segment, as Entra's for `common`
    // and `organizations`; a token's issuer has the token's `tid` there, which must be one that is let in.
    tenant_template,
};

struct issuer_setting
{
    issuer identifier; // as pasted, without the well-known path and without the query; a final slash stays
    std::string query; // for the discovery address only ("appid=123" of Entra), without "?"; empty: none
    bool slash_is_unknown =
        false; // the well-known path was pasted: it is the same with and without a final slash
    issuer_rule rule = issuer_rule::exact;
};

// Accepts a pasted ".../.well-known/openid-configuration" and a query, strips white space around the text.
// Error: value_malformed at "oidc.issuer" with what is wrong and what to write instead.
result<issuer_setting> parse_issuer(std::string_view setting, transport rule);

// Where the discovery document is (OpenID Connect Discovery 1.0, 4): the identifier without a final slash,
// the well-known path, then the query.
url discovery_address(const issuer_setting& setting);

// Whether this is the configured issuer, byte for byte. Two parts of a setting may be no part of the name:
// the query, and the final slash when the well-known path was pasted; so those are accepted with and without.
// With a tenant_template it is instead the template that belongs to it: the configured issuer with
// `{tenantid}` for one whole segment of its path, or Entra's for its v1 endpoints
// ("https://sts.windows.net/{tenantid}/"), which is on another host by design.
bool is_named(const issuer_setting& setting, std::string_view received);

// The same for the issuer of a token: with a tenant_template one of these tenants stands where the template
// has
// `{tenantid}`.
bool is_named(const issuer_setting& setting, std::span<const std::string> tenants, std::string_view received);

// Whether it has `{tenantid}` in it.
bool is_template(const issuer& identifier);

// The template with this tenant's id in it. Empty: the id is empty or has characters other than letters,
// digits, "-" and ".".
issuer filled(const issuer& identifier, std::string_view tenant);

// Whether `received` names the provider: the identifier itself, or, when that is a template, the template
// filled in with one of the tenants.
bool names_issuer(const issuer& identifier, std::span<const std::string> tenants, std::string_view received);

// One English sentence that says how two issuers differ ("the received one has a final slash, the configured
// one has none"). Texts from outside are shortened and freed of control characters.
std::string explain_difference(std::string_view expected, std::string_view received);

} // namespace sekisho::oidc
