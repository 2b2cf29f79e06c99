// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_out/hint_cookie.hpp"

#include "http/cookie.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace sekisho::gateway
{

// The name begins as those of sign-ins do, so that the application never sees it (session/jar); no "__Host-",
// which would be for every path.
hint_cookie::hint_cookie(
    const session::cookie_config& config,
    std::string logout_path,
    crypto::key_ring keys,
    crypto::random_source& random
)
    : name_(config.reached_by == session::transport::https ? "__Secure-" : ""), path_(std::move(logout_path)),
      is_secure_(config.reached_by == session::transport::https), keys_(std::move(keys)), random_(&random)
{
    name_.append(session::sign_in_cookie_stem).append(session::hint_cookie_end);
}

std::string hint_cookie::name_of(std::size_t piece) const
{
    return piece == 0 ? name_ : name_ + std::to_string(piece + 1);
}

std::string hint_cookie::written(std::size_t piece, std::string value, std::chrono::seconds life) const
{
    http::set_cookie cookie;
    cookie.name = name_of(piece);
    cookie.value = std::move(value);
    cookie.path = path_;
    cookie.max_age = life;
    cookie.secure = is_secure_;
    return http::to_text(cookie);
}

session::set_cookies
hint_cookie::remember(const session::session_id& of, const secret& id_token, std::chrono::seconds life) const
{
    if (id_token.empty() || life <= std::chrono::seconds(0))
        return {};
    std::string plain = of.str() + "\n";
    plain.append(id_token.reveal());
    const auto sealed = keys_.seal(plain, name_, *random_);
    wipe(plain.data(), plain.size());

    session::set_cookies out;
    std::string_view rest = sealed;
    // The first piece begins with how many there are: older ones may still be there.
    const auto room = session::max_set_cookie_size - written(max_pieces - 1, "1", life).size();
    const auto count = (sealed.size() + room - 1) / room;
    if (count > max_pieces)
        return {};
    for (std::size_t piece = 0; piece < count; ++piece)
    {
        std::string value = piece == 0 ? std::to_string(count) : std::string();
        value.append(rest.substr(0, room));
        rest.remove_prefix(std::min(room, rest.size()));
        out.push_back(written(piece, std::move(value), life));
    }
    return out;
}

secret hint_cookie::find(std::span<const http::field> request, const session::session_id& of) const
{
    auto first = http::find_cookie(request, name_).value_or("");
    if (first.empty() || first.front() < '1' || first.front() > static_cast<char>('0' + max_pieces))
        return {};
    const auto count = static_cast<std::size_t>(first.front() - '0');
    std::string sealed(first.substr(1));
    for (std::size_t piece = 1; piece < count; ++piece)
        sealed.append(http::find_cookie(request, name_of(piece)).value_or(""));
    auto plain = keys_.open(sealed, name_);
    if (!plain)
        return {};
    secret found;
    const auto border = of.str() + "\n";
    if (plain->starts_with(border))
        found = secret(plain->substr(border.size()));
    wipe(plain->data(), plain->size());
    return found;
}

session::set_cookies hint_cookie::erase(std::span<const http::field> request) const
{
    session::set_cookies out;
    for (std::size_t piece = 0; piece < max_pieces; ++piece)
        if (http::find_cookie(request, name_of(piece)))
            out.push_back(written(piece, {}, std::chrono::seconds(0)));
    return out;
}

} // namespace sekisho::gateway
