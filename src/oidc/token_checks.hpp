// SPDX-License-Identifier: Apache-2.0
#pragma once
// The checks that ID tokens and logout tokens have in common (Core 3.1.3.7; Back-Channel Logout 1.0, 2.6
// wants them the same), for a token whose signature is already right. Errors: oidc_generic_token_failure.

#include "base/json.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "oidc/claims.hpp"
#include "oidc/names.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::oidc
{

// What makes a token a logout token, as a member of its `events` (Back-Channel Logout 1.0, 2.4).
inline constexpr std::string_view logout_event = "http://schemas.openid.net/event/backchannel-logout";

enum class presence : std::uint8_t
{
    optional,
    required,
};

// A claim, and where its failures are found in the log; both literals.
struct claim_place
{
    std::string_view name;  // "iat"
    std::string_view where; // "id_token.iat"
};

// By its very name: a path would let "a.b" answer for a claim. nullptr: missing; null is a value.
const json* member(const claims& received, std::string_view name);

// Empty: missing or not a text.
std::string_view text_of(const json* value);

// What is wrong with a claim that has to be a text: that it is missing, empty, or of which type it is.
std::string fault_of_text(const json* value);

// Whom a token is for.
struct token_recipient
{
    const client_id& client;
    const std::vector<std::string>& trusted_audiences; // others that may stand beside us
};

struct audience_places
{
    std::string_view aud;
    std::string_view azp;
};

// Steps 3 to 5: we are among the audiences, every other one is trusted or there is an `azp`, and that is us.
result<void> check_audience(const claims& received, const token_recipient& us, const audience_places& places);

// Our clock and how far the provider's may be off, either way.
struct clock_reading
{
    time_point now;
    std::chrono::seconds skew;
};

// A NumericDate; nullopt: an optional one is not there.
result<std::optional<time_point>> time_of(const claims& received, claim_place claim, presence needed);

// "iat is …, our clock says …".
std::string clock_detail(std::string_view claim, time_point when, const clock_reading& clock);

// Step 9.
result<void>
check_expiry(const claims& received, claim_place exp, presence needed, const clock_reading& clock);
result<void>
check_not_later(const claims& received, claim_place claim, presence needed, const clock_reading& clock);

} // namespace sekisho::oidc
