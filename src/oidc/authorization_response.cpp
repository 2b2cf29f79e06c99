// SPDX-License-Identifier: Apache-2.0
#include "oidc/authorization_response.hpp"

#include "oidc/foreign.hpp"
#include "oidc/issuer.hpp"
#include "oidc/response_jwt.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace sekisho::oidc
{
namespace
{

constexpr std::string_view where = "authorization_response";

struct error_meaning
{
    std::string_view name;
    errc code;
};

// RFC 6749 4.1.2.1 and Core 3.1.2.6; whatever is not here is oidc_auth_error.
constexpr std::array meanings{
    error_meaning{"access_denied", errc::oidc_access_denied},
    error_meaning{"server_error", errc::oidc_provider_unavailable},
    error_meaning{"temporarily_unavailable", errc::oidc_provider_unavailable},
    error_meaning{"login_required", errc::oidc_interaction_required},
    error_meaning{"interaction_required", errc::oidc_interaction_required},
    error_meaning{"consent_required", errc::oidc_interaction_required},
    error_meaning{"account_selection_required", errc::oidc_interaction_required},
};

// Keycloak, whose page of sign-in was left open for too long: it wants to be asked anew.
bool has_expired_there(std::string_view name, std::string_view description)
{
    return name == "temporarily_unavailable" && description == "authentication_expired";
}

errc meaning_of(std::string_view name, std::string_view description)
{
    if (has_expired_there(name, description))
        return errc::oidc_sign_in_expired;
    const auto* const found = std::ranges::find(meanings, name, &error_meaning::name);
    return found == meanings.end() ? errc::oidc_auth_error : found->code;
}

// RFC 6749, 3.1: none more than once, whether we know it or not.
const parameter* find_duplicate(std::span<const parameter> received)
{
    for (std::size_t index = 0; index < received.size(); ++index)
        for (std::size_t before = 0; before < index; ++before)
            if (received[before].name == received[index].name)
                return &received[index];
    return nullptr;
}

std::string value_of(std::span<const parameter> received, std::string_view name)
{
    const auto found = std::ranges::find(received, name, &parameter::name);
    return found == received.end() ? std::string() : found->value;
}

// Session Management 1.0, 3.1: it stands behind a space in what the frame is asked.
std::string usable_session_state(std::string value)
{
    constexpr std::size_t longest = 512;
    const auto is_plain = [](char each) { return each > ' ' && each < '\x7f'; };
    return value.size() <= longest && std::ranges::all_of(value, is_plain) ? std::move(value) : std::string();
}

} // namespace

result<authorization_response> authorization_response::parse(std::span<const parameter> received)
{
    constexpr std::size_t most = 64; // keeps the search for duplicates short; providers send fewer than ten
    if (received.size() > most)
        return fail(errc::value_too_large, where, std::to_string(received.size()) + " parameters");
    if (const auto* const twice = find_duplicate(received))
        return fail(
            errc::oidc_parameter_duplicated, where, in_quotes(twice->name, 64) + " was sent more than once"
        );
    auto jwt = response_in(received);
    if (!jwt)
        return std::unexpected(jwt.error());
    authorization_response made;
    made.jwt_ = *std::move(jwt);
    made.state_ = made.jwt_.empty() ? oidc::state(value_of(received, "state")) : claimed_state(made.jwt_);
    made.iss_ = value_of(received, "iss");
    made.code_ = value_of(received, "code");
    made.id_token_ = value_of(received, "id_token");
    made.access_token_ = secret(value_of(received, "access_token"));
    made.error_ = value_of(received, "error");
    made.error_description_ = value_of(received, "error_description");
    made.scope_ = value_of(received, "scope");
    made.session_state_ = usable_session_state(value_of(received, "session_state"));
    if (!made.state_.empty())
        return made;
    auto detail = std::string(
        made.jwt_.empty() ? "there is no state parameter"
                          : "the JWT of the answer cannot be read or has no state"
    );
    if (!made.error_.empty())
        detail += "; the provider's error is " + error_name(made.error_);
    return fail(errc::oidc_state_missing, where, std::move(detail));
}

result<authorization_response> authorization_response::from_jwt(std::span<const parameter> inside)
{
    auto made = parse(inside);
    if (made)
        made->form_ = response_form::signed_jwt;
    return made;
}

result<void> authorization_response::check_form(response_form expected) const
{
    if (!jwt_.empty())
        return fail(
            errc::oidc_login_error, where, "is a JWT, which oidc.response_mode did not ask for: set it to jwt"
        );
    if (form_ == expected)
        return {};
    auto detail = std::string("is not signed although oidc.response_mode asks for a JWT");
    if (!error_.empty())
        detail += "; it says that the provider's error is " + error_name(error_);
    return fail(errc::oidc_login_error, where, std::move(detail));
}

result<void> authorization_response::check_issuer(const response_expectations& expected) const
{
    constexpr std::string_view at = "authorization_response.iss";
    // With an ID token in the answer itself `iss` may be absent: the token names its issuer, and that is
    // checked before a code is redeemed (RFC 9207, 1 and 4). An error without `iss` has no effect beyond a
    // page.
    if (iss_.empty() && expected.response_iss == support::yes && !has_id_token(expected.flow))
        return fail(
            errc::oidc_issuer_mismatch,
            at,
            "is missing although the provider announces it, or oidc.profile wants it (RFC 9207)"
        );
    const auto is_ours = iss_ == expected.other_name || names_issuer(expected.issuer, expected.tenants, iss_);
    if (!iss_.empty() && !is_ours)
        return fail(errc::oidc_issuer_mismatch, at, explain_difference(expected.issuer.view(), iss_));
    return {};
}

result<void> authorization_response::check_error() const
{
    if (error_.empty())
        return {};
    auto detail = "the provider's error is " + error_name(error_);
    if (!error_description_.empty())
        detail += ", described as " + in_quotes(error_description_);
    return fail(meaning_of(error_, error_description_), where, std::move(detail));
}

result<void> authorization_response::check_parts(flow expected) const
{
    const auto missing = [](std::string_view name)
    {
        return fail(
            errc::oidc_received_no_code_or_token_failure,
            where,
            "there is no " + std::string(name) + " parameter"
        );
    };
    if (has_code(expected) && code_.empty())
        return missing("code");
    if (has_id_token(expected) && id_token_.empty())
        return missing("id_token"); // an access token alone says nothing about who it was issued to
    if (has_access_token(expected) && access_token_.empty())
        return missing("access_token");
    return {};
}

result<authorization_grant> authorization_response::check(const response_expectations& expected) const
{
    if (const auto form_is_right = check_form(expected.form); !form_is_right)
        return std::unexpected(form_is_right.error());
    if (const auto issuer_is_right = check_issuer(expected); !issuer_is_right)
        return std::unexpected(issuer_is_right.error());
    if (const auto no_error = check_error(); !no_error)
        return std::unexpected(no_error.error());
    if (const auto complete = check_parts(expected.flow); !complete)
        return std::unexpected(complete.error());
    authorization_grant grant;
    if (has_code(expected.flow))
        grant.code = oidc::code(code_);
    if (has_id_token(expected.flow))
        grant.id_token = id_token_;
    if (has_access_token(expected.flow) || expected.flow == flow::implicit)
        grant.access_token = access_token_;
    grant.session_state = session_state_;
    if (!has_code(expected.flow))
        grant.scope = scope_;
    return grant;
}

} // namespace sekisho::oidc
