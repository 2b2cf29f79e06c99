// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/jwks.hpp"

#include <nlohmann/json.hpp>

#include <set>
#include <utility>

namespace sekisho::gateway
{
namespace
{

// Far less than provider::publication_time, so that a next key is known everywhere before it signs.
constexpr std::string_view briefly = "public, max-age=300";

json key_set_of(const provider::registry& providers)
{
    auto keys = json::array();
    std::set<std::string, std::less<>> seen;
    const auto add = [&](json jwk)
    {
        if (seen.insert(to_text(jwk)).second)
            keys.push_back(std::move(jwk));
    };
    for (const auto& each : providers.all())
    {
        for (const auto& key : each->published_keys())
            add(key.public_jwk());
        for (const auto& key : each->published_decryption_keys())
            add(key.public_jwk());
    }
    return keys;
}

http::response key_set_answer(json keys)
{
    const json body{{"keys", std::move(keys)}};
    return {
        .status = 200,
        .fields =
            {{"Content-Type", "application/jwk-set+json"},
             {"Cache-Control", std::string(briefly)},
             {"X-Content-Type-Options", "nosniff"}},
        .body = to_text(body)
    };
}

} // namespace

net::task<void> jwks::answer(net::exchange& exchange, context& about)
{
    const auto method = exchange.request().method;
    if (method != "GET" && method != "HEAD")
    {
        error wrong{errc::request_method_not_allowed, "jwks", {}};
        co_return co_await refuse_.answer(exchange, about, std::move(wrong), {.allow = "GET, HEAD"});
    }
    auto keys = key_set_of(providers_);
    if (keys.empty())
    {
        error none{errc::not_found, "jwks", "no usable key: is oidc.signing_key or oidc.decryption_key set?"};
        co_return co_await refuse_.answer(exchange, about, std::move(none));
    }
    auto sent = co_await net::send(exchange, key_set_answer(std::move(keys)));
    if (!sent)
        exchange.close_after();
}

} // namespace sekisho::gateway
