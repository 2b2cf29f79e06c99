// SPDX-License-Identifier: Apache-2.0
#include "support/cookie_jar.hpp"

#include <algorithm>
#include <charconv>

namespace sekisho::test
{
namespace
{

constexpr std::size_t max_name_and_value = 4096;
constexpr std::size_t max_attribute = 1024;

std::string lower(std::string_view text)
{
    std::string out(text);
    for (char& each : out)
        if (each >= 'A' && each <= 'Z')
            each = static_cast<char>(each - 'A' + 'a');
    return out;
}

std::string_view trim(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool domain_matches(std::string_view host, std::string_view domain)
{
    return host == domain || (host.size() > domain.size() && host.ends_with(domain) &&
                              host[host.size() - domain.size() - 1] == '.');
}

bool path_matches(std::string_view request, std::string_view cookie)
{
    return request == cookie ||
           (request.starts_with(cookie) && (cookie.ends_with('/') || request[cookie.size()] == '/'));
}

// RFC 6265bis, 5.1.4.
std::string default_path(std::string_view path)
{
    const auto slash = path.rfind('/');
    return !path.starts_with('/') || slash == 0 ? "/" : std::string(path.substr(0, slash));
}

struct attribute
{
    std::string name; // lower case
    std::string_view value;
};

std::vector<attribute> attributes_of(std::string_view text)
{
    std::vector<attribute> found;
    while (!text.empty())
    {
        text.remove_prefix(1); // the semicolon
        const auto end = std::min(text.find(';'), text.size());
        const auto pair = text.substr(0, end);
        text.remove_prefix(end);
        const auto equals = pair.find('=');
        const auto value =
            equals == std::string_view::npos ? std::string_view() : trim(pair.substr(equals + 1));
        if (value.size() <= max_attribute)
            found.push_back({lower(trim(pair.substr(0, equals))), value});
    }
    return found;
}

// Deletion is the only Expires that we could send, so every Expires means the past.
void apply(stored_cookie& cookie, const attribute& each, clock_point now)
{
    if (each.name == "secure")
        cookie.is_secure = true;
    else if (each.name == "httponly")
        cookie.is_http_only = true;
    else if (each.name == "samesite")
        cookie.same_site = lower(each.value);
    else if (each.name == "path" && each.value.starts_with('/'))
        cookie.path = each.value;
    else if (each.name == "domain")
        cookie.domain = lower(each.value.starts_with('.') ? each.value.substr(1) : each.value);
    else if (each.name == "max-age")
    {
        long long seconds = 0;
        std::from_chars(each.value.data(), each.value.data() + each.value.size(), seconds);
        cookie.expires = seconds > 0 ? now + std::chrono::seconds(seconds) : clock_point();
    }
    else if (each.name == "expires" && !cookie.expires)
        cookie.expires = clock_point();
}

// RFC 6265bis, 5.7, steps 20 to 22: prefixes count in any case.
bool obeys_prefix(const stored_cookie& cookie, bool has_path)
{
    const auto name = lower(cookie.name);
    if (name.starts_with("__secure-"))
        return cookie.is_secure;
    if (name.starts_with("__host-"))
        return cookie.is_secure && cookie.is_host_only && has_path && cookie.path == "/";
    return true;
}

bool same_key(const stored_cookie& left, const stored_cookie& right)
{
    return left.name == right.name && left.domain == right.domain && left.path == right.path &&
           left.is_host_only == right.is_host_only;
}

// RFC 6265bis, 5.7, step 16: an insecure origin does not touch a Secure cookie.
bool shadows(const stored_cookie& secure, const stored_cookie& other)
{
    return secure.is_secure && secure.name == other.name &&
           (domain_matches(secure.domain, other.domain) || domain_matches(other.domain, secure.domain)) &&
           path_matches(other.path, secure.path);
}

bool may_go(const stored_cookie& cookie, initiator by)
{
    if (by == initiator::same_site || cookie.same_site == "none")
        return true;
    if (cookie.same_site == "strict")
        return false;
    return by == initiator::cross_site_navigation; // Lax, and the default
}

} // namespace

bool site::is_trustworthy() const
{
    return by == scheme::https || host == "localhost" || host.ends_with(".localhost") || host == "127.0.0.1";
}

bool cookie_jar::take(std::string_view set_cookie, const site& from, clock_point now)
{
    const auto end = std::min(set_cookie.find(';'), set_cookie.size());
    const auto pair = set_cookie.substr(0, end);
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || pair.size() > max_name_and_value)
        return false;

    stored_cookie fresh;
    fresh.name = trim(pair.substr(0, equals));
    fresh.value = trim(pair.substr(equals + 1));
    for (const auto& each : attributes_of(set_cookie.substr(end)))
        apply(fresh, each, now);

    fresh.is_host_only = fresh.domain.empty();
    if (!fresh.is_host_only && !domain_matches(from.host, fresh.domain))
        return false;
    if (fresh.is_host_only)
        fresh.domain = from.host;
    const bool has_path = !fresh.path.empty();
    if (!has_path)
        fresh.path = default_path(from.path);
    if (fresh.name.empty() || (fresh.is_secure && !from.is_trustworthy()) || !obeys_prefix(fresh, has_path))
        return false;
    if (fresh.same_site == "none" && !fresh.is_secure)
        return false;
    const bool is_kept_out =
        !fresh.is_secure && from.by == site::scheme::http &&
        std::ranges::any_of(cookies_, [&](const auto& old) { return shadows(old, fresh); });
    if (is_kept_out)
        return false;

    fresh.order = next_order_++;
    const auto old = std::ranges::find_if(cookies_, [&](const auto& each) { return same_key(each, fresh); });
    if (old != cookies_.end())
    {
        fresh.order = old->order;
        cookies_.erase(old);
    }
    cookies_.push_back(std::move(fresh));
    std::erase_if(cookies_, [&](const auto& each) { return each.expires && *each.expires <= now; });
    return true;
}

bool cookie_jar::take(const std::vector<std::string>& set_cookies, const site& from, clock_point now)
{
    bool is_all_taken = true;
    for (const auto& each : set_cookies)
        is_all_taken = take(each, from, now) && is_all_taken;
    return is_all_taken;
}

std::string cookie_jar::cookies_for(const site& to, clock_point now, initiator by) const
{
    std::vector<const stored_cookie*> sent;
    for (const auto& each : cookies_)
    {
        const bool has_host =
            each.is_host_only ? each.domain == to.host : domain_matches(to.host, each.domain);
        if (has_host && path_matches(to.path, each.path) && (!each.is_secure || to.is_trustworthy()) &&
            (!each.expires || *each.expires > now) && may_go(each, by))
            sent.push_back(&each);
    }
    // RFC 6265bis, 5.8.3: longer paths first, then the older.
    std::ranges::sort(
        sent,
        [](const auto* left, const auto* right)
        {
            if (left->path.size() != right->path.size())
                return left->path.size() > right->path.size();
            return left->order < right->order;
        }
    );
    std::string text;
    for (const auto* each : sent)
        text.append(text.empty() ? "" : "; ").append(each->name).append("=").append(each->value);
    return text;
}

const stored_cookie* cookie_jar::find(std::string_view name) const
{
    const auto found = std::ranges::find(cookies_, name, &stored_cookie::name);
    return found == cookies_.end() ? nullptr : &*found;
}

} // namespace sekisho::test
