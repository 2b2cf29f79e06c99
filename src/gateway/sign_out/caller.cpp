// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_out/caller.hpp"

#include "gateway/form/own_form.hpp"
#include "http/negotiation.hpp"

#include <string_view>

namespace sekisho::gateway
{
namespace
{

bool is_from_our_site(const http::request_head& head, const url& origin)
{
    const auto site = http::requesting_site(head.fields);
    if (site != http::fetch_site::unknown)
        return site != http::fetch_site::cross_site;
    const auto referer = url::parse(http::find(head.fields, "Referer").value_or(""));
    return referer && same_origin(*referer, origin);
}

} // namespace

bool may_be_front_channel(const http::request_head& head)
{
    if (http::requesting_site(head.fields) == http::fetch_site::same_origin)
        return false;
    const auto destination = http::find(head.fields, "Sec-Fetch-Dest");
    return !destination || *destination != "document";
}

sign_out_caller tell_caller(const http::request_head& head, const url& origin, const sign_out_signs& signs)
{
    if (head.method == "POST")
        return is_from_our_origin(head, origin) ? sign_out_caller::person : sign_out_caller::forger;
    if (signs.front_channel == found::yes && may_be_front_channel(head))
        return sign_out_caller::front_channel;
    if (signs.own_state == found::yes || signs.session == found::no)
        return sign_out_caller::landing;
    if (!http::is_navigation(head.fields, head.method))
        return sign_out_caller::script;
    return is_from_our_site(head, origin) ? sign_out_caller::person : sign_out_caller::stranger;
}

} // namespace sekisho::gateway
