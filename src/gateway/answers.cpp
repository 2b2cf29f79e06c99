// SPDX-License-Identifier: Apache-2.0
#include "gateway/answers.hpp"

#include "gateway/public_origin.hpp"
#include "pages/fragment.hpp"

#include <nlohmann/json.hpp>

namespace sekisho::gateway
{

http::response see_other(std::string_view location)
{
    http::response answer{.status = 303, .fields = pages::protective_fields(), .body = {}};
    answer.fields.emplace_back("Location", location);
    return answer;
}

http::response json_answer(int status, const json& body)
{
    http::response answer{.status = status, .fields = pages::protective_fields(), .body = to_text(body)};
    answer.fields.emplace_back("Content-Type", "application/json");
    return answer;
}

void add_cookies(http::response& answer, const session::set_cookies& cookies)
{
    for (const auto& cookie : cookies)
        answer.fields.emplace_back("Set-Cookie", cookie);
}

page_frame::page_frame(const net::exchange& exchange, const context& about, const addresses& ours)
    : language_(pages::choose_language(exchange.request().fields)), request_id_(about.request_id),
      tells_(ours.signs_in_locally ? pages::notice::local_restore : pages::notice::none),
      keeps_fragments_(ours.keeps_fragments)
{
    if (const auto origin = public_origin(ours.public_url, about))
        site_ = origin->authority();
}

http::response go_on_to(const page_frame& frame, session::same_site site, const std::string& return_to)
{
    if (frame.keeps_fragments())
        return pages::restore_fragment_page(frame.setting(), return_to);
    return site == session::same_site::strict ? pages::redirecting_page(frame.setting(), return_to)
                                              : see_other(return_to);
}

} // namespace sekisho::gateway
