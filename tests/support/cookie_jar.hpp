// SPDX-License-Identifier: Apache-2.0
#pragma once
// A browser's cookie jar: the storage and retrieval model of RFC 6265bis, 5.7 and 5.8, so that tests can say
// what is really kept, sent and deleted. Ports and public suffixes are left out.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::test
{

using clock_point = std::chrono::sys_seconds;

// Where a request goes or an answer comes from.
struct site
{
    enum class scheme : std::uint8_t
    {
        http,
        https,
    };
    scheme by = scheme::https;
    std::string host = "app.example.com";
    std::string path = "/";

    // Browsers take Secure cookies from https and from loopback.
    bool is_trustworthy() const;
};

// Who made the browser send a request.
enum class initiator : std::uint8_t
{
    same_site,
    cross_site_navigation, // a link, or the redirect of a GET
    cross_site_post,       // a form of another site
};

struct stored_cookie
{
    std::string name;
    std::string value;
    std::string domain;
    std::string path;
    bool is_host_only = true;
    bool is_secure = false;
    bool is_http_only = false;
    std::string same_site; // "lax", "strict", "none"; empty: not said
    std::optional<clock_point> expires;
    std::uint64_t order = 0; // of creation
};

class cookie_jar
{
public:
    // One Set-Cookie field. False: the browser drops it, and nothing has changed.
    bool take(std::string_view set_cookie, const site& from, clock_point now);
    // All of an answer; false: at least one was dropped.
    bool take(const std::vector<std::string>& set_cookies, const site& from, clock_point now);

    // The Cookie field's value; empty: none is sent.
    std::string cookies_for(const site& to, clock_point now, initiator by = initiator::same_site) const;

    const std::vector<stored_cookie>& all() const { return cookies_; }
    bool empty() const { return cookies_.empty(); }
    // The cookie of that name; nullptr: there is none.
    const stored_cookie* find(std::string_view name) const;

private:
    std::vector<stored_cookie> cookies_;
    std::uint64_t next_order_ = 0;
};

} // namespace sekisho::test
