// SPDX-License-Identifier: Apache-2.0
#include "oidc/pushed_request.hpp"

#include "base/json.hpp"
#include "oidc/foreign.hpp"
#include "oidc/token_error.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace sekisho::oidc
{
namespace
{

constexpr std::string_view where = "pushed_request";
constexpr std::string_view client_id_name = "client_id";

struct known_refusal
{
    std::string_view code;
    std::string_view hint;
};

// RFC 9126, 2.3; RFC 9101, 6; the client's proof means what it means at the token endpoint.
constexpr std::array known_refusals{
    known_refusal{
        "invalid_request",
        "the provider misses or does not accept a parameter; often the redirect address is not registered"
    },
    known_refusal{"invalid_redirect_uri", "the redirect address is not registered at the provider"},
    known_refusal{
        "invalid_request_object",
        "the provider cannot verify oidc.request_object: it does not know our key (server.jwks_path), does "
        "not take its algorithm, or its clock differs"
    },
    known_refusal{"invalid_scope", "the provider does not allow this client one of oidc.scopes"},
    known_refusal{
        "unauthorized_client", "the provider does not allow this client the flow of oidc.auth_method"
    },
    known_refusal{
        "unsupported_response_type", "the provider does not know the response type of oidc.auth_method"
    },
};

std::string_view hint_of(std::string_view code, std::string_view description)
{
    const auto* const known = std::ranges::find(known_refusals, code, &known_refusal::code);
    return known != known_refusals.end() ? known->hint : explain_token_error(code, description).hint;
}

bool is_outage(int status) { return status >= 500 || status == 429; }

std::unexpected<error> refused(int status, std::string detail)
{
    const auto code = is_outage(status) ? errc::oidc_provider_unavailable : errc::oidc_auth_error;
    return fail(code, where, "status " + std::to_string(status) + std::move(detail));
}

std::unexpected<error> refused(int status, std::string_view code, std::string_view description)
{
    auto detail = ", the provider's error is " + error_name(code);
    if (!description.empty())
        detail += ", described as " + in_quotes(description);
    if (const auto hint = hint_of(code, description); !hint.empty())
        detail.append(": ").append(hint);
    return refused(status, std::move(detail));
}

bool is_usable_uri(std::string_view text)
{
    constexpr std::size_t longest = 2048; // an address grows with it
    return !text.empty() && text.size() <= longest &&
           std::ranges::all_of(text, [](char each) { return each > ' ' && each < '\x7f'; });
}

result<pushed_response> read(int status, const json_object& answer)
{
    const auto uri = answer.text("request_uri");
    if (!uri)
        return refused(status, ": " + uri.error().detail);
    if (!is_usable_uri(*uri))
        return refused(status, ": request_uri is no address of at most 2,048 bytes: " + in_quotes(*uri, 64));
    const auto life = answer.optional_number("expires_in");
    if (!life)
        return refused(status, ": " + life.error().detail);
    constexpr double longest = 24.0 * 3600;
    if (!*life || !(**life >= 1))
        return refused(status, ": expires_in is missing or no positive number");
    return pushed_response{*uri, std::chrono::seconds(static_cast<std::int64_t>(std::min(**life, longest)))};
}

} // namespace

form_request
pushed_request(const url& endpoint, const client_credentials& client, const parameters& authorization)
{
    form_request request{
        .endpoint = endpoint,
        .fields = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}},
        .form = {},
    };
    for (const auto& each : authorization)
        if (each.name != client_id_name)
            request.form.push_back(each);
    request = authenticated(std::move(request), client);
    if (std::ranges::find(request.form, client_id_name, &parameter::name) == request.form.end())
        request.form.push_back({std::string(client_id_name), client.id.str()});
    return request;
}

result<pushed_response> read_pushed(int status, std::string_view body)
{
    constexpr int created = 201;
    const auto parsed = parse_json(body);
    const auto answer = parsed ? json_object::of(*parsed, where) : std::unexpected(parsed.error());
    if (!answer)
        return refused(status, " without a usable JSON object: " + answer.error().detail);
    if (const auto code = answer->optional_text("error"); code && *code)
        return refused(
            status, **code, answer->optional_text("error_description").value_or(std::nullopt).value_or("")
        );
    if (status != created)
        return refused(status, " instead of 201, without an OAuth error");
    return read(status, *answer);
}

parameters by_reference(const client_id& client, std::string request_uri)
{
    return {{std::string(client_id_name), client.str()}, {"request_uri", std::move(request_uri)}};
}

} // namespace sekisho::oidc
