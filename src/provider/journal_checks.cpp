// SPDX-License-Identifier: Apache-2.0
#include "provider/journal_checks.hpp"

#include "base/encoding.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace sekisho::provider
{
namespace
{

struct check_row
{
    std::string_view where; // as validate_id_token() names it
    std::string_view claim; // empty: of none
};

// In the order in which oidc/id_token makes them. The test holds it against that.
constexpr std::array order{
    check_row{"id_token", ""},
    check_row{"id_token.alg", ""},
    check_row{oidc::bad_signature, ""},
    check_row{"id_token.typ", ""},
    check_row{"id_token.iss", "iss"},
    check_row{"id_token.tid", "tid"},
    check_row{"id_token.sub", "sub"},
    check_row{"id_token.aud", "aud"},
    check_row{"id_token.azp", "azp"},
    check_row{"id_token.nonce", "nonce"},
    check_row{"id_token.exp", "exp"},
    check_row{"id_token.iat", "iat"},
    check_row{"id_token.nbf", "nbf"},
    check_row{"id_token.auth_time", "auth_time"},
    check_row{"id_token.hd", "hd"},
    check_row{"id_token.at_hash", "at_hash"},
    check_row{"id_token.c_hash", "c_hash"},
};

oidc::claims payload_of(std::string_view id_token)
{
    const auto first = id_token.find('.');
    const auto last = id_token.rfind('.');
    if (first == std::string_view::npos || last <= first)
        return {};
    const auto bytes = base64url_decode(id_token.substr(first + 1, last - first - 1));
    if (!bytes)
        return {};
    auto read = oidc::claims::parse(as_text(*bytes), "id_token");
    return read ? std::move(*read) : oidc::claims();
}

// Only what there was to check.
bool applies(const check_row& row, const oidc::claims& payload, const oidc::id_token_expectations& expected)
{
    if (row.where == "id_token.auth_time")
        return expected.max_age.has_value();
    if (row.where == "id_token.hd")
        return !expected.hosted_domains.empty();
    if (row.where == "id_token.tid")
        return !expected.tenants.empty();
    if (row.where == "id_token.nonce")
        return expected.nonce.has_value();
    return row.claim.empty() || payload.object().contains(std::string(row.claim));
}

std::string shown(const check_row& row, const oidc::claims& payload)
{
    const auto found = payload.object().find(std::string(row.claim));
    return row.claim.empty() || found == payload.object().end() ? std::string() : sekisho::to_text(*found);
}

} // namespace

void note_id_token(
    journal& into,
    noted_id_token id_token,
    const oidc::id_token_expectations& expected,
    const result<oidc::claims>& outcome
)
{
    into.token("id_token", id_token.text);
    const auto* const stopped =
        outcome ? order.end()
                : std::ranges::find(order, std::string_view(outcome.error().where), &check_row::where);
    const auto is_known = outcome || stopped != order.end(); // else no key could be had, and none was made
    const auto payload = payload_of(id_token.text);
    if (is_known)
    {
        for (const auto* row = order.begin(); row != stopped; ++row)
            if (row->where == oidc::bad_signature && id_token.signature == signature_check::left_out)
                into.left_out(row->where, "signature not checked: believed for TLS");
            else if (applies(*row, payload, expected))
                into.passed(row->where, shown(*row, payload));
    }
    if (!outcome)
        into.failed(outcome.error());
}

} // namespace sekisho::provider
