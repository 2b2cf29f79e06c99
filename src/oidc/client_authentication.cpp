// SPDX-License-Identifier: Apache-2.0
#include "oidc/client_authentication.hpp"

#include "base/encoding.hpp"
#include "http/authorization.hpp"
#include "http/form.hpp"

#include <array>
#include <utility>

namespace sekisho::oidc
{
namespace
{

constexpr std::array<std::string_view, 7> names{
    "none",
    "client_secret_basic",
    "client_secret_post",
    "client_secret_jwt",
    "private_key_jwt",
    "tls_client_auth",
    "self_signed_tls_client_auth",
};

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

} // namespace

std::string_view name(client_authentication method) noexcept
{
    return names[static_cast<std::size_t>(method)];
}

bool uses_assertion(client_authentication method) noexcept
{
    return method == client_authentication::client_secret_jwt ||
           method == client_authentication::private_key_jwt;
}

std::string body(const form_request& request)
{
    http::form_writer writer;
    for (const auto& [name, value] : request.form)
        writer.add(name, value);
    return std::move(writer).text();
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

form_request with_client_assertion(form_request request, const client_credentials& client)
{
    request.form.push_back({"client_id", client.id.str()});
    request.form.push_back({"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}
    );
    request.form.push_back({"client_assertion", std::string(client.assertion.reveal())});
    return request;
}

form_request with_client_id(form_request request, const client_credentials& client)
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
    case client_authentication::client_secret_jwt:
    case client_authentication::private_key_jwt:
        return with_client_assertion(std::move(request), client);
    case client_authentication::none:
    case client_authentication::tls_client_auth:
    case client_authentication::self_signed_tls_client_auth:
        break;
    }
    return with_client_id(std::move(request), client);
}

} // namespace sekisho::oidc
