// SPDX-License-Identifier: Apache-2.0
#pragma once
// What comes back to the callback address (Core 3.1.2.5, 3.2.2.5 and 3.3.2.5, RFC 6749 4.1.2, RFC 9207, JARM
// 1.0). Two steps: the state is handed out, the caller finds the sign-in it belongs to, then the rest is
// checked against that sign-in.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "oidc/metadata.hpp"
#include "oidc/names.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sekisho::oidc
{

// How an answer comes.
enum class response_form : std::uint8_t
{
    plain,
    signed_jwt, // JARM: whatever is not inside the provider's JWT is not believed
};

struct response_expectations
{
    oidc::flow flow = flow::pkce;
    oidc::issuer issuer;                       // of the provider this sign-in was sent to
    support response_iss = support::unknown;   // yes: an answer without `iss` is refused
    std::vector<std::string> tenants = {};     // when the issuer is a template: what may stand in it
    std::string other_name = {};               // that `iss` may be as well; empty: none
    response_form form = response_form::plain; // what oidc.response_mode asked for
};

// What a good response carries: everything that the flow gets through the browser, and nothing else of what
// was sent. The tokens are not validated yet.
struct authorization_grant
{
    std::optional<oidc::code> code;
    std::string id_token; // empty unless the flow has one here
    // Empty unless the flow has one here, or it is the implicit one and the provider sent one along: then
    // the ID token binds it.
    secret access_token;
    // Session Management 1.0, 2: what the provider knows the browser's session by; empty: not sent, or of no
    // use (longer than 512 bytes, or with a space).
    std::string session_state;
    // Of the access token, in a flow without a code (RFC 6749, 4.2.2); empty: as asked, or the token endpoint
    // says it. Whoever has the browser can change it, unless the answer is signed.
    std::string scope;
};

class authorization_response
{
public:
    // From the decoded pairs of a query or of a form. A value without text counts as absent (RFC 6749, 3.1).
    // Of a signed answer only the state is looked at, to find the sign-in: the rest waits for its key.
    // Errors: oidc_parameter_duplicated, oidc_state_missing, value_too_large (more than 64 parameters),
    // oidc_login_error (something beside a signed answer).
    static result<authorization_response> parse(std::span<const parameter> received);
    // The same from what validate_response() found inside a signed answer.
    static result<authorization_response> from_jwt(std::span<const parameter> inside);

    const oidc::state& state() const noexcept { return state_; } // never empty
    // A signed answer as it came, not verified: check() refuses it. Empty: a plain one, or from_jwt().
    const std::string& jwt() const noexcept { return jwt_; }

    // Errors: oidc_login_error when the answer is signed and should not be or the reverse,
    // oidc_issuer_mismatch (RFC 9207, 2.4), the provider's own `error` as oidc_access_denied,
    // oidc_provider_unavailable, oidc_interaction_required, oidc_sign_in_expired or oidc_auth_error, and
    // oidc_received_no_code_or_token_failure when one of the flow's parts is missing. The detail is for the
    // log only: nothing of it is ever shown.
    result<authorization_grant> check(const response_expectations& expected) const;

private:
    result<void> check_form(response_form expected) const;
    result<void> check_issuer(const response_expectations& expected) const;
    result<void> check_error() const;
    result<void> check_parts(flow expected) const;

    oidc::state state_;
    std::string jwt_;
    response_form form_ = response_form::plain; // signed_jwt: verified
    std::string iss_;
    std::string code_;
    std::string id_token_;
    secret access_token_;
    std::string error_;
    std::string error_description_;
    std::string session_state_;
    std::string scope_;
};

} // namespace sekisho::oidc
