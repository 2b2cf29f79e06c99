// SPDX-License-Identifier: Apache-2.0
#include "app/composition.hpp"

#include "app/composition_parts.hpp"
#include "net/beast_http_client.hpp"
#include "settings/table.hpp"

#include <expected>
#include <utility>

namespace sekisho::app
{
namespace
{

using problems = std::vector<composition_problem>;

std::vector<secret> secrets_of(const settings::session_settings& from, const foundation& on)
{
    std::vector<secret> made{from.secret.empty() ? on.random_secret : from.secret};
    made.insert(made.end(), from.secret_previous.begin(), from.secret_previous.end());
    return made;
}

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

std::shared_ptr<provider_set> providers_of(const settings::model& from, const foundation& on, problems& found)
{
    auto what = provider_of(from);
    if (!what)
    {
        found.push_back({std::string(what.error().where), what.error().detail});
        return nullptr;
    }
    net::beast_http_client_options options;
    options.ca_file = from.oidc.ca_file;
    options.allow_http = from.oidc.allow_http ? net::plain_http::everywhere : net::plain_http::loopback_only;
    options.timeout = from.oidc.request_timeout;
    auto client = net::beast_http_client::make(on.control.get_executor(), std::move(options));
    if (!client)
    {
        found.push_back({"oidc.ca_file", client.error().detail});
        return nullptr;
    }
    auto made = std::make_shared<provider_set>();
    made->http = std::move(*client);
    provider::services services{*made->http, crypto::system_random(), on.metrics, on.control.get_executor()};
    auto added =
        made->providers.add(std::make_unique<provider::provider>(std::move(*what), std::move(services)));
    if (!added)
        found.push_back({"oidc.issuer", added.error().detail});
    return made;
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
    problems& found
)
{
    auto admission = admission_of(from.server);
    note(admission, "server.trusted_proxies", found);
    auto policy = access::policy::parse(from.access.public_paths);
    note(policy, "access.public_paths", found);
    auto destination = destination_of(from.upstream, on, found);
    const auto headers = headers_of(from.identity);
    for (auto& each : identity::problems(headers))
        found.push_back({"identity", std::move(each)});
    for (auto& each : identity::problems(mapping_of(from.identity)))
        found.push_back({"identity", std::move(each)});
    auto making = making_of(from);
    if (!found.empty())
        return nullptr;
    const auto cookies = cookies_of(from);
    const auto secrets = secrets_of(from.session, on);
    auto& random = crypto::system_random();
    const auto names = identity::names_to_strip(headers);
    return std::make_shared<const gateway::configuration>(gateway::configuration{
        .ours = addresses_of(from),
        .admission = std::move(*admission),
        .policy = std::move(*policy),
        .wishes = wishes_of(from.oidc),
        .making = *making,
        .sessions = session::cookie_store(cookies, crypto::key_ring(secrets, "session"), random),
        .sign_ins = session::sign_in_cookies(
            cookies, crypto::key_ring(secrets, "sign_in"), random, {.lifetime = from.session.sign_in_timeout}
        ),
        .sign_outs = gateway::sign_out_cookie(cookies, from.server.logout_path),
        .headers = headers,
        .forwarding =
            {http::name_set(names),
             from.upstream.preserve_host ? gateway::host_header::preserve : gateway::host_header::upstream,
             making->limits},
        .destination = std::move(destination),
        .providers = std::shared_ptr<provider::registry>(providers, &providers->providers),
        .used = on.used,
        .random = random,
        .session_ended = on.session_ended,
        .log_format = from.log.format,
        .logs_access = from.log.access && log::is_enabled(log::level::info),
    });
}

} // namespace

secret make_random_secret() { return secret(crypto::system_random().token()); }

std::expected<composed, problems>
compose(const settings::model& from, const foundation& on, std::shared_ptr<provider_set> kept)
{
    problems found;
    composed made;
    made.providers = kept ? std::move(kept) : providers_of(from, on, found);
    made.front = front_of(from.server, on, found);
    server::rules admin{limits_of(from.server), nullptr};
    admin.allowed.connections = 256;
    made.admin_front = std::make_shared<const server::rules>(std::move(admin));
    made.gateway = gateway_of(from, on, made.providers, found);
    if (!found.empty())
        return std::unexpected(std::move(found));
    return made;
}

bool has_same_provider(const settings::model& left, const settings::model& right)
{
    if (left.oidc.client_secret.reveal() != right.oidc.client_secret.reveal())
        return false;
    // The identity's claims too: they decide whether UserInfo is asked.
    for (const auto& row : settings::table())
        if ((row.path.starts_with("oidc.") || row.path.starts_with("identity.")) &&
            row.print(left) != row.print(right))
            return false;
    return true;
}

} // namespace sekisho::app
