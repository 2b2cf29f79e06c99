// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a provider's answers mean for one configuration. Pure.

#include "app/check/finding.hpp"
#include "base/time.hpp"
#include "http/fields.hpp"
#include "oidc/authorization_request.hpp"
#include "oidc/key_set.hpp"
#include "oidc/metadata.hpp"
#include "provider/configuration.hpp"

#include <chrono>
#include <optional>

namespace sekisho::app
{

// How far the provider's clock is ahead of ours (negative: behind), at least: an answer that was asked for at
// `before` and was there at `after` has a Date between the two (RFC 9110, 6.6.1), plus its Age when a cache
// answered (RFC 9111, 5.1). nullopt: it has no usable Date.
std::optional<std::chrono::seconds>
clock_difference(const http::owned_fields& answer, time_point before, time_point after);

// `allowed` is oidc.clock_skew.
check_finding judge_clock(std::optional<std::chrono::seconds> difference, std::chrono::seconds allowed);

// Whether the provider announces what this configuration needs.
check_findings
judge_metadata(const oidc::metadata& metadata, const provider::configuration& what, oidc::response_mode mode);

// What does not depend on the provider's announcements: how we authenticate, and the addresses that are
// there.
check_findings judge_given(const oidc::metadata& metadata, const provider::configuration& what);

// Whether ID tokens signed with these keys would be accepted.
check_findings judge_keys(const oidc::key_set& keys, const provider::configuration& what);

// What it means that ID tokens are believed without their signature; `what` says so.
check_finding judge_belief(const oidc::metadata& metadata, const provider::configuration& what);

// Whether the configuration accepts an algorithm that needs the provider's keys.
bool needs_keys(const provider::configuration& what);

} // namespace sekisho::app
