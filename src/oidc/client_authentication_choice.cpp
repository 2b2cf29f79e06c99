// SPDX-License-Identifier: Apache-2.0
#include "oidc/client_authentication.hpp"
#include "oidc/foreign.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sekisho::oidc
{
namespace
{

using enum client_authentication;

// Stronger first; but a certificate last, for where there is something else it is often only the ticket to
// the provider's door.
constexpr std::array in_order{
    private_key_jwt,
    client_secret_basic,
    client_secret_post,
    client_secret_jwt,
    tls_client_auth,
    self_signed_tls_client_auth,
};

bool has_means(client_authentication method, const client_means& means)
{
    switch (method)
    {
    case client_secret_basic:
    case client_secret_post:
    case client_secret_jwt:
        return means.secret;
    case private_key_jwt:
        return means.signing_key || means.assertion_file;
    case tls_client_auth:
    case self_signed_tls_client_auth:
        return means.certificate;
    case none:
        break;
    }
    return true;
}

std::string_view settings_of(client_authentication method)
{
    switch (method)
    {
    case private_key_jwt:
        return "oidc.signing_key or oidc.assertion_file";
    case tls_client_auth:
    case self_signed_tls_client_auth:
        return "oidc.client_certificate and oidc.client_key";
    default:
        return "oidc.client_secret";
    }
}

std::string describe_means(const client_means& means)
{
    std::string text;
    const auto add = [&](bool is_there, std::string_view what)
    {
        if (is_there)
            text.append(text.empty() ? "" : ", ").append(what);
    };
    add(means.signing_key, "oidc.signing_key");
    add(means.assertion_file, "oidc.assertion_file");
    add(means.secret, "oidc.client_secret");
    add(means.certificate, "oidc.client_certificate");
    return text;
}

std::unexpected<error> nothing_fits(const client_means& means, std::span<const std::string> supported)
{
    auto detail = "there is " + describe_means(means) + ", but the provider announces only";
    for (const auto& each : supported)
        detail.append(" ").append(in_quotes(each, 64));
    return fail(
        errc::oidc_code_exchange_failure,
        "metadata.token_endpoint_auth_methods_supported",
        detail + "; if it takes another method all the same, set oidc.client_authentication"
    );
}

} // namespace

result<client_authentication> choose_client_authentication(
    std::optional<client_authentication> set,
    const client_means& means,
    std::span<const std::string> supported
)
{
    if (set && !has_means(*set, means))
        return fail(
            errc::oidc_code_exchange_failure,
            "oidc.client_authentication",
            std::string(name(*set)) + " needs " + std::string(settings_of(*set)) + ", which is not set"
        );
    if (set)
        return *set;
    if (describe_means(means).empty())
        return none;
    for (const auto method : in_order)
        if (has_means(method, means) &&
            (supported.empty() || std::ranges::find(supported, name(method)) != supported.end()))
            return method;
    // The certificate is for the connection then, and the client a public one.
    if (describe_means(means) == describe_means({.certificate = true}) &&
        std::ranges::find(supported, name(none)) != supported.end())
        return none;
    return nothing_fits(means, supported);
}

} // namespace sekisho::oidc
