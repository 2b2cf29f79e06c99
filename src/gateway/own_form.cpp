// SPDX-License-Identifier: Apache-2.0
#include "gateway/own_form.hpp"

#include "http/negotiation.hpp"

namespace sekisho::gateway
{

bool is_from_our_origin(const http::request_head& head, const url& origin)
{
    const auto site = http::requesting_site(head.fields);
    if (site != http::fetch_site::unknown)
        return site == http::fetch_site::same_origin;
    return http::find(head.fields, "Origin") == origin.origin();
}

} // namespace sekisho::gateway
