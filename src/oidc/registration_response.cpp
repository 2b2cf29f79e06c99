// SPDX-License-Identifier: Apache-2.0
#include "oidc/registration_response.hpp"

#include "oidc/foreign.hpp"
#include "oidc/registration_differences.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace sekisho::oidc
{
namespace
{

constexpr std::string_view where = "registration";

struct known_refusal
{
    std::string_view code; // RFC 7591, 3.2.2; RFC 6750, 3.1
    std::string_view hint;
};

constexpr std::array known_refusals{
    known_refusal{
        "invalid_redirect_uri",
        "the provider does not take our redirect address: it often wants https and a host that it trusts; "
        "server.public_url makes it"
    },
    known_refusal{
        "invalid_client_metadata",
        "the provider does not take a member of what was sent; `sekisho register --print` shows it, and the "
        "settings (oidc.auth_method, oidc.client_authentication, oidc.scopes, …) change it"
    },
    known_refusal{
        "invalid_software_statement", "the provider wants a software statement, which sekisho does not send"
    },
    known_refusal{
        "unapproved_software_statement",
        "the provider wants a software statement, which sekisho does not send"
    },
    known_refusal{
        "invalid_token",
        "the token is wrong, has expired or was used up: oidc.registration_token for a first registration, "
        "the kept registration_access_token for a change"
    },
    known_refusal{
        "insufficient_scope",
        "the provider registers nobody for this token, or nobody without one: get an initial access token "
        "there and set oidc.registration_token (Keycloak: Clients, Client registration)"
    },
    known_refusal{
        "access_denied", "the provider does not let this token register clients: oidc.registration_token"
    },
};

std::string_view hint_of_status(int status)
{
    switch (status)
    {
    case 401:
        return "the provider wants an initial access token: oidc.registration_token";
    case 403:
        return "the provider does not allow this; oidc.registration_token may be missing or another's";
    case 404:
    case 405:
        return "there is no registration at this address, or the client is gone: look at "
               "oidc.registration_endpoint";
    default:
        return "";
    }
}

bool is_outage(int status) { return status >= 500 || status == 429; }

std::unexpected<error> refused(int status, std::string_view body)
{
    std::string detail = "status " + std::to_string(status);
    std::string_view hint = hint_of_status(status);
    const auto parsed = parse_json(body);
    const auto answer = parsed ? json_object::of(*parsed, where) : std::unexpected(parsed.error());
    const auto text = [&](std::string_view member)
    { return answer ? answer->optional_text(member).value_or(std::nullopt).value_or("") : std::string(); };
    if (const auto code = text("error"); !code.empty())
    {
        detail += ", the provider's error is " + error_name(code);
        const auto* const known = std::ranges::find(known_refusals, code, &known_refusal::code);
        if (known != known_refusals.end())
            hint = known->hint;
    }
    if (const auto description = text("error_description"); !description.empty())
        detail += ", described as " + in_quotes(description);
    if (!hint.empty())
        detail.append(": ").append(hint);
    return fail(
        is_outage(status) ? errc::oidc_provider_unavailable : errc::oidc_auth_error, where, std::move(detail)
    );
}

// 0: never (RFC 7591, 3.2.1).
result<std::optional<time_point>> expiry_in(const json_object& answer)
{
    const auto seconds = answer.optional_number("client_secret_expires_at");
    if (!seconds)
        return std::unexpected(seconds.error());
    if (!*seconds || **seconds <= 0)
        return std::nullopt;
    return from_numeric_date(**seconds);
}

constexpr std::size_t longest = 8192; // of each text

// What is sent as a header or kept in a file of one line.
bool is_plain(std::string_view text)
{
    return text.size() <= longest &&
           std::ranges::all_of(text, [](char each) { return each > ' ' && each < '\x7f'; });
}

// RFC 6749, A.1. It is shown to a person, by a terminal that would obey a control.
bool is_client_id(std::string_view text)
{
    return !text.empty() && text.size() <= longest &&
           std::ranges::all_of(text, [](char each) { return each >= ' ' && each < '\x7f'; });
}

result<registered_client> read(const json_object& answer)
{
    registered_client made;
    const auto id = answer.text("client_id");
    if (!id)
        return std::unexpected(id.error());
    if (!is_client_id(*id))
        return fail(errc::value_malformed, where, "client_id is empty, too long or has control characters");
    made.id = client_id(*id);
    struct
    {
        std::string_view name;
        std::string value{};
    } texts[] = {{"client_secret"}, {"registration_access_token"}, {"registration_client_uri"}};
    for (auto& [name, value] : texts)
    {
        const auto text = answer.optional_text(name);
        if (!text)
            return std::unexpected(text.error());
        value = text->value_or("");
        if (!is_plain(value))
            return fail(
                errc::value_malformed, where, std::string(name) + " has spaces, line breaks or is too long"
            );
    }
    made.client_secret = secret(std::move(texts[0].value));
    made.access_token = secret(std::move(texts[1].value));
    made.client_uri = std::move(texts[2].value);
    const auto expires = expiry_in(answer);
    if (!expires)
        return std::unexpected(expires.error());
    made.secret_expires = made.client_secret.empty() ? std::nullopt : *expires;
    return made;
}

} // namespace

result<registered_client>
read_registration(int status, std::string_view body, registration_step step, const json& asked)
{
    // RFC 7591 says 201 for a new one, RFC 7592 says 200 for a changed one; some say 200 for both.
    const auto is_good = status == 200 || (status == 201 && step == registration_step::creation);
    if (!is_good)
        return refused(status, body);
    const auto parsed = parse_json(body);
    const auto answer = parsed ? json_object::of(*parsed, where) : std::unexpected(parsed.error());
    if (!answer)
        return translated(answer.error(), errc::value_malformed, where);
    auto made = read(*answer);
    if (made)
        made->differences = differences(asked, *parsed);
    return made;
}

result<void> read_deletion(int status, std::string_view body)
{
    if (status == 204 || status == 200)
        return {};
    return refused(status, body);
}

} // namespace sekisho::oidc
