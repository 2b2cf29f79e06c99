// SPDX-License-Identifier: Apache-2.0
#include "oidc/client_authentication.hpp"

#include "base/encoding.hpp"
#include "http/authorization.hpp"
#include "http/form.hpp"
#include "oidc/foreign.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::oidc
{
namespace
{

// Form-encoding, but with "~" as it is: it decodes to the same, and Entra's secrets have it, also before
// gateways that forget to decode.
std::string encoded_half(std::string_view text)
{
    constexpr std::string_view escaped_tilde = "%7E";
    auto encoded = form_encode(text);
    for (auto at = encoded.find(escaped_tilde); at != std::string::npos; at = encoded.find(escaped_tilde, at))
        encoded.replace(at, escaped_tilde.size(), "~");
    return encoded;
}

bool lists(std::span<const std::string> supported, client_authentication method)
{
    return std::ranges::find(supported, name(method)) != supported.end();
}

} // namespace

std::string_view name(client_authentication method) noexcept
{
    switch (method)
    {
    case client_authentication::client_secret_basic:
        return "client_secret_basic";
    case client_authentication::client_secret_post:
        return "client_secret_post";
    case client_authentication::none:
        break;
    }
    return "none";
}

std::string body(const form_request& request)
{
    http::form_writer writer;
    for (const auto& [name, value] : request.form)
        writer.add(name, value);
    return std::move(writer).text();
}

result<client_authentication> choose_client_authentication(
    std::optional<client_authentication> set,
    const secret& client_secret,
    std::span<const std::string> supported
)
{
    using enum client_authentication;
    if (client_secret.empty())
        return none;
    if (set)
        return *set;
    if (supported.empty() || lists(supported, client_secret_basic))
        return client_secret_basic;
    if (lists(supported, client_secret_post))
        return client_secret_post;
    std::string detail = "the provider announces only";
    for (const auto& each : supported)
        detail.append(" ").append(in_quotes(each, 64));
    return fail(
        errc::oidc_code_exchange_failure,
        "metadata.token_endpoint_auth_methods_supported",
        detail + "; if it takes client_secret_basic or client_secret_post all the same, set "
                 "oidc.client_authentication"
    );
}

form_request with_client_secret_basic(form_request request, const client_credentials& client)
{
    const auto value = http::basic_authorization(
        encoded_half(client.id.view()), encoded_half(client.client_secret.reveal())
    );
    request.fields.emplace_back("Authorization", value.reveal());
    return request;
}

form_request with_client_secret_post(form_request request, const client_credentials& client)
{
    request.form.push_back({"client_id", client.id.str()});
    request.form.push_back({"client_secret", std::string(client.client_secret.reveal())});
    return request;
}

form_request without_secret(form_request request, const client_credentials& client)
{
    request.form.push_back({"client_id", client.id.str()});
    return request;
}

form_request authenticated(form_request request, const client_credentials& client)
{
    switch (client.method)
    {
    case client_authentication::client_secret_basic:
        return with_client_secret_basic(std::move(request), client);
    case client_authentication::client_secret_post:
        return with_client_secret_post(std::move(request), client);
    case client_authentication::none:
        break;
    }
    return without_secret(std::move(request), client);
}

} // namespace sekisho::oidc
