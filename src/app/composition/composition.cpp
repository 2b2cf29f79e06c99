// SPDX-License-Identifier: Apache-2.0
#include "app/composition/composition.hpp"

#include "app/composition/beside.hpp"
#include "app/composition/endings.hpp"
#include "app/composition/parts.hpp"
#include "app/composition/renewal.hpp"
#include "gateway/test_page/ticket.hpp"
#include "settings/effective.hpp"

#include <algorithm>
#include <expected>
#include <iterator>
#include <utility>

namespace sekisho::app
{
namespace
{

using problems = std::vector<composition_problem>;

// The text of a PEM file; empty without a name.
std::string read(const foundation& on, std::string_view setting, const std::string& file, problems& found)
{
    if (file.empty())
        return {};
    auto text = on.read_file(file);
    if (text)
        return std::move(*text);
    found.push_back({std::string(setting), file + ": " + text.error().detail});
    return {};
}

std::shared_ptr<const server::rules>
front_of(const settings::server_settings& from, const foundation& on, problems& found)
{
    server::rules made{limits_of(from), nullptr};
    if (!from.tls_certificate.empty())
    {
        const auto certificate = read(on, "server.tls_certificate", from.tls_certificate, found);
        const auto key = read(on, "server.tls_key", from.tls_key, found);
        const auto least = from.tls_min_version == settings::tls_version::tls_1_3 ? net::tls_version::tls13
                                                                                  : net::tls_version::tls12;
        auto context = net::tls_context::server(certificate, key, least);
        if (context)
            made.tls = std::move(*context);
        else if (!certificate.empty() && !key.empty())
            found.push_back(
                {context.error().where == "tls.key" ? "server.tls_key" : "server.tls_certificate",
                 context.error().detail}
            );
    }
    return std::make_shared<const server::rules>(std::move(made));
}

std::shared_ptr<const upstream::destination>
destination_of(const settings::upstream_settings& from, const foundation& on, problems& found)
{
    upstream::destination made{*from.url, nullptr};
    made.connect_time = from.connect_timeout;
    made.response_time = from.response_timeout;
    made.idle_time = from.idle_timeout;
    made.tunnel_idle_time = from.websocket_idle_timeout;
    made.keep_alive = from.keep_alive;
    made.idle_connections = from.max_idle_connections;
    if (from.url->is_https())
    {
        const auto authorities = read(on, "upstream.ca_file", from.ca_file, found);
        auto context = net::tls_context::client(
            authorities,
            from.verify_tls ? net::tls_context::verification::full : net::tls_context::verification::none
        );
        if (context)
            made.tls = std::move(*context);
        else
            found.push_back({"upstream.ca_file", context.error().detail});
    }
    return std::make_shared<const upstream::destination>(std::move(made));
}

std::shared_ptr<live_provider> living_in(
    const std::shared_ptr<provider_set>& before,
    const settings::effective_provider& wanted,
    const foundation& on
)
{
    if (!before)
        return nullptr;
    for (const auto& each : before->living)
        if (is_same(*each, wanted, on.read_file))
            return each;
    return nullptr;
}

void append(problems& to, problems more)
{
    to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

std::shared_ptr<provider_set> providers_of(
    const settings::model& from,
    const foundation& on,
    const std::shared_ptr<provider_set>& before,
    problems& found
)
{
    auto made = std::make_shared<provider_set>();
    const provider_ground ground{on.control.get_executor(), on.metrics, on.read_file, on.variables};
    for (const auto& wanted : settings::effective_providers(from))
    {
        auto living = living_in(before, wanted, on);
        if (!living)
        {
            auto fresh = make_provider(wanted, ground);
            if (!fresh)
            {
                append(found, std::move(fresh.error()));
                continue;
            }
            living = std::move(*fresh);
        }
        auto added = made->providers.add(std::shared_ptr<provider::provider>(living, living->one.get()));
        if (!added)
            found.push_back({setting_of(wanted, "issuer"), added.error().detail});
        made->living.push_back(std::move(living));
    }
    return made;
}

// Each provider's people by its own rules.
void add_mappings(gateway::session_making& to, const settings::model& from, problems& found)
{
    for (const auto& each : settings::effective_providers(from))
    {
        const auto config = mapping_of(each);
        for (auto& problem : identity::problems(config))
            found.push_back({"identity (as " + setting_of(each, "*") + " has it)", std::move(problem)});
        if (auto mapping = identity::mapping::of(config))
            to.mappings.emplace(each.name, *std::move(mapping));
    }
}

template <class T>
void note(const result<T>& made, std::string_view setting, problems& found)
{
    if (!made)
        found.push_back({std::string(setting), made.error().detail});
}

std::shared_ptr<const gateway::configuration> gateway_of(
    const settings::model& from,
    const foundation& on,
    const std::shared_ptr<provider_set>& providers,
    const std::shared_ptr<live_shelf>& shelf,
    problems& found
)
{
    auto admission = admission_of(from.server);
    note(admission, "server.trusted_proxies", found);
    auto step_ups = step_ups_of(from);
    note(step_ups, "access.step_up", found);
    auto policy = access::policy::parse(
        from.access.public_paths, step_ups ? std::move(*step_ups) : std::vector<access::step_up_rule>()
    );
    note(policy, "access.public_paths", found);
    auto destination = destination_of(from.upstream, on, found);
    const auto headers = headers_of(from.identity);
    for (auto& each : identity::problems(headers))
        found.push_back({"identity", std::move(each)});
    auto making = making_of(from);
    if (from.session.check_session)
        making.session_state = gateway::keep::yes;
    keep_for_renewal(making, from.session);
    if (policy)
        making.scopes = policy->scopes();
    add_mappings(making, from, found);
    auto offers = gateway::provider_offers::make(providers->providers);
    note(offers, "providers", found);
    const auto secrets = secrets_of(from.session, on.random_secret);
    auto& random = crypto::system_random();
    auto endings = endings_of(from, secrets, random, found);
    if (!found.empty())
        return nullptr;
    const auto cookies = cookies_of(from);
    const auto names = identity::names_to_strip(headers);
    auto meter = std::make_shared<session::cookie_meter>(on.metrics);
    const auto sessions =
        keeper_of(from, {secrets, shelf->one, on.ended, on.on_ending, random, std::move(meter)});
    const std::shared_ptr<provider::registry> known(providers, &providers->providers);
    return std::make_shared<const gateway::configuration>(gateway::configuration{
        .ours = addresses_of(from),
        .admission = std::move(*admission),
        .policy = std::move(*policy),
        .making = making,
        .sessions = sessions,
        .renewals = renewal_of(from, on, {making, known, *offers, sessions}),
        .recheck =
            {std::chrono::ceil<std::chrono::seconds>(from.session.recheck), from.session.stale_while_down},
        .sign_ins = session::sign_in_cookies(
            cookies, crypto::key_ring(secrets, "sign_in"), random, {.lifetime = from.session.sign_in_timeout}
        ),
        .endings = std::move(endings),
        .choices = gateway::choice_cookie(cookies),
        .loops = gateway::loop_cookie(cookies),
        .forms = gateway::kept_forms(
            cookies,
            shelf->one,
            crypto::key_ring(secrets, "kept_form"),
            on.forms,
            random,
            {.largest = from.session.keep_form.bytes, .life = from.session.sign_in_timeout}
        ),
        .beside = without_provider_of(from, {on.local, on.emergency, on.control.get_executor(), secrets}),
        .test_tickets = crypto::key_ring(secrets, gateway::test_ticket_purpose),
        .ticket_in_browser = gateway::ticket_cookie(cookies),
        .administrators = {from.admin.users, from.admin.groups},
        .headers = headers,
        .forwarding =
            {http::name_set(names),
             from.upstream.preserve_host ? gateway::host_header::preserve : gateway::host_header::upstream,
             making.limits},
        .destination = std::move(destination),
        .providers = known,
        .offers = std::move(*offers),
        .used = on.used,
        .random = random,
        .log_format = from.log.format,
        .logs_access = from.log.access && log::is_enabled(log::level::info),
    });
}

} // namespace

secret make_random_secret() { return secret(crypto::system_random().token()); }

bool provider_set::holds(const live_provider& one) const
{
    return std::ranges::find(living, &one, &std::shared_ptr<live_provider>::get) != living.end();
}

std::expected<composed, problems>
compose(const settings::model& from, const foundation& on, const composed* before)
{
    problems found;
    composed made;
    made.providers = providers_of(from, on, before != nullptr ? before->providers : nullptr, found);
    made.shelf = shelf_of(from, on, before != nullptr ? before->shelf : nullptr, found);
    made.front = front_of(from.server, on, found);
    server::rules admin{limits_of(from.server), nullptr};
    admin.allowed.connections = 256;
    made.admin_front = std::make_shared<const server::rules>(std::move(admin));
    made.gateway = gateway_of(from, on, made.providers, made.shelf, found);
    if (!found.empty())
        return std::unexpected(std::move(found));
    return made;
}

} // namespace sekisho::app
