// SPDX-License-Identifier: Apache-2.0
#include "app/command/register_command.hpp"

#include "app/command/register_description.hpp"
#include "app/command/register_files.hpp"
#include "app/command/register_settings.hpp"
#include "app/command/register_text.hpp"
#include "app/composition/provider.hpp"
#include "app/file.hpp"
#include "app/settings_source.hpp"
#include "base/log.hpp"
#include "crypto/random.hpp"
#include "net/worker.hpp"
#include "oidc/address.hpp"
#include "oidc/foreign.hpp"
#include "provider/registration.hpp"

#include <nlohmann/json.hpp>

#include <csignal>
#include <optional>
#include <utility>

namespace sekisho::app
{
namespace
{

register_report failed(std::string text) { return {status_failed, {}, "sekisho: " + std::move(text) + "\n"}; }

std::string text_of(const error& failure) { return std::string(failure.where) + ": " + failure.detail; }

// Talks to the one provider. Members that coroutines refer to stand before the worker that destroys them.
class registering
{
public:
    registering(settings_to_register from, const register_request& wanted, time_point now)
        : from_(std::move(from)), wanted_(wanted), now_(now)
    {
    }

    register_report run()
    {
        if (auto known = know_what_is_kept(); !known)
            return failed(text_of(known.error()));
        if (const auto wrong = complaint())
            return failed(*wrong);
        auto made = make_provider(
            from_.provider,
            {.home = control_.get_executor(), .metrics = metrics_, .read = reader_, .variables = variables_}
        );
        if (!made)
            return failed(made.error().front().setting + ": " + made.error().front().message);
        living_ = std::move(*made);
        calls_.emplace(
            living_->one->settings(),
            services_.emplace(provider::services{
                *living_->http, crypto::system_random(), own_metrics_, control_.get_executor()
            })
        );
        control_.spawn("register", talk());
        control_.run();
        return std::move(report_);
    }

private:
    result<void> know_what_is_kept()
    {
        if (wanted_.directory.empty())
            return {};
        auto kept = read_kept_client(wanted_.directory);
        if (!kept)
            return std::unexpected(kept.error());
        kept_ = std::move(*kept);
        return wanted_.what == register_action::keep ? prepare_to_keep(wanted_.directory) : result<void>();
    }

    bool updates() const { return kept_ && !wanted_.is_anew; }

    // What keeps it from being sent at all.
    std::optional<std::string> complaint() const
    {
        if (settings::is_oauth_only(from_.provider.oidc))
            return "this provider has no OpenID Connect, and no registration: register by hand";
        if (wanted_.what == register_action::remove && !kept_)
            return wanted_.directory + " keeps no client";
        const auto touches_kept = wanted_.what == register_action::remove || updates();
        if (touches_kept && !kept_->issuer.empty() && kept_->issuer != from_.provider.oidc.issuer)
            return wanted_.directory + " keeps the client " + kept_->id + " of " + kept_->issuer + ", and " +
                   setting_of(from_.provider, "issuer") + " is " + from_.provider.oidc.issuer +
                   "; give each provider a directory of its own, or register a new client with --force";
        if (touches_kept && (kept_->client_uri.empty() || kept_->access_token.empty()))
            return wanted_.directory + " keeps the client " + kept_->id +
                   ", and the provider gave no address and token to change it (RFC 7592); change it by hand, "
                   "or register a new one with --force";
        return std::nullopt;
    }

    net::task<void> talk()
    {
        co_await work();
        control_.stop();
    }

    net::task<void> work()
    {
        auto metadata = co_await living_->one->metadata();
        if (!metadata)
        {
            report_ = failed(text_of(metadata.error()));
            co_return;
        }
        if (wanted_.what == register_action::remove)
        {
            co_await remove();
            co_return;
        }
        const auto about = describe_client(from_.values, *living_, **metadata, wanted_);
        if (!about)
        {
            report_ = failed(text_of(about.error()));
            co_return;
        }
        co_await send(**metadata, oidc::client_metadata(*about));
    }

