// SPDX-License-Identifier: Apache-2.0
#include "app/check/requests.hpp"

#include "oidc/foreign.hpp"
#include "oidc/request_object_encryption.hpp"
#include "provider/authorization_address.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace sekisho::app
{
namespace
{

// As the provider lists it; empty: whatever is usual.
std::string_view name_of(oidc::response_mode mode)
{
    switch (mode)
    {
    case oidc::response_mode::query:
        return "query";
    case oidc::response_mode::form_post:
        return "form_post";
    case oidc::response_mode::jwt:
        return "jwt";
    case oidc::response_mode::query_jwt:
        return "query.jwt";
    case oidc::response_mode::form_post_jwt:
        return "form_post.jwt";
    case oidc::response_mode::usual:
        break;
    }
    return "";
}

check_finding judge_pushing(const oidc::metadata& metadata)
{
    if (const auto& endpoint = metadata.pushed_authorization_request_endpoint)
        return {check_code::provider_pushed_requests, endpoint->text()};
    return {
        check_code::provider_pushed_requests_impossible,
        "the provider has no pushed_authorization_request_endpoint"
    };
}

} // namespace

check_findings judge_response_mode(const oidc::metadata& metadata, oidc::flow flow, oidc::response_mode mode)
{
    using enum oidc::response_mode;
    if (oidc::is_always_posted(flow)) // whatever is wished
        mode = oidc::is_signed(mode) ? form_post_jwt : usual;
    const auto name = name_of(mode);
    const auto& announced = metadata.response_modes;
    if (name.empty() || announced.empty() || std::ranges::find(announced, name) != announced.end())
        return {};
    return {
        {check_code::provider_not_announced,
         "the provider's response_modes_supported does not list \"" + std::string(name) + "\""}
    };
}

check_findings judge_requests(const oidc::metadata& metadata, const provider::configuration& what)
{
    check_findings found;
    if (provider::pushes(what, metadata))
        found.push_back(judge_pushing(metadata));
    else if (metadata.requires_pushed_requests == oidc::support::yes)
        found.push_back(
            {check_code::provider_pushed_requests_missing,
             "the provider says require_pushed_authorization_requests, and oidc.pushed_authorization is never"
            }
        );
    if (metadata.requires_request_objects == oidc::support::yes &&
        what.wishes.object == provider::request_object::off)
        found.push_back(
            {check_code::provider_request_objects_missing,
             "the provider says require_signed_request_object, and oidc.request_object is off"}
        );
    const auto& announced = metadata.response_algorithms;
    const auto is_announced = [&](crypto::algorithm each)
    { return std::ranges::find(announced, crypto::name(each)) != announced.end(); };
    if (oidc::is_signed(what.wishes.mode) && !announced.empty() &&
        std::ranges::none_of(what.algorithms, is_announced))
        found.push_back(
            {check_code::provider_algorithms_unsupported,
             "the provider signs its answers with " + oidc::in_quotes(announced) +
                 ", and oidc.signing_algorithms has none of them"}
        );
    return found;
}

check_findings judge_request_encryption(
    const oidc::key_set& keys,
    const oidc::metadata& metadata,
    const provider::configuration& what,
    time_point now
)
{
    if (what.wishes.object != provider::request_object::encrypted)
        return {};
    const auto how = oidc::choose_object_encryption(keys.encryption_keys(), metadata, now);
    if (!how)
        return {{check_code::provider_request_encryption_impossible, how.error().detail}};
    return {{check_code::provider_request_encryption, "requests are encrypted by " + oidc::to_text(*how)}};
}

} // namespace sekisho::app
