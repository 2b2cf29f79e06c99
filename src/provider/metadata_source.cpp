// SPDX-License-Identifier: Apache-2.0
#include "provider/metadata_source.hpp"

#include "base/log.hpp"
#include "provider/cache_life.hpp"
#include "provider/document_answer.hpp"

#include <utility>

namespace sekisho::provider
{
namespace
{

void log_fetched(const configuration& what, const oidc::metadata& metadata)
{
    log::info("provider.metadata_fetched", {{"provider", what.name}, {"issuer", metadata.issuer.view()}});
    for (const auto& doubt : oidc::doubts(metadata, what.flow))
        log::warning("provider.metadata_doubtful", {{"provider", what.name}, {"doubt", doubt}});
    if (what.signature == signature_need::believed_for_tls && metadata.jwks_uri)
        log::warning(
            "provider.metadata_doubtful",
            {{"provider", what.name},
             {"doubt", "the provider publishes keys, and oidc.id_token_signature tls does not use them"}}
        );
}

oidc::metadata_reading reading_of(const configuration& what)
{
    return {what.transport, what.flow, what.reach.endpoints, place_of_keys(what)};
}

result<void> check_profile(const configuration& what, const oidc::metadata& metadata)
{
    return what.profile ? oidc::check(metadata, *what.profile) : result<void>();
}

} // namespace

metadata_source::metadata_source(const configuration& what, const services& with, caller& calls)
    : what_(what), calls_(calls), document_(what.refresh, with, [this] { return logged_download(); })
{
    if (what.reach.metadata)
        document_.settle(what.reach.metadata);
}

net::task<result<metadata_source::snapshot>> metadata_source::get()
{
    auto outcome = co_await document_.get();
    co_return outcome;
}

net::task<void> metadata_source::refresh_if_due()
{
    if (document_.is_due())
        (void)co_await document_.fetch(); // logged and remembered
}

net::task<result<refreshed<oidc::metadata>::fetched>> metadata_source::logged_download()
{
    auto outcome = co_await download();
    if (outcome)
        log_fetched(what_, *outcome->value);
    else
        log::failure("provider.metadata_failed", outcome.error(), {{"provider", what_.name}});
    co_return outcome;
}

net::task<result<refreshed<oidc::metadata>::fetched>> metadata_source::download()
{
    const auto address = calls_.address_for_us(document_address(what_.reach, what_.issuer));
    auto answer = co_await calls_.send(call::metadata, document_request(address));
    auto accepted =
        accept_document(std::move(answer), address, errc::oidc_metadata_fetch_failure, "discovery");
    if (!accepted)
        co_return std::unexpected(accepted.error());
    auto metadata = oidc::parse_metadata(accepted->body, what_.issuer, reading_of(what_));
    if (!metadata)
        co_return std::unexpected(metadata.error());
    if (auto met = check_profile(what_, *metadata); !met)
        co_return std::unexpected(met.error());
    co_return refreshed<oidc::metadata>::fetched{
        std::make_shared<const oidc::metadata>(std::move(*metadata)), cache_life(accepted->fields)
    };
}

} // namespace sekisho::provider
