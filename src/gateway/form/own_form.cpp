// SPDX-License-Identifier: Apache-2.0
#include "gateway/form/own_form.hpp"

#include "base/time.hpp"
#include "http/cookie.hpp"
#include "http/negotiation.hpp"
#include "oidc/foreign.hpp"

namespace sekisho::gateway
{
namespace
{

std::string sent(const http::request_head& head, std::string_view field)
{
    const auto value = http::find(head.fields, field);
    return std::string(field) + " " + (value ? oidc::in_quotes(*value) : "none");
}

} // namespace

bool is_from_our_origin(const http::request_head& head, const url& origin)
{
    const auto site = http::requesting_site(head.fields);
    if (site != http::fetch_site::unknown)
        return site == http::fetch_site::same_origin;
    return http::find(head.fields, "Origin") == origin.origin();
}

std::string origin_difference(const http::request_head& head, const url& origin)
{
    return "expected a page of " + origin.origin() + ", received " + sent(head, "Sec-Fetch-Site") + ", " +
           sent(head, "Origin");
}

result<shown_form> form_shown_here(
    const form_cookie& forms,
    const http::request_head& head,
    const http::form& posted,
    time_point now,
    const error& refused
)
{
    if (auto shown = forms.find(head.fields, posted.first("form").value_or(""), now))
        return std::move(*shown);
    const auto has_cookie = http::find_cookie(head.fields, forms.name()).has_value();
    return fail(
        refused.code,
        refused.where,
        "expected the form that this browser was shown within " + format_duration(form_lifetime) +
            ", received " +
            (has_cookie ? "one that the cookie " + forms.name() + " is not of, or an older one"
                        : "one without the cookie " + forms.name())
    );
}

} // namespace sekisho::gateway
