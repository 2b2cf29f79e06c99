// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_in/provider_choice.hpp"

#include "http/fields.hpp"
#include "http/host.hpp"
#include "oidc/foreign.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace sekisho::gateway
{
namespace
{

constexpr std::string_view where = "provider.offer";

provider_choice refused(std::string reason)
{
    provider_choice made;
    made.reason = std::move(reason);
    return made;
}

provider_choice just(std::size_t index)
{
    provider_choice made;
    made.is = provider_choice::outcome::one;
    made.among = {index};
    return made;
}

std::string lower_case(std::string_view text)
{
    std::string made(text);
    for (auto& each : made)
        if (each >= 'A' && each <= 'Z')
            each = static_cast<char>(each + ('a' - 'A'));
    return made;
}

// "example.com": what domain_of() can give.
bool is_domain(std::string_view text)
{
    return text.find('.') != std::string_view::npos && http::is_host(text) &&
           text.find(':') == std::string_view::npos && domain_of("a@" + std::string(text)) == text;
}

std::unexpected<error> malformed(const std::string& name, std::string_view text, std::string_view fault)
{
    return fail(
        errc::value_malformed,
        where,
        "provider \"" + name + "\": " + oidc::in_quotes(text) + " " + std::string(fault)
    );
}

} // namespace

result<provider_offers> provider_offers::make(std::span<const provider::configuration> all)
{
    provider_offers made;
    for (const auto& each : all)
        if (auto added = made.add(each); !added)
            return std::unexpected(added.error());
    return made;
}

result<provider_offers> provider_offers::make(const provider::registry& all)
{
    provider_offers made;
    for (const auto& each : all.all())
        if (auto added = made.add(each->settings()); !added)
            return std::unexpected(added.error());
    return made;
}

result<void> provider_offers::add(const provider::configuration& one)
{
    row made{.name = one.name, .order = one.offer.order, .hosts = one.offer.hosts, .paths = {}};
    for (const auto& text : one.offer.paths)
    {
        auto pattern = access::path_pattern::parse(text);
        if (!pattern)
            return malformed(one.name, text, "is no path: " + pattern.error().detail);
        made.paths.push_back(std::move(*pattern));
    }
    std::vector<std::string> domains;
    for (const auto& text : one.offer.email_domains)
    {
        auto domain = lower_case(text);
        if (!is_domain(domain))
            return malformed(
                one.name,
                text,
                "is no domain: expected \"example.com\", a name in another script in its ASCII form "
                "(\"xn--…\")"
            );
        if (const auto owner = owner_of(domain, domains_))
            return malformed(one.name, text, "belongs to provider \"" + name(*owner) + "\" already");
        domains.push_back(std::move(domain));
    }
    rows_.push_back(std::move(made));
    domains_.push_back(std::move(domains));
    return {};
}

provider_choice provider_offers::choose(const sign_in_facts& facts) const
{
    const auto here = of_host(facts.host);
    if (here.empty())
        return refused("no provider signs people in on host " + oidc::in_quotes(facts.host));
    const auto domain = domain_of(facts.email);
    const auto owner = owner_of(domain, domains_);
    provider_choice choice;
    if (owner && std::ranges::find(here, *owner) != here.end())
        choice = of_owner(*owner, facts);
    else if (!facts.idp.empty())
        choice = of_link(here, facts.idp);
    else
    {
        choice = to_be_shown(of_path(here, facts.path), facts.remembered);
        choice.asks_email = has_domains(here);
        if (!facts.email.empty())
            note_address(choice, here, domain);
    }
    if (!domain.empty())
        choice.login_hint = facts.email;
    return choice;
}

provider_choice provider_offers::of_owner(std::size_t owner, const sign_in_facts& facts) const
{
    if (facts.idp.empty() || facts.idp == name(owner))
        return just(owner);
    return refused(
        "the link names provider " + oidc::in_quotes(facts.idp) + ", but the address belongs to \"" +
        name(owner) + "\""
    );
}

provider_choice provider_offers::of_link(const numbers& here, std::string_view idp) const
{
    const auto found =
        std::ranges::find(here, idp, [&](std::size_t index) -> std::string_view { return name(index); });
    if (found != here.end())
        return just(*found);
    std::vector<std::string> expected;
    for (const auto index : here)
        expected.push_back(name(index));
    return refused(
        "received idp " + oidc::in_quotes(idp) +
        ", expected one that may be used on this host: " + oidc::in_quotes(expected)
    );
}

provider_choice provider_offers::to_be_shown(numbers among, std::string_view remembered) const
{
    provider_choice made;
    made.is = among.size() == 1 ? provider_choice::outcome::one : provider_choice::outcome::ask;
    std::ranges::sort(among, {}, [&](std::size_t index) { return std::pair(rows_[index].order, index); });
    const auto last = std::ranges::find(
        among, remembered, [&](std::size_t index) -> std::string_view { return name(index); }
    );
    if (last != among.end())
    {
        std::rotate(among.begin(), last, last + 1);
        made.has_remembered = true;
    }
    made.among = std::move(among);
    return made;
}

// An address that leads to nobody, although addresses of some domains do.
void provider_offers::note_address(provider_choice& choice, const numbers& here, std::string_view domain)
    const
{
    if (!has_domains(here))
        return;
    choice.is = provider_choice::outcome::ask;
    choice.note = domain.empty() ? address_note::malformed : address_note::unknown_domain;
    if (domain.empty())
        return;
    const auto first = choice.among.front();
    std::erase_if(choice.among, [&](std::size_t index) { return !domains_[index].empty(); });
    choice.has_remembered = choice.has_remembered && !choice.among.empty() && choice.among.front() == first;
}

std::optional<std::size_t> provider_offers::number_of(std::string_view name) const noexcept
{
    for (std::size_t index = 0; index < rows_.size(); ++index)
        if (rows_[index].name == name)
            return index;
    return std::nullopt;
}

provider_offers::numbers provider_offers::of_host(std::string_view host) const
{
    numbers naming;
    numbers silent;
    for (std::size_t index = 0; index < rows_.size(); ++index)
    {
        const auto& hosts = rows_[index].hosts;
        if (hosts.empty())
            silent.push_back(index);
        else if (std::ranges::any_of(hosts, [&](const auto& each) { return http::equal_names(each, host); }))
            naming.push_back(index);
    }
    return naming.empty() ? silent : naming;
}

std::size_t provider_offers::path_length(std::size_t index, std::string_view path) const
{
    std::size_t longest = 0;
    for (const auto& each : rows_[index].paths)
        if (each.matches(path))
            longest = std::max(longest, each.text().size());
    return longest;
}

provider_offers::numbers provider_offers::of_path(const numbers& here, std::string_view path) const
{
    std::size_t longest = 0;
    for (const auto index : here)
        longest = std::max(longest, path_length(index, path));
    numbers chosen;
    for (const auto index : here)
        if (longest == 0 ? rows_[index].paths.empty() : path_length(index, path) == longest)
            chosen.push_back(index);
    return chosen.empty() ? here : chosen;
}

bool provider_offers::has_domains(const numbers& here) const
{
    return std::ranges::any_of(here, [&](std::size_t index) { return !domains_[index].empty(); });
}

} // namespace sekisho::gateway
