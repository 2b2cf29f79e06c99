// SPDX-License-Identifier: Apache-2.0
#include "http/authorization.hpp"

#include "base/encoding.hpp"
#include "http/fields.hpp"

#include <algorithm>

namespace sekisho::http
{
namespace
{

constexpr std::string_view where = "authorization";

// RFC 7235, 2.1: token68.
bool is_token68(std::string_view text) noexcept
{
    const std::string_view body = text.substr(0, std::min(text.find('='), text.size()));
    const auto is_allowed = [](char each)
    {
        return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9') ||
               std::string_view("-._~+/").find(each) != std::string_view::npos;
    };
    return !body.empty() && std::ranges::all_of(body, is_allowed) &&
           text.find_first_not_of('=', body.size()) == std::string_view::npos;
}

bool has_control(std::string_view text) noexcept
{
    return std::ranges::any_of(text, [](char each) { return (each >= 0 && each < 0x20) || each == 0x7f; });
}

// The text behind that scheme.
result<std::string_view> credentials_of(std::string_view field_value, std::string_view scheme)
{
    const auto read = parse_credentials(field_value);
    if (!read)
        return std::unexpected(read.error());
    if (!equal_names(read->scheme, scheme))
        return fail(errc::value_malformed, where, "the scheme is not " + std::string(scheme));
    if (!is_token68(read->text))
        return fail(
            errc::value_malformed, where, "what follows " + std::string(scheme) + " is not a token68"
        );
    return read->text;
}

} // namespace

result<credentials> parse_credentials(std::string_view field_value)
{
    const std::size_t end = std::min(field_value.find(' '), field_value.size());
    const std::string_view scheme = field_value.substr(0, end);
    if (!is_token(scheme))
        return fail(errc::value_malformed, where, "no scheme (RFC 9110, 11.4)");
    return credentials{.scheme = scheme, .text = trimmed(field_value.substr(end))};
}

result<basic_credentials> parse_basic(std::string_view field_value)
{
    const auto encoded = credentials_of(field_value, "Basic");
    if (!encoded)
        return std::unexpected(encoded.error());
    auto decoded = base64_decode(*encoded);
    if (!decoded)
        return fail(errc::value_malformed, where, "Basic credentials are not base64 (RFC 7617, 2)");
    const std::string_view text = as_text(*decoded);
    const std::size_t colon = text.find(':');
    const bool is_valid = colon != std::string_view::npos && !has_control(text);
    auto read =
        is_valid
            ? basic_credentials{.user = std::string(text.substr(0, colon)), .password = secret(std::string(text.substr(colon + 1)))}
            : basic_credentials{};
    wipe(decoded->data(), decoded->size());
    if (!is_valid)
        return fail(
            errc::value_malformed, where, "Basic credentials are not \"user:password\" (RFC 7617, 2)"
        );
    return read;
}

secret basic_authorization(std::string_view user, std::string_view password)
{
    std::string pair;
    pair.append(user).append(":").append(password);
    const secret joined(std::move(pair));
    return secret("Basic " + base64_encode(as_bytes(joined.reveal())));
}

result<std::string_view> parse_bearer(std::string_view field_value)
{
    return credentials_of(field_value, "Bearer");
}

std::string challenge(std::string_view scheme, std::span<const challenge_parameter> parameters)
{
    std::string text(scheme);
    std::string_view separator = " ";
    for (const auto& [name, value] : parameters)
    {
        text.append(separator).append(name).append("=").append(quoted(value));
        separator = ", ";
    }
    return text;
}

std::string quoted(std::string_view text)
{
    std::string result = "\"";
    for (const char each : text)
    {
        if (each == '"' || each == '\\')
            result.push_back('\\');
        result.push_back((each >= 0 && each < 0x20) || each == 0x7f ? ' ' : each);
    }
    result.push_back('"');
    return result;
}

} // namespace sekisho::http
