// SPDX-License-Identifier: Apache-2.0
#pragma once
// Every address of ours where sessions end, or are told to have ended.

#include "gateway/endpoint/backchannel_logout.hpp"
#include "gateway/endpoint/check_session.hpp"
#include "gateway/endpoint/frontchannel_logout.hpp"
#include "gateway/endpoint/sign_out.hpp"

#include <string_view>

namespace sekisho::gateway
{

enum class session_checks : std::uint8_t
{
    not_offered,
    offered,
    offered_unasked, // the provider is not asked again: a strict cookie may not come along in a frame
};

// What a configuration says of all this.
struct ending_plan
{
    sign_out_cookie memory;
    hint_cookie hints;
    sign_out_rules rules;
    session_checks checks = session_checks::not_offered;
};

// All of it outlives the endpoints.
struct ending_parts
{
    const addresses& ours;
    const provider::registry& providers;
    session::keeper& sessions;
    session::opened_cache& opened; // of this worker
    const ending_plan& plan;
    const loop_cookie& loops;
    const choice_cookie& choices;
    crypto::random_source& random;
    refusal& refuse;
    background later;
    const departure* leaves = nullptr; // null: a provider that says "changed" is not asked again
};

// One per worker and configuration.
class ending_endpoints
{
public:
    explicit ending_endpoints(const ending_parts& parts);
    ending_endpoints(const ending_endpoints&) = delete;
    ending_endpoints& operator=(const ending_endpoints&) = delete;

    // nullptr: none of these.
    endpoint* at(std::string_view path) noexcept;

private:
    ending_parts with_;
    session_end ends_;
    front_channel channel_;
    sign_out sign_out_;
    backchannel_logout backchannel_;
    frontchannel_logout frontchannel_;
    check_session check_session_;
};

} // namespace sekisho::gateway
