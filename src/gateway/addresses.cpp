// SPDX-License-Identifier: Apache-2.0
#include "gateway/addresses.hpp"

#include "http/form.hpp"
#include "http/return_address.hpp"
#include "http/target.hpp"

#include <algorithm>
#include <cstddef>

namespace sekisho::gateway
{
namespace
{

// The canonical path of a return address, which is one of our own host.
std::string path_of(std::string_view return_to)
{
    const auto target = return_to.substr(0, return_to.find_first_of("?#"));
    const auto canonical = http::canonicalize(target, "GET", {}, http::encoded_slash::keep);
    return canonical ? std::string(canonical->path()) : "/";
}

} // namespace

std::uint64_t addresses::length_bit(std::string_view path) noexcept
{
    constexpr std::size_t last = 63;
    return std::uint64_t{1} << std::min(path.size(), last);
}

std::uint64_t addresses::lengths() const noexcept
{
    std::uint64_t all = 0;
    for (const auto* const each :
         {&callback_path,
          &login_path,
          &session_path,
          &logout_path,
          &initiate_path,
          &jwks_path,
          &test_path,
          &backchannel_logout_path,
          &frontchannel_logout_path,
          &check_session_path,
          &local_path,
          &emergency_path,
          &resume_path})
        all |= length_bit(*each);
    return all;
}

bool addresses::is_ours(std::string_view target) const noexcept
{
    const auto path = target.substr(0, target.find_first_of("?#"));
    return path == callback_path || path == login_path || path == session_path || path == logout_path ||
           path == initiate_path || path == jwks_path || path == backchannel_logout_path ||
           path == frontchannel_logout_path || path == check_session_path || path == local_path ||
           path == emergency_path;
}

std::string addresses::login_for(std::string_view return_to) const
{
    return with_query_parameter(login_path, "return_to", return_to);
}

std::string addresses::resume_for(std::string_view form, std::string_view path) const
{
    constexpr std::size_t longest = 1000; // it has to fit into the cookie of a sign-in
    auto address = with_query_parameter(resume_path, "form", form);
    return path.size() > longest ? address : with_query_parameter(address, "for", path);
}

std::string addresses::local_for(std::string_view return_to) const
{
    return with_query_parameter(local_path, "return_to", return_to);
}

std::string return_address(std::string_view candidate, const url& origin, const addresses& ours)
{
    auto safe = http::safe_return_address(candidate, origin);
    // "/x/../logout" is "/logout" for the browser that is sent there, and for us.
    const auto canonical = http::canonicalize(
        std::string_view(safe).substr(0, safe.find_first_of("?#")), "GET", {}, http::encoded_slash::keep
    );
    return !canonical || ours.is_ours(canonical->path()) ? "/" : safe;
}

std::string own_return_address(std::string_view candidate, const url& origin, const addresses& ours)
{
    auto address = return_address(candidate, origin, ours);
    const auto front_page = origin.origin();
    const auto is_front_page = candidate == "/" || candidate == front_page || candidate == front_page + "/";
    return address == "/" && !is_front_page ? std::string() : address;
}

std::string return_address_of(std::string_view canonical_target, const addresses& ours)
{
    const auto second = canonical_target.substr(0, 2);
    const auto stays_here = second.starts_with('/') && second != "//" && second != "/\\";
    return stays_here && !ours.is_ours(canonical_target) ? std::string(canonical_target) : "/";
}

std::string path_wanted(std::string_view return_to, const addresses& ours)
{
    auto path = path_of(return_to);
    const auto mark = return_to.find('?');
    if (path != ours.resume_path || mark == std::string_view::npos)
        return path;
    const auto form = http::form::parse(return_to.substr(mark + 1));
    return form ? path_of(form->first("for").value_or("/")) : path;
}

} // namespace sekisho::gateway
