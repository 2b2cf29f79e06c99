// SPDX-License-Identifier: Apache-2.0
#pragma once
// The answers our endpoints have in common.

#include "base/json.hpp"
#include "gateway/addresses.hpp"
#include "gateway/context.hpp"
#include "http/head.hpp"
#include "net/exchange.hpp"
#include "pages/page.hpp"
#include "session/store.hpp"

#include <string>
#include <string_view>

namespace sekisho::gateway
{

// 303 (RFC 9110, 15.4.4): whatever the method was, the next request is a GET. Never cached.
http::response see_other(std::string_view location);

// Never cached.
http::response json_answer(int status, const json& body);

void add_cookies(http::response& answer, const session::set_cookies& cookies);

// What the pages of this request are made with; owns the site's name.
class page_frame
{
public:
    page_frame(const net::exchange& exchange, const context& about, const addresses& ours);
    pages::setting setting() const noexcept { return {language_, site_, request_id_, tells_}; }
    bool keeps_fragments() const noexcept { return keeps_fragments_; }

private:
    pages::language language_;
    std::string site_; // empty when the request names no usable host
    std::string_view request_id_;
    pages::notice tells_;
    bool keeps_fragments_;
};

// Where somebody who has just come in goes on. With SameSite=Strict a redirect that another site began would
// not carry the new cookie, so a page of ours takes them there; and so does one where fragments are kept.
http::response go_on_to(const page_frame& frame, session::same_site site, const std::string& return_to);

} // namespace sekisho::gateway
