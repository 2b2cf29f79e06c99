// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_in/email_domain.hpp"

#include "oidc/foreign.hpp"

#include <algorithm>
#include <array>

namespace sekisho::gateway
{
namespace
{

constexpr std::string_view where = "email_domain";

bool is_ascii(std::string_view text)
{
    return std::ranges::all_of(text, [](char each) { return static_cast<unsigned char>(each) < 0x80; });
}

char lower(char each) { return each >= 'A' && each <= 'Z' ? static_cast<char>(each + ('a' - 'A')) : each; }

// Only the domain: the part before it is nobody else's business.
std::string described(std::string_view address)
{
    const auto domain = domain_of(address);
    return domain.empty() ? "an address whose domain cannot be compared" : "an address of " + domain;
}

result<void> check_foreign(std::string_view name, std::size_t from, domain_lists all)
{
    if (!identity::is_email_address(name))
        return {};
    const auto domain = domain_of(name);
    // It may be anybody's domain in another spelling.
    if (domain.empty())
        return fail(
            errc::oidc_email_domain_elsewhere,
            where,
            "expected an e-mail address whose domain is in ASCII (\"xn--…\"), received one that is not"
        );
    const auto owner = owner_of(domain, all);
    if (owner && *owner != from)
        return fail(
            errc::oidc_email_domain_elsewhere, where, described(name) + " belongs to another provider"
        );
    return {};
}

} // namespace

std::string domain_of(std::string_view address)
{
    if (!identity::is_email_address(address))
        return {};
    std::string domain(address.substr(address.rfind('@') + 1));
    if (!is_ascii(domain))
        return {};
    std::ranges::transform(domain, domain.begin(), lower);
    return domain;
}

std::optional<std::size_t> owner_of(std::string_view domain, domain_lists all)
{
    for (std::size_t index = 0; index < all.size(); ++index)
        if (std::ranges::find(all[index], domain) != all[index].end())
            return index;
    return std::nullopt;
}

result<void> check_email_domain(const identity::identity& who, std::size_t from, domain_lists all)
{
    if (std::ranges::all_of(all, [](const auto& each) { return each.empty(); }))
        return {};
    const auto email = who.email.value_or("");
    // The application may know people by any of these.
    const std::array<std::string_view, 3> names{email, who.username, who.user};
    for (const auto name : names)
        if (auto fine = check_foreign(name, from, all); !fine)
            return fine;
    if (all[from].empty() || owner_of(domain_of(email), all) == from)
        return {};
    return fail(
        errc::oidc_email_domain_refused,
        where,
        "received " + (email.empty() ? std::string("no e-mail address") : described(email)) +
            ", expected one of " + oidc::in_quotes(all[from])
    );
}

} // namespace sekisho::gateway
