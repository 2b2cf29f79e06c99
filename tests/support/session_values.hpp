// SPDX-License-Identifier: Apache-2.0
#pragma once
// Sessions and requests that several tests need.

#include "http/fields.hpp"
#include "session/session.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace sekisho::test
{

inline constexpr time_point noon{std::chrono::seconds(1'800'000'000)};

inline session::session sample_session(std::string id = "id-1")
{
    session::session value;
    value.id = session::session_id(std::move(id));
    value.who.issuer = "https://idp.example";
    value.who.subject = "248289";
    value.who.user = "248289";
    value.who.username = "taro";
    value.who.email = "taro@example.jp";
    value.who.email_state = identity::email_verification::verified;
    value.who.name = "山田太郎";
    value.who.groups = {"staff", "admins"};
    value.who.roles = {"approver"};
    value.who.picture = "https://idp.example/taro.png";
    value.who.extra = {{"X-Department", {"a", "b"}}};
    value.provider = "main";
    value.sid = "sid-1";
    value.acr = "urn:mfa";
    value.auth_time = noon - std::chrono::minutes(1);
    value.nonce_mark = 0xf000'0000'0000'0001U;
    value.issued = noon - std::chrono::seconds(2);
    value.created = noon;
    value.last_seen = noon + std::chrono::minutes(5);
    value.expires = noon + std::chrono::hours(12);
    return value;
}

// Whether two sessions are the same, tokens included.
inline bool same_session(const session::session& left, const session::session& right)
{
    return left.id == right.id && left.who == right.who && left.provider == right.provider &&
           left.sid == right.sid && left.acr == right.acr && left.auth_time == right.auth_time &&
           left.nonce_mark == right.nonce_mark && left.issued == right.issued &&
           left.created == right.created && left.last_seen == right.last_seen &&
           left.expires == right.expires && left.id_token.reveal() == right.id_token.reveal() &&
           left.access_token.reveal() == right.access_token.reveal();
}

// The fields of a request with these cookies, as views into itself.
class cookie_request
{
public:
    explicit cookie_request(std::string cookies) : cookies_(std::move(cookies))
    {
        if (!cookies_.empty())
            fields_.push_back({"Cookie", cookies_});
    }
    cookie_request(const cookie_request&) = delete;
    cookie_request& operator=(const cookie_request&) = delete;
    operator std::span<const http::field>() const { return fields_; }

private:
    std::string cookies_;
    std::vector<http::field> fields_;
};

// Text that no compression or accident repeats.
inline std::string filler(std::size_t size)
{
    std::string text;
    for (std::size_t index = 0; text.size() < size; ++index)
        text += std::to_string(index) + "-";
    text.resize(size);
    return text;
}

} // namespace sekisho::test
