// SPDX-License-Identifier: Apache-2.0
// What a sign-in says to the provider. Pure.
#include "gateway/sign_in/departure.hpp"
#include "oidc/pkce.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace sekisho::gateway
{
namespace
{

using std::chrono::seconds;

std::optional<seconds> read_seconds(std::string_view text)
{
    constexpr std::size_t longest = 9; // digits: thirty years
    std::int64_t value = 0;
    const auto* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (text.empty() || text.size() > longest || read.ec != std::errc() || read.ptr != end || value < 0)
        return std::nullopt;
    return seconds(value);
}

// The stricter of two limits.
std::optional<seconds> least(std::optional<seconds> left, std::optional<seconds> right)
{
    return left && right ? std::min(*left, *right) : left ? left : right;
}

// Takes a parameter out of the list; empty: it is not there.
std::string take(oidc::parameters& from, std::string_view name)
{
    const auto found = std::ranges::find(from, name, &oidc::parameter::name);
    if (found == from.end())
        return {};
    auto value = std::move(found->value);
    from.erase(found);
    return value;
}

void take_into(std::string& member, oidc::parameters& from, std::string_view name)
{
    if (auto value = take(from, name); !value.empty())
        member = std::move(value);
}

// What the link said, in place of what is configured. A max_age can only become stricter.
void apply(oidc::authorization_request& request, oidc::parameters said)
{
    take_into(request.prompt, said, "prompt");
    take_into(request.display, said, "display");
    take_into(request.login_hint, said, "login_hint");
    take_into(request.domain_hint, said, "domain_hint");
    take_into(request.ui_locales, said, "ui_locales");
    take_into(request.audience, said, "audience");
    take_into(request.claims, said, "claims");
    request.max_age = least(request.max_age, read_seconds(take(said, "max_age")));
    if (auto acr = take(said, "acr_values"); !acr.empty())
        request.acr_values = {std::move(acr)};
    if (auto resource = take(said, "resource"); !resource.empty())
        request.resource = {std::move(resource)};
    said.insert(said.end(), request.extra.begin(), request.extra.end()); // the first of a name counts
    request.extra = std::move(said);
}

void demand(oidc::authorization_request& request, const access::step_up& what)
{
    if (!what.acr.empty())
        request.acr_values = what.acr;
    request.max_age = least(request.max_age, what.max_age);
    // Some providers take max_age=0 for none.
    if (what.max_age != seconds(0) || request.prompt.find("login") != std::string::npos)
        return;
    if (request.prompt == "none") // which stands alone
        request.prompt.clear();
    request.prompt.append(request.prompt.empty() ? "" : " ").append("login");
}

void add_scopes(std::vector<std::string>& to, const std::vector<std::string>& more)
{
    for (const auto& each : more)
        if (std::ranges::find(to, each) == to.end())
            to.push_back(each);
}

// Those of the provider, what the path wants, and what the session had, so that it loses nothing.
std::vector<std::string> scopes_of(const provider::configuration& to, const journey& what)
{
    auto all = to.scopes;
    if (what.at != nullptr)
        add_scopes(all, what.at->demand.scopes);
    add_scopes(all, what.demand.scopes);
    std::string_view rest = what.granted;
    while (!rest.empty())
    {
        const auto end = std::min(rest.find(' '), rest.size());
        add_scopes(all, {std::string(rest.substr(0, end))});
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return all;
}

oidc::parameters parameters_of(const access::step_up_rule& rule)
{
    oidc::parameters all;
    for (const auto& [name, value] : rule.parameters)
        all.push_back({name, value});
    return all;
}

bool says(const oidc::parameters& all, std::string_view name)
{
    return std::ranges::find(all, name, &oidc::parameter::name) != all.end();
}

} // namespace

oidc::authorization_request request_of(const provider::configuration& to, const journey& what, next_time next)
{
    oidc::authorization_request request;
    request.flow = to.flow;
    request.mode = to.wishes.mode;
    request.client = to.client;
    request.scopes = scopes_of(to, what);
    request.adds_openid = to.protocol == provider::protocol::openid_connect; // GitLab refuses unticked scopes
    request.prompt = to.wishes.prompt;
    request.max_age = to.wishes.max_age;
    request.acr_values = to.wishes.acr_values;
    request.display = to.wishes.display;
    request.domain_hint = to.wishes.domain_hint;
    request.resource = to.wishes.resource;
    request.audience = to.wishes.audience;
    request.claims = to.wishes.claims;
    request.extra = to.wishes.extra;
    request.login_hint = what.login_hint;
    request.id_token_hint = what.id_token_hint;
    if (what.at != nullptr)
        apply(request, parameters_of(*what.at));
    apply(request, what.said);
    demand(request, what.demand);
    if (request.ui_locales.empty() && !says(request.extra, "ui_locales"))
        request.ui_locales = what.ui_locales;
    if (next == next_time::ask_who && request.prompt.empty())
        request.prompt = "select_account";
    if (session::is_silent(what.purpose))
        request.prompt = "none"; // Core 3.1.2.1: and nothing beside it
    return request;
}

oidc::authorization_request
completed(oidc::authorization_request wishes, const session::sign_in& begun, oidc::redirect_uri redirect)
{
    wishes.redirect = std::move(redirect);
    wishes.state = begun.state;
    wishes.nonce = begun.nonce;
    if (oidc::uses_pkce(begun.method))
        wishes.code_challenge = oidc::s256_challenge(begun.code_verifier);
    return wishes;
}

journey journey_again(const session::session& of, new_sign_in how, std::string return_to)
{
    // An address grows with its hint, and some servers take no more than 8 KiB of it.
    constexpr std::size_t longest_hint = 4096;
    journey made;
    made.return_to = std::move(return_to);
    made.login_hint = of.who.email.value_or(of.who.username);
    made.granted = of.scope;
    made.keeps_signed_in = of.keeps_signed_in;
    if (how != new_sign_in::silent)
        return made;
    made.purpose = session::sign_in_purpose::silent;
    made.person = identity::fingerprint(of.who);
    if (of.id_token.size() <= longest_hint)
        made.id_token_hint = std::string(of.id_token.reveal());
    return made;
}

} // namespace sekisho::gateway
