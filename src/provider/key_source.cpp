// SPDX-License-Identifier: Apache-2.0
#include "provider/key_source.hpp"

#include "base/log.hpp"
#include "provider/cache_life.hpp"
#include "provider/document_answer.hpp"

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

key_source::snapshot given_keys(const configuration& what)
{
    if (has_no_keys(what)) // jwks_uri of its metadata is not believed either: one way, whatever it says
        return std::make_shared<const oidc::key_set>();
    return what.reach.keys;
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

net::task<result<key_source::snapshot>> key_source::get()
{
    if (given_)
        co_return given_;
    // First, so that a failing discovery is not remembered as a failure of the keys.
    auto metadata = co_await metadata_.get();
    if (!metadata)
        co_return std::unexpected(metadata.error());
    auto outcome = co_await document_.get();
    co_return outcome;
}

net::task<result<key_source::snapshot>> key_source::newer_than(snapshot seen)
{
    if (given_)
        co_return given_;
    auto newest = document_.peek();
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

net::task<result<refreshed<oidc::key_set>::fetched>> key_source::download()
{
    const auto metadata = metadata_.peek();
    if (!metadata)
        co_return fail(errc::oidc_key_fetch_failure, "jwks", "the provider's metadata is not known yet");
    if (!metadata->jwks_uri)
        co_return fail(errc::oidc_key_fetch_failure, "jwks", "the provider's metadata has no jwks_uri");
    const auto address = calls_.address_for_us(*metadata->jwks_uri);
    auto answer = co_await calls_.send(call::keys, document_request(address));
    auto accepted = accept_document(std::move(answer), address, errc::oidc_key_fetch_failure, "jwks");
    if (!accepted)
        co_return std::unexpected(accepted.error());
    auto keys = oidc::key_set::parse(accepted->body);
    if (!keys)
        co_return std::unexpected(keys.error());
    co_return refreshed<oidc::key_set>::fetched{
        std::make_shared<const oidc::key_set>(std::move(*keys)), cache_life(accepted->fields)
    };
}

} // namespace sekisho::provider
