// SPDX-License-Identifier: Apache-2.0
#include "oidc/token_response.hpp"

#include "base/json.hpp"
#include "http/fields.hpp"
#include "oidc/foreign.hpp"
#include "oidc/token_error.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace sekisho::oidc
{
namespace
{

constexpr std::string_view where = "token_response";

std::unexpected<error> unusable(std::string detail, std::string_view content_type)
{
    if (!content_type.starts_with("application/json"))
        detail += "; its Content-Type is " + in_quotes(content_type, 64);
    return fail(errc::oidc_code_exchange_failure, where, std::move(detail));
}

std::unexpected<error>
refused(int status, std::string_view code, const std::optional<std::string>& description)
{
    auto detail = "status " + std::to_string(status) + ", the provider's error is " + error_name(code);
    if (description)
        detail += ", described as " + in_quotes(*description);
    const auto known = explain_token_error(code, description.value_or(""));
    if (!known.hint.empty())
        detail.append(": ").append(known.hint);
    return fail(errc::oidc_code_exchange_failure, known.where, std::move(detail));
}

std::chrono::seconds saturated(double seconds)
{
    constexpr double most = 10.0 * 365 * 24 * 3600;
    return std::chrono::seconds(static_cast<std::int64_t>(std::clamp(seconds, 0.0, most)));
}

// A number, or, as ADFS and older Entra send it, a text of digits.
result<std::optional<std::chrono::seconds>> lifetime(const json_object& answer)
{
    const auto* const value = answer.find("expires_in");
    if (!value || value->is_null())
        return std::nullopt;
    if (value->is_number())
        return saturated(value->get<double>());
    if (!value->is_string())
        return fail(errc::value_malformed, where, "expires_in is not a number");
    const auto& text = value->get_ref<const std::string&>();
    const auto is_digit = [](char each) { return each >= '0' && each <= '9'; };
    if (text.empty() || text.size() > 18 || !std::ranges::all_of(text, is_digit))
        return fail(errc::value_malformed, where, "expires_in is not a number: " + in_quotes(text, 32));
    return saturated(static_cast<double>(std::stoll(text)));
}

// What to do about a token of the other kind; empty: it is of neither.
std::string_view advice_for(std::string_view type, token_scheme wanted)
{
    if (wanted == token_scheme::dpop)
        return ", because oidc.dpop_key is set and a token that is good by itself would not be what it "
               "promises (RFC 9449, 5): let the provider bind this client's tokens, or take the setting out";
    if (http::equal_names(type, name(token_scheme::dpop)))
        return ": the provider binds this client's tokens to a key, so set oidc.dpop_key (RFC 9449)";
    return "";
}

result<void> check_type(const json_object& answer, token_scheme wanted)
{
    const auto type = answer.optional_text("token_type");
    if (!type)
        return std::unexpected(type.error());
    const auto given = type->value_or("");
    if (http::equal_names(given, name(wanted))) // Core 3.1.3.3; RFC 9449, 5
        return {};
    return fail(
        errc::value_malformed,
        where,
        std::string("token_type is ")
            .append(*type ? in_quotes(given, 32) : "missing")
            .append(", it must be ")
            .append(name(wanted))
            .append(advice_for(given, wanted))
    );
}

result<token_response> read(const json_object& answer, token_scheme scheme)
{
    auto id_token = answer.optional_text("id_token");
    if (!id_token)
        return std::unexpected(id_token.error());
    auto access_token = answer.optional_text("access_token");
    if (!access_token)
        return std::unexpected(access_token.error());
    auto refresh_token = answer.optional_text("refresh_token");
    if (!refresh_token)
        return std::unexpected(refresh_token.error());
    auto scope = answer.optional_text("scope");
    if (!scope)
        return std::unexpected(scope.error());
    const auto expires_in = lifetime(answer);
    if (!expires_in)
        return std::unexpected(expires_in.error());
    if (*access_token)
        if (const auto type = check_type(answer, scheme); !type)
            return std::unexpected(type.error());
    return token_response{
        .id_token = std::move(*id_token).value_or(""),
        .access_token = secret(std::move(*access_token).value_or("")),
        .refresh_token = secret(std::move(*refresh_token).value_or("")),
        .expires_in = *expires_in,
        .scope = std::move(*scope).value_or(""),
    };
}

} // namespace

result<token_response> parse_token_response(
    int status, std::string_view content_type, std::string_view body, id_token_need need, token_scheme scheme
)
{
    const auto parsed = parse_json(body);
    const auto answer = parsed ? json_object::of(*parsed, where) : std::unexpected(parsed.error());
    if (!answer)
        return unusable(
            "status " + std::to_string(status) + " without a usable JSON object: " + answer.error().detail,
            content_type
        );
    // Some providers send their errors with status 200.
    if (const auto code = answer->optional_text("error"); code && *code)
        return refused(status, **code, answer->optional_text("error_description").value_or(std::nullopt));
    if (status != 200)
        return unusable("status " + std::to_string(status) + " without an OAuth error", content_type);
    auto made = read(*answer, scheme);
    if (!made)
        return translated(made.error(), errc::oidc_code_exchange_failure, where);
    if (need == id_token_need::required && made->id_token.empty())
        return fail(
            errc::oidc_code_exchange_token_missing,
            "token_response.id_token",
            "the answer has no id_token; is \"openid\" among oidc.scopes, and is this an OpenID provider?"
        );
    return made;
}

result<token_response>
parse_refresh_response(int status, std::string_view content_type, std::string_view body, token_scheme scheme)
{
    auto made = parse_token_response(status, content_type, body, id_token_need::optional, scheme);
    if (!made)
    {
        auto why = std::move(made.error());
        const auto is_final =
            why.where == "token_response.invalid_grant" || why.where == "token_response.interaction_required";
        const auto is_outage = status >= 500 || status == 429;
        why.code = is_final && !is_outage ? errc::oidc_refresh_refused : errc::oidc_refresh_failure;
        return std::unexpected(std::move(why));
    }
    if (made->access_token.empty()) // RFC 6749, 5.1
        return fail(
            errc::oidc_refresh_failure, "token_response.access_token", "the answer has no access_token"
        );
    return made;
}

} // namespace sekisho::oidc
