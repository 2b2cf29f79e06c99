// SPDX-License-Identifier: Apache-2.0
#include "provider/push_limit.hpp"

#include <string>

namespace sekisho::provider
{

result<void> push_limit::begin(steady_time now)
{
    if (now < silent_until_)
        return std::unexpected(last_);
    if (under_way_ >= most_under_way)
        return fail(
            errc::oidc_provider_unavailable,
            "pushed_request",
            std::to_string(under_way_) + " pushed requests wait for the provider's answer already"
        );
    ++under_way_;
    return {};
}

void push_limit::finished(const result<void>& outcome, steady_time now)
{
    --under_way_;
    if (outcome || outcome.error().code != errc::oidc_provider_unavailable)
        return;
    last_ = outcome.error();
    silent_until_ = now + pause;
}

} // namespace sekisho::provider
