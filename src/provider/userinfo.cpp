// SPDX-License-Identifier: Apache-2.0
#include "provider/userinfo.hpp"

#include "base/json.hpp"
#include "oidc/token_error.hpp"
#include "oidc/userinfo.hpp"
#include "provider/decryption.hpp"
#include "provider/key_check.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace sekisho::provider
{
namespace
{

oidc::signed_userinfo_expectations
signed_expectations(const configuration& what, const oidc::metadata& metadata, const oidc::subject& person)
{
    return {metadata.issuer, what.tenants, what.client, what.algorithms, person, what.clock_skew};
}

net::task<result<oidc::claims>>
signed_userinfo(verification_parts parts, std::string jwt, oidc::signed_userinfo_expectations expected)
{
    const auto header = oidc::inspect_userinfo(jwt);
    if (!header)
        co_return std::unexpected(header.error());
    key_attempt attempt = [&](std::span<const crypto::verification_key> keys)
    { return oidc::validate_signed_userinfo(jwt, expected, keys, parts.with.now()); };
    auto claims =
        co_await with_provider_keys(parts, *header, oidc::bad_userinfo_signature, std::move(attempt));
    co_return claims;
}

net::task<result<oidc::claims>>
ask(verification_parts parts,
    std::shared_ptr<const oidc::metadata> metadata,
    secret access_token,
    oidc::subject person)
{
    auto answer = co_await parts.channel.userinfo(metadata, std::move(access_token), parts.record);
    if (!answer)
        co_return std::unexpected(answer.error());
    const auto challenges = fields_of(*answer, "WWW-Authenticate");
    if (const auto why = oidc::refused_proof(challenges); answer->status == 401 && !why.empty())
        co_return fail(
            errc::oidc_userinfo_failure,
            "userinfo.dpop",
            std::string(why).append(": ").append(oidc::explain_token_error(why, "").hint)
        );
    if (oidc::refuses_token(answer->status, challenges))
        co_return fail(
            errc::oidc_userinfo_failure,
            oidc::refused_token,
            "the endpoint answered with status " + std::to_string(answer->status) +
                ": it does not take the access token"
        );
    if (answer->status != 200 || !oidc::is_signed(field_of(*answer, "Content-Type")))
        co_return oidc::parse_userinfo(answer->status, answer->body, person);
    const auto keys = parts.decrypts.all(parts.with.now());
    auto inside = without_encryption(trimmed(std::move(answer->body)), keys, encrypted_userinfo);
    if (!inside)
        co_return std::unexpected(inside.error());
    // Core 5.3.2: it may be encrypted without being signed; then it is as good as plain JSON.
    if (inside->starts_with('{'))
        co_return oidc::parse_userinfo(answer->status, *inside, person);
    auto expected = signed_expectations(parts.what, *metadata, person);
    auto claims = co_await signed_userinfo(parts, std::move(*inside), std::move(expected));
    co_return claims;
}

// The step of the answer is under way, or none when there was none.
void note_userinfo(journal* into, const result<oidc::claims>& read)
{
    if (into == nullptr)
        return;
    if (read)
        into->passed("userinfo.sub", sekisho::to_text(json(read->subject().view())));
    else
        into->failed(read.error());
}

} // namespace

std::string trimmed(std::string text)
{
    text.erase(text.find_last_not_of(" \t\r\n") + 1);
    text.erase(0, text.find_first_not_of(" \t\r\n"));
    return text;
}

net::task<result<oidc::claims>> userinfo(
    verification_parts parts,
    std::shared_ptr<const oidc::metadata> metadata,
    secret access_token,
    oidc::subject person
)
{
    auto known = co_await ask(parts, std::move(metadata), std::move(access_token), std::move(person));
    note_userinfo(parts.record, known);
    co_return known;
}

} // namespace sekisho::provider
