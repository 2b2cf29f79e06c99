// SPDX-License-Identifier: Apache-2.0
#include "gateway/answer_fields.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::gateway
{
namespace
{

// A cache that many share would hand one person's session to the next (RFC 9111, 3 lets it keep Set-Cookie).
void keep_out_of_shared_caches(std::vector<http::field>& fields)
{
    if (http::has_token(fields, "Cache-Control", "no-store") ||
        http::has_token(fields, "Cache-Control", "private"))
        return;
    std::erase_if(
        fields, [](const http::field& each) { return http::equal_names(each.name, "Cache-Control"); }
    );
    fields.push_back({"Cache-Control", "private, no-cache"});
}

} // namespace

void answer_fields::edit(int status, std::vector<http::field>& fields)
{
    // An application cannot set, and so not end, what is ours.
    std::erase_if(fields, [&](const http::field& each) { return sets_our_cookie(each); });
    if (status == 101)
        return;
    if (about_.session_is_stale)
        if (auto renewed = sessions_.reissue(about_.session->value, request_, about_.now))
            cookies_ = std::move(*renewed); // otherwise the old one goes on to its own end
    if (ends_counting())
        cookies_.push_back(loops_->erase());
    if (cookies_.empty())
        return;
    for (const auto& each : cookies_)
        fields.push_back({"Set-Cookie", each});
    keep_out_of_shared_caches(fields);
}

bool answer_fields::ends_counting() const noexcept
{
    // Only a young session can have a count beside it, so that nobody else's cookies are searched.
    return loops_ != nullptr && about_.session && about_.now - about_.session->value.created <= loop_window &&
           loops_->is_there(request_);
}

bool answer_fields::sets_our_cookie(const http::field& field) const
{
    if (field.name.size() != 10 || !http::equal_names(field.name, "Set-Cookie"))
        return false;
    auto name = field.value.substr(0, std::min(field.value.find('='), field.value.find(';')));
    while (!name.empty() && (name.back() == ' ' || name.back() == '\t'))
        name.remove_suffix(1);
    return sessions_.cookies().is_ours(name);
}

} // namespace sekisho::gateway
