// SPDX-License-Identifier: Apache-2.0
#pragma once
// What `sekisho check` finds about the files that prove us to one provider.

#include "app/check/finding.hpp"
#include "base/time.hpp"
#include "crypto/signing_key.hpp"
#include "oidc/metadata.hpp"
#include "provider/provider.hpp"
#include "settings/model.hpp"

#include <span>
#include <string_view>

namespace sekisho::app
{

// `valid_until` is the last moment of the certificate in `file`; it ends soon within 30 days.
check_finding judge_certificate(std::string_view file, time_point valid_until, time_point now);

// The client certificate, our keys and the assertion, as the files are now; `published_at` is where others
// find our keys. Nothing about what is not set.
check_findings judge_credentials(
    provider::provider& of, const settings::oidc_settings& from, std::string_view published_at, time_point now
);

// Whether the provider announces the algorithms that our keys sign assertions and requests with; nothing
// where it announces none, or nothing is signed.
check_findings judge_signing(
    std::span<const crypto::signing_key> ours,
    const oidc::metadata& metadata,
    const provider::configuration& what
);

} // namespace sekisho::app
