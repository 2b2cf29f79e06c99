// SPDX-License-Identifier: Apache-2.0
#include "oidc/revocation.hpp"

#include "base/json.hpp"
#include "oidc/foreign.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace sekisho::oidc
{
namespace
{

constexpr std::string_view where = "revocation";

// RFC 7009, 2.2.1 and RFC 6749, 5.2; empty: the answer does not say.
std::string error_in(std::string_view body)
{
    const auto parsed = parse_json(body);
    const auto answer = parsed ? json_object::of(*parsed, where) : std::unexpected(parsed.error());
    if (!answer)
        return {};
    return answer->optional_text("error").value_or(std::nullopt).value_or("");
}

} // namespace

form_request revocation_request(
    const url& revocation_endpoint, const client_credentials& client, const secret& token, token_hint what
)
{
    form_request request{
        .endpoint = revocation_endpoint,
        .fields = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}},
        .form =
            {{"token", std::string(token.reveal())},
             {"token_type_hint", what == token_hint::refresh_token ? "refresh_token" : "access_token"}},
    };
    return authenticated(std::move(request), client);
}

result<void> read_revocation(int status, std::string_view body)
{
    if (status >= 200 && status < 300)
        return {};
    const auto code = error_in(body);
    auto detail = "status " + std::to_string(status);
    if (!code.empty())
        detail += ", the provider's error is " + error_name(code);
    return fail(
        errc::oidc_revocation_failure,
        code == "unsupported_token_type" ? "revocation.unsupported_token_type" : where,
        std::move(detail)
    );
}

} // namespace sekisho::oidc
