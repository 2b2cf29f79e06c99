// SPDX-License-Identifier: Apache-2.0
#include "provider/key_source.hpp"

#include "base/log.hpp"
#include "oidc/signed_key_set.hpp"
#include "provider/cache_life.hpp"
#include "provider/document_answer.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::provider
{
namespace
{

void log_fetched(const configuration& what, const oidc::key_set& keys)
{
    log::info("provider.keys_fetched", {{"provider", what.name}, {"usable", keys.keys().size()}});
    for (const auto& reason : keys.skipped())
        log::debug("provider.key_skipped", {{"provider", what.name}, {"reason", reason}});
}

// FAPI 2.0 Security Profile, 5.4.1: of EdDSA the variant Ed25519 alone.
oidc::key_set allowed_keys(const configuration& what, oidc::key_set from)
{
    if (!what.profile)
        return from;
    return from.without(crypto::key_kind::ed448, "oidc.profile allows no Ed448 (FAPI 2.0, 5.4.1)");
}

key_source::snapshot given_keys(const configuration& what)
{
    if (has_no_keys(what)) // jwks_uri of its metadata is not believed either: one way, whatever it says
        return std::make_shared<const oidc::key_set>();
    if (!what.reach.keys)
        return nullptr;
    return std::make_shared<const oidc::key_set>(allowed_keys(what, *what.reach.keys));
}

net::outgoing_request request_for(const configuration& what, const url& address)
{
    auto request = document_request(address);
    if (what.reach.key_signers)
        request.fields = {{"Accept", "application/jwk-set+jwt, application/jwt, application/json;q=0.5"}};
    return request;
}

} // namespace

key_source::key_source(
    const configuration& what, const services& with, caller& calls, metadata_source& metadata
)
    : what_(what), with_(with), calls_(calls), metadata_(metadata), given_(given_keys(what)),
      document_(what.refresh, with, [this] { return logged_download(); })
{
    if (given_)
        document_.settle(given_);
}

key_source::snapshot key_source::peek() const
{
    auto newest = document_.peek();
    const auto is_over = newest && newest->expiry() && *newest->expiry() <= with_.now();
    return is_over ? nullptr : newest;
}

net::task<result<key_source::snapshot>> key_source::get()
{
    if (given_)
        co_return given_;
    // First, so that a failing discovery is not remembered as a failure of the keys.
    auto metadata = co_await metadata_.get();
    if (!metadata)
        co_return std::unexpected(metadata.error());
    if (auto known = peek())
        co_return known;
    auto outcome = co_await document_.fetch();
    co_return outcome;
}

net::task<result<key_source::snapshot>> key_source::newer_than(snapshot seen)
{
    if (given_)
        co_return given_;
    auto newest = peek();
    if (newest && newest != seen)
        co_return newest;
    const auto now = with_.steady_now();
    const bool is_too_soon = last_refetch_ && now - *last_refetch_ < what_.key_refetch_pause;
    if (is_too_soon && !document_.is_fetching())
        co_return seen;
    if (!document_.is_fetching())
        last_refetch_ = now;
    auto outcome = co_await document_.fetch();
    co_return outcome;
}

net::task<void> key_source::refresh_if_due()
{
    if (metadata_.peek() && document_.is_due())
        (void)co_await document_.fetch(); // logged and remembered
}

net::task<result<refreshed<oidc::key_set>::fetched>> key_source::logged_download()
{
    auto outcome = co_await download();
    if (outcome)
        log_fetched(what_, *outcome->value);
    else
        log::failure("provider.keys_failed", outcome.error(), {{"provider", what_.name}});
    co_return outcome;
}

result<url> key_source::address() const
{
    const auto metadata = metadata_.peek();
    if (!metadata)
        return fail(errc::oidc_key_fetch_failure, "jwks", "the provider's metadata is not known yet");
    const auto& place = what_.reach.key_signers ? metadata->signed_jwks_uri : metadata->jwks_uri;
    if (!place)
        return fail(
            errc::oidc_key_fetch_failure,
            "jwks",
            what_.reach.key_signers ? "the provider's metadata has no signed_jwks_uri"
                                    : "the provider's metadata has no jwks_uri"
        );
    return calls_.address_for_us(*place);
}

result<oidc::key_set> key_source::read(const std::string& body) const
{
    if (!what_.reach.key_signers)
        return oidc::key_set::parse(body);
    const auto algorithms = what_.profile ? what_.profile->algorithms : oidc::asymmetric_algorithms();
    return oidc::open_signed_key_set(
        body, {what_.issuer, *what_.reach.key_signers, algorithms, what_.clock_skew}, with_.now()
    );
}

// A signed set is fetched again before its end, whatever the answer says of caches.
std::chrono::milliseconds
key_source::life_of(const oidc::key_set& keys, std::chrono::milliseconds cached) const
{
    if (!keys.expiry())
        return cached;
    const auto left = std::chrono::floor<std::chrono::milliseconds>(*keys.expiry() - with_.now());
    return cached.count() == 0 ? left : std::min(cached, left);
}

net::task<result<refreshed<oidc::key_set>::fetched>> key_source::download()
{
    const auto place = address();
    if (!place)
        co_return std::unexpected(place.error());
    auto answer = co_await calls_.send(call::keys, request_for(what_, *place));
    auto accepted = accept_document(std::move(answer), *place, errc::oidc_key_fetch_failure, "jwks");
    if (!accepted)
        co_return std::unexpected(accepted.error());
    auto keys = read(accepted->body);
    if (!keys)
        co_return std::unexpected(keys.error());
    const auto life = life_of(*keys, cache_life(accepted->fields));
    co_return refreshed<oidc::key_set>::fetched{
        std::make_shared<const oidc::key_set>(allowed_keys(what_, std::move(*keys))), life
    };
}

} // namespace sekisho::provider
