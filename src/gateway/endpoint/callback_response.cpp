// SPDX-License-Identifier: Apache-2.0
// An answer that came as a JWT (JARM): decrypted with our keys where it is encrypted, then held against those
// of the provider that its sign-in was sent to.
#include "crypto/jwe.hpp"
#include "gateway/endpoint/callback.hpp"
#include "oidc/response_jwt.hpp"
#include "provider/response_check.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sekisho::gateway
{
namespace
{

void note_response(provider::journal& into, std::string_view jwt, const result<oidc::parameters>& outcome)
{
    constexpr std::array<std::string_view, 4> checks{
        oidc::bad_response_signature, "response.iss", "response.aud", "response.exp"
    };
    into.token("response", jwt);
    if (!outcome)
        return into.failed(outcome.error());
    for (const auto check : checks)
        into.passed(check);
}

} // namespace

result<oidc::parameters>
callback::readable(std::span<const http::field> request, oidc::parameters received) const
{
    const auto found = std::ranges::find(received, "response", &oidc::parameter::name);
    if (found == received.end() || !crypto::is_encrypted(found->value))
        return received;
    // Work for a private key: not for browsers that wait for no answer.
    if (with_.sign_ins.count(request) == 0)
        return fail(
            errc::oidc_state_missing,
            "callback",
            "expected a browser with the cookie of a sign-in, received an encrypted answer from one without"
        );
    auto inside = provider::signed_response(with_.providers, std::move(found->value));
    if (!inside)
        return std::unexpected(inside.error());
    found->value = std::move(*inside);
    return received;
}

net::task<result<oidc::authorization_response>>
callback::opened(const awaited& what, provider::provider& from) const
{
    // One that nobody asked for is left as it is, for check() to refuse.
    const auto& jwt = what.response.jwt();
    if (jwt.empty() || !oidc::is_signed(from.settings().wishes.mode))
        co_return what.response;
    auto inside = co_await from.open_response(jwt);
    if (what.record)
        note_response(*what.record, jwt, inside);
    if (!inside)
        co_return std::unexpected(inside.error());
    auto response = oidc::authorization_response::from_jwt(*inside);
    if (response && response->state() != what.begun.state)
        co_return fail(errc::oidc_state_missing, "response.state", "is not that of this sign-in");
    co_return response;
}

} // namespace sekisho::gateway
