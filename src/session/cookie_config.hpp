// SPDX-License-Identifier: Apache-2.0
#pragma once
// How our cookies are called and what attributes they carry.

#include "http/cookie.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho::session
{

// How the browser reaches us (server.public_url).
enum class transport : std::uint8_t
{
    http,
    https, // cookies are Secure and carry a prefix
};

using same_site = http::same_site;

struct cookie_config
{
    std::string name = "sekisho_session"; // without prefix; one written with it is the same name
    transport reached_by = transport::https;
    std::string domain{}; // empty: only this host
    same_site site = same_site::lax;
};

// "__Host-" on https without a domain, "__Secure-" on https with one, nothing on http (RFC 6265bis, 4.1.3).
std::string_view prefix_of(const cookie_config& config) noexcept;

// The name without "__Host-" or "__Secure-", whatever their case (browsers ignore it there).
std::string_view without_prefix(std::string_view cookie_name) noexcept;

// The session cookie's name as the browser sees it.
std::string session_cookie_name(const cookie_config& config);

// What every sign-in cookie's name begins with, after the prefix.
inline constexpr std::string_view sign_in_cookie_stem = "sekisho_signin_";
// And what follows it in the others: a sign-out under way, what it shows to the provider, the provider of the
// last time, the ticket of the test page, and our own forms.
inline constexpr std::string_view sign_out_cookie_end = "end";
inline constexpr std::string_view hint_cookie_end = "hint"; // then 2 and 3
inline constexpr std::string_view choice_cookie_end = "last";
inline constexpr std::string_view ticket_cookie_end = "test";
inline constexpr std::string_view local_cookie_end = "local";
inline constexpr std::string_view emergency_cookie_end = "emergency";
inline constexpr std::string_view form_cookie_end = "form"; // the key of forms that wait for a sign-in
inline constexpr std::string_view loop_cookie_end = "loop"; // how many sign-ins there were just now

// Whether `name` may be used: an RFC 6265 token, not empty, not beginning like a sign-in cookie.
bool is_usable_name(std::string_view name) noexcept;

} // namespace sekisho::session
