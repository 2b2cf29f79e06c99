// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/initiate.hpp"

#include "gateway/parameters.hpp"
#include "gateway/public_origin.hpp"
#include "oidc/foreign.hpp"
#include "oidc/issuer.hpp"

#include <array>
#include <utility>

namespace sekisho::gateway
{
namespace
{

constexpr std::string_view where = "initiate";

// Whoever sends people here may say who they are, and nothing that changes what is asked for.
std::string login_hint_of(const http::form& form)
{
    static const std::array allowed{oidc::login_parameter{"login_hint", std::nullopt}};
    auto said = oidc::allowed_parameters(allowed, as_pairs(form));
    return said.empty() ? std::string() : std::move(said.front().value);
}

} // namespace

net::task<void> initiate::answer(net::exchange& exchange, context& about)
{
    const auto method = exchange.request().method;
    if (method != "GET" && method != "POST")
    {
        error wrong{errc::request_method_not_allowed, where, {}};
        co_return co_await with_.refuse.answer(exchange, about, std::move(wrong), {.allow = "GET, POST"});
    }
    auto form = co_await read_parameters(exchange, about);
    if (!form)
        co_return co_await with_.refuse.answer(exchange, about, form.error());
    auto begun = understand(*form, about);
    if (!begun)
        co_return co_await with_.refuse.answer(exchange, about, begun.error());
    co_await with_.leaves.begin(exchange, about, std::move(*begun));
}

result<journey> initiate::understand(const http::form& form, const context& about) const
{
    auto origin = public_origin(with_.ours.public_url, about);
    if (!origin)
        return std::unexpected(origin.error());
    const auto iss = form.unique("iss");
    const auto target = form.unique("target_link_uri");
    for (const std::string_view name : {"iss", "target_link_uri", "login_hint"})
        if (form.count(name) > 1)
            return fail(
                errc::request_malformed,
                where,
                "expected one " + std::string(name) + ", received " + std::to_string(form.count(name))
            );
    auto to = provider_of(iss->value_or(""), about);
    if (!to)
        return std::unexpected(to.error());
    auto return_to = *target ? own_return_address(**target, *origin, with_.ours) : "/";
    if (return_to.empty())
        return fail(
            errc::oidc_target_refused,
            where,
            "received target_link_uri " + oidc::in_quotes(**target) + ", expected an address of " +
                origin->origin() + " that is none of our own endpoints"
        );
    return journey{
        .to = *to,
        .origin = std::move(*origin),
        .return_to = std::move(return_to),
        .login_hint = login_hint_of(form),
        .said = {},
        .demand = {}
    };
}

result<provider::provider*> initiate::provider_of(std::string_view iss, const context& about) const
{
    for (const auto& each : with_.providers.all())
    {
        if (iss.empty() || !oidc::is_named(each->settings().issuer, each->settings().tenants, iss))
            continue;
        const auto choice = with_.offers.choose({about.host, "/", each->name(), {}, {}});
        if (choice.is == provider_choice::outcome::one)
            return each.get();
    }
    return fail(
        errc::oidc_provider_unknown,
        where,
        "received iss " + oidc::in_quotes(iss) + ", expected one that signs people in at this host: " +
            oidc::in_quotes(provider::issuers_of(with_.providers))
    );
}

} // namespace sekisho::gateway