    net::task<void> send(const oidc::metadata& at, json asked)
    {
        const auto client = updates() ? kept() : result<oidc::kept_registration>(oidc::kept_registration{});
        if (!client)
        {
            report_ = failed(text_of(client.error()));
            co_return;
        }
        if (!updates() && !at.registration_endpoint)
        {
            report_ = failed(
                "the provider's metadata has no registration_endpoint: it registers clients by hand only, or "
                "set oidc.registration_endpoint"
            );
            co_return;
        }
        if (wanted_.what == register_action::show)
        {
            report_ = {
                0, shown_request(updates() ? client->client_uri : *at.registration_endpoint, asked), {}
            };
            co_return;
        }
        if (updates())
            outcome_ = co_await provider::update_client(*calls_, *client, asked);
        else
            outcome_ = co_await provider::create_client(
                *calls_, *at.registration_endpoint, asked, from_.provider.oidc.registration_token
            );
        report_ = outcome_ ? finish(*outcome_) : failed(text_of(outcome_.error()));
    }

    net::task<void> remove()
    {
        const auto client = kept();
        if (!client)
        {
            report_ = failed(text_of(client.error()));
            co_return;
        }
        auto gone = co_await provider::delete_client(*calls_, *client);
        if (gone)
            gone = forget_client(wanted_.directory);
        report_ = gone ? register_report{0, {}, "removed the client " + kept_->id + "\n"}
                       : failed(text_of(gone.error()));
    }

    std::string shown_request(const url& to, const json& asked) const
    {
        return describe_request(
            {updates() ? "PUT" : "POST",
             to.text(),
             updates() || !from_.provider.oidc.registration_token.empty() ? request_proof::token
                                                                          : request_proof::none},
            asked
        );
    }

    // The address was the provider's to choose, and the token goes there.
    result<oidc::kept_registration> kept() const
    {
        auto address = oidc::parse_address(
            kept_->client_uri, living_->one->settings().transport, "registration_client_uri"
        );
        if (!address)
            return std::unexpected(address.error());
        return oidc::kept_registration{
            oidc::client_id(kept_->id), kept_->client_secret, std::move(*address), kept_->access_token
        };
    }

    // What the answer to an update leaves out is as it was (RFC 7592, 3).
    kept_client to_keep(const oidc::registered_client& got) const
    {
        kept_client made{
            got.id.str(), got.client_secret, got.access_token, got.client_uri, from_.provider.oidc.issuer
        };
        if (!updates())
            return made;
        if (made.client_secret.empty())
            made.client_secret = kept_->client_secret;
        if (made.access_token.empty())
            made.access_token = kept_->access_token;
        if (made.client_uri.empty())
            made.client_uri = kept_->client_uri;
        return made;
    }

    register_report finish(const oidc::registered_client& got)
    {
        if (updates() && got.id.view() != kept_->id)
            return failed(
                "the provider answered about another client, " + oidc::in_quotes(got.id.view()) +
                "; nothing was written"
            );
        const auto client = to_keep(got);
        const registration_told told{
            updates() ? registration_kind::updated : registration_kind::created,
            setting_of(from_.provider, ""),
            wanted_.directory,
            now_
        };
        if (!wanted_.directory.empty())
            if (auto done = keep_client(wanted_.directory, client); !done)
                return failed(
                    "the client " + oidc::in_quotes(got.id.view()) +
                    " is registered, and its files could not be written: " + done.error().detail
                );
        return {
            has_problem(got) ? status_failed : 0,
            what_to_set(told, client),
            describe_registration(told, client, got)
        };
    }

    const settings_to_register from_;
    const register_request& wanted_;
    const time_point now_;
    const settings::environment variables_ = process_environment();
    const file_reader reader_ = read_file;
    metric::registry metrics_;
    metric::registry own_metrics_;
    std::optional<kept_client> kept_;
    std::optional<provider::services> services_;
    std::optional<provider::caller> calls_;
    result<oidc::registered_client> outcome_ = fail(errc::shutting_down, "register", "was not answered");
    register_report report_{status_failed, {}, "sekisho: the provider did not answer\n"};
    net::worker control_;
    std::shared_ptr<live_provider> living_;
};

} // namespace

register_report register_client(const register_request& wanted, const settings_request& from, time_point now)
{
    std::signal(SIGPIPE, SIG_IGN);
    log::configure(log::level::off, log::format::text); // standard output is the report's
    auto settings = load_to_register(from, wanted.provider);
    if (!settings)
        return {status_unusable, {}, "sekisho: " + settings.error()};
    return registering(std::move(*settings), wanted, now).run();
}

} // namespace sekisho::app
